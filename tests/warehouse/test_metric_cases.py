"""Cases the definitions of the metrics turn on, each on a few rows: later years, six months, closing, moves, counts of
clusters.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.records.bodies import from_json
from pipelines.records.journal import Journal
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.support import TESTER
from tests.support.counted.versions import table
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person

ALL = sees_all()


def figure(version: Version, metric: str, unit: str, period: str, breakdown: str = "") -> tuple | str:
    """(numerator, denominator), or the state where nothing is reported."""
    found = queries.metric(version, ALL, metric, [period], [unit], [breakdown])
    assert len(found) == 1, (metric, unit, period, breakdown)
    row = found.iloc[0]
    return (row["numerator"], row["denominator"]) if row["state"] == "reported" else row["state"]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """V01 in 2024, in the first half of 2025, and in 2025 with news of 2024; V07 and its successor V14."""
    desk = HandedIn(tmp_path_factory.mktemp("years"))
    granted = [
        award("1", "A", year=2024),
        award("2", "B", "BKTTG", 2024, result="DE_NGHI"),
        award("3", "C", "GK", 2024),
    ]
    desk.unit("V01", "2024", {"staff": [person("A"), person("B"), person("C")], "awards": granted})
    half = [person("A", rating="CXL"), person("B", rating="CXL"), person("E")]
    desk.unit("V01", "2025H1", {"staff": half, "awards": [award("1", "A")]}, on=date(2025, 6, 10))
    news = [award("1", "A", year=2024, result="THU_HOI"), award("2", "B", "BKTTG", 2024), award("9", "A", "GK")]
    desk.unit("V01", "2025", {"staff": [person("A"), person("B")], "awards": news})
    people = [person("M"), person("N")]
    desk.unit("V07", "2019", {"staff": people, "awards": [award("1", "M", year=2019), award("2", "N", year=2019)]})
    taken_back = award("1", "M", year=2019, result="THU_HOI")
    desk.unit("V14", "2020", {"staff": people, "awards": [taken_back, award("2", "M", year=2020)]})
    return build(desk.home)


def test_an_award_decided_a_year_later_counts_in_the_year_it_was_earned_and_shows_the_later_cell(
    years: Version,
) -> None:
    assert figure(years, "award_rate", "V01", "2024", "BKTTG") == (1, 3)
    assert figure(years, "award_rate", "V01", "2025", "BKTTG") == (0, 2)
    rows = queries.evidence(years, ALL, Question("award_rate", "2024", breakdown="BKTTG", unit="V01"))
    assert list(rows.loc[rows["part"] == "num", "file_name"]) == ["V01_2025.xlsx"]


def test_an_award_taken_back_later_no_longer_counts_in_any_rate(years: Version) -> None:
    assert figure(years, "award_rate", "V01", "2024", "CSTDCS") == (0, 3)
    assert figure(years, "any_award_rate", "V01", "2024") == (2, 3)  # B and C
    assert figure(years, "leader_award_share", "V01", "2024") == (0, 2)


def test_a_successor_takes_back_what_the_unit_before_it_reported(years: Version) -> None:
    assert figure(years, "award_rate", "V07", "2019", "CSTDCS") == (1, 2)  # N keeps it
    assert figure(years, "award_rate", "V14", "2020", "CSTDCS") == (1, 2)


def test_rows_of_the_six_month_workbook_stay_in_their_period(years: Version) -> None:
    assert figure(years, "award_rate", "V01", "2025H1", "CSTDCS") == (1, 3)
    assert figure(years, "award_rate", "V01", "2025", "CSTDCS") == (0, 2)
    assert figure(years, "rating_share", "V01", "2025H1", "HTTNV") == (1, 1)
    assert figure(years, "rating_share", "V01", "2025", "HTTNV") == (2, 2)
    assert figure(years, "submitted_on_time", "V01", "2025H1") == (1, 1)


def test_news_of_a_closed_year_is_kept_as_an_event_and_not_counted(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    desk.unit("V01", "2024", {"staff": [person("A"), person("B")], "awards": [award("1", "A", year=2024)]})
    closing = {"period": "2024", "version": build(desk.home).name}
    Journal(desk.home.journal).append(from_json("period_closed", closing), TESTER, datetime(2025, 3, 1, tzinfo=UTC))
    news = [award("1", "A", year=2024, result="THU_HOI"), award("2", "B", year=2024)]
    desk.unit("V01", "2025", {"staff": [person("A"), person("B")], "awards": news})
    version = build(desk.home)
    assert figure(version, "award_rate", "V01", "2024", "CSTDCS") == (1, 2)
    assert figure(version, "award_rate", "V01", "2025", "CSTDCS") == (0, 2)
    assert table(version, "SELECT result, is_late FROM awards ORDER BY period, proposal_code").to_numpy().tolist() == [
        ["DA_KHEN", False], ["THU_HOI", True], ["DA_KHEN", True],
    ]  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """One year: who has moved where, the same code in two scopes, and odd counts of clusters."""
    desk = HandedIn(tmp_path_factory.mktemp("places"))
    moved, gone = {"left_on": date(2025, 6, 30)}, {"left_on": date(2025, 3, 31)}
    kinds = {"NIEN_HAN": "HCLD3", "CONG_HIEN": "HCLD2", "CHUYEN_DE": "GK", "DOT_XUAT": "GK", "DOI_NGOAI": "BKB"}
    staff = [person("A"), person("B", "LD_VU", **gone), person("C", **moved), person("D", **moved), person("G")]
    desk.unit(
        "V01",
        "2025",
        {
            "staff": [*staff, *(person(kind) for kind in kinds)],
            "awards": [
                *(award(kind, kind, what, award_kind=kind) for kind, what in kinds.items()),
                award("1", "A"),
                award("2", "B"),
                award("3", "X"),  # on no staff list of the year
                award("4", "G", result="KHONG_DAT"),
                award("5", "G", result="DE_NGHI"),
                award("6", "V01", "GK", recipient="TAP_THE"),
            ],
        },
    )
    desk.unit(
        "V02", "2025", {"staff": [person("D", "LD_PHONG", arrived_on=date(2025, 7, 1))], "awards": [award("1", "D")]}
    )
    desk.unit("M45", "2025", {"staff": [person("A", rating="KHTNV")], "awards": []})
    desk.cluster(
        "C01",
        "2025",
        {
            "cluster_members": [member("T01", 20), member("T04", 0), member("T11", 10), member("M08", 8)],
            "cluster_awards": [
                member_award("T01", 4, "LDTT"),
                member_award("T01", 1, "KNC"),
                member_award("T01", 1, "HCLD3", award_kind="NIEN_HAN"),
                member_award("T01", 0, "GK"),
                member_award("T01", 2, "GK", recipient="TAP_THE"),
                member_award("T01", 3, "BKB", "LD_BO", award_kind="CHUYEN_DE"),
                member_award("T11", 0, "GK"),
            ],
        },
    )
    return build(desk.home)


def test_home_is_the_unit_of_the_last_day_or_the_last_one_and_nobody_counts_twice(places: Version) -> None:
    assert figure(places, "leader_staff_share", "V01", "2025") == (
        1,
        9,
    )  # B left, C went where nothing came from, D is away
    assert figure(places, "leader_staff_share", "V02", "2025") == (1, 1)
    assert figure(places, "leader_staff_share", "ALL", "2025") == (2, 49)
    assert figure(places, "award_rate", "V01", "2025", "CSTDCS") == (2, 9)
    assert figure(places, "award_rate", "V02", "2025", "CSTDCS") == (1, 1)


def test_any_award_counts_every_kind_but_seniority_and_long_contribution(places: Version) -> None:
    assert figure(places, "any_award_rate", "V01", "2025") == (
        5,
        9,
    )  # A, B and the kinds CHUYEN_DE, DOT_XUAT, DOI_NGOAI
    assert figure(places, "award_rate", "V01", "2025", "GK") == (0, 9)
    assert figure(places, "leader_award_share", "V01", "2025") == (1, 5)
    assert figure(places, "leader_award_share", "V02", "2025") == (1, 1)  # D leads a division


def test_one_code_in_two_scopes_is_two_people(places: Version) -> None:
    assert figure(places, "rating_share", "M45", "2025", "KHTNV") == (1, 1)
    assert figure(places, "rating_share", "V01", "2025", "KHTNV") == (0, 9)
    assert figure(places, "award_rate", "M45", "2025", "CSTDCS") == (0, 1)


def test_only_counted_awards_of_merit_need_their_position_group(places: Version) -> None:
    assert figure(places, "leader_award_share", "T01", "2025") == (3, 3)
    assert figure(places, "leader_award_share", "T11", "2025") == "not_applicable"  # nobody awarded
    assert figure(places, "award_rate", "T01", "2025", "LDTT") == (4, 20)
    assert figure(places, "award_rate", "T01", "2025", "BKB") == (0, 20)  # not for regular merit


def test_a_member_without_staff_is_not_applicable_and_without_a_report_not_submitted(places: Version) -> None:
    assert figure(places, "award_rate", "T04", "2025", "GK") == "not_applicable"
    assert figure(places, "rating_share", "T04", "2025", "HTTNV") == "not_applicable"
    assert figure(places, "award_rate", "T14", "2025", "GK") == "not_submitted"
    assert figure(places, "submitted_on_time", "T14", "2025") == "not_submitted"
    assert figure(places, "any_award_rate", "T14", "2025") == "not_computable"  # whatever its cluster sends
    assert figure(places, "exemplar_count", "T01", "2025", "MO_HINH") == "not_submitted"  # empty and not marked


def test_a_group_has_the_state_of_its_units_while_none_has_reported(places: Version) -> None:
    assert figure(places, "award_rate", "C03", "2025", "GK") == "not_submitted"
    assert figure(places, "any_award_rate", "C03", "2025") == "not_computable"
    assert figure(places, "award_rate", "C01", "2025", "GK") == (0, 38)  # T04 has nobody: it adds nothing
