"""Is one group chosen before the others more than in comparable units, year by year?

In every unit the group may win more, for good reasons; so its odds are held against the odds ratio all units share
(Mantel and Haenszel 1959), not against 1. Given who is there and how many win, the number of winners in the group
follows the noncentral hypergeometric law at that odds ratio; one step from its score gives the log odds ratio above
it, and units are told apart only beyond their usual difference (`beyond_peers`).
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipelines.analysis.beyond_peers import standing
from pipelines.analysis.hypergeometric import sums
from pipelines.analysis.intervals import Floats
from pipelines.analysis.person_years import Truths, Whole

ENOUGH_YEARS = 10
ENOUGH_OF_GROUP = 3  # on average a year: one or two people say nothing about a habit


def mantel_haenszel(size: ArrayLike, group: ArrayLike, chosen: ArrayLike, chosen_of_group: ArrayLike) -> float:
    """Odds ratio over strata (rows) of size people; NaN or infinite where one side never wins or never loses."""
    up, down = _products(size, group, chosen, chosen_of_group)
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.divide(up.sum(), down.sum()))


def test(
    unit: ArrayLike, size: ArrayLike, group: ArrayLike, chosen: ArrayLike, chosen_of_group: ArrayLike
) -> pd.DataFrame:
    """One row a unit (index 0 to the largest) from one row a unit and year, units of one peer group: is the group
    favoured
    more than among the peers?

    z, p_value (one-sided, against the peers with their usual difference); p_exact (mid-p at the peers' odds ratio,
    chance alone); odds_ratio, peers_odds_ratio; group_share, other_share (of the group, of the others, who won);
    seen, expected (winners of the group, and with the peers' odds ratio); n_years (with a choice), n_people (mean of
    the group a year); testable: enough of both, and any information.
    """
    units = int(np.max(unit)) + 1 if np.size(unit) else 0
    u, n, g, k, kg = _with_a_choice(unit, size, group, chosen, chosen_of_group)

    peers = mantel_haenszel(n, g, k, kg)
    usable = bool(np.isfinite(peers) and peers > 0)
    law = sums(u, n, g, k, kg, units, odds=peers if usable else 1.0)
    told = standing(law.seen - law.mean, law.variance)
    years = np.bincount(u, minlength=units)
    people = np.divide(np.bincount(u, g, units), years, out=np.zeros(units), where=years > 0)
    found = {
        "unit": np.arange(units),
        "z": told.z,
        "p_value": told.p_value,
        "p_exact": np.where((law.variance > 0) & usable, law.above, np.nan),
        "n_years": years,
        "n_people": people,
        "peers_odds_ratio": np.full(units, peers),
        "seen": law.seen,
        "expected": law.mean,
        "testable": (law.variance > 0) & (years >= ENOUGH_YEARS) & (people >= ENOUGH_OF_GROUP),
    }
    return pd.DataFrame(found | _in_words(u, n, g, k, kg, units))


def _in_words(u: Whole, n: Whole, g: Whole, k: Whole, kg: Whole, units: int) -> dict[str, Floats]:
    def per_unit(values: ArrayLike) -> Floats:
        return np.bincount(u, np.asarray(values, float), units).astype(float)

    up, down = (per_unit(side) for side in _products(n, g, k, kg))
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "odds_ratio": up / down,
            "group_share": per_unit(kg) / per_unit(g),
            "other_share": per_unit(k - kg) / per_unit(n - g),
        }


def has_choice(size: ArrayLike, group: ArrayLike, chosen: ArrayLike) -> Truths:
    """Which strata count: those where somebody and not everybody is of the group, and wins."""
    n, of_group, won = (np.asarray(c, np.int64) for c in (size, group, chosen))
    return np.asarray((of_group > 0) & (of_group < n) & (won > 0) & (won < n))


def _with_a_choice(*strata: ArrayLike) -> list[Whole]:
    """The strata that count."""
    columns = [np.asarray(c, np.int64) for c in strata]
    _, n, group, chosen, _ = columns
    choice = has_choice(n, group, chosen)
    return [c[choice] for c in columns]


def _products(
    size: ArrayLike, group: ArrayLike, chosen: ArrayLike, chosen_of_group: ArrayLike
) -> tuple[Floats, Floats]:
    n, g, k, kg = (np.asarray(c, float) for c in (size, group, chosen, chosen_of_group))
    return kg * (n - g - (k - kg)) / n, (g - kg) * (k - kg) / n
