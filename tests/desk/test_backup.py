"""A backup is one proven file, made beside writers, gone on with after a stop; a data folder made from it says the
same.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from io import BytesIO
from pathlib import Path

import pytest

from pipelines.desk import backup as copies
from pipelines.desk import decisions
from pipelines.desk.backup import MANIFEST, BackupDamaged, BackupImpossible, FolderInUse, backup, prove, restore
from pipelines.desk.doctor import examine
from pipelines.problems import JournalCut
from pipelines.records.bodies import Closing
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import current
from pipelines.warehouse.connection import version as version_of
from tests import ROOT
from tests.support import TESTER
from tests.support.counted.versions import differences
from tests.support.homes.handed_in import HandedIn, award, person


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = HandedIn(tmp_path_factory.mktemp("backup") / "home")
    desk.unit("V01", "2024", {"staff": [person("A"), person("B")], "awards": [award("1", "A")]})
    desk.unit("V02", "2024", {"staff": [person("C")], "awards": []})
    build(desk.home)
    decisions.close(desk.home, TESTER, "2024")
    desk.unit("V02", "2025", {"staff": [person("C")], "awards": [award("1", "C")]})
    build(desk.home)
    return desk.home.root


@pytest.fixture
def home(source: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(source, tmp_path / "home")))


def test_a_folder_made_from_a_backup_has_the_same_journal_rows_and_pinned_versions(home: Home, tmp_path: Path) -> None:
    kept = backup(home, tmp_path / "one.tar")
    assert (kept.events, kept.receipts) == (Journal(home.journal).last_seq(), 3)
    assert prove(kept.path) == kept
    made = restore(kept.path, tmp_path / "new")
    new = Home(made.path)
    assert Journal(new.journal).events() == Journal(home.journal).events()
    assert differences(current(home), build(new)) == []
    bodies = [event.body for event in Journal(home.journal).events()]
    (pinned,) = {body.version for body in bodies if isinstance(body, Closing)}
    assert differences(version_of(home, pinned), version_of(new, pinned)) == []
    assert examine(new).faults == ()
    assert new.person_key_file.read_bytes() == home.person_key_file.read_bytes()
    assert oct(new.root.stat().st_mode)[-3:] == "700" and oct(kept.path.stat().st_mode)[-3:] == "600"


class _Stopped(Exception):
    """The power went."""


@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_backup_that_was_stopped_is_gone_on_with(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    def stop(done: int, total: int) -> None:
        if done == after:
            raise _Stopped

    out = tmp_path / "one.tar"
    with pytest.raises(_Stopped):
        backup(home, out, stop)
    assert not out.exists()
    with (tmp_path / "one.tar.part").open("ab") as file:
        file.write(b"half an entry" * 50)
    added: list[str] = []
    add = copies._add
    monkeypatch.setattr(copies, "_add", lambda tar, name, data: added.append(name) or add(tar, name, data))
    HandedIn(home.root).unit("V03", "2025", {"staff": [person("X")]})  # received meanwhile
    kept = backup(home, out)
    assert kept.receipts == 4 and len(added) < kept.files + 1 - (after - 1)
    assert Journal(Home(restore(out, tmp_path / "new").path).journal).events() == Journal(home.journal).events()


def test_a_backup_beside_a_writer_holds_a_moment_that_was(home: Home, tmp_path: Path) -> None:
    desk, stop = HandedIn(home.root), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set() and number < 40:
            number += 1
            desk.unit(f"V{number % 13 + 1:02d}", "2025", {"staff": [person(f"N{number}")]})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        kept = [backup(home, tmp_path / f"{n}.tar") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    for one in kept:
        made = Home(restore(one.path, tmp_path / one.path.stem).path)
        events = Journal(made.journal).events()
        assert events == Journal(home.journal).events()[: len(events)]


def _changed(path: Path, name: str, data: bytes | None) -> None:
    """The backup with one file of it changed, or left out."""
    with tarfile.open(path) as tar:
        entries = [(one, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]
    with tarfile.open(path, "w") as tar:
        for entry, own in entries:
            if entry.name != name:
                tar.addfile(entry, BytesIO(own))
            elif data is not None:
                entry.size = len(data)
                tar.addfile(entry, BytesIO(data))


@pytest.mark.parametrize("what", ["submissions", "reference/", "warehouse", "journal.sqlite", "person.key", MANIFEST])
@pytest.mark.parametrize("data", [b"something else", None])
def test_a_backup_that_lacks_something_makes_no_folder(
    home: Home, tmp_path: Path, what: str, data: bytes | None
) -> None:
    path = backup(home, tmp_path / "one.tar").path
    with tarfile.open(path) as tar:
        name = next(name for name in tar.getnames() if name.startswith(what))
    _changed(path, name, data)
    for tried in (lambda: prove(path), lambda: restore(path, tmp_path / "new")):
        with pytest.raises(BackupDamaged):
            tried()
    assert not (tmp_path / "new").exists()


def test_a_backup_cut_off_or_no_backup_at_all_is_told_as_that(home: Home, tmp_path: Path) -> None:
    path = backup(home, tmp_path / "one.tar").path
    whole = path.read_bytes()
    for data in (b"", b"no tar at all" * 100, whole[: len(whole) // 2]):
        path.write_bytes(data)
        with pytest.raises(BackupDamaged):
            restore(path, tmp_path / "new")


def test_a_name_that_leads_out_of_the_folder_is_not_followed(home: Home, tmp_path: Path) -> None:
    path, told = backup(home, tmp_path / "one.tar").path, b"outside"
    manifest = copies._manifest(path)
    with tarfile.open(path, "a") as tar:
        sha = copies._add(tar, "../outside.txt", told)
        copies._add(tar, MANIFEST, json.dumps({"files": manifest | {"../outside.txt": sha}}).encode())
    with pytest.raises(BackupDamaged):
        restore(path, tmp_path / "new")
    assert not (tmp_path / "outside.txt").exists()


def test_a_restore_that_was_stopped_is_gone_on_with(home: Home, tmp_path: Path) -> None:
    path = backup(home, tmp_path / "one.tar").path

    def stop(done: int, total: int) -> None:
        if done == 5:
            raise _Stopped

    with pytest.raises(_Stopped):
        restore(path, tmp_path / "new", stop)
    assert not (tmp_path / "new").exists()  # nobody works with half a folder
    assert examine(Home(restore(path, tmp_path / "new").path)).faults == ()
    assert list(tmp_path.glob("*.part")) == []


def test_a_folder_that_holds_something_is_left_alone(home: Home, tmp_path: Path) -> None:
    path = backup(home, tmp_path / "one.tar").path
    with pytest.raises(FolderInUse):
        restore(path, home.root)
    (tmp_path / "empty").mkdir()
    assert restore(path, tmp_path / "empty").receipts == 3


def test_a_backup_is_not_made_of_a_cut_journal_nor_into_its_own_folder(home: Home, tmp_path: Path) -> None:
    with pytest.raises(BackupImpossible):
        backup(home, home.reports / "one.tar")
    home.journal.unlink()
    with pytest.raises(JournalCut):
        backup(home, tmp_path / "one.tar")
    assert list(tmp_path.glob("one.tar*")) == []


def _run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"THIDUA_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "pipelines", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_way_back_as_the_readme_tells_it(home: Home, tmp_path: Path) -> None:
    made = _run(home.root, "backup", "--out", str(tmp_path / "sao-luu.tar"), "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["receipts"] == 3
    home.journal.unlink()
    refused = _run(home.root, "build")
    assert refused.returncode == 2 and "restore" in refused.stderr and "Traceback" not in refused.stderr
    back = _run(home.root, "restore", str(tmp_path / "sao-luu.tar"), "--home", str(tmp_path / "new"), "--json")
    assert back.returncode == 0, back.stderr
    assert _run(tmp_path / "new", "doctor").returncode == 0
