"""People listed without a staff code: given one for good, told to the clerk, and known again in the next workbook."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.contract.workbooks import PROBLEMS_SHEET
from pipelines.desk import Desk, Receipt, decisions, templates, words
from pipelines.submissions.copy.statements import statement
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import Version, current, frame
from tests.support import TESTER
from tests.support.workbooks import copies
from tests.support.workbooks.filled_books import Row, book
from tests.support.workbooks.other_formats import as_xls
from tests.warehouse.test_metric_cases import figure

ON = datetime(2026, 1, 5, 2, tzinfo=UTC)
STAFF = {"position_group": "TRUC_TIEP", "rating": "HTTNV"}
NOTHING: dict[str, list[Row]] = {
    key: [] for key in ("collectives", "targets", "campaigns", "initiatives", "awards", "exemplars")
}
AN, BINH, CUC = "Nguyễn Văn An", "Trần Thị Bình", "Lê Cúc"


def handed_in(
    desk: Desk, year: int, people: Sequence[tuple[str | None, str]], unit: str = "V01", **more: str
) -> Receipt:
    """A workbook whose staff list has these (code, name); nothing else happened. `more`: another value of a field."""
    staff = [
        {"person_code": c, "full_name": n, "position_group": "TRUC_TIEP", "rating": "HTTNV"} | more for c, n in people
    ]
    rows = {key: [] for key in ("collectives", "targets", "campaigns", "initiatives", "awards", "exemplars")}
    data = book(rows=rows | {"staff": staff}, info={"unit_code": unit, "unit_name": None, "year": year})
    return desk.accept(desk.check(data, f"{unit}.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)


def codes(receipt: Receipt) -> dict[str, str]:
    return {one.full_name: one.person_code for one in receipt.checked.issued}


def told(receipt: Receipt) -> list[tuple[str, str]]:
    return [(one.code, one.cell) for one in receipt.checked.stored]


def in_figures(version: Version, period: str) -> list[tuple[str, str]]:
    sql = "SELECT person_code, full_name FROM people.staff WHERE period = $period ORDER BY excel_row"
    return [tuple(row) for row in frame(version, sees_all(), sql, {"period": period}).to_numpy().tolist()]


def test_who_has_no_code_gets_one_that_stays_through_corrections_and_rebuilds(desk: Desk) -> None:
    first = handed_in(desk, 2025, [("A1", AN), (None, BINH), (None, CUC)])
    assert (first.checked.status, told(first)) == ("accepted", [("staff.code_issued", "A5:A6")])
    given = codes(first)
    assert set(given) == {BINH, CUC} and all(code.startswith("V01-") for code in given.values())
    again = handed_in(desk, 2025, [("A1", AN), (None, CUC), (None, BINH)], rating="HTNV")
    assert codes(again) == given
    decisions.withdraw(desk.home, TESTER, again.receipt_no, "Gửi nhầm")
    assert codes(handed_in(desk, 2025, [(None, BINH), ("A1", AN)])) == {BINH: given[BINH]}
    version = publish(desk.home, interval=0)
    assert in_figures(version, "2025") == [(given[BINH], BINH), ("A1", AN)]
    assert in_figures(publish(desk.home, fresh=True, interval=0), "2025") == in_figures(version, "2025")


def test_namesakes_are_told_apart_and_a_code_is_never_given_twice(desk: Desk) -> None:
    first = handed_in(desk, 2025, [(None, AN), (None, AN)])
    two = [one.person_code for one in first.checked.issued]
    assert len(set(two)) == 2
    left = handed_in(desk, 2025, [(two[0], AN), (None, AN)])  # the clerk wrote one of them down
    assert [one.person_code for one in left.checked.issued] == two[1:]
    decisions.withdraw(desk.home, TESTER, left.receipt_no, "Nhầm")
    decisions.withdraw(desk.home, TESTER, first.receipt_no, "Nhầm")
    other = handed_in(desk, 2024, [(None, AN)])  # nobody's list has the name now, yet both codes stay theirs
    assert set(codes(other).values()).isdisjoint(two)


@pytest.mark.parametrize("built", [False, True])
def test_the_same_person_without_a_code_next_year_is_not_a_new_one_and_the_clerk_is_asked(
    desk: Desk, built: bool
) -> None:
    before = codes(handed_in(desk, 2024, [("A1", AN), (None, BINH)]))
    if built:
        publish(desk.home, interval=0)
    after = handed_in(desk, 2025, [(None, AN), (None, BINH), (None, CUC)])
    assert codes(after) | {CUC: ""} == {AN: "A1", BINH: before[BINH], CUC: ""}
    assert told(after) == [
        ("staff.code_taken_over", "A4"),
        ("staff.code_taken_over", "A5"),
        ("staff.code_issued", "A6"),
    ]
    assert (after.checked.status, after.checked.stored[0].params["issued"]) == ("accepted_with_warnings", "A1")
    version = publish(desk.home, interval=0)
    keys = "SELECT count(DISTINCT person_key) FROM people.people"
    assert frame(version, sees_all(), keys).iloc[0, 0] == 3
    assert figure(version, "leader_staff_share", "V01", "2025") == (0, 3)


def test_a_name_known_in_another_unit_or_twice_is_asked_about_and_gets_a_new_code(desk: Desk) -> None:
    handed_in(desk, 2024, [("B1", AN), ("B2", BINH)], "V02")
    handed_in(desk, 2024, [("A1", CUC), ("A2", CUC)])
    receipt = handed_in(desk, 2025, [(None, AN), (None, CUC)])
    assert [(one.code, one.params["known"]) for one in receipt.checked.stored] == [
        ("staff.code_new", "B1"), ("staff.code_new", "A1, A2"),
    ]  # fmt: skip
    assert set(codes(receipt).values()).isdisjoint({"A1", "A2", "B1", "B2"})


def test_a_returned_list_has_its_codes_too_so_that_awards_can_name_them(desk: Desk) -> None:
    wrong = handed_in(desk, 2025, [(None, AN)], rating="Rất tốt")
    assert wrong.checked.status == "returned"
    [code] = codes(wrong).values()
    assert codes(handed_in(desk, 2025, [(None, AN)])) == {AN: code}


def test_the_next_template_carries_the_codes(desk: Desk) -> None:
    given = codes(handed_in(desk, 2024, [(None, AN)]))
    publish(desk.home, interval=0)
    reference = lists.load(desk.home.reference)
    who = next(one for one in templates.reporters(reference, "2025") if one.code == "V01")
    rows = templates.starting_rows(reference, who, "2025", current(desk.home), sees_all())
    assert [(row["person_code"], row["full_name"]) for row in rows["staff"]] == [(given[AN], AN)]


def test_the_clerk_finds_the_codes_in_the_own_workbook_and_sends_it_again_as_it_is(desk: Desk) -> None:
    first = handed_in(desk, 2025, [("A1", AN), (None, BINH), (None, CUC)])
    assert first.copy is not None and "2 người" in "".join(
        words.receipt_lines(first, lists.load(desk.home.reference), "vi")
    )
    sheet = openpyxl.load_workbook(first.copy)["Cán bộ"]
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in (4, 5, 6)] == [
        ("A1", AN), (codes(first)[BINH], BINH), (codes(first)[CUC], CUC),
    ]  # fmt: skip
    again = desk.check(first.copy.read_bytes(), "V01.xlsx", sees_all(), ON.date())
    assert (again.status, again.version, again.findings, again.issued) == ("accepted", 2, (), ())
    assert desk.changes(again, sees_all()).empty


def test_a_copy_that_a_crash_kept_from_being_written_comes_with_the_same_file(desk: Desk) -> None:
    first = handed_in(desk, 2025, [(None, BINH)])
    assert first.copy is not None

    def again() -> Receipt:
        return desk.accept(desk.check(first.checked.data, "V01.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)

    assert again().copy is None
    first.copy.unlink()
    made = again()
    assert (made.checked.status, made.copy) == ("unchanged", first.copy)
    assert openpyxl.load_workbook(first.copy)["Cán bộ"]["A4"].value == codes(first)[BINH]


def test_whatever_the_format_the_codes_come_back_in_a_file_and_a_check_claims_none(desk: Desk) -> None:
    data = as_xls(book(rows=NOTHING | {"staff": [STAFF | {"person_code": None, "full_name": BINH}]}))
    checked = desk.check(data, "V01.xls", sees_all(), ON.date())
    [note] = [one for one in checked.stored if one.code == "staff.code_issued"]
    assert "khi nhận báo cáo" in statement(note, "vi")[0]
    receipt = desk.accept(checked, TESTER, received_at=ON)
    assert receipt.copy is not None
    cells = [cell for row in openpyxl.load_workbook(receipt.copy).active.iter_rows(values_only=True) for cell in row]
    assert codes(receipt)[BINH] in cells


@pytest.mark.parametrize("way", ["no column", "no cell"])
def test_codes_that_cannot_be_written_are_listed(desk: Desk, tmp_path: Path, way: str) -> None:
    data = book(rows=NOTHING | {"staff": [STAFF | {"full_name": BINH}]}, info={"prepared_on": None})
    if way == "no column":
        table = openpyxl.load_workbook(BytesIO(data))
        table["Cán bộ"].delete_cols(1)
        memory = BytesIO()
        table.save(memory)
        data = memory.getvalue()
    checked = desk.check(data, "a.xlsx", sees_all(), ON.date())
    code = checked.issued[0].person_code
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(data)
    there = checked.codes if way == "no column" else [replace(checked.codes[0], cell="B4")]
    copies.write(source, target, checked.findings, codes=there)
    told = [row for row in openpyxl.load_workbook(target)[PROBLEMS_SHEET].iter_rows(values_only=True) if code in row]
    assert len(told) == 1 and BINH in str(told[0])
    assert openpyxl.load_workbook(target)["Cán bộ"]["B4"].value in (
        BINH,
        "Nhóm chức vụ",
        "Người trực tiếp công tác, lao động",
        "TRUC_TIEP",
    )
