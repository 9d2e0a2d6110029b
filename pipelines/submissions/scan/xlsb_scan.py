"""What an .xlsb says that the cell reader loses: error cells, what is hidden, old fonts, numbers shown as codes."""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipelines.submissions.container.ooxml import relations_name
from pipelines.submissions.container.refusal import LAST_COLUMN, LAST_ROW, MAX_MERGES, MAX_SHEETS, Refused
from pipelines.submissions.container.workbook_parts import (
    MACRO_SHEETS,
    Relation,
    SheetEntry,
    aside,
    content_types,
    has_macros,
    relations_of,
    workbook_name,
)
from pipelines.submissions.container.zip_checks import Archive
from pipelines.submissions.scan.biff12 import long, record, records, text
from pipelines.submissions.scan.colours import WHITE, Colours, Ink, Rgb, scheme
from pipelines.submissions.scan.rewriting import packed, relations
from pipelines.submissions.scan.scan import Contents, Scanned, sheet_of
from pipelines.submissions.scan.string_facts import Inks, Looks, StringFacts, line_through
from pipelines.submissions.scan.style_facts import LEGACY_FONT, StyleFacts, Zeros, is_scaled, veiled_among, zeros_of
from pipelines.submissions.scan.tally import LOW, NARROW, CellFacts, Tally, letters, note_number, note_unseen
from pipelines.submissions.scan.unseen import Paint
from pipelines.submissions.values.number_formats import BUILT_IN, is_turned

BOOK, _FOLDER = "xl/workbook.bin", "worksheets/"  # where the cell reader looks
_HOMES = {"sharedStrings": "xl/sharedStrings.bin", "styles": "xl/styles.bin"}
# Numbers of records (MS-XLSB 2.3)
_ROW, _BLANK, _RK, _ERROR, _REAL, _STRING, _SHARED = 0, 1, 2, 3, 5, 6, 7
_FORMULA_STRING, _FORMULA_NUMBER, _FORMULA_ERROR = 8, 9, 11
_LAST_CELL, _LAST_SHORT = 11, 18
_LEAST_ROW = 12
_STRIKEOUT, _NO_HEIGHT, _HAS_RUNS = 0x08, 0x10, 0x01
_SHARED_ITEM, _FONT, _FORMAT, _FILL, _STYLE, _COLUMN = 19, 43, 44, 45, 47, 60
_BOOK_PROPERTIES, _SHEET, _MERGE = 153, 156, 176
_VIEW, _SHOWS_ZEROS, _RULES = 137, 0x10, 461  # of a conditional format
_CELL_STYLES, _CELL_STYLES_END = 617, 618
_COLOUR_SIZE, _FULL_TINT = 8, 32_767
_AT = 8  # where the value of a cell begins: behind its column and style
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
_VISIBILITY = {0: "visible", 1: "hidden", 2: "very_hidden"}  # another state is taken for visible


class _Font(NamedTuple):
    name: str
    is_struck: bool
    ink: Ink


def scan_xlsb(archive: Archive) -> Contents:
    """Scan an .xlsb. Refused: no sheet, a sheet without its part, a damaged part."""
    book = workbook_name(archive)
    related = relations_of(archive, book)
    parts = {rel.kind: archive.find(rel.target) for rel in related.values() if not rel.external}
    entries, date_1904 = _book(archive, book, related)
    fonts = _fonts(archive, parts.get("styles"))
    strings = _strings(archive, parts.get("sharedStrings"), fonts)
    colours = Colours(scheme(aside(archive, parts.get("theme"))))
    facts = CellFacts(strings, _styles(archive, parts.get("styles"), fonts, colours))
    sheets = [entry for entry in entries if entry.kind == "worksheet"]
    links = any(relation.kind == "externalLink" for relation in related.values())
    macros = any(entry.kind.lower() in MACRO_SHEETS for entry in entries) or has_macros(archive, content_types(archive))
    homes = {home: part for name, home in _HOMES.items() if (part := parts.get(name))}
    at_home = book == BOOK and all(home == part for home, part in homes.items())
    at_home = at_home and all(one.written.startswith(_FOLDER) for one in related.values() if one.kind == "worksheet")
    instead = None if at_home and not _is_odd(archive, book, entries) else _instead(archive, book, sheets, homes)
    return Contents(tuple(_scanned(archive, entry, facts) for entry in sheets), date_1904, macros, links, instead)


