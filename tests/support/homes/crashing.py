"""A job in a process of its own that is really killed: SIGKILL at a chosen step, or in the middle of one.

A step is a call that changes the disk or may: write, sync, rename, make or remove a folder, a statement of SQLite or
DuckDB.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

_FUNCTIONS = {
    "posix": {"open", "fsync", "replace", "rename", "mkdir", "unlink", "rmdir", "chmod", "sendfile"},
    "_duckdb": {"connect", "execute", "register"},
    "_sqlite3": {"connect"},
}
_METHODS = {
    "Connection": {"execute", "executescript", "close"},
    "BufferedWriter": {"write", "flush"},
}
_SPAWN = get_context("forkserver")
_SPAWN.set_forkserver_preload(
    ["pyarrow.dataset", "pipelines.warehouse.building.build", "tests.support.homes.crash_preload"]
)
_PATIENCE = 120.0  # seconds after which a job hangs


@dataclass(frozen=True)
class Step:
    """A call that touches the disk: its name, the module of ours that made it, seconds until the next step."""

    name: str
    module: str
    seconds: float


@dataclass(frozen=True)
class Kill:
    """`step`: before which step (from 0). `after`: so many seconds into that step instead, whatever runs then."""

    step: int
    after: float | None = None


def steps_of(job: Callable[[Path], None], root: Path) -> list[Step]:
    """Run the job to its end in a fresh process; its steps."""
    receiver, sender = _SPAWN.Pipe(duplex=False)
    process = _started(job, root, None, sender)
    assert receiver.poll(_PATIENCE), "the job hangs"
    steps: list[Step] = receiver.recv()
    process.join()
    assert process.exitcode == 0
    return steps


def killed(job: Callable[[Path], None], root: Path, kill: Kill) -> bool:
    """Run the job in a fresh process and kill it there; whether it was SIGKILL that ended it."""
    process = _started(job, root, kill, None)
    process.join(_PATIENCE)
    return process.exitcode == -signal.SIGKILL


def _started(job: Callable[[Path], None], root: Path, kill: Kill | None, sender: Any) -> Any:
    process = _SPAWN.Process(target=_watched, args=(job, root, kill, sender))
    process.start()
    return process


def _watched(job: Callable[[Path], None], root: Path, kill: Kill | None, sender: Any) -> None:
    seen: list[tuple[str, str, float]] = []
    sys.dont_write_bytecode = True  # else the first to import a module would have more steps than those after it

    def watch(frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and _is_step(called):
            if kill and len(seen) == kill.step:
                _end_after(kill.after)
            seen.append((called.__name__, _module(frame), time.perf_counter()))

    sys.setprofile(watch)
    job(root)
    sys.setprofile(None)
    if kill and kill.step < len(seen):
        time.sleep(_PATIENCE)  # the end is still to come
    if sender:
        ends = [at for *_, at in seen[1:]] + [time.perf_counter()]
        sender.send([Step(name, module, end - at) for (name, module, at), end in zip(seen, ends, strict=True)])


def _end_after(seconds: float | None) -> None:
    if seconds is None:
        os.kill(os.getpid(), signal.SIGKILL)
    threading.Timer(seconds or 0, os.kill, (os.getpid(), signal.SIGKILL)).start()


def _is_step(called: Any) -> bool:
    name, module = called.__name__, getattr(called, "__module__", None)
    if module in _FUNCTIONS:
        return name in _FUNCTIONS[module]
    return name in _METHODS.get(type(getattr(called, "__self__", None)).__name__, ())


def _module(frame: FrameType | None) -> str:
    """The module of ours nearest to the call."""
    while frame is not None:
        name = str(frame.f_globals.get("__name__"))
        if name.startswith(("pipelines.", "tests.")):
            return name
        frame = frame.f_back
    return ""
