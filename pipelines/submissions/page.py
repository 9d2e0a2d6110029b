"""One data sheet read: header, rows, typed columns. Problems of header and cells are gathered on the way."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.contract.reference import Reference
from pipelines.contract.shape import Column, Kind, Sheet
from pipelines.submissions.cells import Cells
from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.cleaning import clean
from pipelines.submissions.columns import offer_of, type_column
from pipelines.submissions.fold import Offer, Problems
from pipelines.submissions.grid import Piece, columns_of, place_of, without_blanks
from pipelines.submissions.headers import Header, find_header, header_key
from pipelines.submissions.legacy_text import in_unicode
from pipelines.submissions.nearest import nearest
from pipelines.submissions.scan import SheetScan
from pipelines.submissions.signatures import MOST, is_signature
from pipelines.submissions.typed import ColumnTyped, Shown

_TOTALS = {"tổng", "tổng cộng", "tổng số", "cộng"}
_IN_TOTALS = "ng"  # in all of them, however accents are stored: most rows need no closer look
_COMPARED_TEXTS = {"full_name", "decision_no"}  # texts that checks between cells look at


@dataclass(frozen=True)
class Sink:
    """Where what is read goes."""

    reference: Reference
    problems: Problems = field(default_factory=Problems)
    cells: Cells = field(default_factory=Cells)


@dataclass
class Page:
    """The data rows of one sheet, by place: `rows[i]` is the Excel row of `values[name][i]`.

    `values` holds the columns that checks between cells need: canonical text, "" empty, None unusable.
    A column that is not in the workbook is in none of them.
    """

    sheet: Sheet
    title: str
    sink: Sink
    columns: dict[str, int] = field(default_factory=dict)  # contract name -> index from 0
    header_row: int = 0
    rows: list[int] = field(default_factory=list)
    values: dict[str, list[str | None]] = field(default_factory=dict)

    def address(self, name: str, place: int) -> str:
        return f"{column_letter(self.columns[name])}{self.rows[place]}"

    def header(self, name: str) -> str:
        return next(column.header for column in self.sheet.columns if column.name == name)

    def tell(self, code: str, name: str, place: int, offer: Offer | None = None, /, **params: str) -> None:
        """One problem at one cell of the data, with what is written there."""
        row, index = self.rows[place], self.columns[name]
        raw = self.sink.cells.raw(self.title, name, row)
        self.sink.problems.add(code, self.title, index, [row], self.header(name), raw, params, offer)


def read_page(sheet: Sheet, scan: SheetScan, parts: Iterator[Piece], sink: Sink) -> Page | None:
    """Read a data sheet; None where no header row is found (said as `header.missing`)."""
    page = Page(sheet, scan.name, sink)
    first = next(parts, None)
    if first is None:
        return page
    header = find_header(first.rows, sheet)
    if header is None:
        sink.problems.add("header.missing", scan.name)
        return None
    page.header_row, page.columns = header.last_row, header.columns
    _say_header(page, header)
    for name in _kept(page):
        page.values[name] = []
    reader = _PageReader(page, [c for c in sheet.columns if c.name in page.columns], bool(scan.shown))
    reader.read(Piece(first.first_row + header.last_row, first.rows[header.last_row :]))
    for part in parts:
        reader.read(part)
    _say_layout(page, scan)
    return page


def _kept(page: Page) -> Iterable[str]:
    for column in page.sheet.columns:
        if column.name in page.columns and (column.kind is not Kind.TEXT or column.name in _COMPARED_TEXTS):
            yield column.name


def _say_header(page: Page, header: Header) -> None:
    if len(header.columns) == len(page.sheet.columns) and not header.unknown and not header.repeated:
        return
    problems = page.sink.problems
    unknown = {header_key(text): text for text in header.unknown.values()}
    missing = {header_key(c.header): c.header for c in page.sheet.columns if c.name not in header.columns}
    meant = {text: nearest(text, missing) for text in unknown.values()}
    for column in page.sheet.columns:
        if column.name not in header.columns:
            code = "column.missing" if column.required else "column.optional_missing"
            near = nearest(column.header, unknown) or next((t for t, one in meant.items() if one == column.header), "")
            problems.add(code, page.title, column=column.header, params={"nearest": near} if near else {})
    for index, name in header.repeated.items():
        other = column_letter(header.columns[name]) + str(header.row)
        problems.add("column.duplicate", page.title, index, [header.row], page.header(name), params={"other": other})
    for index, text in header.unknown.items():
        near = meant[unknown[header_key(text)]]
        shown = clean(text)[0]
        problems.add("column.unknown", page.title, index, [header.row], shown, text, {"nearest": near} if near else {})


@dataclass
class _PageReader:
    page: Page
    columns: Sequence[Column]
    has_shown: bool

    def __post_init__(self) -> None:
        index, columns = self.page.columns, self.columns
        codes = [c.name for c in columns if c.kind is Kind.CODE]
        self.codes = {index[c.name] for c in columns if c.required and c.kind is Kind.CODE} or {
            index[n] for n in codes[:1]
        }
        self.required = [place for place, c in enumerate(columns) if c.required and not c.prefilled]
        self.signed: dict[int, int] = {}  # column -> row of the first line for a signature in it
        self.named = {index[c.name] for c in columns if c.required and c.kind not in (Kind.INTEGER, Kind.NUMBER)}

    def read(self, part: Piece) -> None:
        """One piece of rows: the data rows among them typed, told and kept."""
        indices = [self.page.columns[column.name] for column in self.columns]
        turned: list[Sequence[object]] = list(columns_of(part.rows, indices))
        places, typed = self._typed(part, turned)
        if any(t.values.count("") != cells.count("") for t, cells in typed):  # some cells show nothing: rare
            places, typed = self._typed(part, [without_blanks(cells) for cells in turned])
        rows = [part.first_row + place for place in places]
        self.page.rows.extend(rows)
        for column, index, (done, _) in zip(self.columns, indices, typed, strict=True) if rows else ():
            self._take(column, index, done, rows)

    def _typed(
        self, part: Piece, turned: list[Sequence[object]]
    ) -> tuple[list[int], list[tuple[ColumnTyped, Sequence[object]]]]:
        """Places of the data rows, and each column typed with the cells it came from."""
        own = [cells for cells, column in zip(turned, self.columns, strict=True) if not column.prefilled]
        nothing = ("",) * len(own)
        places = [place for place, cells in enumerate(zip(*own, strict=True)) if cells != nothing]
        if any(_IN_TOTALS in str(next(filter(None, part.rows[place]), "")).casefold() for place in places):
            places = [place for place in places if not self._is_total(part, place)]
        kept = _only(turned, places, len(part.rows))
        if any("" in kept[place] for place in self.required):
            places = [place for place in places if not self._is_signature(part, place)]
            kept = _only(turned, places, len(part.rows))
        typed = []
        for column, cells in zip(self.columns, kept, strict=True):
            if self.has_shown and column.kind not in (Kind.CODE, Kind.TEXT):
                cells = [cell.number if isinstance(cell, Shown) else cell for cell in cells]
            typed.append((type_column(column, cells, self.page.sink.reference), cells))
        return places, typed

    def _is_total(self, part: Piece, place: int) -> bool:
        """First filled cell a word for a total and no code; or that word in the code's own place and nothing named."""
        row = part.rows[place]
        word = str(next(filter(None, row), ""))
        if _IN_TOTALS not in word.casefold() or clean(in_unicode(word))[0].casefold() not in _TOTALS:
            return False
        filled = [index for index, cell in enumerate(row) if cell not in ("", None)]
        if ({*self.codes} if filled[0] not in self.codes else self.named - {filled[0]}) & {*filled}:
            return False
        number, letter = part.first_row + place, column_letter(filled[0])
        self.page.sink.problems.add(
            "row.total", self.page.title, filled[0], [number], value=word, params={"letter": letter}
        )
        return True

    def _is_signature(self, part: Piece, place: int) -> bool:
        """Every filled cell a line for a signature, or (the name below it) in the columns of such a line above."""
        filled = [index for index, cell in enumerate(part.rows[place]) if cell not in ("", None)]
        if not 0 < len(filled) <= min(MOST, len(self.required) - 1):
            return False
        lines = [index for index in filled if is_signature(part.rows[place][index])]
        number, word = part.first_row + place, str(part.rows[place][filled[0]])
        if len(lines) < len(filled) and not all(self.signed.get(index, number) < number for index in filled):
            return False
        for index in lines:
            self.signed.setdefault(index, number)
        self.page.sink.problems.add("row.signature", self.page.title, filled[0], [number], value=word)
        return True

    def _take(self, column: Column, index: int, typed: ColumnTyped, rows: list[int]) -> None:
        page, problems = self.page, self.page.sink.problems
        raws, values, found = typed
        for place, problem in found:
            offer = offer_of(column, self.page.sink.reference) if problem.code == "choice.unknown" else None
            at, raw = [rows[place]], raws[place]
            problems.add(problem.code, page.title, index, at, column.header, raw, problem.params, offer)
        if column.required and "" in values:
            gaps = (row for row, value in zip(rows, values, strict=True) if value == "")
            problems.add("value.required", page.title, index, gaps, column.header)
        self.page.sink.cells.add(page.title, page.sheet.table, column.name, index, rows, raws, values)
        if column.name in page.values:
            page.values[column.name].extend(values)


