"""Whether a version of the warehouse is whole and still says, row by row, what journal and archive say."""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.contract.workbooks import tables
from pipelines.records.archive import Archive
from pipelines.settings import Home
from pipelines.warehouse.building.load import stage
from pipelines.warehouse.building.moment import Moment
from pipelines.warehouse.building.pivot import plain, widen
from pipelines.warehouse.building.receipts import SubmissionRow, submission_rows
from pipelines.warehouse.building.tables import fact_columns, people_columns
from pipelines.warehouse.connection import FACTS, OFFLINE, PEOPLE, SPILL, Version, attach


@dataclass(frozen=True)
class Difference:
    """A table that does not hold the rows of one receipt as archived.

    `wrong`: rows that are missing, changed or too many.
    """

    table: str
    receipt_no: int
    found: int
    wanted: int
    wrong: int


@dataclass(frozen=True)
class Made:
    """What a version was made from: number and hash of the last journal entry it knows, and the moment asked for."""

    seq: int
    seal: str
    as_of: datetime | None


def made_from(version: Version) -> Made:
    """What the version says of itself; `duckdb.Error` when its files cannot be opened, or are those of
    another version.
    """
    with _opened(version) as db:
        row = db.execute(_MADE, [version.name]).fetchone()
        db.execute("SELECT count(*) FROM people.people")
    if row is None:
        raise duckdb.Error(version.name)
    seq, seal, as_of = row
    return Made(seq, seal, as_of and as_of.replace(tzinfo=UTC))


def unfinished(home: Home) -> list[Path]:
    """Folders of versions that a crash left half written or half removed. Only true while no build is running."""
    return [folder for folder in sorted(home.warehouse.iterdir()) if folder.is_dir() and not _is_whole(folder)]


def _is_whole(folder: Path) -> bool:
    """Both files closed: DuckDB leaves no log beside them, the build no room for what did not fit into memory."""
    names = {path.name for path in folder.iterdir()}
    return {FACTS, PEOPLE} <= names and SPILL not in names and not any(name.endswith(".wal") for name in names)


def differences(version: Version, moment: Moment, archive: Archive) -> Iterator[Difference]:
    """Every table of both files whose rows differ from what is archived of the submissions loaded at the moment.

    Only columns the version has are compared: one built under an older contract is not wrong for that.
    """
    with _opened(version) as db:
        yield from _submissions(db, moment)
        stage(db, moment, archive, moment.loaded)
        there = set(db.execute("SELECT database_name, table_name, column_name FROM duckdb_columns()").fetchall())
        for table in tables():
            widen(db, table)
            yield from _compared(
                db, table, "wide", f"facts.{table}", _shared(there, "facts", table, fact_columns(table))
            )
            if private := _shared(there, "people", table, people_columns(table)):
                yield from _compared(db, f"people.{table}", "wide", f"people.{table}", private)
            db.execute("DROP TABLE wide")
        yield from _compared(db, "cells", "stage", _CELLS, _CELL)


@contextmanager
def _opened(version: Version) -> Iterator[duckdb.DuckDBPyConnection]:
    """Both files in a database of its own: the reading door's may not look at the archive."""
    with duckdb.connect(":memory:", config=OFFLINE) as db:
        attach(db, version, read_only=True)
        yield db


_MADE = "SELECT journal_seq, journal_hash, as_of FROM facts.builds WHERE name = $1"
_CELL = ["submission_id", "sheet", "excel_row", "table_name", "column_name", "column_letter", "raw"]
_CELLS = "(SELECT * FROM facts.cells UNION ALL SELECT * FROM people.cells)"
_COMPARED = """
WITH archived AS (SELECT {names} FROM {archived}), built AS (SELECT {names} FROM {built}),
missing AS (FROM archived EXCEPT ALL FROM built), surplus AS (FROM built EXCEPT ALL FROM archived),
counted AS (
    SELECT submission_id, 0 AS found, 1 AS wanted, 0 AS missing, 0 AS surplus FROM archived
    UNION ALL SELECT submission_id, 1, 0, 0, 0 FROM built
    UNION ALL SELECT submission_id, 0, 0, 1, 0 FROM missing
    UNION ALL SELECT submission_id, 0, 0, 0, 1 FROM surplus
)
SELECT submission_id, sum(found), sum(wanted), greatest(sum(missing), sum(surplus)) AS wrong
FROM counted GROUP BY submission_id HAVING wrong > 0 ORDER BY submission_id
"""


def _compared(
    db: duckdb.DuckDBPyConnection, table: str, archived: str, built: str, names: list[str]
) -> Iterator[Difference]:
    sql = _COMPARED.format(names=", ".join(names), archived=archived, built=built)
    for number, found, wanted, wrong in db.execute(sql).fetchall():
        yield Difference(table, number, int(found), int(wanted), int(wrong))


def _shared(there: Container[tuple[str, str, str]], database: str, table: str, columns: dict[str, str]) -> list[str]:
    """Columns that hold what the archive holds, and that the version has: `there` are its (database, table, column)."""
    return [name for name in plain(table, columns) if (database, table, name) in there]


def _submissions(db: duckdb.DuckDBPyConnection, moment: Moment) -> Iterator[Difference]:
    names = SubmissionRow._fields
    there = [name for name, *_ in db.execute("DESCRIBE facts.submissions").fetchall() if name in names]
    built = {
        row[there.index("receipt_no")]: row
        for row in db.execute(f"SELECT {', '.join(there)} FROM facts.submissions").fetchall()
    }
    told = {row.receipt_no: tuple(getattr(row, name) for name in there) for row in submission_rows(moment)}
    for number in sorted(built.keys() | told.keys()):
        if built.get(number) != told.get(number):
            yield Difference("submissions", number, int(number in built), int(number in told), 1)
