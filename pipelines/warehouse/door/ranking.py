"""The units of a peer group by one figure, each with the range of ranks the figures allow."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.analysis import intervals, ranks
from pipelines.palette import SMALL_UNIT
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import organisation as units_of
from pipelines.warehouse.door import peers
from pipelines.warehouse.door.definitions import kind
from pipelines.warehouse.door.peers import banded, levels, with_intervals
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer


@dataclass(frozen=True)
class Compared:
    """Units of one peer group, the highest first, those without a figure last.

    Rows: columns of `queries.metric`, low, high (95 % interval), band (above | common | below, by `level`, or
    doubtful), first, last (best and worst rank among `ranked` units, all ranges right together in 95 of 100 cases;
    missing where a unit is not ranked). level: the share of the whole group, without units that count more than they
    have (doubtful); for a count the mean of the units that reported. NaN if none did. has_intervals: no, for a ratio
    that is no share (initiatives ÷ staff, ceilings): nothing can be said of differences.
    """

    rows: pd.DataFrame
    level: float
    ranked: int
    is_share: bool
    has_intervals: bool


def compared(version: Version, viewer: Viewer, question: Question) -> Compared:
    """One peer group by one share or count.

    Ranked: who has a figure with an interval, of at least five where it is a share.
    """
    q, periods, kinds = question, [question.period], [question.breakdown]
    is_share = kind(version, viewer, q.metric) == "ratio"
    every = units_of.metric(version, viewer, q.organisation, q.metric, periods, None, kinds)
    units = every[(every["unit_kind"] == "unit") & (every["peer_group"] == q.peer_group)]
    whole = levels(version, viewer, q.metric, periods, q.peer_group, kinds)["value"]
    level = (float(whole.iloc[0]) if len(whole) else np.nan) if is_share else float(units["value"].mean())
    rows = with_intervals(units) if is_share else _with_count_intervals(units)
    rows = rows.sort_values(["value", "denominator"], ascending=False, na_position="last", kind="stable")
    rows = (banded(rows, level) if is_share else _count_bands(rows, level)).reset_index(drop=True)
    fit = rows["low"].notna() & ((rows["denominator"] >= SMALL_UNIT) | (not is_share))
    has_intervals = not is_share or peers.is_share(q.metric)
    return Compared(_with_ranks(rows, fit, is_share), level, int(fit.sum()), is_share, has_intervals)


def yearly(version: Version, viewer: Viewer, question: Question, periods: Sequence[str]) -> pd.DataFrame:
    """Units of a peer group in each of these periods, and not in that of the question, by one share or count.

    Columns of `queries.metric`, low, high, and level, that of each period.
    """
    q, kinds = question, [question.breakdown]
    is_share = kind(version, viewer, q.metric) == "ratio"
    every = units_of.metric(version, viewer, q.organisation, q.metric, periods, None, kinds)
    units = every[(every["unit_kind"] == "unit") & (every["peer_group"] == q.peer_group)]
    whole = levels(version, viewer, q.metric, periods, q.peer_group, kinds).set_index("period")["value"]
    usual = whole if is_share else units.groupby("period")["value"].mean()
    rows = with_intervals(units) if is_share else _with_count_intervals(units)
    return rows.assign(level=rows["period"].map(usual)).reset_index(drop=True)


def _with_ranks(rows: pd.DataFrame, fit: pd.Series, is_share: bool) -> pd.DataFrame:
    count, size = (rows.loc[fit, name].to_numpy(float) for name in ("numerator", "denominator"))
    told = ranks.of_shares(count, size) if is_share else ranks.of_counts(count)
    rows = rows.assign(first=np.nan, last=np.nan)
    rows.loc[fit, "first"], rows.loc[fit, "last"] = told.first, told.last
    return rows


def _with_count_intervals(units: pd.DataFrame) -> pd.DataFrame:
    low, high = intervals.poisson(units["value"].astype(float))
    return units.assign(low=low, high=high)


def _count_bands(rows: pd.DataFrame, level: float) -> pd.DataFrame:
    band = pd.Series("common", index=rows.index)
    return rows.assign(band=band.mask(rows["low"] > level, "above").mask(rows["high"] < level, "below"))
