"""A version built from the one before has the rows of one built from nothing, whatever has happened since."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipelines.desk.keys import rekey
from pipelines.problems import BaseUnusable, BuildFailed, FilesChanged
from pipelines.records.bodies import from_json
from pipelines.records.journal import Journal
from pipelines.settings import PROJECT, Home
from pipelines.texts import catalogue
from pipelines.warehouse.building import increment, seal, verify
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.moment import known_at
from pipelines.warehouse.building.persons import secret
from pipelines.warehouse.connection import POINTER, Version, current
from tests.support import TESTER
from tests.support.counted.versions import differences, table
from tests.support.homes.followed import followed, walk
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.homes.random_journals import CLUSTER_STEP, STEP, UNIT_STEP, Step


def _base(desk: HandedIn) -> increment.Base | None:
    """What the next build would start from."""
    events = desk.journal.events()
    moment = known_at(events, desk.archive, desk.reference, None)
    return increment.base_of(current(desk.home), moment, events, secret(desk.home))


@pytest.mark.slow
@settings(
    max_examples=2,  # the pairs known to be dangerous are walked in test_dangerous_pairs
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller case would take an hour to find
)
@given(start=st.lists(st.one_of(UNIT_STEP, CLUSTER_STEP), max_size=8), steps=st.lists(STEP, min_size=3, max_size=6))
def test_whatever_happens_the_next_version_has_the_rows_of_one_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, start: list[Step], steps: list[Step]
) -> None:
    root = tmp_path_factory.mktemp("steps")
    walk(HandedIn(root / "home"), start, steps)
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    """V01 reported 2019 to 2021, V07 2019; A was with V07 then. All of it is built."""
    desk = HandedIn(tmp_path_factory.mktemp("begun") / "home")
    desk.unit("V07", "2019", {"staff": [person("A"), person("B")], "awards": [award("1", "A", year=2019)]})
    desk.unit("V01", "2019", {"staff": [person("C")], "awards": []})
    desk.unit("V01", "2020", {"staff": [person("A"), person("C")], "awards": [award("1", "C", year=2020)]})
    desk.unit("V01", "2021", {"staff": [person("A"), person("C")], "awards": []})
    build(desk.home)
    return desk


@pytest.fixture
def desk(begun: HandedIn, tmp_path: Path) -> HandedIn:
    return begun.copied(tmp_path / "home")


def _withdraw(desk: HandedIn, receipt_no: int) -> None:
    """On the day of the last event: a day on which another period opens would call for a build from nothing."""
    at = desk.journal.events()[-1].at
    desk.journal.append(from_json("withdrawal", {"receipt_no": receipt_no, "reason": "nhầm"}), TESTER, at)


def _numerator(version: Version, unit: str, period: str) -> Any:
    sql = (
        f"SELECT numerator FROM metric_values WHERE metric = 'any_award_rate' AND unit_code = '{unit}'"
        f" AND period = '{period}' AND stratum = ''"
    )
    return table(version, sql)["numerator"].item()


def test_an_award_told_later_counts_in_its_year_at_the_home_of_then_and_goes_with_its_workbook(desk: HandedIn) -> None:
    late = desk.unit("V01", "2021", {"staff": [person("A")], "awards": [award("7", "B", year=2019)]})
    base = _base(desk)
    assert base and (base.kept, base.gone, base.touched) == ({1, 2, 3}, (4,), ("2021",))
    assert _numerator(followed(desk), "V07", "2019") == 2
    _withdraw(desk, late)
    assert _numerator(followed(desk), "V07", "2019") == 1


def test_a_home_that_is_lost_is_forgotten_and_the_newest_name_that_is_left_is_told(desk: HandedIn) -> None:
    renamed = desk.unit(
        "V01", "2021", {"staff": [person("A", full_name="Tên mới")], "awards": [award("9", "D", year=2021)]}
    )
    followed(desk)
    desk.unit("V02", "2021", {"staff": [person("D")], "awards": []})
    there = followed(desk)
    homes = table(there, "SELECT home_unit_code FROM awards WHERE proposal_code = '9'")["home_unit_code"].tolist()
    assert homes == ["V02"]
    desk.unit("V02", "2021", {"staff": [person("E")], "awards": []})
    gone = followed(desk)
    assert table(gone, "SELECT home_unit_code FROM awards WHERE proposal_code = '9'")["home_unit_code"].isna().all()
    _withdraw(desk, renamed)
    assert "Tên mới" not in _names(followed(desk))


def _names(version: Version) -> set[str]:
    with duckdb.connect(str(version.people), read_only=True) as db:
        return {name for (name,) in db.execute("SELECT full_name FROM people").fetchall()}


def test_a_withdrawn_version_that_did_not_count_any_more_changes_when_the_workbook_first_came(desk: HandedIn) -> None:
    desk.unit("V01", "2021", {"staff": [person("A")], "awards": []}, on=date(2022, 3, 1))
    followed(desk)
    _withdraw(desk, 4)
    base = _base(desk)
    assert base and (base.gone, base.touched) == ((), ("2021",))
    late = table(followed(desk), "SELECT days_late FROM submission_status WHERE unit_code = 'V01' AND period = '2021'")
    assert late["days_late"].item() > 0


def test_findings_of_a_returned_workbook_go_once_its_bytes_are_deleted(desk: HandedIn) -> None:
    number = desk.unit("V02", "2021", {"staff": [person("B")]}, status="returned")
    assert number in _told(followed(desk))
    body = desk.journal.events()[-1].body
    desk.archive.path_of(body.sha256).unlink()
    desk.archive.parquet_of(body.sha256, body.reference_digest).unlink()
    assert number not in _told(followed(desk))


def _told(version: Version) -> set[int]:
    return set(table(version, "SELECT submission_id FROM sheet_states")["submission_id"])


def _closed(desk: HandedIn) -> None:
    desk.journal.append(from_json("period_closed", {"period": "2019", "version": current(desk.home).name}), TESTER)


def _earlier_year(desk: HandedIn) -> None:
    desk.unit("V01", "2018", {"staff": [person("A")], "awards": []})


def _first_half_year(desk: HandedIn) -> None:
    desk.unit("V01", "2021H1", {"staff": [person("A")], "awards": []})


def _linked(desk: HandedIn) -> None:
    desk.journal.append(
        from_json("person_link", {"old": "BNC|A", "new": "BNC|C", "from": "2020-07-01", "reason": "một người"}), TESTER
    )


def _other_lists(desk: HandedIn) -> None:
    path = desk.home.reference / "peer_groups.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Departments", "Offices"), encoding="utf-8")
    desk.journal.append(from_json("reference", {"digest": desk.archive.put_reference(desk.home.reference)}), TESTER)


def _other_secret(desk: HandedIn) -> None:
    desk.home.person_key_file.unlink()
    rekey(desk.home, TESTER, "Mất khóa")


def _other_code(desk: HandedIn) -> None:
    with duckdb.connect(str(current(desk.home).facts)) as db:
        db.execute("UPDATE builds SET recipe = 'another'")


def _another_journal(desk: HandedIn) -> None:
    with duckdb.connect(str(current(desk.home).facts)) as db:
        db.execute("UPDATE builds SET journal_hash = 'another'")


def _as_of(desk: HandedIn) -> None:
    version = build(desk.home, as_of=desk.journal.events()[-2].at)
    assert current(desk.home).name != version.name
    (desk.home.warehouse / POINTER).write_text(version.name, encoding="utf-8")  # as it was done before


def _damaged(desk: HandedIn) -> None:
    current(desk.home).people.write_bytes(b"no database")


@pytest.mark.parametrize(
    "happens",
    [
        _closed,
        _earlier_year,
        _first_half_year,
        _linked,
        _other_lists,
        _other_secret,
        _other_code,
        _another_journal,
        _as_of,
        _damaged,
    ],
)
def test_what_cannot_be_followed_is_built_from_nothing(desk: HandedIn, happens: Callable[[HandedIn], None]) -> None:
    assert _base(desk) is not None
    happens(desk)
    assert _base(desk) is None
    followed(desk)


def test_a_build_that_cannot_use_the_version_before_says_so_and_starts_from_nothing(
    desk: HandedIn, caplog: pytest.LogCaptureFixture
) -> None:
    facts = current(desk.home).facts
    with duckdb.connect(str(facts)) as db:  # a row too many, of a receipt that is not known
        db.execute("INSERT INTO staff BY NAME SELECT 999 AS submission_id, * EXCLUDE submission_id FROM staff LIMIT 1")
    desk.unit("V02", "2021", {"staff": [person("B")], "awards": []})
    assert _base(desk) is not None
    version = build(desk.home)
    why, then = [record.msg for record in caplog.records if record.levelname == "WARNING"]
    assert isinstance(why, (FilesChanged, BuildFailed)) and isinstance(then, BaseUnusable)  # whichever was seen first
    assert 999 not in set(table(version, "SELECT submission_id FROM staff")["submission_id"])


def test_a_copy_that_was_not_finished_is_no_whole_version(desk: HandedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []
    real = increment.clear

    def clear(db: duckdb.DuckDBPyConnection, base: increment.Base) -> None:
        seen.extend(verify.unfinished(desk.home))
        real(db, base)

    monkeypatch.setattr(increment, "clear", clear)
    version = build(desk.home)
    assert seen == [version.folder] and verify.unfinished(desk.home) == []


@pytest.mark.slow
def test_signals_are_worked_out_again_from_the_year_a_workbook_is_withdrawn_in(received: Home, tmp_path: Path) -> None:
    copy = _copied(received, tmp_path / "copy")
    before, journal = current(copy), Journal(copy.journal)
    with duckdb.connect(str(before.facts)) as db:
        db.execute("UPDATE signal_rows SET n = -1")  # what is taken over is known by it
    seal.write(before)
    told = list(journal.events())
    gone = next(e.body.receipt_no for e in told if e.kind == "receipt" and e.body.version and e.body.period == "2024")
    journal.append(from_json("withdrawal", {"receipt_no": gone, "reason": "nhầm"}), TESTER, told[-1].at)
    after = build(copy)
    kept = table(
        after, "SELECT period_to, bool_and(n = -1) AS kept FROM signal_rows GROUP BY period_to ORDER BY period_to"
    )
    assert kept["kept"].fillna(False).tolist() == [True, False, False]
    with duckdb.connect(str(after.facts)) as db:
        db.execute("DELETE FROM signal_rows WHERE n = -1")
    whole = build(copy, full=True)
    with duckdb.connect(str(whole.facts)) as db:
        db.execute("DELETE FROM signal_rows WHERE period_to = 2023")
    assert differences(after, whole) == []


def _copied(home: Home, root: Path) -> Home:
    """A data folder with everything in it, to be changed."""
    return Home(Path(shutil.copytree(home.root, root)))


def _in(project: Path, home: Home, *verb: str) -> None:
    """One verb of a copy of the program."""
    command = [sys.executable, "-m", "pipelines", *verb]
    told = os.environ | {"THIDUA_HOME": str(home.root)}
    subprocess.run(command, cwd=project, env=told, check=True, capture_output=True)


@pytest.mark.slow
def test_a_text_that_changes_with_a_release_is_said_of_kept_years_too(received: Home, tmp_path: Path) -> None:
    home = _copied(received, tmp_path / "home")
    project = tmp_path / "program"
    for folder in ("pipelines", "data/reference"):
        shutil.copytree(PROJECT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    texts = project / "pipelines" / "texts" / "vi" / "signals.po"
    old = catalogue("vi")["signal.reason.no_people"]
    texts.write_text(texts.read_text(encoding="utf-8").replace(old, "Câu mới."), encoding="utf-8")
    _in(project, home, "build")
    told = table(current(home), "SELECT DISTINCT headline_vi FROM signals")["headline_vi"].tolist()
    assert "Câu mới." in told and old not in told


def test_the_recipe_of_a_version_covers_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    before = increment.recipe.__wrapped__()
    for package in ("duckdb", "numpy", "pandas", "pyarrow", "scipy"):
        with monkeypatch.context() as another:
            another.setattr(increment, "installed", lambda name, one=package: "0.1" if name == one else installed(name))
            assert increment.recipe.__wrapped__() != before
    assert increment.recipe.__wrapped__() == before
