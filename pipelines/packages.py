"""Which packages the program needs: the exact ones of a checkout's list, or what it says of itself where it is
installed.
"""

from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement

from pipelines import places

LIST = places.PROGRAM / "requirements.txt"
_NAME = "thidua"


def needed() -> list[Requirement]:
    """Those this machine needs: some are for Windows only."""
    told = [Requirement(line) for line in requires(_NAME) or ()] if places.IS_INSTALLED else list(listed(LIST))
    return [one for one in told if one.marker is None or one.marker.evaluate({"extra": ""})]


def listed(file: Path) -> Iterator[Requirement]:
    """The requirements of a list exported from the lock, for whatever machine: each begins at the margin, its hashes
    follow.
    """
    for line in file.read_text(encoding="utf-8").splitlines():
        if line[:1].strip() and not line.startswith("#"):
            yield Requirement(line.rstrip("\\ "))
