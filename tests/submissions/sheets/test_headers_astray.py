"""A header cell out of its row costs no row of data, and no cell under a missing header is dropped without a word."""

from datetime import date

import pytest
import xlsxwriter

from pipelines.contract.shape import Sheet, Workbook
from pipelines.contract.workbooks import WORKBOOKS
from pipelines.records.parsed import Parsed
from tests.support.workbooks.filled_books import ROWS, book, found, read

SHEETS = [
    pytest.param(form, sheet, id=f"{form.code}-{sheet.key}") for form in WORKBOOKS.values() for sheet in form.sheets
]


def at(row: int, index: int) -> str:
    return xlsxwriter.utility.xl_rowcol_to_cell(row - 1, index)


def rows_of(parsed: Parsed, table: str) -> set[int]:
    return {c["excel_row"] for c in parsed.cells.to_pylist() if c["table_name"] == table}


def told(parsed: Parsed, code: str) -> list[tuple[str, str]]:
    return [(f.sheet, f.cell) for f in parsed.findings if f.code == code]


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
@pytest.mark.parametrize("lowered", [(-1,), (0,), (-1, -2), (0, 1, 2)], ids=str)
def test_headers_one_row_too_low_never_swallow_the_first_row(
    form: Workbook, sheet: Sheet, lowered: tuple[int, ...]
) -> None:
    places = [range(len(sheet.columns))[place] for place in lowered][: len(sheet.columns) - 2]  # two make a header row
    cells = {(sheet.title, at(3, index)): None for index in places}
    cells |= {(sheet.title, at(4, index)): sheet.columns[index].header for index in places}
    parsed = read(book(form, cells=cells))
    first_row = [
        c for i, c in enumerate(sheet.columns) if i not in places and ROWS[form.code][sheet.key][0].get(c.name)
    ]
    assert first_row and 4 in rows_of(parsed, sheet.table)
    assert {(f.sheet, f.column) for f in parsed.findings if f.code == "header.astray"} == {
        (sheet.title, sheet.columns[index].header) for index in places
    }


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
def test_a_header_one_row_too_high_is_read_where_it_stands(form: Workbook, sheet: Sheet) -> None:
    last = len(sheet.columns) - 1
    cells = {(sheet.title, at(3, last)): None, (sheet.title, at(2, last)): sheet.columns[last].header}
    parsed = read(book(form, cells=cells))
    assert parsed.findings == () and parsed.cells.equals(read(book(form)).cells)


def test_headers_on_both_neighbours_leave_the_first_row_whole() -> None:
    cells = {("Cán bộ", "K3"): None, ("Cán bộ", "K2"): "Ghi chú", ("Cán bộ", "E3"): None, ("Cán bộ", "E4"): "Phòng, tổ"}
    parsed = read(book(cells=cells))
    assert rows_of(parsed, "staff") == {4, 5, 6}
    assert found(parsed, "header.astray").cell == "E4"


def test_most_headers_too_low_still_leave_the_row_that_holds_data() -> None:
    cells: dict[tuple[str, str], object] = {}
    for index, letter in enumerate("ABCDEFGHIJK"):
        if letter not in "BCH":
            cells[("Cán bộ", f"{letter}4")] = read_header(index)
            cells[("Cán bộ", f"{letter}3")] = None
    parsed = read(book(cells=cells))
    assert rows_of(parsed, "staff") == {4, 5, 6}
    assert len(told(parsed, "header.astray")) == 8 and "column.missing" not in {f.code for f in parsed.findings}


def read_header(index: int) -> str:
    return WORKBOOKS["BaoCaoDonVi"].sheets[0].columns[index].header


def test_a_value_that_is_also_the_text_of_a_header_is_a_value() -> None:
    cells = {("Cán bộ", "D4"): "Ghi chú", ("Cán bộ", "K4"): "Họ và tên"}
    parsed = read(book(cells=cells))
    assert parsed.findings == () and rows_of(parsed, "staff") == {4, 5, 6}


