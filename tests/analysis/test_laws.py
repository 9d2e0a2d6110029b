"""The laws of chance: what scipy.stats says, whose own code is another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, chi2, false_discovery_control, norm

from pipelines.analysis import discoveries, intervals, laws
from pipelines.analysis.trend import change_of_count

QUICK = settings(deadline=None)  # the first call loads its law
SIZES = st.integers(0, 3000)
SHARES = st.one_of(st.sampled_from([0.0, 0.15, 0.5, 1.0]), st.floats(1e-9, 1))


@QUICK
@given(st.floats(-38, 38))
def test_the_normal_law(z: float) -> None:
    assert laws.normal_below(z) == norm.cdf(z) and laws.normal_above(z) == norm.sf(z)
    assert laws.normal_density(z) == pytest.approx(norm.pdf(z), rel=1e-12)


@QUICK
@given(st.floats(1e-300, 1, exclude_max=True))
def test_the_distance_of_a_tail(tail: float) -> None:
    assert laws.normal_distance(tail) == pytest.approx(norm.isf(tail), rel=1e-12, abs=1e-12)


@QUICK
@given(SIZES, SHARES, st.floats(-0.1, 1.1))
def test_the_binomial_law(size: int, share: float, part: float) -> None:
    count = round(part * size)
    assert laws.binomial_up_to(count, size, share) == pytest.approx(binom.cdf(count, size, share), rel=1e-9, abs=1e-150)
    assert laws.binomial_from(count, size, share) == pytest.approx(
        binom.sf(count - 1, size, share), rel=1e-9, abs=1e-150
    )
    if 0 <= count <= size:
        assert laws.binomial_at(count, size, share) == pytest.approx(
            binom.pmf(count, size, share), rel=1e-9, abs=1e-150
        )


@QUICK
@given(st.integers(1, 3000), st.floats(0.001, 0.999), st.sampled_from([0.001, 0.025]))
def test_the_least_count_that_has_so_much_below_it(size: int, share: float, chance: float) -> None:
    count = int(laws.binomial_least(chance, size, share))
    assert binom.cdf(count, size, share) >= chance and (count == 0 or binom.cdf(count - 1, size, share) < chance)


@QUICK
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_q_values(p_values: list[float]) -> None:
    """NaN is passed over."""
    with_unknown = np.insert(p_values, len(p_values) // 2, np.nan)
    for own, method in ((discoveries.benjamini_hochberg, "bh"), (discoveries.benjamini_yekutieli, "by")):
        found = own(with_unknown)
        assert np.isnan(found[len(p_values) // 2])
        assert found[~np.isnan(found)] == pytest.approx(false_discovery_control(p_values, method=method), rel=1e-12)


@QUICK
@given(st.integers(0, 2000))
def test_limits_of_a_count(count: int) -> None:
    low, high = intervals.poisson(count)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * count) / 2 if count else 0, rel=1e-10)
    assert high == pytest.approx(chi2.isf(0.025, 2 * count + 2) / 2, rel=1e-10)


@QUICK
@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 80), st.integers(1, 80))
def test_two_counts_are_told_apart_as_the_exact_test_does(newer: int, older: int, base: int, base_before: int) -> None:
    verdict = change_of_count([older, newer], [base_before, base]).verdict
    total = newer + older
    clear = total > 0 and binomtest(newer, total, base / (base + base_before)).pvalue <= 0.05
    assert (verdict != "usual") == clear


@QUICK
@given(st.integers(1, 40), st.sampled_from([0.1, 0.15, 0.3, 0.5]), st.data())
def test_a_count_whose_chance_is_just_that_is_the_least(size: int, share: float, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, size - 1))
    chance = float(laws.binomial_up_to(count, size, share))
    if binom.sf(count, size, share) > 1e-9:
        assert laws.binomial_least(chance, size, share) == count
