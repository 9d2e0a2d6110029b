"""Workbooks as people send them: moved headers, totals, odd letters, numbers as text; and cascades that stay silent."""

import unicodedata
from datetime import date, datetime

import pytest
import xlsxwriter

from pipelines.contract.checks import Finding
from pipelines.contract.workbooks import CLUSTER_REPORT, INFO_TITLE, UNIT_REPORT
from pipelines.records.parsed import Parsed
from pipelines.submissions.fold import MOST_DIFFERENT, Problems, ranges
from pipelines.submissions.sheets.headers import find_header
from pipelines.submissions.values.dates import read_date
from pipelines.submissions.values.numbers import number_reader
from tests.support.workbooks.filled_books import CLUSTER_ROWS, UNIT_ROWS, Row, book, found, read

STAFF = UNIT_REPORT.sheets[0]
HEADERS = [column.header for column in STAFF.columns]
AN = ["CB001", "Nguyễn Văn An", "Người trực tiếp công tác, lao động", "", "", "", "", "Hoàn thành tốt nhiệm vụ"]


def values(parsed: Parsed, table: str, column: str) -> list[str | None]:
    rows = [c for c in parsed.cells.to_pylist() if (c["table_name"], c["column_name"]) == (table, column)]
    return [row["value"] for row in sorted(rows, key=lambda row: row["excel_row"])]


def codes(parsed: Parsed) -> list[tuple[str, str]]:
    return [(f.code, f.cell) for f in parsed.findings]


def staff_book(lines: list[list[object]]) -> bytes:
    """The good unit workbook with nobody proposed and a staff sheet laid out line by line."""
    cells = {("Cán bộ", xlsxwriter.utility.xl_rowcol_to_cell(3, i)): None for i in range(11)}
    cells |= {("Cán bộ", xlsxwriter.utility.xl_rowcol_to_cell(2, i)): None for i in range(11)}
    for at, line in enumerate(lines):
        for index, value in enumerate(line):
            cells[("Cán bộ", xlsxwriter.utility.xl_rowcol_to_cell(at, index))] = value  # type: ignore[assignment]
    teams = [{**UNIT_ROWS["collectives"][0], "headcount": 1}]
    return book(
        rows={"staff": [], "awards": [], "initiatives": [], "collectives": teams},
        cells={**cells, (INFO_TITLE, "B14"): None},
    )


def test_the_header_may_stand_lower_with_columns_in_any_order_and_a_number_column() -> None:
    order = [7, 1, 0, 2]
    lines: list[list[object]] = [["BÁO CÁO"], ["Năm 2025"], [], [], [], [], []]
    lines += [
        ["STT", *(HEADERS[i].upper() + " *" for i in order)],
        [1, *(AN[i] for i in order)],
        [],
        [2],
        [],
        [3, *(AN[i] for i in order[:1])],
    ]
    parsed = read(staff_book(lines))
    assert values(parsed, "staff", "person_code") == ["CB001"]
    assert values(parsed, "staff", "rating") == ["HTTNV", "HTTNV"]
    assert ("value.required", "C13") in codes(parsed) and ("value.required", "E13") in codes(parsed)
    assert not [f for f in parsed.findings if f.code in ("column.unknown", "header.missing")]


def test_a_header_merged_over_two_rows_is_read_whole() -> None:
    top = [*HEADERS[:5], "Thời gian", "", *HEADERS[7:]]
    below = ["", "", "", "", "", HEADERS[5], HEADERS[6]]
    parsed = read(staff_book([["Tiêu đề"], top, below, [*AN[:5], date(2025, 2, 1), date(2025, 6, 1), AN[7]]]))
    assert parsed.findings == ()
    assert values(parsed, "staff", "left_on") == ["2025-06-01"]
    header = find_header(
        [["x"], ["", "", "Nhóm chức vụ", "Mức xếp loại"], ["Mã cán bộ", "Họ và\ntên", "", "", "Ghi chú"]], STAFF
    )
    assert header and (header.row, header.last_row) == (3, 3)
    assert header.columns == {"person_code": 0, "full_name": 1, "note": 4, "position_group": 2, "rating": 3}


def test_total_rows_are_passed_over_and_names_that_look_like_totals_are_not() -> None:
    teams: list[Row] = [
        {"team_code": "P1", "team_name": "Tổng cục", "headcount": 1, "rating": "HTTNV"},
        {"team_code": "CONG", "team_name": "Tổng", "headcount": 2, "rating": "HTNV"},
        {"team_name": "TỔNG SỐ", "headcount": 7},
        {"team_code": "Tổng", "headcount": 7},
    ]
    parsed = read(book(rows={"collectives": teams}))
    assert values(parsed, "collectives", "team_code") == ["P1", "CONG"]
    assert codes(parsed) == [("row.total", "B6"), ("row.total", "A7")]


