"""S3 · Nearly everybody gets the same good rating, over five years: two-group Dirichlet-multinomial within the peer group."""

import numpy as np
import pandas as pd

from pipelines.analysis import screening
from pipelines.signals.shape import Inputs, recent, standing

YEARS, ENOUGH_YEARS = 5, 3
RATINGS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")


def rows(inputs: Inputs) -> pd.DataFrame:
    """One row a unit: as COLUMNS, and category, the rating nearly everybody has."""
    rated = recent(inputs.ratings, inputs.until, YEARS).merge(inputs.units, on="unit_code")
    rated = rated[rated["rating"].isin(RATINGS)]
    if rated.empty:
        return pd.DataFrame(columns=["unit_code"])
    counts = rated.pivot_table(index=["peer_group", "unit_code"], columns="rating", values="people", aggfunc="sum")
    counts = counts.reindex(columns=list(RATINGS)).fillna(0.0)
    counts = counts[counts.sum(axis=1) > 0].reset_index()
    years = rated[rated["people"] > 0].groupby("unit_code")["year"].agg(["min", "nunique"]).loc[counts["unit_code"]]
    y = counts[list(RATINGS)].to_numpy(float)
    judged = screening.ratings(y, counts["peer_group"])
    place = judged["category"].to_numpy(int)
    units = pd.DataFrame(
        {
            "unit_code": counts["unit_code"],
            "period_from": years["min"].to_numpy(),
            "value": y[np.arange(len(y)), place] / y.sum(axis=1),
            "n": y.sum(axis=1),
        }
    )
    judged = judged.rename(columns={"mean": "expected"}).assign(category=np.array(RATINGS)[place])
    return standing(units, judged, pd.Series(years["nunique"].to_numpy() >= ENOUGH_YEARS))
