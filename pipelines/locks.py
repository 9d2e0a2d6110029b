"""One at a time between processes: a lock that ends with its process, and a note that says who holds it."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.platform import OWNER
from pipelines.problems import Busy

WRITE_LOCK = "write.lock"  # in the data folder: one writer of the journal at a time


@dataclass(frozen=True)
class Holder:
    """Who holds a lock. `purpose` is a text key; pid 0 when nobody has left a name."""

    pid: int
    purpose: str
    since: datetime | None


OnWait = Callable[[Holder], None] | None


@contextmanager
def held(path: Path, purpose: str, seconds: float = 120, on_wait: OnWait = None) -> Iterator[None]:
    """Hold a lock that also ends with the process. `on_wait` hears once who has it; `Busy` after `seconds`.

    Not reentrant: a thread that holds it and asks again waits for itself.
    """
    lock = FileLock(path, mode=OWNER, thread_local=False)
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
        _note_of(path).touch(OWNER)
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
