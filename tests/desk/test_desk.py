"""A workbook handed in at the desk: checked, accepted or returned, receipted, and seen in the figures."""

import json
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.contract.workbooks import CLUSTER_REPORT
from pipelines.desk import Desk, decisions, words
from pipelines.problems import NotPermitted
from pipelines.records.actor import PROGRAM, Actor
from pipelines.records.archive import Archive
from pipelines.records.inbox import Incoming
from pipelines.records.journal import Journal
from pipelines.settings import PROJECT, Home
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer
from tests.support import TESTER
from tests.support.workbooks.filled_books import UNIT_ROWS, book

ON = datetime(2025, 12, 3, 2, tzinfo=UTC)
Row = Mapping[str, object]


def workbook(code: str = "V01", year: int = 2025, staff: Sequence[Row] | None = None, **cells: object) -> bytes:
    """A unit's filled workbook; `cells`: address on `Cán bộ` -> what is written there instead."""
    rows = {"staff": list(staff)} if staff is not None else None
    written = {("Cán bộ", at): what for at, what in cells.items()}
    return book(rows=rows, info={"unit_code": code, "unit_name": None, "year": year}, cells=written)


def kinds(home: Home) -> list[str]:
    return [event.kind for event in Journal(home.journal).events()]


def test_checking_keeps_nothing(desk: Desk) -> None:
    checked = desk.check(workbook(), "a.xlsx", sees_all(), ON.date())
    assert (checked.status, checked.version, checked.parsed.unit_code) == ("accepted", 1, "V01")
    assert list(Archive(desk.home)) == [] and kinds(desk.home) == []


