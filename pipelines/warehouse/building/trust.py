"""Whether the journal of a data folder is the one its figures know: asked before anything is written or built."""

from functools import lru_cache

import duckdb

from pipelines.problems import JournalBroken, Problem
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.warehouse.building import seal
from pipelines.warehouse.building.verify import Made, made_from
from pipelines.warehouse.connection import Version, current


def trusted(home: Home) -> Journal:
    """The journal, whose chain holds and which knows all that its head and the current version know.

    `JournalLost`, `JournalCut`, `JournalReplaced`, `JournalBroken`. A version that is not as it was published says
    nothing.
    """
    journal = Journal(home.journal)
    journal.prove()
    try:
        version = current(home)
        made = _made(version, version.facts.stat().st_mtime_ns)
    except (Problem, OSError, duckdb.Error):
        return journal
    try:
        journal.must_hold(made.seq, made.seal)
    except JournalBroken:
        if not seal.changed(version):
            raise
    return journal


@lru_cache(maxsize=8)
def _made(version: Version, written_at: int) -> Made:
    """What a version says of itself; it never changes."""
    return made_from(version)
