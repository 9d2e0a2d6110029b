"""Waiting is measured from the lists alone, and winners are held against everybody who could have won."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from pipelines.analysis import waiting_time
from pipelines.evaluation.rosters import Habits, Rosters, drawn

ANN, BEN, CAM, DAN = range(4)


def _lists(*rows: tuple[int, int, str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(unit, year, people): a capital letter won."""
    people = [(u, y, "abcd".index(p.lower()), p.isupper()) for u, y, names in rows for p in names]
    unit, year, person, won = zip(*people, strict=True)
    return np.array(unit), np.array(year), np.array(person), np.array(won)


def _told(*rows: tuple[int, int, str]) -> dict[tuple[int, int], tuple[int, bool, bool, bool]]:
    unit, year, person, won = _lists(*rows)
    w = waiting_time.waits(unit, year, person, won)
    facts = zip(w.years.tolist(), w.exact.tolist(), w.after_award.tolist(), w.follows.tolist(), strict=True)
    return dict(zip(zip(person.tolist(), year.tolist(), strict=True), facts, strict=True))


def test_a_wait_runs_from_the_last_award_or_from_arrival() -> None:
    told = _told((0, 2014, "Ab"), (0, 2015, "abc"), (0, 2016, "abC"), (0, 2017, "Abc"))
    assert told[ANN, 2015] == (1, True, True, True)
    assert told[ANN, 2017] == (3, True, True, True)
    assert told[CAM, 2015] == (0, True, False, False)
    assert told[CAM, 2016] == (1, True, False, True)
    assert told[CAM, 2017] == (1, True, True, True)


def test_whoever_was_there_when_the_lists_begin_has_waited_longer_than_those_awarded_then_and_ties() -> None:
    told = _told((0, 2014, "Abc"), (0, 2015, "abc"), (0, 2016, "abc"))
    assert told[BEN, 2015] == told[CAM, 2015] == (2, False, False, True)
    assert told[ANN, 2015][0] == 1 and told[ANN, 2015][1]
    assert told[BEN, 2016][0] == 3


def test_a_year_not_submitted_breaks_the_chain() -> None:
    told = _told((0, 2014, "Ab"), (0, 2016, "ab"), (0, 2017, "ab"))
    assert told[ANN, 2016] == told[BEN, 2016] == (1, False, False, False)
    assert told[ANN, 2017] == told[BEN, 2017] == (2, False, False, True)


def test_a_wait_follows_the_person_to_another_unit() -> None:
    told = _told((0, 2014, "A"), (1, 2014, "b"), (0, 2015, "c"), (1, 2015, "ab"), (1, 2016, "ab"))
    assert told[ANN, 2016] == (2, True, True, True)
    assert told[CAM, 2015] == (0, True, False, False)


def test_two_rows_of_one_person_in_a_year_are_refused() -> None:
    with pytest.raises(ValueError, match="two rows in a year"):
        _told((0, 2014, "ab"), (1, 2014, "a"))


def _one_year(wait: list[int], won: list[int], service: list[int] | None = None) -> pd.Series:
    everybody = np.arange(len(wait))
    chosen = np.isin(everybody, won)
    zero = np.zeros(len(wait), int)
    found = waiting_time.test(zero, zero, everybody, chosen, np.array(wait), np.ones(len(wait), bool), service)
    return found.iloc[0]


def test_one_year_is_the_rank_sum_test_with_ties() -> None:
    wait, won = [5, 4, 4, 3, 2, 2, 1, 1, 1, 6], [0, 1, 4, 9]
    others = [w for i, w in enumerate(wait) if i not in won]
    theirs = mannwhitneyu(
        [wait[i] for i in won], others, alternative="greater", use_continuity=False, method="asymptotic"
    )
    assert _one_year(wait, won).p_value == pytest.approx(theirs.pvalue, rel=1e-12)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), min_size=3, max_size=7),
    st.integers(1, 3),
    st.booleans(),
)
@settings(max_examples=15, deadline=None)
def test_over_all_draws_z_has_mean_zero_and_variance_one(
    people: list[tuple[int, int]], awards: int, with_service: bool
) -> None:
    wait, service = [w for w, _ in people], [s for _, s in people] if with_service else None
    draws = [list(c) for c in combinations(range(len(wait)), min(awards, len(wait) - 1))]
    z = np.array([_one_year(wait, won, service).z for won in draws])
    assert np.isnan(z).all() or (z.mean(), (z**2).mean()) == (pytest.approx(0, abs=1e-7), pytest.approx(1))


