"""What differs between operating systems, and what must survive a power cut."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NoReturn
from uuid import uuid4

import psutil

if sys.platform == "linux":
    import resource

OWNER = 0o600  # of a file: its owner reads and writes it, nobody else does either
_OTHERS = 0o077  # what everybody else may do with a file or folder
TEMPORARY = ".part"  # suffix of a file that is still being written; a leftover of a crash may be removed
_TRIES, _PAUSE = 50, 0.1  # Windows refuses to replace a file somebody has just opened
# Linux counts the processor seconds of a file itself (`limit_time`): waiting for other programs is not the file's
# fault.
PATIENCE = 6 if sys.platform == "linux" else 1  # times those seconds, by the clock
_LOOKS_EVERY, _NEVER = 0.05, float("inf")  # seconds; where memory has to be watched


def write_whole(path: Path, data: bytes, mode: int | None = OWNER, durable: bool = True) -> None:
    """Write a file so that it is there whole or not at all, whatever stops us: temporary name, sync, rename, sync
    folder.

    `mode`: who may read it, from its first byte on (where the system knows such a thing); None: as new files usually
    are. Not `durable`: without the syncs, for what can be made again and is proven when it is read: a power cut may
    damage it.
    """
    part = temporary(path)
    try:
        with part.open("wb") as file:
            if mode is not None:
                part.chmod(mode)
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        replace(part, path, durable)
    except OSError:  # half a file would only help to fill the disk
        part.unlink(missing_ok=True)
        raise


def make_folder(path: Path, exist_ok: bool = True) -> None:
    """Make a folder, and those above it that are missing, for their owner alone.

    `FileExistsError` unless it may be there.
    """
    for missing in reversed([one for one in path.parents if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=exist_ok)


def close_to_others(root: Path) -> None:
    """Leave a folder and what is in it to its owner alone, as far as it is ours; links are left as they are.

    The folder itself comes last: as long as it is open, the work is not done. Windows keeps rights in another way.
    """
    if os.name == "nt":
        return
    for folder, _, names in os.walk(root, topdown=False):
        for path in (*(Path(folder, name) for name in names), Path(folder)):
            with suppress(FileNotFoundError, PermissionError):  # taken away this moment, or another's
                mode = path.lstat().st_mode
                if not stat.S_ISLNK(mode) and mode & _OTHERS:
                    path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may do anything with it."""
    return os.name != "nt" and bool(path.stat().st_mode & _OTHERS)


def temporary(path: Path) -> Path:
    """A name beside the path, to write under until all is there. It says which process writes."""
    return path.with_name(f"{path.name}.{os.getpid()}-{uuid4().hex[:8]}{TEMPORARY}")


def is_abandoned(part: Path) -> bool:
    """Whether nobody goes on with what has a `temporary` name: its process has ended, or is a later one
    of that number.
    """
    number = part.name.removesuffix(TEMPORARY).rpartition(".")[2].partition("-")[0]
    try:
        result: bool = psutil.Process(int(number)).create_time() > part.stat().st_mtime
        return result
    except (ValueError, psutil.NoSuchProcess):
        return True
    except FileNotFoundError:  # finished this moment
        return False


def replace(source: Path, target: Path, durable: bool = True) -> None:
    """Rename over the target and, if `durable`, sync the folder; waits up to 5 s for readers on Windows."""
    for left in reversed(range(_TRIES)):
        try:
            source.replace(target)
            break
        except PermissionError:
            if not left or os.name != "nt":
                raise
            time.sleep(_PAUSE)
    if durable:
        sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Make what a file holds durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sha256_of(path: Path) -> str:
    """SHA-256 of what a file holds, without taking it into memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def limit_worker(memory: int) -> None:
    """Called by a worker on itself once it is ready: from here on it may take so many bytes more, and leaves no core
    file.

    Linux ends a worker that takes more; elsewhere `Watch` does.
    """
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: float) -> None:
    """Called by a worker on itself before each file: processor seconds from now after which Linux ends it."""
    if sys.platform == "linux":
        spent = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 1, resource.RLIM_INFINITY))


def is_link(path: Path) -> bool:
    """Whether it leads elsewhere: a symbolic link, or a junction of Windows."""
    told = path.lstat()
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(told.st_mode) or (junction is not None and getattr(told, "st_reparse_tag", 0) == junction)


def read_only(path: Path) -> None:
    """Take its owner's right to write from a file that is finished; others have none."""
    path.chmod(path.stat().st_mode & 0o500)


