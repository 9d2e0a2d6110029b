"""Which files of a folder are handed in: workbooks at rest; the rest is counted, not received."""

import os
import threading
import time
from pathlib import Path

from pipelines.submissions import inbox


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
