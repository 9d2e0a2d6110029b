"""Files the page cannot take at once: too large, or lost with a server that was started anew.

The reader is told what to do.
"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard.streamlit_inside.parts import Part
from pipelines.settings import Home
from tests.support.pages.browser import Reader, Server, demo_server
from tests.support.workbooks.filled_books import book

pytestmark = pytest.mark.slow
Readers = Callable[[Server], Reader]


def _choose(who: Reader, folder: Path, data: bytes) -> None:
    path = folder / "bao-cao.xlsx"
    path.write_bytes(data)
    who.page.locator(f'{Part.UPLOADER} input[type="file"]').set_input_files(path)


def test_a_file_too_large_and_a_server_started_anew_are_told_in_words(tmp_path: Path, readers: Readers) -> None:
    home = Home(tmp_path / "home").ready()
    with demo_server(home) as server:
        who = readers(server).open("nop-bao-cao")
        _choose(who, tmp_path, b"PK" + bytes(25_000_000))
        who.page.get_by_text("Tệp quá lớn, chưa thể nhận.").first.wait_for(timeout=60_000)
        assert "Bỏ ảnh, trang và dòng không dùng" in who.rest().page.locator(Part.MAIN).inner_text()
        who.page.get_by_text("Gửi tệp khác").click()
        who.rest()
        _choose(who, tmp_path, book())
        who.page.get_by_text("Kết quả kiểm tra").wait_for(timeout=60_000)
        who.rest()
        port = urlsplit(server.url).port or 0
    with demo_server(home, port=port):
        who.page.locator(f"{Part.CHECKBOX} label").click(
            timeout=60_000
        )  # a page at rest asks the new server nothing by itself
        told = who.page.get_by_text("chọn lại tệp ở ô trên")
        told.wait_for(timeout=60_000)
        _choose(who, tmp_path, book())
        who.page.get_by_text("Kết quả kiểm tra").wait_for(timeout=60_000)
        assert who.rest() and told.count() == 0
    assert "AxiosError" not in who.page.locator("body").inner_text()
