"""Which files of a folder are handed in: workbooks at rest; the rest is counted, not received."""

import os
import threading
import time
from pathlib import Path

import pytest

from pipelines.problems import NoPlainFile
from pipelines.records import inbox


def _old(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (time.time() - 60,) * 2)
    return path


def test_folders_are_searched_and_what_is_no_workbook_is_counted(tmp_path: Path) -> None:
    wanted = [_old(tmp_path / "a.xlsx"), _old(tmp_path / "sâu" / "hơn" / "b.XLSM"), _old(tmp_path / "z cũ.xls")]
    for name in ("~$a.xlsx", "ghi chú.txt", "sâu/Thumbs.db"):
        _old(tmp_path / name)
    gathered = inbox.gather([tmp_path])
    assert set(gathered.files) == set(wanted)
    assert (gathered.ignored, gathered.growing) == (3, 0)


def test_a_file_named_outright_is_taken_whatever_it_is_called_and_only_once(tmp_path: Path) -> None:
    odd, book = _old(tmp_path / "bao cao.csv"), _old(tmp_path / "a.xlsx")
    gathered = inbox.gather([odd, book, tmp_path])
    assert gathered.files == (odd, book)


def test_a_file_that_is_still_growing_is_left_for_later(tmp_path: Path) -> None:
    at_rest, growing, stop = _old(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", threading.Event()

    def grow() -> None:
        while not stop.wait(0.02):
            with growing.open("ab") as file:
                file.write(b"more")

    growing.write_bytes(b"first")
    writer = threading.Thread(target=grow)
    writer.start()
    try:
        gathered = inbox.gather([tmp_path])
    finally:
        stop.set()
        writer.join()
    assert (gathered.files, gathered.growing) == ((at_rest,), 1)
    assert set(inbox.gather([tmp_path]).files) == {at_rest, growing}


def test_links_pipes_and_folders_elsewhere_are_not_followed_but_told(tmp_path: Path) -> None:
    """A link can lead to any file the office may read: its marked copy would be handed out."""
    inbox_folder, secret = tmp_path / "inbox", _old(tmp_path / "elsewhere" / "mat.xlsx")
    wanted = _old(inbox_folder / "a.xlsx")
    (inbox_folder / "link.xlsx").symlink_to(secret)
    (inbox_folder / "gone.xlsx").symlink_to(tmp_path / "nothing")
    (inbox_folder / "folder").symlink_to(secret.parent, target_is_directory=True)
    (inbox_folder / "round").symlink_to(inbox_folder, target_is_directory=True)
    os.mkfifo(inbox_folder / "pipe.xlsx")
    gathered = inbox.gather([inbox_folder])
    assert gathered.files == (wanted,)
    assert [path.name for path in gathered.left] == ["folder", "gone.xlsx", "link.xlsx", "pipe.xlsx", "round"]
    for name in ("folder", "gone.xlsx", "link.xlsx", "pipe.xlsx"):  # as `receive inbox/*` names them
        with pytest.raises(NoPlainFile):
            inbox.gather([wanted, inbox_folder / name])


def test_a_file_that_becomes_a_link_or_a_pipe_after_it_was_found_is_not_read(tmp_path: Path) -> None:
    _old(tmp_path / "secret.xlsx")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "secret.xlsx")
    os.mkfifo(tmp_path / "pipe.xlsx")
    for name in ("link.xlsx", "pipe.xlsx"):
        with pytest.raises(NoPlainFile):
            inbox.read_at_most(tmp_path / name)
    assert inbox.read_at_most(tmp_path / "secret.xlsx") == b"x"
