"""Sheets of a workbook that are none of ours, looked through for rows that belong on one of ours: they are not read,
and counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contract.reference import Reference
from pipelines.contract.shape import Kind, Sheet, Workbook
from pipelines.contract.workbooks import NOT_DATA, WORKBOOKS
from pipelines.submissions.scan.scan import SheetScan
from pipelines.submissions.sheets.cells import Cells
from pipelines.submissions.sheets.grid import Piece
from pipelines.submissions.sheets.headers import LOOKED_AT, header_key, header_names, named_in
from pipelines.submissions.sheets.page import Page, Sink, complete_rows, read_page
from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.legacy_text import in_unicode

_FEW, _FEW_REQUIRED = 4, 2  # headers that make a part of a sheet's header one
_BEFORE = 2  # rows above a header that may be part of it
_LONGEST = 200
_MARK = fold(NOT_DATA)


@dataclass(frozen=True)
class Left:
    """Rows on such a sheet: which of ours they belong to, how many there are, and how many of them it does not hold."""

    title: str
    rows: int
    new: int


def is_marked(text: object) -> bool:
    """Whether the sender says that a sheet holds no data to be reported: in its title or in a cell above its rows."""
    return isinstance(text, str) and len(text) <= _LONGEST and _MARK in fold(in_unicode(text))


def rows_left(
    scan: SheetScan, parts: Iterator[Piece], form: Workbook, pages: Mapping[str, Page], sink: Sink
) -> Left | None:
    """Rows of a sheet under the header of one of ours, or, without a header, laid out like one; None if
    there are none.
    """
    sheets = [
        *form.sheets,
        *(sheet for other in WORKBOOKS.values() if other.code != form.code for sheet in other.sheets),
    ]
    continued: dict[str, int] = {}
    for number, part in enumerate(parts):
        if number == 0 and any(is_marked(cell) for row in part.rows[:LOOKED_AT] for cell in row):
            return None
        if found := _header_in(part, sheets):
            sheet, start = found
            rest = Piece(part.first_row + start, part.rows[start:])
            return _below_header(sheet, scan, chain([rest], parts), pages, sink)
        if number == 0 or continued:
            for page in pages.values() if number == 0 else [pages[key] for key in continued]:
                rows = _without_header(page, part, sink.reference)
                if rows:
                    continued[page.sheet.key] = continued.get(page.sheet.key, 0) + rows
    if not continued:
        return None
    key, rows = max(continued.items(), key=lambda item: item[1])
    return Left(pages[key].sheet.title, rows, rows)


def _header_in(part: Piece, sheets: Sequence[Sheet]) -> tuple[Sheet, int] | None:
    """The sheet whose header stands in a piece, and the place where it may begin."""
    texts = {cell for row in part.rows for cell in row if isinstance(cell, str) and len(cell) <= _LONGEST}
    keys = set(map(header_key, texts))
    likely = [
        (sheet, names) for sheet in sheets if _is_header(keys & (names := header_names(sheet)).keys(), sheet, names)
    ]
    if not likely:
        return None
    for place, row in enumerate(part.rows):
        found = [(sheet, set(named_in(row, names).values())) for sheet, names in likely]
        headers = [(len(named) / len(sheet.columns), sheet) for sheet, named in found if _names_enough(named, sheet)]
        if headers:
            best = max(headers, key=lambda one: one[0])
            return best[1], max(place - _BEFORE, 0)
    return None


def _is_header(keys: set[str], sheet: Sheet, names: Mapping[str, str]) -> bool:
    return _names_enough({names[key] for key in keys}, sheet)


def _names_enough(named: set[str], sheet: Sheet) -> bool:
    """More than half of the columns, all that are required, or some with two of those among them."""
    required = {column.name for column in sheet.columns if column.required and not column.prefilled}
    some = len(named) >= _FEW and len(named & required) >= _FEW_REQUIRED
    return 2 * len(named) > len(sheet.columns) or required <= named or some


def _below_header(
    sheet: Sheet, scan: SheetScan, parts: Iterator[Piece], pages: Mapping[str, Page], sink: Sink
) -> Left | None:
    aside = Sink(sink.reference)
    page = read_page(sheet, SheetScan(scan.name), parts, aside)
    for _ in parts:
        continue
    second = [f.params["rows"] for f in aside.problems.findings() if f.code == "header.second"]
    if page is None or not (page.rows or second):
        return None
    more = sum(map(int, second))
    own = pages.get(sheet.key)
    before = _contents(sink.cells, own.title) if own else set()
    new = sum(row not in before for row in _contents(aside.cells, scan.name))
    return Left(sheet.title, len(page.rows) + more, new + more)


def _contents(cells: Cells, title: str) -> set[frozenset[tuple[str, str]]]:
    """The rows of a sheet as what is written in them."""
    table = cells.table()
    table = table.filter(pc.equal(table["sheet"].cast(pa.string()), title))
    rows: dict[int, list[tuple[str, str]]] = {}
    columns = (table[name].to_pylist() for name in ("excel_row", "column_name", "raw"))
    for row, name, raw in zip(*columns, strict=True):
        rows.setdefault(row, []).append((name, raw))
    return {frozenset(row) for row in rows.values()}


def _without_header(page: Page, part: Piece, reference: Reference) -> int:
    """How many rows are whole rows of a sheet of ours as it is laid out in this workbook."""
    telling = [c for c in page.sheet.columns if c.required and c.kind is Kind.CHOICE]
    if not telling or not all(column.name in page.columns for column in page.sheet.columns if column.required):
        return 0
    return len(complete_rows(page, part, reference))
