"""A desk that takes reports while periods are closed and opened."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.desk import Desk, decisions
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.warehouse.door import queries
from tests.support import TESTER
from tests.support.homes.crash_jobs import AtOnce
from tests.support.workbooks.filled_books import book

ALL = sees_all()
ON = datetime(2026, 1, 5, 2, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(Home(tmp_path / "home").ready(), AtOnce()) as one:  # type: ignore[arg-type]
        yield one


def _accept(desk: Desk, code: str, year: int = 2025) -> str:
    data = book(info={"unit_code": code, "unit_name": None, "year": year})
    return desk.accept(
        desk.check(data, f"{code} {year}.xlsx", sees_all(), ON.date()), TESTER, received_at=ON
    ).checked.status


def test_a_closed_period_takes_no_report_others_do_and_opened_it_does_again(desk: Desk) -> None:
    checked = desk.check(book(), "V01.xlsx", sees_all(), ON.date())
    assert (checked.status, _accept(desk, "V02")) == ("accepted", "accepted")
    decisions.close(desk.home, TESTER, "2025")
    late = desk.accept(checked, TESTER, received_at=ON)  # looked at before the period was closed
    assert late.checked.status == "returned" and "period.closed" in {one.code for one in late.checked.findings}
    assert [_accept(desk, "V01"), _accept(desk, "V03", 2024)] == ["returned", "accepted_with_warnings"]
    decisions.open_again(desk.home, TESTER, "2025", "Bổ sung")
    assert _accept(desk, "V01") == "accepted"


@pytest.mark.slow
def test_whatever_was_accepted_before_the_closing_is_in_the_version_pinned_with_it(desk: Desk) -> None:
    codes = [f"V{number:02}" for number in range(1, 14)]
    with ThreadPoolExecutor(1) as pool:
        statuses = pool.submit(lambda: [_accept(desk, code) for code in codes])
        while not Journal(desk.home.journal).last_seq():
            pass
        pinned = decisions.close(desk.home, TESTER, "2025")
    accepted = {code for code, status in zip(codes, statuses.result(), strict=True) if status == "accepted"}
    board = queries.board(pinned, ALL, "2025")
    assert set(board.loc[board["status"] == "accepted", "reporter_code"]) == accepted != set()
    assert Journal(desk.home.journal).verify() == len(codes) + 3  # and the lists, the key, the closing
