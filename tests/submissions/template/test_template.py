"""The template carries the contract: sheets, headers, lists, notes, formats, protection, and what was already known."""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from pipelines.contract import reference as lists
from pipelines.contract.shape import Kind, Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, INFO_TITLE, LIST_SHEET, UNIT_REPORT
from pipelines.problems import Unknown
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import reader
from pipelines.submissions.choice_lists import FIRST_ROW, HEADER_ROW
from pipelines.submissions.template import template
from pipelines.submissions.template.pages import BLANK_ROWS

REFERENCE = lists.load(OWN_REFERENCE)
KINDS = [(UNIT_REPORT, "V01"), (CLUSTER_REPORT, "C01")]
STAFF = {"person_code": "CB001", "full_name": "Nguyễn Văn An", "position_group": "TRUC_TIEP", "rating": "HTTNV"}
# Functions that Excel 2010 knows and a template uses. A newer one would show #NAME? to a clerk.
EXCEL_2010 = {"IF", "INDEX", "MATCH", "COUNTIF", "MAX", "OFFSET", "OR", "YEAR"}


def _write(folder: Path, form: Workbook, code: str, **more: object) -> Path:
    return template.write(folder / f"{code}.xlsx", REFERENCE, form, code, "2025", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("form", "code"), KINDS)
def test_every_sheet_and_header_of_the_contract_stands_letter_for_letter(
    tmp_path: Path, form: Workbook, code: str
) -> None:
    book = load_workbook(_write(tmp_path, form, code))
    assert book.sheetnames == [INFO_TITLE, *(sheet.title for sheet in form.sheets), LIST_SHEET]
    for sheet in form.sheets:
        row = [cell.value for cell in book[sheet.title][HEADER_ROW]]
        assert row[: len(sheet.columns)] == [column.header for column in sheet.columns]
        assert all(book[sheet.title].cell(HEADER_ROW, i).comment for i in range(1, len(sheet.columns) + 1))
        assert book[sheet.title].freeze_panes == f"B{FIRST_ROW}"
    labels = [cell.value for cell in book[INFO_TITLE]["A"] if cell.value]
    assert [label for label in labels if label in {info.label for info in form.info}] == [i.label for i in form.info]
    assert [f"Không phát sinh: {sheet.title}" for sheet in form.sheets] == labels[-len(form.sheets) :]


@pytest.mark.parametrize(("form", "code"), KINDS)
def test_whole_data_columns_are_open_and_only_titles_headers_and_lists_are_locked(
    tmp_path: Path, form: Workbook, code: str
) -> None:
    path = _write(tmp_path, form, code)
    book = load_workbook(path)
    for sheet in form.sheets:
        page = book[sheet.title]
        assert page.protection.sheet and not page.protection.password
        allowed = (page.protection.insertRows, page.protection.sort, page.protection.autoFilter)
        assert allowed == (False, False, False), "False = not forbidden"
        assert page.cell(HEADER_ROW, 1).protection.locked
        assert not page.cell(FIRST_ROW, 1).protection.locked
        unlocked = {
            n for d in page.column_dimensions.values() if not d.protection.locked for n in range(d.min, d.max + 1)
        }
        assert unlocked == set(range(1, 16_385))
    assert book[LIST_SHEET].sheet_state == "veryHidden"
    assert book[LIST_SHEET].protection.sheet
    assert book[LIST_SHEET]["B1"].value == "1"
    with zipfile.ZipFile(path) as parts:
        assert all(b"password=" not in parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name)


@pytest.mark.parametrize(("form", "code"), KINDS)
def test_every_choice_and_reference_has_a_list_over_the_whole_column(tmp_path: Path, form: Workbook, code: str) -> None:
    book = load_workbook(_write(tmp_path, form, code))
    for sheet in form.sheets:
        rules = {str(rule.sqref): rule for rule in book[sheet.title].data_validations.dataValidation}
        for index, column in enumerate(sheet.columns, start=1):
            rule = rules.get(f"{get_column_letter(index)}{FIRST_ROW}:{get_column_letter(index)}1048576")
            if column.kind is Kind.CHOICE or column.refers:
                assert rule and rule.type == "list", column.name
                used = re.findall(r"DM_\w+", rule.formula1)
                assert used and set(used) <= set(book.defined_names), column.name
            elif column.kind in (Kind.DATE, Kind.INTEGER, Kind.NUMBER):
                assert rule, column.name


