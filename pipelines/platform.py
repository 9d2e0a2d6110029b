"""What differs between operating systems, and what must survive a power cut."""

import os
import time
from pathlib import Path
from uuid import uuid4

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
