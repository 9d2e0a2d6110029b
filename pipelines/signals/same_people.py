"""The same people win again and again, more than among the peers: information only, because merit that lasts does the
same.
"""

import numpy as np
import pandas as pd

from pipelines.analysis import same_people
from pipelines.signals.shape import CONTEXT, NO_PEOPLE, NONE, Inputs, each_group, recent, sources

YEARS = 10


def rows(inputs: Inputs) -> pd.DataFrame:
    """One row a unit that lists its people: value, expected: pairs of years in which a person won both times, and by
    chance.
    """
    people = recent(inputs.people, inputs.until, YEARS).merge(inputs.units, on="unit_code")
    told = each_group(people, _of_group)
    silent = inputs.units.loc[~inputs.units["unit_code"].isin(told["unit_code"]), ["unit_code"]]
    return pd.concat([told, silent.assign(reason=NO_PEOPLE)], ignore_index=True)


def _of_group(people: pd.DataFrame) -> pd.DataFrame:
    unit, codes = pd.factorize(people["unit_code"])
    person, _ = pd.factorize(people["person"])
    found = same_people.test(unit, people["year"].to_numpy(), person, people["won"].to_numpy(bool))
    return pd.DataFrame(
        {
            "unit_code": np.asarray(codes)[found["unit"]],
            "period_from": people.groupby("unit_code")["year"].min().reindex(codes).to_numpy(),
            "value": found["pairs"].astype(float),
            "expected": found["expected"],
            "n": found["n_people"],
            "counted_in": sources(people).reindex(codes).to_numpy(),
            "level": NONE,
            "reason": CONTEXT,
        }
    )
