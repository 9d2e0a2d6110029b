"""Like with like over the years: units as they were, or earlier years added up into the units there are now.

`unit_lineage` says what became of a unit. A unit that went into another as a whole is added to it, numerators and
denominators; of a unit that was divided nobody can say how its figures divide, so what it went into is
"not_comparable".
"""

from collections.abc import Sequence

import pandas as pd

from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import figures
from pipelines.warehouse.door.question import THEN, Organisation
from pipelines.warehouse.viewer import Viewer

# succession: which unit of the newest period a unit of an earlier one went into, and whether whole. A move counts for a
# period if it came after the day the period was due.
_SUCCESSION = """
newest AS (SELECT period, due_on FROM periods {newest} ORDER BY due_on DESC, period DESC LIMIT 1),
present AS (SELECT r.* FROM reporting r JOIN newest USING (period)),
moves AS (
    SELECT old_code, new_code, from_on, share, count(*) OVER (PARTITION BY old_code) AS ways
    FROM unit_lineage WHERE from_on <= (SELECT due_on FROM newest)
),
walk AS (
    SELECT r.period, r.unit_code, r.unit_code AS code, p.due_on AS since, true AS whole
    FROM reporting r JOIN periods p ON p.period = r.period
    UNION ALL
    SELECT w.period, w.unit_code, m.new_code, m.from_on, w.whole AND m.share = 1 AND m.ways = 1
    FROM walk w JOIN moves m ON m.old_code = w.code AND m.from_on > w.since
),
succession AS (
    SELECT w.period, w.unit_code, w.code AS today, bool_and(w.whole AND m.old_code IS NULL) AS whole
    FROM walk w
    JOIN present n ON n.unit_code = w.code
    LEFT JOIN moves m ON m.old_code = w.code AND m.from_on > w.since
    GROUP BY ALL
)"""


def succession(newest: str = "") -> str:
    """Common tables, the last one `succession` (period, unit_code, today, whole); `newest`: a WHERE that picks another
    day to
    look back from than that of the newest period."""
    return _SUCCESSION.format(newest=newest)


# A part that is missing makes the whole missing: half a sum is not like with like. Only who may see every part sees the
# sum.
_VALUES = f"""
WITH RECURSIVE {succession()},
split AS (SELECT DISTINCT metric, unit_code, period FROM metric_values WHERE metric = $metric AND stratum <> ''),
parts AS (
    SELECT v.*, s.today, s.whole, m.kind, p.unit_code IS NOT NULL AS is_split
    FROM metric_values v
    JOIN succession s ON s.unit_code = v.unit_code AND s.period = v.period
    JOIN metrics m ON m.metric = v.metric
    LEFT JOIN split p ON p.unit_code = v.unit_code AND p.period = v.period
    WHERE v.metric = $metric
      AND ($periods::VARCHAR[] IS NULL OR list_contains($periods::VARCHAR[], v.period))
      AND ($wanted::VARCHAR[] IS NULL OR list_contains($wanted::VARCHAR[], s.today))
      AND ($breakdowns::VARCHAR[] IS NULL OR list_contains($breakdowns::VARCHAR[], v.breakdown))
),
summed AS (
    SELECT metric, kind, today, period, breakdown, stratum, sum(numerator) AS numerator,
        sum(denominator) AS denominator,
           bool_and($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], unit_code)) AS allowed,
           bool_and(is_split OR state <> 'reported') AS is_split,
           CASE WHEN NOT bool_and(whole) OR (kind = 'points' AND count(*) > 1) THEN 'not_comparable'
                WHEN bool_or(state = 'not_submitted') THEN 'not_submitted'
                WHEN bool_or(state = 'not_computable') THEN 'not_computable'
                WHEN bool_and(state = 'not_applicable') THEN 'not_applicable'
                ELSE 'reported' END AS state
    FROM parts GROUP BY metric, kind, today, period, breakdown, stratum
)
SELECT v.metric, v.today AS unit_code, n.unit_name, 'unit' AS unit_kind, n.peer_group, n.cluster_code, v.period,
       v.breakdown, v.stratum,
       CASE WHEN v.state = 'reported' THEN v.numerator END AS numerator,
       CASE WHEN v.state = 'reported' THEN v.denominator END AS denominator,
       CASE WHEN v.state <> 'reported' THEN NULL WHEN v.kind = 'ratio' THEN v.numerator / v.denominator
            ELSE v.numerator END AS value,
       v.state
FROM summed v
JOIN summed t ON t.today = v.today AND t.period = v.period AND t.breakdown = v.breakdown AND t.stratum = ''
JOIN present n ON n.unit_code = v.today
LEFT JOIN breakdowns b ON b.metric = v.metric AND b.period = v.period AND b.breakdown = v.breakdown
WHERE v.allowed AND (v.stratum = '' OR (t.state = 'reported' AND t.is_split))
  AND ($strata::VARCHAR[] IS NULL OR list_contains($strata::VARCHAR[], v.stratum))
ORDER BY v.period, n.unit_order, b.breakdown_order, v.breakdown, v.stratum
"""
_PRESENT = f"""
WITH RECURSIVE {succession()}
SELECT DISTINCT n.unit_code, n.unit_name, n.peer_group, n.cluster_code, n.province_code, n.reports_by, n.unit_order
FROM present n
WHERE ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], n.unit_code))
  AND EXISTS (SELECT 1 FROM succession s WHERE s.today = n.unit_code AND s.period = $period)
ORDER BY n.unit_order
"""


def metric(
    version: Version,
    viewer: Viewer,
    organisation: Organisation,
    metric: str,
    periods: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    breakdowns: Sequence[str] | None = None,
    strata: Sequence[str] | None = ("",),
) -> pd.DataFrame:
    """`queries.metric` for units as they were (THEN) or for those of the newest period (NOW), whatever year the figure
    is of.

    Groups are the same either way. A sum is there when every unit it is made of has reported; a unit whose
    predecessor was divided is "not_comparable", and so are points of more than one.
    """
    told = figures.metric(version, viewer, metric, periods, units, breakdowns, strata)
    if organisation == THEN:
        return told
    wanted = figures.narrowed(metric, periods, units, breakdowns, strata)
    summed = frame(version, viewer, _VALUES, wanted | viewer.places)
    whole = pd.concat([summed, told[told["unit_kind"] != "unit"]], ignore_index=True)
    return whole.sort_values("period", kind="stable").reset_index(drop=True)


def units(version: Version, viewer: Viewer, period: str, organisation: Organisation = THEN) -> pd.DataFrame:
    """`queries.units` of a period; NOW: of the newest period, those that were there then, themselves or as others."""
    if organisation == THEN:
        return figures.units(version, viewer, period)
    return frame(version, viewer, _PRESENT, {"period": period} | viewer.places).drop(columns="unit_order")
