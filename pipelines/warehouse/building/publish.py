"""Letting the figures follow the journal: one builder at a time takes everything waiting; old versions go after a
while.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from pipelines.locks import Holder, held
from pipelines.platform import remove_tree
from pipelines.problems import Machine, NoCurrentBuild, Problem, VersionUnusable
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger, bears
from pipelines.settings import Home
from pipelines.warehouse import connection
from pipelines.warehouse.building import seal
from pipelines.warehouse.connection import POINTER, Version
from pipelines.warehouse.viewer import PROGRAM

BUILD_LOCK = "build.lock"
INTERVAL = 10.0  # seconds between versions that come by themselves
_AGAIN = 60.0  # seconds after which a publisher that failed tries again unasked
_LONGEST_BUILD = 1_800.0  # seconds another builder is waited for
_KEEP_ALL, _KEEP_DAILY = timedelta(hours=24), timedelta(days=30)
_log = logging.getLogger("pipelines")


def publish(
    home: Home,
    as_of: datetime | None = None,
    *,
    fresh: bool = False,
    full: bool = False,
    interval: float = INTERVAL,
    on_wait: Callable[[Holder], None] | None = None,
) -> Version:
    """The version that knows everything in the journal that bears on a row; `as_of`: of what was known then, beside the
    current one.

    Built if there is none yet, or the one there was built by other code or lists.

    `fresh` builds in any case, `full` from nothing. Waits for another builder and until the last version is `interval`
    seconds old, so that what comes meanwhile is taken too. Problems of `build`; `Busy` if another builder does not end.
    """
    with held(home.root / BUILD_LOCK, "lock.build", _LONGEST_BUILD, on_wait):
        if as_of is None and not (fresh or full) and (done := _up_to_date(home)):
            return done
        time.sleep(max(0.0, interval - _age_of_pointer(home)))
        from pipelines.warehouse.building.build import build

        version = build(home, as_of, full, thorough=fresh)
        if _outlived(_versions(home), datetime.now(UTC)):  # else the journal need not be read once more
            prune(home, Ledger().follow(Journal(home.journal).events()))
        return version


def _up_to_date(home: Home) -> Version | None:
    """The current version, if nothing that bears on a row has happened since and its files are proven."""
    from pipelines.warehouse.building.increment import is_alike
    from pipelines.warehouse.door.figures import freshness

    try:
        version = connection.current(home)
        if not is_alike(version):
            return None
        told = freshness(version, PROGRAM)
    except (NoCurrentBuild, VersionUnusable, Machine):
        return None  # `build` says why
    waiting = any(bears(event) for event in Journal(home.journal).events(after=told.journal_seq))
    return None if told.as_of or waiting or seal.changed(version) else version


def _age_of_pointer(home: Home) -> float:
    """Seconds; not less than none where the clock was set back."""
    pointer = home.warehouse / POINTER
    return max(0.0, time.time() - pointer.stat().st_mtime) if pointer.exists() else float("inf")


def prune(home: Home, ledger: Ledger, now: datetime | None = None) -> list[str]:
    """Remove versions nobody needs; their names.

    Kept: the current and the pinned, all of a day, one a day for 30 days.
    """
    kept = {connection.named(home), *ledger.kept_versions}
    gone = [path for path in _outlived(_versions(home), now or datetime.now(UTC)) if path.name not in kept]
    for path in gone:
        remove_tree(path)
    return [path.name for path in gone]


def _versions(home: Home) -> list[tuple[datetime, Path]]:
    """(built at, folder), newest first."""
    found = []
    for path in home.warehouse.iterdir():
        try:
            built = datetime.strptime(path.name.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append((built, path))
    return sorted(found, key=lambda one: (one[0], one[1].name), reverse=True)


def _outlived(versions: Iterable[tuple[datetime, Path]], now: datetime) -> list[Path]:
    gone, days = [], set()
    for built, path in versions:
        if now - built <= _KEEP_ALL:
            continue
        if now - built > _KEEP_DAILY or built.date() in days:
            gone.append(path)
        days.add(built.date())
    return gone


class Publisher:
    """A thread of the server that publishes when asked to; any number of requests meanwhile become one version.

    What fails is tried `again` after so many seconds, or at the next request.
    """

    def __init__(self, home: Home, interval: float = INTERVAL, again: float = _AGAIN) -> None:
        self.failure: Exception | None = None  # why the figures do not follow; None once they do
        self._home, self._interval, self._again = home, interval, again
        self._wanted, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="publisher", daemon=True)

    def start(self) -> None:
        """Begin, and take what an earlier run left waiting."""
        if Journal(self._home.journal).last_seq():
            self.request()
        self._thread.start()

    def request(self) -> None:
        """Ask for a version; returns at once."""
        self._wanted.set()

    def stop(self) -> None:
        """End after the version that is being built."""
        self._ended.set()
        self._wanted.set()
        self._thread.join()

    def _run(self) -> None:
        while self._wanted.wait() and not self._ended.is_set():
            if (pause := self._interval - _age_of_pointer(self._home)) > 0 and self._ended.wait(pause):
                return
            self._wanted.clear()
            try:
                publish(self._home, interval=0)
                self.failure = None
            except Exception as error:  # whatever it is: without this thread no figure would ever follow
                self.failure = error
                known = isinstance(error, Problem | OSError | duckdb.Error)
                _log.error("publishing failed: %s", error, exc_info=None if known else error)
                self._wanted.wait(self._again)
                self.request()
