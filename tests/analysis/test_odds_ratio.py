"""A group is held against the odds ratio all units share, year by year, and beyond the usual difference
between units.
"""

import numpy as np
import pandas as pd
import pytest

from pipelines.analysis import beyond_peers, odds_ratio
from pipelines.evaluation import leaders
from tests import ROOT

ADMISSIONS = pd.read_csv(ROOT / "tests" / "oracles" / "ucb_admissions.csv")


def test_the_common_odds_ratio_is_that_of_mantel_and_haenszel() -> None:
    cells = ADMISSIONS.pivot_table(index="Dept", columns=["Gender", "Admit"], values="Freq")
    men, admitted = cells["Male"].sum(axis=1), cells["Male", "Admitted"] + cells["Female", "Admitted"]
    common = odds_ratio.mantel_haenszel(cells.sum(axis=1), men, admitted, cells["Male", "Admitted"])
    assert common == pytest.approx(0.904696828258623, rel=1e-9)


PLANTED, HEADS, STRATA = leaders.drawn(np.random.default_rng(1), 150, 10)


def test_units_that_put_the_group_first_stand_out() -> None:
    found = odds_ratio.test(**STRATA)
    clear = PLANTED & found.testable
    assert found.p_value[clear].median() < 0.005 and (found.p_value[~PLANTED] < 0.05).mean() < 0.08
    assert found.odds_ratio[clear].median() > 5 > 2.4 > found.peers_odds_ratio[0] > 1.6
    assert (found.group_share[clear] > found.other_share[clear]).all()
    assert (found.seen[clear] > found.expected[clear]).all() and (found.p_exact[clear] < 0.05).all()


def test_one_or_two_in_the_group_or_few_years_are_not_enough() -> None:
    found = odds_ratio.test(**STRATA)
    assert not found.testable[found.n_people < 3].any() and found.testable[found.n_people >= 4].mean() > 0.9
    few = {name: column[np.arange(1500) % 10 < 6] for name, column in STRATA.items()}
    assert not odds_ratio.test(**few).testable.any()


def test_nothing_depends_on_the_order_of_years_or_units() -> None:
    rng = np.random.default_rng(2)
    mixed, numbers = rng.permutation(1500), rng.permutation(150)
    other = {name: column[mixed] for name, column in (STRATA | {"unit": numbers[STRATA["unit"]]}).items()}
    ours, theirs = odds_ratio.test(**STRATA), odds_ratio.test(**other).iloc[numbers].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours.drop(columns="unit"), theirs.drop(columns="unit"), rtol=1e-9)


def test_the_others_seen_as_the_group_turn_every_sign() -> None:
    others = STRATA | {
        "group": STRATA["size"] - STRATA["group"],
        "chosen_of_group": STRATA["chosen"] - STRATA["chosen_of_group"],
    }
    ours, theirs = odds_ratio.test(**STRATA), odds_ratio.test(**others)
    np.testing.assert_allclose(theirs.z, -ours.z, atol=1e-8)
    np.testing.assert_allclose(theirs.p_exact, 1 - ours.p_exact, atol=1e-9)
    assert theirs.peers_odds_ratio[0] == pytest.approx(1 / ours.peers_odds_ratio[0])


def test_years_without_a_choice_tell_nothing() -> None:
    found = odds_ratio.test([0, 0, 1, 1, 2], [10, 10, 10, 8, 5], [0, 4, 3, 3, 5], [5, 0, 4, 8, 2], [0, 0, 2, 3, 2])
    assert found.n_years.tolist() == [0, 1, 0]
    assert np.isnan(found.z[[0, 2]]).all() and not found.testable.any()


def test_where_units_differ_by_chance_alone_none_is_beyond_its_peers_more_often_than_said() -> None:
    rng = np.random.default_rng(3)
    unit, n = np.repeat(np.arange(3000), 6), np.repeat(rng.integers(8, 60, 3000), 6)
    g, k = np.maximum(rng.binomial(n, 0.2), 1), rng.binomial(n, 0.3)
    found = odds_ratio.test(unit, n, g, k, rng.hypergeometric(g, n - g, k))
    assert 0.04 < (found.p_value < 0.05).mean() < 0.06 and 0.04 < (found.p_exact < 0.05).mean() < 0.06


def test_units_that_differ_for_their_own_reasons_get_wider_errors() -> None:
    rng = np.random.default_rng(4)
    information = rng.uniform(5, 60, 800)
    chance = rng.normal(0, 1 / np.sqrt(information))
    alone = beyond_peers.standing(chance * information, information)
    differing = beyond_peers.standing((chance + rng.normal(0.3, 0.5, 800)) * information, information)
    assert alone.tau2 == 0 and differing.tau2 == pytest.approx(0.18, abs=0.08)
    assert differing.median == pytest.approx(0.3, abs=0.06) and (differing.error > alone.error).all()
