"""What must hold of every build. A check is a question that must have no answer; otherwise nothing is published."""

import logging
from pathlib import Path

import duckdb

from pipelines.contract.workbooks import tables
from pipelines.problems import BuildFailed, FilesChanged
from pipelines.warehouse.building import seal
from pipelines.warehouse.building.tables import DATED, PLACE, columns_of
from pipelines.warehouse.connection import Version
from pipelines.warehouse.metrics import SQL

_log = logging.getLogger("pipelines")
_SHOWN = 5  # rows of a failed check that are told


def run(db: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Run every check of sql/90_checks and compare closed periods with the versions pinned then; `BuildFailed` names
    one.
    """
    for path in sorted((SQL / "90_checks").glob("*.sql")):
        _expect_nothing(db, path.stem, path.read_text(encoding="utf-8"))
    for table in tables():
        _expect_nothing(db, f"rows_as_archived:{table}", _LOST.format(table=table))
        _expect_nothing(db, f"rows_of_what_counts:{table}", _STRAY.format(table=table))
    for period, version in db.execute(_CLOSED).fetchall():
        pinned = Version(version, warehouse / version)
        if seal.is_written(pinned) and (changed := seal.changed(pinned)):
            _log.warning(
                FilesChanged(version=version, files=", ".join(changed))
            )  # proves nothing; `doctor` says what to do
        elif pinned.facts.exists():
            compare_closed(db, period, pinned.facts)


def compare_closed(db: duckdb.DuckDBPyConnection, period: str, pinned: Path) -> None:
    """What a closed period counts is what it counted when it was closed.

    That is: what its workbooks said, in every column both builds have; the awards of the year, whichever workbook
    told of them; and, built by the same code from the same lists, every row of every metric.
    """
    db.execute(f"ATTACH '{str(pinned).replace(chr(39), chr(39) * 2)}' AS pinned (READ_ONLY)")
    try:
        for table in tables():
            then = {name for (name,) in db.execute(_COLUMNS, [table]).fetchall()}
            told = [*PLACE, *(column.name for column in columns_of(table) if not column.private)]
            names = ", ".join(name for name in told if name in then)
            if names:
                _expect_same(db, period, table, names, "period = $1")
            if (dated := DATED.get(table)) and dated in then:
                _expect_same(db, period, table, names, f"{dated} = $1 AND is_effective")
        if db.execute(_ALIKE).fetchone() is not None:
            _expect_same(db, period, "metric_records", _RECORD, "period = $1")
    finally:
        db.execute("DETACH pinned")


def _expect_same(db: duckdb.DuckDBPyConnection, period: str, table: str, names: str, which: str) -> None:
    now, then = (f"SELECT {names} FROM {file}.{table} WHERE {which}" for file in ("facts", "pinned"))
    sql = f"({now} EXCEPT ALL {then}) UNION ALL ({then} EXCEPT ALL {now})"
    _expect_nothing(db, f"closed_period_changed:{period}:{table}", sql, period)


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
WHERE submission_id NOT IN (SELECT submission_id FROM submissions WHERE is_current UNION SELECT submission_id FROM held)
"""
_COLUMNS = "SELECT column_name FROM duckdb_columns() WHERE database_name = 'pinned' AND table_name = ?"
_ALIKE = (
    "SELECT recipe, reference_digest FROM facts.builds INTERSECT SELECT recipe, reference_digest FROM pinned.builds"
)
# Not the subject: a person keeps no key when the secret of the keys is lost or a code is put right.
_RECORD = "metric, unit_code, breakdown, stratum, part, amount, submission_id, sheet, excel_row"


def _expect_nothing(db: duckdb.DuckDBPyConnection, check: str, sql: str, *params: str) -> None:
    rows = db.execute(sql, list(params)).fetchmany(_SHOWN)
    if rows:
        raise BuildFailed(check=check, rows=rows)
