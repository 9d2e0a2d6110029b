"""The sheets of a template: `Thông tin`, the data sheets and the hidden lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipelines.contract.reference import Period
from pipelines.contract.shape import Kind, Refers, Sheet, Workbook
from pipelines.contract.workbooks import EMPTY_LABEL, INFO_TITLE, LIST_SHEET, TEMPLATE_VERSION
from pipelines.submissions import choice_lists
from pipelines.submissions.choice_lists import FIRST_ROW, HEADER_ROW, FixedList, Formula, column_letter
from pipelines.submissions.template.sheet_styles import Styles, height_of, print_setup, repeated
from pipelines.submissions.values.validations import validation_of
from pipelines.texts import say

Row = Mapping[str, object]
BLANK_ROWS = 20  # ready to type into; more would only make the file heavy
SPARE_ROWS = 5  # below rows that are filled in already, where they need no code
_SIGNATURE_ROWS = 4
INFO_FIRST_ROW = 4
INFO = "info"  # key of `rows` for the values of `Thông tin`
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_ALLOWED = ("insert_rows", "delete_rows", "sort", "autofilter", "format_cells", "format_columns", "format_rows")
_PROTECTION = dict.fromkeys(_ALLOWED, True)


@dataclass
class Book:
    """What the sheets of one template share while it is written."""

    file: xlsxwriter.Workbook
    form: Workbook
    styles: Styles
    fixed: dict[str, FixedList]
    period: Period
    own_code: str
    own_name: str
    names: dict[str, str] = field(default_factory=dict)  # code -> name, for "code | name"
    written: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class _Page(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose last column format goes on to the right edge: Excel deletes a row only if no cell of it is locked.

    Given the range itself, the library would keep and compare 16,384 formats, half of the time a template takes.
    """

    def _write_col_info(self, col_min: int, col_max: int, col_info: Any) -> None:
        is_last = col_max == max(self.col_info)
        super()._write_col_info(col_min, _LAST_COLUMN if is_last else col_max, col_info)


def write_info(book: Book, content: dict[str, Iterable[Row]]) -> None:
    """`Thông tin`: labels in A, values in B, a word of help in C."""
    sheet, styles = book.file.add_worksheet(INFO_TITLE), book.styles
    sheet.set_column(0, 0, 30, styles.label)
    sheet.set_column(1, 1, 44, styles.label)
    sheet.set_column(2, 2, 64, styles.help)
    sheet.set_default_row(20)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, book.form.title.upper(), styles.title)
    sheet.write_string(1, 0, _heading(book), styles.subtitle)
    own = {"form": book.form.code, "template_version": TEMPLATE_VERSION, "year": book.period.year}
    own |= {"period_kind": book.period.period_kind}
    own |= {f"{book.form.reporter}_code": book.own_code, f"{book.form.reporter}_name": book.own_name}
    values: dict[str, object] = dict(own)
    for given in content.get(INFO, ()):
        values |= dict(given)
    at = INFO_FIRST_ROW - 1
    for info in book.form.info:
        style = styles.info(info.kind, locked=info.locked)
        sheet.write_string(at, 0, info.label, styles.required_label if info.required else styles.label_cell)
        sheet.write_string(at, 2, _hint(info.name, info.locked, info.kind, book.period.year), styles.help)
        _put(sheet, at, 1, _shown(book, values.get(info.name), info.vocabulary, info.refers), style)
        rule = validation_of(info, choice_lists.source_of(info), f"B{at + 1}")
        if rule and not info.locked:
            sheet.data_validation(at, 1, at, 1, rule)
        at += 1
    at += 1
    for number, part in enumerate(book.form.sheets):
        mark = "x" if part.key in content and not _any(content, part.key) else None
        sheet.write_string(at, 0, EMPTY_LABEL.format(sheet=part.title), styles.label_cell)
        _put(sheet, at, 1, mark, styles.info(Kind.TEXT, locked=False))
        sheet.write_string(at, 2, say("template.info.empty", "vi") if number == 0 else "", styles.help)
        sheet.data_validation(at, 1, at, 1, {"validate": "list", "source": ["x"]})
        at += 1
    _room_to_sign(book, sheet, at + 1)
    print_setup(sheet, f"{book.form.title} – {_heading(book)}")
    sheet.set_tab_color(styles.tab)
    sheet.protect("", _PROTECTION)


def _room_to_sign(book: Book, sheet: Worksheet, at: int) -> None:
    """Below the table on paper: who made the report, who answers for it.

    Nothing stands in column A: these lines are no entries.
    """
    signs = book.styles.signs
    sheet.write_string(at, 2, say("template.sign.day", "vi"), signs[False])
    for column, who in enumerate(("maker", book.form.reporter), start=1):
        sheet.write_string(at + 1, column, say(f"template.sign.{who}", "vi"), signs[True])
        sheet.write_string(at + 2, column, say(f"template.sign.{who}.how", "vi"), signs[False])
    sheet.write_blank(at + 2 + _SIGNATURE_ROWS, 2, None, signs[False])


def _any(content: dict[str, Iterable[Row]], key: str) -> bool:
    """Whether a sheet gets rows. Only a sequence can be asked; a stream is taken to have some."""
    rows = content[key]
    return bool(rows) if isinstance(rows, Sequence) else True


def _heading(book: Book) -> str:
    period = say(f"template.period.{book.period.period_kind}", "vi", year=book.period.year)
    return say("template.heading", "vi", name=book.own_name, period=period)


def _hint(name: str, locked: bool, kind: Kind, year: int) -> str:
    if locked:
        return say("template.info.locked", "vi")
    if name in ("unit_code", "unit_name", "cluster_code", "cluster_name", "year", "period_kind"):
        return say("template.info.filled", "vi")
    return say(f"template.info.{kind}", "vi", year=year)


