"""Exemplars and models with their dates, one row each a period."""

from collections.abc import Sequence

import pandas as pd

from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.viewer import Viewer

_EXEMPLARS = """
SELECT e.exemplar_code, {name} AS exemplar_name, e.exemplar_kind, e.unit_code, e.unit_name, e.field, e.found_on,
       e.developed_on, e.summarised_on, e.replicated_on, e.stage, e.adopter_count, s.file_name, e.sheet,
       c.column_letter || c.excel_row AS cell, e.submission_id, e.excel_row
FROM live_exemplars e
JOIN submissions s ON s.submission_id = e.submission_id
LEFT JOIN cells c ON c.submission_id = e.submission_id AND c.sheet = e.sheet AND c.excel_row = e.excel_row
 AND c.table_name = 'exemplars' AND c.column_name = 'exemplar_code'
{names}
WHERE e.period = $period
  AND ($wanted::VARCHAR[] IS NULL OR list_contains($wanted::VARCHAR[], e.unit_code))
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], e.unit_code))
ORDER BY e.unit_order, e.found_on, e.exemplar_code
"""
_NAMES = """
LEFT JOIN people.exemplars x ON x.submission_id = e.submission_id AND x.sheet = e.sheet AND x.excel_row = e.excel_row
"""


def exemplars(version: Version, viewer: Viewer, period: str, units: Sequence[str] | None = None) -> pd.DataFrame:
    """The live exemplars of a period, from the workbook that counts for each unit.

    [exemplar_code, exemplar_name (its code without the right to see people), exemplar_kind, unit_code, unit_name,
    field, found_on, developed_on, summarised_on, replicated_on, stage (the furthest reached), adopter_count,
    file_name, sheet, cell, submission_id, excel_row].
    """
    people = viewer.may_see_people
    name = "coalesce(x.exemplar_name, e.exemplar_code)" if people else "e.exemplar_code"
    sql = _EXEMPLARS.format(name=name, names=_NAMES if people else "")
    wanted = None if units is None else list(units)
    return frame(version, viewer, sql, {"period": period, "wanted": wanted} | viewer.places)
