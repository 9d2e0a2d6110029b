"""What an .xls says that the cell reader loses.

A second reader looks: it keeps errors, fonts, formats and what is hidden.
"""

import struct
from collections.abc import Iterator, Sequence
from io import StringIO

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.formatting import XFBackground
from xlrd.sheet import Rowinfo, Sheet

from pipelines.submissions.container.file_kinds import XLS_STREAMS
from pipelines.submissions.container.old_container import Container
from pipelines.submissions.container.refusal import MAX_SHEETS, Refused
from pipelines.submissions.scan.colours import BLACK, WHITE, Rgb
from pipelines.submissions.scan.scan import Contents, Scanned, sheet_of
from pipelines.submissions.scan.string_facts import Line, line_through
from pipelines.submissions.scan.style_facts import LEGACY_FONT, facts_of, veiled_among
from pipelines.submissions.scan.tally import LOW, NARROW, Tally, letters, note_number
from pipelines.submissions.scan.unseen import Paint, veil_of

_MACROS = "_VBA_PROJECT_CUR\0".encode("utf-16-le")
_TAB, _END, _MACRO_SHEET = 0x85, 0x0A, 1
_BEGIN, _RULES = 0x0809, (0x01B0, 0x0879)  # records of conditional formats, both with their area in the same place
_AUTOMATIC = 0x7FFF  # colour of letters
_STATE = 0x3F  # the bits of it
_VISIBILITY = {0: "visible", 1: "hidden", 2: "very_hidden"}  # another state is taken for visible
_HOW = {"formatting_info": True, "ragged_rows": True, "on_demand": True}
_NO_BEGINNING = "Expected BOF record"  # every stream of a workbook has one
_Runs = Sequence[tuple[int, int]]  # where each run of a text begins, and its font
_NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
_EMPTY = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def scan_xls(data: bytes) -> Contents:
    """Scan an .xls (Excel 5 to 2003). Refused: a password, a damaged file, no sheet."""
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=StringIO(), ignore_workbook_corruption=True, **_HOW)
        if book.nsheets > MAX_SHEETS:
            raise Refused("file.too_many_sheets", str(book.nsheets), limit=MAX_SHEETS)
        paints = _paints(book)
        sheets = tuple(_scanned(book, number, paints) for number in range(book.nsheets))
    except (Refused, MemoryError):
        raise
    except Exception as error:  # this reader raises whatever the bytes lead it into
        if "encrypted" in str(error).lower():
            raise Refused("file.encrypted") from error
        is_damaged = isinstance(error, CompDocError) or _NO_BEGINNING in str(error)
        code = "file.zip_damaged" if is_damaged else "file.read_failed"
        raise Refused(code, reason=f"{type(error).__name__}: {error}"[:200]) from error
    tabs = [*_tabs(book)]
    if not tabs and not sheets:
        raise Refused("file.workbook_missing")
    links = any(kind == xlrd.book.SUPBOOK_EXTERNAL for kind in book._supbook_types)
    has_macros = _MACROS in data or any(kind == _MACRO_SHEET for _, _, kind in tabs)
    odd = [place for place, state, _ in tabs if state not in _VISIBILITY]
    return Contents(sheets, book.datemode == 1, has_macros, links, _with_usual_states(data, odd))


def _tabs(book: Book) -> Iterator[tuple[int, int, int]]:
    """(place in the stream, state, kind) of each tab; the reader passes over those that are no worksheets without a
    word.
    """
    at = book.base
    while at + 10 <= len(book.mem):
        kind, length = struct.unpack_from("<HH", book.mem, at)
        if kind == _END:
            return
        if kind == _TAB:
            yield at - book.base, book.mem[at + 8] & _STATE, book.mem[at + 9]
        at += 4 + length


def _with_usual_states(data: bytes, places: Sequence[int]) -> bytes | None:
    """The file with these tabs visible: the cell reader stops at a state it does not know. None if there are none."""

    def visible(stream: bytes) -> bytes:
        made = bytearray(stream)
        for place in places:
            made[place + 8] &= ~_STATE
        return bytes(made)

    made = (Container(data).with_stream(name, visible) for name in XLS_STREAMS) if places else ()
    return next(filter(None, made), None)


def _paints(book: Book) -> list[Paint]:
    """How each cell style draws a value."""
    return [
        Paint(
            _ink(book, style.font_index), _ground(book, style.background), book.format_map[style.format_key].format_str
        )
        for style in book.xf_list
    ]


def _ink(book: Book, font: int) -> Rgb | None:
    number = book.font_list[font].colour_index
    return BLACK if number == _AUTOMATIC else book.colour_map.get(number)


