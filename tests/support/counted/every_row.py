"""All rows of a version of the warehouse, to be compared with those of another."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from pipelines.warehouse.connection import OFFLINE, Version

Rows = dict[str, list[tuple[Any, ...]]]
Digests = dict[str, tuple[Any, ...]]
_TABLES = """
SELECT database_name || '.' || table_name FROM (
    SELECT database_name, table_name FROM duckdb_tables()
    UNION ALL SELECT database_name, view_name FROM duckdb_views() WHERE NOT internal
) WHERE database_name IN ('facts', 'people')
"""


def every_row(version: Version) -> Rows:
    """Table or view of both files -> its rows in one order; all but `builds`, which tells of the build itself."""
    with _opened(version) as db:
        return {name: db.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in _names(db)}


def row_digests(version: Version) -> Digests:
    """As `every_row`, where equal or not is all that is asked: table or view -> number of rows and sum of
    their hashes.
    """
    with _opened(version) as db:
        count = "SELECT count(*), sum(hash(one)) FROM {} AS one"
        return {name: db.execute(count.format(name)).fetchall()[0] for name in _names(db)}


@contextmanager
def _opened(version: Version) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:", config=OFFLINE | {"threads": 1}) as db:
        db.execute(f"ATTACH '{version.facts}' AS facts (READ_ONLY)")
        db.execute(f"ATTACH '{version.people}' AS people (READ_ONLY)")
        db.execute("USE facts")
        yield db


def _names(db: duckdb.DuckDBPyConnection) -> list[str]:
    return sorted(name for (name,) in db.execute(_TABLES).fetchall() if name != "facts.builds")
