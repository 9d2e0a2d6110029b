"""Intervals, funnel limits and changes agree with published numbers and with hand-made ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from pipelines.analysis import funnel, intervals, trend
from tests import ROOT

ORACLES = ROOT / "tests" / "oracles"
SIX = pd.read_csv(ORACLES / "funnelplotr_six_units.csv")


@pytest.mark.parametrize(
    ("count", "size", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)]
)
def test_the_wilson_interval_is_the_published_one(count: int, size: int, low: float, high: float) -> None:
    assert intervals.wilson(count, size) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_a_share_of_nobody_and_an_impossible_share_have_no_interval() -> None:
    low, high = intervals.wilson([0, 3, 5], [0, 2, 5])
    assert np.isnan([low[0], high[0], low[1], high[1]]).all()
    assert low[2] > 0.5 and high[2] == 1


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)],
)
def test_the_interval_of_a_difference_is_newcombes(
    later: tuple[int, int], earlier: tuple[int, int], low: float, high: float
) -> None:
    change, below, above = intervals.difference(*later, *earlier)
    assert change == pytest.approx(later[0] / later[1] - earlier[0] / earlier[1])
    assert (below, above) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_the_spread_on_the_log_scale_is_that_of_funnelplotr() -> None:
    theirs = pd.read_csv(ORACLES / "funnelplotr_six_SR_SHMI_limits.csv")
    observed, expected = SIX["numerator"], SIX["denominator"]
    ours = funnel.spread(np.log(observed / expected), 0, 1 / np.sqrt(expected), tail_share=0)
    assert (ours.phi, ours.tau2) == (pytest.approx(2.948033175, rel=1e-9), pytest.approx(0.0194775305780216, rel=1e-9))
    np.testing.assert_allclose(ours.z, theirs["Uzscore"], rtol=1e-9)
    reach = funnel.critical(0.998) * np.sqrt(1 / expected + ours.tau2)
    np.testing.assert_allclose(np.exp(reach), theirs["odul998"], rtol=1e-7)


def test_the_spread_with_pulled_in_tails_is_that_of_funnelplotr() -> None:
    theirs = pd.read_csv(ORACLES / "funnelplotr_six_SR_CQC_limits.csv")
    observed, expected = SIX["numerator"], SIX["denominator"]
    ours = funnel.spread(np.sqrt(observed / expected), 1, 1 / (2 * np.sqrt(expected)), tail_share=0.05)
    assert ours.phi == pytest.approx(2.74678261151236, rel=1e-9)
    assert ours.tau2 == pytest.approx(0.00440597597932009, rel=1e-9)
    np.testing.assert_allclose(ours.pulled, theirs["Wuzscore"], rtol=1e-9)
    reach = funnel.critical(0.95) * np.sqrt(1 / (4 * expected) + ours.tau2)
    np.testing.assert_allclose(1 - reach, theirs["odll95"], rtol=1e-8)  # their 1.96 is rounded


def test_units_that_differ_by_chance_alone_have_no_spread() -> None:
    spread = funnel.share_spread([20, 19, 21, 20], [100, 100, 100, 100], 0.2)
    assert spread.tau2 == 0 and spread.phi < 1


def test_one_extreme_unit_does_not_widen_the_limits_that_should_show_it() -> None:
    counts, sizes = [3, 2, 4, 3, 2, 3, 4, 3, 2, 3, 4, 19], [20] * 12
    share = sum(counts) / sum(sizes)
    tau2 = funnel.share_spread(counts, sizes, share).tau2
    assert abs(funnel.adjusted_z(19, 20, share, tau2)) > funnel.critical(0.998)


@given(st.integers(1, 120), st.floats(0.01, 0.99), st.sampled_from(funnel.LIMITS))
@settings(max_examples=40, deadline=None)
def test_a_drawn_limit_never_contradicts_the_exact_tail(size: int, share: float, confidence: float) -> None:
    low, high = funnel.limits([size], share, confidence)
    for count in range(size + 1):
        upper_tail, lower_tail = binom.sf(count - 1, size, share), binom.cdf(count, size, share)
        tail = (1 - confidence) / 2
        if min(abs(upper_tail - tail), abs(lower_tail - tail)) < 1e-9:
            continue  # on the very line
        side = int(funnel.beyond(count, size, share, confidence))
        assert (side == 1) == (upper_tail <= tail) == bool(count / size >= high[0])
        assert (side == -1) == (lower_tail <= tail) == bool(count / size <= low[0])


def test_a_unit_too_small_to_judge_has_no_limit() -> None:
    low, high = funnel.limits([3, 60], 0.2, 0.998)  # three of three: 0.2³ = 0.8 %
    assert np.isnan(low[0]) and np.isnan(high[0])
    assert 0 < low[1] < 0.2 < high[1] < 0.45


def test_few_years_are_judged_by_the_interval_of_their_difference() -> None:
    usual = trend.change_of_share([10, 12], [100, 100])
    assert (usual.verdict, usual.basis, round(usual.change, 4)) == ("usual", "interval", 0.02)
    assert trend.change_of_share([10, 25], [100, 100]).verdict == "up"
    assert trend.change_of_share([25, 10], [100, 100]).verdict == "down"
    assert trend.change_of_share([25, 101], [100, 100]).verdict == "unknown"  # more than there are


def test_nine_years_are_judged_by_their_own_ups_and_downs() -> None:
    restless = [100, 140, 90, 150, 95, 145, 100, 150]  # of 1000: far beyond chance, yet their habit
    assert trend.change_of_share([*restless, 90], [1000] * 9).verdict == "usual"
    assert trend.change_of_share([*restless[:-1], 90], [1000] * 8).basis == "interval"
    calm = [100, 101, 99, 100, 101, 100, 99, 100]
    assert trend.change_of_share([*calm, 110], [1000] * 9).verdict == "up"
    assert trend.change_of_share([*calm, 90], [1000] * 9).verdict == "down"


def test_eight_earlier_years_are_enough_for_limits_of_their_own_and_seven_are_not() -> None:
    shares, counts = trend.change_of_share, trend.change_of_count
    for years, basis in ((8, ("interval", "counts")), (9, ("xmr", "xmr"))):
        calm = [10 + year % 2 for year in range(years)]
        assert (shares(calm, [100] * years).basis, counts(calm, [10] * years).basis) == basis
    gap = [10, 11, 10, 11, 10, 11, 10, 11, 10]
    assert shares(gap, [100] * 4 + [0] + [100] * 4).basis == "interval"  # a year without a size is none


def test_a_value_on_its_limit_is_usual() -> None:
    _, low, high = trend.natural_limits([10, 12] * 4)
    for value, verdict in ((high, "usual"), (low, "usual"), (high + 1e-9, "up"), (low - 1e-9, "down")):
        assert trend.change_of_count([10, 12] * 4 + [value], [1] * 9).verdict == verdict


def test_natural_limits_are_the_mean_and_two_point_six_six_moves() -> None:
    assert trend.natural_limits([10, 12, 10, 12]) == (11, pytest.approx(5.68), pytest.approx(16.32))


def test_a_year_without_a_size_is_never_a_zero() -> None:
    assert trend.change_of_share([10, 0], [100, 0]).verdict == "unknown"
    skipped = trend.change_of_share([10, 0, 12], [100, 0, 100])
    assert (skipped.previous, skipped.verdict) == (0.1, "usual")
    assert trend.change_of_share([10], [100]).verdict == "unknown"


def test_counts_are_compared_per_base() -> None:
    fewer_units = trend.change_of_count([60, 32], [63, 34])
    assert (fewer_units.verdict, fewer_units.basis) == ("usual", "counts")
    assert trend.change_of_count([60, 70], [63, 34]).verdict == "up"
    assert trend.change_of_count([0, 0], [10, 10]).verdict == "usual"
    assert trend.change_of_count([5, 0], [10, 0]).verdict == "unknown"


def test_more_than_there_are_is_no_share_however_wide_the_interval() -> None:
    low, high = intervals.wilson([101, 2.5, 2], [100, 2, 2], 0.998)
    assert np.isnan([*low[:2], *high[:2]]).all() and high[2] == 1
