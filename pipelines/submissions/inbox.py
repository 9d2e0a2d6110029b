"""Which files of a folder are workbooks ready to be received."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.submissions.refusal import MAX_FILE

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_OWNER_FILE = "~$"  # what Excel lays beside an open workbook
_FRESH = 2.0  # seconds: a file changed so recently may still be growing
_PAUSE = 0.5


@dataclass(frozen=True)
class Incoming:
    """One file to receive. `received_at` and `synthetic` are set for demonstration data only."""

    path: Path
    received_at: datetime | None = None
    synthetic: bool = False


@dataclass(frozen=True)
class Gathered:
    """Files to receive in order of name; how many others were passed over, and how many are still being written."""

    files: tuple[Path, ...]
    ignored: int
    growing: int


def gather(paths: Iterable[Path]) -> Gathered:
    """Files as named, folders searched through. A file named outright is taken whatever it is called."""
    named, found, ignored = [], [], 0
    for path in paths:
        if not path.is_dir():
            named.append(path)
            continue
        for inner in sorted(inner for inner in path.rglob("*") if inner.is_file()):
            if inner.suffix.lower() in WORKBOOK_SUFFIXES and not inner.name.startswith(_OWNER_FILE):
                found.append(inner)
            else:
                ignored += 1
    growing = _growing(found)
    files = dict.fromkeys([*named, *(path for path in found if path not in growing)])
    return Gathered(tuple(files), ignored, len(growing))


def read_at_most(path: Path) -> bytes:
    """The bytes of a file; of one that is too large a byte more than the guard takes, which is enough to refuse it."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size  # room is made for what is asked for, not for what is there
        return file.read(min(size, MAX_FILE) + 1)


def _growing(paths: list[Path]) -> set[Path]:
    """Of the files changed a moment ago, those that change again."""
    before = {path: _state(path) for path in paths}
    fresh = [path for path, (_, changed) in before.items() if time.time() - changed < _FRESH]
    if fresh:
        time.sleep(_PAUSE)
    return {path for path in fresh if _state(path) != before[path]}


def _state(path: Path) -> tuple[int, float]:
    status = path.stat()
    return status.st_size, status.st_mtime
