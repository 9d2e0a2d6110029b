"""What was received and what people decided: an append-only journal in SQLite, each event sealed by a hash over the
last.

The journal and the archived bytes are the only truth; a warehouse is made from them.
What an event says is a `bodies.Body`; who caused it is its `Actor`.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pipelines.platform import OWNER, write_whole
from pipelines.problems import Busy, JournalBroken, JournalCut, JournalFromLater, JournalLost, JournalReplaced
from pipelines.records.actor import Actor
from pipelines.records.bodies import DEMO, REAL, Beginning, Body, ReceiptBody, from_json

_B = TypeVar("_B", bound=Body)
_ACTOR = "actor"  # the key of the actor beside the fields of the body
_WAIT = 30.0  # seconds for another process to finish its event
_START = ""  # what the first event is chained to
_CLOCKS_DIFFER = timedelta(minutes=5)  # between two machines that write to one folder
_EVENTS = "SELECT seq, at, kind, body, hash FROM events"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS events_follow BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'the journal only grows at its end'); END;
CREATE TRIGGER IF NOT EXISTS events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS events_last BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""


Head = tuple[int, str]  # number and hash of the newest event; (0, "") before the first
_Proof = tuple[
    tuple[int, int, int], Head
]  # what the system says of the file, and its head, when the chain was followed
_proofs: dict[Path, _Proof] = {}  # of this process: a file nobody has touched since need not be followed again


@dataclass(frozen=True)
class Event:
    """One entry. `at` is UTC; order is `seq`, never the clock. `actor` None: written before events carried one."""

    seq: int
    at: datetime
    body: Body
    hash: str
    actor: Actor | None = None

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return self.body.kind


def decides(body: Body) -> str:
    """What an event says of its data folder: that it is for `REAL` work or a `DEMO`; "" if nothing."""
    if isinstance(body, Beginning):
        return body.work
    if isinstance(body, ReceiptBody) and body.status.startswith("accepted"):
        return DEMO if body.synthetic else REAL
    return ""


class Journal:
    """The journal in one file. Every call opens and closes it, so any number of processes may share it.

    Its head lies in a file beside it, written after each event: a journal that was cut, emptied or exchanged is noticed
    before anything is written. Reading asks for no proof, so that what is there can always be looked at.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def head_path(self) -> Path:
        """Number and hash of the newest event, outside the database."""
        return self.path.with_suffix(".head")

    def begin(self) -> None:
        """Say that a data folder has no events yet, before its first bytes are archived; nothing if it
        has a journal.
        """
        if not self.head_path.exists() and not self.path.exists() and not self._has_archive():
            # on the disk first: bytes without it would mean that a journal was lost
            self._write_head((0, _START), durable=True)

    def prove(self) -> Head:
        """Follow the chain and hold it against the head written last; the head now.

        `JournalLost`, `JournalCut`, `JournalReplaced`, `JournalBroken`. A chain followed before in this process is
        followed again only if the file was touched by others since.
        """
        if not self.path.exists():
            self._must_not_be_missed()
            return 0, _START
        with self._open() as db:
            db.execute("BEGIN")
            head = self._proven(db)
        if head != self._last_head():
            self._write_head(head)  # a crash between an event and its head, or a journal from before there was one
        return head

    def append(self, body: Body, actor: Actor, at: datetime | None = None) -> Event:
        """Write one event; on return it is on the disk.

        Problems of `prove`; `Busy` when another process holds the journal too long; `OSError`.
        """
        moment = (at or datetime.now(UTC)).astimezone(UTC)
        text = _canonical({_ACTOR: asdict(actor), **body.to_json()})
        if not self.path.exists():
            self._must_not_be_missed()
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            last, before = self._proven(db)
            row = (last + 1, moment.isoformat(), body.kind, text)
            seal = _seal(before, *row)
            db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", (*row, seal))
            db.execute("COMMIT")
            _proofs[self.path] = (_signature(self.path), (last + 1, seal))
        with suppress(OSError):  # the event stands: as a failure it would be entered again; `prove` writes the head
            self._write_head((last + 1, seal))
        return Event(last + 1, moment, body, seal, actor)

    def events(self, after: int = 0, until: int | None = None) -> list[Event]:
        """The events with after < seq ≤ until, in order."""
        return [_event(row) for row in self._rows(after, until)]

    def last_seq(self) -> int:
        """Number of the newest event; 0 when nothing has happened."""
        if not self.path.exists():
            return 0
        with self._open() as db:
            return _tail(db)[0]

    def newest(self, kind: type[_B]) -> _B | None:
        """What the newest event of a kind says, or None."""
        if not self.path.exists():
            return None
        with self._open() as db:
            row = db.execute(f"{_EVENTS} WHERE kind = ? ORDER BY seq DESC LIMIT 1", (kind.kind,)).fetchone()
        body = _event(row).body if row else None
        return body if isinstance(body, kind) else None

    def ahead_of(self, now: datetime) -> datetime | None:
        """When the newest event was written, if by this clock that is still to come: the clock was set back.

        Else None.
        """
        with self._open() if self.path.exists() else nullcontext() as db:
            row = db and db.execute("SELECT at FROM events ORDER BY seq DESC LIMIT 1").fetchone()
        last = datetime.fromisoformat(row[0]) if row else None
        return last if last and last > now + _CLOCKS_DIFFER else None

    def must_hold(self, seq: int, seal: str) -> None:
        """Whether an event known from elsewhere is still there. `JournalCut`, `JournalReplaced`."""
        if seq and not (found := self._rows(seq - 1, seq)):
            raise JournalCut(seq=self.last_seq(), known=seq)
        if seq and found[0][-1] != seal:
            raise JournalReplaced(seq=seq)

    def work(self) -> str:
        """What the data folder is for, from the first event on that decides it: `REAL` or `DEMO`; "" before."""
        return next(self._decisions(), "")

    def holds(self, work: str) -> bool:
        """Whether anything of that kind of work is in it, however it began."""
        return work in self._decisions()

    def verify(self) -> int:
        """Follow the whole chain; the number of events. `JournalBroken` names the first event that does not hold."""
        return _follow(self._rows(0, None))[0]

    def _proven(self, db: sqlite3.Connection) -> Head:
        """The head, once the chain and the head written last hold; within a transaction."""
        signature, head = _signature(self.path), _tail(db)
        if _proofs.get(self.path) != (signature, head):
            _follow(db.execute(f"{_EVENTS} ORDER BY seq"))
        seq, seal = self._last_head() or (0, _START)
        if seq > head[0]:
            raise JournalCut(seq=head[0], known=seq)
        if seq and db.execute("SELECT hash FROM events WHERE seq = ?", (seq,)).fetchone()[0] != seal:
            raise JournalReplaced(seq=seq)
        if not head[0]:
            self._must_not_be_missed()
        _proofs[self.path] = (signature, head)
        return head

    def _must_not_be_missed(self) -> None:
        """A journal without events, or none at all, is right only in a data folder that has received nothing."""
        last = self._last_head()
        if last is None and self._has_archive():
            raise JournalLost(path=self.path)
        if last and last[0]:
            raise JournalCut(seq=0, known=last[0])

    def _has_archive(self) -> bool:
        """Whether bytes were received into the data folder: they lie under the first two digits of their hash."""
        return any(self.path.with_name("submissions").glob("??/*"))

    def _last_head(self) -> Head | None:
        """The head written last; None where there is none, or none that can be read: then the chain alone must hold."""
        try:
            seq, seal = json.loads(self.head_path.read_text(encoding="utf-8"))
            return int(seq), str(seal)
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def _write_head(self, head: Head, durable: bool = False) -> None:
        """By whoever wrote the event last; the one that is behind in time may also be behind in number, which is no
        fault.

        Nor is one that a power cut took: the next `prove` writes it again.
        """
        write_whole(self.head_path, json.dumps(head).encode(), durable=durable)

    def _decisions(self) -> Iterator[str]:
        if self.path.exists():
            with self._open() as db:
                rows = db.execute(f"{_EVENTS} WHERE kind IN (?, ?) ORDER BY seq", (Beginning.kind, ReceiptBody.kind))
                yield from filter(None, (decides(_event(row).body) for row in rows))

    def _rows(self, after: int, until: int | None) -> list[tuple[int, str, str, str, str]]:
        if not self.path.exists():
            return []
        with self._open() as db:
            question = f"{_EVENTS} WHERE seq > ? AND seq <= ? ORDER BY seq"
            return db.execute(question, (after, 2**62 if until is None else until)).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self.path.exists():
                self.path.touch(OWNER)  # SQLite gives what it lays beside it the same rights
            with closing(sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)) as db:
                # EXTRA = FULL, and the folder is synced too: an event that was answered for survives a power cut
                db.execute("PRAGMA synchronous = EXTRA")
                if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'events_last'").fetchone():
                    db.executescript("BEGIN IMMEDIATE;" + _SCHEMA + "COMMIT;")
                yield db
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Busy(seconds=int(_WAIT), pid="?") from error
            raise OSError(
                f"{self.path}: {error}"
            ) from error  # disk full, no right to write: `of_machine` knows the words
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            raise JournalBroken(seq="?") from error


