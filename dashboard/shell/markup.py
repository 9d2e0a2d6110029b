"""Escapes texts for Markdown: texts of others are shown letter by letter, only our own sentences may have formatting.

Streamlit looks for Markdown, emoji, icons and links in nearly every text. Such a place gets `plain(…)`, `marked(…)` or
a sentence of ours without inserted values; a test reads the source and names each place that does not.
"""

import re
from typing import NewType

from pipelines.texts import say

Markdown = NewType("Markdown", str)

_SPLIT = ":gray[]"  # an empty coloured text: it shows nothing, and Markdown no longer joins the text on its two sides
_MARKS = re.compile(r"[\\`*_\[\]<>$~#&|{}!]")
_LIST = re.compile(r"^(?:[-+](?=\s|$)|=+(?=\s*$)|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_LINES = re.compile(r"[^\S\n]*(?:\r\n?|\n)\s*")
# Even if escaped, these become signs, icons and links after Markdown is read: a -> b, :name:, http://, www., @.
_TOGETHER = re.compile(r"(?<=[-<>~])(?=\\?[-=>])|(?<=www)(?=\.)|(?<=\S)(?=@\S)", re.IGNORECASE)
_COLON = re.compile(r":(?=\S)")


def plain(text: str) -> Markdown:
    """A text as Markdown that shows it letter by letter; line breaks stay, spaces at the ends do not."""
    shown = _MARKS.sub(r"\\\g<0>", text.strip())
    shown = _LINES.sub("\n", shown)
    shown = _LIST.sub(_as_text, shown)
    shown = _COLON.sub(rf"\\:{_SPLIT}", _TOGETHER.sub("\0", shown))
    return Markdown(shown.replace("\0", _SPLIT).replace("\n", "\\\n"))


def marked(key: str, lang: str, /, **params: object) -> Markdown:
    """A sentence of ours with its formatting; inserted values are shown letter by letter."""
    return Markdown(say(key, lang, **{name: plain(str(value)) for name, value in params.items()}))


def _as_text(found: re.Match[str]) -> str:
    """Escape the beginning of a line that Markdown takes for a list or an underline: - + = and 1."""
    begun = found.group()
    return f"{begun}\\" if begun[0].isdigit() else f"\\{begun}"
