"""Like beside like: shares with their intervals, units of one peer group in order, and the funnel they lie in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.analysis import funnel as limits_of_chance
from pipelines.analysis import intervals
from pipelines.palette import SMALL_UNIT
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import organisation as units_of
from pipelines.warehouse.door.question import THEN, Organisation, Question
from pipelines.warehouse.metrics import metrics
from pipelines.warehouse.viewer import Viewer

_LIMITS = ((0.95, "95"), (0.998, "998"))
_DRAWN = 240  # sizes a limit is worked out for at most
_SMALLEST = 20  # people; a funnel is drawn at least this wide


@dataclass(frozen=True)
class Peers:
    """Units of one peer group and the level they share: numerator ÷ denominator of all that can be compared (NaN if
    none).
    """

    rows: pd.DataFrame
    level: float
    numerator: float
    denominator: float


@dataclass(frozen=True)
class Funnel:
    """The peers, those with an interval as `points`, and `limits`: n, low_95, high_95, low_998, high_998 (NaN: none).

    `usual_difference`: how far these units usually lie from their level beyond chance, 0–1 (one standard deviation).
    """

    peers: Peers
    points: pd.DataFrame
    limits: pd.DataFrame
    level: float
    usual_difference: float


def is_share(metric: str) -> bool:
    """Whether the numerator of a metric is a part of its denominator; only such a ratio has an interval and a rank."""
    found = metrics().get(metric)
    return found is not None and found.is_share


def with_intervals(values: pd.DataFrame) -> pd.DataFrame:
    """The same rows with `low` and `high`, the 95 % interval of each share; NaN where there is none.

    A ratio whose numerator is no part of the denominator (initiatives ÷ staff) is no share.
    """
    size = values["denominator"].astype(float).where(values["metric"].map(is_share).astype(bool))
    low, high = intervals.wilson(values["numerator"].astype(float), size)
    return values.assign(low=low, high=high)


def is_doubtful(values: pd.DataFrame) -> pd.Series:
    """Which shares count more than there are: shown as they are, compared with nobody, and nobody with them."""
    shares = values["metric"].map(is_share).astype(bool)
    return shares & (values["numerator"].astype(float) > values["denominator"].astype(float))


def banded(values: pd.DataFrame, level: float | pd.Series) -> pd.DataFrame:
    """The same rows with `band`: above | common | below, whether the interval leaves out the level; of few people:
    common.

    doubtful: more are counted than there are, which is not compared.
    """
    judged = values["denominator"] >= SMALL_UNIT
    band = pd.Series("common", index=values.index)
    band = band.mask(judged & (values["low"] > level), "above").mask(judged & (values["high"] < level), "below")
    return values.assign(band=band.mask(is_doubtful(values), "doubtful"))


_LEVELS = """
SELECT v.metric, v.period, v.breakdown, sum(v.numerator) AS numerator, sum(v.denominator) AS denominator,
       sum(v.numerator) / nullif(sum(v.denominator), 0) AS value
FROM metric_values v
JOIN group_units g ON g.unit_code = v.unit_code AND g.period = v.period AND g.code = $group
JOIN metrics m ON m.metric = v.metric
WHERE v.metric = $metric AND list_contains($periods::VARCHAR[], v.period) AND v.stratum = $stratum
    AND v.state = 'reported'
  AND ($breakdowns::VARCHAR[] IS NULL OR list_contains($breakdowns::VARCHAR[], v.breakdown))
  AND NOT (m.is_share AND v.numerator > v.denominator)
