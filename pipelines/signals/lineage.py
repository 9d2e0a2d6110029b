"""Figures of the years before a merger told of the unit it made, and what may not be said of its new head."""

import pandas as pd

from pipelines.signals.shape import FORMER, NONE, Inputs, sources

OWN_YEARS = 3  # of the new unit; fewer say nothing of its new head


def as_of_today(inputs: Inputs, yearly: pd.DataFrame, counts: list[str]) -> pd.DataFrame:
    """unit_code, year, peer_group and the counts, added up over what went whole into each unit of `until`; with its
    peer group.

    A year in which a part did not report is left out: half a unit beside a whole one would look like a change.
    """
    places = inputs.today.merge(yearly, on=["unit_code", "year"], how="left")
    parts = places.groupby(["today", "year"])[counts]
    told = parts.sum()[parts.count().eq(parts.size(), axis=0).all(axis=1)]
    told = told.reset_index().rename(columns={"today": "unit_code"})
    return told.merge(inputs.units[["unit_code", "peer_group"]], on="unit_code")


def sources_of_today(inputs: Inputs, used: pd.DataFrame) -> "pd.Series[str]":
    """`sources` of figures that `as_of_today` added up: of each unit and year in `used` the units that went into it."""
    parts = inputs.today.rename(columns={"unit_code": "source", "today": "unit_code"})
    return sources(parts.merge(used[["unit_code", "year"]].drop_duplicates(), on=["unit_code", "year"]))


def is_former(inputs: Inputs, found: pd.DataFrame, yearly: pd.DataFrame) -> pd.DataFrame:
    """The same rows; a unit made of others is not named before its third year of its own."""
    if found.empty:
        return found
    is_own = inputs.today["unit_code"] == inputs.today["today"]
    years = (
        yearly.merge(inputs.today[is_own][["unit_code", "year"]], on=["unit_code", "year"]).groupby("unit_code").size()
    )
    made = found["unit_code"].isin(inputs.today[~is_own]["today"])
    former = made & (found["unit_code"].map(years).fillna(0) < OWN_YEARS)
    return found.assign(
        testable=found["testable"].eq(True) & ~former,
        level=found["level"].mask(former, NONE),
        reason=found["reason"].mask(former & (found["reason"] == ""), FORMER),
    )
