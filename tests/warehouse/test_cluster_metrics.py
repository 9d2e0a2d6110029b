"""What clusters alone report: points by who gave them and pledges, counted by hand on a few rows."""

import pytest

from pipelines.access import sees_all
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer
from tests.support.homes.handed_in import HandedIn, Row, member, person
from tests.warehouse.test_metric_cases import figure

ALL = sees_all()


def score(unit: str, code: str, own: float, cross: float | None, final: float | None, kind: str = "CO_BAN") -> Row:
    told = {"unit_code": unit, "criterion_code": code, "criterion_name": f"Tiêu chí {code}", "score_kind": kind}
    return told | {"max_score": 50, "self_score": own, "cross_score": cross, "final_score": final}


def pledge(code: str, target: float, outcome: float | None, unit: str | None = None) -> Row:
    return {"pledge_code": code, "content": f"Nội dung {code}", "unit_code": unit, "target": target, "outcome": outcome}


SCORES = [
    score("T01", "1", 40, 38.5, 38),
    score("T01", "2", 4, 3, 3, "THUONG"),
    score("T01", "3", -0.5, -2, -2, "TRU"),
    score("T11", "1", 30, 30, None),
    score("T11", "2", 5, None, None, "THUONG"),
]
PLEDGES = [
    pledge("1", 90, 90),
    pledge("2", 90, 89.9),
    pledge("3", 2, None),  # not known yet
    pledge("4", 3, 5, "T01"),
]


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("clusters"))
    members = [member("T01", 20), member("T04", 10), member("T11", 8)]
    told = {"cluster_members": members, "cluster_scores": SCORES, "pledges": PLEDGES}
    desk.cluster("C01", "2025", told)
    desk.cluster("C01", "2025H1", told)
    desk.unit("M45", "2025", {"staff": [person("A")]})  # reports itself, and its cluster scores it
    own = [score("M45", "1", 45, 44, 43)]
    desk.cluster("C04", "2025", {"cluster_members": [member("M45", 1)], "cluster_scores": own, "pledges": []})
    desk.cluster("C02", "2025", {"cluster_members": [], "cluster_scores": SCORES[:1]})
    return build(desk.home)


def test_points_are_basic_and_bonus_less_penalties_by_who_gave_them(version: Version) -> None:
    assert points(version, "T01") == {"self": 43.5, "cross": 39.5, "final": 39}
    assert figure(version, "cluster_score_gap", "T01", "2025")[0] == 4  # 1.5 + 1 + 1.5


def test_a_total_with_an_open_criterion_is_not_known_and_no_score_is_not_nought(version: Version) -> None:
    assert points(version, "T11") == {"self": 35, "cross": "not_computable", "final": "not_computable"}
    assert figure(version, "cluster_score_gap", "T11", "2025") == "not_computable"
    assert points(version, "T04") == dict.fromkeys(("self", "cross", "final"), "not_applicable")


def test_a_cluster_tells_the_points_of_members_with_a_workbook_of_their_own_too(version: Version) -> None:
    assert points(version, "M45") == {"self": 45, "cross": 44, "final": 43}
    assert figure(version, "pledge_met_share", "M45", "2025") == "not_applicable"
    assert points(version, "V01")["self"] == "not_applicable"  # belongs to no cluster
    assert points(version, "T14")["self"] == "not_submitted"  # its cluster has sent nothing


def test_points_of_several_units_are_neither_added_nor_averaged(version: Version) -> None:
    for group in ("C01", "BNCTU", "VU", "ALL"):
        assert points(version, group)["final"] == "not_applicable"
        assert figure(version, "cluster_score_gap", group, "2025") == "not_applicable"


def test_the_cell_of_a_point_is_the_column_of_who_gave_it(version: Version) -> None:
    rows = queries.evidence(version, ALL, Question("cluster_score", "2025", breakdown="cross", unit="T01"))
    assert list(zip(rows["cell"], rows["column"], rows["value"], rows["amount"], strict=True)) == [
        ("H5", "Chấm chéo", "38.5", 38.5), ("H6", "Chấm chéo", "3", 3), ("H7", "Chấm chéo", "-2", -2),
    ]  # fmt: skip


def test_what_all_members_pledged_counts_for_each_and_an_open_result_for_nobody(version: Version) -> None:
    assert figure(version, "pledge_met_share", "T01", "2025") == (2, 3)  # 1 and 4 of 1, 2 and 4
    assert figure(version, "pledge_met_share", "T04", "2025") == (1, 2)
    assert figure(version, "pledge_met_share", "C01", "2025") == (4, 7)
    assert figure(version, "pledge_met_share", "V01", "2025") == "not_applicable"
    assert figure(version, "pledge_met_share", "T01", "2025H1") == "not_applicable"  # half a year fulfils none
    rows = queries.evidence(version, ALL, Question("pledge_met_share", "2025", unit="T01"))
    assert list(rows[rows["part"] == "num"]["value"]) == ["90", "5"]


def points(version: Version, unit: str) -> dict[str, float | str]:
    """breakdown -> points in 2025, or the state where there are none."""
    found = {code: figure(version, "cluster_score", unit, "2025", code) for code in ("self", "cross", "final")}
    return {code: one if isinstance(one, str) else one[0] for code, one in found.items()}


def test_a_row_of_a_whole_cluster_is_shown_to_its_members_and_to_no_other_unit(version: Version) -> None:
    whole = queries.evidence(version, ALL, Question("pledge_met_share", "2025", unit="T04")).iloc[0]
    place = (int(whole["submission_id"]), str(whole["sheet"]), int(whole["excel_row"]))
    for unit, shown in (("T04", ["1", "Nội dung 1", "90", "90"]), ("M45", [])):
        viewer = Viewer("unit", (unit,), may_see_people=False)
        assert list(queries.source_row(version, viewer, *place)["value"]) == shown
