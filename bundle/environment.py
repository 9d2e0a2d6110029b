"""The virtual environment `.venv`, made, mended and brought up to lists of packages: `python bundle/environment.py
LIST…`.

Python's own library is enough. An environment that was stopped while it was made is made again; a list that has
changed is installed; where nothing changed nothing is asked of pip or the network. Exit 0 ready, 2 not, with the
reason.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = VENV / ".unfinished"  # there while something is being installed


def main() -> None:
    """Each list in its order."""
    for name in sys.argv[1:]:
        bring_up_to(ROOT / name)


def bring_up_to(packages: Path) -> None:
    """The packages of a list are there, in the versions it names."""
    mark, wanted = VENV / ("." + packages.stem), hashlib.sha256(packages.read_bytes()).hexdigest()
    is_marked = mark.exists()
    if is_marked and mark.read_text() == wanted and PYTHON.exists() and not UNFINISHED.exists():
        return
    was_whole = is_whole()
    if not was_whole:
        make()
    print("Cài các gói (installing packages):", packages.name, flush=True)
    is_installed = install(packages)
    if not is_installed and was_whole and not is_marked:  # stopped half way before there were marks
        make()
        is_installed = install(packages)
    if not is_installed:
        stop(
            "Không cài được các gói của " + packages.name + ". Kiểm tra mạng và dung lượng trống rồi chạy lại.",
            "The packages could not be installed. Check the network and the free space, then run again.",
        )
    mark.write_text(wanted)
    UNFINISHED.unlink()


def is_whole() -> bool:
    """Whether nobody was stopped while making it, and pip runs in it."""
    if not PYTHON.exists() or UNFINISHED.exists():
        return False
    return not subprocess.run(
        [PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ).returncode


def make() -> None:
    """From nothing, whatever was there."""
    if sys.hexversion < 0x030B0000:
        stop("Cần Python 3.11 trở lên.", "Python 3.11 or newer is needed.")
    if VENV.is_symlink():
        stop(
            ".venv là liên kết đến nơi khác và không dùng được. Xóa liên kết này rồi chạy lại.",
            "Remove the link .venv.",
        )
    try:
        if VENV.exists():
            print("Làm lại .venv dở dang (making an unfinished .venv again)", flush=True)
            shutil.rmtree(VENV)
        VENV.mkdir()
    except OSError as error:
        stop(
            "Không xóa được .venv (" + str(error) + "). Đóng chương trình đang chạy rồi chạy lại.",
            ".venv cannot be removed. Close what is running, then run again.",
        )
    UNFINISHED.touch()
    if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode:
        stop(
            "Không tạo được .venv (Debian, Ubuntu: cài gói python3-venv).",
            "No .venv (Debian, Ubuntu: install python3-venv).",
        )


def install(packages: Path) -> bool:
    """Whether pip could. Of some ten thousand modules a few hundred are ever used: Python compiles them then."""
    UNFINISHED.touch()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    return subprocess.run([*pip, "-r", str(packages)], cwd=ROOT).returncode == 0


def stop(vietnamese: str, english: str) -> None:
    """Nothing more is done."""
    print(vietnamese + "\n(" + english + ")", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()
