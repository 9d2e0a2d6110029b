"""What the machine did not do: disk, rights, memory, other programs."""

import errno
import re

from pipelines.problems.base import Problem


class Machine(Problem):
    """The machine did not do what was asked of it. Facts: what."""

    code = "machine"


class DiskFull(Machine):
    """There is no room left to write to."""

    code = "disk_full"


class FileHeld(Machine):
    """Another program has a file open and lets nobody else use it. Facts: what, pid."""

    code = "file_held"


class NotAllowed(Machine):
    """The right to read or write something is missing."""

    code = "not_allowed"


class MemoryShort(Machine):
    """The machine has too little memory free."""

    code = "memory_short"


# By the number the system gives, and by the words of libraries that pass on the words alone.
_SIGNS: tuple[tuple[type[Machine], set[int], str], ...] = (
    (
        DiskFull,
        {errno.ENOSPC, errno.EDQUOT},
        r"No space left|disk is full|not enough space on the disk|max_temp_directory_size",
    ),
    (
        FileHeld,
        {errno.EBUSY, errno.ETXTBSY},
        r"Could not set lock|being used by another process|another process has locked",
    ),
    (NotAllowed, {errno.EACCES, errno.EPERM, errno.EROFS}, r"Permission denied|readonly database|Access is denied"),
    (MemoryShort, {errno.ENOMEM}, r"Out of Memory"),
)
_WINDOWS_SHARING = (32, 33)  # told as missing rights, though only another program is in the way


def of_machine(error: Exception) -> Problem:
    """What an exception of the system, DuckDB or SQLite means; a `Problem` stays what it is, what nobody knows is a
    `Machine`.
    """
    if isinstance(error, Problem):
        return error
    text, number = str(error), getattr(error, "errno", None)
    pid = re.search(r"PID (\d+)", text)
    facts = {"what": text.partition("\n")[0], "pid": pid[1] if pid else "?"}
    if isinstance(error, MemoryError):
        return MemoryShort(**facts)
    if getattr(error, "winerror", None) in _WINDOWS_SHARING:
        return FileHeld(**facts)
    for kind, numbers, words in _SIGNS:
        if number in numbers or re.search(words, text, re.IGNORECASE):
            return kind(**facts)
    return Machine(**facts)
