"""The beta-binomial law: its tail is scipy's, its fits those of Geissler's families, its pull stays between own and
usual.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, betabinom

from pipelines.analysis import beta_binomial
from tests import ROOT

FAMILIES = pd.read_csv(ROOT / "tests" / "oracles" / "geissler_12.csv")
BOYS = np.repeat(FAMILIES["males"], FAMILIES["families"]).to_numpy(float)
TWELVE = np.full(BOYS.size, 12.0)
MEANS, PRECISIONS = st.floats(0.02, 0.98), st.floats(0.5, 500)


def test_the_moments_of_geisslers_families_are_the_published_ones() -> None:
    share = BOYS.mean() / 12
    precision = beta_binomial.moments(BOYS, TWELVE, share, tail_share=0)
    assert share * precision == pytest.approx(34.1350, rel=5e-4)
    assert (1 - share) * precision == pytest.approx(31.6085, rel=5e-4)


def test_the_greatest_likelihood_of_geisslers_families_is_the_published_one() -> None:
    law = beta_binomial.fit(BOYS, TWELVE, np.full(BOYS.size, 0.5))
    share = beta_binomial.mean(0.5, law.shift)
    assert float(share) * law.precision == pytest.approx(34.102883, rel=2e-4)
    assert float(1 - share) * law.precision == pytest.approx(31.578259, rel=2e-4)
    likelihood = beta_binomial.log_probability(BOYS, TWELVE, share, law.precision).sum()
    assert likelihood == pytest.approx(-12492.871359, abs=1e-4)


@given(st.integers(0, 60), st.integers(0, 60), MEANS, PRECISIONS)
@settings(max_examples=60, deadline=None)
def test_the_tail_is_that_of_scipy_and_both_tails_make_one(some: int, rest: int, mean: float, precision: float) -> None:
    size = some + rest
    law = betabinom(size, mean * precision, (1 - mean) * precision)
    upper = beta_binomial.upper_mid_p([some], [size], [mean], precision)[0]
    lower = beta_binomial.upper_mid_p([rest], [size], [1 - mean], precision)[0]
    assert upper == pytest.approx(law.sf(some) + law.pmf(some) / 2, rel=1e-6, abs=1e-12)
    assert upper + lower == pytest.approx(1)


def test_units_of_any_size_stand_in_one_call_and_more_is_never_likelier() -> None:
    sizes = np.repeat([0, 1, 7, 40], [1, 2, 8, 41])
    counts = np.concatenate([np.arange(n + 1) for n in (0, 1, 7, 40)])
    chance = beta_binomial.upper_mid_p(counts, sizes, 0.3, 12.0)
    for size in (1, 7, 40):
        assert (np.diff(chance[sizes == size]) < 0).all()
    assert chance[0] == pytest.approx(0.5)  # of nobody nothing is known


@given(st.integers(0, 40), st.integers(0, 40), MEANS, st.floats(2, 200))
@settings(max_examples=40, deadline=None)
def test_the_slopes_are_those_of_the_law(some: int, rest: int, mean: float, precision: float) -> None:
    size, step = some + rest, 1e-5
    by_shift, by_log_m = beta_binomial.slopes(some, size, mean, precision)

    def at(shift: float, log_m: float) -> float:
        moved = beta_binomial.mean(mean, shift)
        return float(beta_binomial.log_kernel(some, size, moved, precision * np.exp(log_m)))

    assert by_shift == pytest.approx((at(step, 0) - at(-step, 0)) / (2 * step), rel=1e-4, abs=1e-4)
    assert by_log_m == pytest.approx((at(0, step) - at(0, -step)) / (2 * step), rel=1e-4, abs=1e-4)


@given(st.integers(0, 50), st.integers(0, 50), MEANS, PRECISIONS)
@settings(max_examples=60, deadline=None)
def test_a_shrunk_share_lies_between_its_own_and_the_usual_one(
    some: int, rest: int, mean: float, precision: float
) -> None:
    size = some + rest
    told = beta_binomial.shrunk(some, size, mean, precision)
    own = some / size if size else mean
    assert min(own, mean) - 1e-9 <= told["shrunk"] <= max(own, mean) + 1e-9
    assert (
        told["low"] <= told["shrunk"] <= told["high"] or precision < 2
    )  # the mean of a law with two peaks may lie outside
    assert told["excess"] == pytest.approx(size * (told["shrunk"] - mean), abs=1e-9)


def test_many_people_are_pulled_less_than_few() -> None:
    few, many = beta_binomial.shrunk([5, 500], [10, 1000], 0.2, 30.0)["shrunk"]
    assert 0.2 < few < many < 0.5
    width = np.diff([beta_binomial.shrunk([5, 500], [10, 1000], 0.2, 30.0)[end] for end in ("low", "high")], axis=0)
    assert width[0, 0] > 3 * width[0, 1]


def test_outlying_units_widen_the_greatest_likelihood_more_than_the_pulled_in_moments() -> None:
    size = np.full(200, 60)
    count = np.random.default_rng(1).binomial(size, beta.rvs(12, 28, size=200, random_state=2))
    share = count.sum() / size.sum()
    assert beta_binomial.moments(count, size, share) == pytest.approx(40, rel=0.4)
    count[:16] = 55
    widened = beta_binomial.fit(count, size, np.full(200, share)).precision
    assert beta_binomial.moments(count, size, share) > 1.5 * widened