def test_letters_of_another_machine_are_the_same_letters() -> None:
    apart = unicodedata.normalize("NFD", "Hoàn thành tốt nhiệm vụ")
    name = unicodedata.normalize("NFD", "Trần Thị Bình")
    parsed = read(
        book(
            cells={
                ("Cán bộ", "H5"): apart,
                ("Cán bộ", "B5"): f"\u200b{name}\u00a0 ",
                ("Cán bộ", "D5"): "  Chuyên\nviên ",
            }
        )
    )
    assert codes(parsed) == [("text.cleaned", "B5")]
    assert values(parsed, "staff", "full_name")[1] == "Trần Thị Bình"
    assert values(parsed, "staff", "rating")[1] == "HTTNV"
    assert values(parsed, "staff", "job_title") == ["Chuyên viên"]
    [cell] = [c for c in parsed.cells.to_pylist() if c["column_name"] == "full_name" and c["excel_row"] == 5]
    assert cell["raw"] == f"\u200b{name}\u00a0 "


def test_cells_that_show_nothing_are_empty_and_make_no_row() -> None:
    blanks: dict[tuple[str, str], object] = {("Cán bộ", f"{letter}7"): "\u00a0 " for letter in "ABCH"}
    parsed = read(book(cells={**blanks, ("Cán bộ", "K4"): "\u200b"}))
    assert parsed.findings == () and values(parsed, "staff", "note") == []


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("28/02/2025", "2025-02-28", None),
        ("1/3/2025", "2025-03-01", None),
        ("2025-12-05", "2025-12-05", None),
        ("05-12-2025", "2025-12-05", None),
        (" 5.12.2025 ", "2025-12-05", None),
        ("31/12/2025 00:00:00", "2025-12-31", None),
        (datetime(2025, 5, 1, 8, 0), "2025-05-01", "date.time_dropped"),
        (date(2025, 5, 1), "2025-05-01", None),
        ("29/2/2025", None, "date.invalid"),
        ("13/13/2025", None, "date.invalid"),
        ("2025-02-31", None, "date.invalid"),
        ("5/12-2025", None, "date.invalid"),
        ("12/31/2025", None, "date.month_first"),
        ("1/2/25", None, "date.two_digit_year"),
        ("1/2/0025", None, "date.invalid"),
        (45678.0, None, "date.invalid"),
        ("tháng 5", None, "date.invalid"),
        ("", "", None),
    ],
)
def test_dates_are_read_day_first_and_never_guessed(cell: object, value: str | None, problem: str | None) -> None:
    typed = read_date(cell)
    assert (typed.value, [p.code for p in typed.problems]) == (value, [problem] if problem else [])


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        (7.0, "7", None),
        (0.1 + 0.2, "0.3", None),
        ("1.234,5", "1234.5", "number.as_text"),
        ("1.234", "1234", "number.as_text"),
        ("-3,25", "-3.25", "number.as_text"),
        ("85%", "0.85", "number.as_text"),
        ("12,5 %", "0.125", "number.as_text"),
        ("12.5", None, "number.invalid"),
        ("1,234.5", None, "number.invalid"),
        ("5 người", None, "number.invalid"),
        (float("nan"), None, "number.invalid"),
        (1e300, None, "number.too_large"),
        ("  ", "", None),
    ],
)
def test_numbers_are_real_or_written_the_vietnamese_way(cell: object, value: str | None, problem: str | None) -> None:
    typed = number_reader(False, None, None)(cell)
    assert (typed.value, [p.code for p in typed.problems]) == (value, [problem] if problem else [])


def test_a_choice_is_taken_by_label_code_synonym_and_before_a_bar() -> None:
    said = [
        "CSTĐCS",
        "chien sy thi dua co so",
        "CSTDCS",
        "CSTDCS | Chiến sĩ thi đua cơ sở",
        "  Chiến sĩ  Thi đua cơ sở ",
    ]
    failed = {**UNIT_ROWS["awards"][0], "result": "KHONG_DAT"}  # so it may be asked for again
    rows = [{**failed, "proposal_code": f"D{i}", "award": text} for i, text in enumerate(said)]
    parsed = read(book(rows={"awards": rows}))
    assert parsed.findings == () and values(parsed, "awards", "award") == ["CSTDCS"] * len(said)


def test_a_wrong_choice_or_code_gets_the_nearest_accepted_value() -> None:
    parsed = read(book(cells={("Cán bộ", "H5"): "Hoàn thành tốt nhiệm vị", ("Khen thưởng", "D5"): "P-1"}))
    assert found(parsed, "choice.unknown").params["nearest"] == "Hoàn thành tốt nhiệm vụ"
    parsed = read(book(CLUSTER_REPORT, cells={("Chấm điểm", "A4"): "T001"}))
    assert found(parsed, "reference.unit_unknown").params["nearest"] == "T01 | Ban Nội chính Thành ủy Hà Nội"
    parsed = read(book(cells={("Cán bộ", "H3"): "Mức xếp loai cuối năm", ("Cán bộ", "B3"): "Họ tên"}))
    near = {f.column: f.params.get("nearest") for f in parsed.findings if f.code == "column.missing"}
    assert near == {"Mức xếp loại": "Mức xếp loai cuối năm", "Họ và tên": "Họ tên"}


