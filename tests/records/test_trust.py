"""The journal that is written to and built from is the whole one: lost, emptied, cut, altered or exchanged, it is
noticed first.
"""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.desk import Desk, decisions, retention, reviews
from pipelines.desk.doctor import examine
from pipelines.desk.keys import rekey
from pipelines.problems import (
    JournalBroken,
    JournalCut,
    JournalLost,
    JournalReplaced,
    NoCurrentBuild,
    PersonKeyMissing,
    PersonKeyWrong,
)
from pipelines.records.bodies import ReceiptBody, from_json
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.submissions.rows import parsed_of
from pipelines.submissions.workers.worker import Readers
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.verify import made_from
from pipelines.warehouse.connection import POINTER, current
from tests.support import TESTER
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.workbooks.filled_books import book

TRIGGERS = ("events_stay", "events_last", "events_follow")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = HandedIn(tmp_path_factory.mktemp("trust") / "built")
    desk.unit("V01", "2024", {"staff": [person("A"), person("B")], "awards": [award("1", "A")]})
    desk.unit("V02", "2024", {"staff": [person("C")], "awards": []})
    build(desk.home)
    desk.unit("V02", "2024", {"staff": [person("C")], "awards": [award("1", "C")]})
    build(desk.home)
    return desk.home.root


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(built, tmp_path / "home")))


def _edit(home: Home, change: str) -> None:
    """What somebody with a SQLite tool can do."""
    with sqlite3.connect(home.journal) as db:
        for trigger in TRIGGERS:
            db.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        db.execute(change)
    db.close()


def _gone(home: Home) -> None:
    home.journal.unlink()


def _gone_with_its_head(home: Home) -> None:
    home.journal.unlink()
    Journal(home.journal).head_path.unlink()


def _without_figures(home: Home) -> None:
    _gone_with_its_head(home)
    shutil.rmtree(home.warehouse)
    home.warehouse.mkdir()


def _zero_bytes(home: Home) -> None:
    home.journal.write_bytes(b"")


def _emptied(home: Home) -> None:
    _edit(home, "DELETE FROM events")


