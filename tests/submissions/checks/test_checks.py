"""Every check by its code: a workbook broken in just that way says so, at that cell, in sentences of both languages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from string import Formatter
from typing import Any

import pytest

from pipelines.contract.checks import CHECKS, Finding
from pipelines.contract.shape import Sheet
from pipelines.contract.sheets import campaigns
from pipelines.contract.workbooks import CLUSTER_REPORT, INFO_TITLE, LIST_SHEET, PROBLEMS_SHEET, UNIT_REPORT
from pipelines.submissions.checks import references
from pipelines.submissions.checks.known import ClusterCount, Known, check_stored
from pipelines.submissions.copy.statements import statement
from pipelines.submissions.issuing import issue
from pipelines.submissions.sheets.information import Information
from pipelines.submissions.sheets.page import Page, Sink
from pipelines.submissions.sheets.submission import Submission
from pipelines.submissions.values import codes, dates, numbers
from pipelines.submissions.values.cleaning import name_key
from pipelines.submissions.values.directory import Listed
from pipelines.texts import catalogue
from tests.support.workbooks.filled_books import CLUSTER_ROWS, REFERENCE, UNIT_ROWS, book, found, read

STAFF, AWARDS, CAMPAIGNS, MEMBERS, SCORES = "Cán bộ", "Khen thưởng", "Phong trào", "Thành viên", "Chấm điểm"
TEAM_HEADERS = ("Mã tập thể", "Tên tập thể", "Số người", "Mức xếp loại")
ON = date(2025, 12, 10)
SHORT_CATALOGUE = replace(
    REFERENCE,
    award_catalogue=tuple(
        replace(a, valid_to=date(2022, 12, 31)) if a.award == "TTLDTT" else a for a in REFERENCE.award_catalogue
    ),
)


def unit(sheet: str, address: str, value: object) -> dict[str, Any]:
    return {"cells": {(sheet, address): value}}


def cluster(sheet: str, address: str, value: object) -> dict[str, Any]:
    return {"form": CLUSTER_REPORT, "cells": {(sheet, address): value}}


def awarded(number: int, group: str = "") -> dict[str, object]:
    """A row of a cluster's awards: so many of T01, which has ten people and three leaders."""
    return {
        **CLUSTER_ROWS["cluster_awards"][0],
        "position_group": group,
        "proposed_count": number,
        "awarded_count": number,
    }


def scan(title: str, **fields: object) -> dict[str, Any]:
    return {"scans": {title: fields}}


