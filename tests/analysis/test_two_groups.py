"""Who has more than peers explain: judged alike in any order, never less for more, never across peer groups."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.special import expit, logit

from pipelines.analysis import beta_binomial, screening, single_null, two_groups
from pipelines.analysis.beta_binomial import Law
from pipelines.analysis.two_groups import TwoGroups

FIGURES = ["p_value", "local_fdr", "q_value", "mean", "shrunk", "low", "high", "excess"]
Peers = tuple[np.ndarray, np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def peers() -> Peers:
    """Sixty units of 20–100 people around a quarter; the first five award to seven of ten."""
    rng = np.random.default_rng(7)
    size = rng.integers(20, 101, 60).astype(float)
    share = expit(logit(0.25) + 0.3 * rng.standard_normal(60))
    share[:5] = 0.7
    count = rng.binomial(size.astype(int), share).astype(float)
    return count, size, size * count.sum() / size.sum()


@pytest.fixture(scope="module")
def model(peers: Peers) -> TwoGroups:
    return two_groups.fit(*peers)


def test_units_that_award_too_readily_are_named_and_the_others_are_not(peers: Peers, model: TwoGroups) -> None:
    rows = two_groups.judge(model, *peers)
    assert model.converged and (rows["q_value"] <= 0.1).tolist() == [True] * 5 + [False] * 55
    assert (rows["p_value"][:5] < 1e-3).all() and (rows["excess"][:5] > 5).all() and rows["testable"].all()
    assert model.honest.precision > 20  # not widened by the five


def test_a_unit_is_pulled_towards_the_law_it_follows_and_its_limits_are_of_that_law(
    peers: Peers, model: TwoGroups
) -> None:
    rows = two_groups.judge(model, *peers)
    count, size, expected = peers
    outlying = rows["local_fdr"] < 0.5
    assert outlying[:5].all() and not outlying[5:].any()
    for law, those in ((model.outlying, outlying), (model.honest, ~outlying)):
        pulled = beta_binomial.shrunk(count, size, beta_binomial.mean(expected / size, law.shift), law.precision)
        for name in ("low", "high"):
            assert (rows[name][those] == pulled[name][those]).all()
    assert ((rows["low"] < rows["shrunk"]) & (rows["shrunk"] < rows["high"])).all()
    np.testing.assert_allclose(rows["excess"], size * (rows["shrunk"] - rows["mean"]))
    assert (rows["shrunk"][:5] > rows["mean"][:5] + 0.3).all()  # pulled to honest units alone they would look like them


def test_the_gradient_of_the_fit_is_that_of_its_likelihood(peers: Peers) -> None:
    count, size, e = peers
    at = np.array([0.2, 3.0, 0.1, 2.0, -2.0])
    slope = approx_fprime(at, lambda x: two_groups._loss(x, count, size, e / size)[0], 1e-6)
    np.testing.assert_allclose(two_groups._loss(at, count, size, e / size)[1], slope, rtol=1e-3, atol=1e-3)


def test_the_order_in_which_units_stand_changes_nothing(peers: Peers) -> None:
    order = np.random.default_rng(3).permutation(60)
    mixed = tuple(one[order] for one in peers)
    rows, again = (two_groups.judge(two_groups.fit(*those), *those) for those in (peers, mixed))
    np.testing.assert_allclose(again[FIGURES], rows[FIGURES].iloc[order], rtol=1e-3, atol=1e-4)


def test_expected_counts_too_high_by_the_same_factor_of_odds_for_all_change_nothing(peers: Peers) -> None:
    count, size, e = peers
    inflated = size * expit(logit(e / size) + 0.4)
    rows, again = (two_groups.judge(two_groups.fit(count, size, one), count, size, one) for one in (e, inflated))
    np.testing.assert_allclose(again[FIGURES], rows[FIGURES], rtol=1e-3, atol=1e-4)


LAWS = st.builds(Law, st.floats(-0.5, 0.5), st.floats(3, 300))


@given(LAWS, st.floats(0.5, 3), st.floats(1.5, 300), st.floats(0.001, 0.4), st.integers(1, 60), st.floats(0.05, 0.8))
@settings(max_examples=60, deadline=None)
def test_more_awards_of_the_same_people_never_make_a_unit_look_more_honest(
    honest: Law, higher: float, precision: float, share: float, size: int, usual: float
) -> None:
    model = TwoGroups(honest, Law(honest.shift + higher, precision), share, True)
    count, all_alike = np.arange(size + 1.0), np.full(size + 1, float(size))
    chance = two_groups.local_fdr(model, count, all_alike, usual * all_alike)
    assert (np.diff(chance) <= 1e-12).all() and (chance >= 0).all()
    assert (chance[count < size * beta_binomial.mean(usual, honest.shift)] == 1).all()
    assert (np.diff(two_groups.judge(model, count, all_alike, usual * all_alike)["p_value"]) < 1e-12).all()


def test_under_a_ceiling_and_with_few_people_nothing_can_be_tested(peers: Peers, model: TwoGroups) -> None:
    count, size, e = peers
    capped = two_groups.judge(model, count, size, e, most=np.ceil(1.1 * e))
    assert not capped["testable"][5:].any() and capped["testable"][:5].all()  # who is over it already is seen
    tiny = two_groups.judge(model, [1.0, 40.0], [1.0, 40.0], [0.28, 11.0])
    assert tiny["testable"].tolist() == [False, True]


def test_the_single_law_is_not_widened_by_outlying_units(peers: Peers) -> None:
    count, size, e = peers
    law = single_null.fit(*peers)
    assert beta_binomial.fit(count, size, e / size).precision < 0.5 * law.precision
    rows = single_null.judge(law, *peers)
    assert rows["local_fdr"].isna().all() and (rows["q_value"] <= 0.1).tolist()[:5] == [True] * 5
    below = beta_binomial.upper_mid_p(size - count, size, 1 - beta_binomial.mean(e / size, law.shift), law.precision)
    assert np.median(below) == pytest.approx(0.5, abs=0.02) and np.quantile(below, 0.25) == pytest.approx(
        0.25, abs=0.02
    )


def test_each_group_is_judged_among_its_own(peers: Peers) -> None:
    count, size, e = peers
    departments = np.full(30, 60.0)
    both = screening.shares(
        np.append(np.full(30, 36.0), count),
        np.append(departments, size),
        np.append(0.6 * departments, e),
        ["a"] * 30 + ["b"] * 60,
    )
    alone = screening.shares(count, size, e, ["b"] * 60)
    np.testing.assert_allclose(both[FIGURES].iloc[30:], alone[FIGURES])
    assert not (both["q_value"][:30] <= 0.1).any()


def test_below_twenty_five_peers_there_is_a_shrunk_share_and_no_list(peers: Peers) -> None:
    count, size, e = (one[:24] for one in peers)
    rows = screening.shares(count, size, e, np.zeros(24))
    assert set(rows["method"]) == {"too_few"} and not rows["testable"].any()
    assert rows[["p_value", "local_fdr", "q_value"]].isna().all(axis=None) and rows[
        ["shrunk", "low", "high"]
    ].notna().all(axis=None)


def test_a_count_that_is_no_part_of_its_size_is_no_peer(peers: Peers) -> None:
    count, size, e = (np.append(one, more) for one, more in zip(peers, ([5, 0], [4, 0], [1, 0]), strict=True))
    rows = screening.shares(count, size, e, np.zeros(62))
    assert rows["method"][60:].tolist() == ["no_share"] * 2 and rows["shrunk"][60:].isna().all()
    np.testing.assert_allclose(rows[FIGURES][:60], screening.shares(*peers, np.zeros(60))[FIGURES])


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_nobody_or_everybody_is_awarded_nobody_is_named(share: float) -> None:
    size = np.arange(5.0, 45.0)
    rows = screening.shares(share * size, size, share * size, np.zeros(40))
    assert not (rows["q_value"] <= 0.1).any() and rows["shrunk"].to_numpy() == pytest.approx(share, abs=1e-3)
    assert len(screening.shares([], [], [], [])) == 0


def test_with_one_law_a_unit_is_testable_where_all_its_people_would_have_named_it(peers: Peers) -> None:
    count, size, expected = (one.copy() for one in peers)
    size[5:20], count[5:20], expected[5:20] = 3, 1, 0.75
    law = single_null.fit(count, size, expected)
    rows = single_null.judge(law, count, size, expected)
    for place in range(60):
        most = count.copy()
        most[place] = size[place]
        assert rows["testable"][place] == (single_null.judge(law, most, size, expected)["q_value"][place] <= 0.1)
    assert 0 < rows["testable"].sum() < 60


def test_one_law_has_its_middle_and_lower_quartile_where_honest_units_have_them(peers: Peers) -> None:
    count, size, expected = peers
    law = single_null.fit(count, size, expected)
    below = beta_binomial.upper_mid_p(
        size - count, size, 1 - beta_binomial.mean(expected / size, law.shift), law.precision
    )
    assert np.median(below) == pytest.approx(0.5, abs=0.01) and np.quantile(below, 0.25) == pytest.approx(
        0.25, abs=0.02
    )
