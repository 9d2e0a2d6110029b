"""The verb `demo`: fills an empty data folder, goes on where it was stopped, touches nothing of anybody else's."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import typer

from pipelines import demo
from pipelines.access import sees_all
from pipelines.cli import demo as verb
from pipelines.contract import reference as lists
from pipelines.demo import sending
from pipelines.demo.world import World
from pipelines.desk import Desk
from pipelines.problems import HomeOfWork, Unknown
from pipelines.records.archive import Archive
from pipelines.records.inbox import Incoming
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.warehouse.connection import current
from pipelines.warehouse.door import queries
from tests.conftest import receive_demo
from tests.support import TESTER
from tests.support.counted.versions import differences
from tests.support.workbooks.filled_books import book

SEED = demo.DEFAULT_SEED


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home").ready()


@pytest.mark.slow
def test_a_demo_that_was_stopped_goes_on_where_it_was_and_has_the_same_rows(home: Home, tmp_path: Path) -> None:
    whole = Home(tmp_path / "whole")
    receive_demo(whole.root, "2025")
    shutil.copy(whole.person_key_file, home.person_key_file)  # the one secret among what a build is made from
    wanted = _receipts(whole)
    verb._receipts_to_follow(home, range(2025, 2026), SEED)  # so it begins
    with Desk(home) as desk:
        list(desk.receive([_sent_again(whole, body, tmp_path) for body in wanted[:3]], TESTER))
    verb.fill("2025", SEED, None, if_empty=True)
    told = ("file_name", "sha256", "received_at", "status")
    assert [[getattr(body, key) for key in told] for body in _receipts(home)] == [
        [getattr(body, key) for key in told] for body in wanted
    ]
    assert differences(current(whole), current(home)) == []
    assert not list(home.root.glob("demo.*"))
    rules = lists.load(home.reference).rules
    assert {"mẫu" in one.confirmed_by for one in rules if one.status == "statutory"} == {True}
    assert {one.confirmed_by for one in rules if one.status != "statutory"} == {""}
    assert {one.confirmed_by for one in lists.load(OWN_REFERENCE).rules} == {""}
    verb.fill("2025", SEED, None, if_empty=True)
    assert len(_receipts(home)) == len(wanted)


def _receipts(home: Home) -> list[dict[str, Any]]:
    return list(Ledger().follow(Journal(home.journal).events()).receipts.values())


def _sent_again(home: Home, body: dict[str, Any], folder: Path) -> Incoming:
    """A workbook that was received, with its name and hour."""
    path = shutil.copy(Archive(home).path_of(body.sha256), folder / body.file_name)
    return Incoming(path, body.received_at, True)


def test_a_folder_with_real_reports_gets_no_invented_ones(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    with Desk(home) as desk:
        desk.accept(desk.check(book(), "V01.xlsx", sees_all()), TESTER)
    (home.root / "demo.unfinished").write_text(f"2025-2025 {SEED}", encoding="utf-8")
    with pytest.raises(HomeOfWork):
        verb.fill("2025", SEED, None, if_empty=False)
    verb.fill("2025", SEED, None, if_empty=True)
    assert [event.kind for event in Journal(home.journal).events()] == ["reference", "receipt", "person_key"]


@pytest.mark.parametrize("years", ["", "abc", "2025-2014", "-2014", "2014-2025-2026"])
def test_a_wrong_span_of_years_is_told(home: Home, years: str) -> None:
    with pytest.raises(typer.BadParameter):
        verb.fill(years, SEED, None)
    assert not home.journal.exists()


@pytest.mark.parametrize("years", ["2013", "2013-2014", "2025-2099"])
def test_years_the_lists_do_not_know_are_told(home: Home, tmp_path: Path, years: str) -> None:
    with pytest.raises(Unknown):
        verb.fill(years, SEED, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.slow
def test_the_first_years_are_there_before_the_rest_and_the_rest_makes_it_whole(home: Home) -> None:
    """What `run` opens the dashboard upon: the first two years. Started again it goes on, and in the end all is there once."""
    assert verb.begin_with("2023-2025", SEED) and home.unfinished_demo.exists()
    first = _receipts(home)
    assert {body.period[:4] for body in first} == {"2023", "2024"}
    periods = queries.periods(current(home), sees_all())
    assert set(periods.loc[periods["received_count"] > 0, "period"].str[:4]) == {"2023", "2024"}
    assert verb.begin_with("2023-2025", SEED) and _receipts(home) == first
    verb.fill("2023-2025", SEED, None, if_empty=True)
    assert not home.unfinished_demo.exists() and not verb.begin_with("2023-2025", SEED)
    world = World(SEED, lists.load(OWN_REFERENCE), 2025)
    planned = [Path(sending.file_name(world, one)).name for one in sending.plan(world, range(2023, 2026))]
    assert [body.file_name for body in _receipts(home)] == planned


@pytest.mark.slow
def test_of_two_years_there_is_no_rest(home: Home) -> None:
    assert not verb.begin_with("2025", SEED) and not home.unfinished_demo.exists()
    assert {body.period for body in _receipts(home)} == {"2025"}
