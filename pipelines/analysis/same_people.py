"""Do the awards of a unit go to the same people more than in other units?

Counted are all pairs of years in which a person won both times. Chance gives that number an exact mean and variance
even when people come and go, but merit alone, which lasts, makes nearly every honest unit exceed them. So a unit is
held against its peers, never against chance (an empirical null, Efron 2004): z is measured from their median, in
their own spread, which grows with a unit's people as chance does. The spread is that of the upper half, where honest
units reach far by themselves.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipelines.analysis.intervals import Floats
from pipelines.analysis.laws import normal_above, normal_distance
from pipelines.analysis.person_years import Whole, laid_out

ENOUGH_YEARS = 5
_ONE_SD = 0.84  # of a normal law lie below one standard deviation


def test(unit: ArrayLike, year: ArrayLike, person: ArrayLike, won: ArrayLike) -> pd.DataFrame:
    """One row a unit (index 0 to the largest), units of one peer group: pairs (of a person's awards in two years),
    expected,
    variance (by chance), z and p_value (against the peers), n_years (lists with a choice), n_people (mean a list),
    testable.
    """
    units = int(np.max(unit)) + 1 if np.size(unit) else 0
    here, winners = _presence(unit, year, person, won)
    size, awards = (_each_year(here, rows, units) for rows in (here >= 0, winners))
    pairs, expected, variance = _chance(here, winners, size, awards)
    z = _against_peers(pairs - expected, variance)
    choices = ((awards > 0) & (awards < size)).sum(axis=1)
    lists = (size > 0).sum(axis=1)
    return pd.DataFrame(
        {
            "unit": np.arange(units),
            "z": z,
            "p_value": normal_above(z),
            "n_years": choices,
            "n_people": np.divide(size.sum(axis=1), lists, out=np.zeros(units), where=lists > 0),
            "pairs": pairs,
            "expected": expected,
            "variance": variance,
            "testable": (choices >= ENOUGH_YEARS) & np.isfinite(z),
        }
    )


def _against_peers(beyond: Floats, variance: Floats) -> Floats:
    known = variance > 1e-9
    z = np.full(len(variance), np.nan)
    if known.any():
        effect = beyond[known] / variance[known]
        away = (effect - np.median(effect)) * np.sqrt(variance[known])
        z[known] = away / max(1.0, float(np.quantile(away, _ONE_SD) / normal_distance(1 - _ONE_SD)))
    return z


def _presence(unit: ArrayLike, year: ArrayLike, person: ArrayLike, won: ArrayLike) -> tuple[Whole, np.ndarray]:
    """Persons × years: the unit (−1 for none), and whether the person won."""
    rows = laid_out(year, person)
    listed = rows >= 0
    here = np.where(listed, np.asarray(unit, np.int64)[rows], -1) if rows.size else rows
    return here, listed & np.asarray(won, bool)[rows] if rows.size else listed


def _each_year(here: Whole, counted: np.ndarray, units: int) -> Floats:
    columns = [np.bincount(here[counted[:, t], t], minlength=units) for t in range(here.shape[1])]
    return np.array(columns, float).reshape(-1, units).T


def _chance(here: Whole, winners: np.ndarray, size: Floats, awards: Floats) -> tuple[Floats, Floats, Floats]:
    """Pairs seen, their mean and variance when each year's winners are drawn from its list.

    Pairs of two years are uncorrelated but for what the changing lists share: who is present in more of the other
    years has more chances to repeat, whichever year is drawn. The second sum of the variance is that part.
    """
    units, span = size.shape
    share = np.divide(awards, size, out=np.zeros_like(size), where=size > 0)
    follow = np.divide(awards - 1, size - 1, out=np.zeros_like(size), where=size > 1)
    seen, mean, variance = np.zeros(units), np.zeros(units), np.zeros(units)
    shared = np.zeros((span, span, units))
    for s in range(span):
        chances = np.zeros(len(here))
        listed = here[:, s] >= 0
        for t in range(span):
            if t == s:
                continue
            both = listed & (here[:, t] == here[:, s])
            chances[both] += share[here[both, t], t]
            shared[s, t] = np.bincount(here[both, s], minlength=units)
            if s < t:
                common = shared[s, t]
                seen += np.bincount(here[both & winners[:, s] & winners[:, t], s], minlength=units)
                one = common * share[:, s] * share[:, t]
                mean += one
                variance += one + one * (common - 1) * follow[:, s] * follow[:, t] - one**2
        variance += _shared_part(here[listed, s], chances[listed], shared[s], size[:, s], awards[:, s], share)
    return seen, mean, variance


def _shared_part(group: Whole, chances: Floats, common: Floats, n: Floats, m: Floats, share: Floats) -> Floats:
    units = len(n)
    draw = np.divide(m * (n - m), n * (n - 1), out=np.zeros(units), where=n > 1)
    sums, squares = np.bincount(group, chances, units), np.bincount(group, chances**2, units)
    about_mean = squares - np.divide(sums**2, n, out=np.zeros(units), where=n > 0)
    apart = common - np.divide(common**2, n, out=np.zeros_like(common), where=n > 0)  # years × units
    result: Floats = draw * (about_mean - (share.T**2 * apart).sum(axis=0))
    return result
