"""What a process that was stopped half way leaves behind: nobody reads it, and it may go."""

from collections.abc import Collection
from pathlib import Path

from pipelines.platform import TEMPORARY, is_abandoned, remove_tree
from pipelines.records.archive import Archive
from pipelines.settings import Home
from pipelines.warehouse.building.verify import unfinished
from pipelines.warehouse.connection import named


def clean(home: Home, kept: Collection[str]) -> int:
    """Remove half-written files and versions; how many. The lock of building must be held.

    The folder `inbox` belongs to others. A version that CURRENT or the journal (`kept`) names stays, however damaged.
    """
    current = named(home)
    stale = [folder for folder in unfinished(home) if folder.name != current and folder.name not in kept]
    stale += [path for path in _half_written(home) if is_abandoned(path)]
    for path in stale:
        if path.is_dir():
            remove_tree(path)
        else:
            path.unlink(missing_ok=True)
    return len(stale)


def _half_written(home: Home) -> list[Path]:
    found = [*home.root.glob(f"*{TEMPORARY}"), *Archive(home).leftovers()]
    for folder in (home.warehouse, home.returned, home.reports):
        found += folder.rglob(f"*{TEMPORARY}")
    return found