@pytest.mark.parametrize(("form", "code"), KINDS)
def test_formulas_use_functions_of_excel_2010_only(tmp_path: Path, form: Workbook, code: str) -> None:
    with zipfile.ZipFile(_write(tmp_path, form, code)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/") and ".xml" in name]
    formulas = [f for text in texts for f in re.findall(r"<(?:f|formula1|definedName)\b[^>]*>([^<]*)<", text)]
    assert len(formulas) > 10
    used = {name for formula in formulas for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", formula)}
    assert used <= EXCEL_2010
    assert not any("_xlfn" in formula for formula in formulas)


def test_unit_and_period_are_filled_in_and_codes_become_what_people_read(tmp_path: Path) -> None:
    award = {"proposal_code": "D1", "recipient": "CA_NHAN", "recipient_code": "CB001", "decided_on": date(2025, 12, 20)}
    rows = {"info": [{"prepared_on": date(2025, 12, 1)}], "staff": [STAFF], "awards": [award], "exemplars": []}
    book = load_workbook(_write(tmp_path, UNIT_REPORT, "V01", rows=rows))
    info = {row[0].value: row[1].value for row in book[INFO_TITLE].iter_rows() if row[0].value}
    assert (info["Mã đơn vị"], info["Năm"], info["Kỳ báo cáo"]) == ("V01", 2025, "Năm")
    assert info["Ngày lập"] == datetime(2025, 12, 1)
    assert (info["Không phát sinh: Điển hình"], info["Không phát sinh: Cán bộ"]) == ("x", None)
    staff = [cell.value for cell in book["Cán bộ"][FIRST_ROW]]
    assert staff[:3] == ["CB001", "Nguyễn Văn An", "Người trực tiếp công tác, lao động"]
    awards = [cell.value for cell in book["Khen thưởng"][FIRST_ROW]]
    assert awards[3] == "CB001 | Nguyễn Văn An"
    assert awards[16] == datetime(2025, 12, 20)
    assert book["Khen thưởng"].cell(FIRST_ROW, 17).number_format == "dd/mm/yyyy"


def test_a_fresh_unit_template_brings_own_proposal_codes_and_the_year(tmp_path: Path) -> None:
    page = load_workbook(_write(tmp_path, UNIT_REPORT, "V01"))["Khen thưởng"]
    assert [cell.value for cell in page[FIRST_ROW][:3]] == ["V01-2025-001", 2025, None]
    assert page.cell(FIRST_ROW + BLANK_ROWS, 1).value is None


def test_rows_below_those_filled_in_bring_codes_that_follow_the_highest_there(tmp_path: Path) -> None:
    award = {"achievement_year": 2025, "recipient": "CA_NHAN", "recipient_code": "CB001"}
    codes = ["V01-2025-001", "V01-2025-007", "QD-99"]
    rows = {"awards": [award | {"proposal_code": code} for code in codes]}
    page = load_workbook(_write(tmp_path, UNIT_REPORT, "V01", rows=rows))["Khen thưởng"]
    written = [tuple(cell.value for cell in row[:3]) for row in page.iter_rows(min_row=FIRST_ROW)]
    assert [code for code, _, _ in written[:3]] == codes
    assert written[3:] == [(f"V01-2025-{number:03d}", 2025, None) for number in range(8, 8 + BLANK_ROWS)]


def test_a_cluster_template_lists_its_members_of_the_period(tmp_path: Path) -> None:
    page = load_workbook(_write(tmp_path, CLUSTER_REPORT, "C01"))["Thành viên"]
    codes = [str(row[0].value).split(" | ")[0] for row in page.iter_rows(min_row=FIRST_ROW) if row[0].value]
    assert sorted(codes) == sorted(lists.members_on(REFERENCE, "C01", date(2025, 12, 15)))


def test_text_that_looks_like_a_formula_or_link_stays_text(tmp_path: Path) -> None:
    row = STAFF | {"full_name": "=1+1", "note": "http://vidu.vn"}
    page = load_workbook(_write(tmp_path, UNIT_REPORT, "V01", rows={"staff": [row]}))["Cán bộ"]
    assert (page.cell(FIRST_ROW, 2).value, page.cell(FIRST_ROW, 2).data_type) == ("=1+1", "s")
    assert page.cell(FIRST_ROW, 11).hyperlink is None


@pytest.mark.parametrize(("code", "period"), [("V99", "2025"), ("V01", "1999"), ("V07", "2025"), ("C01", "2025")])
def test_a_unit_or_period_that_does_not_exist_is_named(tmp_path: Path, code: str, period: str) -> None:
    with pytest.raises(Unknown):
        template.write(tmp_path / "x.xlsx", REFERENCE, UNIT_REPORT, code, period)


def test_a_long_stream_of_rows_is_written_without_holding_it(tmp_path: Path) -> None:
    stream = (STAFF | {"person_code": f"CB{number}"} for number in range(3000))
    page = load_workbook(_write(tmp_path, UNIT_REPORT, "V01", rows={"staff": stream}), read_only=True)["Cán bộ"]
    assert sum(1 for row in page.iter_rows(min_row=FIRST_ROW, max_col=1) if row[0].value) == 3000


PAGE, POINTS, LEAST = (
    1046,
    11,
    9,
)  # pixels (96 to the inch) of A4 between the margins; size of letters, and the least on paper


def _pages(widths: list[int], kept: int, scale: float) -> int:
    """Pages side by side, filled column by column, the first `kept` on each."""
    pixels = [(7 * width + 5) * scale for width in widths]
    pages, room = 1, PAGE - sum(pixels[:kept])
    for width in pixels[kept:]:
        if width > room:
            pages, room = pages + 1, PAGE - sum(pixels[:kept])
        room -= width
    return pages


@pytest.mark.parametrize(("form", "code"), KINDS)
def test_on_paper_letters_keep_nine_points_and_no_text_is_cut(tmp_path: Path, form: Workbook, code: str) -> None:
    book = load_workbook(_write(tmp_path, form, code))
    for sheet in form.sheets:
        page = book[sheet.title]
        assert (page.page_setup.paperSize, page.page_setup.orientation, page.sheet_properties.pageSetUpPr.fitToPage) == (9, "landscape", True)  # fmt: skip
        widths, kept = [column.width for column in sheet.columns], column_index_from_string(page.print_title_cols[-1])
        assert _pages(widths, kept, LEAST / POINTS) <= int(page.page_setup.fitToWidth or 1), sheet.title
        assert 9 * len(page["A1"].value) <= sum(7 * width + 5 for width in widths[:kept]), "cut where columns repeat"
        for row, letter in ((1, 7.5), (2, 6)):  # pixels of a letter, bold and italic
            [text] = [cell.value for cell in page[row][kept:] if cell.value]
            assert letter * len(text) <= PAGE - sum((7 * width + 5) for width in widths[:kept]), (sheet.title, text)
        assert page.oddFooter.left.text.startswith(f"{sheet.title} – ")


@pytest.mark.parametrize(("form", "code"), KINDS)
def test_there_is_room_to_sign_and_it_is_no_entry(tmp_path: Path, form: Workbook, code: str) -> None:
    path = _write(tmp_path, form, code)
    page = load_workbook(path)[INFO_TITLE]
    last = max(row[0].row for row in page.iter_rows() if row[0].value)
    signed = {cell.coordinate[0]: cell.value for row in page.iter_rows(min_row=last + 1) for cell in row if cell.value}
    assert set(signed) == {"B", "C"} and page.page_setup.fitToHeight in (None, 1)
    cells = reader.parse(path.read_bytes(), path.name, REFERENCE).cells.to_pylist()
    assert max(cell["excel_row"] for cell in cells if cell["sheet"] == INFO_TITLE) <= last


def test_a_row_is_as_high_as_its_longest_text_in_every_program(tmp_path: Path) -> None:
    rows = [
        {"target_code": "CT1", "content": "Hoàn thành đề án " * 12, "note": "x"},
        {"target_code": "CT2", "content": "Ngắn"},
        {"target_code": "CT3", "content": "Một\nhai\nba", "note": "y" * 20_000},
    ]
    path = _write(tmp_path, UNIT_REPORT, "V01", rows={"targets": rows})
    heights = load_workbook(path)["Chỉ tiêu"].row_dimensions
    assert heights[FIRST_ROW].height == 75 and heights[FIRST_ROW + 2].height == pytest.approx(409, abs=1)
    assert heights[FIRST_ROW + 1].height is None and heights[FIRST_ROW + 3].height is None
