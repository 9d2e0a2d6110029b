"""What others have named or written reaches a terminal as plain letters: it steers nothing, turns nothing round, hides
no line.
"""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from pipelines import encodings
from pipelines.encodings import visible, visible_json
from pipelines.settings import PROJECT
from pipelines.submissions.file_names import marked, on_disk, readable
from tests.support.workbooks.filled_books import book

# Clears the screen, renames the window, turns the rest of the line round, ends the line, hides in an eight-bit control.
HOSTILE = "\x1b[2J\x1b]0;gia\x07 bao\u202ecáo\u2066\u200f \x9b31m"
_CLASSES = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def unseen(text: str) -> list[str]:
    return [char for char in text if unicodedata.category(char) in _CLASSES and char != "\n"]


def test_everything_that_is_not_seen_is_known() -> None:
    missed = [hex(code) for code in range(0x110000) if unseen(chr(code)) and visible(chr(code)) == chr(code) != "\n"]
    wrong = [chr(code) for code in range(0x110000) if visible(chr(code)) != chr(code) and chr(code).isalnum()]
    assert missed == [] and wrong == []


def test_vietnamese_letters_in_every_form_stay() -> None:
    text = "Báo cáo Đắk Lắk – “Sở Y tế” 100 % ₫"
    for form in ("NFC", "NFD"):
        assert visible(unicodedata.normalize(form, text)) == unicodedata.normalize(form, text)


def test_names_are_shown_and_given_back_without_what_is_not_seen() -> None:
    name = f"{HOSTILE}.xlsx"
    for told in (readable(name), "".join(on_disk(name)), marked(name, "vi")):
        assert unseen(told) == [] and "\n" not in told and told.endswith(".xlsx"), told


def test_json_loses_nothing_and_steers_nothing() -> None:
    told = visible_json(json.dumps({"file": HOSTILE + "\ud83d"}, ensure_ascii=False, indent=1))
    assert unseen(told) == [] and json.loads(told) == {"file": HOSTILE + "\ud83d"}


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines", *words],
        cwd=PROJECT,
        env=os.environ | {"THIDUA_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_no_verb_prints_what_a_sender_has_put_into_a_name_or_a_cell(tmp_path: Path) -> None:
    inbox, home = tmp_path / "inbox", tmp_path / "home"
    inbox.mkdir()
    (inbox / f"{HOSTILE}\nĐã nhận.xlsx").write_bytes(book(cells={("Cán bộ", "H4"): f"Tốt\u202e\x9b{HOSTILE}"}))
    (inbox / f"khong{HOSTILE}.xlsx").write_bytes(b"x")
    (inbox / f"link{HOSTILE}.xlsx").symlink_to(tmp_path)
    wrong = str(inbox / f"{HOSTILE}\nkhông có.xlsx")
    for words in (
        ("check", str(inbox)),
        ("receive", str(inbox), "--no-build"),
        ("check", str(inbox), "--json"),
        ("receive", str(inbox), "--no-build", "--json"),
        ("check", wrong),
        ("accept", wrong, "--reason", HOSTILE),
        ("template", "--year", "2025", "--unit", HOSTILE),
        (f"nhan{HOSTILE}",),
        ("status", f"--{HOSTILE}"),
        ("doctor",),
    ):
        done = run(home, *words)
        assert unseen(done.stdout + done.stderr) == [], words
        assert "Traceback" not in done.stderr, done.stderr
        if wrong in words:
            assert len([line for line in done.stderr.splitlines() if "không có.xlsx" in line]) == 1
            assert not any(line.startswith("không có") for line in done.stderr.splitlines())
    assert list((home / "returned").iterdir()) and not [
        one for one in (home / "returned").iterdir() if unseen(one.name)
    ]


def test_what_is_left_is_told_and_its_target_is_never_received(tmp_path: Path) -> None:
    inbox, home, secret = tmp_path / "inbox", tmp_path / "home", tmp_path / "mat.xlsx"
    inbox.mkdir()
    secret.write_bytes(book())
    (inbox / "link.xlsx").symlink_to(secret)
    os.mkfifo(inbox / "pipe.xlsx")
    done = run(home, "receive", str(inbox), "--no-build")
    assert done.returncode == 0 and done.stderr.count("Không đọc") == 2
    for name in ("link.xlsx", "pipe.xlsx"):
        for verb in (("receive",), ("check",), ("accept", "--reason", "x")):
            done = run(home, verb[0], str(inbox / name), *verb[1:])
            assert done.returncode == 2 and ("là liên kết" in done.stderr or "Không có" in done.stderr), done.stderr
    assert not list((home / "submissions").glob("??/*"))


@pytest.mark.parametrize("char", ["\x07", "\u202e", "\u061c", "\u2028", "\ud800"])
def test_one_of_each_kind_is_replaced(char: str) -> None:
    assert encodings.visible(f"a{char}b") == "a\ufffdb" and encodings.visible(f"a{char}b", "_") == "a_b"
