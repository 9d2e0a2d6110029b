"""Where texts meet Markdown: what was written by others is shown letter by letter, only our own sentences may hold marks.

Streamlit reads Markdown, emoji, icons and links in nearly every text it is given. Every such place gets `plain(…)`, `marked(…)` or a
sentence of ours into which nothing was put; a test reads the source and says where that is not so.
"""

import re
from typing import NewType

from pipelines.texts import say

Markdown = NewType("Markdown", str)

_SPLIT = (
    ":gray[]"  # an empty coloured text: it shows nothing, and what stands on its two sides is no longer read together
)
_MARKS = re.compile(r"[\\`*_\[\]<>$~#&|{}!]")
_LIST = re.compile(r"^(?:[-+](?=\s|$)|=+(?=\s*$)|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_LINES = re.compile(r"[^\S\n]*(?:\r\n?|\n)\s*")
# Escaped or not, these are made into signs, icons and links once the text is read: a -> b, :name:, http://, www., @.
_TOGETHER = re.compile(r"(?<=[-<>~])(?=\\?[-=>])|(?<=www)(?=\.)|(?<=\S)(?=@\S)", re.IGNORECASE)
_COLON = re.compile(r":(?=\S)")


def plain(text: str) -> Markdown:
    """A text for a place that reads Markdown, shown letter by letter; line breaks stay, spaces at the ends do not."""
    shown = _MARKS.sub(r"\\\g<0>", text.strip())
    shown = _LINES.sub("\n", shown)
    shown = _LIST.sub(_as_text, shown)
    shown = _COLON.sub(rf"\\:{_SPLIT}", _TOGETHER.sub("\0", shown))
    return Markdown(shown.replace("\0", _SPLIT).replace("\n", "\\\n"))


def marked(key: str, lang: str, /, **params: object) -> Markdown:
    """A sentence of ours with the marks that stand in it; what is put into it is shown letter by letter."""
    return Markdown(say(key, lang, **{name: plain(str(value)) for name, value in params.items()}))


def _as_text(found: re.Match[str]) -> str:
    """The beginning of a line that would begin a list or underline a heading: - + = and 1."""
    begun = found.group()
    return f"{begun}\\" if begun[0].isdigit() else f"\\{begun}"
