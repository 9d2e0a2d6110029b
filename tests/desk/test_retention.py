"""What was not accepted is kept for ninety days, then deleted with a record; what was accepted stays for ever."""

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.desk import Desk, Receipt, decisions, retention
from pipelines.desk.doctor import examine
from pipelines.records.archive import Archive
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.door import queries
from tests.support import TESTER
from tests.support.homes.crash_jobs import FIRST_DAY, AtOnce, sweep_all
from tests.support.homes.crashing import Kill, killed, steps_of
from tests.support.workbooks.filled_books import book

ALL = sees_all()
WRONG = book(cells={("Cán bộ", "H4"): "Rất tốt"})
RIGHT = book(info={"unit_code": "V02", "unit_name": None})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(Home(tmp_path / "home").ready(), AtOnce()) as one:  # type: ignore[arg-type]
        yield one


def _receive(desk: Desk, data: bytes, days: int = 0) -> Receipt:
    at = FIRST_DAY + timedelta(days=days)
    return desk.accept(desk.check(data, "a.xlsx", sees_all(), at.date()), TESTER, received_at=at)


def _sweep(desk: Desk, days: float) -> int:
    return retention.sweep(desk.home, TESTER, FIRST_DAY + timedelta(days=days))


def _deleted(home: Home) -> list[str]:
    return [event.body.sha256 for event in Journal(home.journal).events() if event.kind == "deletion"]


def test_returned_and_refused_bytes_go_after_ninety_days_with_their_copies_and_a_record_stays(desk: Desk) -> None:
    returned, refused = _receive(desk, WRONG), _receive(desk, b"%PDF-1.7 ...")
    accepted, archive = _receive(desk, RIGHT), Archive(desk.home)
    assert (_sweep(desk, 89.9), len(list(archive))) == (0, 3)
    assert _sweep(desk, 90.1) == 2
    assert list(archive) == [accepted.checked.sha256] and list(desk.home.returned.iterdir()) == []
    assert _deleted(desk.home) == [returned.checked.sha256, refused.checked.sha256]
    assert not list(desk.home.submissions.rglob(f"{returned.checked.sha256}*"))  # what was read from it neither
    assert (_sweep(desk, 400), examine(desk.home).faults) == (0, ())


def test_accepted_bytes_stay_replaced_withdrawn_or_sent_again(desk: Desk) -> None:
    first = _receive(desk, RIGHT)
    _receive(desk, book(info={"unit_code": "V02", "unit_name": None, "collective_rating": "HTNV"}))
    decisions.withdraw(desk.home, TESTER, first.receipt_no, "Nhầm")
    decisions.close(desk.home, TESTER, "2025")
    assert _receive(desk, RIGHT).checked.status == "returned"  # the same bytes, now too late
    decisions.open_again(desk.home, TESTER, "2025", "Bổ sung")
    assert (_sweep(desk, 1000), len(list(Archive(desk.home)))) == (0, 2)


def test_the_same_bytes_sent_again_begin_a_new_time_also_after_they_were_deleted(desk: Desk) -> None:
    _receive(desk, WRONG)
    again = _receive(desk, WRONG, days=60)
    assert (_sweep(desk, 100), _sweep(desk, 151)) == (0, 1)
    checked = desk.check(WRONG, "a.xlsx", sees_all(), date(2026, 6, 10))
    assert _receive(desk, WRONG, days=160).checked.sha256 == again.checked.sha256 == checked.sha256
    assert (_sweep(desk, 200), Archive(desk.home).bytes_of(checked.sha256)) == (0, WRONG)
    assert _sweep(desk, 251) == 1


def test_bytes_deleted_while_they_come_in_again_are_there_when_the_receipt_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _receive(desk, WRONG)
    put = Archive.put

    def put_and_lose(archive: Archive, data: bytes, file_name: str = "") -> str:
        sha = put(archive, data, file_name)
        monkeypatch.setattr(Archive, "put", put)
        assert _sweep(desk, 91) == 1  # another process, before the lock is taken
        return sha

    monkeypatch.setattr(Archive, "put", put_and_lose)
    receipt = _receive(desk, WRONG, days=92)
    assert Archive(desk.home).bytes_of(receipt.checked.sha256) == WRONG


def test_who_receives_a_file_also_deletes_what_has_outlived_its_time_once_a_day(desk: Desk) -> None:
    wrong = _receive(desk, WRONG)
    _receive(desk, RIGHT, days=89)
    assert _deleted(desk.home) == []
    _receive(desk, b"%PDF-1.7 ...", days=91)
    assert _deleted(desk.home) == [wrong.checked.sha256] and not Archive(desk.home).keeps(wrong.checked.sha256)
    _receive(desk, WRONG, days=91)
    listed = _listed(lambda: _receive(desk, RIGHT, days=91), desk.home.returned)
    assert listed == 0  # the same day


def test_folders_are_listed_once_whatever_there_is_to_delete(desk: Desk) -> None:
    for number in range(30):
        _receive(desk, f"%PDF-1.7 {number}".encode())
    assert _listed(lambda: _sweep(desk, 91), desk.home.returned) == 1
    assert len(_deleted(desk.home)) == 30 and not list(desk.home.returned.iterdir()) and not list(Archive(desk.home))


def _listed(do: Callable[[], object], folder: Path) -> int:
    """How often a folder is listed meanwhile."""
    _LISTED[:] = [0]
    try:
        do()
        return _LISTED[1:].count(str(folder))
    finally:
        _LISTED.clear()


_LISTED: list[object] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if _LISTED and event in ("os.listdir", "os.scandir"):
        _LISTED.append(str(arguments[0]))


sys.addaudithook(_hear)  # it stays, and hears nothing unless a test counts


def test_a_unit_whose_returned_file_was_deleted_is_still_returned_and_a_rebuild_says_the_same(desk: Desk) -> None:
    _receive(desk, RIGHT)
    returned = _receive(desk, WRONG)
    assert not queries.findings(publish(desk.home, interval=0), ALL, "V01", "2025").empty
    _sweep(desk, 91)
    for fresh in (False, True):
        version = publish(desk.home, interval=0, fresh=fresh)
        row = queries.board(version, ALL, "2025").set_index("reporter_code").loc["V01"]
        assert (row["status"], row["receipt_no"]) == ("returned", returned.receipt_no)
        assert queries.findings(version, ALL, "V01", "2025").empty


@pytest.mark.slow
def test_killed_at_any_step_a_second_sweep_completes_the_first(desk: Desk, tmp_path: Path) -> None:
    for data in (WRONG, b"%PDF-1.7 ...", RIGHT):
        _receive(desk, data)
    start = desk.home.root
    steps = steps_of(sweep_all, shutil.copytree(start, tmp_path / "whole"))
    assert len(steps) > 10
    for number in range(0, len(steps), 2):
        home = Home(shutil.copytree(start, tmp_path / f"at {number}"))
        assert killed(sweep_all, home.root, Kill(number))
        gone = set(_deleted(home))
        assert all(sha in gone or Archive(home).keeps(sha) for sha in Archive(desk.home))
        assert examine(home).faults == ()
        sweep_all(home.root)
        assert len(_deleted(home)) == 2 and len(list(Archive(home))) == 1 and not list(home.returned.iterdir())
