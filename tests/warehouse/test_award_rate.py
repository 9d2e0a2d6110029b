"""Award rates, counted by hand: who is counted, from which workbook, in which state, and how groups add up."""

from datetime import date

import duckdb
import pytest

from pipelines.access import sees_all
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person

ALL = sees_all()


def figure(version: Version, unit: str, period: str = "2025", breakdown: str = "CSTDCS", stratum: str = "") -> tuple:
    """(numerator, denominator, value, state) of one award rate, None for a missing number."""
    found = queries.metric(version, ALL, "award_rate", [period], [unit], [breakdown], [stratum])
    assert len(found) == 1
    row = found.iloc[0]
    numbers = [None if row[name] != row[name] else row[name] for name in ("numerator", "denominator", "value")]
    return (*numbers, row["state"])


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("award_rate"))
    desk.unit(
        "V01",
        "2025",
        {
            "staff": [person("A"), person("B", "LD_VU"), person("C"), person("D", left_on=date(2025, 6, 30))],
            "awards": [
                award("1", "A"),
                award("2", "A"),  # the same person twice: one person
                award("3", "B"),
                award("4", "C", award_kind="DOT_XUAT"),  # not for regular merit
                award("5", "C", result="THU_HOI"),  # revoked
                award("6", "V01", recipient="TAP_THE", what="TTLDXS"),
                award("7", "D"),  # has moved to V02: counts there
            ],
        },
    )
    desk.unit("V02", "2025", {"staff": [person("D", arrived_on=date(2025, 7, 1)), person("E")], "awards": []})
    desk.unit("V03", "2025", {"staff": [person("F")]})  # `Khen thưởng` empty and not marked
    desk.unit("V04", "2025", {"staff": [], "awards": []})
    desk.cluster(
        "C01",
        "2025",
        {
            "cluster_members": [member("T01", 20, 3), member("T04", 10)],
            "cluster_awards": [
                member_award("T01", 3, group="TRUC_TIEP"),
                member_award("T01", 1, group="LD_VU"),
                member_award("T01", 9, recipient="TAP_THE", what="TTLDXS"),
                member_award("T01", 5, award_kind="DOT_XUAT"),
            ],
        },
    )
    desk.cluster("C04", "2025", {"cluster_members": [member("M45", 30)], "cluster_awards": [member_award("M45", 30)]})
    desk.unit("M45", "2025", {"staff": [person("X"), person("Y")], "awards": [award("1", "X")]})
    return build(desk.home)


def test_people_are_counted_once_and_only_for_regular_merit_granted_and_not_revoked(version: Version) -> None:
    assert figure(version, "V01") == (2, 3, pytest.approx(2 / 3), "reported")  # A and B of A, B, C
    assert figure(version, "V01", breakdown="LDTT") == (0, 3, 0, "reported")


def test_a_stratum_counts_its_own_people(version: Version) -> None:
    assert figure(version, "V01", stratum="LD_VU") == (1, 1, 1, "reported")
    assert figure(version, "V01", stratum="TRUC_TIEP") == (1, 2, 0.5, "reported")


def test_an_award_from_the_former_unit_follows_the_person_home_and_shows_its_cell(version: Version) -> None:
    assert figure(version, "V02") == (1, 2, 0.5, "reported")
    rows = queries.evidence(version, ALL, Question("award_rate", "2025", breakdown="CSTDCS", unit="V02"))
    source = rows[rows["part"] == "num"].iloc[0]
    assert (source["file_name"], source["sheet"], source["cell"]) == ("V01_2025.xlsx", "Khen thưởng", "F11")
    assert (source["subject"], source["value"]) == ("Nguyễn Văn D", "CSTDCS")


def test_an_empty_unmarked_sheet_is_not_submitted_and_no_staff_is_not_applicable(version: Version) -> None:
    assert figure(version, "V03") == (None, None, None, "not_submitted")
    assert figure(version, "V05") == (None, None, None, "not_submitted")
    assert figure(version, "V04") == (None, None, None, "not_applicable")


def test_a_unit_its_cluster_reports_for_is_counted_from_the_cells_of_the_cluster(version: Version) -> None:
    assert figure(version, "T01") == (4, 20, 0.2, "reported")
    assert figure(version, "T04") == (0, 10, 0, "reported")
    assert figure(version, "M08") == (None, None, None, "not_submitted")  # a member without a row
    rows = queries.evidence(version, ALL, Question("award_rate", "2025", breakdown="CSTDCS", unit="T01"))
    assert list(rows["cell"]) == ["H5", "H6", "D5"]
    assert list(rows["value"]) == ["3", "1", "20"]


def test_a_unit_that_reports_both_ways_is_counted_from_its_own_workbook_only(version: Version) -> None:
    assert figure(version, "M45") == (1, 2, 0.5, "reported")


def test_groups_add_up_numerators_and_denominators_of_reported_units(version: Version) -> None:
    assert figure(version, "VU") == (3, 5, 0.6, "reported")  # V01 2/3 and V02 1/2
    assert figure(version, "C01") == (4, 30, pytest.approx(4 / 30), "reported")
    assert figure(version, "BNCTU") == (5, 32, pytest.approx(5 / 32), "reported")
    assert figure(version, "ALL") == (8, 37, pytest.approx(8 / 37), "reported")
    assert figure(version, "P45") == (1, 2, 0.5, "reported")
    assert figure(version, "C02") == (None, None, None, "not_submitted")


def test_evidence_of_a_group_is_the_rows_of_its_units_and_adds_up(version: Version) -> None:
    rows = queries.evidence(version, ALL, Question("award_rate", "2025", breakdown="CSTDCS", unit="ALL"))
    assert rows.groupby("part")["amount"].sum().to_dict() == {"num": 8, "den": 37}
    assert set(rows["unit_code"]) == {"V01", "V02", "M45", "T01", "T04"}


def test_only_people_are_among_the_people_not_the_teams_that_are_awarded_too(version: Version) -> None:
    known = set(queries.known_people(version, ALL, "BNC")["person_code"])
    with duckdb.connect(str(version.people), read_only=True) as db:
        rows = db.execute("SELECT person_code FROM people").fetchall()
    assert {code for (code,) in rows} >= known >= {"A", "D"}
    assert ("V01",) not in rows
