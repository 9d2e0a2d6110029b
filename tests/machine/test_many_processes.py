"""Processes that accept, build and publish at once: nothing is lost, and who has to wait is told for whom."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import IO

import pytest

from pipelines.access import sees_all
from pipelines.cli import console
from pipelines.desk import Desk
from pipelines.desk.doctor import examine
from pipelines.locks import WRITE_LOCK, Holder
from pipelines.problems import Busy
from pipelines.records.archive import Archive
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import PROJECT, Home
from pipelines.texts import say
from pipelines.warehouse.building.publish import BUILD_LOCK, publish
from pipelines.warehouse.door import queries
from tests.support import TESTER
from tests.support.homes.crash_jobs import FIRST_DAY, AtOnce, accept_many
from tests.support.workbooks.filled_books import book

_HOLD = """
import sys, time
from pathlib import Path
from pipelines.locks import held
with held(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def _held_elsewhere(lock: Path, purpose: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _HOLD, str(lock), purpose]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    out: IO[str] | None = process.stdout
    assert out and out.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _accept(home: Home, desk: Desk) -> int:
    return desk.accept(
        desk.check(book(), "V01.xlsx", sees_all(), FIRST_DAY.date()), TESTER, received_at=FIRST_DAY
    ).receipt_no


@pytest.mark.slow
def test_processes_that_accept_and_publish_at_once_lose_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ready()
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        working = [pool.submit(accept_many, home.root, year) for year in (2024, 2025)]
        while not all(one.done() for one in working):
            pool.submit(publish, home, interval=0).result()
    assert [one.result() for one in working] == [None, None]
    ledger = Ledger().follow(Journal(home.journal).events())
    assert list(ledger.receipts) == list(range(1, 25)) and len(ledger.all_current()) == 24
    for body in ledger.receipts.values():
        assert len(Archive(home).bytes_of(body.sha256)) == body.size
    board = [queries.board(publish(home, interval=0), sees_all(), str(year)) for year in (2024, 2025)]
    assert [int(one["receipt_no"].notna().sum()) for one in board] == [12, 12]
    assert examine(home).faults == ()


def test_accepting_does_not_wait_for_a_build(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ready()
    heard: list[Holder] = []
    with _held_elsewhere(home.root / BUILD_LOCK, "lock.build"), Desk(home, AtOnce(), heard.append) as desk:  # type: ignore[arg-type]
        assert (_accept(home, desk), heard) == (1, [])


def test_who_accepts_while_another_writes_hears_of_it_and_goes_on_when_it_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path / "home").ready()
    with _held_elsewhere(home.root / WRITE_LOCK, "lock.write") as other:

        def heard(holder: Holder) -> None:
            console.waiting(holder)
            other.kill()

        with Desk(home, AtOnce(), heard) as desk:  # type: ignore[arg-type]
            assert _accept(home, desk) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert str(other.pid) in told and say("lock.write", console.LANG) in told


def test_who_cannot_wait_any_longer_is_told_for_whom_in_both_languages() -> None:
    busy = Busy(seconds=120, pid=4711)
    for lang in ("vi", "en"):
        told = say(f"problem.{busy.code}", lang, **busy.facts)
        assert "4711" in told and "120" in told
