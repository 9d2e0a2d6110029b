"""The project as a package: all it reads is in the wheel, and installed it works from any folder."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import urllib.request
from datetime import date
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from pipelines import __version__
from pipelines.access import sees_all
from pipelines.desk import Desk
from pipelines.packages import listed
from pipelines.records.bodies import ReceiptBody
from pipelines.records.inbox import Incoming
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.submissions.workers.worker import Readers
from pipelines.warehouse.building.build import build
from pipelines.warehouse.door import queries
from tests import ROOT
from tests.support import TESTER
from tests.support.pages.browser import demo_server
from tests.support.workbooks.filled_books import book

PLACES = {"data/reference": "pipelines/reference", "pipelines": "pipelines", "dashboard": "dashboard"}
FOR_THE_CLIENT = {"openpyxl"}  # named in the order; tests read with it what Excel users get
FOR_WINDOWS = {"tzdata"}  # the time zones, which other systems bring along


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made as pip makes it, from the files that lie here."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", out]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = out.iterdir()
    return made


def test_every_file_the_product_reads_is_in_the_wheel_and_nothing_of_the_workshop(wheel: Path) -> None:
    with ZipFile(wheel) as file:
        carried = {name: file.read(name) for name in file.namelist() if ".dist-info/" not in name}
    wanted = {
        f"{place}/{path.relative_to(ROOT / folder).as_posix()}": path.read_bytes()
        for folder, place in PLACES.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert carried.keys() == wanted.keys()
    assert [name for name in wanted if carried[name] != wanted[name]] == []
    assert {Path(name).suffix for name in wanted} >= {".sql", ".po", ".csv", ".woff2", ".css", ".js", ".png", ".toml"}


def test_the_package_asks_for_what_the_code_imports_and_for_nothing_else() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        asked = {canonicalize_name(Requirement(one).name) for one in tomllib.load(file)["project"]["dependencies"]}
    imported: set[str] = set()
    for path in [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            imported |= {name.split(".")[0] for name in names}
    own = imported - sys.stdlib_module_names - {"pipelines", "dashboard"}
    brought = {canonicalize_name(name) for module in own for name in packages_distributions()[module]}
    assert asked == brought | FOR_THE_CLIENT | FOR_WINDOWS


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel; it finds the packages of the one that runs, so that
    none is fetched.
    """
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    borrowed = [place for place in sys.path if Path(place).name == "site-packages"]
    (site / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    python = folder / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", wheel]
    subprocess.run(pip, check=True)
    return python


def _own(folder: Path) -> dict[str, str]:
    """An environment in which nothing is said but where a user's data lie."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "THIDUA_LANG": "en", "LANG": "C.UTF-8"}


def _typed(python: Path, folder: Path, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
    command = [python.with_name("thidua"), *words]
    done = subprocess.run(command, cwd=folder, env=_own(folder) | more, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.slow
def test_installed_it_receives_builds_and_serves_from_any_folder(installed: Path, tmp_path: Path) -> None:
    """Files there that have the names of ours change nothing; a signal to the command ends the dashboard it became."""
    for name in ("pipelines.py", "dashboard.py"):
        (tmp_path / name).write_text("raise SystemExit('foreign')", encoding="utf-8")
    said = _typed(installed, tmp_path, "--help").stdout
    assert said.startswith("Usage: thidua ") and "pipelines" not in said
    home = tmp_path / "home"
    more = {"THIDUA_HOME": str(home)}
    (tmp_path / "V01_2025.xlsx").write_bytes(book())
    received = _typed(installed, tmp_path, "receive", "V01_2025.xlsx", **more)
    assert received.returncode == 0, received.stdout + received.stderr
    made = _typed(installed, tmp_path, "template", "--unit", "V01", "--year", "2025", "--out", tmp_path / "out", **more)
    assert made.returncode == 0 and (tmp_path / "out" / "V01_2025.xlsx").exists(), made.stderr
    facts = Path(_typed(installed, tmp_path, "current", **more).stdout.strip())
    assert facts.is_relative_to(home) and facts.exists()
    with demo_server(Home(home), command=[installed.with_name("thidua"), "run"], folder=tmp_path) as server:
        assert server.failures() == []
    with pytest.raises(OSError):
        urllib.request.urlopen(server.url, timeout=5)
    assert not (tmp_path / ".local").exists()


@pytest.mark.slow
def test_installed_its_own_folder_lies_among_the_users_data(installed: Path, tmp_path: Path) -> None:
    done = _typed(installed, tmp_path, "doctor")
    folder = tmp_path / ".local" / "share" / "thidua"
    assert str(folder / "data" / "demo") in done.stderr and (folder / "data" / "demo" / "reference").is_dir()
    begun = _typed(installed, tmp_path, "begin", "--home", "office")
    assert begun.returncode == 0, begun.stderr
    assert (folder / ".env").read_text(encoding="utf-8") == f'THIDUA_HOME="{tmp_path / "office"}"\n'
    assert _typed(installed, tmp_path, "doctor").returncode == 0


def _locked() -> dict[str, Any]:
    """Packages of the lock by name; of none are there two versions."""
    with (ROOT / "uv.lock").open("rb") as file:
        packages = tomllib.load(file)["package"]
    assert len({package["name"] for package in packages}) == len(packages)
    return {package["name"]: package for package in packages}


def _reached(locked: dict[str, Any], needs: list[dict[str, Any]]) -> set[str]:
    """Names of all packages that these dependencies lead to, on whatever machine."""
    reached, waiting = set[str](), list(needs)
    while waiting:
        need = waiting.pop()
        package = locked[need["name"]]
        extras = [other for extra in need.get("extra", ()) for other in package["optional-dependencies"][extra]]
        if need["name"] not in reached or extras:
            waiting += extras if need["name"] in reached else [*package.get("dependencies", ()), *extras]
            reached.add(need["name"])
    return reached


def test_the_lists_are_those_of_the_lock_and_the_lock_that_of_the_project() -> None:
    """As `make lock` writes them, without uv and without a network."""
    locked = _locked()
    own = locked["thidua"]
    with (ROOT / "pyproject.toml").open("rb") as file:
        said = tomllib.load(file)
    groups = {name: own["dev-dependencies"][name] for name in ("dev", "notebook")}
    asked = {"": said["project"]["dependencies"], **said["dependency-groups"]}
    metadata = {"": own["metadata"]["requires-dist"], **own["metadata"]["requires-dev"]}
    for name, needs in asked.items():
        wanted = {(canonicalize_name(one.name), one.specifier) for one in map(Requirement, needs)}
        assert wanted == {(one["name"], SpecifierSet(one.get("specifier", ""))) for one in metadata[name]}, name
    for name, needs in {"": [], **groups}.items():
        path = ROOT / f"requirements{name and '-' + name}.txt"
        text = path.read_text(encoding="utf-8")
        pinned = {canonicalize_name(one.name): str(one.specifier)[2:] for one in listed(path)}
        reached = _reached(locked, [*own["dependencies"], *needs])
        assert pinned == {one: locked[one]["version"] for one in reached}, path
        hashes = {
            file["hash"]
            for one in reached
            for file in [*locked[one].get("wheels", ()), *([locked[one]["sdist"]] if "sdist" in locked[one] else [])]
        }
        assert set(re.findall(r"--hash=(\S+)", text)) == hashes, path


def test_what_is_locked_comes_from_the_public_index() -> None:
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^/\"]+", text)) == {"https://pypi.org", "https://files.pythonhosted.org"}
    assert "file://" not in text


def test_the_version_is_that_of_the_newest_dated_heading_wherever_it_stands(wheel: Path, tmp_path: Path) -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    releases = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) – (\d{4}-\d\d-\d\d)", heading) for heading in headings]
    assert all(releases), headings
    told = [(tuple(map(int, one.groups()[:3])), date.fromisoformat(one[4])) for one in releases if one]
    assert told == sorted(told, reverse=True) and len({number for number, _ in told}) == len(told) > 1
    newest = ".".join(map(str, told[0][0]))
    assert (newest, newest) == (__version__, wheel.name.split("-")[1])
    home, file = Home(tmp_path / "home").ready(), tmp_path / "V01_2025.xlsx"
    file.write_bytes(book())
    with Desk(home, Readers(1)) as desk:
        assert len(list(desk.receive([Incoming(file)], TESTER))) == 1
    receipt = Journal(home.journal).newest(ReceiptBody)
    assert receipt and receipt.product_version == newest
    assert queries.freshness(build(home), sees_all()).product_version == newest
