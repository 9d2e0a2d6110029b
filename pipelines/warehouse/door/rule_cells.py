"""From the figure of a rule to the rows it was counted from, each with its cell: what they add up to is
what is said.
"""

from typing import Any

import numpy as np
import pandas as pd

from pipelines import rules
from pipelines.contract.rules import span
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door.rule_evidence import FOLDED, HELD
from pipelines.warehouse.viewer import Viewer

_PLACE = "submission_id, sheet, excel_row"
# The row of the rule, and the proposal or row it judged. A collective's people are those of its unit, or whose "Phòng,
# tổ" names it.
_JUDGED = f"""
WITH rule AS (
    SELECT *, string_split(counted, '|') AS counted_codes, string_split(base, '|') AS base_codes
    FROM rules WHERE rule_id = $rule AND condition = $condition AND valid_from = $valid_from
),
judged AS (
    SELECT a.*, coalesce(a.person_key, a.unit_code || '/' || a.team_code) AS holder
    FROM awards a WHERE a.submission_id = $submission AND a.sheet = $sheet AND a.excel_row = $row
),
insiders AS (
    SELECT s.person_key, s.submission_id, s.sheet, s.excel_row
    FROM judged j
    JOIN reporting r ON r.unit_code = $unit AND r.period = $period AND r.route = 'own'
    JOIN periods p ON p.period = r.period
    JOIN staff s ON s.submission_id = r.submission_id AND s.is_home AND coalesce(s.left_on > p.ends_on, TRUE)
    LEFT JOIN collectives t ON t.submission_id = r.submission_id AND t.team_code = j.team_code
    WHERE j.recipient = 'TAP_THE'
      AND (j.team_code = $unit OR {FOLDED.format("s.team")} IN ({FOLDED.format("t.team_code")},
          {FOLDED.format("t.team_name")}))
)"""
_RECORDS = f"""{_JUDGED},
spoken AS (SELECT * FROM reporting WHERE unit_code = $unit AND period = $period AND submission_id IS NOT NULL),
records AS ({rules.records()})"""
# People and collectives count once a code; further rows stay as evidence with 0.
_CEILING = f"""{_RECORDS}
SELECT n.name, $period AS period, r.subject, r.column_name AS columns, r.submission_id, r.sheet, r.excel_row,
       CASE WHEN r.subject IS NULL OR row_number() OVER (PARTITION BY n.name, r.code, r.subject ORDER BY {_PLACE}) = 1
            THEN r.amount ELSE 0 END AS amount
FROM records r
CROSS JOIN rule b
CROSS JOIN (SELECT unnest(['counted', 'base']) AS name) n
LEFT JOIN vocabulary v ON v.vocabulary = 'rating' AND v.code = r.code
WHERE r.amount IS NOT NULL
  AND CASE n.name WHEN 'counted' THEN r.code = b.counted
                  ELSE list_contains(b.base_codes, r.code) OR (b.base = 'STAFF' AND v.code IS NOT NULL) END
"""
_PREREQUISITE = f"""{_JUDGED}, {HELD}
SELECT 'counted' AS name, h.period, h.holder AS subject, h.column_name AS columns, h.submission_id, h.sheet,
    h.excel_row,
       CAST(h.period AS INTEGER) AS year, h.item || '/' || h.period AS item, coalesce(h.result, '') <> 'DE_NGHI'
           AND TRY_CAST(h.happened AS INTEGER) BETWEEN p.year + $first AND p.year + $last AS is_sure
FROM judged j
JOIN periods p ON p.period = j.award_period
JOIN held h ON h.holder = j.holder AND TRY_CAST(h.period AS INTEGER) BETWEEN p.year + $first AND p.year + $last
CROSS JOIN rule b
WHERE list_contains(b.base_codes, h.code) AND NOT list_contains(string_split(b.not_counted, '|'),
    coalesce(h.award_kind, '-'))
"""
_PEOPLE = f"""{_JUDGED}, {HELD}
SELECT 'counted' AS name, h.period, h.holder AS subject, h.column_name AS columns, h.submission_id, h.sheet,
    h.excel_row,
       CASE WHEN row_number() OVER (PARTITION BY h.holder ORDER BY h.submission_id, h.sheet, h.excel_row) = 1 THEN 1
           ELSE 0 END AS amount
FROM (SELECT DISTINCT person_key FROM insiders) i
JOIN held h ON h.holder = i.person_key AND h.period = $period AND coalesce(h.result, '') <> 'DE_NGHI'
JOIN rule b ON list_contains(b.base_codes, h.code)
UNION ALL
SELECT 'members', $period, person_key, 'position_group', {_PLACE}, 1 FROM insiders
"""
_EXEMPLARS = f"""
SELECT 'counted' AS name, $period AS period, subject, 'found_on' AS columns, {_PLACE},
       CASE WHEN row_number() OVER (PARTITION BY subject ORDER BY {_PLACE}) = 1 THEN 1 ELSE 0 END AS amount
FROM metric_rows WHERE metric = 'exemplar_count' AND unit_code = $unit AND period = $period
"""
_BARRED = f"""{_JUDGED},
whom AS (SELECT person_key FROM judged WHERE recipient = 'CA_NHAN' UNION SELECT person_key FROM insiders)
SELECT 'counted' AS name, $period AS period, d.person_key AS subject, 'discipline' AS columns, d.submission_id,
    d.sheet, d.excel_row,
       CASE WHEN row_number() OVER (PARTITION BY d.person_key ORDER BY d.submission_id, d.sheet, d.excel_row) = 1
           THEN 1 ELSE 0 END AS amount
FROM judged j
JOIN periods p ON p.period = $period
CROSS JOIN rule b
JOIN whom w ON TRUE
JOIN people.staff d ON d.person_key = w.person_key AND d.period = $period AND list_contains(b.base_codes, d.discipline)
 AND d.disciplined_on <= coalesce(j.decided_on, j.submitted_on, j.council_on, p.ends_on)
"""
_DATES = f"""{_JUDGED},
dates AS (
    SELECT CASE WHEN base = '' THEN ['achieved_on', 'decided_on'] ELSE base_codes END AS names FROM rule
),
days AS (
    SELECT n.which, d.names[n.which] AS columns,
           CASE d.names[n.which] WHEN 'achieved_on' THEN j.achieved_on WHEN 'council_on' THEN j.council_on
                                 WHEN 'published_on' THEN j.published_on WHEN 'submitted_on' THEN j.submitted_on
                                 ELSE j.decided_on END AS day
    FROM judged j, dates d, (SELECT unnest([1, 2]) AS which) n
)
SELECT 'days' AS name, $period AS period, coalesce(j.person_key, j.team_code) AS subject, d.columns, j.submission_id,
    j.sheet, j.excel_row,
       d.day - first_value(d.day) OVER (ORDER BY d.which) AS amount
FROM days d, judged j
ORDER BY d.which
"""
_ALIKE = f"""{_JUDGED},
worded AS (
    SELECT a.*, coalesce(a.person_key, a.unit_code || '/' || a.team_code) AS holder,
        {FOLDED.format("t.achievement")} AS words
    FROM awards a JOIN people.awards t USING ({_PLACE})
    WHERE a.is_effective AND a.result IN ('DE_NGHI', 'DA_KHEN')
)
SELECT 'counted' AS name, o.award_period AS period, coalesce(o.person_key, o.team_code) AS subject, 'award' AS columns,
       o.submission_id, o.sheet, o.excel_row, 1 AS amount
FROM judged j
JOIN worded m USING ({_PLACE})
JOIN worded o ON o.holder = m.holder AND o.award_period = m.award_period AND o.words = m.words
CROSS JOIN rule b
JOIN periods p ON p.period = o.award_period
WHERE (list_contains(b.counted_codes, o.award) OR list_contains(b.counted_codes, o.award_kind) OR b.counted = '*')
  AND b.recipient IN ('', o.recipient)
  AND coalesce(o.submitted_on, o.council_on, o.decided_on, p.ends_on) BETWEEN b.valid_from
      AND coalesce(b.valid_to, DATE '9999-12-31')
"""
_VOTES = f"""{_JUDGED}
SELECT n.name, $period AS period, coalesce(j.person_key, j.team_code) AS subject,
       CASE n.name WHEN 'agreed' THEN 'votes_for' ELSE 'council_size' END AS columns, j.submission_id, j.sheet,
           j.excel_row,
       CASE n.name WHEN 'agreed' THEN j.votes_for ELSE j.council_size END AS amount
FROM judged j, (SELECT unnest(['agreed', 'council']) AS name) n
"""
_AIM = """
SELECT 'aimed' AS name, $period AS period, NULL AS subject, $column AS columns, $submission AS submission_id,
    $sheet AS sheet,
       $row AS excel_row, $value * 100 AS amount
"""
_COUNTED = {
    "ceiling": _CEILING,
    "prerequisite": _PREREQUISITE,
    "members": _PEOPLE,
    "minimum": _PEOPLE,
    "order": _DATES,
    "days": _DATES,
    "votes": _VOTES,
    "target": _AIM,
}
_OF_PEOPLE = {"barred": _BARRED, "unique": _ALIKE}  # rest on what only some may see
_ORDER = ["counted", "agreed", "days", "aimed", "base", "members", "council"]
_ROWS = """
WITH told AS ({counted})
SELECT t.* EXCLUDE (columns, subject), t.subject AS person, {subject} AS subject, '' AS breakdown, u.unit_code,
    u.unit_name,
       s.file_name, s.receipt_no, c.column_letter || c.excel_row AS cell, h.header AS "column", c.raw AS value
FROM told t
JOIN submissions s USING (submission_id)
LEFT JOIN ({cells}) c ON c.submission_id = t.submission_id AND c.sheet = t.sheet AND c.excel_row = t.excel_row
    AND c.column_name = t.columns
LEFT JOIN columns h ON h.table_name = c.table_name AND h.column_name = c.column_name
LEFT JOIN (SELECT unit_code, max_by(name, valid_from) AS unit_name FROM units GROUP BY unit_code) u
  ON u.unit_code = coalesce(nullif(c.unit_code, ''), $unit)
{people}
WHERE $units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], u.unit_code)
ORDER BY list_position($order::VARCHAR[], t.name), t.period, t.submission_id, t.sheet, t.excel_row,
    length(c.column_letter), c.column_letter
"""
_RULE = """
SELECT kind, years, counting FROM rules WHERE rule_id = $rule AND condition = $condition AND valid_from = $valid_from
"""


