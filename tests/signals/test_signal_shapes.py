"""What all signals share: which years they look at, how much is enough, and how the council's list is made of them."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.analysis import odds_ratio
from pipelines.signals import award_rate, council, leaders_first, rising_awards, rotation
from pipelines.signals.shape import EXPLAIN, NONE, WATCH, clear, levels, rare, recent, standing
from tests.support.homes.signal_worlds import world

INPUTS = world(30)
UNITS = INPUTS.units["unit_code"].tolist()


def test_the_last_years_end_with_the_year_asked_for_and_are_so_many() -> None:
    frame = pd.DataFrame({"year": range(2015, 2028)})
    assert recent(frame, 2025, 5)["year"].tolist() == [2021, 2022, 2023, 2024, 2025]


def test_one_in_ten_may_be_wrong_of_those_to_explain_and_one_in_five_of_those_to_watch() -> None:
    q = pd.Series([0.1, 0.1, 0.10001, 0.2, 0.20001, np.nan])
    told = levels(q, pd.Series([True, False, True, True, True, True]))
    assert told.tolist() == [EXPLAIN, WATCH, WATCH, WATCH, NONE, NONE]


def test_only_what_could_be_tested_is_clear_or_rare() -> None:
    rows = pd.DataFrame(
        {
            "testable": [True, False, True, True], "level": [EXPLAIN, EXPLAIN, WATCH, WATCH],
            "q_value": [0.01, 0.01, 0.05, 0.15],
        }
    )  # fmt: skip
    assert clear(rows).tolist() == [True, False, False, False] and rare(rows).tolist() == [True, False, True, False]


def test_a_unit_of_too_few_years_is_not_testable_and_its_excess_is_what_it_has_beyond_what_is_expected() -> None:
    units = pd.DataFrame({"unit_code": ["A", "B"], "value": [0.5, 0.1], "n": [40, 40]})
    judged = pd.DataFrame({"expected": [0.25, 0.25], "q_value": [0.01, 0.9], "testable": True, "method": "two_groups"})
    told = standing(units, judged, pd.Series([False, True]))
    assert told["testable"].tolist() == [False, True] and told["excess"].tolist() == [10, -6]
    assert told["reason"].tolist() == ["few_years", ""] and told["level"].tolist() == [WATCH, NONE]


def _rows(signal: str, **of_first: object) -> pd.DataFrame:
    """Rows of one signal: of all units nothing is rare but what is said of the first."""
    told = INPUTS.units[["unit_code"]].assign(
        signal=signal, p_value=0.5, q_value=0.9, level=NONE, testable=True, excess=0.0
    )
    for name, value in of_first.items():
        told[name] = told[name].astype(object)
        told.loc[told.index[0], name] = value
    return told.infer_objects()


def _listed(*rows: pd.DataFrame, facts: dict[str, int] | None = None) -> pd.DataFrame:
    told = pd.concat(
        [*rows, *(_rows(name) for name in council.COMBINED if name not in {r["signal"].iloc[0] for r in rows})]
    )
    told["testable"] = told["testable"].astype(bool)
    return council.listed(INPUTS, told, pd.Series(facts or {}, dtype=int))


def test_signals_that_make_no_list_count_for_nothing_on_it() -> None:
    sure = {"p_value": 1e-9, "q_value": 1e-7, "level": EXPLAIN}
    row = (
        _listed(_rows("same_levels", **sure), _rows("award_rate_by_rating", **sure))
        .set_index("unit_code")
        .loc[UNITS[0]]
    )
    assert (row["signals_count"], row["level"]) == (0, NONE)


def test_what_could_not_be_tested_says_nothing_together_either() -> None:
    untested = _listed(_rows("award_rate", p_value=1e-12, testable=False)).set_index("unit_code")["p_combined"]
    assert untested[UNITS[0]] == pytest.approx(untested[UNITS[1]])


def test_a_unit_watched_by_one_signal_is_watched_on_the_list() -> None:
    told = _listed(_rows("rotation", level=WATCH)).set_index("unit_code")["level"]
    assert told[UNITS[0]] == WATCH and set(told.drop(UNITS[0])) == {NONE}


def test_the_list_goes_by_level_then_facts_then_signals_then_awards_beyond_what_is_expected() -> None:
    facts = {UNITS[3]: 2, UNITS[4]: 1, UNITS[5]: 1}
    more = _rows("award_rate").assign(excess=[float(UNITS.index(code) == 5) for code in UNITS])
    order = _listed(more, _rows("rotation", level=WATCH), facts=facts)["unit_code"].tolist()
    assert order[:4] == [UNITS[0], UNITS[3], UNITS[5], UNITS[4]] and order[4:] == sorted(order[4:])


def _found(units: int, **more: object) -> Any:
    """What a method of `analysis` might say of so many units, the first of them far beyond the others."""
    told = {
        "unit": range(units), "p_value": [1e-9] + [0.5] * (units - 1), "testable": True, "odds_ratio": 2.0, "n_years": 10,
        "peers_odds_ratio": 1.0, "n_people": 5, "seen": 9.0, "expected": 5.0, "group_share": 0.5, "other_share": 0.2,
        "slope_points": 2.0, "peers_points": 0.0, "results": "flat", "steep": True,
    }  # fmt: skip
    return lambda *_: pd.DataFrame(told | more)


def _method(test: Any) -> SimpleNamespace:
    """A module of `analysis` that says what a test is told to say."""
    return SimpleNamespace(test=test, has_choice=odds_ratio.has_choice)


@pytest.mark.parametrize(("units", "named"), [(24, False), (25, True)])
def test_twenty_five_peers_are_enough(units: int, named: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for signal, method in ((leaders_first, "odds_ratio"), (rising_awards, "slopes")):
        monkeypatch.setattr(signal, method, _method(_found(units)))
        rows = signal.rows(world(units)).set_index("unit_code")
        assert (rows.loc["U00", "level"] == EXPLAIN) is named and set(rows["testable"]) == {named}
        assert set(rows["reason"]) == {"" if named else "few_peers"}


def test_a_unit_that_cannot_be_tested_makes_nobody_elses_finding_rarer(monkeypatch: pytest.MonkeyPatch) -> None:
    untested = {"testable": [False] + [True] * 24, "p_value": [1e-12, 0.004] + [0.5] * 23}
    monkeypatch.setattr(leaders_first, "odds_ratio", _method(_found(25, **untested)))
    rows = leaders_first.rows(world(25)).set_index("unit_code")
    assert np.isnan(rows.loc["U00", "q_value"]) and rows.loc["U01", "q_value"] == pytest.approx(0.004 * 24)


def test_a_year_with_more_awarded_leaders_than_leaders_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[np.ndarray] = []
    monkeypatch.setattr(
        leaders_first,
        "odds_ratio",
        _method(lambda *given: seen.append(np.array(given[4])) or _found(30)()),
    )
    odd = (INPUTS.leaders["unit_code"] == "U00") & (INPUTS.leaders["year"] == 2025)
    leaders_first.rows(replace(INPUTS, leaders=INPUTS.leaders.assign(
        awarded_leaders=INPUTS.leaders["awarded_leaders"].mask(odd, 5), awarded=INPUTS.leaders["awarded"].mask(odd, 9),
    )))  # fmt: skip
    assert len(seen[0]) == 30 * 10 - 1 and seen[0].max() <= 4


def test_turns_are_tested_beside_service_among_those_whom_no_rule_forbids_an_award(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: dict[str, np.ndarray] = {}

    def test(*asked: np.ndarray) -> pd.DataFrame:
        given.update(zip(("unit", "year", "person", "won", "wait", "eligible", "service"), asked, strict=True))
        return real(*asked)

    real = rotation.waiting_time.test
    monkeypatch.setattr(rotation.waiting_time, "test", test)
    people = INPUTS.people.assign(must_wait=INPUTS.people.index % 7 == 0)
    rotation.rows(replace(INPUTS, people=people))
    used = recent(people, 2025, 10)
    assert len(given["service"]) == len(used) and not given["eligible"][used["must_wait"].to_numpy()].any()
    assert given["eligible"].sum() > len(used) / 2  # everybody else who was there the year before


def test_few_repeats_agree_with_turns_and_many_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = pd.DataFrame({
        "unit": range(30), "p_value": [1e-9, 1e-9] + [0.5] * 28, "testable": True, "waited": 5.0, "waited_by_chance": 3.0,
        "n_people": 9, "n_years": 10, "n_awards": 20,
    })  # fmt: skip
    few = pd.DataFrame({
        "repeated": 0.0, "expected": 3.0, "p_value": [0.1, 0.11] + [0.5] * 28, "p_more": [0.9, 0.05] + [0.5] * 28,
    })  # fmt: skip
    monkeypatch.setattr(rotation.waiting_time, "test", lambda *_: waits)
    monkeypatch.setattr(rotation.repeats, "test", lambda *_: few)
    told = rotation.rows(INPUTS).set_index("unit_code")["level"]
    assert told.iloc[:3].tolist() == [EXPLAIN, WATCH, NONE]


def test_of_two_ceilings_for_one_award_the_stricter_one_binds() -> None:
    rows = [("U00", 2025, rule, "CSTDCS", 2, allowed) for rule, allowed in (("a", 3), ("b", 9))]
    rows += [("U00", 2025, "c", "", 9, 1), ("U00", 2025, "d", "", 9, 1)]  # for no merit; of ratings
    ceilings = pd.DataFrame(rows, columns=["unit_code", "year", "rule_id", "award", "used", "allowed"])
    told = pd.DataFrame({"unit_code": ["U00", "U01"], "awarded": [2, 0], "staff": [20, 20], "peer_group": "G"})
    assert award_rate._most(replace(INPUTS, ceilings=ceilings), told).tolist() == [3, 20]


def test_without_ratings_the_base_is_the_staff() -> None:
    rated = INPUTS.ratings.assign(people=INPUTS.ratings["people"].where(INPUTS.ratings["unit_code"] != "U00", 0))
    told = award_rate._of_rated(replace(INPUTS, ratings=rated)).awards.groupby("unit_code")["staff"].sum()
    assert told["U00"] == 20 * 12 == told["U01"]


def test_a_group_is_expected_to_have_in_a_year_what_it_was_given_in_it() -> None:
    awards = INPUTS.awards.assign(peer_group=np.where(INPUTS.awards["unit_code"] < "U15", "G", "H"))
    awards = awards.assign(awarded=awards["awarded"] + (awards["year"] - 2014))
    sizes = awards[["unit_code", "year"]].assign(stratum="other", size=60)  # none above its people
    seen = sizes.assign(won=awards["awarded"])
    awards = awards.assign(staff=60)
    told = awards.assign(expected=award_rate._expected(awards, sizes, seen)).groupby(["peer_group", "year"])
    np.testing.assert_allclose(told["expected"].sum(), told["awarded"].sum())


def test_others_are_expected_what_others_won(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[pd.DataFrame] = []

    def judged(_: object, sizes: pd.DataFrame, seen: pd.DataFrame, *__: object) -> pd.DataFrame:
        given.append(seen)
        return pd.DataFrame({"unit_code": UNITS, "level": NONE, "reason": ""})

    monkeypatch.setattr(award_rate, "_judged", judged)
    award_rate.by_leaders(INPUTS)
    won = given[0].groupby("stratum")[["won", "size"]].sum()
    known = recent(INPUTS.leaders, 2025, 5)
    assert won.loc["other", "won"] == (known["awarded"] - known["awarded_leaders"]).sum()
    assert won.loc["leader"].tolist() == [known["awarded_leaders"].sum(), known["leaders"].sum()]