# code -> (how the good workbook is broken, sheet and cell of the finding)
BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "workbook.newer_version": ({"info": {"template_version": "99"}}, "", ""),
    "sheet.missing": ({"without": ["Chỉ tiêu"]}, "Chỉ tiêu", ""),
    "sheet.duplicate": ({"more": ["2. Cán bộ"]}, "2. Cán bộ", ""),
    "sheet.unknown": ({"more": ["Nháp"]}, "Nháp", ""),
    "sheet.hidden": (scan(STAFF, visibility="hidden"), STAFF, ""),
    "sheet.cells_differ": (scan(STAFF, cell_count=9), STAFF, ""),
    "sheet.empty_unmarked": ({"rows": {"targets": []}, **unit(INFO_TITLE, "B16", None)}, "Chỉ tiêu", ""),
    "sheet.marked_but_filled": (unit(INFO_TITLE, "B14", "x"), INFO_TITLE, "B14"),
    "header.missing": ({"cells": {(STAFF, f"{letter}3"): "?" for letter in "ABCDEFGHIJK"}}, STAFF, ""),
    "column.missing": (unit(STAFF, "H3", "?"), STAFF, ""),
    "column.optional_missing": (unit(STAFF, "K3", None), STAFF, ""),
    "column.duplicate": (unit(STAFF, "L3", "Họ và tên"), STAFF, "L3"),
    "column.unknown": (unit(STAFF, "L3", "Quê quán"), STAFF, "L3"),
    "header.astray": ({"cells": {(STAFF, "K3"): None, (STAFF, "K4"): "Ghi chú"}}, STAFF, "K4"),
    "header.rows_above": ({"cells": dict(zip(((STAFF, f"{c}2") for c in "BCH"), ("Lê An", "LD_VU", "HTTNV"), strict=True))}, STAFF, "B2"),
    "header.second": ({"cells": dict(zip(((STAFF, f"{c}9") for c in "BCDE"), TEAM_HEADERS, strict=True))}, STAFF, "B9"),
    "row.total": (unit("Tập thể", "A5", "Tổng cộng"), "Tập thể", "A5"),
    "row.note": (unit("Tập thể", "A5", "Ghi chú: tính đến 30/11"), "Tập thể", "A5"),
    "row.unclear": (unit(STAFF, "A7", "Các đồng chí mới về"), STAFF, "A7"),
    "row.signature": (unit("Tập thể", "B7", "Thủ trưởng đơn vị"), "Tập thể", "B7"),
    "row.struck_out": (scan(STAFF, struck=frozenset({"A5", "B5", "C5", "H5"})), STAFF, "A5"),
    "cell.struck_out": (scan(STAFF, struck=frozenset({"B5", "N5", "B1"})), STAFF, "B5"),
    "cell.partly_struck_out": (scan(STAFF, partly_struck=frozenset({"B5", "N5", "B1"})), STAFF, "B5"),
    "cell.unseen": (scan(STAFF, unseen=frozenset({"B5", "N5", "B1"})), STAFF, "B5"),
    "sheet.struck_by_rule": (scan(STAFF, struck_rules=("A1:Z90", "N1:N9", "A1:K3")), STAFF, "A3"),
    "column.hidden": (scan(STAFF, hidden_columns=frozenset("HJ")), STAFF, "H3"),
    "row.hidden": (scan(STAFF, hidden_rows=frozenset({5, 90})), STAFF, "A5"),
    "cell.error": (scan(STAFF, errors={"K5": "#N/A"}), STAFF, "K5"),
    "cell.formula_without_value": (scan(STAFF, uncached={"K5": "=A1"}), STAFF, "K5"),
    "cell.unreadable": (scan(STAFF, unreadable={"K5": "?"}), STAFF, "K5"),
    "cell.duplicate_address": (scan(STAFF, duplicates=("B5",)), STAFF, "B5"),
    "cell.merged": (scan(STAFF, merged=("C4:C5", "A1:K1")), STAFF, "C4:C5"),
    "value.required": (unit(STAFF, "B5", None), STAFF, "B5"),
    "text.cleaned": (unit(STAFF, "B5", "Trần\u00a0Thị Bình"), STAFF, "B5"),
    "text.too_long": (unit(STAFF, "K5", "x" * 5001), STAFF, "K5"),
    "text.legacy_encoding": (unit(STAFF, "B5", "TrÇn ThÞ B×nh"), STAFF, "B5"),
    "date.invalid": (unit(AWARDS, "Q4", "31/2/2025"), AWARDS, "Q4"),
    "date.two_digit_year": (unit(AWARDS, "Q4", "20/12/25"), AWARDS, "Q4"),
    "date.month_first": (unit(AWARDS, "Q4", "12/20/2025"), AWARDS, "Q4"),
    "date.time_dropped": (unit(AWARDS, "Q4", datetime(2025, 12, 20, 9, 30)), AWARDS, "Q4"),
    "date.outside_year": (unit(AWARDS, "H4", date(2024, 3, 14)), AWARDS, "H4"),
    "date.suspect": (unit(CAMPAIGNS, "F4", date(2025, 1, 12)), CAMPAIGNS, "F4"),
    "number.invalid": (unit("Chỉ tiêu", "E4", "năm"), "Chỉ tiêu", "E4"),
    "number.not_whole": (unit(AWARDS, "L4", 9.5), AWARDS, "L4"),
    "number.too_small": (unit(AWARDS, "K4", -1), AWARDS, "K4"),
    "number.too_large": (unit(AWARDS, "B5", 2500), AWARDS, "B5"),
    "number.as_text": (unit("Chỉ tiêu", "E4", "1.234,5"), "Chỉ tiêu", "E4"),
    "choice.unknown": (unit(STAFF, "H5", "Hoàn thành rất tốt"), STAFF, "H5"),
    "code.invalid": (unit(STAFF, "A5", "001234567890"), STAFF, "A5"),
    "code.as_number": (unit(STAFF, "A5", 7), STAFF, "A5"),
    "code.spelling": (unit(STAFF, "A5", "cb–002"), STAFF, "A5"),
    "info.unit_unknown": ({"info": {"unit_code": "VX1"}}, INFO_TITLE, "B6"),
    "info.cluster_unknown": ({"form": CLUSTER_REPORT, "info": {"cluster_code": "C77"}}, INFO_TITLE, "B6"),
    "info.unit_not_in_year": ({"info": {"unit_code": "V07", "unit_name": None}}, INFO_TITLE, "B6"),
    "info.reports_by_cluster": ({"info": {"unit_code": "T01", "unit_name": None}}, INFO_TITLE, "B6"),
    "info.year_invalid": ({"info": {"year": 2099}}, INFO_TITLE, "B8"),
    "info.version_unknown": ({"info": {"template_version": "0"}}, INFO_TITLE, "B5"),
    "info.name_differs": ({"info": {"unit_name": "Vụ khác"}}, INFO_TITLE, "B7"),
    "key.duplicate": (unit(STAFF, "A6", "CB001"), STAFF, "A6"),
    "reference.unit_unknown": (cluster(SCORES, "A4", "T999"), SCORES, "A4"),
    "reference.not_a_member": (cluster(SCORES, "A4", "T42"), SCORES, "A4"),
    "reference.team_unknown": (unit(AWARDS, "D5", "P9"), AWARDS, "D5"),
    "reference.initiative_unknown": (unit(AWARDS, "I4", "SK9"), AWARDS, "I4"),
    "reference.recipient_swapped": (unit(AWARDS, "D5", "CB001"), AWARDS, "D5"),
    "award.recipient_kind": (unit(AWARDS, "E5", "CSTĐCS"), AWARDS, "E5"),
    "award.not_in_force": ({"reference": SHORT_CATALOGUE}, AWARDS, "E5"),
    "award.decision_missing": (unit(AWARDS, "P4", None), AWARDS, "P4"),
    "award.year_differs": (unit(AWARDS, "B5", 2024), AWARDS, "B5"),
    "staff.same_name": (unit(STAFF, "B6", "nguyễn  văn an"), STAFF, "B6"),
    "staff.discipline_undated": (unit(STAFF, "I5", "Khiển trách"), STAFF, "J5"),
    "staff.not_in_period": (unit(STAFF, "G5", date(2024, 6, 30)), STAFF, "G5"),
    "order.dates": (unit(CAMPAIGNS, "F4", date(2025, 1, 14)), CAMPAIGNS, "F4"),
    "order.council": (unit(AWARDS, "N4", date(2025, 11, 18)), AWARDS, "N4"),
    "count.too_large": (cluster(MEMBERS, "D5", 11), MEMBERS, "D5"),
    "count.sum": (cluster(MEMBERS, "E5", 1), MEMBERS, "C5"),
    "score.above_maximum": (cluster(SCORES, "F4", 61), SCORES, "F4"),
    "score.sign": (cluster(SCORES, "D4", "Trừ"), SCORES, "F4"),
    "number.divided": (scan("Chỉ tiêu", shown={"E4": "0,005 × 1000"}), "Chỉ tiêu", "E4"),
    "number.scale_unclear": (unit("Chỉ tiêu", "F4", "96%"), "Chỉ tiêu", "F4"),
    "text.turned": (unit(AWARDS, "P4", date(2025, 12, 1)), AWARDS, "P4"),
    "code.turned": (unit(STAFF, "A6", date(2025, 4, 3)), STAFF, "A6"),
    "score.criterion_differs": (
        {"form": CLUSTER_REPORT, "rows": {"cluster_scores": [{**CLUSTER_ROWS["cluster_scores"][0], "unit_code": code, "max_score": most}
                                                             for code, most in (("T01", 60), ("T04", 60), ("T11", 65))]}},
        SCORES, "E6",
    ),
    "count.above_people": ({"form": CLUSTER_REPORT, "rows": {"cluster_awards": [awarded(11)]}}, AWARDS, "G4"),
    "count.far_above_people": ({"form": CLUSTER_REPORT, "rows": {"cluster_awards": [awarded(240, "LD_VU")]}}, AWARDS, "G4"),
    "award.repeated": (
        {"rows": {"awards": [UNIT_ROWS["awards"][0], {**UNIT_ROWS["awards"][0], "proposal_code": "D9"}]}}, AWARDS, "E5",
    ),
    "initiative.other_year": (unit("Sáng kiến", "E4", date(2024, 12, 30)), "Sáng kiến", "E4"),
    "initiative.used_before": (
        {"rows": {"awards": [UNIT_ROWS["awards"][0], {**UNIT_ROWS["awards"][0], "proposal_code": "D9", "achievement_year": 2024,
                                                       "achieved_on": None}]}},
        AWARDS, "I5",
    ),
    "member.second_head": (
        {"form": CLUSTER_REPORT, "cells": {(MEMBERS, "B4"): "Cụm trưởng", (MEMBERS, "B6"): "Cụm trưởng"}}, MEMBERS, "B6",
    ),
    "member.missing": ({"form": CLUSTER_REPORT, "rows": {"cluster_members": CLUSTER_ROWS["cluster_members"][1:]}}, MEMBERS, ""),
}  # fmt: skip
# code -> (workbook, what is stored, day received, sheet, cell)
STORED: dict[str, tuple[dict[str, Any], Known, date, str, str]] = {
    "period.not_open": ({}, Known(), date(2024, 12, 31), INFO_TITLE, "B8"),
    "period.closed": ({}, Known(closed_periods=frozenset({"2025"})), ON, INFO_TITLE, "B8"),
    "reference.person_unknown": (unit(AWARDS, "D4", "CB1"), Known(), ON, AWARDS, "D4"),
    "reference.person_from_earlier_year": (unit(AWARDS, "D4", "CB9"), Known(Listed({"CB9": "Hà"})), ON, AWARDS, "D4"),
    "staff.name_differs": ({}, Known(Listed({"CB001": "Nguyễn Văn Ân"})), ON, STAFF, "B4"),
    "member.differs_from_own": (
        {"form": CLUSTER_REPORT}, Known(own_counts={"T04": {"staff_count": 12}}), ON, MEMBERS, "C5",
    ),
}  # fmt: skip
ELSEWHERE = {
    "workbook.not_ours",
    "workbook.list_alone",
    "workbook.macro",
    "workbook.external_link",
    "date.outside_period",
}
ELSEWHERE |= {code for code in CHECKS if code.startswith("staff.code_")}  # tests/desk/test_issued_codes.py
ELSEWHERE |= {"sheet.rows_unread", "sheet.same_rows"}  # tests/submissions/sheets/test_other_sheets.py
ELSEWHERE |= {"sheet.too_wide"}  # tests/submissions/guard/test_far_cells.py
ELSEWHERE |= {
    "info.labels_missing",
    "info.values_missing",
    "info.label_twice",
}  # tests/submissions/sheets/test_information.py
ELSEWHERE |= {"sheet.too_wide"}  # tests/submissions/guard/test_far_cells.py: on a sheet of the sender's own
ELSEWHERE |= {
    "workbook.old_version"
}  # tests/submissions/template/test_earlier_templates.py: so far no version came before today's
ELSEWHERE |= {"member.differs_from_cluster"}  # tests/desk/test_desk.py: a finding of the sheet, not of one cell


