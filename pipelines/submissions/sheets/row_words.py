"""The words by which a line among the rows of a table is known to be no data: totals, notes, titles of sections,
numbers of columns.

Names of people come close to such words ("Tống Phong", "Vũ Ban"): accents count where the text has any.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from pipelines.submissions.values.cleaning import clean, fold
from pipelines.submissions.values.legacy_text import in_unicode

_LONGEST_TOTAL, _LONGEST_TITLE = 200, 150
_COUNTED = (
    "so|cong|chung|can bo|cong chuc|vien chuc|nguoi|lao dong|ca nhan|tap the|phong|to|de nghi|danh hieu|hinh thuc|khen thuong|"
    "sang kien|chi tieu|phong trao|dien hinh|tien tien|don vi|thanh vien|diem|toan|vu|cuc|vien|co quan|cum|muc|phan|khoi|nhom|"
    "danh sach|co mat|hien co|trong|nam|nu|ky|cac|cua|la|luot|bien che|hop dong|dang vien|lanh dao|chuyen vien|quyet dinh"
)
_TOTAL = re.compile(
    rf"(?:tong|cong)(?: (?:cong|so|chung))?(?:\s*\.*|(?: (?:{_COUNTED}|\d{{4}}))*\s*(?:[:=(–-].*|\d.*)"
    rf"| (?:muc|phan|khoi|nhom) (?:[a-d]|[ivx]+|\d+)|(?<=so)(?: (?:{_COUNTED}))+)"
    r"|(?:tong (?:so|cong)|cong (?!dong\b))[^:=]*[:=]\s*\d.*"
)
_TOTAL_WORDS = ("tổng", "cộng")
_NOTE = re.compile(
    r"(?:\(?\*+\)?\s*)?(?:ghi chu|chu thich|chu giai|chu y|luu y|nguon|giai thich)\s*\(?\d*\)?\s*(?:[:.–-].*)?"
)
_BULLET = re.compile(r"(?:[-–+•*·]|\(\*+\))\s*\S.*")
_ORDINAL = re.compile(r"\(?(?:[IVX]{1,5}|[A-HĐ])\s*[.):/]?")
_NUMBERED = re.compile(r"(?:(?:Phần|PHẦN|Mục|MỤC)\s+)?(?:[IVX]{1,5}|[A-HĐ])\s*[.):/–-]\s*(?P<title>\S.*)")
_QUANTITY = re.compile(r"\d{1,6}(?:[.,]\d{1,3})*[.)]?")
_OFFICES = re.compile(
    r"(?:các |tập thể |khối |nhóm )*(?:lãnh đạo|chuyên viên|cán bộ|công chức|viên chức|người lao động|lao động|nhân viên|phòng|ban|vụ|cục"
    r"|viện|văn phòng|tổ|khối|nhóm|trung tâm|đơn vị|cơ quan|chi cục|đội|bộ phận|hợp đồng|biên chế|danh sách|cấp|trưởng phòng|phó trưởng phòng)\b"
)
_GROUPS = re.compile(r"(?:các|khối|nhóm|cụm|danh sách)\b")
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}(?:\.0)?|[A-ZĐ])[)\]]?")


def _plain(cell: object) -> str:
    return clean(in_unicode(str(cell)))[0]


def is_total(cell: object) -> bool:
    """ "Tổng cộng: 19 người", "Cộng", "Tổng số cán bộ: 12"; not "Tổng cục" nor "Tống Phong"."""
    text = _plain(cell)
    key = fold(text) if len(text) <= _LONGEST_TOTAL else ""
    if not _TOTAL.fullmatch(key):
        return False
    return text.casefold().startswith(_TOTAL_WORDS) or (
        _has_no_accents(text) and any(c in ":=0123456789" for c in text)
    )


def _has_no_accents(text: str) -> bool:
    return unicodedata.normalize("NFD", text).isascii()


def is_note(cell: object) -> bool:
    """ "Ghi chú: danh sách tính đến 30/11/2025"."""
    return isinstance(cell, str) and _NOTE.fullmatch(fold(in_unicode(cell))) is not None


def is_bullet(cell: object) -> bool:
    """ "- Đồng chí A nghỉ hưu": a line of a note, where nothing else stands in the row."""
    return isinstance(cell, str) and _BULLET.fullmatch(_plain(cell)) is not None


def is_ordinal(cell: object) -> bool:
    """ "I", "IV.", "A)": the number of a section. People are counted 1, 2, 3."""
    return isinstance(cell, str) and _ORDINAL.fullmatch(_plain(cell)) is not None


def is_quantity(cell: object) -> bool:
    """A number, also typed as text: 19, "19", "1.1"; it names nobody."""
    return isinstance(cell, (int, float)) or _QUANTITY.fullmatch(_plain(cell)) is not None


def is_code(cell: object) -> bool:
    """One word with a digit that is no quantity, alone or before its name: "V01-CB001", "T01 | Ban Nội chính …"."""
    code = str(cell).partition("|")[0].strip()
    return any(map(str.isdigit, code)) and len(code.split()) == 1 and not is_quantity(code)


def section_title(texts: Sequence[object]) -> str:
    """The title in ("I", "LÃNH ĐẠO VỤ") or ("II. CHUYÊN VIÊN",); "" where no number of a section comes before it."""
    if len(texts) == 1:
        numbered = _NUMBERED.fullmatch(_plain(texts[0]))
        return numbered["title"] if numbered else ""
    return _plain(texts[1]) if is_ordinal(texts[0]) and isinstance(texts[1], str) else ""


def names_an_office(text: object) -> bool:
    """Whether a line begins with an office or a group of staff, as no name of a person does."""
    plain = _plain(text).casefold()
    return len(plain) <= _LONGEST_TITLE and _OFFICES.match(plain) is not None


def names_a_group(text: str) -> bool:
    """Whether a title is above several rooms and teams, not one of them."""
    return _GROUPS.match(text.casefold()) is not None


def are_column_numbers(cells: Sequence[object]) -> bool:
    """(1), (2), (3) … or A, B, 1, 2 … below a header."""
    found = [_plain(int(cell) if isinstance(cell, float) and cell.is_integer() else cell) for cell in cells]
    numbers = [int("".join(c for c in text if c.isdecimal())) for text in found if any(map(str.isdecimal, text))]
    rising = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return len(found) > 2 and all(map(_COLUMN_NUMBER.fullmatch, found)) and rising
