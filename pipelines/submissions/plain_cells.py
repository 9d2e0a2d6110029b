"""The quick look at cells written the plain way. It never judges an odd cell: it says that somebody must look closer.

What it has counted is certain: every cell the cell reader could find was matched letter by letter.
"""

import re
from functools import lru_cache
from xml.sax.saxutils import unescape

from pipelines.submissions.tally import CellFacts, NotPlain, Tally, column_number

_STYLE = rb'(?: s="[0-9]{1,6}")?'
_REF = rb'<c r="([A-Z]{1,3}[0-9]{1,7})"'
_KIND = rb'(?: t="(?:s|str|n|inlineStr)")?'
_FILLED = re.compile(_REF + _STYLE + _KIND + _STYLE + rb">(?!</c>)")
_BLANK = re.compile(_REF + _STYLE + rb"(?: ?/>|></c>)")
_PREFIXED = re.compile(rb"<[\w.-]+:c\b")
_NUMBER = rb"(?![0-9][0-9.]*(?:[eE]-?[0-9]{1,2})?<)"
_ODD_VALUE = re.compile(rb"<v>" + _NUMBER)
_FORMULA = rb"(?:<f[^>]*/>|<f[^>]*>([^<]*)</f>)"
_ODD_NUMBER = re.compile(_REF + _STYLE + rb'(?: t="n")?' + _STYLE + rb">" + _FORMULA + rb"?+<v>(?!</v>)" + _NUMBER)
_BLANK_TEXT = re.compile(rb"<v>\s+</v>")
_ODD_INLINE = re.compile(rb"<t[^>]*/>|<t[^>]*>\s*</t>|<rFont|<is[^>]|<rPh")
_STRING = re.compile(rb't="s"' + _STYLE + rb"><v>([0-9]{1,9})</v>")
_UNCACHED = re.compile(_REF + rb"([^>]*)>" + _FORMULA + rb"(<v></v>)?</c>")
_HIDDEN = re.compile(rb'<row r="([0-9]{1,7})"[^>]*? hidden="(0|1|false|true)"')
_FLAGS = (b't="e"', b't="b"', b"<v/", b"<v ", b"<ext")
_DIGITS, _LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def plain_tally(rows: bytes, facts: CellFacts, sheet: str) -> Tally | None:
    """The tally of a run of whole rows, None if a cell needs a closer look. NotPlain where rows hold other mark-up."""
    if b"<!" in rows or b"<?" in rows or (b":c" in rows and _PREFIXED.search(rows)):
        raise NotPlain
    if any(flag in rows for flag in _FLAGS):
        return None
    filled = _FILLED.findall(rows)
    if len(filled) != rows.count(b"<c") - _blanks(rows) or len(set(filled)) != len(filled):
        return None
    if _odd_values(rows) or _odd_strings(rows, facts) or _told_by_style(rows, facts, bool(filled)):
        return None
    tally = Tally(sheet, len(filled))
    if not _add_formulas(rows, tally) or not _add_hidden(rows, tally):
        return None
    if filled:
        joined = b" ".join(filled)
        columns = {name.decode() for name in set(joined.translate(None, _DIGITS).split())}
        tally.cover(set(map(int, set(joined.translate(None, _LETTERS).split()))), list(map(column_number, columns)))
    return tally


def _blanks(rows: bytes) -> int:
    return len(_BLANK.findall(rows)) if b"/>" in rows or b"></c>" in rows else 0


def _odd_values(rows: bytes) -> bool:
    if b"<is" in rows and _ODD_INLINE.search(rows):
        return True
    if not _ODD_VALUE.search(rows):
        return False
    return b't="str"' not in rows or bool(_ODD_NUMBER.search(rows) or _BLANK_TEXT.search(rows))


def _odd_strings(rows: bytes, facts: CellFacts) -> bool:
    found = _STRING.findall(rows)
    if len(found) != rows.count(b't="s"'):
        return True
    numbers = set(map(int, found))
    if numbers and max(numbers) >= facts.strings.count:
        return True
    return not numbers.isdisjoint(facts.strings.blank) or not numbers.isdisjoint(facts.strings.legacy_fonts)


def _told_by_style(rows: bytes, facts: CellFacts, any_cell: bool) -> bool:
    styles = facts.styles.telling
    if not styles or not any_cell:
        return False
    return 0 in styles or bool(_style_pattern(styles).search(rows))


@lru_cache(maxsize=64)
def _style_pattern(styles: frozenset[int]) -> re.Pattern[bytes]:
    return re.compile(b' s="(?:' + b"|".join(b"%d" % style for style in sorted(styles)) + b')"')


def _add_formulas(rows: bytes, tally: Tally) -> bool:
    """Note formulas without a stored value. An empty text is a value; False when an empty value has another cause."""
    empty = 0
    for reference, attributes, formula, value in _UNCACHED.findall(rows) if b"<f" in rows else ():
        empty += bool(value)
        if value and b't="str"' in attributes:
            tally.count -= 1
        else:
            tally.uncached[reference.decode()] = unescape(formula.decode(), {"&quot;": '"', "&apos;": "'"})
    return empty == rows.count(b"<v></v>")


def _add_hidden(rows: bytes, tally: Tally) -> bool:
    """Note hidden rows; False when something else is called hidden."""
    found = _HIDDEN.findall(rows) if b"hidden=" in rows else []
    tally.hidden_rows.update(int(row) for row, hidden in found if hidden in (b"1", b"true"))
    return len(found) == rows.count(b"hidden=")