def _broken(how: Mapping[str, Any]) -> Any:
    how = dict(how)
    scans, reference = how.pop("scans", None), how.pop("reference", REFERENCE)
    return read(book(**how), scans, reference)


def _says(finding: Finding) -> None:
    """Both sentences exist in both languages, and every fact they name is there."""
    facts = {"value", "column", "sheet", "cell", *finding.params}
    for lang in ("vi", "en"):
        assert all(sentence and "{" not in sentence for sentence in statement(finding, lang))
        for key in (f"finding.{finding.code}", f"finding.{finding.code}.fix"):
            assert {name for _, name, _, _ in Formatter().parse(catalogue(lang)[key]) if name} <= facts


def test_the_good_workbooks_have_nothing_to_say() -> None:
    assert read(book()).findings == ()
    assert read(book(CLUSTER_REPORT)).findings == ()


@pytest.mark.parametrize("code", BROKEN)
def test_a_workbook_broken_in_one_way_says_so_at_that_cell(code: str) -> None:
    how, sheet, cell = BROKEN[code]
    finding = found(_broken(how), code)
    assert (finding.sheet, finding.cell, finding.severity) == (sheet, cell, CHECKS[code])
    _says(finding)


@pytest.mark.parametrize("code", STORED)
def test_what_is_stored_shows_what_one_workbook_cannot(code: str) -> None:
    how, known, received_on, sheet, cell = STORED[code]
    parsed = _broken(how)
    assert [f for f in parsed.findings if f.severity == "error"] == []
    [finding] = check_stored(parsed, REFERENCE, known, received_on)
    assert (finding.code, finding.sheet, finding.cell) == (code, sheet, cell)
    _says(finding)


