"""From a point on the screen to the rows that made it, and from a row to its cells as they were written."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door.organisation import succession
from pipelines.warehouse.door.question import NOW, Question
from pipelines.warehouse.viewer import Viewer

_NAMED = "coalesce(p.full_name, x.exemplar_name, r.subject)"
_PEOPLE = """
LEFT JOIN people.people p ON p.person_key = r.subject
LEFT JOIN people.exemplars x ON x.submission_id = r.submission_id AND x.sheet = r.sheet AND x.excel_row = r.excel_row
"""
# $unit is a unit, or a group whose reported units are meant. A not reported unit of a group is not in its total.
_ITSELF = "m.unit_code = $unit"
# Of a unit that is no more nothing was added up: it is meant itself.
_PARTS = """(m.unit_code IN (SELECT s.unit_code FROM succession s WHERE s.period = m.period AND s.today = $unit)
       OR (m.unit_code = $unit AND NOT EXISTS (SELECT 1 FROM present n WHERE n.unit_code = $unit)))"""
_OF_POINT = """{succession} meant AS (
    SELECT DISTINCT m.period, m.unit_code, m.unit_name, m.unit_order
    FROM reporting m
    JOIN metric_values v ON v.metric = $metric AND v.period = m.period AND v.unit_code = m.unit_code
     AND ($breakdown = '' OR list_contains(string_split($breakdown, '|'), v.breakdown)) AND v.stratum = ''
         AND (v.state = 'reported' OR m.unit_code = $unit)
    WHERE list_contains(string_split($period, '|'), m.period)
      AND ({itself} OR $unit IN ('ALL', m.peer_group, m.cluster_code, m.province_code))
      AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], m.unit_code))
)"""
# Some units, each in a period of its own.
_OF_PLACES = """meant AS (
    SELECT DISTINCT m.period, m.unit_code, m.unit_name, m.unit_order
    FROM reporting m
    WHERE list_contains($places::VARCHAR[], m.unit_code || '/' || m.period)
      AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], m.unit_code))
)"""
# What the value of a split figure does not hold is not behind it: an award that was no longer in force, a ceiling of
# nobody.
_VALUED = """(e.breakdown = '' OR EXISTS (
    SELECT 1 FROM metric_values v WHERE v.metric = e.metric AND v.period = e.period AND v.unit_code = e.unit_code
       AND v.breakdown = e.breakdown AND v.stratum = '' AND v.state = 'reported'))"""
# One row may show several cells, as of a denominator that adds up four counts; the cells named for a breakdown come
# before others.
_ROWS = """
WITH RECURSIVE {meant}, wanted AS (
    SELECT e.*, m.unit_name, m.unit_order
    FROM metric_rows e
    JOIN meant m ON m.unit_code = e.unit_code AND m.period = e.period
    WHERE e.metric = $metric AND e.amount IS NOT NULL
      AND ($breakdown = '' OR list_contains(string_split($breakdown, '|'), e.breakdown)
          OR (e.part = 'den' AND e.breakdown = ''))
      AND ($stratum = '' OR e.stratum = $stratum) AND {also}
    ORDER BY e.part DESC, m.unit_order, e.period, e.submission_id, e.sheet, e.excel_row
    LIMIT $limit
), places AS (
    SELECT metric, CAST(NULL AS VARCHAR) AS period, part, breakdown, table_name, column_name FROM metric_cells
        WHERE metric = $metric
    UNION
    -- Which counts of a cluster's row a ceiling adds up stands in the rule.
    SELECT $metric, c.period, parts.part, c.rule_id, 'cluster_members', lower(v.code) || '_count'
    FROM period_rules c
    CROSS JOIN (SELECT 'num' AS part UNION ALL SELECT 'den') parts
    JOIN vocabulary v ON v.vocabulary = 'rating'
     AND CASE parts.part WHEN 'num' THEN v.code = c.counted ELSE c.base = 'STAFF'
         OR list_contains(string_split(c.base, '|'), v.code) END
    WHERE starts_with($metric, 'cap_') AND c.kind = 'ceiling'
), shown AS (
    SELECT r.part, r.breakdown, r.unit_code, r.submission_id, r.sheet, r.excel_row, c.column_letter, c.raw, h.header
    FROM wanted r
    JOIN places k ON k.part = r.part AND k.breakdown IN ('', r.breakdown) AND coalesce(k.period, r.period) = r.period
    JOIN cells c ON c.submission_id = r.submission_id AND c.sheet = r.sheet AND c.excel_row = r.excel_row
     AND c.table_name = k.table_name AND c.column_name = k.column_name
    JOIN columns h ON h.table_name = c.table_name AND h.column_name = c.column_name
    QUALIFY rank() OVER (
        PARTITION BY r.part, r.breakdown, r.unit_code, r.submission_id, r.sheet, r.excel_row
            ORDER BY k.breakdown = '') = 1
), told AS (
    SELECT part, breakdown, unit_code, submission_id, sheet, excel_row,
           string_agg(column_letter || excel_row, ', ' ORDER BY length(column_letter), column_letter) AS cell,
           string_agg(header, ', ' ORDER BY length(column_letter), column_letter) AS header,
           string_agg(raw, ' + ' ORDER BY length(column_letter), column_letter) AS raw
    FROM shown GROUP BY ALL
)
SELECT r.part, r.period, r.breakdown, r.unit_code, r.unit_name, r.subject AS person, {subject} AS subject, r.amount,
    s.file_name,
       s.receipt_no, r.sheet, c.cell, c.header AS "column", c.raw AS value, r.submission_id, r.excel_row
