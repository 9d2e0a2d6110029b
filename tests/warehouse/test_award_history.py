"""Late news of an award: told years later under the same code, kept as a dated event, never deleted."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.desk import decisions
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer
from tests.support import TESTER
from tests.support.homes.handed_in import HandedIn, award, person
from tests.warehouse.test_metric_cases import figure

ALL = sees_all()
STAFF = {"staff": [person("A"), person("B")]}


def _events(version: Version, *asked: str, viewer: Viewer = ALL) -> list[tuple[object, ...]]:
    rows = queries.award_history(version, viewer, *asked)
    dates = rows["happened_on"].dt.date
    return list(zip(rows["unit_code"], dates, rows["result"], rows["is_effective"], rows["is_late"], strict=True))


@pytest.fixture
def told(tmp_path: Path) -> HandedIn:
    """V01 proposes A in 2023, tells of the decision in 2024, and that it was revoked in 2025."""
    desk = HandedIn(tmp_path / "home")
    proposed = award("D1", "A", "BKTTG", 2023, result="DE_NGHI")
    desk.unit("V01", "2023", STAFF | {"awards": [proposed, award("D2", "B", year=2023)]}, on=date(2023, 12, 5))
    granted = award("D1", "A", "BKTTG", 2023, decision_no="7/QĐ", decided_on="2024-03-02")
    desk.unit("V01", "2024", STAFF | {"awards": [granted]}, on=date(2024, 12, 6))
    revoked = award("D1", "A", "BKTTG", 2023, result="THU_HOI", decision_no="9/QĐ", decided_on="2025-08-01")
    desk.unit("V01", "2025", STAFF | {"awards": [revoked]}, on=date(2025, 12, 7))
    return desk


def test_an_award_is_followed_from_proposal_to_decision_and_revocation(told: HandedIn) -> None:
    version = build(told.home)
    assert _events(version, "2023", "V01", "D1") == [
        ("V01", date(2023, 12, 5), "DE_NGHI", False, False),
        ("V01", date(2024, 3, 2), "DA_KHEN", False, False),
        ("V01", date(2025, 8, 1), "THU_HOI", True, False),
    ]
    rows = queries.award_history(version, ALL, "2023", "V01", "D1")
    assert set(rows["subject"]) == {"Nguyễn Văn A"} and list(rows["receipt_no"]) == [1, 2, 3]
    assert list(rows["file_name"]) == ["V01_2023.xlsx", "V01_2024.xlsx", "V01_2025.xlsx"]
    assert list(rows["value"]) == list(rows["result"]) and list(rows["decision_no"].fillna("")) == ["", "7/QĐ", "9/QĐ"]


def test_each_step_changes_the_figure_of_the_year_of_the_achievement_alone(told: HandedIn) -> None:
    assert figure(build(told.home), "award_rate", "V01", "2023", "BKTTG") == (0, 2)
    decisions.withdraw(told.home, TESTER, 3, "Nhầm")  # not revoked after all
    version = build(told.home)
    assert figure(version, "award_rate", "V01", "2023", "BKTTG") == (1, 2)
    assert figure(version, "award_rate", "V01", "2024", "BKTTG") == (0, 2)
    assert [event[2:4] for event in _events(version, "2023", "V01", "D1")] == [("DE_NGHI", False), ("DA_KHEN", True)]


def test_news_of_a_closed_year_is_a_late_event_and_the_year_stays_as_it_was(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2023", STAFF | {"awards": [award("D1", "A", "BKTTG", 2023)]}, on=date(2023, 12, 5))
    decisions.close(desk.home, TESTER, "2023")
    before = figure(build(desk.home), "award_rate", "V01", "2023", "BKTTG")
    revoked = award("D1", "A", "BKTTG", 2023, result="THU_HOI", decided_on="2025-08-01")
    desk.unit("V01", "2025", STAFF | {"awards": [revoked]}, on=date(2025, 12, 7))
    version = build(desk.home)
    assert figure(version, "award_rate", "V01", "2023", "BKTTG") == before == (1, 2)
    assert _events(version, "2023", "V01", "D1") == [
        ("V01", date(2023, 12, 5), "DA_KHEN", True, False),
        ("V01", date(2025, 8, 1), "THU_HOI", False, True),
    ]


def test_what_a_successor_says_stands_in_the_history_of_the_unit_before_it(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V07", "2019", STAFF | {"awards": [award("D1", "A", year=2019)]}, on=date(2019, 12, 5))
    revoked = award("D1", "A", year=2019, result="THU_HOI", decided_on="2020-11-01")
    desk.unit("V14", "2020", STAFF | {"awards": [revoked]}, on=date(2020, 12, 5))
    version = build(desk.home)
    told = [("V07", date(2019, 12, 5), "DA_KHEN", False, False), ("V14", date(2020, 11, 1), "THU_HOI", True, False)]
    assert _events(version, "2019", "V07", "D1") == _events(version, "2019", "V14", "D1") == told


def test_who_may_not_see_people_sees_keys_and_a_unit_sees_its_own_events(told: HandedIn) -> None:
    version = build(told.home)
    rows = queries.award_history(version, Viewer("reader", may_see_people=False), "2023")
    assert len(rows) == 4 and not rows["subject"].str.startswith("Nguyễn").any()
    assert _events(version, "2023", viewer=Viewer("unit", units=("V02",))) == []
