"""One data sheet read: header, rows, typed columns. Problems of header and cells are gathered on the way."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.contract.reference import Reference
from pipelines.contract.shape import Column, Kind, Sheet
from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.fold import Problems
from pipelines.submissions.scan.scan import SheetScan
from pipelines.submissions.sheets.cells import Cells
from pipelines.submissions.sheets.grid import Piece, columns_of, corners, place_of, without_blanks
from pipelines.submissions.sheets.header_findings import say_header
from pipelines.submissions.sheets.headers import Header, find_header, is_filled
from pipelines.submissions.sheets.row_kinds import RowKinds
from pipelines.submissions.sheets.row_words import is_code, is_total
from pipelines.submissions.sheets.unread import Unread
from pipelines.submissions.values.columns import offer_of, type_column
from pipelines.submissions.values.offers import Offer
from pipelines.submissions.values.scales import on_one_scale
from pipelines.submissions.values.typed import ColumnTyped

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
    texts: dict[str, set[int]] = field(default_factory=dict)  # places of dates that were typed as text

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
    for name in _kept(page):
        page.values[name] = []
    reader = _PageReader(page, header, scan)
    if lost := reader.begun(Piece(first.first_row, first.rows[: header.row - 1])):
        sink.problems.add("header.rows_above", scan.name, reader.indices[reader.required[0]], lost)
    reader.read(Piece(first.first_row + header.last_row, first.rows[header.last_row :]))
    for part in parts:
        reader.read(part)
    reader.kinds.finish()
    say_header(sheet, scan, header, reader.unread, sink.problems)
    _say_layout(page, scan)
    _say_unseen(page, scan, reader)
    _say_rules(page, scan.struck_rules)
    return page


def complete_rows(page: Page, part: Piece, reference: Reference) -> list[int]:
    """Excel rows of a piece that would be data of a sheet, laid out as it is in this workbook."""
    header = Header(page.header_row, page.header_row, page.columns)
    bare = Page(page.sheet, page.title, Sink(reference), page.columns)
    return _PageReader(bare, header, SheetScan("")).complete(part)


def _kept(page: Page) -> Iterable[str]:
    for column in page.sheet.columns:
        if column.name in page.columns and (column.kind is not Kind.TEXT or column.name in _COMPARED_TEXTS):
            yield column.name


_TypedCells = tuple[ColumnTyped, Sequence[object]]  # a column typed, and the cells it came from


class _PageReader:
    def __init__(self, page: Page, header: Header, scan: SheetScan) -> None:
        self.page = page
        self.struck_rows = {place_of(address)[0] for address in scan.struck | scan.partly_struck}
        self.columns = [column for column in page.sheet.columns if column.name in page.columns]
        self.indices = [page.columns[column.name] for column in self.columns]
        self.kinds = RowKinds(page.sheet, page.title, header, page.sink.problems)
        self.unread = Unread(header)
        self.watched: dict[int, int] = {}  # row with struck-out cells -> how many of its cells are filled
        self.filled: set[int] = set()  # columns with something in them
        self.own = own = [place for place, c in enumerate(self.columns) if not c.prefilled]
        self.prefilled = [place for place, c in enumerate(self.columns) if c.prefilled]
        self.required = [place for place in own if self.columns[place].required]
        self.checked = [p for p in self.required if self.columns[p].kind not in (Kind.TEXT, Kind.CODE)]

    def read(self, part: Piece) -> None:
        """One piece of rows: the data rows among them typed, told and kept."""
        turned: list[Sequence[object]] = list(columns_of(part.rows, self.indices))
        places, passed, typed = self._typed(part, turned)
        if [t.values.count("") for t, _ in typed] != [cells.count("") for _, cells in typed]:  # some show nothing: rare
            places, passed, typed = self._typed(part, [without_blanks(cells) for cells in turned])
        rows = [part.first_row + place for place in places]
        typed = self._on_one_scale(typed, rows)
        before = len(self.page.rows)
        self.page.rows.extend(rows)
        for column, index, (done, cells) in zip(self.columns, self.indices, typed, strict=True) if rows else ():
            self._take(column, index, done, rows)
            if column.kind is Kind.DATE and any(isinstance(cell, str) for cell in cells):
                texts = {at for at, cell in enumerate(cells, before) if _is_typed(cell)}
                self.page.texts.setdefault(column.name, set()).update(texts)
        self.watched.update({row: self._filled_in(part, row) for row in rows if row in self.struck_rows})
        self.unread.look(part, rows, [part.first_row + place for place in passed])

    def _filled_in(self, part: Piece, row: int) -> int:
        return sum(is_filled(part.rows[row - part.first_row], index) for index in self.indices)

    def complete(self, part: Piece) -> list[int]:
        """Excel rows that are data as they stand: nothing required is missing or unusable."""
        turned: list[Sequence[object]] = list(columns_of(part.rows, self.indices))
        required = zip(*(turned[place] for place in self.required), strict=True)
        places = [at for at, row in enumerate(required) if all(is_filled(row, i) for i in range(len(row)))]
        if not places:
            return []
        typed = self._types(turned, places, len(part.rows))
        usable = zip(*(typed[place][0].values for place in self.required), strict=True)
        return [part.first_row + place for place, values in zip(places, usable, strict=True) if all(values)]

    def begun(self, part: Piece) -> list[int]:
        """Excel rows that are complete, or have a usable choice beside a code, as no title of a table has."""
        codes = [index for index, column in zip(self.indices, self.columns, strict=True) if column.kind is Kind.CODE]
        coded = [
            at for at, row in enumerate(part.rows) if any(index < len(row) and is_code(row[index]) for index in codes)
        ]
        complete = self.complete(part)
        if not coded:  # titles, as nearly everywhere
            return complete
        typed = self._types(list(columns_of(part.rows, self.indices)), coded, len(part.rows))
        choices = [
            done.values for (done, _), column in zip(typed, self.columns, strict=True) if column.kind is Kind.CHOICE
        ]
        chosen = {part.first_row + at for place, at in enumerate(coded) if any(values[place] for values in choices)}
        return sorted({*complete, *chosen})

    def _on_one_scale(self, typed: list[_TypedCells], rows: list[int]) -> list[_TypedCells]:
        if not (self.page.sheet.scales and rows):
            return typed
        names = {column.name: place for place, column in enumerate(self.columns)}
        letters = [column_letter(index) for index in self.indices]
        level = on_one_scale(self.page.sheet, names, [done for done, _ in typed], letters, rows)
        return [(done, cells) for done, (_, cells) in zip(level, typed, strict=True)]

    def _typed(self, part: Piece, turned: list[Sequence[object]]) -> tuple[list[int], set[int], list[_TypedCells]]:
        """Places of the data rows, places of rows told to be none, and each column typed with the cells
        it came from.
        """
        filled = [turned[place] for place in self.own]
        nothing = ("",) * len(filled)
        places = [place for place, cells in enumerate(zip(*filled, strict=True)) if cells != nothing]
        typed = self._types(turned, places, len(part.rows))
        poor = self._incomplete(typed)
        lines = self._lines_of_words(turned, places, len(part.rows))
        passed = self._passed_over(part, places, typed, poor, lines) if poor or lines else set()
        if passed or self.kinds.ended:
            places = self.kinds.above_end(part, [place for place in places if place not in passed])
            typed = self._types(turned, places, len(part.rows))
        return places, passed, typed

    def _types(self, turned: list[Sequence[object]], places: list[int], count: int) -> list[_TypedCells]:
        typed = []
        for column, cells in zip(self.columns, _only(turned, places, count), strict=True):
            typed.append((type_column(column, cells, self.page.sink.reference), cells))
        return typed

    def _passed_over(
        self, part: Piece, places: list[int], typed: list[_TypedCells], poor: set[int], lines: list[int]
    ) -> set[int]:
        """The incomplete rows and lines of words that turn out to be no data."""
        unusable = {
            (places[at], index)
            for index, (column, _) in zip(self.indices, typed, strict=True)
            for at in poor
            if column.values[at] is None
        }
        return self.kinds.passed_over(part, sorted([*lines, *(places[at] for at in poor)]), unusable)

    def _incomplete(self, typed: list[_TypedCells]) -> set[int]:
        """Which of the rows typed lack something required, or have no usable choice, number or date of
        those required.
        """
        required = [typed[place][0].values for place in self.required]
        checked = [typed[place][0].values for place in self.checked]
        found: set[int] = set()
        if any("" in values for values in required):
            found.update(at for at, row in enumerate(zip(*required, strict=True)) if "" in row)
        if checked and all(None in values for values in checked):
            found.update(at for at, row in enumerate(zip(*checked, strict=True)) if all(v is None for v in row))
        return found

    def _lines_of_words(self, turned: list[Sequence[object]], places: list[int], count: int) -> list[int]:
        """Rows with nothing but a line of words where the template puts a code or a year."""
        if len(places) == count or not self.prefilled:
            return []
        data = set(places)
        cells = zip(*(turned[place] for place in self.prefilled), strict=True)
        return [at for at, row in enumerate(cells) if at not in data and any(map(_are_words, row))]

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
        if any(raws):
            self.filled.add(index)
        self.page.sink.cells.add(page.title, page.sheet.table, column.name, index, rows, raws, values)
        if column.name in page.values:
            page.values[column.name].extend(values)


def _is_typed(cell: object) -> bool:
    """A date written out by somebody; a year in front is no date that an Excel could have swapped."""
    return isinstance(cell, str) and bool(cell) and not cell.strip()[:4].isdecimal()


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


def _say_unseen(page: Page, scan: SheetScan, reader: _PageReader) -> None:
    """Columns with data that nobody sees, rows and cells that somebody has struck out. All of them are read."""
    problems, names = page.sink.problems, {index: name for name, index in page.columns.items()}
    for index in sorted(reader.filled) if scan.hidden_columns else ():
        if column_letter(index) in scan.hidden_columns:
            problems.add("column.hidden", page.title, index, [page.header_row], page.header(names[index]))
    rows = set(page.rows) if scan.unseen else set()
    struck: dict[int, list[int]] = {}
    for row, index in map(place_of, scan.struck):
        if row in reader.watched and index in names:
            struck.setdefault(row, []).append(index)
    for row, index in map(place_of, scan.partly_struck):
        if row in reader.watched and index in names:
            problems.add("cell.partly_struck_out", page.title, index, [row], page.header(names[index]))
    for row, index in map(place_of, scan.unseen):
        if row in rows and index in names:
            problems.add("cell.unseen", page.title, index, [row], page.header(names[index]))
    for row, indices in struck.items():
        if len(indices) == reader.watched[row]:
            problems.add("row.struck_out", page.title, min(names), [row])
        else:
            for index in indices:
                problems.add("cell.struck_out", page.title, index, [row], page.header(names[index]))


def _say_rules(page: Page, areas: Sequence[str]) -> None:
    """Where a conditional format strikes texts out nobody knows which of them are: told for the data it
    can be about.
    """
    if not page.rows or not areas:
        return
    first, last = min(page.columns.values()), max(page.columns.values())
    for area in areas:
        (top, left), (bottom, right) = corners(area)
        top, bottom = max(top, page.rows[0]), min(bottom, page.rows[-1])
        left, right = max(left, first), min(right, last)
        if top <= bottom and left <= right:
            told = {"area": f"{column_letter(left)}{top}:{column_letter(right)}{bottom}"}
            page.sink.problems.add("sheet.struck_by_rule", page.title, left, [page.header_row], params=told)


def _say_merged(page: Page, merged: str, read: dict[int, str], problems: Problems) -> None:
    (top, left), (bottom, right) = corners(merged)
    names = [read[index] for index in range(left, right + 1) if index in read]
    if names and bisect_left(page.rows, top) < bisect_right(page.rows, bottom):
        problems.add("cell.merged", page.title, left, column=page.header(names[0]), cell=merged)


def _are_words(cell: object) -> bool:
    """Several words, or the one for a total; a code is none of them."""
    text = str(cell).strip()
    return " " in text or ((not text.isascii() or ":" in text) and is_total(text))
