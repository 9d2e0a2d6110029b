"""CURRENT and the version it names, damaged in every way: each verb heals it or says what to do, and none prints a
trace.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines.cli.entry import main
from pipelines.desk.doctor import examine
from pipelines.problems import NoCurrentBuild, VersionUnusable
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.warehouse.building import seal
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import current
from tests.conftest import Typed
from tests.support.counted.every_row import Digests, row_digests
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.workbooks.filled_books import book

pytestmark = pytest.mark.slow
Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = HandedIn(tmp_path_factory.mktemp("current") / "built")
    desk.unit("V01", "2025", {"staff": [person("A"), person("B", "LD_VU")], "awards": [award("1", "A")]})
    desk.unit("V02", "2025", {"staff": [person("C")], "awards": []})
    build(desk.home)
    return desk.home.root


@pytest.fixture(scope="module")
def rows(built: Path) -> Digests:
    """Those of the version that is damaged."""
    return row_digests(current(Home(built)))


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(built, tmp_path / "home"))


@pytest.fixture
def run(home: Home, monkeypatch: pytest.MonkeyPatch, typed: Typed) -> Run:
    """One verb on the data folder: exit code and all that is said; it must be no trace of the program."""
    monkeypatch.setenv("THIDUA_HOME", str(home.root))

    def call(*arguments: str) -> tuple[int, str]:
        code, *told = typed(*arguments)
        said = "\n".join(told)
        assert "Traceback" not in said, said
        return code, said

    return call


def _directory(pointer: Path) -> None:
    pointer.unlink()
    (pointer / "inside").mkdir(parents=True)


def _pipe(pointer: Path) -> None:
    pointer.unlink()
    os.mkfifo(pointer)


def _link_to_nothing(pointer: Path) -> None:
    pointer.unlink()
    pointer.symlink_to("nowhere")


def _no_folder(pointer: Path) -> None:
    shutil.rmtree(pointer.parent / pointer.read_text())


def _zeros(name: str) -> Callable[[Path], None]:
    def harm(pointer: Path) -> None:
        path = pointer.parent / pointer.read_text() / name
        path.chmod(0o644)
        path.write_bytes(bytes(path.stat().st_size))

    return harm


def _cut(pointer: Path) -> None:
    path = pointer.parent / pointer.read_text() / "facts.duckdb"
    path.chmod(0o644)
    os.truncate(path, path.stat().st_size // 2)


def _older_form(pointer: Path) -> None:
    path = pointer.parent / pointer.read_text() / "facts.duckdb"
    path.chmod(0o644)
    with duckdb.connect(str(path)) as db:
        db.execute("DROP TABLE submission_status; ALTER TABLE builds DROP COLUMN recipe")


HARMS: dict[str, Callable[[Path], object]] = {
    "not utf-8": lambda pointer: pointer.write_bytes(b"\xff\xfe2\x000\x00"),
    "empty": lambda pointer: pointer.write_bytes(b""),
    "zeros": lambda pointer: pointer.write_bytes(bytes(22)),
    "two lines": lambda pointer: pointer.write_text(pointer.read_text() + "\n" + pointer.read_text()),
    "outside": lambda pointer: pointer.write_text("../reference"),
    "absolute": lambda pointer: pointer.write_text("/etc"),
    "itself": lambda pointer: pointer.write_text("."),
    "too long": lambda pointer: pointer.write_text("x" * 5000),
    "another": lambda pointer: pointer.write_text("20200101T000000Z-000001"),
    "directory": _directory,
    "pipe": _pipe,
    "link": _link_to_nothing,
    "no folder": _no_folder,
    "no facts": _zeros("facts.duckdb"),
    "cut": _cut,
    "older form": _older_form,
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_what_reads_says_build_and_build_heals(
    home: Home, rows: Digests, run: Run, harm: Callable[[Path], object]
) -> None:
    harm(home.warehouse / "CURRENT")
    code, said = run("status")
    assert code == 2 and "lệnh build" in said
    code, said = run("doctor")
    assert code == 1 and "lệnh build" in said
    assert run("build")[0] == 0
    assert row_digests(current(home)) == rows and examine(home).faults == ()
    assert run("status")[0] == 0


@pytest.mark.parametrize("harm", [*HARMS.values(), _zeros("people.duckdb")], ids=[*HARMS, "no people"])
def test_publishing_heals_by_itself_whatever_waits(home: Home, rows: Digests, harm: Callable[[Path], object]) -> None:
    harm(home.warehouse / "CURRENT")
    published = publish(home, interval=0)
    assert row_digests(published) == rows and current(home) == published and not seal.changed(published)


@pytest.mark.parametrize("harm", ["not utf-8", "directory", "no facts", "cut", "no folder"])
def test_a_workbook_received_meanwhile_is_kept_and_the_figures_are_healed(
    home: Home, run: Run, tmp_path: Path, harm: str
) -> None:
    HARMS[harm](home.warehouse / "CURRENT")
    (tmp_path / "V03.xlsx").write_bytes(book(info={"unit_code": "V03", "unit_name": "Vụ 3 (mẫu)"}))
    run("receive", str(tmp_path / "V03.xlsx"))
    assert examine(home).faults == () and current(home).name.endswith(f"{Journal(home.journal).last_seq():06d}")


def test_a_name_that_an_editor_wrote_is_the_name(home: Home) -> None:
    version, pointer = current(home), home.warehouse / "CURRENT"
    for written in (b"\xef\xbb\xbf" + pointer.read_bytes() + b"\r\n", b" " + pointer.read_bytes() + b"\n"):
        pointer.write_bytes(written)
        assert current(home) == version


def test_nothing_built_yet_is_another_matter(tmp_path: Path, home: Home) -> None:
    with pytest.raises(NoCurrentBuild):
        current(Home(tmp_path / "new").ready())
    (home.warehouse / "CURRENT").write_bytes(b"")
    with pytest.raises(VersionUnusable):
        current(home)


def test_a_template_is_not_handed_out_without_what_the_last_version_would_have_filled_in(
    home: Home, run: Run, tmp_path: Path
) -> None:
    HARMS["no folder"](home.warehouse / "CURRENT")
    code, said = run("template", "--unit", "V01", "--year", "2025", "--out", str(tmp_path))
    assert code == 2 and "lệnh build" in said and not list(tmp_path.glob("*.xlsx"))


@pytest.mark.parametrize(
    ("verb", "again"),
    [
        (("withdraw", "1", "--reason", "Nhầm"), "đã được rút từ trước"),
        (("close", "2025"), "đã khóa sổ"),
    ],
)
def test_a_decision_killed_before_its_build_is_said_to_stand_and_is_built_when_given_again(
    home: Home, run: Run, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...], again: str
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr("pipelines.cli.office.publish", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        killed.setattr(sys, "argv", ["pipelines", *verb])
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            main()
    events = len(Journal(home.journal).events())
    assert not current(home).name.endswith(f"{events:06d}")
    code, said = run(*verb)
    assert (code, len(Journal(home.journal).events())) == (2, events) and again in said
    assert current(home).name.endswith(f"{events:06d}")


def test_links_given_twice_and_taken_back_twice_are_said_to_be_so(home: Home, run: Run) -> None:
    link = ("link", "--scope", "BNC", "--old", "A", "--new", "C", "--from", "2025-01-01", "--reason", "một người")
    assert run(*link)[0] == 0
    events = len(Journal(home.journal).events())
    assert run(*link) == (2, run(*link)[1]) and "đã được nối từ trước" in run(*link)[1]
    assert len(Journal(home.journal).events()) == events
    unlink = ("unlink", str(events), "--reason", "nhầm")
    assert run(*unlink)[0] == 0
    assert "đã được bỏ từ trước" in run(*unlink)[1]


def test_a_file_another_program_holds_is_told_as_that(home: Home, run: Run) -> None:
    facts = current(home).facts
    facts.chmod(0o644)
    holder = f"import duckdb, time; c = duckdb.connect({str(facts)!r}); print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout and other.stdout.readline()
            code, said = run("status")
            assert code == 2 and f"{other.pid}" in said and "chương trình khác" in said and "dung lượng" not in said
            code, said = run("doctor")
            assert code == 1 and "chương trình khác" in said
            assert run("build")[0] == 0 and run("status")[0] == 0
        finally:
            other.kill()
