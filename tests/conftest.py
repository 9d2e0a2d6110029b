"""What several test files share: the invented organisation, and the dashboard with readers before it."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from pipelines import demo
from pipelines.cli.entry import main
from pipelines.contract import reference as lists
from pipelines.demo.world import World
from pipelines.desk import Desk
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions.workers.worker import Readers as WorkbookReaders
from pipelines.warehouse import connection
from pipelines.warehouse.connection import Version
from tests import ROOT
from tests.support.pages.browser import Reader, Server, browser, demo_server, profile, reader

Readers = Callable[..., Reader]
Typed = Callable[..., tuple[int, str, str]]


def pytest_collection_finish() -> None:
    """What all tests share stays set aside, and rubbish is looked for less often: else a fifteenth of the work is
    looking.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """A page tried in this process stays behind as its main module, and every process spawned later would run it."""
    own = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = own


@pytest.fixture(scope="session", autouse=True)
def one_thread_a_build() -> Iterator[None]:
    """Several workers build beside each other: a second thread in each only gets in the way.

    The verbs in processes keep theirs.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.warehouse.building.build.THREADS", 1)
        yield


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """`typed("build", "--json")` on the data folder of the environment: exit code, what is said, what is said beside
    it.
    """

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with monkeypatch.context() as patch, pytest.raises(SystemExit) as ended:
            patch.setattr(sys, "argv", ["pipelines", *map(str, arguments)])
            main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return call


@pytest.fixture(scope="session")
def world() -> World:
    """The default demo's organisation, 2014 to 2025."""
    return World(demo.DEFAULT_SEED, lists.load(OWN_REFERENCE), 2025)


@pytest.fixture(scope="session")
def received(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demo of 2023 to 2025, received by the command line once for all workers.

    To be read only: copy it to change it.
    """
    return Home(_made_once(tmp_path_factory, "received", lambda root: receive_demo(root, "2023-2025")))


@pytest.fixture(scope="module")
def version(home: Home) -> Version:
    """The figures over the data folder a module makes for itself: its own fixture `home`."""
    return connection.current(home)


@pytest.fixture(scope="session")
def served(received: Home) -> Iterator[Server]:
    """The dashboard over `received`."""
    with demo_server(received) as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser. For one module at a time: its event loop must not be there when other tests start one."""
    with sync_playwright() as playwright, browser(playwright) as launched:
        yield launched


@pytest.fixture(scope="module")
def profiles(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """`profiles(dark=True, width=820)`: one for each look and module, as loading the frontend anew takes a second or
    two.
    """
    with ExitStack() as open_profiles:
        yield cache(lambda **look: open_profiles.enter_context(profile(chromium, **look)))


@pytest.fixture
def readers(profiles: Callable[..., BrowserContext]) -> Iterator[Readers]:
    """`readers(server, dark=True, width=820)`: a new reader."""
    with ExitStack() as open_readers:
        yield lambda server, **look: open_readers.enter_context(reader(profiles(**look), server.url))


@pytest.fixture(scope="module")
def one_reader() -> Iterator[WorkbookReaders]:
    """The reading processes of a desk, here one."""
    with WorkbookReaders(1) as shared:
        yield shared


@pytest.fixture
def desk(tmp_path: Path, one_reader: WorkbookReaders) -> Desk:
    """A desk over an empty data folder."""
    return Desk(Home(tmp_path / "home").ready(), one_reader)


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `make bundle` writes, made once for all workers. To be read only."""
    (folder,) = _made_once(tmp_path_factory, "bundled", _make_bundle).iterdir()
    return folder


def _make_bundle(root: Path) -> None:
    subprocess.run([sys.executable, "-m", "bundle", "--out", root], cwd=ROOT, check=True)


def receive_demo(root: Path, years: str) -> None:
    """The default demo of some years, received into a data folder by the command line and built."""
    command = [sys.executable, "-m", "pipelines", "demo", "--years", years]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"THIDUA_HOME": str(root)}, check=True, capture_output=True)


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder all workers share, made by the first that asks."""
    shared = factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    root, done = shared / name, shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            make(root)
            done.touch()
    return root
