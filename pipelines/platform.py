"""What differs between operating systems, and what must survive a power cut."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from pipelines.problems import Busy

TEMPORARY = ".part"  # suffix of a file that is still being written; a leftover of a crash may be removed
_TRIES, _PAUSE = 50, 0.1  # Windows refuses to replace a file somebody has just opened


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whatever stops us: temporary name, sync, rename, sync folder."""
    part = path.with_name(f"{path.name}.{uuid4().hex[:8]}{TEMPORARY}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    replace(part, path)


def replace(source: Path, target: Path) -> None:
    """Rename over the target and sync the folder; waits up to 5 s for readers on Windows."""
    for left in reversed(range(_TRIES)):
        try:
            source.replace(target)
            break
        except PermissionError:
            if not left or os.name != "nt":
                raise
            time.sleep(_PAUSE)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True)
class Holder:
    """Who holds a lock. `purpose` is a text key; pid 0 when nobody has left a name."""

    pid: int
    purpose: str
    since: datetime | None


@contextmanager
def held(
    path: Path, purpose: str, seconds: float = 120, on_wait: Callable[[Holder], None] | None = None
) -> Iterator[None]:
    """Hold a lock that also ends with the process. `on_wait` hears once who has it; `Busy` after `seconds`.

    Not reentrant: a thread that holds it and asks again waits for itself.
    """
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=min(1.0, seconds))
    except Timeout:
        if on_wait:
            on_wait(_holder(path))
        try:
            lock.acquire(timeout=seconds)
        except Timeout as error:
            raise Busy(seconds=round(seconds), pid=_holder(path).pid) from error
    try:
        note = {"pid": os.getpid(), "purpose": purpose, "since": datetime.now(UTC).isoformat()}
        _note_of(path).write_text(json.dumps(note), encoding="utf-8")
        yield
    finally:
        lock.release()


def _note_of(path: Path) -> Path:
    """Beside the lock, because Windows lets nobody read a locked file."""
    return path.with_suffix(".holder")


def _holder(path: Path) -> Holder:
    try:
        note = json.loads(_note_of(path).read_text(encoding="utf-8"))
        return Holder(int(note["pid"]), str(note["purpose"]), datetime.fromisoformat(note["since"]))
    except (OSError, ValueError, KeyError):
        return Holder(0, "", None)
