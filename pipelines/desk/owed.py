"""Copies owed to clerks: noted before the receipt is entered, struck out once the copy lies in `returned`.

So a copy that a crash, a full disk or a folder without right to write has kept from being made is made later, by
itself.
"""

from collections.abc import Iterator
from pathlib import Path

from pipelines.platform import OWNER, is_abandoned, make_folder, temporary
from pipelines.settings import Home


class Owed:
    """The notes of one data folder: empty files named after a receipt and the process that is to make its copy."""

    def __init__(self, home: Home) -> None:
        self._folder = home.root / "owed"
        self._own: dict[int, Path] = {}  # notes of this process
        self._failed: set[int] = set()  # of these, whose copy could not be made

    def note(self, receipt_no: int) -> None:
        """A copy of this receipt is due. `OSError`: then nothing may be entered."""
        make_folder(self._folder)
        self._own[receipt_no] = path = temporary(self._folder / f"{receipt_no:06d}")
        path.touch(OWNER)

    def strike(self, receipt_no: int) -> None:
        """It lies there, or is due no more."""
        self._own.pop(receipt_no, None)
        self._failed.discard(receipt_no)
        for path in self._folder.glob(f"{receipt_no:06d}.*"):
            path.unlink(missing_ok=True)

    def failed(self, receipt_no: int) -> None:
        """It could not be made now."""
        self._failed.add(receipt_no)

    def open(self) -> Iterator[int]:
        """Receipts whose copy nobody is making: ours that failed, and those of processes that have ended."""
        for path in sorted(self._folder.glob("*.*")) if self._folder.exists() else ():
            number = int(path.name.partition(".")[0])
            if number in self._failed or (number not in self._own and is_abandoned(path)):
                yield number
