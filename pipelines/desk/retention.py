"""How long bytes that were not accepted are kept: then they go, and a record of it stays.

Accepted bytes are never touched.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipelines.locks import WRITE_LOCK, OnWait, held
from pipelines.platform import write_whole
from pipelines.problems import Problem
from pipelines.records.actor import PROGRAM, Actor
from pipelines.records.archive import Archive
from pipelines.records.bodies import Deletion
from pipelines.records.ledger import Ledger
from pipelines.settings import Home
from pipelines.warehouse.building.moment import day_in_vietnam
from pipelines.warehouse.building.trust import trusted

_AT_ONCE = 20  # files deleted before others may write again
_A_DAY = 500  # files deleted while somebody waits for a receipt
_MARK = "retention.day"  # in the data folder: the day up to which nothing is left to delete
_log = logging.getLogger("pipelines")


def sweep(
    home: Home, actor: Actor, now: datetime | None = None, on_wait: OnWait = None, most: int | None = None
) -> int:
    """Delete what has outlived its time, with the copies that were handed back; how many files had been received.

    The journal is told first: after a crash the next sweep finds the record and deletes what is left. Folders and
    journal are read once, whatever there is to delete; the lock is held for a few files at a time. `most`: no more
    files than that.
    """
    at = (now or datetime.now(UTC)).astimezone(UTC)
    kept, copies = Archive(home).files(), _copies(home)
    journal = trusted(home)
    ledger = Ledger().follow(journal.events())
    unfinished = [
        sha for sha, numbers in ledger.deleted.items() if sha in kept or not copies.keys().isdisjoint(numbers)
    ]
    waiting, deleted = [*unfinished, *ledger.outlived(at)][:most], 0
    for first in range(0, len(waiting), _AT_ONCE):
        with held(home.root / WRITE_LOCK, "lock.write", on_wait=on_wait):
            ledger.follow(journal.events(after=ledger.seq))  # some may have been sent again meanwhile
            for sha in waiting[first : first + _AT_ONCE]:
                if ledger.has_outlived(sha, at):
                    ledger.follow([journal.append(Deletion(sha), actor)])
                    deleted += 1
                for path in _of(sha, ledger, kept, copies):
                    path.unlink(missing_ok=True)
    return deleted


def sweep_daily(home: Home, at: datetime, on_wait: OnWait = None) -> int:
    """The same once a day, for who receives a file: it is receipted already, so what goes wrong is only logged."""
    mark, day = home.root / _MARK, day_in_vietnam(at).isoformat()
    try:
        if mark.exists() and mark.read_text(encoding="utf-8") >= day:
            return 0
        deleted = sweep(home, PROGRAM, at, on_wait, _A_DAY)
        if deleted < _A_DAY:  # else the next file received goes on
            write_whole(mark, day.encode())
        return deleted
    except (Problem, OSError) as error:
        _log.warning("retention: not swept", exc_info=error)
        return 0


def _copies(home: Home) -> dict[int, list[Path]]:
    """Receipt number -> copies handed back."""
    found: dict[int, list[Path]] = {}
    for path in home.returned.iterdir():
        number = path.name.partition(" ")[0]
        if number.isdecimal():
            found.setdefault(int(number), []).append(path)
    return found


def _of(sha: str, ledger: Ledger, kept: dict[str, list[Path]], copies: dict[int, list[Path]]) -> Sequence[Path]:
    """All there is of deleted bytes; nothing of others."""
    if sha not in ledger.deleted:
        return ()
    return [*kept.get(sha, ()), *(copy for number in ledger.deleted[sha] for copy in copies.get(number, ()))]
