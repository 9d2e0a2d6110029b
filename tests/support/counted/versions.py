"""Versions of the warehouse held against each other, and data folders made from what a backup must hold."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipelines.settings import Home
from pipelines.warehouse.connection import Version


def archive_and_journal(home: Home, root: Path, with_caches: bool = True) -> Home:
    """A new data folder holding nothing but what a backup must: journal, archived bytes, lists, the
    secret of the keys.
    """
    copy = Home(root)
    root.mkdir(parents=True)
    shutil.copy(home.journal, copy.journal)
    shutil.copy(home.person_key_file, copy.person_key_file)
    shutil.copytree(home.reference, copy.reference)
    shutil.copytree(home.submissions, copy.submissions, ignore=None if with_caches else _caches)
    return copy.ready()


def _caches(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(".parquet")]


def differences(one: Version, other: Version) -> list[str]:
    """Tables of both files, but `builds`, that do not hold the same rows equally often or have another schema."""
    here, there = _tables(one), _tables(other)
    return sorted(name for name in here | there if here.get(name) != there.get(name))


def _tables(version: Version) -> dict[str, tuple[Any, ...]]:
    """Table -> its schema, number of rows and sum of their hashes."""
    with duckdb.connect(":memory:", config={"threads": 1}) as db:
        for name, path in (("facts", version.facts), ("people", version.people)):
            db.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        asked = (
            "SELECT database_name || '.' || table_name, sql FROM duckdb_tables() WHERE NOT internal AND NOT temporary"
        )
        schemas = {name: sql for name, sql in db.execute(asked).fetchall() if name != "facts.builds"}
        rows = " UNION ALL ".join(f"SELECT '{name}', count(*), sum(hash(one)) FROM {name} AS one" for name in schemas)
        return {name: (schemas[name], *found) for name, *found in db.execute(rows).fetchall()}


def table(version: Version, sql: str, params: Sequence[object] = ()) -> pd.DataFrame:
    """The answer of the facts file, as any client gets it."""
    with duckdb.connect(str(version.facts), read_only=True) as db:
        return db.execute(sql, list(params)).df()
