"""What the dated rules say of units and proposals, each with the cell it rests on, and which rules are in force on a
day.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.viewer import Viewer

# Who may see people gets the proposals behind a rule about discipline; others how many there are.
_OPEN = "SELECT * FROM rule_results"
_WITH_PEOPLE = """
SELECT * FROM rule_results WHERE kind NOT IN (SELECT DISTINCT kind FROM people.rule_results)
UNION ALL
SELECT * FROM people.rule_results
"""
_RESULTS = """
WITH told AS (
    SELECT * FROM ({results})
    WHERE period = $period
      AND ($unit::VARCHAR IS NULL OR unit_code = $unit) AND ($proposal::VARCHAR IS NULL OR proposal_code = $proposal)
      AND ($rules::VARCHAR[] IS NULL OR list_contains($rules::VARCHAR[], rule_id))
      AND ($statuses::VARCHAR[] IS NULL OR list_contains($statuses::VARCHAR[], status))
      AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], unit_code))
)
SELECT t.rule_id, t.kind, t.condition, r.name AS rule_name, r.english AS rule_english, t.unit_code,
       coalesce(u.name, g.name) AS unit_name, t.period, t.proposal_code, {subject} AS subject,
       coalesce({name}, k.team_name, CASE WHEN t.subject = t.unit_code THEN u.name END, t.subject) AS who, a.award,
           a.award_kind, a.result,
       t.status, t.value, t.limit_value, r.counted, r.base, r.rounding, r.years, t.valid_from, t.basis, t.rule_status,
           t.confirmed,
       t.confirmed AND t.rule_status = 'statutory' AS is_fact, r.note, s.file_name, t.sheet, c.column_letter
           || c.excel_row AS cell,
       c.raw AS written, t.submission_id, t.excel_row, t.column_name
FROM told t
JOIN rules r ON r.rule_id = t.rule_id AND r.condition = t.condition AND r.valid_from = t.valid_from
LEFT JOIN awards a ON t.proposal_code <> '' AND a.submission_id = t.submission_id AND a.sheet = t.sheet
    AND a.excel_row = t.excel_row
LEFT JOIN submissions s ON s.submission_id = t.submission_id
LEFT JOIN (SELECT submission_id, team_code, any_value(team_name) AS team_name FROM collectives GROUP BY ALL) k
  ON k.submission_id = a.submission_id AND k.team_code = a.team_code
LEFT JOIN (SELECT unit_code, max_by(name, valid_from) AS name, min(list_order) AS unit_order FROM units
    GROUP BY unit_code) u
  ON u.unit_code = t.unit_code
LEFT JOIN groups g ON g.code = t.unit_code
LEFT JOIN (SELECT * FROM cells WHERE submission_id IN (SELECT submission_id FROM told)) c
  ON c.submission_id = t.submission_id AND c.sheet = t.sheet AND c.excel_row = t.excel_row
      AND c.column_name = t.column_name
{names}
ORDER BY u.unit_order, t.unit_code, t.proposal_code, r.list_order, t.subject, t.submission_id, t.sheet, t.excel_row
"""
_NAMES = "LEFT JOIN people.people n ON n.person_key = t.subject"


def rule_results(
    version: Version,
    viewer: Viewer,
    period: str,
    unit: str | None = None,
    proposal: str | None = None,
    rules: Sequence[str] | None = None,
    statuses: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row a thing judged in a period, unit by unit and proposal by proposal in the order of the rules.

    [rule_id, kind, condition (which alternative decided, "" if there is one only), rule_name, rule_english,
    unit_code, unit_name, period, proposal_code ("" unless it is a proposal), subject (who is proposed: a name if the
    viewer may see people, else a key; a team's, target's or pledge's code; "" the unit itself), who (the same, a
    team or unit by its name), award, award_kind, result (of the proposal), status (met | breach | not_applicable |
    unknown), value, limit_value, counted, base, rounding, years, valid_from (of the row of the rule), basis,
    rule_status, confirmed, is_fact (statutory and confirmed: others are for reference), note, file_name, sheet,
    cell, written, submission_id, excel_row, column_name]. None: every unit, proposal, rule, status. Without the
    right to see people, of rules about discipline there is one row a unit: how many.
    """
    people = viewer.may_see_people
    sql = _RESULTS.format(
        results=_WITH_PEOPLE if people else _OPEN,
        subject="coalesce(n.full_name, t.subject)" if people else "t.subject",
        name="n.full_name" if people else "NULL",
        names=_NAMES if people else "",
    )
    asked = {"rules": rules, "statuses": statuses}
    lists = {name: None if values is None else list(values) for name, values in asked.items()}
    return frame(version, viewer, sql, {"period": period, "unit": unit, "proposal": proposal} | lists | viewer.places)


_IN_FORCE = """
SELECT * EXCLUDE (list_order) FROM rules
WHERE valid_from <= $day AND (valid_to IS NULL OR valid_to >= $day)
ORDER BY list_order
"""


def rules_in_force(version: Version, viewer: Viewer, on: date) -> pd.DataFrame:
    """Every rule in force on a day, whoever it binds, in the order of the list; columns are those of `rules.csv`."""
    return frame(version, viewer, _IN_FORCE, {"day": on})


_COUNTS = """
SELECT rule_id, condition, valid_from, count(*) FILTER (WHERE status = 'met') AS met,
       count(*) FILTER (WHERE status = 'breach') AS breach, count(*) FILTER (WHERE status = 'unknown') AS unknown,
       count(*) FILTER (WHERE status = 'not_applicable') AS not_applicable
FROM ({results})
WHERE period = $period AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], unit_code))
GROUP BY ALL ORDER BY ALL
"""


def rule_counts(version: Version, viewer: Viewer, period: str) -> pd.DataFrame:
    """[rule_id, condition, valid_from, met, breach, unknown, not_applicable]: how many things each row of a rule
    decided in a period.
    """
    sql = _COUNTS.format(results=_WITH_PEOPLE if viewer.may_see_people else _OPEN)
    return frame(version, viewer, sql, {"period": period} | viewer.places)
