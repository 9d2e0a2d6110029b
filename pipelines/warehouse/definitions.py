"""What a version says of its metrics: which there are, what they are split by, what a group's figure is."""

import pandas as pd

from pipelines.problems import Unknown
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.viewer import Viewer

_OFFERED = """
SELECT m.metric, m.kind, b.breakdown,
       coalesce(any_value(a.name), any_value(v.label), b.breakdown) AS name,
       coalesce(any_value(a.english), any_value(v.english), b.breakdown) AS english,
       any_value(g.value) AS value
FROM metrics m
JOIN breakdowns b ON b.metric = m.metric AND b.period = $period
LEFT JOIN award_catalogue a ON m.breakdown = 'award' AND a.award = b.breakdown
LEFT JOIN vocabulary v ON v.vocabulary = m.breakdown AND v.code = b.breakdown
LEFT JOIN metric_values g ON g.metric = m.metric AND g.period = b.period AND g.breakdown = b.breakdown AND g.stratum = ''
 AND g.unit_code = $group AND g.unit_code IN (SELECT code FROM groups WHERE kind <> 'province')
WHERE m.kind IN ('ratio', 'count')
GROUP BY m.metric, m.kind, b.breakdown, b.breakdown_order
ORDER BY m.metric, b.breakdown_order, b.breakdown
"""


def offered(version: Version, viewer: Viewer, period: str, group: str) -> pd.DataFrame:
    """[metric, kind (ratio|count), breakdown, name, english (of the breakdown), value]: every figure units can be compared by.

    value: that of the group in the period, missing where nobody of it has one. Points are left out: they follow scales of
    their own in each cluster.
    """
    return frame(version, viewer, _OFFERED, {"period": period, "group": group})


def kind(version: Version, viewer: Viewer, metric: str) -> str:
    """ratio | count | points; `Unknown` when the version has no such metric."""
    found = frame(version, viewer, "SELECT kind FROM metrics WHERE metric = $metric", {"metric": metric})
    if found.empty:
        raise Unknown(what="metric", name=metric)
    return str(found["kind"].iloc[0])
