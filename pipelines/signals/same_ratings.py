"""S3 · Nearly everybody gets the same, over five years: two-group Dirichlet-multinomial within the peer group.

Of ratings, which enter the council's list; and of awards by level, which stand beside them as a second look, never
instead.
"""

import numpy as np
import pandas as pd

from pipelines.analysis import screening
from pipelines.contract.vocabulary import AWARD_LEVELS
from pipelines.signals.shape import EXPLAIN, NONE, WATCH, Inputs, recent, sources, standing

YEARS, ENOUGH_YEARS = 5, 3
# From the best down; a unit is named by the first two only.
RATINGS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")


def rows(inputs: Inputs) -> pd.DataFrame:
    """One row a unit: as COLUMNS, and category, the rating nearly everybody has."""
    return _alike(inputs, inputs.ratings.rename(columns={"rating": "category", "people": "number"}), RATINGS)


def by_level(inputs: Inputs) -> pd.DataFrame:
    """The same of the awards that `awards` counts, by the level they are of (category); worth watching at most: how
    high an
    award may be is decided above the unit, on rules of its own."""
    found = _alike(inputs, inputs.levels.rename(columns={"level": "category", "awarded": "number"}), AWARD_LEVELS)
    return found.assign(level=found["level"].replace(EXPLAIN, WATCH)) if len(found) else found


def _alike(inputs: Inputs, counted: pd.DataFrame, categories: tuple[str, ...]) -> pd.DataFrame:
    """counted: unit_code, year, category, number."""
    told = recent(counted, inputs.until, YEARS).merge(inputs.units, on="unit_code")
    told = told[told["category"].isin(categories) & (told["number"] > 0)]
    if told.empty:
        return pd.DataFrame(columns=["unit_code"])
    counts = told.pivot_table(index=["peer_group", "unit_code"], columns="category", values="number", aggfunc="sum")
    counts = counts.reindex(columns=list(categories)).fillna(0.0).reset_index()
    years = told.groupby("unit_code")["year"].agg(["min", "nunique"]).loc[counts["unit_code"]]
    y = counts[list(categories)].to_numpy(float)
    judged = screening.ratings(y, counts["peer_group"])
    place = judged["category"].to_numpy(int)
    units = pd.DataFrame(
        {
            "unit_code": counts["unit_code"],
            "period_from": years["min"].to_numpy(),
            "value": y[np.arange(len(y)), place] / y.sum(axis=1),
            "n": y.sum(axis=1),
            "counted_in": counts["unit_code"].map(sources(told)),
        }
    )
    judged = judged.rename(columns={"mean": "expected"}).assign(category=np.array(categories)[place])
    enough = pd.Series(years["nunique"].to_numpy() >= ENOUGH_YEARS)
    found = standing(units, judged, enough)
    return found.assign(level=found["level"].where(enough, NONE))
