"""A closed year keeps what it counted: later workbooks that spoke of it may be corrected or withdrawn, its figures
stay.
"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.access import sees_all
from pipelines.desk import decisions
from pipelines.desk.doctor import examine
from pipelines.problems import BuildFailed
from pipelines.warehouse.building import checks
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import FACTS, Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.support import TESTER
from tests.support.counted.versions import differences, table
from tests.support.homes.handed_in import HandedIn, award, person
from tests.warehouse.test_metric_cases import figure

ALL = sees_all()
STAFF = {"staff": [person("A"), person("B")], "exemplars": []}
DECIDED = award("D1", "A", year=2024, decision_no="7/QĐ", decided_on="2025-03-02")
LATER = 2  # receipt of the workbook of 2025


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    """V01 tells in 2025 of an award for 2024 and of one for 2025; only then 2024 is closed."""
    desk = HandedIn(tmp_path_factory.mktemp("closed") / "home")
    desk.unit("V01", "2024", STAFF | {"awards": [award("D0", "B", year=2024)]}, on=date(2024, 12, 5))
    desk.unit("V01", "2025", STAFF | {"awards": [DECIDED, award("D2", "B")]}, on=date(2025, 12, 5))
    decisions.close(desk.home, TESTER, "2024")
    publish(desk.home, interval=0)
    return desk


@pytest.fixture
def desk(closed: HandedIn, tmp_path: Path) -> HandedIn:
    return closed.copied(tmp_path / "home")


def _corrected(desk: HandedIn) -> None:
    desk.unit("V01", "2025", STAFF | {"awards": [DECIDED, award("D2", "A")]}, on=date(2025, 12, 6))


def _left_out(desk: HandedIn) -> None:
    desk.unit("V01", "2025", STAFF | {"awards": []}, on=date(2025, 12, 6))


def _revoked(desk: HandedIn) -> None:
    desk.unit("V01", "2025", STAFF | {"awards": [{**DECIDED, "result": "THU_HOI"}]}, on=date(2025, 12, 6))


def _withdrawn(desk: HandedIn) -> None:
    decisions.withdraw(desk.home, TESTER, LATER, "Nhầm")


def _corrected_twice(desk: HandedIn) -> None:
    _left_out(desk)
    publish(desk.home, interval=0)
    _corrected(desk)


def _counts_again(desk: HandedIn) -> None:
    _left_out(desk)
    publish(desk.home, interval=0)
    decisions.withdraw(desk.home, TESTER, 3, "Nhầm")


def _rows(version: Version, metric: str = "award_rate") -> list[tuple[object, ...]]:
    sql = "SELECT unit_code, breakdown, part, amount, submission_id, excel_row FROM metric_rows WHERE metric = $1 AND period = '2024'"
    return sorted(table(version, sql, [metric]).itertuples(index=False, name=None))


@pytest.mark.parametrize("happens", [_corrected, _left_out, _revoked, _withdrawn, _corrected_twice, _counts_again])
def test_an_award_a_closed_year_counted_stays_whatever_becomes_of_the_workbook_that_told_of_it(
    desk: HandedIn, happens: Callable[[HandedIn], None]
) -> None:
    pinned = publish(desk.home, interval=0)
    happens(desk)
    version = publish(desk.home, interval=0)
    assert figure(version, "award_rate", "V01", "2024", "CSTDCS") == (2, 2)
    assert _rows(version) == _rows(pinned) != []
    assert differences(version, build(desk.home, full=True)) == []
    assert examine(desk.home).faults == ()
    told = queries.evidence(version, ALL, Question("award_rate", "2024", breakdown="CSTDCS", unit="V01"))
    assert set(told.loc[told["part"] == "num", "receipt_no"]) == {1, LATER} and told["value"].notna().all()


def test_the_open_year_follows_the_correction_and_a_template_begins_with_it_alone(desk: HandedIn) -> None:
    _left_out(desk)
    version = publish(desk.home, interval=0)
    assert figure(version, "award_rate", "V01", "2025", "CSTDCS") == (0, 2)
    assert len(queries.stored_rows(version, ALL, "awards", "V01", "2025")) == 0
    assert list(table(version, "SELECT * FROM held").itertuples(index=False, name=None)) == [(LATER, "2024")]


def test_what_is_said_again_is_no_late_news_and_what_is_new_is(desk: HandedIn) -> None:
    _corrected(desk)
    again = queries.award_history(publish(desk.home, interval=0), ALL, "2024", "V01", "D1")
    assert list(zip(again["receipt_no"], again["is_late"], again["is_effective"], strict=True)) == [
        (LATER, False, True), (3, False, False),
    ]  # fmt: skip
    _revoked(desk)
    news = queries.award_history(publish(desk.home, interval=0), ALL, "2024", "V01", "D1")
    assert list(zip(news["result"], news["is_late"], news["is_effective"], strict=True)) == [
        ("DA_KHEN", False, True), ("THU_HOI", True, False),
    ]  # fmt: skip


def test_an_older_version_that_counts_again_did_not_count_when_the_year_was_closed(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2024", STAFF | {"awards": []}, on=date(2024, 12, 5))
    desk.unit("V01", "2025", STAFF | {"awards": [DECIDED]}, on=date(2025, 12, 5))
    desk.unit("V01", "2025", STAFF | {"awards": []}, on=date(2025, 12, 6))
    decisions.close(desk.home, TESTER, "2024")
    decisions.withdraw(desk.home, TESTER, 3, "Nhầm")
    version = publish(desk.home, interval=0)
    assert figure(version, "award_rate", "V01", "2024", "CSTDCS") == (0, 2)
    assert list(queries.award_history(version, ALL, "2024")["is_late"]) == [True]


def test_a_year_opened_again_follows_the_newest_word(desk: HandedIn) -> None:
    _revoked(desk)
    decisions.open_again(desk.home, TESTER, "2024", "Thu hồi danh hiệu")
    version = publish(desk.home, interval=0)
    assert figure(version, "award_rate", "V01", "2024", "CSTDCS") == (1, 2)
    assert table(version, "SELECT * FROM held").empty


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        ("DELETE FROM awards WHERE proposal_code = 'D1'", "awards"),
        ("UPDATE awards SET is_effective = FALSE WHERE proposal_code = 'D1'", "awards"),
        ("UPDATE metric_records SET amount = 0 WHERE metric = 'any_award_rate' AND part = 'num'", "metric_records"),
    ],
)
def test_a_closed_year_that_lost_an_award_told_of_later_is_not_published(
    desk: HandedIn, tmp_path: Path, spoil: str, what: str
) -> None:
    version = publish(desk.home, interval=0)
    copy = shutil.copy(version.facts, tmp_path / "facts.duckdb")
    with duckdb.connect(":memory:") as db:
        db.execute(f"ATTACH '{copy}' AS facts")
        db.execute("USE facts")
        db.execute(spoil)
        [(pinned,)] = db.execute("SELECT closed_version FROM periods WHERE is_closed").fetchall()
        with pytest.raises(BuildFailed) as problem:
            checks.compare_closed(db, "2024", desk.home.warehouse / pinned / FACTS)
    assert problem.value.facts["check"] == f"closed_period_changed:2024:{what}"


def test_a_six_month_workbook_counts_in_its_half_year_and_of_other_years_is_history_alone(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2024", STAFF | {"awards": [award("D1", "A", year=2024, result="DE_NGHI")]}, on=date(2024, 12, 5))
    half = [{**DECIDED}, award("D9", "B", year=2025)]
    desk.unit("V01", "2025H1", STAFF | {"awards": half}, on=date(2025, 6, 5))
    version = build(desk.home)
    assert figure(version, "award_rate", "V01", "2025H1", "CSTDCS") == (1, 2)  # D9 alone
    assert figure(version, "award_rate", "V01", "2024", "CSTDCS") == (0, 2)
    told = queries.award_history(version, ALL, "2024", "V01", "D1")
    assert list(zip(told["period"], told["result"], told["is_effective"], strict=True)) == [
        ("2024", "DE_NGHI", True), ("2025H1", "DA_KHEN", False),
    ]  # fmt: skip
    desk.unit("V01", "2025", STAFF | {"awards": [DECIDED]}, on=date(2025, 12, 5))
    assert figure(build(desk.home), "award_rate", "V01", "2024", "CSTDCS") == (1, 2)
