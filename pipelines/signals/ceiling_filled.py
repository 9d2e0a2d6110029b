"""S2b · The ceiling is filled year after year: context only.

Honest demand above a ceiling fills it too, so nothing is tested.
"""

import pandas as pd

from pipelines.signals.shape import CONTEXT, NONE, Inputs, recent, sources

YEARS = 10


def rows(inputs: Inputs) -> pd.DataFrame:
    """One row a unit: value, expected: share of the years in which some ceiling was filled, its own and its peers'; n:
    years.
    """
    capped = recent(inputs.ceilings, inputs.until, YEARS)
    capped = capped[capped["allowed"] > 0].assign(full=lambda one: one["used"] >= one["allowed"])
    yearly = capped.groupby(["unit_code", "year"], as_index=False)["full"].any()
    found = yearly.groupby("unit_code", as_index=False).agg(
        value=("full", "mean"), n=("full", "size"), period_from=("year", "min")
    )
    found = found.merge(inputs.units[["unit_code", "peer_group"]], on="unit_code")
    found["counted_in"] = found["unit_code"].map(sources(capped))
    found["expected"] = found.groupby("peer_group")["value"].transform("mean")
    return found.drop(columns="peer_group").assign(level=NONE, reason=CONTEXT)
