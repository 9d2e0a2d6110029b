"""Ranks are ranges: told apart only beyond chance, right all together, never a place that the figures do not give."""

from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analysis import intervals, ranks


def _chance(one: tuple[int, int], other: tuple[int, int]) -> Fraction:
    """The two-sided mid-p of a fourfold table, counted out in whole numbers."""
    (k, n), (j, m) = one, other
    ways = {x: comb(n, x) * comb(m, k + j - x) for x in range(max(0, k + j - m), min(n, k + j) + 1)}
    below = Fraction(sum(w for x, w in ways.items() if x < k) * 2 + ways[k], 2 * comb(n + m, k + j))
    return min(2 * min(below, 1 - below), Fraction(1))


def _slowly(units: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Holm's steps and the counting of who is surely above and below, pair by pair."""
    pairs = sorted(combinations(range(len(units)), 2), key=lambda pair: _chance(units[pair[0]], units[pair[1]]))
    first, last = [1] * len(units), [len(units)] * len(units)
    for step, (one, other) in enumerate(pairs):
        if _chance(units[one], units[other]) * (len(pairs) - step) > Fraction(1, 20):
            break
        high, low = sorted((one, other), key=lambda unit: Fraction(*units[unit]), reverse=True)
        first[low] += 1
        last[high] -= 1
    return list(zip(first, last, strict=True))


def test_the_pair_is_tested_as_with_the_lady_who_tasted_tea() -> None:
    assert float(_chance((3, 4), (1, 4))) == pytest.approx(2 * (17 / 70 - 16 / 140))
    with_luck = ranks.of_shares([3, 1], [4, 4], confidence=1 - 0.2572)
    assert (with_luck.first.tolist(), with_luck.last.tolist()) == ([1, 2], [1, 2])
    assert ranks.of_shares([3, 1], [4, 4], confidence=1 - 0.2571).first.tolist() == [1, 1]


def test_units_that_chance_explains_share_the_whole_range() -> None:
    told = ranks.of_shares([3, 2, 4, 3, 0], [20, 24, 30, 20, 18])
    assert (told.first.tolist(), told.last.tolist()) == ([1] * 5, [5] * 5)


def test_one_far_above_is_first_and_the_rest_are_not_told_apart() -> None:
    told = ranks.of_shares([18, 3, 2, 4], [20, 20, 24, 30])
    assert (told.first.tolist(), told.last.tolist()) == ([1, 2, 2, 2], [1, 4, 4, 4])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=8))
def test_ranges_are_those_counted_out_pair_by_pair(units: list[tuple[int, int]]) -> None:
    told = ranks.of_shares([k for k, _ in units], [n for _, n in units])
    assert list(zip(told.first.tolist(), told.last.tolist(), strict=True)) == _slowly(units)


def test_counts_are_told_apart_by_a_fair_coin() -> None:
    told = ranks.of_counts([12, 1, 1])  # 12 of 13: mid-p 0.0018, thrice that is below 0.05
    assert (told.first.tolist(), told.last.tolist()) == ([1, 2, 2], [1, 3, 3])
    assert ranks.of_counts([6, 1, 1]).last.tolist() == [3, 3, 3]  # 6 of 7: mid-p 0.0703
    assert ranks.of_counts([0, 0]).last.tolist() == [2, 2]
    assert ranks.of_counts([]).first.tolist() == []


def test_true_ranks_lie_in_all_ranges_at_once_in_95_of_100_worlds() -> None:
    chance = np.random.default_rng(11)
    sizes = np.array([12, 14, 16, 18, 20, 24, 30, 40, 60, 90])
    for spread in (0.0, 0.02, 0.12):
        shares = 0.2 + spread * np.linspace(-1, 1, len(sizes))
        best = 1 + (shares[None, :] > shares[:, None] + 1e-9).sum(axis=1)
        worst = len(sizes) - (shares[None, :] < shares[:, None] - 1e-9).sum(axis=1)
        right = 0
        for _ in range(400):
            told = ranks.of_shares(chance.binomial(sizes, shares), sizes)
            right += bool(((told.first <= best) & (told.last >= worst)).all())
        assert right >= 0.94 * 400


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.689), (3, 0.619, 8.767), (10, 4.795, 18.390)])
def test_the_interval_of_a_count_is_garwoods(count: int, low: float, high: float) -> None:
    assert intervals.poisson(count) == (pytest.approx(low, abs=6e-4), pytest.approx(high, abs=6e-4))


def test_a_pair_that_differs_less_is_never_called_more_different() -> None:
    assert ranks._holm(np.array([0.01, 0.04, 0.03])).tolist() == pytest.approx([0.03, 0.06, 0.06])
