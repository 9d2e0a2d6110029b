"""The main path as a clerk and a leader walk it: template, one mistake, marked copy, mended, handed in, on the chart,
back to the cell.
"""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Locator

from dashboard.streamlit_inside.parts import Part
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse.connection import current
from tests.conftest import Readers
from tests.support.pages import accessible
from tests.support.pages.browser import Reader, Server, demo_server
from tests.support.pages.charts_seen import CHART, click, points, shown
from tests.support.workbooks.clerk import GRANTED, MISTAKE, filled, mended

pytestmark = pytest.mark.slow
UNIT = "V15"  # has not reported for 2025 in the demo
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLLOWED = 120_000  # milliseconds until the figures know a receipt


@pytest.fixture(scope="module")
def own(received: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A data folder to write into."""
    return Home(Path(shutil.copytree(received.root, tmp_path_factory.mktemp("main_path") / "home")))


@pytest.fixture(scope="module")
def server(own: Home) -> Iterator[Server]:
    with demo_server(own) as started:
        yield started


def test_from_the_template_to_a_point_and_back_to_the_cell(own: Home, server: Server, readers: Readers) -> None:
    who = readers(server).open("nop-bao-cao", template_period="2025", template_reporter=UNIT)
    template = saved(who, button(who, "Tải mẫu của"))
    sheet, cell, wrong = MISTAKE

    send(who, filled(template), f"{UNIT}_2025.xlsx")
    problems = who.page.locator(Part.MAIN).inner_text()
    assert "còn 1 điểm cần sửa" in problems
    assert sheet in problems and cell in problems and wrong in problems
    assert accessible.faults(who.page) == []
    before = current(own).name
    marked = saved(who, button(who, "Tải tệp đã đánh dấu"))
    assert openpyxl.load_workbook(io.BytesIO(marked))[sheet][cell].fill.fill_type == "solid"

    last = mended(marked)
    send(who, last, f"{UNIT}_2025.xlsx")
    who.page.locator(f"{Part.CHECKBOX} label").click()
    who.rest()
    assert accessible.faults(who.page) == []
    who.page.locator(".st-key-submit\\.send button, .st-key-submit-send button").click()
    who.page.locator(".st-key-receipt").wait_for()
    who.page.locator(Part.ALERT_SUCCESS, has_text=catalogue("vi")["submit.figures.ready"]).wait_for(timeout=FOLLOWED)
    assert current(own).name > before and accessible.faults(who.page) == []

    who.open("khen-thuong", period="2025", series="GK")
    panel = who.page.locator(".st-key-panel-awards-units")
    click(who, next(p for p in points(panel.locator(CHART)) if p.address[1] == UNIT))
    seen = shown(panel)
    assert accessible.faults(who.page) == []
    line = next(row for row in range(4, 4 + len(GRANTED)) if f"E{row}" in seen.cells)
    assert seen.sheet == sheet and seen.cells[f"E{line}"] == "Giấy khen"
    assert openpyxl.load_workbook(io.BytesIO(last))[sheet][f"E{line}"].value == "Giấy khen"
    assert f"{UNIT}_2025.xlsx › {sheet} › E{line}" in seen.first
    assert who.faults() == [] and server.failures() == []


def button(who: Reader, words: str) -> Locator:
    """A download button by its words."""
    return who.page.locator(f"{Part.DOWNLOAD_BUTTON} button", has_text=words)


def saved(who: Reader, pressed: Locator) -> bytes:
    """The bytes a press of a download button brings."""
    with who.page.expect_download(timeout=60_000) as waiting:
        pressed.click()
    download: Download = waiting.value
    return Path(download.path()).read_bytes()


def send(who: Reader, data: bytes, name: str) -> None:
    """Put a file into the uploader and wait for the verdict."""
    upload = who.page.locator(f'{Part.UPLOADER} input[type="file"]')
    upload.set_input_files({"name": name, "mimeType": XLSX, "buffer": data})
    who.page.get_by_text("Kết quả kiểm tra").wait_for(timeout=60_000)
    who.rest()
