"""`python -m bundle`: a folder that installs the project on a machine without a network.

dist/thidua-VERSION-pythonX.Y/: wheels for Linux and Windows x64 (of the Python that runs this), source (git archive
of HEAD), licences, install.sh, install.cmd, README.md, SHA256SUMS. Exit 2 when something of it is not to be had.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from bundle import licences, wheels
from pipelines import __version__
from pipelines.platform import sha256_of

PROJECT = Path(__file__).resolve().parent.parent
CARRIED = Path(__file__).parent / "carried"
LISTS = ("requirements.txt", "requirements-notebook.txt")
SUMS = "SHA256SUMS"


def main() -> None:
    """Make the folder; say where it is, what it does not hold, and the hash to compare by another way."""
    asked = argparse.ArgumentParser(prog="python -m bundle", description=__doc__)
    asked.add_argument("--out", type=Path, default=PROJECT / "dist", help="folder to write it into")
    folder = make(asked.parse_args().out)
    if _git("status", "--porcelain").strip():
        print("Thay đổi chưa commit không có trong gói (changes that are not committed are not in it).")
    print(f"{folder}\nSHA-256({SUMS}): {sha256_of(folder / SUMS)}")


def make(out: Path) -> Path:
    """The finished folder below `out`. One that was there is replaced when the new one is whole."""
    version = __version__
    folder = out / f"thidua-{version}-python{wheels.PYTHON}"
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(CARRIED, part, ignore=shutil.ignore_patterns("__pycache__"))
    source = f"thidua-{version}.tar.gz"
    commit = _git("rev-parse", "HEAD").strip()
    _git("archive", "--format=tar.gz", f"--output={(part / source).resolve()}", commit)
    about = {"version": version, "commit": commit, "python": wheels.PYTHON, "source": source}
    (part / "bundle.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    _wheels(part / "wheels")
    licences.collect(part / "wheels", part / "licences")
    _sums(part)
    shutil.rmtree(folder, ignore_errors=True)
    return part.rename(folder)


def _wheels(folder: Path) -> None:
    """Everything the lists lead to on either kind of machine, byte for byte as the lists name it."""
    folder.mkdir()
    lists = [PROJECT / name for name in LISTS]
    requirements = wheels.listed(*lists)
    for target in wheels.TARGETS:
        try:
            wheels.fetch(requirements, target, folder)
        except subprocess.CalledProcessError:
            _stop(f"Không tải được các gói cho {target.name}.", f"Packages for {target.name} are not to be had.")
        if lacking := wheels.missing(requirements, target, folder):
            names = "\n  ".join(lacking)
            _stop(f"Danh sách thiếu gói cho {target.name}:\n  {names}", f"The lists lack packages for {target.name}.")
    if altered := wheels.altered(lists, folder):
        names = "\n  ".join(altered)
        _stop(f"Gói tải về khác với danh sách:\n  {names}", "Packages that came are not those of the lists.")


def _sums(folder: Path) -> None:
    """One line a file, as `sha256sum -c` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=PROJECT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        _stop("Cần chạy trong bản sao git của dự án.", "Run it in a git clone of the project.")
    return done.stdout


def _stop(vietnamese: str, english: str) -> NoReturn:
    print(f"{vietnamese}\n({english})", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()
