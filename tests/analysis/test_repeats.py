"""How often the same people win again is held against exact laws: counted-out lists, scipy's, and hand-made ones."""

import json
from fractions import Fraction
from itertools import combinations, product
from math import comb

import numpy as np
import pandas as pd
import pytest
from scipy.stats import nchypergeom_fisher, norm

from pipelines.analysis import hypergeometric, repeats, same_people
from pipelines.evaluation.rosters import Habits, drawn
from pipelines.evaluation.worlds import Sizes
from tests import ROOT

COUNTED = json.loads((ROOT / "tests" / "oracles" / "rotation_exact_small.json").read_text())


def _complete(n: int, winners: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """One unit whose n people stay."""
    years = len(winners)
    won = np.concatenate([np.isin(np.arange(n), w) for w in winners])
    return np.zeros(n * years, int), np.repeat(np.arange(years), n), np.tile(np.arange(n), years), won


@pytest.mark.parametrize("case", COUNTED)
def test_a_complete_list_has_the_law_that_was_counted_out(case: dict) -> None:
    law = {int(k): Fraction(v) for k, v in case["adjacent_pmf"].items()}
    rng = np.random.default_rng(1)
    for _ in range(8):
        rows = _complete(case["n"], [rng.permutation(case["n"])[:m].tolist() for m in case["m"]])
        few = repeats.test(*rows, np.ones(len(rows[0]), bool)).iloc[0]
        below = sum(p for k, p in law.items() if k < few.repeated) + law.get(int(few.repeated), Fraction(0)) / 2
        assert few.p_value == pytest.approx(float(below), abs=1e-12)
        assert few.p_more == pytest.approx(float(1 - below), abs=1e-12)
        pairs = same_people.test(*rows).iloc[0]
        assert pairs.expected == pytest.approx(float(Fraction(case["pairs_mean"])), abs=1e-12)
        assert pairs.variance == pytest.approx(float(Fraction(case["pairs_var"])), abs=1e-12)


def test_pairs_of_people_who_come_and_go_have_the_mean_and_variance_that_was_counted_out() -> None:
    present, awards = ("abcd", "abce", "bcef"), (2, 1, 2)
    people = [(y, "abcdef".index(p)) for y, names in enumerate(present) for p in names]
    year, person = (np.array(c) for c in zip(*people, strict=True))
    unit = np.zeros(len(year), int)
    seen = []
    for winners in product(*(combinations(names, m) for names, m in zip(present, awards, strict=True))):
        won = np.array(["abcdef"[p] in winners[y] for y, p in people])
        found = same_people.test(unit, year, person, won).iloc[0]
        seen.append(found.pairs)
    assert (found.expected, found.variance) == (
        pytest.approx(np.mean(seen), abs=1e-12),
        pytest.approx(np.var(seen), abs=1e-12),
    )


def test_only_those_on_the_same_list_twice_and_eligible_are_counted() -> None:
    unit = np.array([0, 0, 0, 1, 0, 0, 1, 1])
    year = np.array([1, 1, 1, 1, 2, 2, 2, 2])
    person = np.array([0, 1, 2, 3, 0, 1, 2, 3])
    won = np.array([1, 0, 1, 1, 1, 0, 1, 0], bool)
    pairs = repeats.adjacent(unit, year, person, won, np.array([1, 1, 1, 1, 1, 0, 1, 1], bool))
    assert pairs.to_numpy().tolist() == [[0, 2, 1, 1, 1, 1], [1, 2, 1, 1, 0, 0]]


@pytest.mark.parametrize("odds", [1.0, 0.4, 2.3, 9.0])
def test_a_single_draw_is_fishers_law(odds: float) -> None:
    for n, a, b in ((30, 7, 11), (12, 9, 8), (200, 40, 60), (3, 1, 1)):
        law = nchypergeom_fisher(n, a, b, odds)
        for seen in {max(0, a + b - n), round(law.mean()), min(a, b)}:
            ours = hypergeometric.sums([0], [n], [a], [b], [seen], 1, odds)
            assert (ours.mean[0], ours.variance[0]) == (pytest.approx(law.mean()), pytest.approx(law.var()))
            assert ours.above[0] == pytest.approx(law.sf(seen) + law.pmf(seen) / 2, rel=1e-6, abs=1e-14)
            assert ours.below[0] == pytest.approx(1 - ours.above[0], abs=1e-12)


def test_a_tail_too_small_for_the_transform_is_right_to_its_last_digits() -> None:
    years, n, m = 6, 40, 12  # the same twelve every year
    every = np.ones(years, int)
    ours = hypergeometric.sums(0 * every, n * every, m * every, m * every, m * every, 1)
    assert ours.above[0] == pytest.approx(float(Fraction(1, comb(n, m)) ** years / 2), rel=1e-9)
    assert hypergeometric.sums(0 * every, n * every, m * every, m * every, 0 * every, 1).below[0] == pytest.approx(
        float(Fraction(comb(n - m, m), comb(n, m)) ** years / 2), rel=1e-9
    )


def test_the_normal_law_takes_over_without_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    unit, n = np.repeat(np.arange(60), 8), np.repeat(rng.integers(90, 200, 60), 8)
    a, b = rng.binomial(n, 0.3), rng.binomial(n, 0.25)
    seen = rng.hypergeometric(a, n - a, b)
    near = hypergeometric.sums(unit, n, a, b, seen, 60)
    assert (near.variance > 20).all()
    monkeypatch.setattr(hypergeometric, "EXACT_BELOW", np.inf)
    assert np.abs(near.below - hypergeometric.sums(unit, n, a, b, seen, 60).below).max() < 0.0015


def test_many_units_at_once_are_each_as_alone() -> None:
    rng = np.random.default_rng(6)
    unit = rng.integers(0, 1300, 5000)
    n = rng.integers(1, 60, 5000)
    a, b = (rng.integers(0, n + 1) for _ in range(2))
    seen = rng.hypergeometric(a, n - a, b)
    together = hypergeometric.sums(unit, n, a, b, seen, 1300)
    swapped = hypergeometric.sums(unit, n, b, a, seen, 1300)
    np.testing.assert_allclose(together.below, swapped.below, atol=1e-12)
    for one in (0, 17, 640, 1299):
        of = unit == one
        alone = hypergeometric.sums(0 * unit[of], n[of], a[of], b[of], seen[of], 1)
        assert alone.below[0] == pytest.approx(together.below[one], abs=1e-12)
    np.testing.assert_allclose(together.mean, np.bincount(unit, a * b / n, 1300), atol=1e-9)


def test_nothing_depends_on_order_or_numbering() -> None:
    r = drawn(np.random.default_rng(8), 30, 7, Habits())
    rng = np.random.default_rng(9)
    mixed, people = rng.permutation(len(r.unit)), rng.permutation(r.person.max() + 1)
    ours = (r.unit, r.year, r.person, r.won, ~r.barred)
    theirs = (r.unit[mixed], r.year[mixed] + 2000, people[r.person][mixed], r.won[mixed], ~r.barred[mixed])
    pd.testing.assert_frame_equal(repeats.test(*ours), repeats.test(*theirs), rtol=1e-9)
    pd.testing.assert_frame_equal(same_people.test(*ours[:4]), same_people.test(*theirs[:4]), rtol=1e-9)


def test_drawn_by_lot_few_repeats_are_as_frequent_as_they_should_be() -> None:
    r = drawn(np.random.default_rng(10), 1500, 6, Habits(merit=0, planted_share=0, sizes=Sizes(high=60)))
    p = repeats.test(r.unit, r.year, r.person, r.won, ~r.barred).p_value.dropna()
    assert 0.03 < (p < 0.05).mean() < 0.062 and (p < 0.001).mean() <= 0.003
    assert 0.47 < p.mean() < 0.53


def test_the_same_people_are_told_from_lasting_merit() -> None:
    r = drawn(np.random.default_rng(11), 300, 8, Habits(turns=0, favour=5.0))
    found = same_people.test(r.unit, r.year, r.person, r.won)
    assert (found.pairs > found.expected).mean() > 0.9  # nearly everybody: merit lasts
    assert found.p_value[r.planted].median() < 0.001 and (found.p_value[~r.planted] < 0.01).mean() < 0.04


def _lists(years: int, people: int = 8, units: int = 30, every_third_all: bool = False) -> pd.DataFrame:
    """Units whose people stay; two of them, drawn anew, win each year."""
    rng = np.random.default_rng(5)
    rows = [
        (unit, year, unit * people + one, one in winners)
        for unit in range(units)
        for year in range(years)
        for winners in [set(rng.choice(people, people if every_third_all and year % 3 == 0 else 2, replace=False))]
        for one in range(people)
    ]
    return pd.DataFrame(rows, columns=["unit", "year", "person", "won"])


def test_the_same_people_are_judged_from_five_lists_with_a_choice_on() -> None:
    for years, enough in ((4, False), (5, True)):
        found = same_people.test(*_lists(years).to_numpy().T)
        assert (found["n_years"] == years).all() and set(found["testable"]) == {enough}
    found = same_people.test(*_lists(6, every_third_all=True).to_numpy().T)
    assert (found["n_years"] == 4).all() and not found["testable"].any()  # where all win there is no choice


def test_peers_that_differ_by_less_than_chance_name_nobody_for_it() -> None:
    """The spread z is measured in is never less than that of chance."""
    beyond = np.array([-0.2, -0.1, 0.0, 0.1, 0.2])
    z = same_people._against_peers(beyond, np.ones(5))
    np.testing.assert_allclose(z, beyond)
    wide = same_people._against_peers(10 * beyond, np.ones(5))
    assert (np.abs(wide) < 10 * np.abs(beyond))[beyond != 0].all()


def test_who_leaves_nothing_to_chance_is_held_against_nobody() -> None:
    z = same_people._against_peers(np.array([1e-12, 0.5, -0.5]), np.array([1e-12, 1.0, 1.0]))
    assert np.isnan(z[0]) and np.isfinite(z[1:]).all()


def test_where_more_are_marked_and_drawn_than_there_are_some_must_be_both() -> None:
    """Of five, four are marked and three are drawn: two of the drawn are marked at least."""
    law = hypergeometric.sums([0, 0], [5, 5], [4, 4], [3, 3], [2, 3], 1)
    assert law.mean[0] == pytest.approx(2 * 12 / 5) and law.variance[0] == pytest.approx(2 * 6 / 25)
    one = hypergeometric.sums([0], [5], [4], [3], [2], 1)
    assert (one.below[0], one.above[0]) == (pytest.approx(0.3), pytest.approx(0.7))


def test_few_repeats_have_a_large_z() -> None:
    r = drawn(np.random.default_rng(12), 40, 6, Habits())
    found = repeats.test(r.unit, r.year, r.person, r.won, ~r.barred).dropna()
    np.testing.assert_allclose(norm.sf(found["z"]), found["p_value"], rtol=1e-9)
    np.testing.assert_allclose(found["p_value"] + found["p_more"], 1, rtol=1e-6)
