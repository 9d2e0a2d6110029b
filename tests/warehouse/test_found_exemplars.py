"""An exemplar counts once, in the year it was found in, also when only a later workbook lists it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.access import sees_all
from pipelines.desk import decisions
from pipelines.settings import Home
from pipelines.warehouse.building import increment
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.support import TESTER
from tests.support.counted.recomputed import Recomputed
from tests.support.counted.versions import differences, table
from tests.support.homes.handed_in import HandedIn, Row, member, person
from tests.warehouse.test_metric_cases import figure

ALL = sees_all()
PEOPLE = {"staff": [person("A")], "awards": []}


def found(code: str, on: str, kind: str = "MO_HINH") -> Row:
    """A row of `Điển hình`."""
    return {"exemplar_code": code, "exemplar_name": "Mô hình", "exemplar_kind": kind, "found_on": on}


@pytest.fixture
def desk(tmp_path: Path) -> HandedIn:
    return HandedIn(tmp_path / "home")


def _report(desk: HandedIn, year: int, *exemplars: Row, unit: str = "V01") -> int:
    return desk.unit(unit, str(year), PEOPLE | {"exemplars": exemplars}, on=date(year, 12, 5))


def _counts(version: Version, *years: int, unit: str = "V01") -> list[object]:
    told = [figure(version, "exemplar_count", unit, str(year), "MO_HINH") for year in years]
    return [one[0] if isinstance(one, tuple) else one for one in told]


def test_one_found_after_the_years_workbook_was_sent_counts_in_that_year_once_it_is_listed(desk: HandedIn) -> None:
    _report(desk, 2024)
    assert _counts(build(desk.home), 2024) == [0]
    for year in (2025, 2026):  # listed again while it lives
        _report(desk, year, found("E1", "2024-12-20"))
    version = build(desk.home)
    assert _counts(version, 2024, 2025, 2026) == [1, 0, 0]
    assert set(queries.evidence(version, ALL, Question("exemplar_count", "2024", unit="V01"))["file_name"]) == {
        "V01_2025.xlsx"
    }
    assert len(queries.exemplars(version, ALL, "2025")) == 1 and queries.exemplars(version, ALL, "2024").empty


def test_one_listed_every_year_counts_once_from_the_workbook_of_its_year(desk: HandedIn) -> None:
    for year in (2024, 2025):
        _report(desk, year, found("E1", "2024-05-01"))
    version = build(desk.home)
    assert _counts(version, 2024, 2025) == [1, 0]
    assert set(queries.evidence(version, ALL, Question("exemplar_count", "2024", unit="V01"))["file_name"]) == {
        "V01_2024.xlsx"
    }


def test_one_first_told_of_after_its_year_was_closed_is_a_dated_event_until_the_year_is_opened(desk: HandedIn) -> None:
    _report(desk, 2024, found("E0", "2024-03-01"))
    decisions.close(desk.home, TESTER, "2024")
    _report(desk, 2025, found("E0", "2024-03-01"), found("E1", "2024-12-20"))
    version = publish(desk.home, interval=0)
    assert _counts(version, 2024) == [1]
    late = table(version, "SELECT exemplar_code, is_late FROM exemplars WHERE period = '2025' ORDER BY exemplar_code")
    assert list(late["is_late"]) == [False, True]
    decisions.open_again(desk.home, TESTER, "2024", "Bổ sung")
    assert _counts(publish(desk.home, interval=0), 2024) == [2]


def test_one_a_closed_year_counted_stays_when_the_workbook_that_told_of_it_is_taken_back(desk: HandedIn) -> None:
    _report(desk, 2024)
    later = _report(desk, 2025, found("E1", "2024-12-20"))
    decisions.close(desk.home, TESTER, "2024")
    decisions.withdraw(desk.home, TESTER, later, "Nhầm")
    version = publish(desk.home, interval=0)
    assert _counts(version, 2024) == [1]
    assert differences(version, build(desk.home, full=True)) == []


def test_a_successor_that_lists_what_the_unit_before_it_found_adds_nothing(tmp_path: Path) -> None:
    lines = Home(tmp_path / "home").ready().reference / "unit_lineage.csv"
    lines.write_text(lines.read_text(encoding="utf-8") + "V06,V01,2020-07-01,0.6,sample\n", encoding="utf-8")
    desk = HandedIn(tmp_path / "home")
    _report(desk, 2019, found("D1", "2019-05-01"), unit="V06")
    _report(desk, 2019)
    _report(desk, 2020, found("D1", "2019-05-01"), found("D2", "2019-06-01"))
    version = build(desk.home)
    assert [_counts(version, 2019, unit=unit) for unit in ("V06", "V01", "ALL")] == [
        [1],
        [1],
        [2],
    ]  # V01 found D2 itself
    assert Recomputed(version, desk.reference).values()["exemplar_count", "V01", "2019", "MO_HINH", ""][2] == 1


def test_a_cluster_tells_of_its_members_and_a_unit_that_reports_itself_is_not_told_of_by_it(desk: HandedIn) -> None:
    _report(desk, 2023, unit="T42")
    for cluster, unit in (("C01", "T01"), ("C04", "T42")):
        rows = {"cluster_members": [member(unit, 5)], "cluster_awards": []}
        told = [{"unit_code": unit, **found("E1", "2023-12-20")}]
        desk.cluster(cluster, "2023", rows | {"exemplars": []}, on=date(2023, 12, 5))
        desk.cluster(cluster, "2024", rows | {"exemplars": told}, on=date(2024, 12, 5))
    version = build(desk.home)
    assert (_counts(version, 2023, unit="T01"), _counts(version, 2023, unit="T42")) == ([1], [0])
    again = Recomputed(version, desk.reference).values()
    assert [again["exemplar_count", unit, "2023", "MO_HINH", ""][2] for unit in ("T01", "T42")] == [1, 0]


def test_listing_again_bears_on_no_earlier_year_and_listing_first_does(
    desk: HandedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []
    real = increment.settle

    def settle(db: duckdb.DuckDBPyConnection) -> None:
        real(db)
        seen.append({period for (period,) in db.execute("SELECT period FROM settled").fetchall()})

    monkeypatch.setattr(increment, "settle", settle)
    for year in (2023, 2024):
        _report(desk, year, found("E1", "2023-05-01"))
    build(desk.home)
    for code in ("E1", "E2"):
        _report(desk, 2024, found(code, "2023-05-01"))
        assert differences(build(desk.home), build(desk.home, full=True)) == []
    assert ["2023" in settled for settled in seen] == [True, False]