def write_sheet(book: Book, sheet: Sheet, rows: Iterable[Row] | None) -> None:
    """One data sheet: title, help, header with notes, rows; whole columns formatted, validated and unlocked."""
    page, styles = book.file.add_worksheet(sheet.title, _Page), book.styles
    last = len(sheet.columns) - 1
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, styles.column(column))
    page.set_column(last + 1, last + 1, None, styles.free)
    page.dim_colmax = last  # formats of unused columns must not make readers think the sheet is wider
    page.set_row(0, 28)
    page.set_row(HEADER_ROW - 1, 34)
    beside = repeated(sheet.columns)  # text that ran out of these columns would be cut on the second page
    page.write_string(0, 0, sheet.title, styles.title)
    page.write_string(0, beside, _heading(book), styles.heading)
    page.write_string(1, beside, say("template.sheet.help", "vi"), styles.subtitle)
    for index, column in enumerate(sheet.columns):
        page.write_string(HEADER_ROW - 1, index, column.header, styles.header(column.required))
        page.write_comment(HEADER_ROW - 1, index, _note(column.help, column.required), styles.note)
        source = choice_lists.source_of(column, sheet, book.form)
        rule = validation_of(column, source, f"{column_letter(index)}{FIRST_ROW}", choice_lists.year_cell(sheet))
        if rule:
            page.data_validation(FIRST_ROW - 1, index, _LAST_ROW, index, rule)
    end = _rows(book, page, sheet, rows or ())
    page.freeze_panes(HEADER_ROW, 1)
    page.autofilter(HEADER_ROW - 1, 0, max(end, FIRST_ROW + BLANK_ROWS) - 1, last)
    print_setup(page, f"{sheet.title} – {_heading(book)}", sheet.columns, HEADER_ROW - 1)
    page.protect("", _PROTECTION)


def _note(text: str, required: bool) -> str:
    return say("template.note.required" if required else "template.note.optional", "vi", help=text)


def _ready(book: Book, sheet: Sheet, taken: Iterable[str]) -> Iterator[Row]:
    """What the template fills in by itself: the year, and own codes that follow those taken.

    A row with nothing else is empty.
    """
    columns = [column for column in sheet.columns if column.prefilled]
    prefix = f"{book.own_code}-{book.period.year}-"
    numbers = [code.removeprefix(prefix) for code in taken if code.startswith(prefix)]
    for number in count(1 + max((int(one) for one in numbers if one.isdecimal()), default=0)):
        yield {
            column.name: book.period.year if column.kind is Kind.INTEGER else f"{prefix}{number:03d}"
            for column in columns
        }


def _rows(book: Book, page: Worksheet, sheet: Sheet, rows: Iterable[Row]) -> int:
    """Write the rows and those to be filled in after them; the number of the row after the last (from 1)."""
    cell_styles = [book.styles.cell(column) for column in sheet.columns]
    feeds = choice_lists.source_columns(sheet)
    kept = book.written.setdefault(sheet.key, [])
    codes = [column.name for column in sheet.columns if column.prefilled and column.kind is Kind.CODE]
    taken, at = list[str](), FIRST_ROW - 1
    for row in rows:
        taken += [str(row.get(name)) for name in codes]
        shown = [_shown(book, row.get(c.name), c.vocabulary, c.refers) for c in sheet.columns]
        if height := height_of(shown, sheet.columns):
            page.set_row(at, height)
        for index, cell in enumerate(shown):
            _put(page, at, index, cell, cell_styles[index])
        if feeds and len(kept) < choice_lists.MOST:
            code, name = (str(row.get(column) or "") for column in feeds)
            kept.append((code, name))
            book.names.setdefault(code, name)
        at += 1
    ready = _ready(book, sheet, taken)
    for blank in range(at, max(FIRST_ROW - 1 + BLANK_ROWS, at + (BLANK_ROWS if codes else SPARE_ROWS))):
        row = next(ready)
        for index, column in enumerate(sheet.columns):
            _put(page, blank, index, row.get(column.name), cell_styles[index])
    return at + 1


def _shown(book: Book, value: object, vocabulary: str | None, refers: Refers | None) -> object:
    """A code as people see it: its label, or "code | name"; anything else as it is."""
    if not isinstance(value, str):
        return value
    if vocabulary and vocabulary in book.fixed:
        return book.fixed[vocabulary].labels.get(value, value)
    if refers and refers is not Refers.UNITS and value in book.names:
        return choice_lists.entry(value, book.names[value])
    return value


def _put(page: Worksheet, row: int, column: int, value: object, style: object) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, style)
    elif isinstance(value, date):  # a datetime too
        page.write_datetime(row, column, value, style)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value, style)
    else:
        page.write_string(row, column, str(value), style)


def write_lists(book: Book) -> None:
    """`DanhMuc`: version in A1:B1, lists from row 2 down, a defined name over each."""
    page = book.file.add_worksheet(LIST_SHEET)
    own = choice_lists.entry(book.own_code, book.own_name) if book.form.reporter == "unit" else ""
    growing = choice_lists.growing_lists(book.form, book.written, own)
    columns, names = choice_lists.columns_of(book.fixed, growing)
    page.write_string(0, 0, "template_version")
    page.write_string(0, 1, TEMPLATE_VERSION)
    for row in range(max(len(column) for column in columns)):
        for index, column in enumerate(columns):
            if row < len(column):
                cell = column[row]
                if isinstance(cell, Formula):
                    page.write_formula(row + 1, index, cell.text, None, cell.result)
                else:
                    page.write_string(row + 1, index, cell)
    for name, formula in names.items():
        book.file.define_name(name, formula)
    page.very_hidden()
    page.protect("")
