"""Standard output of any encoding: what it cannot show is written as near as it can, and nothing dies of it."""

import sys
import unicodedata
from codecs import register_error
from functools import partial
from io import TextIOWrapper

_NEAR = {"đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...", "·": "-"}
_NEAR |= {"›": ">", "≤": "<=", "≥": ">=", "×": "x", "✕": "x", "₫": "d"}


def speak_plainly() -> None:
    """Let standard output and error take every text, in files, pipes and old terminals too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            register_error(f"near.{stream.encoding}", partial(_near, stream.encoding))
            stream.reconfigure(errors=f"near.{stream.encoding}")


def takes_everything() -> bool:
    """Whether standard output loses nothing."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def _near(encoding: str, error: UnicodeError) -> tuple[str, int]:
    """The error itself names no encoding: to it all of eight bits are one."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_shown(char, encoding) for char in error.object[error.start : error.end]), error.end


def _shown(char: str, encoding: str) -> str:
    """The letter with what accents the encoding has (cp1258 sets a tone behind its letter), else without them."""
    apart = unicodedata.normalize("NFD", char)
    base, marks = apart[0], apart[1:]
    composed = [unicodedata.normalize("NFC", base + mark) + marks.replace(mark, "") for mark in marks]
    for one in (*composed, apart, _NEAR.get(char, ""), base, _NEAR.get(base, "")):
        if one and _fits(one, encoding):
            return one
    return "?"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
