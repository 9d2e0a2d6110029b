"""What signals read of a version: awards for merit, leaders, points by who gave them, what went whole into a unit of
today.
"""

import duckdb
import pytest

from pipelines.signals.shape import Inputs
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import attach
from pipelines.warehouse.door import signal_inputs
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person, relisted

OBLIGED = ("V01", "V02", "V06", "T01", "V14", "V15", "V07", "V08")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[int], Inputs]:
    """Years signals may speak at, and the frames of 2025: V01, V02, V06 and the cluster of T01 report, V14 and V15 do
    not.
    """
    root = tmp_path_factory.mktemp("frames")
    home = relisted(root, "units", lambda row: row if row["unit_code"] in OBLIGED else row | {"obliged": "0"})
    desk = HandedIn(root)
    staff = [person("A", "LD_VU"), person("B"), person("C")]
    awards = [
        award("1", "A"),
        award("2", "B", "GK"),
        award("3", "B", "LDTT"),
        award("4", "C", "KNC"),
        award("5", "B", "BKB"),
    ]
    desk.unit("V07", "2019", {"staff": staff, "awards": []})
    desk.unit("V06", "2019", {"staff": staff, "awards": []})
    desk.unit("V01", "2024", {"staff": staff, "awards": [award("1", "A", year=2024)]})
    desk.unit("V02", "2024", {"staff": [person("D")], "awards": []})
    desk.unit("V06", "2024", {"staff": [person("E")], "awards": []})
    for unit, rows in (("V01", {"staff": staff, "awards": awards}), ("V02", {"staff": [person("D")], "awards": []})):
        desk.unit(unit, "2025", rows)
    score = {"unit_code": "T01", "criterion_code": "1", "criterion_name": "1", "score_kind": "CO_BAN", "max_score": 60}
    rows = {
        "cluster_members": [member("T01", 20, 2)], "cluster_awards": [member_award("T01", 3, group="LD_VU")],
        "cluster_scores": [score | {"self_score": 58, "cross_score": 50, "final_score": 52}],
    }  # fmt: skip
    desk.cluster("C01", "2025", rows)
    version = build(home)
    with duckdb.connect(":memory:") as db:
        attach(db, version, read_only=True)
        db.execute("USE facts")
        return signal_inputs.years(db), signal_inputs.inputs(db, 2025)


def test_signals_speak_at_years_of_which_half_of_the_workbooks_are_there(told: tuple[list[int], Inputs]) -> None:
    assert told[0] == [2025, 2024]  # three of six each; of 2019 to 2023 fewer


def test_awards_for_merit_are_counted_and_leaders_among_them(told: tuple[list[int], Inputs]) -> None:
    awards = told[1].awards.query("year == 2025").set_index("unit_code")
    assert awards.loc["V01", ["awarded", "staff"]].tolist() == [3, 3]  # LDTT and KNC are for no merit
    assert awards.loc["T01", ["awarded", "staff"]].tolist() == [3, 20]
    leaders = told[1].leaders.query("year == 2025").set_index("unit_code")
    assert leaders.loc["V01", ["staff", "leaders", "awarded", "awarded_leaders"]].tolist() == [3, 1, 2, 1]
    assert leaders.loc["T01", ["awarded", "awarded_leaders"]].tolist() == [3, 3]
    levels = told[1].levels.query("year == 2025 and unit_code == 'V01'")
    assert levels["awarded"].sum() == 3


def test_points_are_those_a_unit_gave_itself_and_the_final_ones(told: tuple[list[int], Inputs]) -> None:
    assert told[1].scores[["unit_code", "cluster_code", "own", "final"]].to_numpy().tolist() == [["T01", "C01", 58, 52]]


def test_only_what_went_whole_into_a_unit_is_told_of_it(told: tuple[list[int], Inputs]) -> None:
    then = told[1].today.query("year == 2019").set_index("unit_code")["today"].to_dict()
    assert (then["V07"], then["V08"], then["V01"]) == ("V14", "V14", "V01") and "V06" not in then


def test_people_are_those_listed_with_what_they_won(told: tuple[list[int], Inputs]) -> None:
    people = told[1].people.query("unit_code == 'V01' and year == 2025")
    assert len(people) == 3 and people["won"].sum() == 2 and not people["must_wait"].any()