def _book(archive: Archive, book: str, related: dict[str, Relation]) -> tuple[list[SheetEntry], bool]:
    found: list[SheetEntry] = []
    date_1904 = False
    for kind, body in records(archive.read(book), book):
        if kind == _BOOK_PROPERTIES:
            date_1904 = bool(body[:1]) and bool(body[0] & 1)
        elif kind == _SHEET:
            key = text(body, 8)
            title = text(body, 12 + 2 * long(body, 8))
            relation = related.get(key)
            part = archive.find(relation.target) if relation else None
            if relation is None or part is None or any(part == other.part for other in found):
                raise Refused("file.sheet_missing", title)
            found.append(SheetEntry(title, _VISIBILITY.get(long(body, 0), "visible"), relation.kind, part))
    if not found:
        raise Refused("file.workbook_missing")
    if len(found) > MAX_SHEETS:
        raise Refused("file.too_many_sheets", str(len(found)), limit=MAX_SHEETS)
    return found, date_1904


def _is_odd(archive: Archive, book: str, entries: Iterable[SheetEntry]) -> bool:
    """Whether the cell reader would stop at a macro sheet or a state it does not know."""
    states = (long(body, 0) for kind, body in records(archive.read(book), book) if kind == _SHEET)
    return any(entry.kind.lower() in MACRO_SHEETS for entry in entries) or any(one not in _VISIBILITY for one in states)


def _instead(archive: Archive, book: str, sheets: Sequence[SheetEntry], homes: Mapping[str, str]) -> bytes:
    """The worksheets in the places where the cell reader looks, without what it stops at."""
    places = {sheet.name: f"{_FOLDER}sheet{n}.bin" for n, sheet in enumerate(sheets, start=1)}
    made, links = list[bytes](), list[tuple[str, str, str]]()
    for kind, body in records(archive.read(book), book):
        if kind == _SHEET:
            title = text(body, 12 + 2 * long(body, 8))
            if title not in places:
                continue
            body = body if long(body, 0) in _VISIBILITY else bytes(4) + body[4:]
            links.append((text(body, 8), "worksheet", places[title]))
        made.append(record(kind, body))
    parts: dict[str, Iterable[bytes]] = {BOOK: made, relations_name(BOOK): (relations(links).encode(),)}
    parts |= {f"xl/{places[sheet.name]}": archive.chunks(sheet.part) for sheet in sheets}
    return packed(parts | {home: archive.chunks(part) for home, part in homes.items()})


def _fonts(archive: Archive, part: str | None) -> list[_Font]:
    found = (body for kind, body in records(archive.read(part), part) if kind == _FONT) if part else ()
    return [_Font(text(body, 21), bool(_short(body, 2) & _STRIKEOUT), _ink(body[12:20])) for body in found]


def _ink(body: bytes) -> Ink:
    """A colour, said as Open XML says it."""
    kind = body[0] >> 1 if len(body) == _COLOUR_SIZE else 0
    said = {1: ("indexed", f"{body[1]}"), 2: ("rgb", body[4:7].hex()), 3: ("theme", f"{body[1]}")} if kind else {}
    tint = int.from_bytes(body[2:4], "little", signed=True) / _FULL_TINT
    return (said[kind], ("tint", f"{tint}")) if kind in said else ()


def _strings(archive: Archive, part: str | None, fonts: Sequence[_Font]) -> StringFacts:
    if part is None:
        return StringFacts()
    count, blank = 0, set[int]()
    legacy, struck, inks = dict[int, str](), dict[int, Looks](), dict[int, Inks]()
    for body in (body for kind, body in records(archive.read(part), part) if kind == _SHARED_ITEM and body):
        words, runs = text(body, 1), [*_runs(body, fonts)]
        if not words.strip():
            blank.add(count)
        if old := next((font.name for _, font in runs if LEGACY_FONT.match(font.name)), ""):
            legacy[count] = old
        if runs:  # before the first of them stands the font of the cell
            before = {None} if runs[0][0] > 0 else set[None]()
            struck[count] = frozenset({font.is_struck for _, font in runs} | before)
            inks[count] = frozenset({font.ink for _, font in runs} | before)
        count += 1
    return StringFacts(count, frozenset(blank), legacy, struck, inks)


