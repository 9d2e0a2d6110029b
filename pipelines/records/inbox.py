"""Which files of a folder are workbooks ready to be received.

A link leads out of the folder, to whatever its maker wishes to see returned or kept; a pipe or a device is no file.
Neither is read.
"""

import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.platform import is_link
from pipelines.problems import NoPlainFile

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
MAX_FILE = 20 << 20  # bytes: the most that is read of a file
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
    """Files to receive in order of name; how many others were passed over, and how many are still being written.

    `left`: links, pipes, devices, and folders that may not be looked into.
    """

    files: tuple[Path, ...]
    ignored: int
    growing: int
    left: tuple[Path, ...] = ()


def gather(paths: Iterable[Path]) -> Gathered:
    """Files as named, folders searched through.

    A file named outright is taken whatever it is called; `NoPlainFile` if it is none.
    """
    named, found, ignored, left = list[Path](), list[Path](), 0, list[Path]()
    for path in paths:
        if is_link(path) or not (path.is_dir() or path.is_file()):
            raise NoPlainFile(path=path)
        if not path.is_dir():
            named.append(path)
            continue
        inside = list(_inside(path, left))
        for inner in sorted(inside):
            if inner.suffix.lower() in WORKBOOK_SUFFIXES and not inner.name.startswith(_OWNER_FILE):
                found.append(inner)
            else:
                ignored += 1
    growing = _growing(found)
    files = dict.fromkeys([*named, *(path for path in found if path not in growing)])
    return Gathered(tuple(files), ignored, len(growing), tuple(sorted(left)))


def _inside(folder: Path, left: list[Path]) -> Iterator[Path]:
    """The plain files in a folder and those within it; what is neither file nor folder is added to `left`."""
    try:
        there = list(folder.iterdir())
    except PermissionError:
        left.append(folder)
        return
    for path in there:
        if is_link(path):
            left.append(path)
        elif path.is_dir():
            yield from _inside(path, left)
        elif path.is_file():
            yield path
        else:
            left.append(path)


def read_at_most(path: Path) -> bytes:
    """The bytes of a file; of one that is too large a byte more than the guard takes, which is enough to refuse it.

    `NoPlainFile`: it may have become a link or a pipe since it was found.
    """
    try:
        with open(path, "rb", opener=_opened) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise NoPlainFile(path=path)
            return file.read(min(status.st_size, MAX_FILE) + 1)  # room for what is asked for, not for what is there
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NoPlainFile(path=path) from error
        raise


def _opened(path: str, flags: int) -> int:
    """Neither follows a link nor waits for who writes into a pipe, where the system can be told so."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


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
