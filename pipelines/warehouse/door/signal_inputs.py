"""The frames signals read, from the stored figures of a version being built: one row a unit and year that reported."""

import duckdb
import pandas as pd

from pipelines.signals.shape import NO_MERIT, Inputs
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door.organisation import succession
from pipelines.warehouse.viewer import Viewer

# Years a signal may speak at: at least half of the workbooks are there; the newest three.
_YEARS = """
SELECT p.year FROM periods p
JOIN submission_status s ON s.period = p.period AND s.is_reporter
WHERE p.period_kind = 'year'
GROUP BY p.year HAVING count(s.received_at) * 2 >= count(*)
ORDER BY p.year DESC LIMIT 3
"""
_UNITS = "SELECT unit_code, peer_group, cluster_code FROM reporting WHERE period = $until ORDER BY unit_order"
_UP_TO = "JOIN periods p ON p.period = v.period AND p.period_kind = 'year' AND p.year <= CAST($until AS INTEGER)"
# Units and years in which more got an award for merit than there were people: no measure of the unit, and none for
# others.
_DOUBTFUL = f"""
SELECT DISTINCT v.unit_code, p.year
FROM metric_values v {_UP_TO} JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
WHERE v.metric = 'award_rate' AND v.breakdown NOT IN {NO_MERIT} AND v.stratum = '' AND v.state = 'reported'
  AND v.numerator > v.denominator
"""
_FIT = f"(v.unit_code, p.year) NOT IN ({_DOUBTFUL})"
_AWARDS = f"""
SELECT v.unit_code, p.year, sum(v.numerator) FILTER (WHERE v.breakdown NOT IN {NO_MERIT}) AS awarded,
       max(v.denominator) AS staff
FROM metric_values v {_UP_TO} JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
WHERE v.metric = 'award_rate' AND v.stratum = '' AND v.state = 'reported' AND {_FIT}
GROUP BY v.unit_code, p.year
"""
_LEVELS = f"""
SELECT v.unit_code, p.year, a.level, sum(v.numerator) AS awarded
FROM metric_values v {_UP_TO} JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
JOIN (SELECT award, any_value(level) AS level FROM award_catalogue GROUP BY award) a ON a.award = v.breakdown
WHERE v.metric = 'award_rate' AND v.breakdown NOT IN {NO_MERIT} AND v.stratum = '' AND v.state = 'reported' AND {_FIT}
GROUP BY v.unit_code, p.year, a.level
"""
_LEADERS = f"""
SELECT v.unit_code, p.year, v.denominator AS staff, v.numerator AS leaders,
       CASE WHEN d.year IS NULL THEN a.denominator END AS awarded, CASE WHEN d.year IS NULL
           THEN a.numerator END AS awarded_leaders
FROM metric_values v {_UP_TO} JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
LEFT JOIN metric_values a ON a.metric = 'leader_award_share' AND a.unit_code = v.unit_code AND a.period = v.period
 AND a.stratum = '' AND a.state = 'reported'
LEFT JOIN ({_DOUBTFUL}) d ON d.unit_code = v.unit_code AND d.year = p.year
WHERE v.metric = 'leader_staff_share' AND v.stratum = '' AND v.state = 'reported'
"""
_RATINGS = f"""
SELECT v.unit_code, p.year, v.breakdown AS rating, v.numerator AS people
FROM metric_values v {_UP_TO} JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
WHERE v.metric = 'rating_share' AND v.stratum = '' AND v.state = 'reported'
"""
# Who was given an award for merit after which the rules of a year, on its last day, leave the person waiting.
_MUST_WAIT = """
SELECT DISTINCT p.period, w.subject
FROM metric_rows w JOIN periods y ON y.period = w.period AND y.period_kind = 'year'
JOIN rules r ON r.kind = 'wait' AND r.scope = 'unit' AND r.recipient <> 'TAP_THE'
 AND list_contains(string_split(r.counted, '|'), w.breakdown)
JOIN periods p ON p.period_kind = 'year' AND p.year BETWEEN y.year + 1 AND y.year + r.value
 AND p.ends_on BETWEEN r.valid_from AND coalesce(r.valid_to, p.ends_on)
WHERE w.metric = 'award_rate' AND w.part = 'num'
"""
_PEOPLE = f"""
SELECT d.unit_code, p.year, d.subject AS person, d.stratum AS position_group, coalesce(r.breakdown, '') AS rating,
       w.subject IS NOT NULL AS won, b.subject IS NOT NULL AS must_wait
FROM metric_rows d JOIN periods p ON p.period = d.period AND p.period_kind = 'year'
    AND p.year <= CAST($until AS INTEGER)
LEFT JOIN (SELECT DISTINCT period, subject FROM metric_rows WHERE metric = 'any_award_rate' AND part = 'num') w
  ON w.period = d.period AND w.subject = d.subject
LEFT JOIN metric_rows r ON r.metric = 'rating_share' AND r.part = 'num' AND r.period = d.period
    AND r.subject = d.subject
LEFT JOIN ({_MUST_WAIT}) b ON b.period = d.period AND b.subject = d.subject
WHERE d.metric = 'any_award_rate' AND d.part = 'den'
"""
_RESULTS = f"""
SELECT v.unit_code, p.year, v.numerator AS met, v.denominator AS known
FROM metric_values v {_UP_TO} JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
WHERE v.metric = 'target_met_share' AND v.stratum = '' AND v.state = 'reported'
"""
_SCORES = f"""
SELECT v.unit_code, r.cluster_code, p.year, max(v.value) FILTER (WHERE v.breakdown = 'self') AS own,
       max(v.value) FILTER (WHERE v.breakdown = 'final') AS final
FROM metric_values v {_UP_TO} JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
WHERE v.metric = 'cluster_score' AND v.stratum = '' AND v.state = 'reported' AND r.cluster_code IS NOT NULL
GROUP BY ALL
"""
_CEILINGS = f"""
SELECT v.unit_code, p.year, v.breakdown AS rule_id, coalesce(c.award, '') AS award, v.numerator AS used,
    v.denominator AS allowed
FROM metric_values v {_UP_TO} JOIN reporting r ON r.unit_code = v.unit_code AND r.period = v.period
LEFT JOIN (SELECT DISTINCT b.period, b.rule_id, a.award FROM period_rules b
           JOIN award_catalogue a ON a.award = b.counted AND a.recipient IN ('CA_NHAN', '')) c
  ON c.period = v.period AND c.rule_id = v.breakdown
WHERE v.metric = 'cap_use' AND v.stratum = '' AND v.state = 'reported'
"""
_TODAY = f"""
WITH RECURSIVE {succession("WHERE period = $until")}
SELECT s.unit_code, p.year, s.today FROM succession s
JOIN periods p ON p.period = s.period AND p.period_kind = 'year' AND p.year <= CAST($until AS INTEGER)
WHERE s.whole
"""


def years(db: duckdb.DuckDBPyConnection) -> list[int]:
    """Years signals speak at, newest first: at most three, each with half of its workbooks at least."""
    return [int(year) for (year,) in db.execute(_YEARS).fetchall()]


def people(version: Version, viewer: Viewer, until: int) -> pd.DataFrame:
    """`Inputs.people` of all units from a version that is built."""
    return frame(version, viewer, _PEOPLE, {"until": str(until)})


def inputs(db: duckdb.DuckDBPyConnection, until: int) -> Inputs:
    """What is known of the units of a year and of all years before it."""

    def of(statement: str) -> pd.DataFrame:
        found = db.execute(statement + " ORDER BY ALL" * (statement is not _UNITS), {"until": str(until)})
        return found.to_arrow_table().to_pandas()  # a row a person: half the time of going through Python's own texts

    return Inputs(
        until=until,
        units=of(_UNITS),
        awards=of(_AWARDS),
        leaders=of(_LEADERS),
        ratings=of(_RATINGS),
        people=of(_PEOPLE),
        results=of(_RESULTS),
        scores=of(_SCORES),
        ceilings=of(_CEILINGS),
        today=of(_TODAY),
        levels=of(_LEVELS),
        doubtful=of(_DOUBTFUL),
    )
