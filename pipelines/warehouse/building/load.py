"""From archived cells to typed tables: one row a record, in the facts or (what is private) in the people file."""

from collections.abc import Container, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.contract.workbooks import tables
from pipelines.records.archive import Archive
from pipelines.records.bodies import ReceiptBody
from pipelines.warehouse.building.moment import Moment
from pipelines.warehouse.building.persons import Links, identity, linked_years, links_of, parts, person_key
from pipelines.warehouse.building.pivot import fill
from pipelines.warehouse.building.receipts import parquet
from pipelines.warehouse.building.tables import PERSON_COLUMN, private_cells

_STAGE = """
CREATE TEMP TABLE stage AS
SELECT b.submission_id, c.table_name, c.sheet, c.excel_row, c.column_name, c.column_letter, c.raw, c.value
FROM read_parquet($paths, filename = true) c JOIN books b ON b.path = c.filename
"""
_THINNED = """
DELETE FROM stage WHERE submission_id IN (SELECT submission_id FROM holding) AND NOT EXISTS (
    SELECT 1 FROM stage y JOIN holding h ON h.submission_id = y.submission_id AND h.period = left(y.value, 4)
    WHERE (y.table_name, y.column_name) IN (('awards', 'achievement_year'), ('exemplars', 'found_on'))
      AND y.submission_id = stage.submission_id AND y.table_name = stage.table_name AND y.excel_row = stage.excel_row)
"""
_ROWS = """
CREATE TEMP TABLE stage_rows AS
SELECT s.submission_id, s.table_name, s.sheet, s.excel_row,
       CASE WHEN b.cluster_code = '' THEN b.unit_code
            ELSE coalesce(max(s.value) FILTER (WHERE s.column_name = 'unit_code'), '') END AS unit_code
FROM stage s JOIN books b ON b.submission_id = s.submission_id
GROUP BY s.submission_id, s.table_name, s.sheet, s.excel_row, b.cluster_code, b.unit_code
"""
_CELLS = """
INSERT INTO {target}
SELECT s.submission_id, s.sheet, s.excel_row, r.unit_code, s.table_name, s.column_name, s.column_letter, s.raw
FROM stage s
JOIN stage_rows r ON r.submission_id = s.submission_id AND r.table_name = s.table_name AND r.excel_row = s.excel_row
LEFT JOIN hidden h ON h.table_name = s.table_name AND h.column_name = s.column_name
WHERE h.table_name IS {private} NULL
"""


def insert(db: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Rows in the order of the table's columns, by way of Arrow."""
    if not rows:
        return
    types = db.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
    columns = [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), types, strict=True)]
    db.register("given", pa.Table.from_arrays(columns, names=types.names))
    db.execute(f"INSERT INTO {table} SELECT * FROM given")
    db.unregister("given")


def load(
    db: duckdb.DuckDBPyConnection, moment: Moment, archive: Archive, key: bytes, kept: Container[int] = ()
) -> None:
    """Fill the fact tables of both files with every submission that is `loaded`, but those `kept`, whose rows are
    there.
    """
    bodies = [body for body in moment.loaded if body.receipt_no not in kept]
    stage(db, moment, archive, bodies)
    _know_people(db, moment, bodies, key)
    for table in tables():
        fill(db, table)
    db.execute(_CELLS.format(target="cells", private=""))
    db.execute(_CELLS.format(target="people.cells", private="NOT"))
    db.execute("DROP TABLE stage")


def stage(db: duckdb.DuckDBPyConnection, moment: Moment, archive: Archive, bodies: Sequence[ReceiptBody]) -> None:
    """Temporary tables `books` (some receipts), `stage` (their cells), `stage_rows` and `hidden`, read from the
    archive.

    Of those that are `held` only the rows about years closed while they counted.
    """
    db.execute(
        "CREATE TEMP TABLE books (submission_id INTEGER, path VARCHAR, unit_code VARCHAR, cluster_code VARCHAR,"
        " period VARCHAR, code_scope VARCHAR)"
    )
    books = [
        (
            b.receipt_no,
            str(parquet(archive, b)),
            b.unit_code,
            b.cluster_code,
            b.period,
            moment.code_scope(b),
        )
        for b in bodies
    ]
    insert(db, "books", books)
    if books:
        db.execute(_STAGE, {"paths": [path for _, path, *_ in books]})
    else:
        db.execute(
            "CREATE TEMP TABLE stage (submission_id INTEGER, table_name VARCHAR, sheet VARCHAR, excel_row INTEGER,"
            " column_name VARCHAR, column_letter VARCHAR, raw VARCHAR, value VARCHAR)"
        )
    if moment.held:
        db.execute("CREATE TEMP TABLE holding (submission_id INTEGER, period VARCHAR)")
        insert(db, "holding", [(number, period) for number, periods in moment.held.items() for period in periods])
        db.execute(_THINNED)
    db.execute(_ROWS)
    db.execute("CREATE TEMP TABLE hidden (table_name VARCHAR, column_name VARCHAR)")
    insert(db, "hidden", sorted(private_cells()))


_CODES = """
SELECT DISTINCT b.code_scope, s.value
FROM stage s JOIN books b ON b.submission_id = s.submission_id
WHERE s.value IS NOT NULL AND ({places})
UNION
SELECT b.code_scope, i.person_code FROM issued i JOIN books b ON b.submission_id = i.submission_id
"""


def _know_people(db: duckdb.DuckDBPyConnection, moment: Moment, bodies: Sequence[ReceiptBody], key: bytes) -> None:
    """Temporary tables `issued` (codes for staff listed without one) and `persons` (code -> key)."""
    db.execute("CREATE TEMP TABLE issued (submission_id INTEGER, excel_row INTEGER, person_code VARCHAR)")
    insert(db, "issued", [(b.receipt_no, one.excel_row, one.person_code) for b in bodies for one in b.issued])
    places = " OR ".join(f"(s.table_name = '{t}' AND s.column_name = '{c}')" for t, c in PERSON_COLUMN.items())
    codes = db.execute(_CODES.format(places=places)).fetchall()
    db.execute("CREATE TEMP TABLE persons (code_scope VARCHAR, person_code VARCHAR, person_key VARCHAR)")
    insert(db, "persons", [(scope, code, person_key(key, identity(scope, code))) for scope, code in codes])
    _link(db, links_of(moment.ledger.links.values()), key)


def _link(db: duckdb.DuckDBPyConnection, links: Links, key: bytes) -> None:
    """Temporary table `linked`: years in which a code means the person of another, who is known then,
    reported or not.
    """
    db.execute("CREATE TEMP TABLE linked (code_scope VARCHAR, person_code VARCHAR, year INTEGER, person_key VARCHAR)")
    told = [(*parts(old), year, person) for old, year, person in linked_years(links)]
    insert(db, "linked", [(*row[:3], person_key(key, row[3])) for row in told])
    here = {key for (key,) in db.execute("SELECT person_key FROM persons").fetchall()}
    meant = {person_key(key, person): parts(person) for *_, person in told}
    insert(db, "persons", [(*meant[one], one) for one in sorted(meant.keys() - here)])