def test_a_row_above_the_header_that_lacks_something_is_told_and_titles_are_not() -> None:
    begun = {("Cán bộ", "A2"): "CB77", ("Cán bộ", "C2"): "Lãnh đạo cấp vụ, sở"}
    assert found(read(book(cells=begun)), "header.rows_above").cell == "B2"
    titles = {("Khen thưởng", "A1"): "01/BC-V01", ("Khen thưởng", "C2"): "Cá nhân", ("Khen thưởng", "D2"): "Tập thể"}
    assert read(book(cells=titles)).findings == ()


def test_rows_above_the_header_are_told() -> None:
    above = dict(zip("BCH", ("Lê An", "LD_VU", "HTTNV"), strict=True))
    parsed = read(book(cells={("Cán bộ", f"{letter}1"): value for letter, value in above.items()}))
    assert found(parsed, "header.rows_above").cell == "B1"
    english = {("Cán bộ", f"{letter}2"): text for letter, text in zip("BCH", ("Name", "Group", "Rating"), strict=True)}
    assert read(book(cells=english)).findings == ()  # a header in another language is no row of data


@pytest.mark.parametrize(
    ("header", "shown"),
    [(None, "–"), ("\u200b\u00a0", "–"), (7, "7"), (date(2025, 1, 1), "2025-01-01"), ("Quê quán", "Quê quán")],
)
@pytest.mark.parametrize("letter", ["L", "P"])
def test_values_under_no_header_of_ours_are_told_with_their_cells(header: object, shown: str, letter: str) -> None:
    cells = {("Cán bộ", f"{letter}4"): "xem lại", ("Cán bộ", f"{letter}6"): 5, ("Cán bộ", f"{letter}3"): header}
    finding = found(read(book(cells=cells)), "column.unknown")
    assert (finding.params["title"], finding.params["filled"]) == (shown, "2")
    assert finding.params["cells"] == f"{letter}4, {letter}6"
    assert {f"{letter}4", f"{letter}6"} <= {*finding.cell.replace(":", ", ").split(", "), f"{letter}4"}


def test_a_stray_value_far_to_the_right_or_below_is_told() -> None:
    parsed = read(book(cells={("Tập thể", "H4"): 0, ("Tập thể", "H30"): "còn nữa"}))
    assert found(parsed, "column.unknown").cell == "H4, H30"
    formula = read(book(), {"Cán bộ": {"uncached": {"N5": "=A1"}}})
    assert found(formula, "column.unknown").cell == "N5"


def test_the_second_half_of_a_merged_header_is_told() -> None:
    cells = {("Cán bộ", "L3"): None, ("Cán bộ", "L4"): "An", ("Cán bộ", "L5"): "Bình"}
    finding = found(read(book(cells=cells), {"Cán bộ": {"merged": ("K3:L3",)}}), "column.unknown")
    assert (finding.cell, finding.params["title"]) == ("L4:L5", "Ghi chú (K3:L3)")


@pytest.mark.parametrize("header", ["STT", "TT", "Số TT", "Số thứ tự", "No.", None])
def test_a_column_that_counts_the_rows_stays_silent(header: str | None) -> None:
    cells = {("Cán bộ", f"L{row}"): row - 3 for row in (4, 5, 6)} | {("Cán bộ", "L3"): header}
    assert read(book(cells=cells)).findings == ()


@pytest.mark.parametrize("header", ["STT", "Số TT"])
def test_words_where_a_row_is_only_counted_are_told(header: str) -> None:
    cells = {
        ("Cán bộ", "L3"): header,
        ("Cán bộ", "L4"): 1,
        ("Cán bộ", "L5"): "Nguyễn Văn Bình",
        ("Cán bộ", "L6"): "III.",
    }
    finding = found(read(book(cells=cells)), "column.unknown")
    assert (finding.cell, finding.params["title"], finding.params["filled"]) == ("L5", header, "1")


def test_signatures_beside_the_table_are_no_column() -> None:
    cells = {("Tập thể", "F8"): "Thủ trưởng đơn vị", ("Tập thể", "F9"): "(Ký tên)", ("Tập thể", "F12"): "Trần Thị Bình"}
    assert read(book(cells=cells)).findings == ()
