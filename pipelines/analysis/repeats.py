"""Are the same people chosen in two years running more seldom, or more often, than chance would have it?

Of those on the list in both years, so many won in the first and so many in the second: how many won in both is a
draw without replacement. The sum over a unit's years has an exact law. Few repeats are a second look at turns that
are taken.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipelines.analysis.hypergeometric import sums
from pipelines.analysis.laws import normal_distance
from pipelines.analysis.person_years import Truths, Whole, laid_out


def adjacent(unit: ArrayLike, year: ArrayLike, person: ArrayLike, won: ArrayLike, eligible: ArrayLike) -> pd.DataFrame:
    """One row a unit and pair of years: unit, year (the later), size (on the unit's list in both and eligible in the
    later),
    first, second (winners among them), both."""
    unit, won, able = np.asarray(unit, np.int64), np.asarray(won, bool), np.asarray(eligible, bool)
    rows = laid_out(year, person)
    start = int(np.min(year)) if unit.size else 0
    pairs = [
        pd.DataFrame({name: np.zeros(0, np.int64) for name in ("unit", "year", "size", "first", "second", "both")})
    ]
    for later in range(1, rows.shape[1]):
        before, now = _stayers(rows, later, unit, able)
        group, first, second = unit[now], won[before], won[now]
        counts = [np.bincount(group, w) for w in (None, first, second, first & second)]
        there = np.flatnonzero(counts[0])
        size, one, two, both = (c[there].astype(np.int64) for c in counts)
        pairs.append(
            pd.DataFrame(
                {"unit": there, "year": start + later, "size": size, "first": one, "second": two, "both": both}
            )
        )
    return pd.concat(pairs, ignore_index=True)


def _stayers(rows: Whole, later: int, unit: Whole, able: Truths) -> tuple[Whole, Whole]:
    before, now = rows[:, later - 1], rows[:, later]
    both = (before >= 0) & (now >= 0)
    before, now = before[both], now[both]
    same = (unit[before] == unit[now]) & able[now]
    return before[same], now[same]


def test(unit: ArrayLike, year: ArrayLike, person: ArrayLike, won: ArrayLike, eligible: ArrayLike) -> pd.DataFrame:
    """One row a unit (index 0 to the largest): repeated, expected (people awarded in two years running, and by chance),
    p_value (mid-p of so few), p_more (of so many), z (of p_value; large = few repeats), n_years (lists), n_people
    (mean on the list in both years), testable (something was left to chance).
    """
    pairs = adjacent(unit, year, person, won, eligible)
    units = int(np.max(unit)) + 1 if np.size(unit) else 0
    law = sums(pairs.unit, pairs["size"], pairs["first"], pairs.second, pairs.both, units)
    open_pairs = (pairs["first"].between(1, pairs["size"] - 1)) & pairs.second.between(1, pairs["size"] - 1)
    told = np.bincount(pairs.unit[open_pairs], minlength=units)
    people = np.bincount(pairs.unit[open_pairs], pairs["size"][open_pairs], units)
    some = law.variance > 0
    return pd.DataFrame(
        {
            "unit": np.arange(units),
            "z": np.where(some, normal_distance(law.below), np.nan),
            "p_value": np.where(some, law.below, np.nan),
            "p_more": np.where(some, law.above, np.nan),
            "n_years": _lists(pairs[open_pairs], units),
            "n_people": np.divide(people, told, out=np.zeros(units), where=told > 0),
            "repeated": law.seen,
            "expected": law.mean,
            "testable": some,
        }
    )


def _lists(pairs: pd.DataFrame, units: int) -> Whole:
    ends = pd.concat([pairs[["unit", "year"]], pairs[["unit", "year"]].assign(year=pairs.year - 1)]).drop_duplicates()
    return np.bincount(ends.unit, minlength=units)
