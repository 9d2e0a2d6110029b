"""The README's two commands as a newcomer types them: in a fresh clone, in either order, again; and after an
interruption.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from sysconfig import get_path

import pytest

from dashboard.streamlit_inside import places
from tests import ROOT
from tests.support.pages.browser import free_port

START = 600  # seconds the demo and the dashboard may take, on a machine that does much else
ENVIRONMENT = {"PYTHON": sys.executable}
# what failed where a demo had been looked at first
ONCE = "tests/dashboard/test_rules_page.py tests/demo/test_demonstration.py"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The last commit."""
    folder = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    return folder


@pytest.fixture
def ready(clone: Path) -> Path:
    """The clone with an environment that finds the packages of this one, pip among them: nothing is fetched for it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", clone / ".venv"], check=True)
    (site,) = clone.glob(".venv/lib/python*/site-packages")
    (site / "borrowed.pth").write_text(get_path("purelib") + "\n", encoding="utf-8")
    return clone


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
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{places.HEALTH}", timeout=5) as answer:
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
        _make(ready, "test", f"TESTS=-n 0 {ONCE} -m 'not slow'")
        assert _changed(ready) == "", turn
    journal = ready / "data" / "demo" / "journal.sqlite"
    assert journal.exists() and not (ready / "data" / "journal.sqlite").exists()


def _command(folder: Path) -> list[str | Path]:
    return [sys.executable, folder / "bundle" / "environment.py", "requirements.txt"]


def _bring_up(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(folder), env=_environment(folder), capture_output=True, text=True)


def _killed(folder: Path, moment: Callable[[subprocess.Popen[str]], str | None]) -> str | None:
    """Begun, and killed with all it has begun at a moment; what is seen by then."""
    process = subprocess.Popen(
        _command(folder), env=_environment(folder), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        return moment(process)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a finished environment, to be copied.

    The list names no package: what is tried is not what pip fetches.
    """
    folder = tmp_path_factory.mktemp("environment") / "finished"
    shutil.copytree(ROOT / "bundle", folder / "bundle")
    (folder / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    assert "requirements.txt" in _bring_up(folder).stdout
    return folder


def _copy(finished: Path, folder: Path) -> Path:
    return Path(shutil.copytree(finished, folder, symlinks=True))


@pytest.mark.slow
def test_an_environment_that_was_stopped_at_any_moment_is_noticed(finished: Path, tmp_path: Path) -> None:
    """What begins to be made again is killed at its first word."""

    def without_pip(venv: Path) -> None:
        (pip,) = venv.glob("lib/python*/site-packages/pip")
        shutil.rmtree(pip)

    def half_a_pip(venv: Path) -> None:
        (pip,) = venv.glob("lib/python*/site-packages/pip/_internal")
        shutil.rmtree(pip)

    def empty(venv: Path) -> None:
        shutil.rmtree(venv)
        venv.mkdir()

    def stopped_while_installing(venv: Path) -> None:
        (venv / ".unfinished").touch()

    for harm in (without_pip, half_a_pip, empty, stopped_while_installing):
        venv = _copy(finished, tmp_path / harm.__name__) / ".venv"
        (venv / ".requirements").unlink()
        harm(venv)
        assert "Làm lại .venv" in str(_killed(venv.parent, lambda process: process.stdout.readline())), harm.__name__
    python = finished / ".venv" / "bin" / "python"
    made = python.lstat().st_mtime_ns
    assert _bring_up(finished).stdout == "" and python.lstat().st_mtime_ns == made


@pytest.mark.slow
def test_killed_in_its_first_seconds_it_heals_at_the_next_start(finished: Path, tmp_path: Path) -> None:
    folder = _copy(finished, tmp_path / "folder")
    venv = folder / ".venv"
    shutil.rmtree(venv)
    for seconds in (0.1, 0.6, 1.5):
        _killed(folder, lambda _, seconds=seconds: time.sleep(seconds))
    venv.mkdir(exist_ok=True)
    (venv / "left").touch()
    done = _bring_up(folder)
    assert done.returncode == 0, done.stderr
    assert subprocess.run([venv / "bin" / "python", "-m", "pip", "--version"], capture_output=True).returncode == 0
    assert not (venv / "left").exists() and not (venv / ".unfinished").exists()


@pytest.mark.slow
def test_a_list_that_changed_is_installed_and_one_that_cannot_be_leaves_the_environment_there(
    finished: Path, tmp_path: Path
) -> None:
    folder = _copy(finished, tmp_path / "folder")
    (folder / "requirements.txt").write_text("# nothing else\n", encoding="utf-8")
    assert "requirements.txt" in _bring_up(folder).stdout and _bring_up(folder).stdout == ""
    kept = folder / ".venv" / "mine"
    kept.touch()
    (folder / "requirements.txt").write_text("no-such-package-anywhere==1\n", encoding="utf-8")
    done = _bring_up(folder)
    assert done.returncode == 2 and "Không cài được" in done.stderr and kept.exists()
    (folder / "requirements.txt").write_text("# nothing else\n", encoding="utf-8")
    assert _bring_up(folder).returncode == 0


def test_on_windows_the_same_environment_is_made() -> None:
    lines = (ROOT / "run.cmd").read_text(encoding="utf-8").splitlines()
    assert "py -3 bundle\\environment.py requirements.txt || exit /b 2" in lines
    assert lines[-1] == ".venv\\Scripts\\python -m pipelines run"  # as the Makefile
    assert not [line for line in lines if " venv " in line or " pip " in line]
