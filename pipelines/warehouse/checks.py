"""What must hold of every build. A check is a question that must have no answer; otherwise nothing is published."""

from pathlib import Path

import duckdb

from pipelines.contract.workbooks import tables
from pipelines.problems import BuildFailed
from pipelines.warehouse.connection import FACTS
from pipelines.warehouse.metrics import SQL
from pipelines.warehouse.tables import PLACE, columns_of

_SHOWN = 5  # rows of a failed check that are told


def run(db: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Run every check of sql/90_checks and compare closed periods with the versions pinned then; `BuildFailed` names one."""
    for path in sorted((SQL / "90_checks").glob("*.sql")):
        _expect_nothing(db, path.stem, path.read_text(encoding="utf-8"))
    for table in tables():
        _expect_nothing(db, f"rows_as_archived:{table}", _LOST.format(table=table))
        _expect_nothing(db, f"rows_of_what_counts:{table}", _STRAY.format(table=table))
    for period, version in db.execute(_CLOSED).fetchall():
        if (pinned := warehouse / version / FACTS).exists():
            _compare(db, period, pinned)


def _compare(db: duckdb.DuckDBPyConnection, period: str, pinned: Path) -> None:
    """What the workbooks of a closed period said is what they said when it was closed, in every column both builds have."""
    db.execute(f"ATTACH '{str(pinned).replace(chr(39), chr(39) * 2)}' AS pinned (READ_ONLY)")
    try:
        for table in tables():
            then = {name for (name,) in db.execute(_COLUMNS, [table]).fetchall()}
            told = [*PLACE, *(column.name for column in columns_of(table) if not column.private)]
            names = ", ".join(name for name in told if name in then)
            if names:
                _expect_nothing(
                    db, f"closed_period_changed:{period}:{table}", _DIFFERENCE.format(names=names, table=table), period
                )
    finally:
        db.execute("DETACH pinned")


_CLOSED = """
SELECT period, closed_version FROM periods WHERE is_closed AND period NOT IN (SELECT period FROM settled)
"""
# `stage_rows` is what `load` found in the archive, of the receipts in `books`.
_LOST = """
SELECT s.submission_id, s.sheet, s.excel_row FROM stage_rows s WHERE s.table_name = '{table}'
EXCEPT ALL
SELECT submission_id, sheet, excel_row FROM {table} WHERE submission_id IN (SELECT submission_id FROM books)
UNION ALL
(SELECT submission_id, sheet, excel_row FROM {table} WHERE submission_id IN (SELECT submission_id FROM books)
 EXCEPT ALL SELECT s.submission_id, s.sheet, s.excel_row FROM stage_rows s WHERE s.table_name = '{table}')
"""
_STRAY = """
SELECT DISTINCT submission_id FROM {table}
WHERE submission_id NOT IN (SELECT submission_id FROM submissions WHERE is_current)
"""
_COLUMNS = "SELECT column_name FROM duckdb_columns() WHERE database_name = 'pinned' AND table_name = ?"
_DIFFERENCE = """
(SELECT {names} FROM facts.{table} WHERE period = $1 EXCEPT ALL SELECT {names} FROM pinned.{table} WHERE period = $1)
UNION ALL
(SELECT {names} FROM pinned.{table} WHERE period = $1 EXCEPT ALL SELECT {names} FROM facts.{table} WHERE period = $1)
"""


def _expect_nothing(db: duckdb.DuckDBPyConnection, check: str, sql: str, *params: str) -> None:
    rows = db.execute(sql, list(params)).fetchmany(_SHOWN)
    if rows:
        raise BuildFailed(check=check, rows=rows)