def _half_the_file(home: Home) -> None:
    data = home.journal.read_bytes()
    home.journal.write_bytes(data[: len(data) // 2])


def _cut(home: Home) -> None:
    _edit(home, "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)")


def _cut_with_its_head(home: Home) -> None:
    """As an older copy of journal and head would be: only the figures know more."""
    _cut(home)
    journal = Journal(home.journal)
    journal.head_path.unlink()


def _altered(home: Home) -> None:
    _edit(home, "UPDATE events SET body = replace(body, 'V02', 'V03') WHERE seq = 3")


def _sealed_anew(home: Home) -> None:
    """Another journal of the same length whose own chain holds."""
    events = Journal(home.journal).events()
    home.journal.unlink()
    Journal(home.journal).head_path.unlink()
    (away := home.submissions.with_name("away")).mkdir()
    home.submissions.rename(away / "submissions")
    for event in events:
        Journal(home.journal).append(event.body, TESTER, event.at + timedelta(seconds=1))
    (away / "submissions").rename(home.submissions)


def _count(home: Home) -> int:
    """Events there are; -1 where the file cannot be opened."""
    try:
        return len(Journal(home.journal).events())
    except JournalBroken:
        return -1


DAMAGES: dict[Callable[[Home], None], type[JournalBroken]] = {
    _gone: JournalCut,
    _gone_with_its_head: JournalLost,
    _without_figures: JournalLost,
    _zero_bytes: JournalCut,
    _emptied: JournalCut,
    _half_the_file: JournalBroken,
    _cut: JournalCut,
    _cut_with_its_head: JournalCut,
    _altered: JournalBroken,
    _sealed_anew: JournalReplaced,
}


WRITES: dict[str, Callable[[Home], object]] = {
    "withdraw": lambda home: decisions.withdraw(home, TESTER, 1, "Nhầm"),
    "close": lambda home: decisions.close(home, TESTER, "2024"),
    "pin": lambda home: decisions.pin(home, TESTER, "Họp"),
    "review": lambda home: reviews.explain(home, TESTER, "V01", "2024", "Đã rõ", date(2025, 1, 5)),
    "rekey": lambda home: rekey(home, TESTER, "Mất khóa"),
    "sweep": lambda home: retention.sweep(home, TESTER),
    "build": build,
    "build from nothing": lambda home: build(home, full=True),
    "build as of": lambda home: build(home, as_of=datetime(2024, 12, 31, tzinfo=UTC)),
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("write", WRITES)
def test_nothing_is_written_or_built_upon_a_journal_that_is_not_whole(
    home: Home, damage: Callable[[Home], None], write: str
) -> None:
    damage(home)
    before = (home.warehouse / POINTER).exists() and current(home), _count(home)
    refusal: tuple[type[Exception], ...] = (DAMAGES[damage],)
    if damage is _without_figures:
        refusal += (NoCurrentBuild,)  # what is to be pinned is looked for first
    with pytest.raises(refusal):
        WRITES[write](home)
    assert ((home.warehouse / POINTER).exists() and current(home), _count(home)) == before


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
def test_no_receipt_is_entered_into_a_journal_that_is_not_whole(
    home: Home, one_reader: Readers, damage: Callable[[Home], None]
) -> None:
    desk = Desk(home, one_reader)
    checked = desk.check(book(), "V01_2025.xlsx", sees_all())
    damage(home)
    with pytest.raises(DAMAGES[damage]):
        desk.accept(checked, TESTER)
    with pytest.raises(DAMAGES[damage]):
        Desk(home, one_reader).accept(checked, TESTER)  # also by a process that has just begun
    (fault,) = (one for one in examine(home).faults if not one.code.startswith("package"))
    assert fault.code == DAMAGES[damage].code or fault.code.startswith("journal")


def test_a_journal_ahead_of_its_head_is_what_a_crash_leaves_and_goes_on(home: Home) -> None:
    journal = Journal(home.journal)
    old = journal.head_path.read_bytes()
    journal.append(from_json("pin", {"name": "a", "version": "v"}), TESTER)
    journal.head_path.write_bytes(old)
    assert journal.prove() == (journal.last_seq(), journal.events()[-1].hash)
    assert journal.head_path.read_bytes() != old


def test_a_journal_from_before_there_was_a_head_gets_one(home: Home) -> None:
    journal = Journal(home.journal)
    journal.head_path.unlink()
    build(home)
    assert journal.head_path.exists()
    _altered(home)
    journal.head_path.unlink()
    with pytest.raises(JournalBroken):
        build(home)


def test_an_alteration_while_a_process_runs_is_noticed_by_it(home: Home) -> None:
    journal = Journal(home.journal)
    journal.append(from_json("pin", {"name": "a", "version": "v"}), TESTER)
    _altered(home)
    with pytest.raises(JournalBroken):
        journal.append(from_json("pin", {"name": "b", "version": "v"}), TESTER)


def test_figures_that_cannot_be_opened_accuse_no_journal(home: Home) -> None:
    current(home).facts.chmod(0o600)
    current(home).facts.write_bytes(b"no database")
    build(home)
    assert examine(home).faults == ()


def _missing(home: Home) -> None:
    home.person_key_file.unlink()


def _empty(home: Home) -> None:
    home.person_key_file.write_bytes(b"")


def _short(home: Home) -> None:
    home.person_key_file.write_bytes(home.person_key_file.read_bytes()[:20])


def _another(home: Home) -> None:
    home.person_key_file.write_bytes(b"0" * 64)


@pytest.mark.parametrize(
    ("damage", "refusal"),
    [(_missing, PersonKeyMissing), (_empty, PersonKeyWrong), (_short, PersonKeyWrong), (_another, PersonKeyWrong)],
)
def test_another_key_is_refused_before_the_build_and_taken_when_somebody_says_so(
    home: Home, damage: Callable[[Home], None], refusal: type[Exception]
) -> None:
    before, made = current(home), made_from(current(home))
    damage(home)
    for full in (False, True):
        with pytest.raises(refusal):
            build(home, full=full)
    assert current(home) == before
    (fault,) = examine(home).faults
    assert fault.code in ("person_key_missing", "person_key_wrong")
    rekey(home, TESTER, "Ổ đĩa hỏng, không còn bản sao lưu")
    assert made_from(build(home)).seq == made.seq + 1
    assert examine(home).faults == ()


def test_a_key_from_before_its_fingerprint_was_kept_is_not_made_anew_in_silence(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2024", {"staff": [person("A")]})
    build(desk.home)
    _edit(desk.home, "DELETE FROM events WHERE kind = 'person_key'")
    Journal(desk.home.journal).head_path.unlink()
    shutil.rmtree(current(desk.home).folder)
    (old := desk.home.warehouse / "20240101T000000Z-000002").mkdir()
    (old / "facts.duckdb").touch()
    desk.home.person_key_file.unlink()
    with pytest.raises(PersonKeyMissing):
        build(desk.home)


def test_a_clock_that_was_set_back_is_told(home: Home) -> None:
    Journal(home.journal).append(
        from_json("pin", {"name": "a", "version": "v"}), TESTER, datetime.now(UTC) + timedelta(days=2)
    )
    (fault,) = (one for one in examine(home).faults if one.code == "clock")
    assert set(fault.facts) == {"now", "last"}


def test_bytes_that_were_read_but_have_no_receipt_are_told_with_where_they_lie(home: Home) -> None:
    desk = HandedIn(home.root)
    sha = next(event.body.sha256 for event in desk.journal.events() if isinstance(event.body, ReceiptBody))
    other = desk.archive.put(b"Kept and read, then the power went", "bao_cao.xlsx")
    desk.archive.put_parsed(other, parsed_of(desk.archive, sha, desk.digest))
    (fault,) = examine(home).faults
    assert (fault.code, fault.facts["path"]) == ("unreceipted", desk.archive.path_of(other))
