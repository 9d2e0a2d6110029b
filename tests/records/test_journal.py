"""The journal: only grows, keeps its order over processes, and shows any change made behind its back."""

import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipelines.problems import JournalBroken, JournalFromLater
from pipelines.records.bodies import (
    KINDS,
    REAL,
    Beginning,
    Closing,
    Deletion,
    Explanation,
    Issued,
    Opening,
    Override,
    PersonKey,
    PersonLink,
    PersonUnlink,
    Pin,
    ReferenceChange,
    Review,
    Withdrawal,
    from_json,
)
from pipelines.records.journal import Journal, _seal
from tests.support import TESTER
from tests.support.homes.receipts import receipt


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(tmp_path / "journal.sqlite")
    for number in range(1, 4):
        made.append(from_json("withdrawal", {"receipt_no": number, "reason": "Gửi nhầm đơn vị"}), TESTER)
    return made


def _unguarded(journal: Journal, change: str) -> None:
    """Change the file as somebody with a SQLite tool would: triggers dropped first."""
    with sqlite3.connect(journal.path) as db:
        for trigger in ("events_stay", "events_last", "events_follow"):
            db.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        db.execute(change)
    db.close()


def test_events_come_back_in_order_and_as_they_were_written(journal: Journal) -> None:
    hanoi = datetime(2026, 1, 5, 8, 30, tzinfo=timezone(timedelta(hours=7)))
    body = receipt(
        4, file_name="Đ.xlsx", findings=({"b": [1, None, True], "a": "Đ"},), issued=(Issued(7, "A", "Lê Ý"),)
    )
    written = journal.append(body, TESTER, at=hanoi)
    assert [event.seq for event in journal.events()] == [1, 2, 3, 4]
    assert journal.events(after=3) == [written]
    assert (written.body, written.actor) == (body, TESTER)
    assert written.at == hanoi and written.at.tzinfo == UTC
    assert [event.seq for event in journal.events(after=1, until=2)] == [2]
    assert journal.last_seq() == journal.verify() == 4


def test_a_journal_that_does_not_exist_is_empty_and_asking_does_not_make_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    assert (journal.events(), journal.last_seq(), journal.verify()) == ([], 0, 0)
    assert not journal.path.exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET kind = 'pin' WHERE seq = 2",
        "DELETE FROM events WHERE seq = 3",
        "INSERT OR REPLACE INTO events SELECT seq, at, 'pin', body, hash FROM events WHERE seq = 2",
        "INSERT INTO events VALUES (9, '2026-01-01T00:00:00+00:00', 'pin', '{}', '')",
    ],
)
def test_the_file_itself_refuses_to_forget_or_change(journal: Journal, change: str) -> None:
    with sqlite3.connect(journal.path) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(change)
    db.close()
    assert journal.verify() == 3


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET body = replace(body, 'nhầm', 'đúng') WHERE seq = 2",
        "UPDATE events SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 2",
        "UPDATE events SET hash = (SELECT hash FROM events WHERE seq = 1) WHERE seq = 2",
        "DELETE FROM events WHERE seq = 2",
    ],
)
def test_a_change_behind_its_back_is_found_at_the_event(journal: Journal, change: str) -> None:
    _unguarded(journal, change)
    with pytest.raises(JournalBroken) as found:
        journal.verify()
    assert found.value.facts["seq"] == "2"


def test_a_file_that_is_no_journal_is_a_broken_journal(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"not a database at all " * 100)
    with pytest.raises(JournalBroken):
        Journal(tmp_path / "journal.sqlite").verify()


def test_every_kind_of_event_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Also what was written before a field or the actor was added, byte for byte as it lies in old journals."""
    made, day = Journal(tmp_path / "journal.sqlite"), date(2025, 7, 1)
    bodies = [
        receipt(1, delete_after=datetime(2026, 1, 1, tzinfo=UTC)),
        *(Withdrawal(1, "nhầm"), Closing("2025", "v"), Opening("2025", "sửa"), Pin("a", "v"), ReferenceChange("r")),
        *(PersonLink("V01|A", "V02|B", day, "một người"), PersonUnlink(7, "nhầm"), Override(1, "đã xem")),
        *(Deletion("a"), Review("V01", "2025", "follow", "?", "HĐ"), Explanation("V01", "2025", "?", day)),
        *(Beginning(REAL), PersonKey("f", "")),
    ]
    assert {type(body) for body in bodies} == set(KINDS.values())
    for body in bodies:
        made.append(body, TESTER)
    assert [event.body for event in made.events()] == bodies
    older = [*bodies[0].to_json()]
    for late in ("delete_after", "issued"):
        older.remove(late)
    assert from_json("receipt", {name: bodies[0].to_json()[name] for name in older}) == receipt(1)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("remark", "{}"),  # a kind
        ("pin", '{"name": "a", "version": "v", "until": "2030"}'),  # a field
        ("withdrawal", '{"receipt_no": 1}'),  # one that is missing
        ("explanation", '{"unit_code": "V01", "period": "2025", "text": "?", "given_on": "hôm qua"}'),
    ],
)
def test_an_event_this_version_does_not_know_stops_with_its_number(journal: Journal, kind: str, body: str) -> None:
    seal = _seal(journal.events()[-1].hash, 4, "2026-01-01T00:00:00+00:00", kind, body)
    with sqlite3.connect(journal.path) as db:
        db.execute("INSERT INTO events VALUES (4, '2026-01-01T00:00:00+00:00', ?, ?, ?)", (kind, body, seal))
    db.close()
    assert journal.verify() == 4
    with pytest.raises(JournalFromLater) as stopped:
        journal.events()
    assert stopped.value.facts == {"seq": "4", "kind": kind}


def _append_many(path: Path, who: int) -> None:
    for number in range(25):
        Journal(path).append(from_json("withdrawal", {"receipt_no": number, "reason": str(who)}), TESTER)


def test_two_processes_writing_at_once_make_one_unbroken_chain(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_append_many, [path, path], [1, 2]))
    assert Journal(path).verify() == 50
    for who in ("1", "2"):
        own = [event.body.receipt_no for event in Journal(path).events() if event.body.reason == who]
        assert own == list(range(25))


def test_a_journal_the_machine_cannot_open_is_trouble_with_the_machine_and_no_damage(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="folder"):
        Journal(tmp_path / "no folder" / "journal.sqlite").append(Pin("a", "v"), TESTER)


def test_that_a_folder_is_new_is_on_the_disk_before_its_first_bytes_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes without a journal and without that word would mean a journal that was lost, and nothing more would be
    entered.
    """
    on_disk, real = set[int](), os.fsync

    def fsync(handle: int) -> None:
        on_disk.add(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    journal = Journal(tmp_path / "journal.sqlite")
    journal.begin()
    assert {journal.head_path.stat().st_ino, tmp_path.stat().st_ino} <= on_disk
