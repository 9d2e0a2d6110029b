"""What a version says of its metrics: which there are, what they are split by, what a group's figure is."""

import pandas as pd

from pipelines.problems import Unknown
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.viewer import Viewer

_OFFERED = """
SELECT m.metric, m.kind, b.breakdown,
       coalesce(any_value(a.name), any_value(v.label), any_value(r.name), b.breakdown) AS name,
       coalesce(any_value(a.english), any_value(v.english), any_value(r.english), b.breakdown) AS english,
       any_value(g.value) AS value
FROM metrics m
JOIN breakdowns b ON b.metric = m.metric AND b.period = $period
LEFT JOIN award_catalogue a ON m.breakdown = 'award' AND a.award = b.breakdown
LEFT JOIN vocabulary v ON v.vocabulary = m.breakdown AND v.code = b.breakdown
LEFT JOIN period_rules r ON m.breakdown = 'rule_id' AND r.period = b.period AND r.rule_id = b.breakdown
LEFT JOIN metric_values g ON g.metric = m.metric AND g.period = b.period AND g.breakdown = b.breakdown
    AND g.stratum = ''
 AND g.unit_code = $group AND g.unit_code IN (SELECT code FROM groups WHERE kind <> 'province')
WHERE m.kind IN ('ratio', 'count')
GROUP BY m.metric, m.kind, b.breakdown, b.breakdown_order
ORDER BY m.metric, b.breakdown_order, b.breakdown
"""


def offered(version: Version, viewer: Viewer, period: str, group: str) -> pd.DataFrame:
    """[metric, kind (ratio|count), breakdown, name, english (of the breakdown), value]: every figure units can be
    compared by.

    value: that of the group in the period, missing where nobody of it has one. Points are left out: they follow
    scales of their own in each cluster.
    """
    return frame(version, viewer, _OFFERED, {"period": period, "group": group})


def kind(version: Version, viewer: Viewer, metric: str) -> str:
    """ratio | count | points; `Unknown` when the version has no such metric."""
    found = frame(version, viewer, "SELECT kind FROM metrics WHERE metric = $metric", {"metric": metric})
    if found.empty:
        raise Unknown(what="metric", name=metric)
    return str(found["kind"].iloc[0])


def metrics(version: Version, viewer: Viewer) -> pd.DataFrame:
    """What the headers of the metrics said at the build.

    [metric, kind, is_share, has_own_bases, breakdown, recipient, is_own_computable, is_cluster_computable]
    """
    return frame(version, viewer, "SELECT * FROM metrics ORDER BY metric")


_SHEETS = """
SELECT k.part, k.breakdown, k.table_name, k.column_name, any_value(c.header) AS header, any_value(c.english) AS english
FROM metric_cells k
LEFT JOIN columns c ON c.table_name = k.table_name AND c.column_name = k.column_name
WHERE k.metric = $metric
GROUP BY ALL ORDER BY k.part DESC, k.table_name, k.breakdown
"""
_VOLUME = """
WITH shown AS (
    SELECT part, submission_id FROM metric_rows
    WHERE metric = $metric AND period = $period AND ($units::VARCHAR[] IS NULL
        OR list_contains($units::VARCHAR[], unit_code))
)
SELECT count(DISTINCT submission_id) AS workbooks, count(*) FILTER (WHERE part = 'num') AS num,
       count(*) FILTER (WHERE part = 'den') AS den
FROM shown
"""


def cells(version: Version, viewer: Viewer, metric: str) -> pd.DataFrame:
    """[part (num|den), breakdown, table_name, column_name, header, english]: the cells that show what a
    metric counts.
    """
    return frame(version, viewer, _SHEETS, {"metric": metric})


def volume(version: Version, viewer: Viewer, metric: str, period: str) -> dict[str, int]:
    """How many workbooks and rows the values of a metric in a period are made of: workbooks, num, den."""
    told = frame(version, viewer, _VOLUME, {"metric": metric, "period": period} | viewer.places).iloc[0]
    return {name: int(told[name]) for name in ("workbooks", "num", "den")}


def statements(version: Version, viewer: Viewer) -> str:
    """Hash of the statements a version was built with, to be held against `metrics.metric_hash`."""
    return str(frame(version, viewer, "SELECT metric_hash FROM builds")["metric_hash"].iloc[0])
