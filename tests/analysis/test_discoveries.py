"""Lists of many findings: Benjamini and Hochberg's own example, averages of local FDR, p-values taken together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from pipelines.analysis import discoveries

# Benjamini and Hochberg 1995, section 4.2: fifteen p-values of a trial on thrombolysis
PUBLISHED = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1,
]
CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_four_of_the_published_fifteen_are_named() -> None:
    assert (discoveries.benjamini_hochberg(PUBLISHED) <= 0.05).sum() == 4


def test_any_dependence_is_allowed_for_at_a_price() -> None:
    plain, strict = discoveries.benjamini_hochberg(PUBLISHED), discoveries.benjamini_yekutieli(PUBLISHED)
    assert (strict >= plain).all() and (strict <= 0.05).sum() == 3


def test_who_cannot_be_tested_is_not_counted_among_the_many() -> None:
    with_gaps = [np.nan, *PUBLISHED, np.nan]
    np.testing.assert_array_equal(
        discoveries.benjamini_hochberg(with_gaps)[1:-1], discoveries.benjamini_hochberg(PUBLISHED)
    )
    q = discoveries.running_average([0.3, np.nan, 0.1])
    assert np.isnan(q[1]) and q[[0, 2]].tolist() == pytest.approx([0.2, 0.1])
    assert np.isnan(discoveries.benjamini_hochberg([np.nan])).all() and len(discoveries.benjamini_hochberg([])) == 0


@given(CHANCES)
@settings(deadline=None)
def test_a_list_is_the_longest_whose_mean_chance_of_being_wrong_is_low(chances: list[float]) -> None:
    chance = np.array(chances)
    named = discoveries.running_average(chance) <= 0.1
    assert not named.any() or chance[named].mean() <= 0.1 + 1e-12
    if not named.all():
        next_one = chance[~named].min()
        assert np.append(chance[named], chance[chance == next_one]).mean() > 0.1


@given(CHANCES)
@settings(deadline=None)
def test_the_order_in_which_units_stand_changes_nothing(chances: list[float]) -> None:
    order = np.random.default_rng(len(chances)).permutation(len(chances))
    for method in (discoveries.running_average, discoveries.benjamini_hochberg):
        np.testing.assert_allclose(method(np.array(chances)[order]), method(chances)[order])


def test_what_would_be_with_another_value_is_what_is_when_it_has_it() -> None:
    chance = np.array([0.02, 0.5, 0.9, 0.3])
    for place in range(4):
        changed = chance.copy()
        changed[place] = 0.01
        told = discoveries.average_if(chance, np.full(4, 0.01))[place]
        assert told == pytest.approx(discoveries.running_average(changed)[place])


@given(st.floats(1e-12, 0.99))
@settings(deadline=None)
def test_one_p_value_alone_stays_what_it_is(p: float) -> None:
    assert discoveries.acat([[p]])[0] == pytest.approx(p, rel=1e-6)
    assert discoveries.acat([[p, p, p]])[0] == pytest.approx(p, rel=1e-6)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6), st.integers(0, 5), st.floats(0, 1))
@settings(deadline=None)
def test_a_smaller_p_value_never_makes_the_whole_larger_and_columns_have_no_order(
    p: list[float], which: int, smaller: float
) -> None:
    less = list(p)
    less[which % len(p)] = min(smaller, p[which % len(p)])
    assert discoveries.acat([less])[0] <= discoveries.acat([p])[0] + 1e-12
    assert discoveries.acat([p[::-1]])[0] == pytest.approx(discoveries.acat([p])[0], rel=1e-9)


def test_a_signal_that_cannot_speak_accuses_nobody_and_one_of_exactly_one_hides_nothing() -> None:
    assert discoveries.acat([[1e-4, np.nan]])[0] == pytest.approx(2e-4, rel=1e-2)
    assert discoveries.acat([[np.nan, np.nan]])[0] == pytest.approx(0.5)
    assert discoveries.acat([[1e-8, 1.0]])[0] < 1e-7


def test_the_whole_is_a_p_value_however_alike_the_signals_are() -> None:
    rng = np.random.default_rng(5)
    for alike in (0.0, 0.6, 0.95):
        score = np.sqrt(alike) * rng.standard_normal((40_000, 1)) + np.sqrt(1 - alike) * rng.standard_normal(
            (40_000, 5)
        )
        assert (discoveries.acat(norm.sf(score)) <= 0.01).mean() < 0.0125