def test_codes_keep_their_zeros_where_the_file_shows_them() -> None:
    parsed = read(book(cells={("Cán bộ", "A6"): 7}), {"Cán bộ": {"shown": {"A6": "007", "F9": "01"}}})
    assert parsed.findings == () and values(parsed, "staff", "person_code")[2] == "007"
    [cell] = [c for c in parsed.cells.to_pylist() if c["value"] == "007"]
    assert cell["raw"] == "7"


def test_prefilled_rows_and_own_unit_as_a_collective_are_fine() -> None:
    own = {**UNIT_ROWS["awards"][1], "recipient_code": "V01 | Vụ 1 (mẫu)"}
    waiting = [{"proposal_code": f"V01-2025-{n:03d}", "achievement_year": 2025} for n in range(3, 20)]
    parsed = read(book(rows={"awards": [own, *waiting]}))
    assert parsed.findings == () and values(parsed, "awards", "proposal_code") == ["D2"]


def test_one_missing_thing_is_one_finding() -> None:
    for broken in ({"without": ["Tập thể"]}, {"named": {"Tập thể": "Phòng"}}):
        assert {c for c, _ in codes(read(book(**broken)))} <= {"sheet.missing", "sheet.unknown"}  # type: ignore[arg-type]
    assert codes(read(book(cells={("Sáng kiến", "A3"): None}))) == [("column.missing", "")]
    unknown = read(book(CLUSTER_REPORT, info={"cluster_code": "C99"}))
    assert codes(unknown) == [("info.cluster_unknown", "B6")]
    assert codes(read(book(info={"template_version": "2"}))) == [("workbook.newer_version", "")]
    assert codes(read(book(info={"year": "hai nghìn"}))) == [("number.invalid", "B8")]


def test_identical_problems_fold_and_endless_ones_end() -> None:
    rows = [
        {**UNIT_ROWS["staff"][0], "person_code": f"CB{i:03d}", "full_name": f"Tên {i}", "rating": "?"}
        for i in range(30)
    ]
    parsed = read(book(rows={"staff": rows, "awards": [], "initiatives": []}, cells={("Cán bộ", "H20"): "HTNV"}))
    finding = found(parsed, "choice.unknown")
    assert finding == Finding(
        "choice.unknown", finding.severity, "Cán bộ", "H4:H19, H21:H33", "Mức xếp loại", "?", 29, finding.params
    )
    assert ranges([4, 5, 9, 11, 12], "B") == "B4:B5, B9, B11:B12"
    problems = Problems()
    for row in range(4, 4 + MOST_DIFFERENT + 40):
        problems.add("date.invalid", "Cán bộ", 5, [row], "Ngày đến", f"ngày {row}")
    findings = problems.findings()
    assert len(findings) == MOST_DIFFERENT + 1
    assert (findings[-1].count, findings[-1].value) == (40, "…")


def test_a_marked_sheet_is_nothing_an_unmarked_one_unknown_and_a_history_is_short() -> None:
    parsed = read(book(rows={"targets": [], "exemplars": []}, cells={(INFO_TITLE, "B20"): None}))
    assert (parsed.sheets["targets"], parsed.sheets["exemplars"]) == ("none", "unknown")
    short = [s.title for s in UNIT_REPORT.sheets if s.key not in ("staff", "awards")]
    awards = [{**UNIT_ROWS["awards"][0], "initiative_code": None}]
    parsed = read(book(rows={"awards": awards}, info={"period_kind": "Lịch sử"}, without=short))
    assert parsed.findings == () and (parsed.period, parsed.sheets["targets"]) == ("2025", "unknown")
    assert read(book(info={"period_kind": "6 tháng"})).period == "2025H1"


def test_truth_values_and_errors_below_the_data_keep_their_place() -> None:
    parsed = read(
        book(cells={("Cán bộ", "K4"): True, ("Chỉ tiêu", "E4"): True}), {"Cán bộ": {"errors": {"H9": "#REF!"}}}
    )
    assert values(parsed, "staff", "note") == ["TRUE"]
    assert ("number.invalid", "E4") in codes(parsed) and ("cell.error", "H9") in codes(parsed)


def test_a_member_may_be_named_with_its_name() -> None:
    rows = [{**row, "unit_code": f"{row['unit_code']} | Ban Nội chính"} for row in CLUSTER_ROWS["cluster_members"]]
    parsed = read(book(CLUSTER_REPORT, rows={"cluster_members": rows}))
    assert parsed.findings == () and "T01" in values(parsed, "cluster_members", "unit_code")
