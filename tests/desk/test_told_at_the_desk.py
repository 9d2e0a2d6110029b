"""What the desk tells whoever hands in: which version a file is, and what to do with what comes back."""

import pytest

from pipelines.access import sees_all
from pipelines.cli import console
from pipelines.contract import reference as lists
from pipelines.contract.checks import Finding, Severity
from pipelines.contract.workbooks import INFO_TITLE, PROBLEMS_SHEET, UNIT_REPORT
from pipelines.desk import Desk, decisions, words
from tests.desk.test_desk import ON, workbook
from tests.support import TESTER
from tests.support.workbooks.filled_books import book
from tests.support.workbooks.other_formats import WRITERS, as_xls


def test_an_earlier_version_sent_again_says_which_it_is_and_what_no_longer_counts(desk: Desk) -> None:
    older, newer = workbook(), workbook(B4="Nguyễn Văn Ân")
    for data in (older, newer):
        desk.accept(desk.check(data, "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    checked = desk.check(older, "cũ.xlsx", sees_all(), ON.date())
    assert (checked.status, checked.version, checked.again, checked.replaces) == ("accepted", 3, (1, 1), (2, 2))
    assert "Nếu nộp, lần nộp thứ 2 (biên nhận số 2)" in words.check_lines(checked, "vi")[-1]
    told = "\n".join(
        words.receipt_lines(desk.accept(checked, TESTER, received_at=ON), lists.load(desk.home.reference), "vi")
    )
    assert "trùng với lần nộp thứ 1 (biên nhận số 1)" in told
    assert "Lần nộp thứ 2 (biên nhận số 2) không còn được dùng" in told
    decisions.withdraw(desk.home, TESTER, 3, "Nhầm")
    decisions.withdraw(desk.home, TESTER, 2, "Nhầm")
    decisions.withdraw(desk.home, TESTER, 1, "Nhầm")
    back = desk.check(newer, "a.xlsx", sees_all(), ON.date())
    assert (back.again, back.replaces) == ((2, 2), None)
    assert "đã được rút" in words.check_lines(back, "vi")[-1]


@pytest.mark.parametrize("kind", WRITERS)
def test_who_sent_another_format_is_told_to_mend_the_own_report_and_not_the_list(desk: Desk, kind: str) -> None:
    wrong = desk.accept(
        desk.check(WRITERS[kind](workbook(H4="Rất tốt")), f"V01.{kind}", sees_all(), ON.date()), TESTER, received_at=ON
    )
    assert wrong.copy is not None and wrong.copy.name == "000001 V01 - danh sách.xlsx"
    last = words.receipt_lines(wrong, lists.load(desk.home.reference), "vi")[-1]
    assert f"chính báo cáo “V01.{kind}”" in last and "tô màu và những điểm" not in last
    marked = desk.accept(desk.check(workbook(H4="Rất tốt"), "V01.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    assert "gửi lại chính tệp đó" in words.receipt_lines(marked, lists.load(desk.home.reference), "vi")[-1]


def test_a_list_sent_in_place_of_the_report_is_told_as_one_and_a_strangers_cells_are_counted(desk: Desk) -> None:
    wrong = desk.accept(
        desk.check(as_xls(workbook(H4="Rất tốt")), "V01.xls", sees_all(), ON.date()), TESTER, received_at=ON
    )
    assert wrong.copy is not None
    sent = desk.check(wrong.copy.read_bytes(), wrong.copy.name, sees_all(), ON.date())
    assert ([one.code for one in sent.findings], sent.status) == (["workbook.list_alone"], "returned")
    titles = [INFO_TITLE, *(sheet.title for sheet in UNIT_REPORT.sheets)]
    stranger = desk.check(book(without=titles, more=["Sheet1", PROBLEMS_SHEET]), "x.xlsx", sees_all(), ON.date())
    assert [(one.code, one.params) for one in stranger.findings] == [
        ("workbook.not_ours", {"sheets": "1", "cells": "1"})
    ]


def test_the_command_line_says_once_why_a_file_is_refused_and_dates_as_people_write_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console.found([Finding("file.pdf", Severity.ERROR)])
    assert capsys.readouterr().out == ""
    outside = Finding(
        "date.outside_year", Severity.ERROR, "Khen thưởng", "H4", value="2025-03-14", params={"year": "2026"}
    )
    console.found([outside])
    told = capsys.readouterr().out
    assert "14/03/2025" in told and "2025-03-14" not in told


def test_a_receipt_names_the_period_in_words_and_none_where_the_year_is_no_year(desk: Desk) -> None:
    reference = lists.load(desk.home.reference)
    for info, said in (({"period_kind": "6 tháng"}, "6 tháng đầu năm 2025"), ({"year": "2025a"}, "–")):
        receipt = desk.accept(desk.check(book(info=info), "V01.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
        assert f"Kỳ báo cáo: {said}" in words.receipt_lines(receipt, reference, "vi")[3]
