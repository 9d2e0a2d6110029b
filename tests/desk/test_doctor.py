"""The doctor: a data folder in order has no fault, and each fault that is really there is found and named."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines import confirmations, packages, places
from pipelines.desk.doctor import Told, examine
from pipelines.packages import LIST
from pipelines.platform import temporary
from pipelines.problems import OriginalDamaged
from pipelines.records.archive import Archive
from pipelines.records.bodies import from_json
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.submissions import reader
from pipelines.submissions.rows import parsed_of
from pipelines.texts import say
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import POINTER, current
from tests.support import TESTER
from tests.support.counted.every_row import Digests, row_digests
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person
from tests.support.workbooks.filled_books import REFERENCE, book


def _hand_in(root: Path) -> HandedIn:
    desk = HandedIn(root)
    desk.unit("V01", "2025", {"staff": [person("A"), person("B", "LD_VU")], "awards": [award("1", "A")]})
    desk.unit("V02", "2025", {"staff": [person("C")], "awards": []})
    desk.unit("V02", "2025", {"staff": [person("C"), person(None)], "awards": [award("1", "C")]})
    desk.cluster("C01", "2025", {"cluster_members": [member("T01", 20, 3)], "cluster_awards": [member_award("T01", 3)]})
    return desk


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = _hand_in(tmp_path_factory.mktemp("doctor") / "built")
    build(desk.home)
    return desk.home.root


@pytest.fixture(scope="module")
def rows(built: Path) -> Digests:
    """Those of the version in use."""
    return row_digests(current(Home(built)))


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(built, tmp_path / "home"))


def _faults(home: Home) -> list[Told]:
    report = examine(home)
    for one in (*report.faults, *report.notes):
        for lang in ("vi", "en"):
            assert say(f"doctor.{one.code}", lang, **one.facts)
    for one in report.faults:
        for lang in ("vi", "en"):
            assert say(f"doctor.{one.fix}", lang, **one.facts)
    return list(report.faults)


def _codes(home: Home) -> list[str]:
    return [one.code for one in _faults(home)]


def _notes(home: Home) -> dict[str, dict[str, object]]:
    return {one.code: one.facts for one in examine(home).notes}


def test_a_folder_in_order_has_neither_faults_nor_notes(home: Home) -> None:
    report = examine(home)
    assert (report.faults, report.notes) == ((), ())
    assert (report.receipts, report.events) == (4, 6)  # four receipts, the lists, the key


def test_an_empty_folder_is_in_order(tmp_path: Path) -> None:
    report = examine(Home(tmp_path / "home").ready())
    assert (report.faults, report.notes, report.events) == ((), (), 0)


def test_a_package_that_is_missing_or_another_is_named(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / "requirements.txt"
    wanted.write_text(
        LIST.read_text(encoding="utf-8")
        + 'no-such-package==1.0\nduckdb==0.1\nof-no-machine==1.0; sys_platform == "none"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(packages, "LIST", wanted)
    told = [(one.code, one.facts["package"]) for one in examine(home).faults]
    assert told == [("package_missing", "no-such-package"), ("package_differs", "duckdb")]


def test_an_installed_program_asks_for_what_it_says_of_itself(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "IS_INSTALLED", True)
    said = ["duckdb>=1.0", "pandas>=99", "no-such-package>=1", 'of-no-machine; sys_platform == "none"']
    monkeypatch.setattr(packages, "requires", lambda name: said if name == "thidua" else [])
    told = [(one.code, one.facts["wanted"]) for one in examine(home).faults]
    assert told == [("package_differs", ">=99"), ("package_missing", ">=1")]


def _flip(path: Path, place: int = -3) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [_flip, Path.unlink])
def test_archived_bytes_that_were_changed_or_lost_are_named_by_receipt(
    home: Home, harm: Callable[[Path], None]
) -> None:
    body = Journal(home.journal).events()[1].body
    harm(Archive(home).path_of(body.sha256))
    (fault,) = _faults(home)
    assert (fault.code, fault.facts) == ("bytes", {"receipt_no": 1, "file": "V01_2025.xlsx"})


def test_a_cache_lost_with_its_bytes_cannot_be_made_again(home: Home) -> None:
    body = Journal(home.journal).events()[1].body
    archive = Archive(home)
    archive.path_of(body.sha256).unlink()
    archive.parquet_of(body.sha256, body.reference_digest).unlink()
    assert _codes(home) == ["bytes", "parsed"]


@pytest.mark.parametrize("harm", [lambda path: _flip(path, 600), Path.unlink])
def test_a_damaged_or_lost_cache_is_made_again_and_only_noted(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    desk = HandedIn(tmp_path / "home")
    home, archive = desk.home, desk.archive
    number = desk.unit("V01", "2025", {})
    body = Journal(home.journal).events()[number].body
    data = book()
    sha, parsed = archive.put(data, "a.xlsx"), reader.parse(data, "a.xlsx", REFERENCE)
    archive.put_parsed(sha, parsed)
    desk.journal.append(replace(body, receipt_no=2, version=2, sha256=sha), TESTER)
    build(home)
    harm(archive.parquet_of(sha, desk.digest))
    assert _notes(home) == {"note.remade": {"count": 1}}
    assert parsed_of(archive, sha, desk.digest).cells.equals(parsed.cells)
    assert (_notes(home), _codes(home)) == ({}, [])


def test_a_reference_set_that_was_changed_in_the_archive_is_named(home: Home) -> None:
    digest = Journal(home.journal).events()[0].body.digest
    _flip(Archive(home).reference_folder(digest) / "units.csv")
    assert _codes(home) == ["reference"]


def test_a_list_nobody_can_read_is_named_with_its_line(home: Home) -> None:
    lists = home.reference / "calendar.csv"
    lists.write_text(lists.read_text(encoding="utf-8").replace("2014-", "x-", 1), encoding="utf-8")
    (fault,) = _faults(home)
    assert (fault.code, fault.facts["file"]) == ("lists", "calendar.csv")


def _edit(home: Home, change: str) -> None:
    with sqlite3.connect(home.journal) as db:
        for trigger in ("events_stay", "events_last"):
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute(change)
    db.close()


def test_a_changed_event_breaks_the_journal_at_its_number(home: Home) -> None:
    _edit(home, "UPDATE events SET body = replace(body, 'V02', 'V03') WHERE seq = 3")
    (fault,) = _faults(home)
    assert (fault.code, fault.facts) == ("journal_broken", {"seq": "3"})


def test_a_journal_that_was_cut_off_is_seen_by_the_figures_that_know_more(home: Home) -> None:
    _edit(home, "DELETE FROM events WHERE seq > 3")
    (fault,) = _faults(home)
    assert (fault.code, fault.facts) == ("journal_cut", {"seq": "3", "known": "6"})


def test_a_journal_cut_off_and_continued_is_not_the_journal_the_figures_know(home: Home) -> None:
    _edit(home, "DELETE FROM events WHERE seq > 3")
    Journal(home.journal).head_path.unlink()
    for reason in ("Nhầm", "Vẫn nhầm", "Nhầm lần nữa"):
        Journal(home.journal).append(from_json("withdrawal", {"receipt_no": 2, "reason": reason}), TESTER)
    (fault,) = _faults(home)
    assert (fault.code, fault.facts) == ("journal_replaced", {"seq": "6"})


def _unopenable(folder: Path) -> None:
    (folder / "facts.duckdb").write_bytes(b"no database " * 1000)


@pytest.mark.parametrize("harm", [shutil.rmtree, _unopenable, lambda folder: (folder / "people.duckdb").unlink()])
def test_a_version_in_use_that_cannot_be_opened_is_named(home: Home, harm: Callable[[Path], None]) -> None:
    version = current(home)
    harm(version.folder)
    (fault,) = _faults(home)
    assert (fault.code, fault.facts) == ("pointer", {"version": version.name})
    build(home)
    assert _codes(home) == []


_CHANGES = {
    "facts": [
        ("DELETE FROM staff WHERE submission_id = 3 AND excel_row = 6", ("staff", 3, 1, 2, 1)),
        ("UPDATE staff SET rating = 'HTXSNV' WHERE submission_id = 1", ("staff", 1, 2, 2, 2)),
        ("INSERT INTO awards SELECT * FROM awards WHERE submission_id = 3", ("awards", 3, 2, 1, 1)),
        ("UPDATE cells SET raw = 'CSTDTQ' WHERE raw = 'CSTDCS' AND submission_id = 1", ("cells", 1, 18, 18, 1)),
        ("UPDATE cluster_members SET staff_count = 21", ("cluster_members", 4, 1, 1, 1)),
        ("UPDATE submissions SET is_current = true WHERE receipt_no = 2", ("submissions", 2, 1, 1, 1)),
    ],
    "people": [
        ("UPDATE staff SET full_name = 'Ai', person_code = '' WHERE submission_id = 3", ("people.staff", 3, 2, 2, 2)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("file", _CHANGES)
def test_rows_that_are_not_the_archives_are_named_by_table_and_receipt(home: Home, file: str) -> None:
    with _edited(current(home).folder / f"{file}.duckdb") as db:
        for change, _ in _CHANGES[file]:
            db.execute(change)
    changed, *faults = _faults(home)
    assert (changed.code, changed.facts["files"]) == ("changed", f"{file}.duckdb")
    assert {fault.code for fault in faults} == {"rows"}
    told = [tuple(one.facts[name] for name in ("table", "receipt_no", "found", "wanted", "wrong")) for one in faults]
    assert sorted(told) == sorted(found for _, found in _CHANGES[file])


@contextmanager
def _edited(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A published file opened for writing by somebody who gave himself the right."""
    path.chmod(0o644)
    with duckdb.connect(str(path)) as db:
        yield db


