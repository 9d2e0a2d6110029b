"""What the raw sheet XML says and the cell reader loses: error cells, formulas without value, hidden
rows, odd values.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipelines.submissions.container.refusal import LAST_COLUMN, LAST_ROW, MAX_MERGES, Refused
from pipelines.submissions.container.workbook_parts import SheetEntry
from pipelines.submissions.container.xml_checks import refuse_bad_utf8
from pipelines.submissions.container.zip_checks import Archive
from pipelines.submissions.scan.cell_reader import read_rows, read_whole
from pipelines.submissions.scan.plain_cells import plain_tally
from pipelines.submissions.scan.sheet_windows import Piece, cut
from pipelines.submissions.scan.tally import CellFacts, NotPlain, Tally, column_number, letters

_AREA = r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?"
_DIMENSION = re.compile(rf'<dimension ref="{_AREA}"\s*/>'.encode())
_COLUMN = re.compile(rb"<col\s[^>]*>")
_COLUMN_NUMBER = re.compile(rb"[0-9]{1,5}")
_ATTRIBUTE = re.compile(rb'\s(min|max|hidden|width)="([^"]*)"')
_NO_ZEROS = re.compile(rb'<sheetView\b[^>]*\sshowZeros="(?:0|false)"')
_NO_WIDTH = re.compile(rb"0+(\.([0-2][0-9]*)?)?")  # below `tally.NARROW`
_MERGE = re.compile(rb'<mergeCell ref="([^"]*)"\s*/>')
_MERGED = re.compile(_AREA)
_RULES = re.compile(rb'<conditionalFormatting\b[^>]*\ssqref="([^"]*)"[^>]*>(.*?)</conditionalFormatting>', re.DOTALL)
_LOOK = re.compile(rb'\sdxfId="([0-9]{1,6})"')
_NEWER_RULES = re.compile(rb"<x14:conditionalFormatting\b(.*?)</x14:conditionalFormatting>", re.DOTALL)
_NEWER_AREA = re.compile(rb"<xm:sqref>([^<]*)<")
Rewriting = Callable[[], Iterator[bytes]]  # makes the content of a part anew


@dataclass(frozen=True)
class SheetScan:
    """One worksheet as its XML has it, by address ("H17"). Everything is empty for an ordinary sheet.

    The cell reader returns nothing for the addresses in `errors`, `uncached` and `unreadable`. `cell_count` includes
    them; blank texts are not counted. So it returns `deliverable` values, or something went lost that nobody named.
    """

    name: str
    visibility: str = "visible"  # "hidden", "very_hidden"
    cell_count: int = 0  # cells with something in them
    last_row: int = 0
    last_column: int = 0
    errors: dict[str, str] = field(default_factory=dict)  # "#N/A", "#REF!", "#CALC!", …
    uncached: dict[str, str] = field(default_factory=dict)  # formula without a stored value -> the formula
    unreadable: dict[str, str] = field(default_factory=dict)  # a value no reader understands -> as it stands in the XML
    shown: dict[str, str] = field(
        default_factory=dict
    )  # number under a format of zeros or per cent -> what is shown: "007"
    turned: dict[str, str] = field(
        default_factory=dict
    )  # what Excel took an entry for -> the format it gave it: "mmm-yy"
    legacy_fonts: dict[str, str] = field(default_factory=dict)  # text cell in a TCVN3 or VNI font -> font name
    struck: frozenset[str] = frozenset()  # cells all of whose text is struck out
    partly_struck: frozenset[str] = frozenset()
    struck_rules: tuple[str, ...] = ()  # areas where a conditional format strikes texts out (Open XML and .ods)
    unseen: frozenset[str] = frozenset()  # cells whose value nobody sees
    duplicates: tuple[str, ...] = ()  # addresses that stand more than once
    repeated: int = 0  # cells whose address stood before
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()  # "C", "AA"
    merged: tuple[str, ...] = ()  # "A1:C1"
    is_wide: bool = False  # its cells lie so far apart that nobody may lay them out

    @property
    def reach(self) -> str:
        """The far corner of what is filled: "Q38"."""
        return f"{letters(self.last_column)}{self.last_row}"

    @property
    def deliverable(self) -> int:
        """How many values the cell reader must return."""
        return self.cell_count - len(self.errors) - len(self.uncached) - len(self.unreadable) - self.repeated


@dataclass(frozen=True)
class Scanned:
    """A scan, the places the reader must span for the sheet, and what it may read instead where it would stop (Open XML
    only).
    """

    sheet: SheetScan
    box: int
    rewriting: Rewriting | None


@dataclass(frozen=True)
class Contents:
    """What the guard learns of a workbook that is no Open XML: worksheets in workbook order, and what
    else it carries.
    """

    sheets: tuple[Scanned, ...]
    date_1904: bool = False
    has_macros: bool = False
    has_external_links: bool = False
    instead: bytes | None = None  # what the cell reader may read where it would stop


def scan_sheet(archive: Archive, entry: SheetEntry, facts: CellFacts) -> Scanned:
    """Scan one worksheet. Refused: no XML, an address beyond the sheet, too many merges."""
    try:
        tally, merged, hidden, rewriting = _in_pieces(archive, entry, facts)
    except NotPlain:
        tally, merged, hidden, rewriting = _whole(archive, entry, facts)
    for area in merged:
        _refuse_odd_area(area, entry.name)
    sheet = sheet_of(tally, entry.name, entry.visibility, merged, hidden)
    return Scanned(sheet, tally.box, rewriting)


def sheet_of(
    tally: Tally, name: str, visibility: str, merged: Sequence[str], hidden: Sequence[tuple[int, int]]
) -> SheetScan:
    """The scan that a tally adds up to. `hidden`: first and last number of hidden columns."""
    columns = {c for low, high in hidden for c in range(max(low, 1), min(high, tally.last_column) + 1)}
    return SheetScan(
        name=name,
        visibility=visibility,
        cell_count=tally.count,
        last_row=tally.last_row,
        last_column=tally.last_column,
        errors=tally.errors,
        uncached=tally.uncached,
        unreadable=tally.unreadable,
        shown=tally.shown,
        turned=tally.turned,
        legacy_fonts=tally.legacy_fonts,
        struck=frozenset(tally.struck),
        partly_struck=frozenset(tally.partly_struck),
        struck_rules=tuple(
            sorted(area for areas in tally.struck_rules for area in areas.split() if _MERGED.fullmatch(area))
        ),
        unseen=frozenset(tally.unseen | _outside(tally.pale, tally.ruled)),
        duplicates=tuple(tally.duplicates),
        repeated=sum(tally.duplicates.values()),
        hidden_rows=frozenset(tally.hidden_rows),
        hidden_columns=frozenset(map(letters, columns)),
        merged=tuple(merged),
        is_wide=tally.is_wide,
    )


def _outside(addresses: set[str], ruled: set[str]) -> set[str]:
    """The cells in no area of a conditional format."""
    if not addresses or not ruled:
        return addresses
    boxes = [box for areas in ruled for area in areas.split() if (box := _box(area))]
    places = {address: place for address in addresses if (place := _box(address))}
    return {
        address
        for address, (row, column, _, _) in places.items()
        if not any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in boxes)
    }


def _box(area: str) -> tuple[int, int, int, int] | None:
    """Row and column from 1 of the first and the last cell of an area."""
    found = _MERGED.fullmatch(area)
    if found is None:
        return None
    return int(found[2]), column_number(found[1]), int(found[4] or found[2]), column_number(found[3] or found[1])


_Walk = tuple[Tally, list[str], list[tuple[int, int]], Rewriting | None]


def _in_pieces(archive: Archive, entry: SheetEntry, facts: CellFacts) -> _Walk:
    tally, merged, hidden = Tally(entry.name), list[str](), list[tuple[int, int]]()
    instead: dict[int, bytes] = {}
    for number, (place, text) in enumerate(cut(archive.chunks(entry.part), entry.part)):
        if not text.isascii():
            refuse_bad_utf8(text, entry.part)
        if place is Piece.ROWS:
            found = plain_tally(text, facts, entry.name)
            if found is None:
                reader = read_rows(text, facts, entry.name, tally.last_row)
                found = reader.tally
                if reader.odd:
                    instead[number] = reader.plain
            tally.add(found)
        elif place is Piece.HEAD:
            hidden = _hidden_columns(text)
            if _NO_ZEROS.search(text):
                facts = replace(facts, are_zeros_hidden=True)
        else:
            merged = _merged(text, entry.name)
            tally.struck_rules.update(_struck_rules(text, facts))
            tally.ruled.update(_ruled(text) if tally.pale else ())
    return tally, merged, hidden, _substituted(archive, entry.part, instead) if instead else None


def _substituted(archive: Archive, part: str, instead: dict[int, bytes]) -> Rewriting:
    def pieces() -> Iterator[bytes]:
        for number, (_, text) in enumerate(cut(archive.chunks(part), part)):
            yield instead.get(number, text)

    return pieces


def _whole(archive: Archive, entry: SheetEntry, facts: CellFacts) -> _Walk:
    reader = read_whole(archive.chunks(entry.part), facts, entry.name, entry.part)
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in reader.merged if _MERGED.fullmatch(area))
    tail = f"</sheetData><mergeCells>{areas}</mergeCells></worksheet>" if areas else "</sheetData></worksheet>"
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    plain = head.encode() + reader.plain + tail.encode()
    return reader.tally, reader.merged, reader.hidden_columns, lambda: iter((plain,))


def _hidden_columns(head: bytes) -> list[tuple[int, int]]:
    if b"<!" in head or (b"dimension" in head and not _DIMENSION.search(head)):
        raise NotPlain
    found = []
    for column in _COLUMN.findall(head) if b"hidden=" in head or b' width="0' in head else ():
        given = dict(_ATTRIBUTE.findall(column))
        ends = [given.get(name, b"") for name in (b"min", b"max")]
        is_hidden = given.get(b"hidden") in (b"1", b"true") or _NO_WIDTH.fullmatch(given.get(b"width", b""))
        if is_hidden and all(map(_COLUMN_NUMBER.fullmatch, ends)):
            found.append((int(ends[0]), int(ends[1])))
    return found


def _merged(tail: bytes, sheet: str) -> list[str]:
    if b"<!" in tail:
        raise NotPlain
    if b"mergeCell" not in tail:
        return []
    if tail.count(b"<mergeCell ") > MAX_MERGES:
        raise Refused("file.too_many_merges", sheet=sheet, limit=MAX_MERGES)
    found = _MERGE.findall(tail)
    if len(found) != tail.count(b"mergeCell ") or b":mergeCell" in tail:
        raise NotPlain
    return [area.decode().upper() for area in found]


def _struck_rules(tail: bytes, facts: CellFacts) -> Iterator[str]:
    """Areas of conditional formats with a line through the text: of a look in the styles, or of one told
    in the sheet.
    """
    for area, rules in _RULES.findall(tail) if facts.styles.struck_rules else ():
        if not facts.styles.struck_rules.isdisjoint(map(int, _LOOK.findall(rules))):
            yield area.decode()
    for rules in _NEWER_RULES.findall(tail) if b"<strike" in tail else ():
        if b"<strike" in rules:
            yield from (area.decode() for area in _NEWER_AREA.findall(rules))


def _ruled(tail: bytes) -> Iterator[str]:
    """Areas of conditional formats."""
    yield from (area.decode() for area, _ in _RULES.findall(tail))
    yield from (area.decode() for rules in _NEWER_RULES.findall(tail) for area in _NEWER_AREA.findall(rules))


def _refuse_odd_area(area: str, sheet: str) -> None:
    found = _MERGED.fullmatch(area)
    rows = [int(row) for row in (found[2], found[4] or found[2])] if found else [LAST_ROW + 1]
    columns = [column_number(name) for name in (found[1], found[3] or found[1])] if found else []
    if max(rows) > LAST_ROW or max(columns) > LAST_COLUMN:
        raise Refused("file.cell_reference", area[:40], sheet)
