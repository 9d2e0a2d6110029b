"""Publishing: many accepts become few versions, old versions go after a while."""

import os
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from pipelines.access import sees_all
from pipelines.problems import ArchiveDamaged
from pipelines.records.bodies import from_json
from pipelines.records.ledger import Ledger
from pipelines.settings import Home
from pipelines.warehouse.building.publish import Publisher, prune, publish
from pipelines.warehouse.connection import current
from pipelines.warehouse.door import queries
from tests.support import TESTER
from tests.support.homes.handed_in import HandedIn, person

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


def _versions(home: Home) -> list[Path]:
    return sorted(path for path in home.warehouse.iterdir() if path.is_dir())


def _until_published(desk: HandedIn) -> None:
    """Wait until the figures know the whole journal."""
    home, seq = desk.home, desk.journal.last_seq()
    for _ in range(600):
        if (home.warehouse / "CURRENT").exists() and queries.freshness(current(home), sees_all()).journal_seq >= seq:
            return
        time.sleep(0.1)
    raise AssertionError("the figures do not follow")


@pytest.mark.slow
def test_75_accepts_in_quick_succession_end_in_at_most_30_versions_and_none_is_missing(tmp_path: Path) -> None:
    desk, interval = HandedIn(tmp_path / "home"), 0.2
    publisher = Publisher(desk.home, interval)
    publisher.start()
    for number in range(75):  # an upload every four seconds where versions come every ten
        desk.unit(f"V{number % 13 + 1:02}", str(2014 + number // 13), {"staff": [person("A")]})
        publisher.request()
        time.sleep(interval * 4 / 10)
    _until_published(desk)
    publisher.stop()
    assert publisher.failure is None
    assert 1 < len(_versions(desk.home)) <= 30
    ended = sorted((path / "facts.duckdb").stat().st_mtime for path in _versions(desk.home))
    assert min(after - before for before, after in pairwise(ended)) >= interval
    boards = [queries.board(current(desk.home), sees_all(), str(year)) for year in range(2014, 2020)]
    assert sum(int((board["status"] == "accepted").sum()) for board in boards) == 75


def test_a_server_that_starts_publishes_what_an_earlier_run_left_waiting(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2025", {"staff": [person("A")]})
    publisher = Publisher(desk.home, 0)
    publisher.start()
    _until_published(desk)
    publisher.stop()
    assert len(_versions(desk.home)) == 1


def test_a_build_that_fails_leaves_the_old_figures_says_why_and_succeeds_once_mended(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2025", {"staff": [person("A")]})
    first = publish(desk.home, interval=0)
    number = desk.unit("V02", "2025", {"staff": [person("B")]})
    body = Ledger().follow(desk.journal.events()).receipts[number]
    lost = [desk.archive.path_of(body.sha256), desk.archive.parquet_of(body.sha256, desk.digest)]
    kept = [path.rename(tmp_path / path.name) for path in lost]
    publisher = Publisher(desk.home, 0)
    publisher.start()
    while publisher.failure is None:
        time.sleep(0.05)
    assert isinstance(publisher.failure, ArchiveDamaged) and current(desk.home) == first
    assert _versions(desk.home) == [first.folder]
    for before, after in zip(kept, lost, strict=True):
        before.rename(after)
    publisher.request()
    _until_published(desk)
    publisher.stop()
    assert publisher.failure is None


def test_a_publisher_that_met_something_unforeseen_tries_again_by_itself(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    number = desk.unit("V01", "2025", {"staff": [person("A")]})
    cache = desk.archive.parquet_of(desk.journal.events()[number].body.sha256, desk.digest)
    whole = cache.read_bytes()
    cache.write_bytes(b"half a disk")
    publisher = Publisher(desk.home, 0, again=0.1)
    publisher.start()
    while publisher.failure is None:
        time.sleep(0.05)
    cache.write_bytes(whole)
    _until_published(desk)
    publisher.stop()
    assert publisher.failure is None


def test_a_clock_set_back_holds_no_version_back(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2025", {"staff": [person("A")]})
    publish(desk.home, interval=0)
    pointer, tomorrow = desk.home.warehouse / "CURRENT", time.time() + 86_400
    os.utime(pointer, (tomorrow, tomorrow))
    desk.unit("V02", "2025", {"staff": [person("B")]})
    publisher = Publisher(desk.home, 0.1)
    publisher.start()
    _until_published(desk)
    publisher.stop()


def test_nothing_is_built_for_a_pin_an_unchanged_file_or_for_nothing(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2025", {"staff": [person("A")]})
    version = publish(desk.home, interval=0)
    desk.journal.append(from_json("pin", {"name": "Hội đồng 2025", "version": version.name}), TESTER)
    desk.unit("V01", "2025", {"staff": [person("A")]}, status="unchanged")
    assert publish(desk.home) == publish(desk.home, interval=0) == version
    assert publish(desk.home, fresh=True, interval=0) != version
    desk.unit("V01", "2025", {"staff": []})
    assert queries.freshness(publish(desk.home, interval=0), sees_all()).journal_seq == 6


@pytest.mark.parametrize(
    "change",
    ["UPDATE builds SET recipe = 'another'", "ALTER TABLE builds DROP COLUMN recipe"],
    ids=["other code", "earlier form"],
)
def test_a_server_of_other_code_builds_its_own_figures_of_the_same_journal(change: str, tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2025", {"staff": [person("A")]})
    version = publish(desk.home, interval=0)
    with duckdb.connect(str(version.facts)) as db:
        db.execute(change)
    anew = publish(desk.home, interval=0)
    assert anew != version and publish(desk.home, interval=0) == anew


def _made(home: Home, ago: timedelta) -> str:
    folder = home.warehouse / f"{NOW - ago:%Y%m%dT%H%M%SZ}-000001"
    folder.mkdir()
    (folder / "facts.duckdb").touch()
    return folder.name


def test_versions_are_kept_for_a_day_then_one_a_day_for_a_month_and_pinned_ones_for_ever(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ready()
    hours = {hour: _made(home, timedelta(hours=hour)) for hour in range(0, 24 * 60, 4)}
    pinned, closed, newest = hours[24 * 40], hours[24 * 50], hours[24 * 59]
    (home.warehouse / "CURRENT").write_text(newest, encoding="utf-8")  # put back by hand
    (home.warehouse / "of another").mkdir()
    ledger = Ledger(kept_versions={pinned, closed})
    gone = prune(home, ledger, NOW)
    left = {path.name for path in _versions(home)}
    assert left.isdisjoint(gone) and left | set(gone) == {*hours.values(), "of another"}
    assert {pinned, closed, newest, "of another"} <= left
    assert {hours[hour] for hour in range(0, 25, 4)} <= left
    older = sorted(left & set(hours.values()) - {pinned, closed, newest} - {hours[hour] for hour in range(0, 25, 4)})
    last_of_each_day = [f"{NOW - timedelta(days=30 - day):%Y%m%d}T20" for day in range(29)] + ["20260629T08"]
    assert [name[:11] for name in older] == last_of_each_day
    assert prune(home, ledger, NOW) == []