def test_nothing_stored_means_nothing_to_add() -> None:
    for form in (UNIT_REPORT, CLUSTER_REPORT):
        assert check_stored(read(book(form)), REFERENCE, Known(), ON) == ()


def test_a_workbook_of_somebody_else_is_one_finding() -> None:
    parsed = read(book(without=[INFO_TITLE, *(sheet.title for sheet in UNIT_REPORT.sheets)], more=["Sheet1"]))
    assert [f.code for f in parsed.findings] == ["workbook.not_ours"]
    assert (parsed.form, parsed.sheets, parsed.cells.num_rows) == ("", {}, 0)
    _says(parsed.findings[0])


def test_a_date_outside_the_period_is_told_where_a_column_asks_for_it() -> None:
    sheet: Sheet = replace(
        campaigns.SHEET,
        columns=tuple(replace(c, within="period") if c.name == "closed_on" else c for c in campaigns.SHEET.columns),
    )
    page = Page(sheet, sheet.title, Sink(REFERENCE), {"closed_on": 6}, 3, [4, 5])
    page.values["closed_on"] = ["2025-12-31", "2026-01-01"]
    page.sink.cells.add(sheet.title, sheet.table, "closed_on", 6, [4, 5], ["a", "b"], page.values["closed_on"])
    info = Information(INFO_TITLE, UNIT_REPORT, values={"year": "2025", "period_kind": "year"})
    submission = Submission(info, {"campaigns": page}, REFERENCE, page.sink.problems)
    references.check_dates_within(submission, page)
    [finding] = submission.problems.findings()
    assert (finding.code, finding.cell, finding.value) == ("date.outside_period", "G5", "b")
    _says(finding)