def rule_cells(version: Version, viewer: Viewer, judged: Any) -> pd.DataFrame:
    """What the figure of one row of `rule_results` was counted from; empty where it is unknown, or rests on what the
    viewer may not see.

    name (counted: what is held against the rule; base: what a ceiling is a share of; members: the people of a
    collective; agreed and council: votes; days: two dates, the amount is the days from the first; aimed: the target
    in per cent) and the columns of `evidence`. Amounts of a name add up to the figure, or to what its share is made
    of; what counts twice, or not yet, has 0.
    """
    asked = {
        **{name: getattr(judged, name) for name in ("sheet", "period", "condition", "valid_from")},
        **{"rule": judged.rule_id, "unit": judged.unit_code, "submission": int(judged.submission_id)},
        **{"row": int(judged.excel_row), "column": judged.column_name, "value": judged.value, "order": _ORDER},
    }
    counted = _statement(judged, viewer)
    if not counted or pd.isna(judged.value):
        return pd.DataFrame(columns=["name", "amount"])
    rule = frame(version, viewer, _RULE, _named(_RULE, asked)).iloc[0]
    asked["first"], asked["last"] = span(rule["years"]) if rule["years"] else (0, 0)
    people = viewer.may_see_people
    sql = _ROWS.format(
        counted=counted,
        cells=" UNION ALL ".join(f"FROM {name}.cells" for name in (("facts", "people") if people else ("facts",))),
        subject="coalesce(n.full_name, t.subject)" if people else "t.subject",
        people="LEFT JOIN people.people n ON n.person_key = t.subject" if people else "",
    )
    rows = frame(version, viewer, sql, _named(sql, asked | viewer.places))
    return _weighed(rows, bool(rule["counting"])) if judged.kind == "prerequisite" else rows


def _statement(judged: Any, viewer: Viewer) -> str:
    if judged.kind in _OF_PEOPLE:
        return _OF_PEOPLE[judged.kind] if viewer.may_see_people and judged.proposal_code else ""
    return _EXEMPLARS if judged.kind == "minimum" and not judged.proposal_code else _COUNTED[judged.kind]


def _named(sql: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The places a statement has."""
    return {name: value for name, value in asked.items() if f"${name}" in sql}


def _weighed(rows: pd.DataFrame, in_a_row: bool) -> pd.DataFrame:
    """The rows of a condition with 1 for each thing that counts: each once, in a row those of the longest
    run of years.
    """
    sure = rows[rows["is_sure"]].drop_duplicates("year" if in_a_row else "item", keep="last")
    if in_a_row and len(sure):
        years = sure["year"].sort_values()
        run = years - np.arange(len(years))  # the same in years one after the other
        longest = run.value_counts().sort_index().iloc[::-1].idxmax()
        sure = sure.loc[run.index[run == longest]]
    return rows.assign(amount=rows.index.isin(sure.index).astype(int)).drop(columns=["year", "item", "is_sure"])
