"""The bundle: everything a machine without a network needs, proven by installing from it where there is no network."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from bundle import wheels
from tests import ROOT
from tests.support.homes import without_network

LISTS = [ROOT / "requirements.txt", ROOT / "requirements-notebook.txt"]


@pytest.fixture
def carried(bundled: Path, tmp_path: Path) -> Path:
    """The folder as it arrives: a copy in an empty folder."""
    return Path(shutil.copytree(bundled, tmp_path / "stick" / bundled.name, copy_function=os.link))


def test_a_package_of_windows_alone_is_wanted_there_and_not_on_linux() -> None:
    every = wheels.listed(*LISTS)
    assert "colorama" in {one.name for one in wheels.wanted(every, wheels.WINDOWS)}
    assert "colorama" not in {one.name for one in wheels.wanted(every, wheels.LINUX)}


def test_a_folder_without_wheels_lacks_every_requirement(tmp_path: Path) -> None:
    every = wheels.listed(*LISTS)
    assert len(wheels.missing(every, wheels.WINDOWS, tmp_path)) == len(wheels.wanted(every, wheels.WINDOWS)) > 100


def test_a_wheel_whose_bytes_the_lists_do_not_name_is_told(tmp_path: Path) -> None:
    listed, own, other = (
        tmp_path / "requirements.txt",
        tmp_path / "own-1-py3-none-any.whl",
        tmp_path / "other-1-py3-none-any.whl",
    )
    for wheel in (own, other):
        wheel.write_bytes(wheel.name.encode())
    listed.write_text(
        f"own==1 \\\n    --hash=sha256:{hashlib.sha256(own.read_bytes()).hexdigest()}\n", encoding="utf-8"
    )
    assert wheels.altered([listed], tmp_path) == [other.name]


def test_outside_a_git_clone_it_says_so_and_leaves_no_folder_that_looks_whole(tmp_path: Path) -> None:
    for folder in ("bundle", "pipelines"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name in ("pyproject.toml", *(path.name for path in LISTS)):
        shutil.copy(ROOT / name, tmp_path)
    command = [sys.executable, "-m", "bundle", "--out", tmp_path / "dist"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)},
    )
    assert done.returncode == 2 and "git" in done.stderr and "Traceback" not in done.stderr
    assert [path.suffix for path in (tmp_path / "dist").iterdir()] == [".part"]


@pytest.mark.slow
def test_on_a_machine_without_a_network_it_installs_builds_a_demo_and_answers(carried: Path, tmp_path: Path) -> None:
    """No namespace (a kernel that forbids them) is a failure: the proof would be missing."""
    inside = [sys.executable, without_network.__file__, carried, tmp_path / "office" / "thidua"]
    (tmp_path / "office").mkdir()
    done = subprocess.run(
        ["unshare", "--map-root-user", "--net", *inside], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "health: 200 ok" in done.stdout
    print(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("target", wheels.TARGETS, ids=lambda target: target.name)
def test_nothing_is_missing_on_either_kind_of_machine_and_one_wheel_less_is_told(
    bundled: Path, target: wheels.Target, tmp_path: Path
) -> None:
    every = wheels.listed(*LISTS)
    assert wheels.missing(every, target, bundled / "wheels") == []
    without = Path(shutil.copytree(bundled / "wheels", tmp_path / "without", copy_function=os.link))
    (wheel,) = without.glob("streamlit-*.whl")
    wheel.unlink()
    (lacking,) = wheels.missing(every, target, without)
    assert lacking.startswith("streamlit==")


@pytest.mark.slow
def test_for_windows_pip_finds_all_it_wants_in_the_folder(bundled: Path, tmp_path: Path) -> None:
    """pip's own resolver with the folder alone.

    It cannot be run on Windows here; on Linux the installation is the proof.
    """
    places = [word for platform in wheels.WINDOWS.platforms for word in ("--platform", platform)]
    folder = ["--no-index", "--find-links", bundled / "wheels", "--target", tmp_path / "never", "-r", LISTS[1]]
    how = ["--only-binary=:all:", "--implementation", "cp", "--python-version", wheels.PYTHON]
    pip = [sys.executable, "-m", "pip", "--isolated", "install", "--dry-run", "--quiet"]
    subprocess.run([*pip, *how, *places, *folder], check=True, env=os.environ | {"PIP_CONFIG_FILE": os.devnull})


@pytest.mark.slow
def test_a_file_damaged_added_or_lost_on_the_way_stops_the_installation(carried: Path, tmp_path: Path) -> None:
    damaged, added, lost = carried / "README.md", carried / "wheels" / "stranger.whl", carried / "licences" / "list.csv"
    before = damaged.read_bytes()
    damaged.unlink()  # a link to the folder that is shared
    damaged.write_bytes(before + b" ")
    added.touch()
    lost.unlink()
    done = subprocess.run(["sh", carried / "install.sh", tmp_path / "thidua"], capture_output=True, text=True)
    named = [line.strip() for line in done.stderr.splitlines() if line.startswith("  ")]
    assert done.returncode == 2 and named == ["README.md", "licences/list.csv", "wheels/stranger.whl"]
    assert not (tmp_path / "thidua").exists()


@pytest.mark.slow
def test_a_folder_with_somebodys_files_is_left_alone(carried: Path, tmp_path: Path) -> None:
    (tmp_path / "thidua").mkdir()
    (tmp_path / "thidua" / "mine.txt").touch()
    done = subprocess.run(["sh", carried / "install.sh", tmp_path / "thidua"], capture_output=True, text=True)
    assert done.returncode == 2 and [path.name for path in (tmp_path / "thidua").iterdir()] == ["mine.txt"]


@pytest.mark.slow
def test_it_holds_the_source_of_the_commit_and_a_licence_of_every_package(bundled: Path) -> None:
    about = json.loads((bundled / "bundle.json").read_text(encoding="utf-8"))
    assert about["python"] == wheels.PYTHON and bundled.name.endswith(f"-python{wheels.PYTHON}")
    with tarfile.open(bundled / about["source"]) as source:
        held = set(source.getnames())
    kept = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "-z", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert {name for name in kept.stdout.split("\0") if name} <= held
    with (bundled / "licences" / "list.csv").open(encoding="utf-8", newline="") as file:
        licences = list(csv.DictReader(file))
    assert {row["wheel"] for row in licences} == {path.name for path in (bundled / "wheels").iterdir()}
    assert [row["package"] for row in licences if not row["licence"]] == []
    for row in licences:
        texts = [
            path for path in (bundled / "licences" / row["wheel"].removesuffix(".whl")).rglob("*") if path.is_file()
        ]
        assert len(texts) == int(row["texts"]), row["wheel"]


@pytest.mark.slow
def test_the_sums_are_those_of_every_file(bundled: Path) -> None:
    lines = (bundled / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {name: sha for sha, name in (line.split("  ", 1) for line in lines)}
    files = {
        path.relative_to(bundled).as_posix(): path
        for path in bundled.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert told == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
