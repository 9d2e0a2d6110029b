"""A cell far away: measured as the reader lays a sheet out, and told with the sheet, the cell and what to do."""

from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import load_workbook

from pipelines.contract.checks import Finding
from pipelines.submissions import guard, reader
from pipelines.submissions.copy.statements import statement
from tests.support.workbooks.filled_books import REFERENCE, book, found
from tests.support.workbooks.other_formats import WRITERS, ods


def _read(data: bytes, name: str = "a.xlsx") -> tuple[Finding, ...]:
    return reader.parse(data, name, REFERENCE).findings


def _block(first_row: int, column: int, sheets: int = 1, rows: int = 10, title: str = "Biểu {}") -> bytes:
    """Ten rows of one cell, all far from the first cell of their sheet."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as file:
        for number in range(sheets):
            page = file.add_worksheet(title.format(number + 1))
            for row in range(rows):
                page.write(first_row + row, column, 7)
    return target.getvalue()


@pytest.mark.parametrize(("row", "column"), [(99_999, 4_460), (1_048_000, 16_000), (400, 16_000), (1_048_000, 5)])
def test_a_block_of_cells_far_from_the_first_is_measured_from_the_first(row: int, column: int) -> None:
    [finding] = _read(_block(row, column))
    assert (finding.code, finding.sheet) == ("file.range_too_wide", "Biểu 1")
    what, fix = statement(finding, "vi")
    assert "Biểu 1" in what and finding.value in what and "Ctrl+End" in fix


def test_a_column_of_data_far_down_is_no_reason_to_refuse_a_file() -> None:
    assert [f.code for f in _read(_block(20_000, 3))] == ["workbook.not_ours"]


def test_sheets_that_add_up_to_too_much_are_refused_by_the_widest() -> None:
    assert _read(_block(900, 1_000, sheets=20))[0].code == "workbook.not_ours"
    refused = _read(_block(900, 1_000, sheets=30))
    assert [(f.code, f.sheet) for f in refused] == [("file.range_too_wide", "Biểu 1")]


def _beside(cells: dict[str, int], titles: list[str]) -> bytes:
    """The good workbook with sheets of the clerk's own, each with these cells."""
    file, target = load_workbook(BytesIO(book())), BytesIO()
    for title in titles:
        for address, value in cells.items():
            page = file[title] if title in file.sheetnames else file.create_sheet(title)
            page[address] = value
    file.save(target)
    return target.getvalue()


def test_a_far_cell_on_a_sheet_of_the_clerks_own_refuses_nothing_and_is_told() -> None:
    findings = _read(_beside({"A1": 1, "XFD1048576": 2}, ["Nháp"]))
    assert [(f.code, f.sheet, f.value) for f in findings] == [("sheet.too_wide", "Nháp", "XFD1048576")]
    assert "Nháp" in statement(findings[0], "vi")[0] and "chưa biết" in statement(findings[0], "vi")[0]


def test_sheets_of_the_clerks_own_that_add_up_are_looked_through_as_far_as_there_is_room() -> None:
    titles = [f"Nháp {number}" for number in range(25)]
    told = [f.sheet for f in _read(_beside({"ALL900": 1}, titles)) if f.code == "sheet.too_wide"]
    assert told == titles[-3:]


def test_a_far_cell_on_a_sheet_that_is_read_is_refused_with_that_sheet() -> None:
    finding = found(reader.parse(_beside({"XFD9000": 2}, ["Cán bộ"]), "a.xlsx", REFERENCE), "file.range_too_wide")
    assert (finding.sheet, finding.value) == ("Cán bộ", "XFD9000")


@pytest.mark.parametrize(("kind", "row", "column"), [("xls", 65_000, 200), ("xlsb", 99_999, 4_460)])
def test_other_formats_are_measured_alike(kind: str, row: int, column: int) -> None:
    [finding] = _read(WRITERS[kind](_block(row, column)), f"a.{kind}")
    assert (finding.code, finding.sheet) == ("file.range_too_wide", "Biểu 1")


def test_repeated_empty_rows_and_columns_before_a_cell_count_as_far() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>'
    empty = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="900"/>{cell}</table:table-row>'
    far, near = (f'<table:table table:name="B">{empty.format(rows)}{row * 10}</table:table>' for rows in (99_999, 900))
    assert [f.code for f in guard.inspect(ods(far), "a.ods").findings] == ["file.range_too_wide"]
    assert guard.inspect(ods(near), "a.ods").findings == ()
