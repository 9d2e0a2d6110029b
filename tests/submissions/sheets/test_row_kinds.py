"""Notes, titles of sections, totals and second headers among the rows of every sheet: told once, never read, never a
cascade.
"""

import pytest
import xlsxwriter

from pipelines.contract.shape import Kind, Sheet, Workbook
from pipelines.contract.workbooks import UNIT_REPORT, WORKBOOKS
from pipelines.records.parsed import Parsed
from pipelines.submissions.sheets.row_words import are_column_numbers, is_code, is_note, is_total
from tests.support.workbooks.filled_books import ROWS, book, found, read

SHEETS = [
    pytest.param(form, sheet, id=f"{form.code}-{sheet.key}") for form in WORKBOOKS.values() for sheet in form.sheets
]
STAFF = UNIT_REPORT.sheets[0]


def after_the_rows(form: Workbook, sheet: Sheet, texts: list[object]) -> Parsed:
    row = 4 + len(ROWS[form.code][sheet.key])
    return read(book(form, cells={(sheet.title, f"{'ABCDE'[i]}{row}"): text for i, text in enumerate(texts)}))


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["Ghi chú: số liệu tính đến 30/11/2025"], "row.note"),
        (["", "(*) Ghi chú: chưa tính người mới về"], "row.note"),
        (["Tổng cộng: 19 người"], "row.total"),
        (["", "Cộng: 12"], "row.total"),
        (["Tổng số cán bộ: 12"], "row.total"),
        (["TỔNG CỘNG"], "row.total"),
        (["Cộng"], "row.total"),
        (["Tổng:"], "row.total"),
        (["I", "KHỐI THAM MƯU TỔNG HỢP"], "row.note"),
        (["B.", "Khối phục vụ"], "row.note"),
        (["TỔNG CỘNG:", 19], "row.total"),
        (["Tổng", "19"], "row.total"),
        (["Cộng phòng Tổng hợp: 5 người"], "row.total"),
        (["Tổng số cán bộ, công chức: 19"], "row.total"),
        (["TM. TẬP THỂ LÃNH ĐẠO"], "row.signature"),
        (["II. KHỐI NGHIỆP VỤ"], "row.note"),
    ],
    ids=str,
)
def test_such_a_line_is_one_note_in_every_sheet(form: Workbook, sheet: Sheet, texts: list[object], code: str) -> None:
    parsed, plain = after_the_rows(form, sheet, texts), read(book(form))
    assert [f.code for f in parsed.findings] == [code]
    assert parsed.cells.equals(plain.cells)


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
def test_words_that_may_be_either_are_one_question(form: Workbook, sheet: Sheet) -> None:
    parsed = after_the_rows(form, sheet, ["Các đồng chí nghỉ hưu không tính vào danh sách này"])
    assert [f.code for f in parsed.findings] == ["row.unclear"]


@pytest.mark.parametrize(
    "texts", [["I", "LÃNH ĐẠO VỤ"], ["", "CHUYÊN VIÊN"], ["", "A. Phòng Tổng hợp"], ["", "- Văn phòng: 3 người"]]
)
def test_titles_among_people(texts: list[object]) -> None:
    assert [f.code for f in after_the_rows(UNIT_REPORT, STAFF, texts).findings] == ["row.note"]


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
@pytest.mark.parametrize("texts", [["Trong đó:", "Nữ"], ["Nơi nhận:"], ["Hết"], ["", "", 19]])
def test_a_cell_or_two_of_a_row_are_one_question_not_one_a_column(
    form: Workbook, sheet: Sheet, texts: list[object]
) -> None:
    assert len(after_the_rows(form, sheet, texts).findings) <= 2


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
def test_a_row_that_has_its_code_is_asked_for_what_is_missing(form: Workbook, sheet: Sheet) -> None:
    codes = [at for at, c in enumerate(sheet.columns) if c.kind is Kind.CODE and not c.prefilled]
    code = next((at for at in codes if sheet.columns[at].required), codes[0])
    written: list[object] = ["T01 | Ban Nội chính" if sheet.columns[code].refers else "CT09"]
    errors = {f.code for f in after_the_rows(form, sheet, [""] * code + written).findings if f.severity == "error"}
    assert "value.required" in errors and "row.unclear" not in errors


@pytest.mark.parametrize("number", ["1.1", "2", 3, "4."])
def test_an_office_with_a_number_before_it_is_a_title_among_people(number: object) -> None:
    assert [f.code for f in after_the_rows(UNIT_REPORT, STAFF, [number, "Phòng Tổng hợp"]).findings] == ["row.note"]
    found_codes = {f.code for f in after_the_rows(UNIT_REPORT, STAFF, [number, "Nguyễn Văn Bính"]).findings}
    assert found_codes >= {"value.required"}


@pytest.mark.parametrize("texts", [["I", "NGUYỄN VĂN BÍNH"], ["", "A. Nguyễn Văn Bính"]])
def test_a_name_with_a_number_of_a_section_is_asked_about(texts: list[object]) -> None:
    assert [f.code for f in after_the_rows(UNIT_REPORT, STAFF, texts).findings] == ["row.unclear"]


