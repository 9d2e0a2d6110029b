"""Is the newest year different? Each figure of a period against the same figure of earlier years."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

import pandas as pd

from pipelines.analysis import trend
from pipelines.warehouse import figures
from pipelines.warehouse import organisation as units_of
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.definitions import kind
from pipelines.warehouse.metrics import metrics
from pipelines.warehouse.organisation import THEN, Organisation
from pipelines.warehouse.peers import with_intervals
from pipelines.warehouse.viewer import Viewer

_Judge = Callable[[Sequence[float], Sequence[float]], trend.Change]
_FIGURE = ["unit_code", "breakdown", "stratum"]
# How many units stand behind a count: one for a unit itself, its reported units for a group.
_BASES = """
WITH reported AS (
    SELECT v.unit_code, v.period FROM metric_values v
    JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
    WHERE v.metric = $metric AND v.stratum = '' AND v.state = 'reported'
    GROUP BY v.unit_code, v.period
)
SELECT unit_code, period, 1 AS base FROM reported
UNION ALL
SELECT g.code, r.period, count(*) FROM reported r
JOIN group_units g ON g.unit_code = r.unit_code AND g.period = r.period
GROUP BY g.code, r.period
"""


def changes(
    version: Version,
    viewer: Viewer,
    metric: str,
    period: str,
    units: Sequence[str] | None = ("ALL",),
    breakdowns: Sequence[str] | None = None,
    strata: Sequence[str] | None = ("",),
    organisation: Organisation = THEN,
) -> pd.DataFrame:
    """One row a unit × breakdown × stratum of the period: its value, and the change against earlier years.

    Columns of `queries.metric`, low, high (interval of a share), base (denominator; for a count: units that reported),
    rate (what was judged: the ratio, or the count per unit), previous, change, limit_low, limit_high, verdict
    (up | down | usual | unknown), basis (xmr | interval | counts | none), years (earlier years with a figure).
    Only periods of the same kind are compared; shares by the units then or now, counts of single units then. A count has one more row with breakdown "": all of its kinds together.
    """
    same = same_kind(version, viewer, period)
    values = units_of.metric(version, viewer, organisation, metric, same, units, breakdowns, strata)
    judge: _Judge = trend.change_of_share
    if kind(version, viewer, metric) == "ratio":
        values["base"] = values["denominator"]
        if not metrics()[metric].is_share:
            judge = trend.change_of_count
    else:
        bases = frame(version, viewer, _BASES, {"metric": metric})
        values = _with_total(values).merge(bases, on=["unit_code", "period"], how="left")
        judge = trend.change_of_count
    rows = [
        _judged(one.set_index("period", drop=False).reindex(same), judge)
        for _, one in values.groupby(_FIGURE, sort=False)
        if period in set(one["period"])
    ]
    return with_intervals(pd.DataFrame(rows, columns=[*values.columns, *_JUDGED]).reset_index(drop=True))


_JUDGED = ["rate", "previous", "change", "limit_low", "limit_high", "verdict", "basis", "years"]


def _judged(years: pd.DataFrame, judge: _Judge) -> pd.Series:
    """The newest row of a figure's years (oldest first) with what it was judged to be."""
    told = asdict(judge(list(years["numerator"].astype(float)), list(years["base"].astype(float))))
    known = years["base"].iloc[:-1].astype(float) > 0
    names = {"value": "rate", "low": "limit_low", "high": "limit_high"}
    return pd.concat(
        [years.iloc[-1], pd.Series({names.get(n, n): v for n, v in told.items()} | {"years": known.sum()})]
    )


def same_kind(version: Version, viewer: Viewer, period: str) -> list[str]:
    """This period and the earlier ones of its kind, oldest first."""
    known = figures.periods(version, viewer).sort_values(["year", "period"])
    kinds = known.loc[known["period"] == period, "period_kind"]
    return [code for code in known.loc[known["period_kind"].isin(kinds), "period"] if code <= period]


def _with_total(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts by kind and, where they have kinds, all kinds together."""
    split = counts[counts["breakdown"] != ""]
    if split.empty:
        return counts
    total = split.assign(breakdown="").groupby(
        [n for n in split.columns if n not in ("numerator", "value")], dropna=False, sort=False
    )
    summed = total[["numerator", "value"]].sum(min_count=1).reset_index()
    return pd.concat([counts, summed[counts.columns]], ignore_index=True)
