"""Is the newest year different? Each figure of a period against the same figure of earlier years."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

import pandas as pd

from pipelines.analysis import trend
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import figures
from pipelines.warehouse.door import organisation as units_of
from pipelines.warehouse.door.definitions import kind
from pipelines.warehouse.door.peers import with_intervals
from pipelines.warehouse.door.question import THEN, Organisation
from pipelines.warehouse.metrics import metrics
from pipelines.warehouse.viewer import Viewer

_Judge = Callable[[Sequence[float], Sequence[float]], trend.Change]
_FIGURE = ["unit_code", "breakdown", "stratum"]
_BASES = """
WITH each AS (
    SELECT r.unit_code, r.period, bool_or(v.state = 'reported') AS is_told
    FROM reporting r
    JOIN metric_values v ON v.unit_code = r.unit_code AND v.period = r.period AND v.metric = $metric AND v.stratum = ''
    GROUP BY r.unit_code, r.period
), every AS (
    SELECT unit_code AS code, unit_code, period, is_told FROM each
    UNION ALL
    SELECT g.code, e.unit_code, e.period, e.is_told
    FROM each e JOIN group_units g ON g.unit_code = e.unit_code AND g.period = e.period
)
SELECT code AS unit_code, period, count(*) FILTER (WHERE is_told) AS base, count(*) AS due
FROM every
WHERE $wanted::VARCHAR[] IS NULL OR list_contains($wanted::VARCHAR[], code)
GROUP BY code, period
HAVING bool_or(is_told)
   AND ($units::VARCHAR[] IS NULL OR code IN (SELECT g.code FROM groups g WHERE g.kind <> 'province')
        OR bool_or(list_contains($units::VARCHAR[], every.unit_code)))
ORDER BY period, code
"""


def bases(version: Version, viewer: Viewer, metric: str, units: Sequence[str] | None = None) -> pd.DataFrame:
    """[unit_code, period, base, due]: how many units stand behind a figure, and of how many; of a unit itself 1.

    base: units whose figure is known, the only number a count of their group may be divided by. A unit whose
    workbook came with that part left blank is not among them. No row where nobody told it.
    """
    wanted = None if units is None else list(units)
    return frame(version, viewer, _BASES, {"metric": metric, "wanted": wanted} | viewer.places)


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
    Only periods of the same kind are compared; shares by the units then or now, counts of single units then. A count
    has one more row with breakdown "": all of its kinds together.
    """
    same = same_kind(version, viewer, period)
    values = units_of.metric(version, viewer, organisation, metric, same, units, breakdowns, strata)
    judge: _Judge = trend.change_of_share
    if kind(version, viewer, metric) == "ratio":
        values["base"] = values["denominator"]
        if not metrics()[metric].is_share:
            judge = trend.change_of_count
    else:
        known = bases(version, viewer, metric, units)[["unit_code", "period", "base"]]
        values = _with_total(values).merge(known, on=["unit_code", "period"], how="left")
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