def _runs(body: bytes, fonts: Sequence[_Font]) -> Iterator[tuple[int, _Font]]:
    """Where each run of a text begins, and its font."""
    at = 5 + 2 * long(body, 1)
    for place in range(at + 4, at + 4 + 4 * long(body, at), 4) if body[0] & _HAS_RUNS else ():
        if len(body) < place + 4:
            return
        font = _short(body, place + 2)
        if font < len(fonts):
            yield _short(body, place), fonts[font]


def _styles(archive: Archive, part: str | None, fonts: Sequence[_Font], colours: Colours) -> StyleFacts:
    codes: dict[int, str] = {}
    struck: set[int] = set()
    zeros: dict[int, Zeros] = {}
    legacy: dict[int, str] = {}
    scaled: dict[int, str] = {}
    turned: dict[int, str] = {}
    style = -1  # before the list of cell styles
    for kind, body in records(archive.read(part), part) if part else ():
        if kind == _FORMAT:
            codes[_short(body, 0)] = text(body, 2)
        elif kind in (_CELL_STYLES, _CELL_STYLES_END):
            style = 0 if kind == _CELL_STYLES else -1
        elif kind == _STYLE and style >= 0:
            font, code = _short(body, 4), codes.get(_short(body, 2), BUILT_IN.get(_short(body, 2), ""))
            if found := zeros_of(code):
                zeros[style] = found
            if is_scaled(code):
                scaled[style] = code
            if is_turned(code):
                turned[style] = code
            if font < len(fonts) and LEGACY_FONT.match(fonts[font].name):
                legacy[style] = fonts[font].name
            if font < len(fonts) and fonts[font].is_struck:
                struck.add(style)
            style += 1
    paints = [*_paints(archive, part, fonts, colours)]
    looks = (zeros, legacy, scaled, turned, frozenset(struck), frozenset[int](), colours, paints, veiled_among(paints))
    return StyleFacts(frozenset(), *looks)


def _paints(archive: Archive, part: str | None, fonts: Sequence[_Font], colours: Colours) -> Iterator[Paint]:
    """How each cell style draws a value."""
    codes, grounds, is_style = dict[int, str](), dict[int, Rgb | None](), False
    inks = {place: colours.ink(dict(font.ink)) for place, font in enumerate(fonts)}
    for kind, body in records(archive.read(part), part) if part else ():
        if kind == _FORMAT:
            codes[_short(body, 0)] = text(body, 2)
        elif kind == _FILL:
            solid = colours.rgb(dict(_ink(body[4:12])))
            grounds[len(grounds)] = {0: WHITE, 1: solid}.get(long(body, 0))
        elif kind in (_CELL_STYLES, _CELL_STYLES_END):
            is_style = kind == _CELL_STYLES
        elif kind == _STYLE and is_style:
            yield Paint(inks.get(_short(body, 4)), grounds.get(_short(body, 6), WHITE), codes.get(_short(body, 2), ""))


def _short(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 2], "little")


