"""What was received and what people decided: an append-only journal in SQLite, each event sealed by a hash over the last.

The journal and the archived bytes are the only truth; a warehouse is made from them. Kinds of events and their bodies:
receipt (receipt_no, sha256, file_name, received_at, size, status, form, unit_code, cluster_code, period, version,
template_version, product_version, reference_digest, sender, synthetic, errors, warnings, notes, findings: those that the bytes
alone do not give, issued: staff codes given to who is listed without one, delete_after: of bytes not accepted), withdrawal (receipt_no, reason), period_closed (period, version),
period_opened (period, reason), pin (name, version), reference (digest), person_link (old, new: "code scope|staff code", from: ISO
date, reason), person_unlink (link: its number in the journal, reason), override
(receipt_no, reason: its warnings were looked at), deletion (sha256: bytes never accepted whose time was over), review (unit_code,
period, outcome, note, by: what the council found), explanation (unit_code, period, text, given_on: what the unit said),
begun (work: what the data folder was made for, `REAL` or `DEMO`).
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.problems import Busy, JournalBroken

KINDS = (
    "receipt",
    "withdrawal",
    "period_closed",
    "period_opened",
    "pin",
    "reference",
    "person_link",
    "person_unlink",
    "override",
    "deletion",
    "review",
    "explanation",
    "begun",
)
REAL, DEMO = "real", "demo"  # what a data folder is for
_WAIT = 30.0  # seconds for another process to finish its event
_START = ""  # what the first event is chained to
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


@dataclass(frozen=True)
class Event:
    """One entry. `at` is UTC; order is `seq`, never the clock."""

    seq: int
    at: datetime
    kind: str
    body: dict[str, Any]
    hash: str


def decides(kind: str, body: dict[str, Any]) -> str:
    """What an event says of its data folder: that it is for `REAL` work or a `DEMO`; "" if nothing."""
    if kind == "begun":
        return str(body["work"])
    if kind == "receipt" and body["status"].startswith("accepted"):
        return DEMO if body["synthetic"] else REAL
    return ""


class Journal:
    """The journal in one file. Every call opens and closes it, so any number of processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, kind: str, body: dict[str, Any], at: datetime | None = None) -> Event:
        """Write one event; on return it is on the disk. `Busy` when another process holds the journal too long, `OSError`."""
        if kind not in KINDS:
            raise ValueError(kind)
        moment, text = (at or datetime.now(UTC)).astimezone(UTC), _canonical(body)
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            last, before = db.execute(
                "SELECT coalesce(max(seq), 0), coalesce((SELECT hash FROM events ORDER BY seq DESC LIMIT 1), ?) FROM events",
                (_START,),
            ).fetchone()
            row = (last + 1, moment.isoformat(), kind, text)
            seal = _seal(before, *row)
            db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", (*row, seal))
            db.execute("COMMIT")
        return Event(last + 1, moment, kind, json.loads(text), seal)

    def events(self, after: int = 0, until: int | None = None) -> list[Event]:
        """The events with after < seq ≤ until, in order."""
        return [
            Event(seq, datetime.fromisoformat(at), kind, json.loads(body), seal)
            for seq, at, kind, body, seal in self._rows(after, until)
        ]

    def last_seq(self) -> int:
        """Number of the newest event; 0 when nothing has happened."""
        if not self.path.exists():
            return 0
        with self._open() as db:
            return int(db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])

    def work(self) -> str:
        """What the data folder is for, from the first event on that decides it: `REAL` or `DEMO`; "" before."""
        return next(self._decisions(), "")

    def holds(self, work: str) -> bool:
        """Whether anything of that kind of work is in it, however it began."""
        return work in self._decisions()

    def newest(self, kind: str) -> Event | None:
        """The last event of a kind, if there is one."""
        return next((event for event in reversed(self.events()) if event.kind == kind), None)

    def verify(self) -> int:
        """Follow the chain; the number of events. `JournalBroken` names the first event that does not hold."""
        before, count = _START, 0
        for count, (seq, at, kind, body, seal) in enumerate(self._rows(0, None), start=1):
            if seq != count or seal != _seal(before, seq, at, kind, body):
                raise JournalBroken(seq=count)
            before = seal
        return count

    def _decisions(self) -> Iterator[str]:
        if self.path.exists():
            with self._open() as db:
                told = db.execute("SELECT kind, body FROM events WHERE kind IN ('begun', 'receipt') ORDER BY seq")
                yield from filter(None, (decides(kind, json.loads(body)) for kind, body in told))

    def _rows(self, after: int, until: int | None) -> list[tuple[int, str, str, str, str]]:
        if not self.path.exists():
            return []
        with self._open() as db:
            question = "SELECT seq, at, kind, body, hash FROM events WHERE seq > ? AND seq <= ? ORDER BY seq"
            return db.execute(question, (after, 2**62 if until is None else until)).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
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


def _canonical(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _seal(before: str, seq: int, at: str, kind: str, body: str) -> str:
    """SHA-256 of the previous hash and the canonical JSON of the event; `body` is canonical already."""
    head = _canonical({"seq": seq, "at": at, "kind": kind})
    return hashlib.sha256(f'{before}{head[:-1]},"body":{body}}}'.encode()).hexdigest()
