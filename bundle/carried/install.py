"""Install from the folder this file lies in, without a network: `python install.py [FOLDER] [--notebooks]`.

Started by install.sh and install.cmd; Python's own library is enough. First every file is held against SHA256SUMS,
so that nothing is written when the copy is damaged. Exit 0 installed, 2 not installed, with the reason.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"
ABOUT = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))


def main() -> None:
    """Check, unpack, install, and say how to start."""
    asked = argparse.ArgumentParser(prog="install")
    asked.add_argument("folder", nargs="?", type=Path, default=Path.home() / "thidua")
    asked.add_argument("--notebooks", action="store_true", help="JupyterLab too (cài cả JupyterLab)")
    chosen = asked.parse_args()
    folder = chosen.folder.expanduser().resolve()
    check_python()
    check_files()
    check_folder(folder)
    say("Chép chương trình", "Unpacking the source", folder)
    unpack(folder)
    say("Cài các gói", "Installing the packages", HERE / "wheels")
    python = make_environment(folder, "requirements-notebook.txt" if chosen.notebooks else "requirements.txt")
    finish(folder, python, chosen.notebooks)


def check_python() -> None:
    """The wheels are for one version of Python on 64-bit Linux or Windows."""
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    if running != ABOUT["python"] or sys.maxsize < 2**32:
        wanted = f"Python {ABOUT['python']} 64-bit"
        stop(f"Cần {wanted}, đang chạy {running}.", f"{wanted} is needed, this is {running}.")


def check_files() -> None:
    """Every file of the folder is there and as it was made; nothing was added."""
    lines = (HERE / SUMS).read_text(encoding="utf-8").splitlines()
    told = {name: sha for sha, name in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(HERE).as_posix(): path for path in HERE.rglob("*") if path.is_file()}
    del there[SUMS]
    wrong = [name for name in told if name not in there or _sha(there[name]) != told[name]]
    wrong += [name for name in there if name not in told and "__pycache__" not in name]
    if wrong:
        names = "\n  ".join(sorted(wrong)[:10])
        stop(
            f"Tệp hỏng, thiếu hoặc lạ, hãy chép lại thư mục:\n  {names}",
            "Files damaged, missing or foreign: copy the folder again.",
        )


def check_folder(folder: Path) -> None:
    """Nothing of anybody's is written over: the folder must be new or empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(f"Thư mục đã có tệp, hãy chọn thư mục khác: {folder}", "The folder is not empty: choose another.")


def unpack(folder: Path) -> None:
    """The source, with the modes of its files."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(HERE / ABOUT["source"]) as archive:
        if hasattr(tarfile, "data_filter"):  # Python 3.11.4 and newer
            archive.extractall(folder, filter="data")
        else:
            archive.extractall(folder)


def make_environment(folder: Path, packages: str) -> Path:
    """`.venv` in the folder with these packages from the wheels; its Python."""
    if subprocess.run([sys.executable, "-m", "venv", folder / ".venv"]).returncode:
        stop(
            f"Không tạo được .venv (Debian, Ubuntu: cài gói python3-venv). Xóa thư mục {folder} rồi chạy lại.",
            "No .venv (Debian, Ubuntu: install python3-venv). Delete the folder, try again.",
        )
    python = folder / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip: list[str | Path] = [python, "-m", "pip", "--isolated", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-compile"]  # of some ten thousand modules a few hundred are ever used: Python compiles them then
    pip += ["--no-index", "--find-links", HERE / "wheels", "--requirement", folder / packages]
    if subprocess.run(pip, env=os.environ | {"PIP_CONFIG_FILE": os.devnull}).returncode:
        stop(
            f"Không cài được các gói. Xóa thư mục {folder} rồi chạy lại.",
            "The packages could not be installed. Delete the folder, try again.",
        )
    return python


def finish(folder: Path, python: Path, notebooks: bool) -> None:
    """See that the program starts, say how to start it."""
    if subprocess.run([python, "-m", "pipelines", "--help"], cwd=folder, stdout=subprocess.DEVNULL).returncode:
        stop("Cài xong nhưng chương trình không chạy.", "Installed, but the program does not start.")
    say("Đã cài vào", "Installed in", folder)
    own = python.relative_to(folder)
    say("Mở bằng lệnh, trong thư mục đó", "Start with, in that folder", f"{own} -m dashboard")
    say(
        "Dùng thử với số liệu mô phỏng thì chạy trước",
        "To try it on invented data, run first",
        f"{own} -m pipelines demo",
    )
    say(
        "Bắt đầu công việc thật, hoặc dùng tiếp thư mục dữ liệu của bản cũ",
        "Begin real work, or go on with the data folder of an older version",
        f"{own} -m pipelines begin --home {folder.parent / 'thidua-data'}",
    )
    if notebooks:
        lab = f"{Path('..') / own} -m jupyterlab --LabApp.app_settings_dir=.lab --LabApp.extension_manager=readonly"
        say("Sổ tay, trong thư mục notebooks", "Notebooks, in the folder notebooks", lab)


def say(vietnamese: str, english: str, what: object) -> None:
    """One line in both languages."""
    print(f"{vietnamese} ({english}): {what}", flush=True)


def stop(vietnamese: str, english: str) -> None:
    """Nothing more is done."""
    print(f"{vietnamese}\n({english})", file=sys.stderr)
    sys.exit(2)


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main()