def _only(columns: list[Sequence[object]], places: list[int], count: int) -> list[Sequence[object]]:
    """The columns at these places of `count`."""
    return [[cells[place] for place in places] for cells in columns] if len(places) < count else columns


def _say_layout(page: Page, scan: SheetScan) -> None:
    """What the sheet's XML tells beyond values: hidden rows, merged and repeated cells among the data."""
    problems = page.sink.problems
    read = {index: name for name, index in page.columns.items()}
    data = set(page.rows) if scan.hidden_rows or scan.duplicates else set()
    first = min(read, default=0)
    if hidden := data & scan.hidden_rows:
        problems.add("row.hidden", page.title, first, hidden)
    for address in scan.duplicates:
        row, index = place_of(address)
        if row in data and index in read:
            problems.add("cell.duplicate_address", page.title, index, [row], page.header(read[index]))
    for merged in scan.merged:
        _say_merged(page, merged, read, problems)


def _say_merged(page: Page, merged: str, read: dict[int, str], problems: Problems) -> None:
    start, _, end = merged.partition(":")
    (top, left), (bottom, right) = place_of(start), place_of(end or start)
    names = [read[index] for index in range(left, right + 1) if index in read]
    if names and bisect_left(page.rows, top) < bisect_right(page.rows, bottom):
        problems.add("cell.merged", page.title, left, column=page.header(names[0]), cell=merged)
