"""A disk that fills up at any place something is written: told in a sentence, nothing half done, and a second run
completes it.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import platform
from pipelines.desk.doctor import examine
from pipelines.records.journal import Journal
from pipelines.records.ledger import bears
from pipelines.settings import Home
from pipelines.submissions.workers.worker import Readers
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.building.verify import made_from
from pipelines.warehouse.connection import current
from tests.conftest import Typed
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.workbooks.filled_books import book

pytestmark = pytest.mark.slow
Run = Callable[..., tuple[int, str]]
Full = Callable[[pytest.MonkeyPatch], None]
FULL, STANDS = "Ổ đĩa đã đầy", "Quyết định"


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _files(module: str, *ends: str) -> Full:
    """Whatever a module of ours writes whole, where its name ends so."""

    def full(patch: pytest.MonkeyPatch) -> None:
        def write(path: Path, data: bytes, **more: Any) -> None:
            if str(path).endswith(ends):
                no_space()
            platform.write_whole(path, data, **more)

        patch.setattr(f"pipelines.{module}.write_whole", write)

    return full


def _journal(statement: str) -> Full:
    """What SQLite says at a statement."""

    class Filled(sqlite3.Connection):
        def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
            if sql.startswith(statement):
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *more)

    connect = sqlite3.connect
    return lambda patch: patch.setattr("sqlite3.connect", lambda *a, **k: connect(*a, **k, factory=Filled))


def _duckdb(said: str) -> Full:
    def fails(*_: object, **__: object) -> None:
        raise duckdb.IOException(said)

    return lambda patch: patch.setattr("pipelines.warehouse.building.build.insert", fails)


def _call(name: str) -> Full:
    return lambda patch: patch.setattr(name, no_space)


BUILDING: dict[str, Full] = {
    "rows": _duckdb('IO Error: Could not write file "facts.duckdb": No space left on device'),
    "spilling": _duckdb("Out of Memory Error: failed to offload data block (max_temp_directory_size)"),
    "copy of the version before": _call("pipelines.warehouse.building.increment.shutil.copyfile"),
    "files of the version": _call("pipelines.warehouse.building.seal.sync_file"),
    "seal": _files("warehouse.building.seal", "SHA256SUMS"),
    "pointer": _files("warehouse.connection", "CURRENT"),
}
DECIDING: dict[str, Full] = {
    "event": _journal("INSERT"),
    "end of the event": _journal("COMMIT"),
    "note of who holds the lock": _call("pathlib.Path.write_text"),
}
RECEIVING: dict[str, Full] = DECIDING | {
    "archive": _files("records.archive", ".xlsx"),
    "what was read": _files("records.archive", ".parquet"),
}
HEAD = _files("records.journal", ".head")
COPY = _files("desk.desk", ".xlsx")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = HandedIn(tmp_path_factory.mktemp("full") / "built")
    desk.unit("V01", "2025", {"staff": [person("A"), person("B", "LD_VU")], "awards": [award("1", "A")]})
    desk.unit("V02", "2025", {"staff": [person("C")], "awards": []})
    build(desk.home)
    return desk.home.root


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(built, tmp_path / "home"))


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1) as some:
        yield some


@pytest.fixture
def run(home: Home, readers: Readers, monkeypatch: pytest.MonkeyPatch, typed: Typed) -> Run:
    """One verb on the data folder, the disk full at one place or not: exit code and all that is said, never a trace of
    the program.
    """
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    monkeypatch.setattr("pipelines.desk.desk.Readers", lambda: readers)
    monkeypatch.setattr(readers, "close", lambda: None)
    monkeypatch.setattr("pipelines.cli.versions.publish", partial(publish, interval=0))

    def call(*arguments: object, full: Full | None = None) -> tuple[int, str]:
        with monkeypatch.context() as patch:
            if full:
                full(patch)
            code, *told = typed(*arguments)
        said = "\n".join(told)
        assert "Traceback" not in said, said
        return code, said

    return call


def _is_whole(home: Home) -> bool:
    """Everything is proven, in the figures, and nothing half made lies about."""
    report = examine(home, ())
    assert report.faults == (), report.faults
    journal = Journal(home.journal)
    last = max(event.seq for event in journal.events() if bears(event))
    assert made_from(current(home)).seq >= last
    assert list(home.root.rglob("*.part")) == []
    return True


def _receipts(home: Home) -> list[str]:
    return [event.body.status for event in Journal(home.journal).events() if event.kind == "receipt"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workbook without a fault."""
    path = tmp_path / "V03.xlsx"
    path.write_bytes(book(info={"unit_code": "V03", "unit_name": None}))
    return path


