"""How often awards that rise while results stay flat are found (S6): units × years of two shares in which it is known
where.

Everywhere both shares drift a little and years have ups and downs. In planted units awards rise steeply and results
do not. In a second world as many units have earned the same rise, their results rise with it: naming those is as
wrong as naming any.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator
from scipy.special import expit

from pipelines.analysis import slopes
from pipelines.analysis.intervals import Floats
from pipelines.analysis.person_years import Truths, Whole
from pipelines.evaluation.rosters import measured, named
from pipelines.evaluation.worlds import COUNTRY

_AWARDS, _RESULTS = -1.1, 0.4  # mean logit: a quarter is awarded, six in ten reach the result
_BETWEEN_UNITS, _BETWEEN_YEARS = 0.35, 0.25  # sd on the logit
_DRIFT, _COMMON = 0.03, 0.02  # sd of honest slopes, slope of all awards; logit a year
_STEEP = 0.2  # slope of planted awards, and of awards and results where they were earned
PLANTED = 0.08  # of the units
SEED = 406


def drawn(rng: Generator, units: int, years: int, earned_share: float = 0.0) -> tuple[Truths, Whole, dict[str, Whole]]:
    """Which units are planted, their people, and one row a unit and year as `slopes.test` takes them."""
    order = rng.permutation(units)
    planted, earned = order < round(PLANTED * units), order >= units - round(earned_share * units)
    unit, year = np.repeat(np.arange(units), years), np.tile(np.arange(years), units)
    heads = COUNTRY.drawn(rng, units)
    size = heads[unit]

    def share(level: float, common: float, steep: Truths) -> Floats:
        slope = np.where(steep, _STEEP, common + _DRIFT * rng.standard_normal(units))
        start = level + _BETWEEN_UNITS * rng.standard_normal(units)
        ups_and_downs = _BETWEEN_YEARS * rng.standard_normal(len(unit))
        return np.asarray(expit(start[unit] + slope[unit] * (year - (years - 1) / 2) + ups_and_downs))

    awards = rng.binomial(size, share(_AWARDS, _COMMON, planted | earned))
    results = rng.binomial(size, share(_RESULTS, 0.0, earned))
    columns = {"unit": unit, "year": year, "count": awards, "size": size}
    return planted, heads, columns | {"result_count": results, "result_size": size}


def evaluated(units: int = 600, repeats: int = 20, years: tuple[int, ...] = (5, 8, 12, 15)) -> pd.DataFrame:
    """One row a number of years, share of earned rises and method: power, fdr, false_per_1000, their Monte Carlo
    `_error`.

    flat_results: as it is used; rise_alone: without looking at results; half_as_much_again: the last year against
    the first, as a spreadsheet would. earned: share of the units whose results rise with their awards.
    """
    rows: list[dict[str, object]] = []
    for span in years:
        for earned in (0.0, PLANTED):
            found = measured(lambda rng, t=span, e=earned: _named(rng, units, t, e), SEED, repeats)  # type: ignore[misc]
            rows += [{"years": span, "earned": earned} | row for row in found]
    return pd.DataFrame(rows)


def _named(rng: Generator, units: int, years: int, earned: float) -> tuple[Truths, Whole, dict[str, Truths]]:
    planted, heads, columns = drawn(rng, units, years, earned)
    found = slopes.test(**columns)
    rising = named(found.p_value) & found.steep.to_numpy()
    share = (columns["count"] / columns["size"]).reshape(units, years)
    return (
        planted,
        heads,
        {
            "flat_results": rising & (found.results == "flat").to_numpy(),
            "rise_alone": rising,
            "half_as_much_again": share[:, -1] > 1.5 * share[:, 0],
        },
    )
