"""The versions of the warehouse that are still there: what each was made from, which one counts, which are pinned."""

from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import Home
from pipelines.warehouse.connection import FACTS, OFFLINE, PEOPLE, named

_COLUMNS = [
    "version",
    "built_at",
    "as_of",
    "journal_seq",
    "product_version",
    "metric_hash",
    "reference_digest",
    "synthetic",
]
_BUILD = f"SELECT {', '.join(['name', *_COLUMNS[1:]])} FROM version.builds"


def kept(home: Home) -> pd.DataFrame:
    """[version, built_at, as_of, journal_seq, product_version, metric_hash, reference_digest, synthetic, is_current,
    pins],
    newest first. Instants are UTC; pins: names and closed periods that keep the version, with commas between.

    Folders that cannot be opened (a build that is running, a version just removed) are left out.
    """
    current = named(home)
    ledger = Ledger().follow(Journal(home.journal).events())
    rows = [row for folder in sorted(home.warehouse.iterdir(), reverse=True) if (row := _build(folder))]
    told = pd.DataFrame(rows, columns=_COLUMNS)
    holds = [*ledger.pins.items(), *ledger.closed.items()]
    pins = [", ".join(name for name, version in holds if version == one) for one in told["version"]]
    return told.assign(is_current=told["version"] == current, pins=pins)


def _build(folder: Path) -> tuple[object, ...] | None:
    whole = (folder / FACTS).exists() and (folder / PEOPLE).exists()
    return _read(folder, (folder / FACTS).stat().st_mtime_ns) if whole else None


@lru_cache(maxsize=500)
def _read(folder: Path, written_at: int) -> tuple[object, ...] | None:
    """The row a version has of itself; it never changes."""
    path = str(folder / FACTS).replace("'", "''")
    try:
        with duckdb.connect(":memory:", config=OFFLINE) as db:
            db.execute(f"ATTACH '{path}' AS version (READ_ONLY)")
            return db.execute(_BUILD).fetchone()
    except duckdb.Error:
        return None
