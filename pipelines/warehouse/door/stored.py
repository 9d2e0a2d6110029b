"""What is stored and bears on the next workbook: people known by code, last rows of a sheet."""

from collections.abc import Sequence

import pandas as pd

from pipelines.contract.workbooks import tables
from pipelines.problems import Unknown
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.viewer import Viewer

_PEOPLE = """
SELECT s.person_code, s.full_name, s.unit_code, s.period, s.submission_id
FROM people.staff s
WHERE s.unit_code IN (SELECT unit_code FROM units WHERE code_scope = $scope)
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], s.unit_code))
ORDER BY s.person_code, s.period DESC, s.unit_code
"""


def known_people(version: Version, viewer: Viewer, code_scope: str) -> pd.DataFrame:
    """[person_code, full_name, unit_code, period, submission_id] of every current staff row of the units that were ever
    in a code scope, newest first.

    An empty frame for a viewer who may not see people.
    """
    if not viewer.may_see_people:
        return pd.DataFrame(columns=["person_code", "full_name", "unit_code", "period", "submission_id"])
    return frame(version, viewer, _PEOPLE, {"scope": code_scope} | viewer.places)


_CODED = """
SELECT period, unit_code, period AS written, person_code FROM people.staff
    WHERE list_contains($codes::VARCHAR[], person_code)
UNION
SELECT a.award_period, a.unit_code, a.period, p.recipient_code
FROM awards a JOIN people.awards p USING (submission_id, sheet, excel_row)
WHERE a.recipient = 'CA_NHAN' AND NOT a.is_late AND list_contains($codes::VARCHAR[], p.recipient_code)
ORDER BY ALL
"""


def code_places(version: Version, viewer: Viewer, codes: Sequence[str]) -> pd.DataFrame:
    """[period, unit_code, written (period of the workbook), person_code]: where some staff codes stand on lists or
    among the awards.

    An empty frame for a viewer who may not see people; for one who sees some units, theirs.
    """
    if not viewer.may_see_people:
        return pd.DataFrame(columns=["period", "unit_code", "written", "person_code"])
    told = frame(version, viewer, _CODED, {"codes": list(codes)})
    return told if viewer.units is None else told[told["unit_code"].isin(viewer.units)]


def stored_rows(version: Version, viewer: Viewer, table: str, reporter_code: str, period: str) -> pd.DataFrame:
    """The current rows of one fact table from one reporter's workbook, contract columns in the order of the sheet.

    Private columns only if the viewer may see people. `Unknown` for a table the contract does not know.
    """
    sheets = tables().get(table)
    if sheets is None:
        raise Unknown(what="table", name=table)
    columns = max((sheet.columns for sheet in sheets), key=len)
    shown = [column for column in columns if viewer.may_see_people or not column.private]
    names = ", ".join(f"{'p' if column.private else 'f'}.{column.name}" for column in shown)
    private = any(column.private for column in shown)
    people = f"LEFT JOIN people.{table} p USING (submission_id, sheet, excel_row)" if private else ""
    sql = f"""
        SELECT {names} FROM {table} f JOIN submissions s USING (submission_id) {people}
        WHERE s.is_current AND s.period = $period AND coalesce(nullif(s.cluster_code, ''), s.unit_code) = $reporter
          AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], f.unit_code))
        ORDER BY submission_id, sheet, excel_row"""
    places = {"period": period, "reporter": reporter_code} | viewer.places
    return frame(version, viewer, sql, places)


_SHEET_STATES = """
SELECT s.period, t.table_name, t.state
FROM submissions s JOIN sheet_states t USING (submission_id)
WHERE s.is_current AND s.reporter_code = $reporter
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], s.reporter_code))
ORDER BY s.period, t.table_name
"""


def sheet_states(version: Version, viewer: Viewer, reporter_code: str) -> pd.DataFrame:
    """[period, table_name, state (filled|none|unknown)]: what each current workbook of a reporter holds."""
    return frame(version, viewer, _SHEET_STATES, {"reporter": reporter_code} | viewer.places)


_INFORMATION = """
SELECT c.column_name, c.raw
FROM ({cells}) c JOIN submissions s USING (submission_id)
WHERE c.table_name = 'info' AND s.is_current AND s.reporter_code = $reporter AND s.period = $period
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], s.reporter_code))
"""


def stored_information(version: Version, viewer: Viewer, reporter_code: str, period: str) -> dict[str, str]:
    """Field of `Thông tin` -> value as written in the current workbook; names only if the viewer may see people."""
    databases = ("facts", "people") if viewer.may_see_people else ("facts",)
    cells = " UNION ALL ".join(f"SELECT * FROM {name}.cells" for name in databases)
    places = {"reporter": reporter_code, "period": period} | viewer.places
    found = frame(version, viewer, _INFORMATION.format(cells=cells), places)
    return dict(zip(found["column_name"], found["raw"], strict=True))
