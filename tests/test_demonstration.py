"""The verb `demo`: fills an empty data folder, goes on where it was stopped, touches nothing of anybody else's."""

from datetime import datetime
from pathlib import Path

import pytest
import typer

from pipelines import demo, demonstration
from pipelines.contract import reference as lists
from pipelines.desk import Desk
from pipelines.journal import Journal
from pipelines.problems import HomeOfWork, Unknown
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions.inbox import Incoming
from pipelines.submissions.ledger import Ledger
from tests.filled_books import book

SEED = demo.DEFAULT_SEED


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home").ready()


@pytest.mark.slow
def test_a_demo_that_was_stopped_goes_on_where_it_was(home: Home, tmp_path: Path) -> None:
    sent = demo.write(tmp_path / "demo", range(2025, 2026), SEED).submissions
    first = [Incoming(tmp_path / "demo" / one.file, datetime.fromisoformat(one.received_at), True) for one in sent[:3]]
    with Desk(home) as desk:
        list(desk.receive(first))
    mark = home.root / "demo.unfinished"
    mark.write_text(f"2025-2025 {SEED}", encoding="utf-8")
    demonstration.fill("2025", SEED, None, if_empty=True)
    receipts = Ledger().follow(Journal(home.journal).events()).receipts
    assert [body["file_name"] for body in receipts.values()] == [Path(one.file).name for one in sent]
    assert not mark.exists()
    rules = lists.load(home.reference).rules
    assert {"mẫu" in one.confirmed_by for one in rules if one.status == "statutory"} == {True}
    assert {one.confirmed_by for one in rules if one.status != "statutory"} == {""}
    assert {one.confirmed_by for one in lists.load(OWN_REFERENCE).rules} == {""}
    demonstration.fill("2025", SEED, None, if_empty=True)
    assert len(Ledger().follow(Journal(home.journal).events()).receipts) == len(sent)


def test_a_folder_with_real_reports_gets_no_invented_ones(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    with Desk(home) as desk:
        desk.accept(desk.check(book(), "V01.xlsx"))
    (home.root / "demo.unfinished").write_text(f"2025-2025 {SEED}", encoding="utf-8")
    with pytest.raises(HomeOfWork):
        demonstration.fill("2025", SEED, None, if_empty=False)
    demonstration.fill("2025", SEED, None, if_empty=True)
    assert [event.kind for event in Journal(home.journal).events()] == ["reference", "receipt", "person_key"]


@pytest.mark.parametrize("years", ["", "abc", "2025-2014", "-2014", "2014-2025-2026"])
def test_a_wrong_span_of_years_is_told(home: Home, years: str) -> None:
    with pytest.raises(typer.BadParameter):
        demonstration.fill(years, SEED, None)
    assert not home.journal.exists()


@pytest.mark.parametrize("years", ["2013", "2013-2014", "2025-2099"])
def test_years_the_lists_do_not_know_are_told(home: Home, tmp_path: Path, years: str) -> None:
    with pytest.raises(Unknown):
        demonstration.fill(years, SEED, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