def _tested(r: Rosters, with_service: bool = True) -> pd.DataFrame:
    told = waiting_time.waits(r.unit, r.year, r.person, r.won)
    service = told.service if with_service else None
    return waiting_time.test(r.unit, r.year, r.person, r.won, told.years, told.follows & ~r.barred, service)


WORLD = drawn(np.random.default_rng(3), 40, 9, Habits(planted_share=0.25))


def test_nothing_depends_on_order_numbering_or_the_first_year() -> None:
    rng = np.random.default_rng(5)
    mixed, units, people = (rng.permutation(n) for n in (len(WORLD.unit), 40, WORLD.person.max() + 1))
    other = Rosters(
        units[WORLD.unit][mixed], WORLD.year[mixed] + 2014, people[WORLD.person][mixed], WORLD.won[mixed],
        WORLD.barred[mixed], WORLD.planted, WORLD.heads,
    )  # fmt: skip
    ours, theirs = _tested(WORLD), _tested(other).iloc[units].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours.drop(columns="unit"), theirs.drop(columns="unit"), rtol=1e-9)


def test_only_the_order_of_waits_counts_and_turning_it_round_turns_the_sign() -> None:
    told = waiting_time.waits(WORLD.unit, WORLD.year, WORLD.person, WORLD.won)

    def z(wait: np.ndarray) -> pd.Series:
        return waiting_time.test(WORLD.unit, WORLD.year, WORLD.person, WORLD.won, wait, told.follows).z

    np.testing.assert_allclose(z(told.years**2 + 3), z(told.years), atol=1e-12)
    np.testing.assert_allclose(z(told.years.max() - told.years), -z(told.years), atol=1e-12)


def test_turns_are_found_and_told_in_years() -> None:
    found = _tested(WORLD)
    turns, honest = found[WORLD.planted], found[~WORLD.planted]
    assert (turns.p_value < 0.001).mean() > 0.9 and (honest.p_value < 0.05).mean() < 0.1
    assert (turns["rank"] > 0.5).all() and (turns.waited > turns.waited_by_chance).all()
    assert found.n_years.between(8, 9).all() and found.testable.all()


def test_few_years_name_only_large_units() -> None:
    world = drawn(np.random.default_rng(4), 60, 5, Habits())
    testable = _tested(world).testable.to_numpy()
    assert testable[world.heads >= 24].all() and not testable[world.heads < 18].any()
    assert not _tested(drawn(np.random.default_rng(4), 60, 4, Habits())).testable.any()


def test_where_waiting_is_only_service_there_is_nothing_to_test() -> None:
    found = _one_year([0, 1, 2, 3, 4, 5], [4, 5], [0, 1, 2, 3, 4, 5])
    assert np.isnan(found.z) and not found.testable
    assert _one_year([0, 1, 2, 3, 4, 5], [4, 5]).p_value < 0.05


def test_nobody_or_everybody_winning_and_no_rows_at_all_tell_nothing() -> None:
    assert np.isnan(_one_year([1, 2, 3], []).p_value) and np.isnan(_one_year([1, 2, 3], [0, 1, 2]).p_value)
    none = np.zeros(0, int)
    told = waiting_time.waits(none, none, none, none.astype(bool))
    assert waiting_time.test(none, none, none, none, told.years, told.follows).empty


def _queue(years: int, people: int, first: int = 0) -> pd.Series:
    """One unit, everybody each year, two of them win; only from the year `first` on could anybody have won."""
    year, person = np.divmod(np.arange(years * people), people)
    won = (person + year) % people < 2
    zero = np.zeros(len(year), int)
    return waiting_time.test(zero, year, person, won, person, year >= first).iloc[0]


def test_eight_lists_name_a_unit_and_five_one_of_twenty_people() -> None:
    assert [bool(_queue(years, 10).testable) for years in (7, 8)] == [False, True]
    assert [bool(_queue(5, people).testable) for people in (19, 20)] == [False, True]
    assert not _queue(4, 40).testable


def test_the_list_of_the_year_before_says_who_was_there_and_won_and_counts_too() -> None:
    assert _queue(6, 10, first=5).n_years == 2 and _queue(6, 10, first=2).n_years == 5


def test_who_was_not_on_the_list_before_tells_nothing_about_waiting() -> None:
    told = waiting_time.waits([0, 0, 0], [2014, 2015, 2015], [0, 0, 1], [False, False, False])
    assert told.follows.tolist() == [False, True, False]
