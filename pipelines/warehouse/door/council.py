"""What the council reads: signals, the list they make together, and the funnel of the declared award series."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.analysis import trend
from pipelines.signals.shape import NO_MERIT, ORDER
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import figures, peers
from pipelines.warehouse.viewer import Viewer

_SIGNALS = """
SELECT s.*, coalesce(r.unit_name, g.name) AS unit_name
FROM signals s
LEFT JOIN reporting r ON r.unit_code = s.unit_code AND r.period = s.period_to
LEFT JOIN groups g ON g.code = s.unit_code
WHERE ($unit::VARCHAR IS NULL OR s.unit_code = $unit)
  AND s.period_to = coalesce($period::VARCHAR, (SELECT max(period_to) FROM signals))
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], s.unit_code) OR g.code IS NOT NULL)
ORDER BY list_position($order::VARCHAR[], s.signal), r.unit_order, s.unit_code
"""
_COUNCIL = """
WITH told AS (
    SELECT *, CAST(count(*) FILTER (WHERE level <> 'none') OVER sofar AS INTEGER) AS times,
           CAST(count(*) OVER sofar AS INTEGER) AS years
    FROM council_rows
    WINDOW sofar AS (PARTITION BY unit_code ORDER BY period)
)
SELECT c.*, r.unit_name
FROM told c
JOIN reporting r ON r.unit_code = c.unit_code AND r.period = c.period
WHERE c.period = coalesce($period::VARCHAR, (SELECT max(period) FROM council_rows))
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], c.unit_code))
ORDER BY c.rank
"""
_MERIT = """
SELECT string_agg(DISTINCT breakdown, '|' ORDER BY breakdown) AS codes
FROM metric_values
WHERE metric = 'award_rate' AND breakdown <> '' AND NOT list_contains($left_out::VARCHAR[], breakdown)
"""
_YEARS = "SELECT DISTINCT period_to FROM signals ORDER BY period_to DESC"


def signals(version: Version, viewer: Viewer, unit_code: str | None = None, period: str | None = None) -> pd.DataFrame:
    """All signals of a unit, or of all units and clusters, at the end of a year (the newest judged when None).

    Columns of the table `signals` and unit_name, in the order signals are told, then of the lists.
    """
    return frame(version, viewer, _SIGNALS, {"unit": unit_code, "period": period, "order": list(ORDER)} | viewer.places)


def council_list(version: Version, viewer: Viewer, period: str | None = None) -> pd.DataFrame:
    """Columns of the table `council_list` and unit_name, by rank, at the end of a judged year (the newest
    when None).
    """
    return frame(version, viewer, _COUNCIL, {"period": period} | viewer.places)


def judged_years(version: Version, viewer: Viewer) -> list[str]:
    """Years signals speak at, newest first."""
    return [str(year) for year in frame(version, viewer, _YEARS)["period_to"]]


def award_funnel(version: Version, viewer: Viewer, peer_group: str, period: str | None = None) -> peers.Funnel:
    """The units of a peer group by person-years and awards of five years, as `comparisons.funnel` gives a year.

    Up to a judged year, the newest when None; a point leads to the rows of all its years.
    """
    told = signals(version, viewer, period=period)
    told = told[(told["signal"] == "award_rate") & (told["peer_group"] == peer_group) & told["value"].notna()]
    known = told.assign(
        metric="award_rate",
        period=[_periods(one) for one in told["counted_in"]],
        breakdown=_merit(version, viewer),
        stratum="",
        state="reported",
        unit_kind="unit",
        numerator=(told["value"] * told["n"]).round(),
        denominator=told["n"],
    ).reset_index(drop=True)
    fit = known[~peers.is_doubtful(known)]
    level = float(fit["numerator"].sum() / fit["denominator"].sum()) if len(fit) else np.nan
    rows = peers.banded(peers.with_intervals(known.drop(columns=["low", "high", "level"])), level)
    return peers.placed(peers.Peers(rows, level, fit["numerator"].sum(), fit["denominator"].sum()))


def _periods(counted_in: str) -> str:
    """The periods of "V01/2024|V01/2025", as `evidence` takes them."""
    return "|".join(sorted({place.rpartition("/")[2] for place in counted_in.split("|")}))


def _merit(version: Version, viewer: Viewer) -> str:
    """The awards of the declared series, as `evidence` takes them."""
    codes = frame(version, viewer, _MERIT, {"left_out": list(NO_MERIT)})["codes"]
    return str(codes.iloc[0] or "")


def award_parts(version: Version, viewer: Viewer, unit_code: str, periods: Sequence[str]) -> pd.DataFrame:
    """Values of `award_rate` of a unit for each award for merit (without LDTT and KNC) and position group, year by
    year.
    """
    told = figures.metric(version, viewer, "award_rate", periods, [unit_code], strata=None)
    return told[~told["breakdown"].isin(NO_MERIT)].reset_index(drop=True)


def award_years(version: Version, viewer: Viewer, unit_code: str, periods: Sequence[str]) -> pd.DataFrame:
    """The series of signal `award_rate` for one unit: one row a year, as `comparisons.rates`, and the natural limits of
    its years.

    center, lower, upper: mean and natural limits over the years reported (NaN with fewer than eight); outside:
    beyond them.
    """
    parts = award_parts(version, viewer, unit_code, periods)
    totals = parts[parts["stratum"] == ""]
    yearly = totals.groupby("period", as_index=False).agg(
        numerator=("numerator", lambda one: one.sum(min_count=1)),
        denominator=("denominator", "max"),
        state=("state", "first"),
        breakdown=("breakdown", lambda one: "|".join(sorted(set(one)))),
    )
    place = {"metric": "award_rate", "unit_code": unit_code, "stratum": ""}
    yearly = peers.with_intervals(yearly.assign(**place, value=yearly["numerator"] / yearly["denominator"]))
    known = yearly["value"].dropna()
    limits = trend.natural_limits(known) if len(known) >= trend.XMR_POINTS else (np.nan,) * 3
    center, lower, upper = limits
    outside = (yearly["value"] < lower) | (yearly["value"] > upper)
    return yearly.assign(center=center, lower=max(lower, 0.0), upper=min(upper, 1.0), outside=outside)
