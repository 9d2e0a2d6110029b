"""Whole tables for who works on with them elsewhere: the rows that count, and the values of the metrics."""

import pandas as pd

from pipelines.contract.workbooks import tables
from pipelines.problems import Unknown
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door.figures import metric as values_of
from pipelines.warehouse.viewer import Viewer

_THERE = "SELECT table_name FROM duckdb_tables() WHERE database_name = $database ORDER BY table_name"
_ROWS = """
SELECT {columns} FROM facts.{table} f {joins}
WHERE ($period::VARCHAR IS NULL OR f.period = $period) AND ($units::VARCHAR[] IS NULL
    OR list_contains($units::VARCHAR[], f.unit_code))
ORDER BY f.period, f.submission_id, f.sheet, f.excel_row
LIMIT $limit
"""
_TEXTS = "LEFT JOIN people.{table} p USING (submission_id, sheet, excel_row)"
_NAMES = "LEFT JOIN people.people n ON n.person_key = f.person_key"
_COLUMNS = "SELECT column_name FROM duckdb_columns() WHERE database_name = $database AND table_name = $table"


def table_names(version: Version, viewer: Viewer) -> list[str]:
    """Fact tables of a version, in the order of the contract."""
    there = set(frame(version, viewer, _THERE, {"database": "facts"})["table_name"])
    return [name for name in tables() if name in there]


def table_rows(
    version: Version, viewer: Viewer, table: str, period: str | None = None, limit: int | None = None
) -> pd.DataFrame:
    """Every current row of a fact table (of one period; the first so many), with its place and what the build worked
    out.

    Names and texts about people only if the viewer may see people; a row of a person without a name of its own has
    the one of the newest list of staff. `Unknown` for a table the version does not have.
    """
    if table not in table_names(version, viewer):
        raise Unknown(what="table", name=table)
    columns, joins = ["f.*"], []
    if viewer.may_see_people:
        facts, people = (_columns(version, viewer, database, table) for database in ("facts", "people"))
        if people:
            columns.append("p.* EXCLUDE (submission_id, sheet, excel_row, unit_code, period)")
            joins.append(_TEXTS.format(table=table))
        if "person_key" in facts and "full_name" not in people:
            columns.append("n.full_name")
            joins.append(_NAMES)
    sql = _ROWS.format(columns=", ".join(columns), table=table, joins=" ".join(joins))
    told = frame(version, viewer, sql, {"period": period, "limit": limit} | viewer.places)
    return told.loc[:, ~told.columns.str.fullmatch(r"person_key_\d+")]


def _columns(version: Version, viewer: Viewer, database: str, table: str) -> set[str]:
    return set(frame(version, viewer, _COLUMNS, {"database": database, "table": table})["column_name"])


def metric_rows(version: Version, viewer: Viewer, metric: str = "", period: str | None = None) -> pd.DataFrame:
    """Values of one metric, or of all of them one below the other, by unit, group, period, breakdown and stratum."""
    names = [metric] if metric else frame(version, viewer, "SELECT metric FROM metrics ORDER BY metric")["metric"]
    periods = [period] if period else None
    return pd.concat([values_of(version, viewer, name, periods, strata=None) for name in names], ignore_index=True)