def test_every_check_has_a_workbook_that_breaks_it_and_texts_in_both_languages() -> None:
    ours = {code for code in CHECKS if not code.startswith("file.")}
    assert ours - BROKEN.keys() - STORED.keys() == ELSEWHERE
    for lang in ("vi", "en"):
        texts = catalogue(lang)
        assert [c for c in CHECKS if not (texts.get(f"finding.{c}") and texts.get(f"finding.{c}.fix"))] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_finding_kept_without_its_facts_is_still_a_sentence(lang: str) -> None:
    for code, severity in CHECKS.items():
        what, fix = statement(Finding(code, severity), lang)
        assert what and fix and "{" not in what + fix


def test_the_list_sheets_of_our_own_and_a_sheet_marked_and_deleted_are_silent() -> None:
    good = UNIT_ROWS | {"targets": []}
    assert read(book(rows=good, more=[LIST_SHEET, PROBLEMS_SHEET], without=["Chỉ tiêu"])).findings == ()


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [("2026-01-15", "2026-01-15", False), ("2026-01-16", None, True), (None, "2024-12-31", True), (None, "2025-01-01", False),
     ("2025-12-31", None, False), ("2026-01-01", "2026-01-14", True)],
)  # fmt: skip
def test_an_award_is_in_force_in_the_achievement_year_or_on_the_day_of_the_decision(
    first: str | None, last: str | None, wrong: bool
) -> None:
    dates = {
        "valid_from": date.fromisoformat(first or "2004-07-01"),
        "valid_to": date.fromisoformat(last) if last else None,
    }
    catalogue = tuple(replace(a, **dates) if a.award == "CSTDCS" else a for a in REFERENCE.award_catalogue)
    data = book(cells={(AWARDS, "Q4"): date(2026, 1, 15)})
    parsed = read(data, reference=replace(REFERENCE, award_catalogue=catalogue))
    assert [f.cell for f in parsed.findings if f.code == "award.not_in_force"] == ["E4"] * wrong


def test_a_code_has_forty_letters_at_most() -> None:
    for length, usable in ((40, True), (41, False)):
        code = "C" * length
        assert (codes.read_code(code).value == code) is usable
        assert (codes.code_column([code, "A1"], {str}).values[0] == code) is usable
    assert (
        codes.read_text("x" * codes.LONGEST_TEXT).value
        and codes.read_text("x" * (codes.LONGEST_TEXT + 1)).value is None
    )


def _codes(**how: Any) -> list[str]:
    return [finding.code for finding in read(book(**how)).findings]


@pytest.mark.parametrize(
    "how",
    [
        cluster(MEMBERS, "D5", 10),  # all are leaders
        {"form": CLUSTER_REPORT, "cells": {(SCORES, "D4"): "Trừ", (SCORES, "F4"): 0}},
        cluster(SCORES, "F4", 60),  # the whole maximum
        unit(AWARDS, "K4", 0),
        unit(STAFF, "F5", date(2025, 12, 31)),
        unit(STAFF, "G5", date(2025, 1, 1)),
        unit(STAFF, "I5", "Không"),
    ],
)
def test_what_lies_on_a_bound_is_within_it(how: dict[str, Any]) -> None:
    assert _codes(**how) == []