def test_an_accepted_workbook_is_archived_receipted_and_built(desk: Desk) -> None:
    data = workbook()
    receipt = desk.accept(desk.check(data, "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    assert receipt.receipt_no == 1 and Archive(desk.home).bytes_of(receipt.checked.sha256) == data
    assert kinds(desk.home) == ["reference", "receipt"]
    version = publish(desk.home, interval=0)
    board = queries.board(version, sees_all(), "2025").set_index("reporter_code")
    assert (board.loc["V01", "status"], board.loc["V01", "receipt_no"]) == ("accepted", 1)


def test_a_workbook_with_an_error_is_returned_with_the_cell_marked_and_what_counts_stays(desk: Desk) -> None:
    desk.accept(desk.check(workbook(), "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    wrong = desk.accept(desk.check(workbook(H4="Rất tốt"), "sửa.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    [finding] = [one for one in wrong.checked.findings if one.severity == "error"]
    assert (wrong.checked.status, wrong.checked.version, finding.sheet) == ("returned", None, "Cán bộ")
    assert wrong.copy is not None and wrong.copy.parent == desk.home.returned
    sheet = openpyxl.load_workbook(wrong.copy)["Cán bộ"]
    assert sheet[finding.cell].comment is not None and sheet[finding.cell].value == finding.value
    version = publish(desk.home, interval=0)
    assert queries.board(version, sees_all(), "2025").set_index("reporter_code").loc["V01", "version"] == 1


def test_the_same_bytes_again_change_nothing(desk: Desk) -> None:
    data = workbook()
    first = desk.accept(desk.check(data, "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    again = desk.accept(desk.check(data, "b.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    assert (again.checked.status, again.checked.earlier) == ("unchanged", first.receipt_no)
    assert "biên nhận số 1" in words.receipt_lines(again, lists.load(desk.home.reference), "vi")[-1]


def test_a_corrected_workbook_becomes_the_second_version_and_says_what_changes(desk: Desk) -> None:
    desk.accept(desk.check(workbook(), "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    later = desk.check(workbook(B4="Nguyễn Văn Ân"), "a.xlsx", sees_all(), ON.date())
    assert later.version == 2
    assert desk.changes(later, sees_all())[["sheet", "before", "after"]].to_numpy().tolist() == [
        ["Cán bộ", "Nguyễn Văn An", "Nguyễn Văn Ân"]
    ]


def test_older_bytes_sent_again_are_a_new_version_and_the_figures_follow(desk: Desk) -> None:
    older, newer = workbook(), workbook(staff=UNIT_ROWS["staff"][:2])
    for data in (older, newer, older):
        last = desk.accept(desk.check(data, "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    assert (last.checked.status, last.checked.version, last.receipt_no) == ("accepted", 3, 3)
    version = publish(desk.home, interval=0)
    base = queries.metric(version, sees_all(), "leader_staff_share", ["2025"], ["V01"]).iloc[0]
    shown = queries.evidence(version, sees_all(), Question("leader_staff_share", "2025", unit="V01"))
    assert (base["denominator"], set(shown["receipt_no"])) == (3, {3})
    assert len(list(Archive(desk.home))) == 2  # the same bytes are kept once


@pytest.mark.parametrize("built", [False, True])
def test_a_person_named_otherwise_elsewhere_is_told_whether_built_or_not(desk: Desk, built: bool) -> None:
    desk.accept(desk.check(workbook(year=2024), "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    if built:
        publish(desk.home, interval=0)
    codes = [one.code for one in desk.check(workbook(B4="Phạm Văn Khác"), "a.xlsx", sees_all(), ON.date()).stored]
    assert codes == ["staff.name_differs"]


def test_a_cluster_is_held_against_who_was_still_there_by_the_units_own_workbook(desk: Desk) -> None:
    gone = {**UNIT_ROWS["staff"][0], "person_code": "CB4", "full_name": "Vũ Văn Dũng", "left_on": date(2025, 6, 30)}
    staff = [*UNIT_ROWS["staff"], gone]
    desk.accept(desk.check(workbook("M45", staff=staff), "m45.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    member = {"unit_code": "M45", "role": "TRUONG", "staff_count": 3, "leader_count": 1}
    member |= {"htxsnv_count": 1, "httnv_count": 1, "htnv_count": 1, "khtnv_count": 0, "cxl_count": 0}
    for more, cells in ((0, []), (1, ["C4", "F4"])):
        row = member | {"staff_count": 3 + more, "httnv_count": 1 + more}
        info = {"cluster_code": "C04", "cluster_name": None, "lead_unit_code": "M45"}
        sent = book(CLUSTER_REPORT, {"cluster_members": [row]}, info)
        told = desk.check(sent, "c04.xlsx", sees_all(), ON.date()).stored
        assert [(one.code, one.cell) for one in told] == [("member.differs_from_own", cell) for cell in cells]


def test_a_unit_is_held_against_the_row_of_its_cluster_that_came_before(desk: Desk) -> None:
    member = {"unit_code": "M45", "role": "TRUONG", "staff_count": 4, "leader_count": 1}
    member |= {"htxsnv_count": 1, "httnv_count": 2, "htnv_count": 1, "khtnv_count": 0, "cxl_count": 0}
    info = {"cluster_code": "C04", "cluster_name": None, "lead_unit_code": "M45"}
    rows = dict.fromkeys(("cluster_scores", "cluster_awards", "pledges", "campaigns", "exemplars"), ())
    sent = book(CLUSTER_REPORT, rows | {"cluster_members": [member]}, info)
    assert desk.accept(desk.check(sent, "c04.xlsx", sees_all(), ON.date()), TESTER).checked.is_accepted
    told = desk.check(workbook("M45"), "m45.xlsx", sees_all(), ON.date()).stored
    said = [(one.code, one.column, one.value, one.params["theirs"], one.params["place"]) for one in told]
    assert said == [
        ("member.differs_from_cluster", "Số cán bộ", "3", "4", "Thành viên!C4"),
        ("member.differs_from_cluster", "HTTNV", "1", "2", "Thành viên!F4"),
    ]


def test_a_unit_that_changed_its_cluster_is_held_against_the_one_of_the_due_date(desk: Desk) -> None:
    """T38 belonged to C03 until 30/06/2025; both clusters hand in."""
    rows = dict.fromkeys(("cluster_scores", "cluster_awards", "pledges", "campaigns", "exemplars"), ())
    for cluster, head in (("C03", "M25"), ("C04", "T38")):
        member = {"unit_code": head, "role": "TRUONG", "staff_count": 4, "leader_count": 1}
        member |= {"htxsnv_count": 1, "httnv_count": 2, "htnv_count": 1, "khtnv_count": 0, "cxl_count": 0}
        info = {"cluster_code": cluster, "cluster_name": None, "lead_unit_code": head}
        sent = book(CLUSTER_REPORT, rows | {"cluster_members": [member]}, info)
        assert desk.accept(desk.check(sent, f"{cluster}.xlsx", sees_all(), ON.date()), TESTER).checked.is_accepted
    told = desk.check(workbook("T38"), "t38.xlsx", sees_all(), ON.date()).stored
    assert [(one.code, one.params["cluster"]) for one in told] == [("member.differs_from_cluster", "C04")] * 2


def test_what_was_decided_between_check_and_confirmation_counts(desk: Desk) -> None:
    checked = desk.check(workbook(B4="Phạm Văn Khác"), "a.xlsx", sees_all(), ON.date())
    assert checked.stored == () and checked.version == 1
    desk.accept(desk.check(workbook(year=2024), "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    desk.accept(desk.check(workbook(), "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    receipt = desk.accept(checked, TESTER, received_at=ON)
    assert receipt.checked.version == 2
    assert [one.code for one in receipt.checked.stored] == ["staff.name_differs"]


def test_a_copy_is_marked_whatever_the_file_is_called(desk: Desk) -> None:
    for name, called in (
        ("source.xlsx", "source - đã đánh dấu.xlsx"),
        ("Báo cáo.V01.xlsm", "Báo cáo.V01 - đã đánh dấu.xlsm"),
        ("000001 source - đã đánh dấu (1).xlsx", "source - đã đánh dấu.xlsx"),  # a copy mended and sent again
        (unicodedata.normalize("NFD", "a - đã đánh dấu.xlsx"), "a - đã đánh dấu.xlsx"),
        ("a - marked.XLSX", "a - đã đánh dấu.xlsx"),
        (" - đã đánh dấu.xlsx", "- đã đánh dấu - đã đánh dấu.xlsx"),
    ):
        receipt = desk.accept(desk.check(workbook(H4="Rất tốt"), name, sees_all(), ON.date()), TESTER, received_at=ON)
        assert receipt.copy is not None and receipt.copy.name == f"{receipt.receipt_no:06d} {called}"
        assert openpyxl.load_workbook(receipt.copy)["Cán bộ"]["H4"].comment is not None


def test_a_refused_file_is_kept_and_answered_with_a_list(desk: Desk) -> None:
    receipt = desk.accept(desk.check(b"%PDF-1.7 ...", "quyết định.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    assert receipt.checked.status == "refused" and list(Archive(desk.home)) == [receipt.checked.sha256]
    [event] = [one for one in Journal(desk.home.journal).events() if one.kind == "receipt"]
    assert [one["code"] for one in event.body.findings] == ["file.pdf"]
    assert receipt.copy is not None and receipt.copy.exists()


def test_many_files_are_received_in_their_order(desk: Desk, tmp_path: Path) -> None:
    for code in ("V01", "V02", "V03", "V04"):
        (tmp_path / f"{code}.xlsx").write_bytes(workbook(code, staff=[*UNIT_ROWS["staff"]]))
    files = [Incoming(path, received_at=ON, synthetic=True) for path in sorted(tmp_path.glob("V*.xlsx"))]
    receipts = list(desk.receive(files, TESTER))
    assert [(one.receipt_no, one.checked.parsed.unit_code) for one in receipts] == [
        (1, "V01"), (2, "V02"), (3, "V03"), (4, "V04"),
    ]  # fmt: skip


def test_a_file_that_changes_while_many_are_received_counts_as_it_was_archived(desk: Desk, tmp_path: Path) -> None:
    before, after = workbook(), workbook(year=2024)
    path = tmp_path / "V01.xlsx"
    path.write_bytes(before)

    def files() -> Iterator[Incoming]:
        yield Incoming(path, received_at=ON)
        while not list(Archive(desk.home)):  # by the thread that has it read
            time.sleep(0.01)
        path.write_bytes(after)  # archived, and not yet judged

    [receipt] = desk.receive(files(), TESTER)
    assert (receipt.checked.data, receipt.checked.parsed.period) == (before, "2025")


def test_a_name_as_long_as_windows_allows_still_gets_its_copy(desk: Desk) -> None:
    receipt = desk.accept(
        desk.check(workbook(H4="Rất tốt"), f"{'ế' * 250}.xlsx", sees_all(), ON.date()), TESTER, received_at=ON
    )
    assert receipt.copy is not None and receipt.copy.exists() and receipt.copy.suffix == ".xlsx"
    assert desk.annotated(receipt.checked)[0] == receipt.copy.name.partition(" ")[2]


def run(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"THIDUA_HOME": str(home.root), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "pipelines", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=home.root)


@pytest.mark.slow
def test_the_command_line_answers_in_one_document_and_with_its_exit_code(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ready()
    good, wrong = tmp_path / "tốt.xlsx", tmp_path / "sai.xlsx"
    good.write_bytes(workbook(year=2026))
    wrong.write_bytes(workbook("V02", 2026, H4="Rất tốt"))
    checked = run(home, "check", str(good), str(wrong), "--json")
    files = json.loads(checked.stdout)["files"]
    assert checked.returncode == 1 and [one["receipt_no"] for one in files] == [None, None]
    assert {"code", "severity", "sheet", "cell", "column", "value", "message_vi", "message_en", "fix_vi"} <= set(
        files[1]["findings"][0]
    )
    received = run(home, "receive", str(good), "--json")
    assert received.returncode == 0 and json.loads(received.stdout)["files"][0]["receipt_no"] == 1
    assert Path(run(home, "current").stdout.strip()).name == "facts.duckdb"
    status = json.loads(run(home, "status", "--json").stdout)
    assert status["period"] == "2026" and len(status["reporters"]) > 10
    missing = run(home, "check", str(tmp_path / "không có.xlsx"))
    assert missing.returncode == 2 and "không có.xlsx" in missing.stderr


def test_the_journal_says_who_handed_in_and_who_decided(desk: Desk) -> None:
    clerk, head = Actor("lan", "clerk"), Actor("minh", "hr")
    desk.accept(desk.check(workbook(), "a.xlsx", sees_all(), ON.date()), clerk, received_at=ON)
    decisions.withdraw(desk.home, head, 1, "Gửi nhầm")
    events = Journal(desk.home.journal).events()
    assert [(event.kind, event.actor) for event in events] == [
        ("reference", PROGRAM), ("receipt", clerk), ("withdrawal", head)
    ]  # fmt: skip


def test_a_report_of_a_unit_out_of_sight_is_held_against_nothing_that_is_stored(desk: Desk) -> None:
    """Whoever sends a workbook with another unit's code would be told that unit's whole staff as "removed"."""
    desk.accept(desk.check(workbook(), "a.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
    own, other = Viewer("clerk", units=("V01",)), Viewer("clerk", units=("V02",))
    mended = workbook(staff=[UNIT_ROWS["staff"][0]])
    checked = desk.check(mended, "b.xlsx", own, ON.date())
    assert len(desk.changes(checked, own)) > 0
    for asked in (lambda: desk.check(mended, "b.xlsx", other, ON.date()), lambda: desk.changes(checked, other)):
        with pytest.raises(NotPermitted) as refused:
            asked()
        assert refused.value.facts == {"reporter": "V01"}
    assert (
        desk.check(b"%PDF-1.7", "c.pdf", other, ON.date()).status == "refused"
    )  # nobody's report is everybody's to be told
