"""How often leaders who are put first are found (S5): units × years of counts in which it is known where that happens.

Leaders win more everywhere, a little more here and less there; planted units multiply their odds. One to many
leaders a unit.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator
from scipy.special import expit, logit

from pipelines.analysis import odds_ratio
from pipelines.analysis.person_years import Truths, Whole
from pipelines.evaluation.rosters import measured, named
from pipelines.evaluation.worlds import COUNTRY

_USUAL, _PLANTED = 1.8, 9.0  # odds ratio of leaders in an honest unit and in a planted one
_BETWEEN_UNITS, _BETWEEN_YEARS = 0.35, 0.25  # sd of the log odds ratio, of a year's readiness to award
_LEADERS, _RATE = 0.15, (0.15, 0.4)  # share of the people; awarded a year, evenly over units
_PLANTED_SHARE = 0.08
SEED = 405


def drawn(rng: Generator, units: int, years: int) -> tuple[Truths, Whole, dict[str, Whole]]:
    """Which units are planted, their people, and one row a unit and year as `odds_ratio.test` takes them."""
    planted = rng.permutation(units) < round(_PLANTED_SHARE * units)
    heads = COUNTRY.drawn(rng, units)
    leaders = 1 + rng.binomial(heads - 1, _LEADERS)
    log_odds = np.log(np.where(planted, _PLANTED, _USUAL)) + _BETWEEN_UNITS * rng.standard_normal(units)
    unit = np.repeat(np.arange(units), years)
    size, group = heads[unit], leaders[unit]
    ready = logit(rng.uniform(*_RATE, units))[unit] + _BETWEEN_YEARS * rng.standard_normal(len(unit))
    of_group = rng.binomial(group, expit(ready + log_odds[unit]))
    chosen = of_group + rng.binomial(size - group, expit(ready))
    return planted, heads, {"unit": unit, "size": size, "group": group, "chosen": chosen, "chosen_of_group": of_group}


def evaluated(units: int = 600, repeats: int = 20, years: tuple[int, ...] = (3, 5, 10, 15)) -> pd.DataFrame:
    """One row a number of years and method: power, fdr, false_per_1000 with their Monte Carlo errors (`_error`).

    peers: beyond their usual difference; three_leaders: the same as it is used, where enough lead for a habit to show;
    chance_alone: at the peers' odds ratio; twice_the_share: what a spreadsheet would say.
    """
    rows: list[dict[str, object]] = []
    for span in years:
        found = measured(lambda rng, t=span: _named(rng, units, t), SEED, repeats)  # type: ignore[misc]
        rows += [{"years": span} | row for row in found]
    return pd.DataFrame(rows)


def _named(rng: Generator, units: int, years: int) -> tuple[Truths, Whole, dict[str, Truths]]:
    planted, heads, strata = drawn(rng, units, years)
    found = odds_ratio.test(**strata)
    enough = found.n_people >= odds_ratio.ENOUGH_OF_GROUP
    return (
        planted,
        heads,
        {
            "peers": named(found.p_value),
            "three_leaders": named(found.p_value.where(enough)),
            "chance_alone": named(found.p_exact),
            "twice_the_share": (found.group_share > 2 * found.other_share).to_numpy(),
        },
    )
