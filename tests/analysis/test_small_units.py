"""Five people are enough to be judged, four are not: the same bound wherever a unit is called different."""

import pandas as pd
import pytest

from dashboard.awards import frames as award_frames
from dashboard.compare.frames import ranked
from dashboard.overview import worth_a_look
from dashboard.shell import columns
from pipelines.palette import SMALL_UNIT
from pipelines.warehouse.door import attention, peers, ranking
from pipelines.warehouse.door.peers import Peers
from pipelines.warehouse.door.question import Question

FEW, ENOUGH = SMALL_UNIT - 1, SMALL_UNIT


def _units(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """unit, how many have it, of how many."""
    told = pd.DataFrame(rows, columns=["unit_code", "numerator", "denominator"])
    return peers.with_intervals(
        told.assign(
            unit_name=told["unit_code"],
            metric="award_rate",
            state="reported",
            value=told["numerator"] / told["denominator"],
        )
    )


@pytest.fixture
def two() -> pd.DataFrame:
    """One unit of four people and one of five; everybody has it."""
    return _units(("few", FEW, FEW), ("enough", ENOUGH, ENOUGH))


def test_a_band_is_given_from_five_people_on(two: pd.DataFrame) -> None:
    assert list(peers.banded(two, 0.1)["band"]) == ["common", "above"]


def test_a_share_above_the_level_differs_only_where_its_interval_does() -> None:
    told = peers.banded(_units(("more", 2, 10), ("far more", 9, 10), ("fewer", 0, 10), ("far fewer", 0, 90)), 0.1)
    assert list(told["band"]) == ["common", "above", "common", "below"]


def test_a_unit_without_people_of_a_position_group_says_why() -> None:
    states = {"lists": "reported", "counts": "reported", "silent": "not_submitted"}
    totals = pd.DataFrame({"unit_code": list(states), "stratum": "", "state": list(states.values()), "value": 0.5})
    split = pd.DataFrame({"unit_code": ["lists"], "stratum": "TRUC_TIEP", "state": "reported", "value": 0.4})
    rows = peers._of_stratum(pd.concat([totals, split]), "LD_VU").set_index("unit_code")
    assert rows["state"].to_dict() == {"lists": "not_applicable", "counts": "not_computable", "silent": "not_submitted"}
    assert rows["value"].isna().all() and set(rows["stratum"]) == {"LD_VU"}


def test_what_is_read_beside_a_share_says_too_few_below_five(two: pd.DataFrame) -> None:
    told = columns.readings(peers.banded(two, 0.1), "vi", "awards.doubtful", "awards.small")
    assert [one.startswith(f"Dưới {SMALL_UNIT}") for one in told] == [True, False]


def test_a_point_of_the_funnel_is_judged_from_five_people_on(two: pd.DataFrame) -> None:
    many = _units(*((f"u{n}", 1, 100) for n in range(20)))
    found = peers.placed(Peers(pd.concat([two, many], ignore_index=True), 0.01, 20.0, 2000.0))
    points = found.points.set_index("unit_code")
    assert points.loc["few", ["beyond", "place"]].tolist() == [0, "inside"]
    assert points.loc["enough", ["beyond", "place"]].tolist() == [1, "above_998"]
    drawn = award_frames.funnel_points(found, "vi")["unit_code"].tolist()
    assert drawn[0] == "enough" and drawn[-1] == "few"  # the outermost first, who cannot be judged last
    assert award_frames.standing(_banded(found)).small == 1


def _banded(found: peers.Funnel) -> peers.Funnel:
    rows = peers.banded(found.peers.rows, found.level)
    return peers.Funnel(
        Peers(rows, found.level, 20.0, 2000.0), found.points, found.limits, found.level, found.usual_difference
    )


def test_who_is_far_from_the_peers_is_looked_for_among_units_of_five_or_more(
    two: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = peers.placed(Peers(two, 0.1, 9.0, 9.0))
    monkeypatch.setattr(attention, "funnel", lambda *_: found)
    judged = attention._judged(None, None, Question("award_rate", "2025", "VU"))  # type: ignore[arg-type]
    assert judged["unit_code"].tolist() == ["enough"]


def test_a_rank_is_given_from_five_people_on(two: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = two.assign(unit_kind="unit", peer_group="VU", period="2025", breakdown="", stratum="")
    monkeypatch.setattr(ranking, "kind", lambda *_: "ratio")
    monkeypatch.setattr(ranking.units_of, "metric", lambda *_: rows)
    monkeypatch.setattr(ranking, "levels", lambda *_: rows.head(1))
    found = ranking.compared(None, None, Question("award_rate", "2025", peer_group="VU"))  # type: ignore[arg-type]
    ranks = found.rows.set_index("unit_code")["first"]
    assert found.ranked == 1 and ranks["few"] != ranks["few"] and ranks["enough"] == 1
    assert len(ranked(found.rows)) == 2


def test_all_rated_alike_is_said_of_five_people_or_more() -> None:
    rated = _units(("few", FEW, FEW), ("enough", ENOUGH, ENOUGH)).assign(breakdown="HTTNV", period="2025")
    [sight] = worth_a_look._uniform(rated, ["few", "enough"], "vi")
    assert "enough" in str(sight) and "few" not in str(sight)
