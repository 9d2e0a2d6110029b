"""Versions of the warehouse held against each other, and data folders made from what a backup must hold."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.settings import Home
from pipelines.warehouse.connection import Version


def archive_and_journal(home: Home, root: Path, with_caches: bool = True) -> Home:
    """A new data folder holding nothing but what a backup must: journal, archived bytes, lists, the secret of the keys."""
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
    """Tables of both files, but `builds`, that do not hold the same rows equally often; schemas count too."""
    with duckdb.connect(":memory:") as db:
        for name, version in (("one", one), ("other", other)):
            for file, path in (("facts", version.facts), ("people", version.people)):
                db.execute(f"ATTACH '{path}' AS {name}_{file} (READ_ONLY)")
        return [table for file in ("facts", "people") for table in _differing(db, file)]


def _differing(db: duckdb.DuckDBPyConnection, file: str) -> list[str]:
    asked = "SELECT table_name, sql FROM duckdb_tables() WHERE database_name = ? ORDER BY table_name"
    one, other = (db.execute(asked, [f"{name}_{file}"]).fetchall() for name in ("one", "other"))
    if one != other:
        return [f"{file}: schema"]
    found = []
    for table in (name for name, _ in one if name != "builds"):
        here, there = f"SELECT * FROM one_{file}.main.{table}", f"SELECT * FROM other_{file}.main.{table}"
        asked = f"({here} EXCEPT ALL {there}) UNION ALL ({there} EXCEPT ALL {here})"
        if db.execute(asked).fetchone():
            found.append(f"{file}.{table}")
    return found


def table(version: Version, sql: str, params: Sequence[object] = ()) -> pd.DataFrame:
    """The answer of the facts file, as any client gets it."""
    with duckdb.connect(str(version.facts), read_only=True) as db:
        return db.execute(sql, list(params)).df()