GROUP BY v.metric, v.period, v.breakdown
ORDER BY v.period, v.breakdown
"""


def levels(
    version: Version,
    viewer: Viewer,
    metric: str,
    periods: Sequence[str],
    group: str,
    breakdowns: Sequence[str] | None = None,
    stratum: str = "",
) -> pd.DataFrame:
    """[metric, period, breakdown, numerator, denominator, value]: what units of a group are held against, where any can
    be.

    As the group's own figure, but without units that count more than they have: those are no measure for others.
    """
    asked = {"metric": metric, "periods": list(periods), "group": group, "stratum": stratum}
    return frame(version, viewer, _LEVELS, asked | {"breakdowns": None if breakdowns is None else list(breakdowns)})


def rates(
    version: Version,
    viewer: Viewer,
    metric: str,
    periods: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    breakdowns: Sequence[str] | None = None,
    strata: Sequence[str] | None = ("",),
    organisation: Organisation = THEN,
) -> pd.DataFrame:
    """`queries.metric` with the interval of every share: its columns and low, high; of the units then, or
    of those now.
    """
    told = units_of.metric(version, viewer, organisation, metric, periods, units, breakdowns, strata)
    return with_intervals(told)


def peers(version: Version, viewer: Viewer, question: Question) -> Peers:
    """Units of one peer group, then or now, highest share first, those without a value last in the order of the lists.

    Rows: columns of `rates`, and band: above | common | below, whether the interval leaves out the common level. Always
    "common": units of fewer than five people, whose share says nothing yet. "doubtful": those with more awarded than
    people (some left in the year; the base is to be looked at), which have no interval and no part in the level.
    With a stratum, units that cannot have it say so.
    """
    q, periods, kinds = question, [question.period], [question.breakdown]
    every = rates(version, viewer, q.metric, periods, None, kinds, None, q.organisation)
    total = levels(version, viewer, q.metric, periods, q.peer_group, kinds, q.stratum)
    level, numerator, denominator = (
        float(total[name].iloc[0]) if len(total) else np.nan for name in ("value", "numerator", "denominator")
    )
    units = every[(every["unit_kind"] == "unit") & (every["peer_group"] == q.peer_group)]
    rows = _of_stratum(units, q.stratum)
    rows = rows.sort_values(["value", "denominator"], ascending=False, na_position="last", kind="stable")
    return Peers(banded(rows, level).reset_index(drop=True), level, numerator, denominator)


def funnel(version: Version, viewer: Viewer, question: Question) -> Funnel:
    """The units of one peer group as points against the limits chance sets for their size.

    Points: rows of `peers` with an interval, with n, distance (standard errors that allow for the usual difference
    between units), beyond: 1 | 0 | −1, outside 99.8 % by exact binomial tails and by that distance, the only ones to
    be named; and place: above_998 (beyond) | above_usual (outside the drawn 99.8 %, but no more than units usually
    differ) | above_95 | inside | below_95 | below_usual | below_998. Fewer than five people: always inside.
    """
    return placed(peers(version, viewer, question))


def placed(found: Peers) -> Funnel:
    """The funnel of units and the level they share; see `funnel`."""
    points = found.rows.dropna(subset=["low"]).reset_index(drop=True)
    count, size = points["numerator"].to_numpy(float), points["denominator"].to_numpy(float)
    usual = 0.0
    distance = np.zeros(len(points))
    if 0 < found.level < 1:
        tau2 = limits_of_chance.share_spread(count, size, found.level).tau2
        usual = limits_of_chance.usual_difference(found.level, tau2)
        distance = limits_of_chance.adjusted_z(count, size, found.level, tau2)
    points = points.assign(n=size, distance=distance, place="inside")
    judged = size >= SMALL_UNIT
    outside = np.zeros(len(points), int)
    for confidence, ending in _LIMITS:
        outside = np.where(judged, limits_of_chance.beyond(count, size, found.level, confidence), 0)
        points["place"] = points["place"].mask(outside > 0, f"above_{ending}").mask(outside < 0, f"below_{ending}")
    far = np.abs(distance) > limits_of_chance.critical(_LIMITS[-1][0])
    points["beyond"] = np.where(far, outside, 0)
    points["place"] = points["place"].where(far, points["place"].str.replace("_998", "_usual"))
    return Funnel(found, points, _limits(size, found.level), found.level, usual)


def _of_stratum(units: pd.DataFrame, stratum: str) -> pd.DataFrame:
    """The rows of a position group. Units without one: nobody there holds it, or the workbook counts people untold."""
    rows, totals = units[units["stratum"] == stratum], units[units["stratum"] == ""]
    lacking = totals[~totals["unit_code"].isin(rows["unit_code"])]
    if lacking.empty:
        return rows
    splits = lacking["unit_code"].isin(units.loc[units["stratum"] != "", "unit_code"])
    reason = splits.map({True: "not_applicable", False: "not_computable"})
    state = lacking["state"].where(lacking["state"] != "reported", reason)
    nothing = dict.fromkeys(("numerator", "denominator", "value", "low", "high"), np.nan)
    return pd.concat([rows, lacking.assign(stratum=stratum, state=state, **nothing)])


def _limits(size: np.ndarray, level: float) -> pd.DataFrame:
    """Limits for whole sizes from one person to a little beyond the largest unit; no rows without a unit."""
    widest = max(_SMALLEST, int(np.ceil(size.max() * 1.1))) if size.size else 0
    sizes = np.unique(np.linspace(1, widest, min(widest, _DRAWN)).round()) if widest else np.empty(0)
    drawn = pd.DataFrame({"n": sizes})
    for confidence, ending in _LIMITS:
        drawn[f"low_{ending}"], drawn[f"high_{ending}"] = limits_of_chance.limits(sizes, level, confidence)
    return drawn
