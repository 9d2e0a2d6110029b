"""Who has reported and what was found in it."""

import json
from datetime import date

import pandas as pd

from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.viewer import Viewer

_BOARD = """
SELECT s.unit_code AS reporter_code, s.reporter_name, coalesce(g.english, s.reporter_name) AS reporter_english,
       s.reporter_kind, s.due_on, s.received_at, s.status,
       CASE WHEN s.received_at IS NULL AND $on::DATE IS NOT NULL THEN greatest(0, $on::DATE - s.due_on)
            ELSE s.days_late END AS days_late,
       s.errors, s.warnings, s.version, s.receipt_no, s.member_count, r.received_at AS handed_in_at, r.file_name
FROM submission_status s
LEFT JOIN submissions r ON r.submission_id = s.receipt_no
LEFT JOIN groups g ON g.code = s.unit_code
WHERE s.period = $period AND s.is_reporter
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], s.unit_code))
ORDER BY s.reporter_kind DESC, s.reporter_order, s.unit_code
"""


def board(version: Version, viewer: Viewer, period: str, on: date | None = None) -> pd.DataFrame:
    """One row a workbook that is due: units that report themselves, then clusters.

    [reporter_code, reporter_name, reporter_english (units have one name), reporter_kind (unit|cluster), due_on,
    received_at (UTC; first accepted version: it decides days_late), status
    (accepted|accepted_with_warnings|returned|not_submitted), days_late (0 in time; of what is still missing: days
    since it was due), errors, warnings (of the current version, or of the last one returned), version, receipt_no,
    member_count (units a cluster reports for), handed_in_at (UTC) and file_name of that receipt]. `on`: the day to
    count what is missing to (default: that of the last entry the version knows).
    """
    return frame(version, viewer, _BOARD, {"period": period, "on": on} | viewer.places)


# Without the people file the sentence keeps its shape: each place of it holds an ellipsis.
_HIDDEN = "SELECT NULL::INTEGER AS submission_id, NULL::INTEGER AS finding_no, NULL AS value, NULL AS params"
_FINDINGS = """
WITH shown AS (
    SELECT receipt_no FROM submission_status
    WHERE unit_code = $reporter AND period = $period AND is_reporter
      AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], unit_code))
)
SELECT f.submission_id AS receipt_no, f.severity, f.sheet, f.cell, f."column", f.code, f.count,
       coalesce(v.value, '') AS value, v.params, f.param_names
FROM findings f
JOIN shown ON shown.receipt_no = f.submission_id
LEFT JOIN ({values}) v ON v.submission_id = f.submission_id AND v.finding_no = f.finding_no
ORDER BY f.finding_no
"""


def findings(version: Version, viewer: Viewer, reporter_code: str, period: str) -> pd.DataFrame:
    """What was found in the current submission of a unit or cluster (or, failing that, in the last one returned).

    [receipt_no, severity, sheet, cell, column, code, count, value, params: dict], in the order they were found.
    Values are raw text of the workbook: without the right to see people value is "" and every param "…".
    """
    values = "SELECT * FROM people.finding_values" if viewer.may_see_people else _HIDDEN
    places = {"reporter": reporter_code, "period": period} | viewer.places
    found = frame(version, viewer, _FINDINGS.format(values=values), places)
    names = found.pop("param_names")
    found["params"] = [
        json.loads(text) if isinstance(text, str) else dict.fromkeys(filter(None, name.split(",")), "…")
        for text, name in zip(found["params"], names, strict=True)
    ]
    return found


def knows(version: Version, viewer: Viewer, receipt_no: int) -> bool:
    """Whether a version was built after a file was received: its figures then follow from it."""
    found = frame(version, viewer, "SELECT 1 FROM submissions WHERE receipt_no = $no", {"no": receipt_no})
    return not found.empty
