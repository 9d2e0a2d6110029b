"""Names of files as they come: from a browser, a mail, another system. They are shown, kept, and used to name a copy."""

import re
from pathlib import PurePosixPath

_COPIED = (".xlsx", ".xlsm")  # what a copy may be; every other kind is handed back as .xlsx
_LONGEST, _LONGEST_STEM = 255, 180  # letters; bytes: systems take 255, and a receipt's number stands before it
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # control characters, halves of a character
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # not a file's on Windows


def readable(name: str) -> str:
    """A name that can be shown and written down: what stands for no letter becomes "�"."""
    return _UNREADABLE.sub("\ufffd", name)[-_LONGEST:]


def on_disk(name: str) -> tuple[str, str]:
    """(stem, suffix) that every system can write; the suffix is that of a copy."""
    plain = _NOT_IN_NAMES.sub("_", _UNREADABLE.sub("_", name))
    suffix = PurePosixPath(plain).suffix
    stem = plain.removesuffix(suffix).encode()[:_LONGEST_STEM].decode(errors="ignore").strip(" .")
    stem = f"_{stem}" if not stem or _DEVICES.match(stem) else stem
    return stem, suffix.lower() if suffix.lower() in _COPIED else ".xlsx"