def _event(row: tuple[int, str, str, str, str]) -> Event:
    """`JournalFromLater`: an event of a kind, or with fields, that this version of the program does not know."""
    seq, at, kind, text, seal = row
    facts = json.loads(text)
    try:
        actor = Actor(**facts.pop(_ACTOR)) if _ACTOR in facts else None
        return Event(seq, datetime.fromisoformat(at), from_json(kind, facts), seal, actor)
    except (KeyError, TypeError, ValueError) as unknown:
        raise JournalFromLater(seq=seq, kind=kind) from unknown


def _tail(db: sqlite3.Connection) -> Head:
    row = db.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, _START)


def _follow(rows: Iterable[tuple[int, str, str, str, str]]) -> Head:
    """Number and hash of the last of some events from the first on.

    `JournalBroken` names the first that does not hold.
    """
    before, count = _START, 0
    for count, (seq, at, kind, body, seal) in enumerate(rows, start=1):
        if seq != count or seal != _seal(before, seq, at, kind, body):
            raise JournalBroken(seq=count)
        before = seal
    return count, before


def _signature(path: Path) -> tuple[int, int, int]:
    """What the system says of a file: it differs once anybody has written to it."""
    told = path.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns


def _canonical(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _seal(before: str, seq: int, at: str, kind: str, body: str) -> str:
    """SHA-256 of the previous hash and the canonical JSON of the event; `body` is canonical already."""
    head = _canonical({"seq": seq, "at": at, "kind": kind})
    return hashlib.sha256(f'{before}{head[:-1]},"body":{body}}}'.encode()).hexdigest()
