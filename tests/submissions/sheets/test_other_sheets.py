"""Rows on a copied, continued or renamed sheet are counted and told; a sheet of the sender's own may stay."""

from collections.abc import Sequence
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from pipelines.contract.shape import Sheet, Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, LIST_SHEET, PROBLEMS_SHEET, UNIT_REPORT, WORKBOOKS
from pipelines.records.parsed import Parsed
from tests.support.workbooks.filled_books import ROWS, book, found, read

SHEETS = [
    pytest.param(form, sheet, id=f"{form.code}-{sheet.key}") for form in WORKBOOKS.values() for sheet in form.sheets
]
NAMES = ["{} (2)", "Bản sao của {}", "Copy of {}", "{} đợt 2", "{} tiếp", "Sheet1", "Tổng hợp"]


def with_sheet(
    form: Workbook, lines: Sequence[Sequence[object]], name: str, state: str = "visible", **how: object
) -> Parsed:
    """The good workbook with one more sheet, line by line."""
    file = openpyxl.load_workbook(BytesIO(book(form, **how)))  # type: ignore[arg-type]
    page = file.create_sheet(name)
    for line in lines:
        page.append(list(line))
    page.sheet_state = state
    data = BytesIO()
    file.save(data)
    return read(data.getvalue())


def lines_of(form: Workbook, sheet: Sheet, change: str = "") -> list[list[object]]:
    """The sheet as the good workbook has it, each text of its key column with something added."""
    lines: list[list[object]] = [[sheet.title], [], [column.header for column in sheet.columns]]
    for row in ROWS[form.code][sheet.key]:
        lines.append([row.get(column.name) for column in sheet.columns])
        if change:
            lines[-1][0] = f"{lines[-1][0]}{change}"
    return lines


def others(parsed: Parsed, name: str) -> list[str]:
    return [f.code for f in parsed.findings if f.sheet == name]


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
@pytest.mark.parametrize("name", NAMES)
def test_filled_rows_on_a_second_sheet_are_an_error_that_counts_them(form: Workbook, sheet: Sheet, name: str) -> None:
    parsed = with_sheet(form, lines_of(form, sheet, "9"), name.format(sheet.title))
    finding = found(parsed, "sheet.rows_unread")
    assert finding.sheet == name.format(sheet.title) and finding.params["title"] == sheet.title
    assert finding.params["rows"] == finding.params["new"] == str(len(ROWS[form.code][sheet.key]))


@pytest.mark.parametrize("above", [20, 1_100])
def test_a_header_far_down_a_sheet_is_found(above: int) -> None:
    lines = [["-"]] * above + lines_of(UNIT_REPORT, UNIT_REPORT.sheets[5], "9")
    assert found(with_sheet(UNIT_REPORT, lines, "Phụ lục"), "sheet.rows_unread").params["rows"] == "2"


def test_rows_that_go_on_without_a_header_are_found_by_what_they_hold() -> None:
    for sheet in (UNIT_REPORT.sheets[0], UNIT_REPORT.sheets[5], UNIT_REPORT.sheets[1]):
        lines = lines_of(UNIT_REPORT, sheet, "9")[3:]
        finding = found(with_sheet(UNIT_REPORT, lines, f"{sheet.title} tiếp"), "sheet.rows_unread")
        assert (finding.params["title"], finding.params["rows"]) == (sheet.title, str(len(lines)))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_copy_is_no_exception(state: str) -> None:
    sheet = UNIT_REPORT.sheets[5]
    assert found(
        with_sheet(UNIT_REPORT, lines_of(UNIT_REPORT, sheet, "9"), "Khen thưởng (2)", state), "sheet.rows_unread"
    )


def test_a_copy_named_like_a_sheet_of_another_workbook_is_told() -> None:
    parsed = with_sheet(UNIT_REPORT, lines_of(UNIT_REPORT, UNIT_REPORT.sheets[5], "9"), CLUSTER_REPORT.sheets[0].title)
    assert found(parsed, "sheet.rows_unread").params["title"] == "Khen thưởng"
    theirs = lines_of(CLUSTER_REPORT, CLUSTER_REPORT.sheets[0])
    assert found(with_sheet(UNIT_REPORT, theirs, "Thành viên"), "sheet.rows_unread").params["rows"] == "5"


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
def test_an_empty_copy_is_a_note_and_a_true_copy_is_said_to_be_one(form: Workbook, sheet: Sheet) -> None:
    assert others(with_sheet(form, lines_of(form, sheet)[:3], "Bản nháp"), "Bản nháp") == ["sheet.unknown"]
    finding = found(with_sheet(form, lines_of(form, sheet), "Bản nháp"), "sheet.same_rows")
    assert finding.params["rows"] == str(len(ROWS[form.code][sheet.key]))


@pytest.mark.parametrize("place", ["A1", "title", "C2"])
def test_the_sender_may_say_that_it_holds_no_data(place: str) -> None:
    lines = lines_of(UNIT_REPORT, UNIT_REPORT.sheets[5], "9")
    name = "Bản cũ - KHÔNG PHẢI SỐ LIỆU" if place == "title" else "Bản cũ"
    if place != "title":
        row, index = xlsxwriter.utility.xl_cell_to_rowcol(place)
        lines[row] += [""] * (index + 1 - len(lines[row]))
        lines[row][index] = "Trang này không phải số liệu"
    assert others(with_sheet(UNIT_REPORT, lines, name), name) == ["sheet.unknown"]


def test_sheets_of_the_senders_own_may_stay() -> None:
    contacts: list[list[object]] = [
        ["STT", "Họ và tên", "Chức vụ", "Phòng, tổ", "Điện thoại", "Ghi chú"],
        [1, "Lê An", "Vụ trưởng", "P1", "09", ""],
    ]
    assert others(with_sheet(UNIT_REPORT, contacts, "Danh bạ"), "Danh bạ") == ["sheet.unknown"]
    pledge_like: list[list[object]] = [["1", "Kinh phí in ấn", 12], ["2", "Thuê hội trường", 3]]
    assert others(with_sheet(CLUSTER_REPORT, pledge_like, "Kinh phí"), "Kinh phí") == ["sheet.unknown"]


@pytest.mark.parametrize("name", [LIST_SHEET, PROBLEMS_SHEET])
def test_our_own_lists_never_trigger_it(name: str) -> None:
    parsed = with_sheet(UNIT_REPORT, lines_of(UNIT_REPORT, UNIT_REPORT.sheets[5], "9"), name)
    assert others(parsed, name) == []


def test_a_renamed_sheet_is_told_once() -> None:
    parsed = read(book(named={"Khen thưởng": "Khen thưởng năm 2025"}))
    assert [f.code for f in parsed.findings] == ["sheet.missing", "sheet.unknown"]
    assert found(parsed, "sheet.missing").params["nearest"] == "Khen thưởng năm 2025"