def _ground(book: Book, fill: XFBackground) -> Rgb | None:
    return {0: WHITE, 1: book.colour_map.get(fill.pattern_colour_index)}.get(fill.fill_pattern)


def _ruled(book: Book, number: int) -> Iterator[str]:
    """Areas of conditional formats; charts begin and end within the sheet."""
    at, depth = book._sh_abs_posn[number], 0
    while at + 4 <= len(book.mem):
        kind, length = struct.unpack_from("<HH", book.mem, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if kind in _RULES and length >= 12:
            top, bottom, left, right = struct.unpack_from("<4H", book.mem, at + 8)
            yield f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}"
        at += 4 + length


def _scanned(book: Book, number: int, paints: Sequence[Paint]) -> Scanned:
    page, veiled = book.sheet_by_index(number), veiled_among(paints)
    tally = Tally(page.name)
    for row, column, kind, value in _cells(page):
        at = f"{letters(column + 1)}{row + 1}"
        tally.cover((row + 1,), (column + 1,))
        if kind == xlrd.XL_CELL_TEXT and not str(value).strip():  # the cell reader makes room for it all the same
            continue
        if kind == xlrd.XL_CELL_ERROR:
            tally.errors[at] = xlrd.error_text_from_code.get(int(value), "#N/A")
        elif kind == xlrd.XL_CELL_DATE and float(value) < 0:
            tally.unreadable[at] = f"{float(value):g}"
        else:
            style, runs = page.cell_xf_index(row, column), page.rich_text_runlist_map.get((row, column), ())
            tally.strike(_line(book, style, runs), (at,))
            if style in veiled or runs:
                of = float(value) if kind in _NUMBERS else None
                tally.veil(veil_of(paints[style], of, _inks(book, runs, paints[style])), (at,))
            if value == 0 and kind in _NUMBERS and not page.show_zero_values:
                tally.unseen.add(at)
            _note_look(book, page, tally, at, (row, column))
        tally.count += 1
    tally.ruled.update(_ruled(book, number) if tally.pale else ())
    tally.hidden_rows.update(row + 1 for row, look in page.rowinfo_map.items() if look.hidden or _is_flat(look))
    hidden = [
        (column + 1, column + 1)
        for column, look in page.colinfo_map.items()
        if look.hidden or look.width < 256 * NARROW
    ]
    merged = [
        f"{letters(left + 1)}{top + 1}:{letters(right)}{bottom}" for top, bottom, left, right in page.merged_cells
    ]
    found = sheet_of(tally, page.name, _VISIBILITY.get(page.visibility & _STATE, "visible"), merged, hidden)
    book.unload_sheet(number)
    return Scanned(found, tally.box, None)


def _is_flat(look: Rowinfo) -> bool:
    return look.height < 20 * LOW and not look.has_default_height


def _cells(page: Sheet) -> Iterator[tuple[int, int, int, str | float]]:
    """(row, column from 0, kind, value) of the cells with something in them."""
    for row in range(page.nrows):
        for column, (kind, value) in enumerate(zip(page.row_types(row), page.row_values(row), strict=True)):
            if kind not in _EMPTY:
                yield row, column, kind, value


def _line(book: Book, style: int, runs: _Runs) -> Line:
    """How much of a cell is struck out: before the first run stands the font of the cell."""
    looks: list[bool | None] = [bool(book.font_list[font].struck_out) for _, font in runs]
    own = bool(book.font_list[book.xf_list[style].font_index].struck_out)
    return line_through([*looks, None] if not runs or runs[0][0] > 0 else looks, own)


def _inks(book: Book, runs: _Runs, paint: Paint) -> Iterator[Rgb | None]:
    """The colours of the runs of a text; none of them where it has no runs."""
    if runs and runs[0][0] > 0:
        yield paint.ink
    yield from (_ink(book, font) for _, font in runs)


def _note_look(book: Book, page: Sheet, tally: Tally, at: str, place: tuple[int, int]) -> None:
    kind, style = page.cell_type(*place), book.xf_list[page.cell_xf_index(*place)]
    if kind == xlrd.XL_CELL_TEXT:
        runs = page.rich_text_runlist_map.get(place, ())
        fonts = [book.font_list[index].name for index in (style.font_index, *(font for _, font in runs))]
        if old := next(filter(LEGACY_FONT.match, fonts), ""):
            tally.legacy_fonts[at] = old
    elif kind in _NUMBERS:
        code = book.format_map[style.format_key].format_str
        note_number(tally, facts_of(code), at, str(page.cell_value(*place)), 0)
