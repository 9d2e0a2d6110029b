"""What was said of an award, by whom and when: the rows of all workbooks that count, as dated events.

Nothing is deleted.
"""

import pandas as pd

from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.viewer import Viewer

# A successor speaks of the awards of the unit before it: the same proposal of the same person.
_HISTORY = """
WITH asked AS (
    SELECT * FROM awards
    WHERE award_period = $period
      AND ($unit::VARCHAR IS NULL OR unit_code = $unit) AND ($proposal::VARCHAR IS NULL OR proposal_code = $proposal)
      AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], unit_code))
),
told AS (
    SELECT * FROM asked
    UNION
    SELECT a.* FROM awards a
    JOIN asked q ON q.award_period = a.award_period AND q.proposal_code = a.proposal_code
        AND q.person_key = a.person_key
    JOIN unit_lineage l ON (l.old_code = a.unit_code AND l.new_code = q.unit_code)
     OR (l.old_code = q.unit_code AND l.new_code = a.unit_code)
    WHERE $units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], a.unit_code)
)
SELECT coalesce(CASE WHEN t.result <> 'DE_NGHI' THEN t.decided_on END, s.received_on) AS happened_on,
       t.unit_code, u.name AS unit_name, t.proposal_code, {subject} AS subject, t.award, t.result, t.decision_no,
           t.decided_on,
       s.received_on, s.receipt_no, t.period, t.is_late, t.is_effective, s.file_name, t.sheet,
       c.column_letter || c.excel_row AS cell, c.raw AS value, t.submission_id, t.excel_row
FROM told t
JOIN submissions s ON s.submission_id = t.submission_id
LEFT JOIN (SELECT unit_code, max_by(name, valid_from) AS name FROM units GROUP BY unit_code) u
    ON u.unit_code = t.unit_code
LEFT JOIN cells c ON c.submission_id = t.submission_id AND c.sheet = t.sheet AND c.excel_row = t.excel_row
 AND c.table_name = 'awards' AND c.column_name = 'result'
{people}
ORDER BY t.proposal_code, t.period, s.receipt_no, t.sheet, t.excel_row
"""
_NAMES = "LEFT JOIN people.people n ON n.person_key = t.person_key"


def award_history(
    version: Version, viewer: Viewer, period: str, unit_code: str | None = None, proposal_code: str | None = None
) -> pd.DataFrame:
    """Events of the awards of a period (the year of the achievement), proposal by proposal, in the order they were
    told.

    [happened_on (of the decision, else the day the workbook came), unit_code, unit_name, proposal_code, subject (a
    name if the viewer may see people, else a key; a team by its code), award, result (DE_NGHI proposed | DA_KHEN
    granted | KHONG_DAT | THU_HOI revoked), decision_no, decided_on, received_on, receipt_no, period (of the
    workbook), is_late (came after the period was closed: kept, not counted), is_effective (the row that counts),
    file_name, sheet, cell, value (of Kết quả), submission_id, excel_row]. None: every unit, every proposal. What a
    successor says of an award of the unit before it is there.
    """
    people = viewer.may_see_people
    subject = "coalesce(n.full_name, t.person_key, t.team_code)" if people else "coalesce(t.person_key, t.team_code)"
    sql = _HISTORY.format(subject=subject, people=_NAMES if people else "")
    return frame(version, viewer, sql, {"period": period, "unit": unit_code, "proposal": proposal_code} | viewer.places)
