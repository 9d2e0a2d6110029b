"""A rise is a slope beyond the peers' own differences, and it is explained where results rise with it."""

import numpy as np
import pandas as pd
import pytest

from pipelines.analysis import beyond_peers, slopes
from pipelines.evaluation import rises

PLANTED, HEADS, COLUMNS = rises.drawn(np.random.default_rng(1), 200, 14, earned_share=0.1)
FOUND = slopes.test(**COLUMNS)


def test_the_score_is_that_of_cochran_and_armitage() -> None:
    """The example of R's prop.trend.test (Fleiss 1981): X² = 8.2249 with 1 degree of freedom."""
    one = slopes.trend([0] * 4, [1, 2, 3, 4], [83, 90, 129, 70], [86, 93, 136, 82], 1)
    assert one.score[0] ** 2 / one.information[0] == pytest.approx(8.2249, abs=5e-5)
    assert one.score[0] < 0


def test_years_may_be_numbered_and_ordered_in_any_way() -> None:
    mixed = np.random.default_rng(2).permutation(len(COLUMNS["unit"]))
    other = {name: column[mixed] for name, column in (COLUMNS | {"year": COLUMNS["year"] + 2010}).items()}
    pd.testing.assert_frame_equal(slopes.test(**other), FOUND, rtol=1e-6)


def test_backwards_every_rise_is_a_fall_and_twice_the_years_half_the_slope() -> None:
    backwards = slopes.test(**(COLUMNS | {"year": -COLUMNS["year"]}))
    np.testing.assert_allclose(backwards.z, -FOUND.z, atol=1e-9)
    slower = slopes.test(**(COLUMNS | {"year": 2 * COLUMNS["year"]}))
    np.testing.assert_allclose(slower.slope, FOUND.slope / 2)
    np.testing.assert_allclose(slower.z, FOUND.z, atol=1e-9)


def test_a_slope_is_told_in_percentage_points_a_year() -> None:
    year = np.arange(12)
    size = np.full(12, 1000)
    told = slopes.test(np.zeros(12, int), year, 200 + 10 * year, size, size - 400, size).iloc[0]
    assert told.slope_points == pytest.approx(1.0, abs=0.01)
    assert (told.n_years, told.n_people, told.result_points) == (12, 1000, pytest.approx(0))


def test_rises_are_found_and_those_that_results_explain_are_told_apart() -> None:
    earned = FOUND.steep & ~PLANTED & (FOUND.result_points > 2)
    large = HEADS >= 20
    assert FOUND.p_value[PLANTED & large].median() < 0.01
    assert (FOUND.results[PLANTED & large] == "flat").mean() > 0.8
    assert earned.sum() >= 10 and (FOUND.results[earned & large] == "rise").all()
    assert ((FOUND.result_low <= FOUND.result_points) & (FOUND.result_points <= FOUND.result_high)).all()


def test_flat_is_said_only_where_the_interval_holds_no_rise_like_that_of_the_first() -> None:
    small = np.full(12, 6)
    year, zero = np.arange(12), np.zeros(12, int)
    few = slopes.test(zero, year, [2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3], small, small // 2, small).iloc[0]
    assert few.results == "unknown"  # half of six every year: a rise would not have shown
    many = slopes.test(zero, year, np.linspace(100, 300, 12).round(), 600 + zero, 300 + zero, 600 + zero).iloc[0]
    assert many.results == "flat"
    unknown = slopes.test(zero, year, np.linspace(100, 300, 12).round(), 600 + zero, zero, zero).iloc[0]
    assert unknown.results == "unknown" and np.isnan(unknown.result_points)


def test_a_gap_in_the_years_is_only_a_gap_and_few_years_name_nobody() -> None:
    kept = COLUMNS["year"] != 5
    empty = COLUMNS | {
        name: np.where(kept, COLUMNS[name], 0) for name in ("count", "size", "result_count", "result_size")
    }
    without = {name: column[kept] for name, column in COLUMNS.items()}
    pd.testing.assert_frame_equal(slopes.test(**empty), slopes.test(**without))
    assert (slopes.test(**empty).n_years == 13).all() and slopes.test(**empty).testable.all()
    eleven, seven = (slopes.test(**{name: c[COLUMNS["year"] < n] for name, c in COLUMNS.items()}) for n in (11, 7))
    assert eleven.shown.all() and not eleven.testable.any() and not seven.shown.any()


def test_nobody_or_everybody_awarded_has_no_slope() -> None:
    unit, year, size = np.repeat([0, 1], 12), np.tile(np.arange(12), 2), np.full(24, 10)
    none = slopes.test(unit, year, size * unit, size, size // 2, size)
    assert np.isnan(none.z).all() and not none.testable.any() and (none.results == "unknown").all()


def test_peers_are_told_by_the_middle_one_and_who_says_nothing_is_no_peer() -> None:
    told = beyond_peers.standing([1, 2, 3, 40, 0], [10, 10, 10, 10, 0])
    assert told.median == pytest.approx(0.25)  # of 0.1, 0.2, 0.3 and 4
    assert np.isnan(told.z[-1]) and np.isfinite(told.z[:-1]).all()