def remove_tree(folder: Path) -> None:
    """Remove a folder with what is read-only in it; Windows keeps what somebody has open: for another time."""

    def allow(function: Callable[[str], object], name: str, _: object) -> None:
        if function in (os.unlink, os.rmdir):
            with suppress(OSError):
                Path(name).chmod(0o700)
                function(name)

    shutil.rmtree(folder, onerror=allow)


def discard(path: Path) -> None:
    """Remove a file that may still be mapped. Windows keeps such a file; its folder is removed when we end."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        if os.name != "nt":
            raise


def user_data(environment: Mapping[str, str]) -> Path:
    """Where the system wants the data of a user's programs to lie."""
    if os.name == "nt":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = Path(environment.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def become(command: list[str], folder: Path) -> NoReturn:
    """Go on as another program, which starts in that folder and gets every signal meant for this one.

    Windows knows no such thing: there this process waits and ends with the exit code of the other.
    """
    sys.stdout.flush()
    if os.name == "nt":
        other = subprocess.Popen(command, cwd=folder)
        while other.poll() is None:
            with suppress(KeyboardInterrupt):  # the other is told too, and ends by itself
                other.wait()
        sys.exit(other.returncode)
    os.chdir(folder)
    os.execv(command[0], command)


class Watch:
    """While the block runs: calls `end` once if it takes longer than `seconds`, or the process more than `memory`
    bytes.

    Memory is watched only where the system does not limit it by itself (`limit_worker`). `end` is never called
    afterwards.
    """

    def __init__(self, pid: int, seconds: float, memory: int, end: Callable[[], None]) -> None:
        self.until, self.end = time.monotonic() + seconds, end
        self._pid, self._memory = pid, memory

    def __enter__(self) -> "Watch":
        _WATCHMAN.add(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _WATCHMAN.remove(self)

    def is_over(self) -> bool:
        """Whether it took too long, or too much memory."""
        return time.monotonic() >= self.until or self._is_overgrown()

    def _is_overgrown(self) -> bool:
        if sys.platform == "linux":
            return False
        try:
            return bool(psutil.Process(self._pid).memory_info().rss > self._memory)
        except psutil.Error:
            return False


class _Watchman:
    """One thread for all watches: a thread a file would cost more than many a file takes to read."""

    def __init__(self) -> None:
        self._watches: set[Watch] = set()
        self._changed = threading.Condition()
        self._wakes_at = _NEVER
        self._thread: threading.Thread | None = None

    def add(self, watch: Watch) -> None:
        with self._changed:
            self._watches.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif watch.until < self._wakes_at:
                self._changed.notify()

    def remove(self, watch: Watch) -> None:
        with self._changed:
            self._watches.discard(watch)

    def _run(self) -> None:
        with self._changed:
            while True:
                for watch in [watch for watch in self._watches if watch.is_over()]:
                    self._watches.discard(watch)
                    watch.end()
                now = time.monotonic()
                step = _NEVER if sys.platform == "linux" else now + _LOOKS_EVERY
                self._wakes_at = min((min(step, watch.until) for watch in self._watches), default=_NEVER)
                self._changed.wait(None if self._wakes_at == _NEVER else max(0.0, self._wakes_at - now))


_WATCHMAN = _Watchman()


def digest(root: Path, paths: Iterable[Path]) -> str:
    """SHA-256 over the texts below a folder with their names, in one order and whatever ends their lines."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(
            path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0"
        )
    return total.hexdigest()