@pytest.mark.parametrize("place", RECEIVING)
def test_receive_enters_nothing_when_there_is_no_room_before_the_journal(
    home: Home, run: Run, file: Path, place: str
) -> None:
    code, said = run("receive", file, full=RECEIVING[place])
    assert (code, FULL in said, len(_receipts(home))) == (2, True, 2), said
    assert run("receive", file)[0] == 0
    assert _receipts(home)[2:] == ["accepted"] and _is_whole(home)


@pytest.mark.parametrize("place", ["rows", "pointer"])
def test_receive_whose_build_finds_no_room_has_told_the_receipt_and_is_completed_by_another_build(
    home: Home, run: Run, file: Path, place: str
) -> None:
    before = current(home)
    code, said = run("receive", file, full=BUILDING[place])
    assert (code, FULL in said, "Biên nhận" in said or "BIÊN NHẬN" in said) == (2, True, True), said
    assert (current(home), len(_receipts(home))) == (before, 3)
    assert run("build")[0] == 0
    assert len(_receipts(home)) == 3 and _is_whole(home)


@pytest.mark.parametrize("place", BUILDING)
def test_build_leaves_the_old_version_current(home: Home, run: Run, place: str) -> None:
    before = current(home)
    code, said = run("build", full=BUILDING[place])
    assert (code, FULL in said, current(home)) == (2, True, before), said
    assert run("build")[0] == 0 and current(home) != before and _is_whole(home)


def test_a_copy_there_is_no_room_for_is_owed_and_comes_by_itself(home: Home, run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "V03.xlsx"
    wrong.write_bytes(book(info={"unit_code": "V03", "unit_name": None}, cells={("Cán bộ", "C4"): "Tốt hết"}))
    code, said = run("receive", wrong, full=COPY)
    assert (code, "Biên nhận đã ghi, không gửi lại" in said, _receipts(home)[2:]) == (1, True, ["returned"]), said
    [note] = (home.root / "owed").iterdir()
    note.rename(note.with_name("000003.999999999-abcdef12.part"))  # of a process that has ended
    assert run("build")[0] == 0
    assert [path.name[:6] for path in home.returned.iterdir()] == ["000003"] and _is_whole(home)


@pytest.mark.parametrize("verb", [("withdraw", 1, "--reason", "nhầm"), ("close", "2025")], ids=lambda verb: verb[0])
@pytest.mark.parametrize("place", DECIDING)
def test_a_decision_there_is_no_room_for_is_not_made_and_can_be_made_again(
    home: Home, run: Run, verb: tuple[object, ...], place: str
) -> None:
    events = len(Journal(home.journal).events())
    code, said = run(*verb, full=DECIDING[place])
    assert (code, FULL in said, len(Journal(home.journal).events())) == (2, True, events), said
    assert run(*verb)[0] == 0
    assert len(Journal(home.journal).events()) == events + 1 and _is_whole(home)


@pytest.mark.parametrize("verb", [("withdraw", 1, "--reason", "nhầm"), ("close", "2025")], ids=lambda verb: verb[0])
@pytest.mark.parametrize("place", ["spilling", "pointer"])
def test_a_decision_whose_figures_find_no_room_stands_and_the_same_again_builds_them(
    home: Home, run: Run, verb: tuple[object, ...], place: str
) -> None:
    events = len(Journal(home.journal).events())
    code, said = run(*verb, full=BUILDING[place])
    assert (code, FULL in said, STANDS in said) == (2, True, True), said
    code, said = run(*verb)
    assert code == 2 and FULL not in said, "it was made before"
    assert len(Journal(home.journal).events()) == events + 1 and _is_whole(home)


@pytest.mark.parametrize("verb", ["receive", "withdraw", "close"])
def test_an_event_that_is_written_counts_though_its_head_beside_it_is_not(
    home: Home, run: Run, file: Path, verb: str
) -> None:
    """The head is proven and written again with the next event; told as a failure, the same would be entered twice."""
    words = {"receive": (file,), "withdraw": (1, "--reason", "nhầm"), "close": ("2025",)}[verb]
    events = len(Journal(home.journal).events())
    code, said = run(verb, *words, full=HEAD)
    told = "BIÊN NHẬN" if verb == "receive" else STANDS.upper()
    assert (code, told in said.upper(), FULL in said) == (2, True, True), said
    assert len(Journal(home.journal).events()) == events + 1
    assert run("build")[0] == 0 and _is_whole(home)
