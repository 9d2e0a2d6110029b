"""The quick look at cells written the plain way. It never judges an odd cell: it says that somebody must look closer.

What it has counted is certain: every cell the cell reader could find was matched letter by letter.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from xml.sax.saxutils import unescape

from pipelines.submissions.scan.cell_shapes import Holds, Shapes, shapes_of
from pipelines.submissions.scan.tally import CellFacts, NotPlain, Tally, note_unseen

_ADDRESS = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_FILLED = re.compile(_ADDRESS.pattern + rb"[^/>]*>(?!</c>)")
_STRING = re.compile(rb't="s"(?: s="[0-9]{1,6}")?><v>([0-9]{1,9})</v>')
_KIND = re.compile(rb' t="(\w+)"')
_NUMBER = re.compile(rb"-?[0-9]{1,400}(?:\.[0-9]*)?(?:[eE][-+]?[0-9]{1,3})?")
_ZERO = re.compile(rb"<v>-?0")
_BLANK_TEXT = re.compile(rb"<v>\s+</v>")
_BLANK_INLINE = re.compile(rb"<t[^>]*>\s*</t>")
_UNCACHED = re.compile(rb'<c r="([A-Z0-9]+)"([^>]*+)>(?:<f[^>]*/>|<f[^>]*>([^<]*+)</f>)(<v></v>)?</c>')
_HIDDEN = re.compile(rb'<row r="([0-9]{1,7})"[^>]*? hidden="(0|1|false|true)"')
_LOW_HEIGHT = rb' ht="0*[01]?(?:\.[0-9]*)?"'  # below `tally.LOW`
_LOW = re.compile(_LOW_HEIGHT)
_FLAT = re.compile(rb"<row\b[^>]*?" + _LOW_HEIGHT + rb"[^>]*>")
_ROW = re.compile(rb' r="([0-9]{1,7})"')
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def plain_tally(rows: bytes, facts: CellFacts, sheet: str) -> Tally | None:
    """The tally of a run of whole rows, None if a cell needs a closer look. NotPlain where rows hold other mark-up."""
    shapes = shapes_of(rows)
    if shapes is None:
        if b"<!" in rows or b"<?" in rows:
            raise NotPlain
        return None
    counts, filled = shapes.counts, shapes.filled
    addresses = (_FILLED if counts[Holds.NOTHING] else _ADDRESS).findall(rows) if filled else []
    if len(addresses) != filled or len(set(addresses)) != filled:
        return None
    blank = _blank_strings(rows, facts, counts[Holds.STRING])
    if blank is None or _is_blank_text(rows, counts) or _told_by_style(rows, facts, filled):
        return None
    if facts.are_zeros_hidden and _ZERO.search(rows):
        return None
    tally = Tally(sheet, filled - blank)
    if not _add_formulas(rows, counts[Holds.NO_VALUE], tally) or not _add_hidden(rows, shapes, tally):
        return None
    if _LOW.search(rows) and not _add_flat(rows, tally):
        return None
    if facts.styles.veiled and filled and not _add_unseen(rows, facts, tally):
        return None
    if filled:
        numbers = set(b" ".join(addresses).translate(None, _LETTERS).split())
        tally.cover(set(map(int, numbers)), shapes.columns)
    return tally


def _is_blank_text(rows: bytes, counts: Sequence[int]) -> bool:
    if counts[Holds.INLINE] and _BLANK_INLINE.search(rows):
        return True
    return bool(counts[Holds.TEXT]) and _BLANK_TEXT.search(rows) is not None


def _blank_strings(rows: bytes, facts: CellFacts, expected: int) -> int | None:
    """How many cells hold a blank shared string; None if a string is not there or is told by its font."""
    found = _STRING.findall(rows) if expected else []
    if len(found) != expected:
        return None
    numbers = set(map(int, set(found)))
    if numbers and max(numbers) >= facts.strings.count:
        return None
    if not (numbers.isdisjoint(facts.strings.legacy_fonts) and numbers.isdisjoint(facts.strings.struck)):
        return None
    if numbers.isdisjoint(facts.strings.blank):
        return 0
    return sum(int(number) in facts.strings.blank for number in found)


def _told_by_style(rows: bytes, facts: CellFacts, filled: int) -> bool:
    styles = facts.styles.telling
    if not styles or not filled:
        return False
    return 0 in styles or bool(_style_pattern(styles).search(rows))


@lru_cache(maxsize=64)
def _style_pattern(styles: frozenset[int]) -> re.Pattern[bytes]:
    return re.compile(b' s="(?:' + b"|".join(b"%d" % style for style in sorted(styles)) + b')"')


def _add_unseen(rows: bytes, facts: CellFacts, tally: Tally) -> bool:
    """Note cells whose value nobody sees; False where one that may be is written in an unusual way."""
    if 0 in facts.styles.veiled:  # that of cells that name none
        return False
    whole, begun = _veiled_patterns(facts.styles.veiled)
    found = whole.findall(rows)
    for address, style, attributes, value in found:
        kind = _KIND.search(attributes)
        is_number = kind is None or kind[1] == b"n"
        is_blank = not value.strip() or (kind is not None and kind[1] == b"s" and int(value) in facts.strings.blank)
        if is_number and not is_blank and not _NUMBER.fullmatch(value):
            return False
        if not is_blank:
            number = float(value) if is_number else None
            note_unseen(tally, facts.styles, address.decode(), number, int(style))
    return len(found) == len(begun.findall(rows))


@lru_cache(maxsize=64)
def _veiled_patterns(styles: frozenset[int]) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Cells in these styles, whole as they are usually written, and the beginning of any that is not empty."""
    numbers = b"|".join(b"%d" % style for style in sorted(styles))
    begun = rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?=[^>]* s="(' + numbers + rb')")([^>]*+)(?<!/)>'
    return re.compile(begun + rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?(?:<v>([^<]*)</v>)?</c>"), re.compile(begun)


def _add_formulas(rows: bytes, alone: int, tally: Tally) -> bool:
    """Note formulas without a stored value. An empty text is a value; False when an empty value has another cause."""
    empty = rows.count(b"<v></v>")
    if not empty and not alone:
        return True
    found = _UNCACHED.findall(rows)
    without = [(address, formula) for address, kind, formula, value in found if not (value and b't="str"' in kind)]
    texts = unescape(b"\0".join(formula for _, formula in without).decode()).split("\0")
    tally.uncached.update(zip((address.decode() for address, _ in without), texts, strict=False))
    tally.count -= len(found) - len(without)
    valued = sum(bool(value) for _, _, _, value in found)
    return empty == valued and alone == len(found) - valued


def _add_hidden(rows: bytes, shapes: Shapes, tally: Tally) -> bool:
    """Note hidden rows; False when something else is called hidden."""
    if not shapes.hidden_rows:
        return True
    found = _HIDDEN.findall(rows)
    tally.hidden_rows.update(int(row) for row, hidden in found if hidden in (b"1", b"true"))
    return len(found) == rows.count(b" hidden=")


def _add_flat(rows: bytes, tally: Tally) -> bool:
    """Note rows too low to be read; False when one of them has no number."""
    found = [_ROW.search(row) for row in _FLAT.findall(rows)]
    tally.hidden_rows.update(int(row[1]) for row in found if row)
    return None not in found
