"""Who has to report, for whom and from when, to the day: lists whose rows begin and end around the day a
period is due.
"""

from datetime import UTC, date, datetime

import pytest

from pipelines.access import sees_all
from pipelines.records.bodies import from_json
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer
from tests.support import TESTER
from tests.support.counted.versions import table
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person, relisted
from tests.warehouse.test_metric_cases import figure

ALL = sees_all()
DUE, BEFORE, AFTER = "2025-12-15", "2025-12-14", "2025-12-16"
UNITS = {
    "V05": {"obliged": "0"}, "V09": {"valid_to": "2024-12-31"}, "V10": {"valid_to": DUE}, "V11": {"valid_to": BEFORE},
    "V12": {"valid_from": DUE}, "V13": {"valid_from": AFTER},
}  # fmt: skip
MEMBERS = {
    "T01": {"valid_from": DUE},
    "T04": {"valid_to": DUE},
    "T11": {"valid_to": BEFORE},
    "M08": {"valid_from": AFTER},
}


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    root = tmp_path_factory.mktemp("dates")
    home = relisted(root, "units", lambda row: row | UNITS.get(row["unit_code"], {}))
    relisted(root, "cluster_membership", lambda row: row | MEMBERS.get(row["unit_code"], {}))
    relisted(root, "award_catalogue", lambda row: row | {"valid_to": "2025-06-30"} if row["award"] == "KNC" else row)
    with (home.reference / "unit_lineage.csv").open("a", encoding="utf-8") as file:
        file.write("V09,V01,2025-01-01,1,sample\n")
    listed = (home.reference / "units.csv").read_text(encoding="utf-8").splitlines()
    first = next(line for line in listed if line.startswith("V04,"))
    listed = [listed[0], first, *(line for line in listed[1:] if line != first)]
    (home.reference / "units.csv").write_text("\n".join(listed) + "\n", encoding="utf-8")
    desk = HandedIn(root)
    moved = person("P", arrived_on="2024-02-01"), person("P", arrived_on="2024-09-01")
    both = [award("1", "P", year=2024), award("2", "Q", "LDTT", 2024)], [award("1", "P", "GK", 2024)]
    desk.unit("V09", "2024", {"staff": [person("Q"), moved[0]], "awards": both[0]})
    desk.unit("V10", "2024", {"staff": [person("R"), moved[1]], "awards": []})
    desk.unit("V01", "2024", {"staff": [person("S")], "awards": both[1]})
    others = [award("2", "S", "LDTT", 2024)]  # with the code of a proposal of the unit that is no more
    desk.unit("V01", "2025", {"staff": [person("S"), person("P")], "awards": others}, status="accepted_with_warnings")
    desk.unit("V01", "2025", {"staff": [], "awards": []}, status="returned")
    half = {"staff": [person("U")], "awards": [award("8", "U", year=2024), award("9", "U")]}
    desk.unit("V02", "2025H1", half, on=date(2025, 6, 1))
    taken_back = desk.unit("V14", "2025", {"staff": [person("W")], "awards": []})
    desk.journal.append(
        from_json("withdrawal", {"receipt_no": taken_back, "reason": "?"}), TESTER, datetime(2025, 12, 2, tzinfo=UTC)
    )
    desk.unit("V14", "2025", {"staff": [person("W")], "awards": []}, on=date(2025, 12, 20))
    desk.unit("V03", "2025", {"staff": [person("T")], "awards": []}, status="returned")
    members = [member(code, 10) for code in MEMBERS]
    counts = [member_award(code, 1) for code in MEMBERS]
    desk.cluster("C01", "2025", {"cluster_members": members, "cluster_awards": counts}, on=date(2025, 12, 1))
    desk.unit("V02", "2025", {"staff": [person("U")], "awards": []}, on=date(2026, 1, 1))
    return build(home)


def test_a_unit_reports_for_a_period_that_is_due_while_it_is_there(version: Version) -> None:
    there = set(queries.units(version, ALL, "2025")["unit_code"])
    assert there & set(UNITS) == {"V10", "V12"}
    assert {"V09", "V10"} <= set(queries.units(version, ALL, "2024")["unit_code"])


