"""Accepting with warnings overridden: the file counts without reservation, its warnings and the reason
stay on record.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.desk import Desk, decisions, overriding, words
from pipelines.problems import PeriodClosed, ReasonMissing
from pipelines.records.bodies import Override
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.door import queries
from tests.conftest import Typed
from tests.support import TESTER
from tests.support.homes.crash_jobs import AtOnce
from tests.support.workbooks.filled_books import UNIT_ROWS, book

WARNED = book(rows={"staff": [*UNIT_ROWS["staff"], UNIT_ROWS["staff"][0] | {"person_code": "CB009"}]})  # a namesake
WRONG = book(cells={("Cán bộ", "H4"): "Rất tốt"})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ready()


@pytest.fixture
def desk(home: Home) -> Desk:
    return Desk(home, AtOnce())  # type: ignore[arg-type]


def _kinds(home: Home) -> list[str]:
    return [event.kind for event in Journal(home.journal).events()]


def _on_board(home: Home) -> tuple[str, int]:
    row = queries.board(publish(home, interval=0), sees_all(), "2025").set_index("reporter_code").loc["V01"]
    return row["status"], int(row["warnings"])


def test_a_file_with_warnings_counts_without_reservation_and_keeps_them(desk: Desk) -> None:
    done = overriding.accept(desk, TESTER, sees_all(), WARNED, "a.xlsx", " Hai người trùng tên ")
    assert (done.receipt.checked.status, done.receipt.checked.counts["warnings"]) == ("accepted", 1)
    assert (done.outcome, done.warnings) == ("recorded", 1)
    assert Journal(desk.home.journal).events()[-1].body == Override(1, "Hai người trùng tên")
    assert _on_board(desk.home) == ("accepted", 1)


def test_a_file_that_counts_with_warnings_already_keeps_its_receipt_and_is_overridden_once(desk: Desk) -> None:
    desk.accept(desk.check(WARNED, "a.xlsx", sees_all()), TESTER)
    assert _on_board(desk.home) == ("accepted_with_warnings", 1)
    done = [overriding.accept(desk, TESTER, sees_all(), WARNED, "a.xlsx", "Đã xem") for _ in range(2)]
    assert [(one.outcome, one.receipt.checked.status, one.receipt.receipt_no) for one in done] == [
        ("recorded", "accepted", 1),
        ("already", "unchanged", 1),
    ]
    assert _kinds(desk.home) == ["reference", "receipt", "person_key", "override"] and _on_board(desk.home) == (
        "accepted",
        1,
    )


def test_where_there_is_nothing_to_override_the_reason_is_not_kept_and_that_is_said(desk: Desk) -> None:
    lists_in_force, good = lists.load(desk.home.reference), book()
    for status, said in (("accepted", "Đã tiếp nhận (lần nộp thứ 1)"), ("unchanged", "Không có gì thay đổi")):
        done = overriding.accept(desk, TESTER, sees_all(), good, "a.xlsx", "Đã xem")
        assert (done.outcome, done.receipt.checked.status, done.receipt.receipt_no) == ("nothing", status, 1)
        last = words.overriding_lines(done, lists_in_force, "vi")[-1]
        assert said in last and "lý do không ghi vào nhật ký" in last
    assert _kinds(desk.home) == ["reference", "receipt"]


def test_errors_are_never_overridden_and_a_closed_period_stays_as_it_is(desk: Desk) -> None:
    done = overriding.accept(desk, TESTER, sees_all(), WRONG, "a.xlsx", "Vẫn nhận")
    assert (done.outcome, done.receipt.checked.status) == ("", "returned")
    with pytest.raises(ReasonMissing):
        overriding.accept(desk, TESTER, sees_all(), WARNED, "a.xlsx", " ")
    assert "override" not in _kinds(desk.home)
    desk.accept(desk.check(WARNED, "a.xlsx", sees_all()), TESTER)
    decisions.close(desk.home, TESTER, "2025")
    with pytest.raises(PeriodClosed):
        overriding.accept(desk, TESTER, sees_all(), WARNED, "a.xlsx", "Đã xem")


@pytest.fixture
def run(home: Home, monkeypatch: pytest.MonkeyPatch, typed: Typed) -> Callable[..., tuple[int, str]]:
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    return lambda *arguments: typed(*arguments)[:2]


def test_the_verb_accepts_returns_and_refuses(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    good, wrong = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    good.write_bytes(WARNED)
    wrong.write_bytes(WRONG)
    code, out = run("accept", str(good), "--reason", "Đã xem", "--json")
    [told] = json.loads(out)["files"]
    assert (code, told["status"], told["receipt_no"], len(told["findings"])) == (0, "accepted", 1, 1)
    code, out = run("accept", str(wrong), "--reason", "Đã xem")
    assert code == 1 and "31/2" not in out and "Rất tốt" in out
    assert run("accept", str(tmp_path / "c.xlsx"), "--reason", "Đã xem")[0] == 2
    assert run("accept", str(good), "--reason", " ")[0] == 2
