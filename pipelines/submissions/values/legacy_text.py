"""Text of the years before Unicode: TCVN3 (ABC) and VNI, whose bytes a workbook shows as Western letters, turned into
Unicode.

TCVN3 is table VN3 of TCVN 5712:1993, a byte a letter; it has no capitals with tones: fonts whose names end in H draw
them from the small letters. VNI has a second letter for the mark of a vowel. A text is converted only where its
words become Vietnamese.
"""

import re
from typing import NamedTuple

from pipelines.submissions.values.syllables import is_syllable
from pipelines.submissions.values.typed import OldFont, Problem

TCVN3, VNI = "TCVN3 (ABC)", "VNI"
_PLACES = "¡¢£¤¥¦§ ¨©ª«¬\u00ad® µ¶·¸¹ »¼½¾Æ ÇÈÉÊË ÌÎÏÐÑ ÒÓÔÕÖ ×ØÜÝÞ ßáâãä åæçèé êëìíî ïñòóô õö÷øù úûüýþ"
_LETTERS = "ĂÂÊÔƠƯĐ ăâêôơưđ àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ"
OF_TCVN3: dict[str, str] = dict(zip(_PLACES.replace(" ", ""), _LETTERS.replace(" ", ""), strict=True))
_TONED = "ùøûõï"  # acute, grave, hook, tilde, dot below
_VNI_PAIRS = (  # base, second letters, what they make
    ("a", _TONED + "êéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ"),
    ("e", _TONED + "âáàåãä", "éèẻẽẹêếềểễệ"),
    ("o", _TONED + "âáàåãä", "óòỏõọôốồổỗộ"),
    ("u", _TONED, "úùủũụ"),
    ("y", _TONED[:4], "ýỳỷỹ"),
    ("ô", _TONED, "ớờởỡợ"),
    ("ö", _TONED, "ứừửữự"),
)
_VNI_ALONE = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))


def _vni_table() -> dict[str, str]:
    small = {
        base + mark: made for base, marks, all_made in _VNI_PAIRS for mark, made in zip(marks, all_made, strict=True)
    }
    small |= _VNI_ALONE
    capitals = {written.upper(): made.upper() for written, made in small.items()}
    mixed = {written.capitalize(): made.upper() for written, made in small.items()}  # a capital with a small mark
    return small | capitals | mixed


OF_VNI: dict[str, str] = _vni_table()
_TABLES = {TCVN3: OF_TCVN3, VNI: OF_VNI}
_PARTS = {name: re.compile("|".join(sorted(table, key=len, reverse=True))) for name, table in _TABLES.items()}
_SHARED = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ"  # of the upper half of Latin-1 what Vietnamese in Unicode uses
_STRANGE = re.compile("[" + "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) not in _SHARED) + "]")
_STRANGE_PAIR = re.compile(
    "[ùõêéèúâáàãÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ](?:(?<=[a-z][ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ])|(?<=[aA].)|(?<=[eE][ùõâáàãÙÕÂÁÀÃ])|(?<=[oO][ùõâÙÕÂ])|(?<=[uUyYôÔ][ùõÙÕ]))"
)
_SIGN = re.compile("[\u00a1-\u00ff]")
_WORD_AS_IT_STANDS = re.compile("[A-Za-z\u00a1-\u00ff]+")
_WORD = re.compile(r"[^\W\d_]+")
_UNICODE = re.compile("[\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]")
_CAPITALS = re.compile(
    r"(?<!\w)(?=\w*[A-ZĂÂÊÔƠƯĐ]\w*[A-ZĂÂÊÔƠƯĐ])[^\W\d_a-z]+(?!\w)"
)  # TCVN3 has small toned letters only
_UNITS = {"µm"}
_FEW, _ENOUGH = 4, 0.8  # of a few words with signs all must be Vietnamese, of many most: names of places are not


class Converted(NamedTuple):
    """A text in Unicode, and the encoding it was written in."""

    text: str
    encoding: str


def may_be_legacy(text: str) -> bool:
    """A quick look at one text, or at many joined: False is certain, True asks for `converted`."""
    return bool(_STRANGE.search(text) or _STRANGE_PAIR.search(text))


def converted(text: str, font: str = "") -> Converted | None:
    """The text in Unicode; None where it is in no old encoding, or could be in either.

    `font`: name of the old font the text stands in, the strongest sign; "" where none is known.
    """
    if not _SIGN.search(text) or _UNICODE.search(text) or not (font or may_be_legacy(text)):
        return None
    before = [word for word in _WORD_AS_IT_STANDS.findall(text) if _SIGN.search(word)]
    is_plain = all(is_syllable(word) and _is_cased(word) for word in before)
    if font:
        found = _decoded(text, VNI if font.upper().startswith("VNI") else TCVN3)
        if found is None or (is_plain and not _is_vietnamese(found)):
            return None
        return (
            found._replace(text=found.text.upper()) if found.encoding == TCVN3 and font.endswith(("H", "h")) else found
        )
    if is_plain or _UNITS & {*before} or not any(re.search("[A-Za-z]", word) for word in before):
        return None
    both = [one for name in _TABLES if (one := _decoded(text, name)) and _is_vietnamese(one)]
    return both[0] if len(both) == 1 else None


def readings(text: str) -> tuple[Converted, ...]:
    """The text in every old encoding it could be in, Vietnamese or not: where a list of accepted values decides."""
    if not _SIGN.search(text) or _UNICODE.search(text):
        return ()
    return tuple(one for name in _TABLES if (one := _decoded(text, name)))


def of_cell(cell: object) -> Converted | None:
    """The text of a cell in Unicode; None where it is in no old encoding."""
    if isinstance(cell, OldFont):
        return converted(cell.text, cell.font)
    return converted(cell) if isinstance(cell, str) else None


def problem_of(old: Converted) -> Problem:
    """The finding of a converted cell: what was written stays, what it was read as is said beside it."""
    return Problem("text.legacy_encoding", (("encoding", old.encoding), ("read_as", old.text)))


def in_unicode(text: str) -> str:
    """The text, converted where it is plainly in an old encoding."""
    found = converted(text)
    return found.text if found else text


def _decoded(text: str, encoding: str) -> Converted | None:
    """Letter by letter; None when a sign is none of this encoding."""
    table, part = _TABLES[encoding], _PARTS[encoding]
    if _SIGN.search(part.sub("", text)):
        return None
    plain = part.sub(lambda found: table[found[0]], text)
    return Converted(_CAPITALS.sub(lambda word: word[0].upper(), plain) if encoding == TCVN3 else plain, encoding)


def _is_vietnamese(found: Converted) -> bool:
    words = [word for word in _WORD.findall(found.text) if not word.isascii()]
    good = sum(is_syllable(word) and _is_cased(word) for word in words)
    return good == len(words) if len(words) < _FEW else good >= _ENOUGH * len(words)


def _is_cased(word: str) -> bool:
    """Small, capital, or only the first letter capital: not "cÊp"."""
    return word[1:].islower() or word.isupper() or len(word) == 1
