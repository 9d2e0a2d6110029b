"""All rows of a version of the warehouse, to be compared with those of another."""

from typing import Any

import duckdb

from pipelines.warehouse.connection import OFFLINE, Version

Rows = dict[str, list[tuple[Any, ...]]]
_TABLES = """
SELECT database_name || '.' || table_name FROM (
    SELECT database_name, table_name FROM duckdb_tables()
    UNION ALL SELECT database_name, view_name FROM duckdb_views() WHERE NOT internal
) WHERE database_name IN ('facts', 'people')
"""


def every_row(version: Version) -> Rows:
    """Table or view of both files -> its rows in one order; all but `builds`, which tells of the build itself."""
    with duckdb.connect(":memory:", config=OFFLINE) as db:
        db.execute(f"ATTACH '{version.facts}' AS facts (READ_ONLY)")
        db.execute(f"ATTACH '{version.people}' AS people (READ_ONLY)")
        db.execute("USE facts")
        names = [name for (name,) in db.execute(_TABLES).fetchall() if name != "facts.builds"]
        return {name: db.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in sorted(names)}
