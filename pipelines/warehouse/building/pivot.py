"""One row a record: the staged cells of a sheet become the typed columns of its table."""

from collections.abc import Iterable

import duckdb

from pipelines.warehouse.building.tables import (
    PERSON_COLUMN,
    SQL_TYPE,
    WORKED_OUT,
    columns_of,
    fact_columns,
    people_columns,
)

_WIDE = """
CREATE TEMP TABLE wide AS
SELECT s.submission_id, s.sheet, s.excel_row, r.unit_code, b.period, b.cluster_code, {columns}
FROM stage s
JOIN books b ON b.submission_id = s.submission_id
JOIN stage_rows r ON r.submission_id = s.submission_id AND r.table_name = s.table_name AND r.excel_row = s.excel_row
WHERE s.table_name = '{table}'
GROUP BY s.submission_id, s.sheet, s.excel_row, r.unit_code, b.period, b.cluster_code
ORDER BY s.submission_id, s.sheet, s.excel_row
"""


_PERSON = """
LEFT JOIN issued i ON i.submission_id = w.submission_id AND i.excel_row = w.excel_row
LEFT JOIN books b ON b.submission_id = w.submission_id
LEFT JOIN persons k ON k.code_scope = b.code_scope AND k.person_code = {code}
LEFT JOIN linked l ON l.code_scope = b.code_scope AND l.person_code = {code} AND l.year = {year}
"""


_KEY = "coalesce(l.person_key, k.person_key)"


def fill(db: duckdb.DuckDBPyConnection, table: str) -> None:
    """Fill a fact table of both files from the temporary tables of `load`."""
    widen(db, table)
    joins = _PERSON.format(code=_person_code(table), year=_year(table)) if table in PERSON_COLUMN else ""
    for target, columns in ((table, fact_columns(table)), (f"people.{table}", people_columns(table))):
        if columns:
            chosen = ", ".join(_source(table, name) for name in columns)
            order = "w.submission_id, w.sheet, w.excel_row"
            db.execute(f"INSERT INTO {target} SELECT {chosen} FROM wide w {joins} ORDER BY {order}")
    db.execute("DROP TABLE wide")


def widen(db: duckdb.DuckDBPyConnection, table: str) -> None:
    """Temporary table `wide`: the staged rows of a sheet with the contract's columns, typed."""
    told = [
        f"CAST(max(s.value) FILTER (WHERE s.column_name = '{c.name}') AS {SQL_TYPE[c.kind]}) AS {c.name}"
        for c in columns_of(table)
    ]
    db.execute(_WIDE.format(table=table, columns=", ".join(told)))


def plain(table: str, columns: Iterable[str]) -> list[str]:
    """Of the columns of a table, those that `wide` holds just as the table does."""
    return [name for name in columns if _source(table, name) == f"w.{name}"]


def _person_code(table: str) -> str:
    """The code a row's person is known by: as written, or as issued to who is listed without one."""
    column = PERSON_COLUMN[table]
    return f"coalesce(w.{column}, i.person_code)" if table == "staff" else f"w.{column}"


def _year(table: str) -> str:
    """The year in which a row's code has to be understood: an award may be told of years later."""
    workbook = "CAST(left(w.period, 4) AS INTEGER)"
    return f"coalesce(w.achievement_year, {workbook})" if table == "awards" else workbook


def _source(table: str, column: str) -> str:
    """Where a column comes from; what is worked out over several rows is left to sql/20_current."""
    individual, collective = "w.recipient = 'CA_NHAN'", "w.recipient = 'TAP_THE'"
    told = {
        ("awards", "person_key"): f"CASE WHEN {individual} THEN {_KEY} END",
        ("awards", "team_code"): f"CASE WHEN {collective} THEN w.recipient_code END",
        ("staff", "person_code"): _person_code("staff"),
    }
    if (table, column) in told:
        return told[(table, column)]
    if column in ("person_key", "cluster_code"):
        return _KEY if column == "person_key" else "nullif(w.cluster_code, '')"
    return "NULL" if column in WORKED_OUT.get(table, {}) else f"w.{column}"
