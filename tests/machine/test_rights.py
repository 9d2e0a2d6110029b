"""Only the account that runs the product reads the data folder; what it is asked to write elsewhere is as new files
usually are.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipelines import platform
from pipelines.desk import Desk, doctor
from pipelines.platform import close_to_others
from pipelines.records.inbox import Incoming
from pipelines.settings import PROJECT, Home
from tests.support import TESTER
from tests.support.workbooks.filled_books import book


def open_ones(root: Path) -> list[str]:
    """What others may do anything with, the root itself included."""
    return [f"{path} {path.lstat().st_mode:o}" for path in (root, *root.rglob("*"))
            if not path.is_symlink() and path.lstat().st_mode & 0o077]  # fmt: skip


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipelines", *words]
    environment = os.environ | {"THIDUA_HOME": str(home), "THIDUA_SETTINGS": str(home.with_name("settings"))}
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """As most systems set it: everybody may read what is new."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_everything_a_verb_leaves_in_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(book())
    (inbox / "b.xlsx").write_bytes(book(cells={("Cán bộ", "H4"): "Rất tốt"}))
    for words in (
        ("begin", "--home", str(home)),
        ("receive", str(inbox)),
        ("build", "--full"),
        ("pin", "--name", "x"),
        ("doctor",),
    ):
        done = run(home, *words)
        assert done.returncode in (0, 1), done.stderr
        assert open_ones(home) == [], words
    assert list((home / "returned").iterdir()) and list((home / "warehouse").glob("*/facts.duckdb"))
    modes = {path.name: f"{path.stat().st_mode & 0o777:o}" for path in (home / "warehouse").glob("*/*")}
    assert set(modes.values()) == {"400"} and f"{home.stat().st_mode & 0o777:o}" == "700"
    with closing(sqlite3.connect(home / "journal.sqlite")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("SELECT count(*) FROM events").fetchone()
        assert (home / "journal.sqlite-wal").exists() and open_ones(home) == []


def test_what_is_asked_for_elsewhere_is_as_new_files_usually_are(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    assert run(home, "template", "--year", "2025", "--unit", "V01", "--out", str(out)).returncode == 0
    assert run(home, "demo", "--years", "2025", "--out", str(out / "demo")).returncode == 0
    assert run(home, "begin", "--home", str(home)).returncode == 0
    (template,) = out.glob("*.xlsx")
    for path in (template, out / "demo" / "truth.json", tmp_path / "settings"):
        assert f"{path.stat().st_mode & 0o777:o}" == "644", path
    assert f"{out.stat().st_mode & 0o777:o}" == "755"
    assert run(home, "backup", "--out", str(out / "b.tar")).returncode == 0
    assert f"{(out / 'b.tar').stat().st_mode & 0o777:o}" == "600"  # it holds the key and every name
    assert run(home, "restore", str(out / "b.tar"), "--home", str(tmp_path / "again")).returncode == 0
    assert open_ones(tmp_path / "again") == []


def test_a_folder_from_before_is_closed_on_first_use_and_what_opens_later_by_the_doctor(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ready()
    with Desk(home) as desk:
        list(desk.receive([Incoming(shutil.copy(_saved(tmp_path), home.inbox / "a.xlsx"))], TESTER))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("x")
    (home.inbox / "link").symlink_to(elsewhere)
    for path in (home.root, *home.root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert run(home.root, "links").returncode == 0
    assert open_ones(home.root) == [] and elsewhere.stat().st_mode & 0o777 == 0o644
    (home.reference / "units.csv").chmod(0o664)  # as a program leaves it that saves a list
    doctor.examine(home)
    assert open_ones(home.root) == []


def test_a_folder_that_cannot_be_closed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home").ready()
    home.root.chmod(0o755)
    own = Path.chmod

    def chmod(path: Path, mode: int) -> None:
        if path == home.root:
            raise PermissionError(1, "Operation not permitted")
        own(path, mode)

    monkeypatch.setattr(Path, "chmod", chmod)
    (fault,) = [one for one in doctor.examine(home).faults if one.code == "open"]
    assert fault.facts == {"home": home.root} and fault.fix == "open.fix"


def test_windows_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_text("x")
    monkeypatch.setattr(platform.os, "name", "nt")
    close_to_others(tmp_path)
    assert file.stat().st_mode & 0o777 == 0o644 and not platform.is_open_to_others(tmp_path)


def _saved(folder: Path) -> Path:
    path = folder / "a.xlsx"
    path.write_bytes(book())
    return path