@pytest.mark.parametrize(
    "name", ["Tổng", "Cộng", "Tống Phong", "Ghi Chú", "Lãnh Đạo", "Phòng", "I", "Trưởng phòng", "Tổng cộng: 2"]
)
@pytest.mark.parametrize("code", ["CB9", None])
def test_a_person_with_everything_required_is_data_whatever_the_name(name: str, code: str | None) -> None:
    row = {"person_code": code, "full_name": name, "position_group": "TRUC_TIEP", "rating": "HTTNV"}
    parsed = read(book(rows={"staff": [*ROWS["BaoCaoDonVi"]["staff"], row]}))
    assert not {"row.total", "row.note", "row.unclear"} & {f.code for f in parsed.findings}
    assert name in parsed.cells["value"].to_pylist()


def test_an_unfinished_person_is_asked_for_what_is_missing() -> None:
    for name in ("Nguyễn Văn Bính", "Tống Phong", "Y Moan", "Vũ Ban"):
        parsed = after_the_rows(UNIT_REPORT, STAFF, ["", name])
        assert {f.code for f in parsed.findings} == {"value.required"} and name in parsed.cells["value"].to_pylist()


def test_a_note_goes_on_in_the_lines_below_it() -> None:
    cells = {
        ("Cán bộ", "A8"): "Ghi chú:",
        ("Cán bộ", "A9"): "Đồng chí An nghỉ từ tháng 5",
        ("Cán bộ", "A10"): "+ Đồng chí Bình đi học",
    }
    assert found(read(book(cells=cells)), "row.note").cell == "A8:A10"


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
def test_the_header_once_more_is_a_note_and_the_rows_below_it_are_read(form: Workbook, sheet: Sheet) -> None:
    rows = ROWS[form.code][sheet.key]
    row = 4 + len(rows)
    again = {
        (sheet.title, xlsxwriter.utility.xl_rowcol_to_cell(row - 1, i)): c.header for i, c in enumerate(sheet.columns)
    }
    parsed = read(
        book(form, rows={sheet.key: rows[:1]}, cells={**again, (sheet.title, f"A{row - 1}"): "Trang 2 của bảng"})
    )
    notes = [f for f in parsed.findings if f.code == "row.note"]
    assert [f.sheet for f in notes] == [sheet.title]
    assert not {"choice.unknown", "number.invalid", "date.invalid", "row.unclear"} & {f.code for f in parsed.findings}


def test_a_second_table_below_the_first_is_an_error_that_counts_its_rows() -> None:
    teams = UNIT_REPORT.sheets[1]
    cells: dict[tuple[str, str], object] = {("Cán bộ", f"{'ABCD'[i]}9"): c.header for i, c in enumerate(teams.columns)}
    for row in (10, 12):
        cells |= {("Cán bộ", f"{'ABCD'[i]}{row}"): value for i, value in enumerate(("P2", "Phòng 2", 4, "HTTNV"))}
    finding = found(read(book(cells=cells)), "header.second")
    assert (finding.cell, finding.params) == ("A9", {"title": "Tập thể", "rows": "2"})
    other_order = [STAFF.columns[i].header for i in (1, 0, 7, 2)]
    cells = {("Cán bộ", f"{'ABCD'[i]}9"): header for i, header in enumerate(other_order)}
    finding = found(read(book(cells={**cells, ("Cán bộ", "A10"): "Lê An"})), "header.second")
    assert (finding.params["title"], finding.params["rows"]) == ("Cán bộ", "1")


@pytest.mark.parametrize(("form", "sheet"), SHEETS)
def test_numbers_of_columns_below_the_header_are_a_note(form: Workbook, sheet: Sheet) -> None:
    numbers = {
        (sheet.title, xlsxwriter.utility.xl_rowcol_to_cell(3, i)): f"({i + 1})" for i in range(len(sheet.columns))
    }
    rows = [{}, *ROWS[form.code][sheet.key]]
    parsed = read(book(form, rows={sheet.key: rows}, cells=numbers))
    assert [f.code for f in parsed.findings] == ["row.note"]


def test_words_of_totals_notes_and_column_numbers() -> None:
    totals = [
        "Tổng cộng",
        "Cộng:",
        "Tổng số: 19 người, trong đó 5 nữ",
        "TONG CONG: 19 nguoi",
        "Cộng mục I",
        "Tổng (A)",
        "tổng số cán bộ = 3",
        "Cộng Vụ Tổng hợp, Vụ Kế hoạch: 31",
    ]
    names = [
        "Tổng cục",
        "Tống Phong",
        "Tống Công Số",
        "Cộng đồng",
        "Cộng đồng: 3",
        "Tổng hợp: 3",
        "Công",
        "Phòng Tổng hợp",
        "Tổng công ty 2",
    ]
    assert [text for text in totals if not is_total(text)] == [] and [text for text in names if is_total(text)] == []
    assert is_note("* Ghi chú (1): x") and not is_note("Nguồn lực") and not is_note("Lưu ý nghiệp vụ")
    assert are_column_numbers(["A", "B", 1.0, 2.0]) and not are_column_numbers([1.0, 5.0, 9.0])
    assert {column.kind for column in STAFF.columns} > {Kind.CHOICE}


@pytest.mark.parametrize(
    ("cell", "told"),
    [("V01-CB001", True), ("T04", True), ("T01 | Ban Nội chính Tỉnh ủy", True), ("019", False), ("1.1", False), ("Nơi nhận:", False), ("Tổ 1", False), (12, False)],
)  # fmt: skip
def test_a_code_is_one_word_with_a_digit_that_counts_nothing(cell: object, told: bool) -> None:
    assert is_code(cell) is told