def test_a_cluster_reports_for_who_is_its_member_on_the_day_it_is_due(version: Version) -> None:
    clusters = queries.units(version, ALL, "2025").set_index("unit_code")["cluster_code"]
    assert {code: clusters[code] == "C01" for code in MEMBERS} == {"T01": True, "T04": True, "T11": False, "M08": False}
    assert figure(version, "award_rate", "T04", "2025", "CSTDCS") == (1, 10)
    assert figure(version, "award_rate", "T11", "2025", "CSTDCS") == "not_submitted"
    assert figure(version, "award_rate", "C01", "2025", "CSTDCS") == (2, 20)


def test_home_is_where_somebody_who_is_on_two_lists_came_last(version: Version) -> None:
    assert figure(version, "award_rate", "V10", "2024", "CSTDCS") == (1, 2)  # P, for what V09 proposed
    assert figure(version, "award_rate", "V09", "2024", "CSTDCS") == (0, 1)


def test_a_unit_that_takes_another_in_says_nothing_yet_of_its_awards_in_the_same_year(version: Version) -> None:
    asked = "SELECT unit_code, award, is_effective FROM awards WHERE proposal_code = '1' ORDER BY unit_code"
    assert table(version, asked).to_numpy().tolist() == [["V01", "GK", True], ["V09", "CSTDCS", True]]


def test_a_unit_that_took_another_in_says_nothing_of_it_with_a_code_it_gave_to_somebody_else(version: Version) -> None:
    asked = "SELECT unit_code, period, is_effective FROM awards WHERE proposal_code = '2' ORDER BY unit_code"
    assert table(version, asked).to_numpy().tolist() == [["V01", "2025", True], ["V09", "2024", True]]


def test_a_six_month_workbook_tells_of_its_half_year_and_of_other_years_in_their_name(version: Version) -> None:
    asked = "SELECT proposal_code, award_period FROM awards WHERE period = '2025H1' ORDER BY proposal_code"
    assert table(version, asked).to_numpy().tolist() == [["8", "2024"], ["9", "2025H1"]]


def test_what_was_taken_back_has_not_come(version: Version) -> None:
    late = queries.board(version, ALL, "2025").set_index("reporter_code")["days_late"]
    assert late["V14"] == 5


def test_an_award_that_ended_within_a_year_is_still_one_of_that_year(version: Version) -> None:
    for period, there in (("2025", True), ("2026", False)):
        assert ("KNC" in set(queries.award_catalogue(version, ALL, period)["award"])) is there
    assert "KNC" in set(queries.metric(version, ALL, "award_rate", ["2025"], ["V01"])["breakdown"])
    assert "KNC" not in set(queries.metric(version, ALL, "award_rate", ["2026"], ["V01"])["breakdown"])


def test_a_year_begins_on_its_first_day(version: Version) -> None:
    assert queries.periods(version, ALL)["period"].tolist() == ["2026", "2025", "2025H1", "2024"]


def test_the_board_tells_units_in_the_order_of_the_lists_then_clusters(version: Version) -> None:
    board = queries.board(version, ALL, "2025")
    kinds = board["reporter_kind"].tolist()
    assert kinds == sorted(kinds, reverse=True) and set(kinds) == {"unit", "cluster"}
    assert board["reporter_code"].tolist()[:4] == ["V04", "V01", "V02", "V03"]
    status = board.set_index("reporter_code")["status"]
    assert status[["V01", "V03", "V04", "C01"]].tolist() == [
        "accepted_with_warnings", "returned", "not_submitted", "accepted",
    ]  # fmt: skip
    late = board.set_index("reporter_code")["days_late"]
    assert late[["V01", "C01", "V02", "V04"]].tolist() == [0, 0, 17, 17]  # of what is missing: up to today
    assert set(board["reporter_code"]).isdisjoint(MEMBERS)


def test_who_may_see_one_unit_still_sees_the_groups_it_is_held_against(version: Version) -> None:
    told = queries.metric(version, Viewer("unit", ("T01",)), "award_rate", ["2025"], None, ["CSTDCS"])
    assert {"T01", "ALL", "BNCTU", "C01"} <= set(told["unit_code"]) and "T04" not in set(told["unit_code"])


def test_a_period_counts_workbooks_that_came_and_were_accepted(version: Version) -> None:
    row = queries.periods(version, ALL).set_index("period").loc["2025"]
    assert row["received_count"] == 4  # V01, V02, V14 and the cluster; that of V03 was returned
    assert row["obliged_count"] == len(queries.board(version, ALL, "2025"))
