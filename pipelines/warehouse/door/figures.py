"""Figures: what was built, which periods, units and groups there are, and the stored values of the metrics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from pipelines.problems import Unknown
from pipelines.warehouse.connection import Version, cursor, frame
from pipelines.warehouse.viewer import Viewer


@dataclass(frozen=True)
class Freshness:
    """Which build this is. `synthetic`: some of the submissions are a demonstration. Instants are UTC.

    `known_on`: day in Vietnam of the last thing the figures know, which another build of the same journal does not
    change.
    """

    version: str
    built_at: datetime
    as_of: datetime | None
    known_on: date
    journal_seq: int
    product_version: str
    synthetic: bool


def freshness(version: Version, viewer: Viewer) -> Freshness:
    """What the header shows: when the figures were built and up to when they speak."""
    with cursor(version, viewer) as one:
        row = one.execute(
            "SELECT name, built_at, as_of, known_on, journal_seq, product_version, synthetic FROM builds"
        ).fetchone()
    assert row is not None  # one row a version, checked at build
    name, built_at, as_of, known_on, *rest = row
    return Freshness(name, built_at.replace(tzinfo=UTC), as_of and as_of.replace(tzinfo=UTC), known_on, *rest)


_PERIODS = """
SELECT p.period, p.period_kind, p.year, p.due_on, p.is_closed,
       count(s.unit_code) AS obliged_count, count(s.received_at) AS received_count
FROM periods p
LEFT JOIN submission_status s ON s.period = p.period AND s.is_reporter
 AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], s.unit_code))
GROUP BY ALL ORDER BY p.year DESC, p.period_kind DESC
"""


def periods(version: Version, viewer: Viewer) -> pd.DataFrame:
    """[period, period_kind, year, due_on, is_closed, obliged_count, received_count], newest first.

    Counts are workbooks: of units that report themselves and of clusters. Six-month periods only if something came.
    """
    return frame(version, viewer, _PERIODS, viewer.places)


_UNITS = """
SELECT unit_code, unit_name, peer_group, cluster_code, province_code, reports_by
FROM reporting
WHERE period = $period AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], unit_code))
ORDER BY unit_order
"""


def units(version: Version, viewer: Viewer, period: str) -> pd.DataFrame:
    """[unit_code, unit_name, peer_group, cluster_code, province_code, reports_by] of the units obliged in a period."""
    return frame(version, viewer, _UNITS, {"period": period} | viewer.places)


_GROUPS = """
SELECT code, name, english, kind FROM groups
WHERE code IN (SELECT unit_code FROM metric_values WHERE period = $period)
  AND (kind <> 'province' OR $units::VARCHAR[] IS NULL OR code IN (
       SELECT province_code FROM reporting WHERE period = $period AND list_contains($units::VARCHAR[], unit_code)))
ORDER BY kind_order, name COLLATE vi
"""


def groups(version: Version, viewer: Viewer, period: str) -> pd.DataFrame:
    """[code, name, english, kind] of the roll-ups of a period; kind is all, peer_group, cluster or province."""
    return frame(version, viewer, _GROUPS, {"period": period} | viewer.places)


_METRIC = """
SELECT v.metric, v.unit_code, coalesce(r.unit_name, g.name) AS unit_name, coalesce(g.kind, 'unit') AS unit_kind,
       r.peer_group, r.cluster_code, v.period, v.breakdown, v.stratum, v.numerator, v.denominator, v.value, v.state
FROM metric_values v
LEFT JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
LEFT JOIN groups g ON g.code = v.unit_code
LEFT JOIN breakdowns b ON b.metric = v.metric AND b.period = v.period AND b.breakdown = v.breakdown
WHERE v.metric = $metric
  AND ($periods::VARCHAR[] IS NULL OR list_contains($periods::VARCHAR[], v.period))
  AND ($wanted::VARCHAR[] IS NULL OR list_contains($wanted::VARCHAR[], v.unit_code))
  AND ($breakdowns::VARCHAR[] IS NULL OR list_contains($breakdowns::VARCHAR[], v.breakdown))
  AND ($strata::VARCHAR[] IS NULL OR list_contains($strata::VARCHAR[], v.stratum))
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], v.unit_code)
       OR g.kind IN ('all', 'peer_group', 'cluster')
       OR (g.kind = 'province' AND EXISTS (
           SELECT 1 FROM reporting m WHERE m.period = v.period AND m.province_code = v.unit_code
              AND list_contains($units::VARCHAR[], m.unit_code))))
ORDER BY v.period, g.kind_order NULLS FIRST, r.unit_order, g.code, b.breakdown_order, v.breakdown, v.stratum
"""


def narrowed(
    metric: str,
    periods: Sequence[str] | None,
    units: Sequence[str] | None,
    breakdowns: Sequence[str] | None,
    strata: Sequence[str] | None,
) -> dict[str, Any]:
    """What `metric` was asked, as the parameters of a statement."""
    filters = {"periods": periods, "wanted": units, "breakdowns": breakdowns, "strata": strata}
    return {"metric": metric} | {name: None if values is None else list(values) for name, values in filters.items()}


def metric(
    version: Version,
    viewer: Viewer,
    metric: str,
    periods: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    breakdowns: Sequence[str] | None = None,
    strata: Sequence[str] | None = ("",),
) -> pd.DataFrame:
    """Stored values of one metric; `Unknown` when the version has no such metric.

    [metric, unit_code, unit_name, unit_kind (unit|all|peer_group|cluster|province), peer_group, cluster_code, period,
    breakdown, stratum, numerator, denominator, value, state]. None for a filter means everything; strata ("",) totals
    only. value is a share 0–1 (ratio), a number (count) or points, and missing unless state is "reported".
    """
    wanted = narrowed(metric, periods, units, breakdowns, strata)
    with cursor(version, viewer) as one:
        if not one.execute("SELECT 1 FROM metrics WHERE metric = ?", [metric]).fetchone():
            raise Unknown(what="metric", name=metric)
        return one.execute(_METRIC, wanted | viewer.places).df()


_AWARDS = """
SELECT a.award, a.name, a.english, a.recipient, a.level, a.sort_order
FROM award_catalogue a JOIN periods p ON p.period = $period
WHERE a.valid_from <= p.ends_on AND (a.valid_to IS NULL OR a.valid_to >= p.starts_on)
ORDER BY a.sort_order
"""


def award_catalogue(version: Version, viewer: Viewer, period: str) -> pd.DataFrame:
    """[award, name, english, recipient, level, sort_order] of the catalogue in force in a period, in its own order."""
    return frame(version, viewer, _AWARDS, {"period": period})


_RULES = """
SELECT rule_id, kind, name, english, counted, base, value, rounding, min_one, basis, status, note
FROM period_rules WHERE period = $period ORDER BY list_order
"""


def rules(version: Version, viewer: Viewer, period: str) -> pd.DataFrame:
    """[rule_id, kind, name, english, counted, base, value, rounding, min_one, basis, status, note]: the rules a unit
    and what
    it proposes are held against, in force on the last day of a period. What value means goes by the kind."""
    return frame(version, viewer, _RULES, {"period": period})
