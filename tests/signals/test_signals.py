"""Each signal names the unit that is odd in its way, nobody where there is nothing, and says why it cannot speak."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipelines.signals import award_rate, council, every, leaders_first, rising_awards, rotation, same_ratings
from pipelines.signals.shape import EXPLAIN, NONE, WATCH, Inputs, told
from tests.support.homes.signal_worlds import LEADERS, RATINGS, SIZE, YEARS, world

ODD = "U07"


def _named(rows: pd.DataFrame, level: str = EXPLAIN) -> set[str]:
    return set(rows.loc[rows["level"] == level, "unit_code"])


@pytest.mark.parametrize("find", [award_rate.by_leaders, award_rate.by_ratings])
def test_a_unit_that_awards_far_more_is_named_and_nobody_else(find: object) -> None:
    rows = find(world(odd=ODD, extra=0.4))  # type: ignore[operator]
    assert _named(rows) == {ODD}
    row = rows.set_index("unit_code").loc[ODD]
    assert row["value"] > 0.5 > row["expected"] and row["excess"] > 20 and row["q_value"] < 0.1
    assert _named(find(world())) == set()  # type: ignore[operator]


def test_who_stands_where_in_the_lists_changes_nothing() -> None:
    inputs = world(odd=ODD, extra=0.4)
    turned = replace(inputs, awards=inputs.awards[::-1], leaders=inputs.leaders[::-1], units=inputs.units[::-1])
    one, other = (award_rate.by_leaders(each).set_index("unit_code")["p_value"] for each in (inputs, turned))
    assert np.allclose(one, other[one.index], atol=1e-4)


def test_leaders_are_expected_to_be_awarded_more_where_they_are_everywhere() -> None:
    inputs = world(seed=3)
    more = inputs.leaders["awarded_leaders"].clip(lower=3)  # nearly all leaders win, in every unit
    awarded = inputs.leaders["awarded"] - inputs.leaders["awarded_leaders"] + more
    leaders = inputs.leaders.assign(awarded=awarded, awarded_leaders=more)
    many = leaders["unit_code"] == ODD  # all of its staff are leaders: its awards are what leaders get
    leaders.loc[many, ["leaders", "awarded", "awarded_leaders"]] = (SIZE, 15, 15)
    rows = award_rate.by_leaders(
        replace(inputs, leaders=leaders, awards=inputs.awards.assign(awarded=leaders["awarded"]))
    )
    assert ODD not in _named(rows) | _named(rows, WATCH)


def test_fewer_than_25_peers_are_shown_and_never_named() -> None:
    inputs = world(24, odd=ODD, extra=0.5)
    for find in (award_rate.by_leaders, same_ratings.rows, leaders_first.rows, rising_awards.rows):
        rows = find(inputs)
        assert set(rows["reason"]) == {"few_peers"} and not rows["testable"].any() and set(rows["level"]) == {NONE}
        assert rows["q_value"].isna().all() and rows["value"].notna().all()


def test_years_before_a_merger_are_held_against_all_who_were_there_then() -> None:
    inputs = world(60, odd="U00", extra=0.4)
    ended, last = inputs.today["unit_code"] > "U04", inputs.until
    into = "M" + (inputs.today["unit_code"].str[1:].astype(int) // 2).astype(str).str.zfill(2)
    today = inputs.today.assign(today=inputs.today["unit_code"].where(~ended, into))

    def moved(frame: pd.DataFrame) -> pd.DataFrame:
        """The same with two of the ended units under their new code in the last year."""
        code = frame.merge(today, on=["unit_code", "year"])["today"].set_axis(frame.index)
        keys = frame.assign(unit_code=frame["unit_code"].where(frame["year"] < last, code))
        return keys.groupby(["unit_code", "year"], as_index=False).sum()

    merged = replace(
        inputs, awards=moved(inputs.awards), leaders=moved(inputs.leaders), ratings=inputs.ratings.iloc[:0],
        units=pd.DataFrame({"unit_code": sorted(set(today["today"])), "peer_group": "G", "cluster_code": "C01"}),
        today=today,
    )  # fmt: skip
    row = award_rate.by_leaders(merged).set_index("unit_code").loc["U00"]
    assert row["expected"] == pytest.approx(0.25, abs=0.02) and row["level"] == EXPLAIN


def test_more_awards_than_people_are_doubtful_and_not_judged() -> None:
    inputs = world()
    awards = inputs.awards.assign(awarded=inputs.awards["awarded"].mask(inputs.awards["unit_code"] == ODD, SIZE + 1))
    row = award_rate.by_leaders(replace(inputs, awards=awards)).set_index("unit_code").loc[ODD]
    assert (row["reason"], row["level"], row["testable"]) == ("doubtful", NONE, False)


def test_a_doubtful_unit_changes_nothing_for_the_others() -> None:
    inputs = world(odd="U01", extra=0.4)
    awards = inputs.awards.assign(awarded=inputs.awards["awarded"].mask(inputs.awards["unit_code"] == ODD, 50 * SIZE))
    without = replace(inputs, awards=inputs.awards[inputs.awards["unit_code"] != ODD])
    with_it = award_rate.by_leaders(replace(inputs, awards=awards)).set_index("unit_code").drop(index=ODD)
    alone = award_rate.by_leaders(without).set_index("unit_code")
    assert np.allclose(with_it["expected"], alone.loc[with_it.index, "expected"], atol=1e-6)
    assert _named(with_it.reset_index()) == {"U01"}


def test_a_unit_whose_doubtful_years_were_left_out_says_so() -> None:
    inputs = world()
    gone = (inputs.awards["unit_code"] == ODD) & (inputs.awards["year"] == 2024)
    most = (inputs.awards["unit_code"] == "U08") & (inputs.awards["year"] > 2013)
    doubtful = inputs.awards.loc[gone | most, ["unit_code", "year"]]
    rows = every.rows(replace(inputs, awards=inputs.awards[~(gone | most)], doubtful=doubtful)).set_index(
        ["signal", "unit_code"]
    )
    row, silent = rows.loc["award_rate", ODD], rows.loc["award_rate", "U08"]
    assert (row["reason"], row["testable"]) == ("left_out", True) and "nhiều hơn số người" in row["headline_vi"]
    assert (silent["reason"], silent["testable"], silent["level"]) == ("doubtful", False, NONE)
    assert rows.loc["same_ratings", ODD]["reason"] == "" and rows.loc["award_rate", "U09"]["reason"] == ""


def test_years_with_more_awards_to_leaders_than_leaders_are_told_where_leaders_are_judged() -> None:
    inputs = world()
    odd = (inputs.leaders["unit_code"] == ODD) & (inputs.leaders["year"] == 2024)
    more = inputs.leaders["awarded_leaders"].mask(odd, inputs.leaders["leaders"] + 1)
    leaders = inputs.leaders.assign(awarded_leaders=more)
    rows = every.rows(replace(inputs, leaders=leaders)).set_index(["signal", "unit_code"])
    row = rows.loc["leaders_first", ODD]
    assert (row["reason"], row["testable"]) == ("doubtful", False) and "Số lượt khen lớn hơn số người" in row[
        "headline_vi"
    ]
    assert f"{ODD}/2024" not in row["counted_in"] and f"{ODD}/2023" in row["counted_in"]
    assert rows.loc["leaders_first", "U09"]["reason"] == "" and rows.loc["award_rate", ODD]["reason"] == ""


def test_where_only_awards_under_a_ceiling_are_given_the_ceiling_decides() -> None:
    inputs = world(rate=0.03)
    awards = inputs.awards.assign(awarded=inputs.awards["awarded"].clip(upper=1))
    ceilings = awards.assign(rule_id="R", award="CSTDCS", used=awards["awarded"], allowed=1)
    rows = award_rate.by_leaders(replace(inputs, awards=awards, ceilings=ceilings))
    assert set(rows["reason"]) == {"ceiling"} and not rows["testable"].any() and set(rows["level"]) == {NONE}
    more = ceilings.assign(used=np.maximum(ceilings["used"] - 1, 0))  # what else was given lies under no ceiling
    assert award_rate.by_leaders(replace(inputs, awards=awards, ceilings=more))["testable"].all()


def test_a_unit_of_two_years_is_watched_at_most() -> None:
    inputs = world(odd=ODD, extra=0.6)
    kept = (inputs.awards["unit_code"] != ODD) | (inputs.awards["year"] >= 2024)
    rows = award_rate.by_leaders(replace(inputs, awards=inputs.awards[kept])).set_index("unit_code")
    assert rows.loc[ODD, "level"] == WATCH and rows.loc[ODD, "reason"] == "few_years" and not rows.loc[ODD, "testable"]


def test_alike_ratings_of_two_years_say_nothing_yet() -> None:
    inputs = world()
    odd = inputs.ratings["unit_code"] == ODD
    alike = inputs.ratings["people"].mask(odd, np.where(inputs.ratings["rating"] == "HTXSNV", SIZE, 0))
    kept = inputs.ratings.assign(people=alike)[~odd | (inputs.ratings["year"] >= 2024)]
    row = same_ratings.rows(replace(inputs, ratings=kept)).set_index("unit_code").loc[ODD]
    assert (row["reason"], row["level"], row["testable"]) == ("few_years", NONE, False) and row["q_value"] < 0.01


def test_ratings_that_are_nearly_all_the_same_are_named_with_the_rating() -> None:
    inputs = world()
    alike = inputs.ratings.assign(
        people=inputs.ratings["people"].where(
            inputs.ratings["unit_code"] != ODD, np.where(inputs.ratings["rating"] == RATINGS[0], SIZE, 0)
        )
    )
    rows = same_ratings.rows(replace(inputs, ratings=alike))
    assert _named(rows) == {ODD} and rows.set_index("unit_code").loc[ODD, "category"] == "HTXSNV"
    assert _named(same_ratings.rows(inputs)) == set()


def test_awards_that_are_nearly_all_of_one_higher_level_are_watched_and_those_of_the_own_level_are_not() -> None:
    inputs = world()
    of = {level: inputs.levels["level"] == level for level in ("BAN", "CO_SO")}
    total = inputs.levels.groupby(["unit_code", "year"])["awarded"].transform("sum")
    for odd, only in ((ODD, "BAN"), ("U08", "CO_SO")):
        here = inputs.levels["unit_code"] == odd
        inputs.levels["awarded"] = inputs.levels["awarded"].mask(here, np.where(of[only], total, 0))
    rows = same_ratings.by_level(inputs)
    assert _named(rows) == set() and _named(rows, WATCH) == {ODD}
    row = rows.set_index("unit_code").loc[ODD]
    assert (row["category"], row["value"]) == ("BAN", 1.0) and row["expected"] < 0.3 and row["q_value"] < 0.01


def test_levels_of_awards_never_put_a_unit_on_the_councils_list() -> None:
    assert "same_levels" in every.SIGNALS and "same_levels" not in council.COMBINED
    assert _named(same_ratings.by_level(world(seed=4)), WATCH) == set()


def test_where_all_awards_everywhere_are_of_one_level_nobody_differs() -> None:
    inputs = world()
    own = inputs.levels.assign(awarded=np.where(inputs.levels["level"] == "CO_SO", 5, 0))
    rows = same_ratings.by_level(replace(inputs, levels=own))
    assert set(rows["level"]) == {NONE} and len(rows) == 40
    nobody = same_ratings.by_level(replace(inputs, levels=own.assign(awarded=0)))
    assert nobody.empty and set(told(inputs, nobody)["reason"]) == {"few_years"}
    assert set(every.rows(inputs).set_index("signal").loc["own_score_above_final", "reason"]) == {"no_scores"}


def _in_turn(inputs: Inputs, always: int = 0) -> Inputs:
    """The people of `ODD` win in the order they stand on the list, five a year; so many win every year besides."""
    people = inputs.people.reset_index(drop=True)
    place = people["person"].str.split("-").str[1].astype(int) - always
    turn = (place < 0) | ((place // 5) == (people["year"] - YEARS[0]) % 4)
    return replace(inputs, people=people.assign(won=people["won"].where(people["unit_code"] != ODD, turn)))


def test_turns_are_seen_and_named_only_where_few_repeats_agree() -> None:
    rows = rotation.rows(_in_turn(world()))
    assert _named(rows) == {ODD} and _named(rows, WATCH) == set()
    row = rows.set_index("unit_code").loc[ODD]
    assert row["value"] > row["expected"] and row["q_value"] < 0.001
    row = rotation.rows(_in_turn(world(), always=2)).set_index("unit_code").loc[ODD]  # as many win again as by chance
    assert (row["level"], row["agrees"]) == (WATCH, False) and row["q_value"] < 0.001


def test_leaders_who_win_nearly_always_are_seen_against_the_peers() -> None:
    inputs = world()
    odd = inputs.leaders["unit_code"] == ODD
    leaders = inputs.leaders.assign(awarded_leaders=inputs.leaders["awarded_leaders"].mask(odd, LEADERS - 1))
    leaders["awarded"] = leaders["awarded"].mask(odd, LEADERS + 1)
    rows = leaders_first.rows(replace(inputs, leaders=leaders))
    assert ODD in _named(rows) and len(_named(rows)) <= 2  # at most one in ten is expected to be wrong
    assert rows.loc[rows["p_value"].idxmin(), "unit_code"] == ODD


def test_a_new_unit_is_not_named_for_what_it_was_made_of() -> None:
    inputs = world()
    odd = inputs.leaders["unit_code"] == ODD
    leaders = inputs.leaders.assign(awarded_leaders=inputs.leaders["awarded_leaders"].mask(odd, LEADERS - 1))
    leaders["awarded"] = leaders["awarded"].mask(odd, LEADERS + 1)
    units = inputs.units.assign(unit_code=inputs.units["unit_code"].replace(ODD, "NEW"))
    today = inputs.today.assign(today=inputs.today["today"].replace(ODD, "NEW"))
    row = (
        leaders_first.rows(replace(inputs, leaders=leaders, units=units, today=today)).set_index("unit_code").loc["NEW"]
    )
    assert (row["reason"], row["level"], row["testable"]) == ("former", NONE, False) and row["value"] > 5


def test_a_young_unit_made_of_none_is_not_told_of_predecessors() -> None:
    inputs = world()
    young = (inputs.leaders["unit_code"] == ODD) & (inputs.leaders["year"] < 2024)
    kept = replace(inputs, leaders=inputs.leaders[~young], today=inputs.today[~young])
    row = leaders_first.rows(kept).set_index("unit_code").loc[ODD]
    assert (row["reason"], row["testable"]) == ("few_years", False)


def test_awards_that_rise_beside_flat_results_are_seen_and_not_where_results_rise_too() -> None:
    inputs = world(rate=0.2, odd=ODD, extra=0.6, rising=True)
    assert _named(rising_awards.rows(inputs)) == {ODD}
    steps = inputs.results["year"] - YEARS[0]
    better = inputs.results["met"].mask(inputs.results["unit_code"] == ODD, np.minimum(10, steps))
    assert ODD not in _named(rising_awards.rows(replace(inputs, results=inputs.results.assign(met=better))))
    unknown = replace(inputs, results=inputs.results.iloc[:0])
    rows = rising_awards.rows(unknown).set_index("unit_code")
    assert (rows.loc[ODD, "level"], rows.loc[ODD, "reason"]) == (WATCH, "no_results")


def _listed(signals: dict[str, tuple[float, float, str]], facts: int = 0) -> pd.Series:
    """The council's row of `ODD`: signal -> p, q, level; of all other units nothing is rare."""
    inputs = world(30)
    rows = []
    for name in council.COMBINED:
        one = told(
            inputs, inputs.units[["unit_code"]].assign(p_value=0.5, q_value=0.9, level=NONE, testable=True, reason="")
        )
        if name in signals:
            one.loc[one["unit_code"] == ODD, ["p_value", "q_value", "level"]] = signals[name]
        rows.append(one.assign(signal=name))
    return council.listed(inputs, pd.concat(rows), pd.Series({ODD: facts})).set_index("unit_code").loc[ODD]