def _edit_value(home: Home) -> None:
    with _edited(current(home).facts) as db:
        db.execute("UPDATE metric_values SET value = 0.99, numerator = 99 WHERE unit_code = 'V01'")


def _edit_name(home: Home) -> None:
    with _edited(current(home).people) as db:
        db.execute("UPDATE people SET full_name = 'Ai'")


def _edit_build(home: Home) -> None:
    with _edited(current(home).facts) as db:
        db.execute("UPDATE builds SET metric_hash = 'another', synthetic = NOT synthetic")


def _older_people(home: Home) -> None:
    older, newer = current(home), build(home)
    newer.people.chmod(0o644)
    shutil.copyfile(older.people, newer.people)


def _sums_lost(home: Home) -> None:
    (current(home).folder / "SHA256SUMS").unlink()


def _one_letter(home: Home) -> None:
    current(home).facts.chmod(0o644)
    _flip(current(home).facts, current(home).facts.stat().st_size // 2)


def _withdraw_two(home: Home) -> None:
    for number in (3, 1):
        Journal(home.journal).append(from_json("withdrawal", {"receipt_no": number, "reason": "nhầm"}), TESTER)


@pytest.fixture(scope="module")
def rows_without_two(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Digests:
    """Built from nothing after two withdrawals."""
    home = Home(shutil.copytree(built, tmp_path_factory.mktemp("doctor") / "without two"))
    _withdraw_two(home)
    return row_digests(build(home, full=True))


@pytest.mark.parametrize("harm", [_edit_value, _edit_name, _edit_build, _older_people, _sums_lost])
def test_a_published_file_that_was_changed_is_named_and_the_next_build_takes_nothing_from_it(
    home: Home, rows: Digests, rows_without_two: Digests, harm: Callable[[Home], None]
) -> None:
    harm(home)
    assert _codes(home) == ["changed"]
    _withdraw_two(home)
    healed = build(home)
    assert _codes(home) == []
    assert row_digests(healed) == rows_without_two != rows


@pytest.mark.parametrize("harm", [_edit_value, _one_letter, _sums_lost])
def test_publishing_heals_a_changed_version_though_nothing_waits(
    home: Home, rows: Digests, harm: Callable[[Home], None]
) -> None:
    damaged = current(home)
    harm(home)
    healed = publish(home, interval=0)
    assert healed != damaged and row_digests(healed) == rows and _codes(home) == []


def _newer_by_older(home: Home) -> None:
    """Every file of the version in use replaced by that of the one before."""
    older, newer = current(home), build(home)
    shutil.rmtree(newer.folder)
    shutil.copytree(older.folder, newer.folder)


def test_a_version_swapped_with_an_older_one_is_named_and_healed(home: Home) -> None:
    _newer_by_older(home)
    assert _codes(home) == ["pointer"]
    build(home)
    assert _codes(home) == []


def test_a_pinned_version_that_was_changed_is_named_and_proves_nothing_against_a_build(home: Home) -> None:
    pinned = current(home)
    Journal(home.journal).append(from_json("period_closed", {"period": "2025", "version": pinned.name}), TESTER)
    with _edited(pinned.facts) as db:
        db.execute("UPDATE staff SET rating = 'KHTNV'")
    build(home, full=True)
    (fault,) = _faults(home)
    assert (fault.code, fault.facts) == ("pinned_changed", {"version": pinned.name, "files": "facts.duckdb"})


def test_published_files_are_read_only(home: Home) -> None:
    assert [path.stat().st_mode & 0o222 for path in current(home).folder.iterdir()] == [0, 0, 0]


def test_a_cache_that_was_edited_is_made_again_not_built_from(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    data = book()
    sha, parsed = desk.archive.put(data, "a.xlsx"), reader.parse(data, "a.xlsx", REFERENCE)
    desk.archive.put_parsed(sha, parsed)
    number = desk.unit("V01", "2025", {})
    body = desk.journal.events()[number].body
    desk.journal.append(replace(body, receipt_no=2, version=2, sha256=sha), TESTER)
    before = row_digests(build(desk.home))
    cache = desk.archive.parquet_of(sha, desk.digest)
    cells = pq.read_table(cache, memory_map=False)
    raw = pa.array(
        [None if one is None else "9" for one in cells["value"].to_pylist()], cells.schema.field("value").type
    )
    pq.write_table(cells.set_column(cells.schema.get_field_index("value"), "value", raw), cache)
    assert row_digests(build(desk.home, full=True)) == before
    assert _notes(desk.home) == {}


def test_damaged_originals_are_said_by_a_build_that_goes_on_with_what_was_read(
    home: Home, rows: Digests, caplog: pytest.LogCaptureFixture
) -> None:
    body = Journal(home.journal).events()[1].body
    _flip(Archive(home).path_of(body.sha256))
    assert row_digests(publish(home, fresh=True, interval=0)) == rows
    (told,) = [record.msg for record in caplog.records]
    assert isinstance(told, OriginalDamaged) and told.facts == {"receipt_no": "1", "file": "V01_2025.xlsx"}
    assert say("problem.original_damaged", "vi", **told.facts)


def test_a_pinned_version_that_is_gone_is_named(home: Home) -> None:
    first = current(home)
    Journal(home.journal).append(from_json("pin", {"name": "Hội đồng 2025", "version": first.name}), TESTER)
    build(home)
    assert _codes(home) == []
    shutil.rmtree(first.folder)
    (fault,) = _faults(home)
    assert (fault.code, fault.facts) == ("pinned", {"version": first.name})


def test_events_that_wait_for_a_build_are_noted(tmp_path: Path) -> None:
    desk = _hand_in(tmp_path / "home")
    assert _notes(desk.home) == {"note.not_built": {}}
    version = build(desk.home)
    desk.journal.append(from_json("pin", {"name": "Hội đồng 2025", "version": version.name}), TESTER)
    assert _notes(desk.home) == {}
    desk.unit("V03", "2025", {})
    assert _notes(desk.home) == {"note.not_built": {}}


def _ended() -> int:
    """Number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_crash_left_is_cleaned_and_nothing_else(home: Home) -> None:
    before = current(home)
    kept = build(home)
    (before.folder / ".DS_Store").touch()  # others leave things too
    shutil.copytree(before.folder, home.warehouse / "20260101T000000Z-000001")
    (home.warehouse / "20260101T000000Z-000001" / "facts.duckdb.wal").touch()
    (home.warehouse / "20260101T000000Z-000002" / "spill").mkdir(parents=True)
    for folder in (home.root, home.warehouse, home.submissions / "ab", home.returned, home.inbox):
        folder.mkdir(exist_ok=True)
        (folder / f"a.xlsx.{_ended()}-0123abcd.part").touch()
    being_written = temporary(home.submissions / "ab" / "b.xlsx")
    being_written.touch()
    assert _notes(home) == {"note.cleaned": {"count": 6}}
    assert {path.name for path in home.warehouse.iterdir()} == {before.name, kept.name, "CURRENT"}
    being_written.unlink()
    assert [path.parent for path in home.root.rglob("*.part")] == [home.inbox]
    assert (_notes(home), _codes(home)) == ({}, [])


def test_figures_of_a_moment_long_past_are_not_the_ones_in_use_and_are_named_where_they_are(home: Home) -> None:
    first = Journal(home.journal).events()[1]
    before = current(home)
    then = build(home, as_of=first.at)
    assert (current(home), _codes(home)) == (before, [])
    (home.warehouse / POINTER).write_text(then.name, encoding="utf-8")  # as it was done before
    assert _codes(home) == ["as_of"]
    build(home)
    assert _codes(home) == []


def test_invented_reports_among_real_ones_are_told_and_what_a_demo_confirmed_does_not_count(home: Home) -> None:
    confirmations.confirm(home.reference)
    digest = Archive(home).put_reference(home.reference)
    journal = Journal(home.journal)
    journal.append(from_json("reference", {"digest": digest}), TESTER)
    (fault,) = _faults(home)
    assert fault.code == "confirmed_by_demo" and int(str(fault.facts["count"])) > 30
    with duckdb.connect(str(build(home).facts), read_only=True) as db:
        assert db.execute("SELECT count(*) FILTER (confirmed_on IS NOT NULL), count(*) > 30 FROM rules").fetchall() == [
            (0, True)
        ]
    body = journal.events()[1].body
    journal.append(replace(body, receipt_no=9, version=2, synthetic=True), TESTER)
    assert _codes(home) == ["confirmed_by_demo", "mixed"]
