"""The README's two commands as a newcomer types them: in a fresh clone, in either order, again; and after an interruption."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from sysconfig import get_path

import pytest

from tests.browser import ROOT, free_port

START = 600  # seconds the demo and the dashboard may take, on a machine that does much else
ENVIRONMENT = {"PYTHON": sys.executable}
ONCE = "tests/test_rules_page.py tests/test_demonstration.py"  # what failed where a demo had been looked at first


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The last commit, with an environment that finds the packages of this one: nothing is fetched for it."""
    folder = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    return folder


@pytest.fixture
def ready(clone: Path) -> Path:
    """The clone with a finished environment."""
    _make_environment(clone / ".venv")
    return clone


def _make_environment(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(get_path("purelib") + "\n", encoding="utf-8")


def _make(clone: Path, *words: str) -> None:
    done = subprocess.run(
        ["make", *words],
        cwd=clone,
        env=_environment(clone),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def _environment(clone: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("THIDUA_", "MAKE", "PYTEST"))}
    return kept | ENVIRONMENT | {"PIP_NO_INDEX": "1"} | more


def _run(clone: Path) -> None:
    """`make run` until the dashboard answers, then stopped as a person stops it."""
    port = free_port()
    log = clone.with_name("run.log")
    with log.open("wb") as words:
        process = subprocess.Popen(
            ["make", "run", "DEMO=--years 2025"],
            cwd=clone,
            env=_environment(clone, STREAMLIT_SERVER_PORT=str(port)),
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        end = time.monotonic() + START
        while not _answers(port):
            assert process.poll() is None and time.monotonic() < end, log.read_text(encoding="utf-8")
            time.sleep(0.2)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _changed(clone: Path) -> str:
    return subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.slow
def test_the_two_commands_pass_in_either_order_again_and_again_and_leave_the_clone_clean(ready: Path) -> None:
    for turn in range(2):
        _run(ready)
        assert _changed(ready) == "", turn
        _make(ready, "test", f"TESTS=-n 0 {ONCE}" if turn == 0 else f"TESTS=-n 0 {ONCE} -m 'not slow'")
        assert _changed(ready) == "", turn
    journal = ready / "data" / "demo" / "journal.sqlite"
    assert journal.exists() and not (ready / "data" / "journal.sqlite").exists()


def _bring_up(clone: Path, *lists: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "bundle/environment.py", *(lists or ("requirements.txt",))]
    return subprocess.run(command, cwd=clone, env=_environment(clone), capture_output=True, text=True)


@pytest.mark.slow
def test_an_environment_that_was_stopped_at_any_moment_heals(clone: Path) -> None:
    """The list names no package here: what is tried is which moments are noticed, not what pip fetches."""
    (clone / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    venv = clone / ".venv"
    python = venv / "bin" / "python"
    site = "lib/python*/site-packages"

    def without_pip() -> None:
        (pip,) = venv.glob(f"{site}/pip")
        shutil.rmtree(pip)

    def half_a_pip() -> None:
        (pip,) = venv.glob(f"{site}/pip/_internal")
        shutil.rmtree(pip)

    def empty() -> None:
        shutil.rmtree(venv)
        venv.mkdir()

    def stopped_while_installing() -> None:
        (venv / ".unfinished").touch()
        (venv / "left").touch()

    assert _bring_up(clone).returncode == 0
    for harm in (without_pip, half_a_pip, empty, stopped_while_installing):
        harm()
        for mark in venv.glob(".requirements"):
            mark.unlink()
        done = _bring_up(clone)
        assert done.returncode == 0, (harm.__name__, done.stderr)
        assert subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0, harm.__name__
        assert not (venv / "left").exists() and not (venv / ".unfinished").exists()
    made = python.lstat().st_mtime_ns
    assert _bring_up(clone).stdout == "" and python.lstat().st_mtime_ns == made


@pytest.mark.slow
def test_killed_in_its_first_seconds_it_heals_at_the_next_start(clone: Path) -> None:
    (clone / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    for seconds in (0.1, 0.6, 1.5):
        command = [sys.executable, "bundle/environment.py", "requirements.txt"]
        process = subprocess.Popen(command, cwd=clone, env=_environment(clone), start_new_session=True)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert _bring_up(clone).returncode == 0
    assert subprocess.run([clone / ".venv/bin/python", "-m", "pip", "--version"], capture_output=True).returncode == 0


@pytest.mark.slow
def test_a_list_that_changed_is_installed_and_one_that_cannot_be_leaves_the_environment_there(clone: Path) -> None:
    (clone / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    assert "requirements.txt" in _bring_up(clone).stdout
    (clone / "requirements.txt").write_text("# nothing else\n", encoding="utf-8")
    assert "requirements.txt" in _bring_up(clone).stdout and _bring_up(clone).stdout == ""
    kept = clone / ".venv" / "mine"
    kept.touch()
    (clone / "requirements.txt").write_text("no-such-package-anywhere==1\n", encoding="utf-8")
    done = _bring_up(clone)
    assert done.returncode == 2 and "Không cài được" in done.stderr and kept.exists()
    (clone / "requirements.txt").write_text("# nothing else\n", encoding="utf-8")
    assert _bring_up(clone).returncode == 0


def test_on_windows_the_same_environment_is_made() -> None:
    lines = (ROOT / "run.cmd").read_text(encoding="utf-8").splitlines()
    assert "py -3 bundle\\environment.py requirements.txt || exit /b 2" in lines
    assert not [line for line in lines if " venv " in line or " pip " in line]