def test_one_signal_alone_never_puts_a_unit_in_the_top_tier() -> None:
    sure = (1e-9, 1e-7, EXPLAIN)
    assert _listed({})["level"] == NONE
    assert _listed({"award_rate": sure})["level"] == WATCH
    assert _listed({"award_rate": sure}, facts=1)["level"] == EXPLAIN
    assert _listed({"award_rate": sure, "same_ratings": sure})["level"] == EXPLAIN
    rare = (
        1e-9,
        1e-7,
        WATCH,
    )  # rare, and yet less than clear: the base decides, results are not known, few repeats disagree
    assert _listed({"rotation": rare, "rising_awards": rare}, facts=1)[["level", "signals_count"]].tolist() == [
        WATCH,
        0,
    ]
    assert _listed({}, facts=3)["level"] == NONE  # facts stand beside, they are no evidence of chance


def test_every_unit_has_a_sentence_of_every_signal_in_both_languages() -> None:
    rows = every.rows(_in_turn(world(odd="U03", extra=0.4)))
    units = rows[rows["signal"].isin(every.SIGNALS)]
    assert len(units) == len(every.SIGNALS) * 40
    for lang in ("vi", "en"):
        assert (rows[f"headline_{lang}"].str.len() > 20).all() and not rows[f"headline_{lang}"].str.contains(
            "nan|None"
        ).any()
    assert not rows["headline_vi"].str.contains("vi phạm").any()