def test_two_dates_of_one_day_are_in_order_beside_one_that_is_not() -> None:
    days = {"E4": date(2025, 6, 20), "F4": date(2025, 6, 20), "G4": date(2025, 6, 19)}
    parsed = read(book(cells={(CAMPAIGNS, address): day for address, day in days.items()}))
    assert [f.cell for f in parsed.findings if f.code == "order.dates"] == ["G4"]


def test_codes_that_could_not_be_read_are_not_told_as_one_code_given_twice() -> None:
    assert "key.duplicate" not in _codes(cells={(STAFF, "A5"): "001234567890", (STAFF, "A6"): "001234567890"})


def test_an_award_of_nobody_says_whom_is_missing_and_not_that_it_is_the_wrong_kind() -> None:
    assert "award.recipient_kind" not in _codes(**unit(AWARDS, "C4", None))


def test_with_a_cluster_that_is_not_known_nobody_says_who_is_its_member() -> None:
    codes_ = _codes(form=CLUSTER_REPORT, info={"cluster_code": "C77"}, cells={(SCORES, "A4"): "T42"})
    assert "info.cluster_unknown" in codes_ and "reference.not_a_member" not in codes_


def test_the_first_and_the_last_day_of_a_period_lie_in_it() -> None:
    columns = tuple(replace(c, within="period") if c.name == "closed_on" else c for c in campaigns.SHEET.columns)
    sheet = replace(campaigns.SHEET, columns=columns)
    page = Page(sheet, sheet.title, Sink(REFERENCE), {"closed_on": 6}, 3, [4, 5, 6, 7])
    page.values["closed_on"] = ["2025-01-01", "2025-12-31", "2024-12-31", ""]
    page.sink.cells.add(sheet.title, sheet.table, "closed_on", 6, page.rows, list("abcd"), page.values["closed_on"])
    info = Information(INFO_TITLE, UNIT_REPORT, values={"year": "2025", "period_kind": "year"})
    submission = Submission(info, {"campaigns": page}, REFERENCE, page.sink.problems)
    references.check_dates_within(submission, page)
    assert [one.cell for one in submission.problems.findings()] == ["G6"]


def test_what_people_type_for_dates_numbers_and_codes_is_read_as_they_mean_it() -> None:
    assert dates.read_date("05/03/2025") == ("05/03/2025", "2025-03-05", ())
    assert dates.read_date("05/03/2025 00:00").problems == () and dates.read_date("05/03/2025 09:30").problems != ()
    number = numbers.number_reader(False, None, None)
    assert [number(text).value for text in ("85%", "−5", "1.234,5", "0,5 %")] == ["0.85", "-5", "1234.5", "0.005"]
    least = numbers.number_reader(True, 0, 10)
    assert [least(n).value for n in (0, 10, -1, 11)] == ["0", "10", None, None]
    assert codes.read_code("CB001 | Nguyễn Văn An").value == "CB001"


@pytest.mark.parametrize(("own", "differs"), [(4, True), (5, False), (6, True)])
def test_a_unit_and_its_cluster_must_agree_whichever_says_more(own: int, differs: bool) -> None:
    told = (ClusterCount("C01", "staff_count", "5", "Thành viên!C5"),)
    known = Known(own_counts={"V01": {"staff_count": own}}, in_cluster=told)
    assert bool(check_stored(read(book()), REFERENCE, known, ON)) is differs
    theirs = Known(own_counts={"T04": {"staff_count": own + 5}})
    assert bool(check_stored(read(book(CLUSTER_REPORT)), REFERENCE, theirs, ON)) is differs


def test_a_code_used_up_in_this_period_is_not_taken_over_from_another() -> None:
    key = name_key("Lê An")
    [one] = issue("V01", [(4, "Lê An")], {key: []}, {key: ["C1"]}, [].__contains__)
    [other] = issue("V01", [(4, "Lê An")], {}, {key: ["C1"]}, [].__contains__)
    assert one.person_code != "C1" and other.person_code == "C1"
    assert "C1" not in {
        one.person_code for one in issue("V01", [(4, "Lê An"), (5, "Lê An")], {}, {key: ["C1"]}, [].__contains__)
    }