def _scanned(archive: Archive, entry: SheetEntry, facts: CellFacts) -> Scanned:
    tally, row, column = Tally(entry.name), 0, 0
    hidden: list[tuple[int, int]] = []
    merged: list[str] = []
    for kind, body in records(archive.read(entry.part), entry.part):
        if kind == _ROW:
            if len(body) < _LEAST_ROW or long(body, 0) < row:  # rows stand in order; the cell reader relies on it
                raise Refused("file.zip_damaged", entry.part, entry.name)
            row = long(body, 0) + 1
            if body[11] & _NO_HEIGHT or _short(body, 8) < 20 * LOW:
                tally.hidden_rows.add(row)
        elif kind <= _LAST_SHORT:
            if (
                kind > _LAST_CELL
            ):  # the cell beside the one before: the cell reader knows no such records, the books will not balance
                kind, body = kind - _LAST_CELL, struct.pack("<I", column + 1) + body
            if len(body) < _AT:
                raise Refused("file.zip_damaged", entry.part, entry.name)
            column = long(body, 0)
            _weigh(tally, row, kind, body, facts)
        elif kind == _COLUMN and len(body) >= 17 and (body[16] & 1 or long(body, 8) < 256 * NARROW):
            hidden.append((long(body, 0) + 1, long(body, 4) + 1))
        elif kind == _VIEW and not _short(body, 0) & _SHOWS_ZEROS:
            facts = replace(facts, are_zeros_hidden=True)
        elif kind == _RULES:
            tally.ruled.update(_name(_ends(body, at)) for at in range(12, len(body) - 15, 16))
        elif kind == _MERGE:
            merged += _area(body, entry.name)
            if len(merged) > MAX_MERGES:
                raise Refused("file.too_many_merges", sheet=entry.name, limit=MAX_MERGES)
    return Scanned(sheet_of(tally, entry.name, entry.visibility, merged, hidden), tally.box, None)


def _area(body: bytes, sheet: str) -> Iterator[str]:
    _, bottom, _, right = ends = _ends(body, 0)
    if bottom > LAST_ROW or right > LAST_COLUMN:
        raise Refused("file.cell_reference", f"{right}:{bottom}", sheet)
    yield _name(ends)


def _ends(body: bytes, at: int) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of an area, from 1."""
    top, bottom, left, right = (long(body, place) + 1 for place in range(at, at + 16, 4))
    return top, bottom, left, right


def _name(ends: tuple[int, int, int, int]) -> str:
    top, bottom, left, right = ends
    return f"{letters(left)}{top}:{letters(right)}{bottom}"


def _weigh(tally: Tally, row: int, kind: int, body: bytes, facts: CellFacts) -> None:
    """Count one cell and note what is odd of it. For a blank text the cell reader makes room too."""
    column, style = long(body, 0) + 1, long(body, 4) & 0xFFFFFF
    if kind == _BLANK:
        return
    tally.cover((row,), (column,))
    if (kind == _SHARED and long(body, _AT) in facts.strings.blank) or (
        kind in (_STRING, _FORMULA_STRING) and not text(body, _AT).strip()
    ):
        return
    tally.count += 1
    at = f"{letters(column)}{row}"
    number = long(body, _AT) if kind == _SHARED else -1
    tally.strike(line_through(facts.strings.struck.get(number, ()), style in facts.styles.struck), (at,))
    if kind in (_ERROR, _FORMULA_ERROR):
        tally.errors[at] = _ERRORS.get(body[_AT] if len(body) > _AT else 0, "#N/A")
    elif number >= facts.strings.count:
        tally.unreadable[at] = str(number)
    elif kind in (_STRING, _SHARED, _FORMULA_STRING):
        if font := facts.strings.legacy_fonts.get(number) or facts.styles.legacy_fonts.get(style):
            tally.legacy_fonts[at] = font
    elif kind in (_RK, _REAL, _FORMULA_NUMBER):
        note_number(tally, facts.styles, at, str(_number(kind, body)), style)
    if kind not in (_ERROR, _FORMULA_ERROR):
        held = _number(kind, body) if kind in (_RK, _REAL, _FORMULA_NUMBER) else None
        note_unseen(tally, facts.styles, at, held, style, facts.strings.inks.get(number, ()))
        if held == 0 and facts.are_zeros_hidden:
            tally.unseen.add(at)


def _number(kind: int, body: bytes) -> float:
    """The number in a cell; NaN where there is none."""
    if kind in (_REAL, _FORMULA_NUMBER) and len(body) >= _AT + 8:
        return float(struct.unpack_from("<d", body, _AT)[0])
    if kind != _RK:
        return float("nan")
    packed = long(body, _AT)  # two bits say: hundredths, whole number; thirty are the number
    signed = packed - (1 << 32) if packed & 0x80000000 else packed
    number = float(signed >> 2) if packed & 2 else float(struct.unpack("<d", struct.pack("<Q", (packed >> 2) << 34))[0])
    return number / 100 if packed & 1 else number