FROM wanted r
JOIN submissions s ON s.submission_id = r.submission_id
LEFT JOIN told c ON c.part = r.part AND c.breakdown = r.breakdown AND c.unit_code = r.unit_code
 AND c.submission_id = r.submission_id AND c.sheet = r.sheet AND c.excel_row = r.excel_row
{people}
ORDER BY r.part DESC, r.unit_order, r.period DESC, subject COLLATE vi NULLS LAST, r.submission_id, r.sheet,
    r.excel_row, r.breakdown
"""


def evidence(version: Version, viewer: Viewer, question: Question, limit: int = 5000) -> pd.DataFrame:
    """The very rows a value was summed from, numerator first, each with its cell as written.

    [part (num|den), period, breakdown, unit_code, unit_name, person (a key), subject, amount, file_name, receipt_no,
    sheet, cell, column, value, submission_id, excel_row]. The unit of the question may be a group (ALL, a peer
    group, cluster or province): the rows of all its reported units; with organisation NOW it is a unit of today: the
    rows of all that went into it. period "2024|2025": those of several. breakdown "" of a count that is split by
    kind: the rows of every kind; "A|B": those of some. Amounts of a part add up to the numerator or denominator; a
    person's second row has amount 0. subject is a name if the viewer may see people, else a key; missing where a
    cell holds a count. Where several cells were added up, cell names them all and value is "4 + 10".
    """
    now = question.organisation == NOW
    meant = _OF_POINT.format(succession=f"{succession()}," if now else "", itself=_PARTS if now else _ITSELF)
    asked = {name: getattr(question, name) for name in ("unit", "period", "breakdown", "stratum")}
    return _rows(version, viewer, question.metric, meant, asked | {"limit": limit})


def evidence_of_places(
    version: Version, viewer: Viewer, metric: str, places: Sequence[str], breakdown: str = "", limit: int = 100_000
) -> pd.DataFrame:
    """`evidence` of some units, each in some periods ("V01/2024"): only what a reported value holds."""
    asked = {"places": list(places), "breakdown": breakdown, "stratum": "", "limit": limit}
    return _rows(version, viewer, metric, _OF_PLACES, asked, _VALUED)


def _rows(
    version: Version, viewer: Viewer, metric: str, meant: str, asked: Mapping[str, Any], also: str = "true"
) -> pd.DataFrame:
    people = viewer.may_see_people
    sql = _ROWS.format(
        meant=meant, also=also, subject=_NAMED if people else "r.subject", people=_PEOPLE if people else ""
    )
    return frame(version, viewer, sql, {"metric": metric} | dict(asked) | viewer.places)


_CELLS = """
SELECT submission_id, sheet, excel_row, unit_code, table_name, column_name, column_letter, raw FROM {database}.cells
"""
_ROW = """
WITH every AS ({cells})
SELECT h.header AS "column", c.column_letter || c.excel_row AS cell, c.raw AS value
FROM every c
JOIN columns h ON h.table_name = c.table_name AND h.column_name = c.column_name
WHERE c.submission_id = $submission AND c.sheet = $sheet AND c.excel_row = $row AND {allowed}
ORDER BY length(c.column_letter), c.column_letter
"""
# Whose row it is: the unit of the workbook, the unit named in the row of a cluster's workbook, or, if it names none,
# all members.
_ALLOWED = """($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], c.unit_code)
    OR (c.unit_code = '' AND EXISTS (
    SELECT 1 FROM reporting m
    WHERE m.member_submission_id = c.submission_id AND list_contains($units::VARCHAR[], m.unit_code))))"""


def source_row(version: Version, viewer: Viewer, submission_id: int, sheet: str, excel_row: int) -> pd.DataFrame:
    """[column, cell, value]: one row of a workbook as it was written, left to right.

    Cells about people are left out unless the viewer may see people; rows of other units are empty for a unit's
    viewer, those of its whole cluster are not.
    """
    sql = _ROW.format(cells=_databases(viewer), allowed=_ALLOWED)
    return frame(version, viewer, sql, {"submission": submission_id, "sheet": sheet, "row": excel_row} | viewer.places)


_SOURCE = """
WITH every AS ({cells})
SELECT c.sheet, c.column_letter || c.excel_row AS cell, h.header AS "column", c.raw AS value
FROM every c
JOIN columns h ON h.table_name = c.table_name AND h.column_name = c.column_name
WHERE c.submission_id = $submission AND {allowed}
ORDER BY c.sheet, c.excel_row, length(c.column_letter), c.column_letter
"""


def source_cells(version: Version, viewer: Viewer, submission_id: int) -> pd.DataFrame:
    """[sheet, cell, column, value]: every cell that was read from one current submission, as written."""
    sql = _SOURCE.format(cells=_databases(viewer), allowed=_ALLOWED)
    return frame(version, viewer, sql, {"submission": submission_id} | viewer.places)


def _databases(viewer: Viewer) -> str:
    names = ("facts", "people") if viewer.may_see_people else ("facts",)
    return " UNION ALL ".join(_CELLS.format(database=name) for name in names)
