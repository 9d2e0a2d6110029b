"""Who rates nearly all alike: found among peers, whatever the order; with two ratings the law is the beta-binomial."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from pipelines.analysis import beta_binomial, dirichlet_multinomial, screening

FIGURES = ["p_value", "local_fdr", "q_value", "mean", "shrunk", "low", "high", "excess", "modal_share", "entropy"]


@pytest.fixture(scope="module")
def counts() -> np.ndarray:
    """Sixty units of 25–80 people; the first three put 98 of 100 on the best or the second rating."""
    rng = np.random.default_rng(11)
    size = np.append([70, 70, 70], rng.integers(25, 81, 57))
    mix = rng.dirichlet([2.4, 7.2, 2, 0.4], 60)
    mix[:3] = [[0.98, 0.02, 0, 0], [0, 0.98, 0.02, 0], [0.01, 0.98, 0.01, 0]]
    return rng.multinomial(size, mix)


def test_units_that_rate_nearly_all_alike_are_named_with_their_rating(counts: np.ndarray) -> None:
    rows = screening.ratings(counts, np.zeros(60))
    named = (rows["q_value"] <= 0.1).to_numpy()
    assert named[:3].all() and named.sum() <= 4 and rows["category"][:3].tolist() == [0, 1, 1]
    assert set(rows["method"]) == {"dirichlet_multinomial"} and (rows["excess"][:3] > 5).all()


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.02, 0.98), st.floats(0.5, 100))
@settings(max_examples=40, deadline=None)
def test_with_two_ratings_the_law_is_the_beta_binomial(some: int, rest: int, mean: float, precision: float) -> None:
    ours = dirichlet_multinomial.log_kernel([[some, rest]], [mean * precision, (1 - mean) * precision])[0]
    assert ours == pytest.approx(float(beta_binomial.log_kernel(some, some + rest, mean, precision)), abs=1e-8)


def test_the_gradient_of_the_fit_is_that_of_its_likelihood(counts: np.ndarray) -> None:
    rest = np.array([[0, 0.7, 0.2, 0.1], [0.5, 0, 0.3, 0.2]])
    at, y = np.array([0.5, 2, 0.3, -1, 2.5, 3.3, -2]), counts.astype(float)
    slope = approx_fprime(at, lambda x: dirichlet_multinomial._loss(x, y, rest)[0], 1e-6)
    np.testing.assert_allclose(dirichlet_multinomial._loss(at, y, rest)[1], slope, rtol=1e-3, atol=1e-3)


def test_neither_the_order_of_units_nor_of_the_lower_ratings_matters(counts: np.ndarray) -> None:
    order = np.random.default_rng(2).permutation(60)
    rows = screening.ratings(counts, np.zeros(60))
    mixed = screening.ratings(counts[order], np.zeros(60))
    swapped = screening.ratings(counts[:, [0, 1, 3, 2]], np.zeros(60))
    np.testing.assert_allclose(mixed[FIGURES], rows[FIGURES].iloc[order], rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(swapped[FIGURES], rows[FIGURES], rtol=1e-3, atol=1e-4)


def test_everybody_on_one_of_the_best_is_the_least_honest_a_unit_can_look(counts: np.ndarray) -> None:
    model = dirichlet_multinomial.fit(counts)
    moved = np.array([[k, 40 - k, 0, 0] for k in range(25, 41)])
    chance = dirichlet_multinomial.local_fdr(model, moved)
    assert (np.diff(chance) < 0).all() and chance[-1] < 0.1
    assert dirichlet_multinomial.local_fdr(model, [[0, 0, 0, 40]])[0] == 1  # all on the worst is something else


def test_entropy_is_nothing_for_all_alike_and_one_for_evenly_spread() -> None:
    told = dirichlet_multinomial.entropy([[40, 0, 0, 0], [10, 10, 10, 10], [0, 0, 0, 0], [5, 5, 0, 0]])
    assert told[:2].tolist() == pytest.approx([0, 1]) and np.isnan(told[2])
    assert told[3] == pytest.approx((np.log(2) + 1 / 20) / np.log(4))  # few people look more alike than they are


def test_few_peers_give_no_list_and_nobody_rated_no_row(counts: np.ndarray) -> None:
    rows = screening.ratings(np.vstack([counts[:20], np.zeros(4)]), np.zeros(21))
    assert rows["method"].tolist() == ["too_few"] * 20 + ["no_share"]
    assert rows["q_value"].isna().all() and rows["shrunk"][:20].notna().all() and not rows["testable"].any()


def test_a_unit_is_looked_at_for_each_of_the_best_ratings_and_its_p_value_says_so(counts: np.ndarray) -> None:
    model = dirichlet_multinomial.fit(counts)
    precision, size = model.weights.sum(), counts.sum(axis=1)
    tails = [beta_binomial.upper_mid_p(counts[:, j], size, model.weights[j] / precision, precision) for j in (0, 1)]
    rows = dirichlet_multinomial.judge(model, counts)
    np.testing.assert_allclose(rows["p_value"], np.minimum(1, 2 * np.minimum(*tails)))
    assert (rows["category"] == np.argmin(tails, axis=0)).all()


def test_a_unit_below_what_honest_ones_have_of_the_best_is_honest(counts: np.ndarray) -> None:
    model = dirichlet_multinomial.fit(counts)
    assert dirichlet_multinomial.local_fdr(model, [[2, 2, 30, 6]])[0] == 1


def test_fewer_than_thirty_people_look_more_uniform_than_they_are() -> None:
    even = np.log(2) / np.log(4)
    assert dirichlet_multinomial.entropy([[15, 15, 0, 0]])[0] == pytest.approx(even)
    assert dirichlet_multinomial.entropy([[14, 14, 0, 0]])[0] == pytest.approx(even + 1 / 56 / np.log(4))
