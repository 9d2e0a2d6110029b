"""How a cell looked before it was marked: the last line of its note, in the reader's words and read back from any
language.
"""

import re
from functools import lru_cache

from pipelines.settings import LANGUAGES
from pipelines.texts import say

_NO_FILL = "none"
_COLOURS = {"rgb": "[0-9A-Fa-f]{6,8}", "theme": r"\d+(?: -?[\d.eE-]+)?", "indexed": r"\d+(?: -?[\d.eE-]+)?"}
_OF_OLDER_COPIES = re.compile(r".* = (?P<fill>none|(?:rgb|theme|indexed) [^·]+?)(?P<locked> · locked)?")


def line(fill: str, locked: bool, lang: str) -> str:
    """The line; "" for a cell that was plain, without a fill and open for writing.

    `fill`: as `StyleBook.fill_of` says it.
    """
    kind, _, value = fill.partition(" ")
    return "" if fill == _NO_FILL and not locked else _line(kind, value, locked, lang)


def read(note: str) -> tuple[str, bool]:
    """(fill, locked) as the last line of a note says; those of a plain cell when it says nothing."""
    last = note.rstrip("\n").rpartition("\n")[2]
    if older := _OF_OLDER_COPIES.fullmatch(last):
        return older["fill"], older["locked"] is not None
    for form, kind, locked in _forms():
        if found := form.fullmatch(last):
            return " ".join((kind, *found.groups())), locked
    return _NO_FILL, False


def _line(kind: str, value: str, locked: bool, lang: str) -> str:
    told = say(f"annotate.fill.{kind}", lang, value=value)
    return say("annotate.before", lang, fill=told, locked=say("annotate.locked", lang) if locked else "")


@lru_cache
def _forms() -> list[tuple[re.Pattern[str], str, bool]]:
    """Every form of the line: what it is read by, the kind of fill, whether locked."""
    mark = "\0"
    return [
        (re.compile(re.escape(_line(kind, mark, locked, lang)).replace(mark, f"({number})")), kind, locked)
        for lang in LANGUAGES
        for kind, number in {_NO_FILL: "", **_COLOURS}.items()
        for locked in (False, True)
    ]
