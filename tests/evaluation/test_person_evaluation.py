"""A short run of the evaluation: what the methods find, whom they name by mistake, and that they are calibrated."""

from dataclasses import replace

import numpy as np
import pytest

from pipelines.evaluation import leaders, rises, rotation
from pipelines.evaluation.rosters import Habits, drawn, named, outcome

USED, AGREE = rotation.USED, rotation.AGREED


def _measured(world: str, years: int, repeats: int = 3) -> dict[str, dict[str, float]]:
    settings = tuple(replace(s, units=150) for s in rotation.SETTINGS if (s.world, s.years) == (world, years))
    table = rotation.evaluated(repeats, settings)
    return {str(row["method"]): row for row in table.to_dict("records")}


def test_an_invented_world_keeps_its_own_rules() -> None:
    habits = Habits(bar=2, planted_share=0.3)
    r = drawn(np.random.default_rng(1), 50, 8, habits)
    again = drawn(np.random.default_rng(1), 50, 8, habits)
    assert (r.won == again.won).all() and (r.person == again.person).all()
    assert not (r.won & r.barred).any() and r.planted.sum() == 15
    assert np.bincount(r.unit[r.year == 7]).tolist() == r.heads.tolist()
    order = np.lexsort((r.year, r.person))
    awards = order[r.won[order]]
    same = r.person[awards][1:] == r.person[awards][:-1]
    assert (np.diff(r.year[awards])[same] > 2).all()


def test_power_and_wrong_names_are_counted_by_hand() -> None:
    planted, on_list = np.array([1, 1, 0, 0, 0], bool), np.array([1, 0, 1, 0, 0], bool)
    heads = np.array([5, 40, 40, 40, 40])
    assert outcome(planted, on_list, heads) == (0.5, 0.5, pytest.approx(1000 / 3), 1.0)
    assert named([0.001, np.nan, 0.9]).tolist() == [True, False, False]


def test_turns_are_found_from_five_years_on() -> None:
    found = _measured("full_turns", 5)
    assert found[USED]["power"] >= 0.88 and found[USED]["fdr"] <= 0.05
    assert found[AGREE]["power"] >= 0.85 and found["few_repeats"]["fdr"] <= 0.05
    assert _measured("half_turns", 10)[USED]["power"] >= 0.68


def test_a_waiting_period_names_no_honest_unit_unless_it_is_ignored() -> None:
    found = _measured("waiting_period_1", 10)
    assert found[USED]["power"] >= 0.85 and found[USED]["false_per_1000"] <= 2
    assert found["barred_counted"]["false_per_1000"] > 500


def test_honest_seniority_is_taken_for_turns_only_if_service_is_left_in() -> None:
    assert _measured("seniority_founded", 10)[USED]["fdr"] <= 0.10
    harsh = _measured("three_years_busy", 10)
    assert harsh["without_service"]["fdr"] > 0.4 > 0.10 >= harsh[USED]["fdr"]
    assert harsh[AGREE]["fdr"] <= 0.06 and harsh[AGREE]["power"] >= 0.9
    barred = _measured("three_years_waiting_period_1", 10)
    assert barred["without_service"]["fdr"] > 0.15 > 0.10 >= barred[USED]["fdr"]


def test_the_same_people_are_found_and_merit_seldom_named() -> None:
    found = _measured("favourites", 10)["same_people"]
    assert found["power"] >= 0.5 and found["false_per_1000"] <= 10


def test_drawn_by_lot_p_values_are_what_they_say() -> None:
    for row in rotation.calibrated(400, (8,)).to_dict("records"):
        assert row["below_0.05"] == pytest.approx(0.046, abs=3 * np.sqrt(0.05 * 0.95 / row["units"])), row
        assert row["below_0.01"] < 0.01 + 3 * np.sqrt(0.01 / row["units"]), row


def test_leaders_put_first_are_found_in_ten_years() -> None:
    table = leaders.evaluated(repeats=10, years=(10,)).set_index("method")
    assert table.power["peers"] >= 0.62
    assert table.fdr["peers"] <= 0.17
    assert table.fdr["twice_the_share"] > 0.5


def test_rises_are_found_in_twelve_years_and_earned_ones_left_alone() -> None:
    table = rises.evaluated(repeats=10, years=(12,)).set_index(["earned", "method"])
    assert table.power[0.0, "rise_alone"] >= 0.72
    for earned in (0.0, rises.PLANTED):
        assert table.fdr[earned, "flat_results"] <= 0.15
    assert table.fdr[rises.PLANTED, "rise_alone"] > 0.4
