"""Does a share rise from year to year more than among the peers, while another does not follow?

The trend of counts over years by its score (Cochran 1954; Armitage 1955), as log odds a year; units are told apart
only beyond the usual difference of slopes (`beyond_peers`). A rise is explained where results rise with it: so the
second share has a slope of its own, with an interval.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipelines.analysis.beyond_peers import standing
from pipelines.analysis.intervals import CONFIDENCE, Floats
from pipelines.analysis.laws import normal_distance

YEARS_TO_SHOW, ENOUGH_YEARS = 8, 12
RISE = 0.05  # log odds a year; a share of 20 % becomes 32 % in twelve years


@dataclass(frozen=True)
class Trend:
    """One entry a unit: score and its variance, the share over all years, years and the mean size of a year."""

    score: Floats
    information: Floats
    share: Floats
    n_years: Floats
    size: Floats


def trend(unit: ArrayLike, year: ArrayLike, count: ArrayLike, size: ArrayLike, units: int) -> Trend:
    """Cochran-Armitage score per unit; rows of no size are left out, a gap in the years is only a gap."""
    u, t, k, n = np.asarray(unit, np.int64), np.asarray(year, float), np.asarray(count, float), np.asarray(size, float)
    known = n > 0
    u, t, k, n = u[known], t[known], k[known], n[known]
    total, years = np.bincount(u, n, units), np.bincount(u, np.ones_like(n), units).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.bincount(u, k, units) / total
        away = t - (np.bincount(u, n * t, units) / total)[u]
        information = np.nan_to_num(share * (1 - share) * np.bincount(u, n * away**2, units)).astype(float)
        return Trend(np.bincount(u, away * k, units).astype(float), information, share, years, total / years)


def test(
    unit: ArrayLike,
    year: ArrayLike,
    count: ArrayLike,
    size: ArrayLike,
    result_count: ArrayLike,
    result_size: ArrayLike,
) -> pd.DataFrame:
    """One row a unit (index 0 to the largest) from one row a unit and year, units of one peer group.

    z, p_value (one-sided: rises more than the peers); slope (log odds a year), slope_points (percentage points a
    year at the unit's own share), peers_points (the median of the peers); result_points, result_low, result_high (95
    %, the same for the results; NaN if unknown); steep: slope ≥ 0.05; results: "rise" (the interval lies above 0),
    "flat" (it holds 0 or less and no rise like that of the first share), "unknown"; n_years, n_people (mean size a
    year); shown: 8 years, testable: 12 and a choice.
    """
    units = int(np.max(unit)) + 1 if np.size(unit) else 0
    first, results = trend(unit, year, count, size, units), trend(unit, year, result_count, result_size, units)
    told, second = standing(first.score, first.information), standing(results.score, results.information)
    points, result_points = (100 * t.share * (1 - t.share) for t in (first, results))
    low, high = (second.effect + sign * normal_distance((1 - CONFIDENCE) / 2) * second.error for sign in (-1, 1))
    return pd.DataFrame(
        {
            "unit": np.arange(units),
            "z": told.z,
            "p_value": told.p_value,
            "n_years": first.n_years.astype(int),
            "n_people": first.size,
            "slope": told.effect,
            "slope_points": told.effect * points,
            "peers_points": told.median * points,
            "result_points": second.effect * result_points,
            "result_low": low * result_points,
            "result_high": high * result_points,
            "steep": told.effect >= RISE,
            "results": np.select([low > 0, high < told.effect], ["rise", "flat"], "unknown"),
            "shown": first.n_years >= YEARS_TO_SHOW,
            "testable": (first.n_years >= ENOUGH_YEARS) & np.isfinite(told.z),
        }
    )
