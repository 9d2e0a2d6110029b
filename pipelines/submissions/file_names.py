"""Names of files as they come: from a browser, a mail, another system.

They are shown, kept, and used to name a copy.
"""

import re
import unicodedata
from pathlib import PurePosixPath

from pipelines.encodings import visible
from pipelines.settings import LANGUAGES
from pipelines.texts import say

_COPIED = (".xlsx", ".xlsm")  # what a copy may be; every other kind is handed back as .xlsx
_LONGEST, _LONGEST_STEM = 255, 180  # letters; bytes: systems take 255, and a receipt's number stands before it
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # not a file's on Windows


_AGAIN = r"(?: ?\(\d+\))?"  # what a browser adds to a name it has already


def readable(name: str) -> str:
    """A name that can be shown and written down: what stands for no letter becomes "�"."""
    return visible(name)[-_LONGEST:]


def on_disk(name: str) -> tuple[str, str]:
    """(stem, suffix) that every system can write; the suffix is that of a copy, the stem of a marked copy that of its
    original.
    """
    plain = _NOT_IN_NAMES.sub("_", visible(name, "_"))
    suffix = PurePosixPath(plain).suffix
    stem = _unmarked(plain.removesuffix(suffix)).encode()[:_LONGEST_STEM].decode(errors="ignore").strip(" .")
    stem = f"_{stem}" if not stem or _DEVICES.match(stem) else stem
    return stem, suffix.lower() if suffix.lower() in _COPIED else ".xlsx"


def marked(name: str, lang: str) -> str:
    """The name of the marked copy of a file: "V01 - đã đánh dấu.xlsx"."""
    stem, suffix = on_disk(name)
    return say("receipt.marked", lang, file=stem) + suffix


def listed(name: str, lang: str) -> str:
    """The name of the list of what is wrong with a file that cannot be marked itself."""
    return say("receipt.list", lang, file=on_disk(name)[0])


def _unmarked(stem: str) -> str:
    """The stem without what a marked copy, from the page or from the folder it is returned to, has more than its
    original.
    """
    composed = unicodedata.normalize("NFC", stem)
    for lang in LANGUAGES:
        mark = re.escape(say("receipt.marked", lang, file=""))
        if found := re.fullmatch(rf"(?:\d{{6}} )?(.+?)(?:{mark}{_AGAIN})+", composed):
            return found[1]
    return stem
