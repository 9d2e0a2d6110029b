"""Standard output of any encoding: what it cannot show is written as near as it can, and nothing dies of it.

Names and values of others are shown as they read: nothing in them steers a terminal or turns the direction of a line.
"""

import json
import re
import sys
import unicodedata
from codecs import register_error
from functools import partial
from io import TextIOWrapper

# Unicode's classes Cc, Cf, Cs, Zl, Zp: control and direction characters, breaks of line, halves of a letter.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_NEAR = {"đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...", "·": "-"}
_NEAR |= {"›": ">", "≤": "<=", "≥": ">=", "×": "x", "✕": "x", "₫": "d"}


def speak_plainly() -> None:
    """Let standard output and error take every text, in files, pipes and old terminals too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            register_error(f"near.{stream.encoding}", partial(_near, stream.encoding))
            stream.reconfigure(errors=f"near.{stream.encoding}")


def visible(text: str, instead: str = "\ufffd") -> str:
    """A name or value of others on one line: what is not seen, and could steer what is, becomes "�"."""
    return _UNSEEN.sub(instead, text)


def visible_lines(text: str) -> str:
    """The same for sentences of ours, whose own breaks of line stay."""
    return _UNSEEN.sub(lambda found: found[0] if found[0] == "\n" else "\ufffd", text)


def visible_json(text: str) -> str:
    """The same for JSON, where nothing may be lost: written as \\u and a number. Its own breaks of line stay."""
    return _UNSEEN.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text)


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
