"""Text as people type it made comparable: one Unicode form, no invisible characters, single spaces, folded keys."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_REMOVED = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BETWEEN = "\x1f"  # joins a column for one search instead of one a cell
_INVISIBLE = re.compile(f"[{_REMOVED}]")
_ODD_SPACE = re.compile(f"[{_SPACES}]")
_DASH = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")  # Word types them for a hyphen
_AROUND_DASH = re.compile(" *- *")
# Capitals of the Cyrillic and Greek alphabets that nobody can tell from Latin ones
_ALIKE = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEKMHOPCTYXIJSABEZHIKMNOPTYX",
)
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_RUNS = re.compile(r"\s+")
_ODD = re.compile(rf"[{_REMOVED}{_SPACES}\t\r\n\v\f\x1c-\x1e]")
_LOOSE = ("  ", f" {_BETWEEN}", f"{_BETWEEN} ")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook, dot below


def clean(text: str) -> tuple[str, bool]:
    """NFC, trimmed, inner spaces folded, invisible characters removed; and whether more than plain spaces changed."""
    plain = _ODD_SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return _RUNS.sub(" ", plain).strip(), plain != text


def is_clean(column: Sequence[str]) -> bool:
    """Whether cleaning would change no text of a column (asked once for the whole column)."""
    joined = _BETWEEN.join(column)
    if joined.count(_BETWEEN) != len(column) - 1 or any(loose in joined for loose in _LOOSE):
        return False
    if joined.startswith(" ") or joined.endswith(" ") or _ODD.search(joined):
        return False
    return unicodedata.is_normalized("NFC", joined)


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: spaces of any kind and invisible characters only."""
    return not text[0].isalnum() and not _INVISIBLE.sub("", text).strip() if text else True


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The key two spellings share: no accents, no case, single spaces ("Mức  XẾP loại" -> "muc xep loai")."""
    bare = unicodedata.normalize("NFD", clean(text)[0].casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d")


def code_key(code: str) -> str:
    """A code as it is compared and kept, everywhere: capitals, plain letters and digits, "-" for any dash, no space
    around it.
    """
    key = _AROUND_DASH.sub("-", _DASH.sub("-", unicodedata.normalize("NFKC", code))).upper()
    if key.isascii():
        return key
    return _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), key).translate(_ALIKE)


def name_key(name: str) -> str:
    """The key of a person's name: accents count, their place in the word does not ("Hoà" = "Hòa"), nor does case."""
    words = []
    for word in unicodedata.normalize("NFD", name.casefold()).split():
        tones = [c for c in word if c in _TONES]
        words.append("".join(c for c in word if c not in _TONES) + "".join(tones))
    return " ".join(words)
