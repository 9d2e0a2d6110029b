"""The pages run in every language with and without figures, and a panel leads from a point to the cells behind it."""

import asyncio
import io
import re
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from dashboard.serving.document import FirstPage
from dashboard.shell import columns, export, filters
from dashboard.shell.columns import Column
from dashboard.shell.imprint import Imprint
from dashboard.streamlit_inside.trying import html
from pipelines import palette
from pipelines.access import sees_all
from pipelines.places import COMMAND
from pipelines.settings import Home
from pipelines.texts import catalogue, number, say
from pipelines.warehouse import connection
from pipelines.warehouse.building.moment import day_in_vietnam
from pipelines.warehouse.door import queries
from tests import ROOT
from tests.support.homes.reported import small_year
from tests.support.pages.opened_pages import APP, pages
from tests.support.pages.opened_pages import opened as open_page

PAGES = sorted(path.parent.name for path in pages())
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return small_year(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("empty")).ready()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    def run(home: Home, name: str = "", script: Path = APP, **chosen: str) -> AppTest:
        return open_page(home, monkeypatch, name, script, **chosen)

    return run


def words(page: AppTest) -> str:
    """Everything a reader sees as text."""
    shown = [*page.title, *page.subheader, *page.markdown, *page.caption, *page.info, *page.warning, *page.error]
    return "\n".join(str(part.value) for part in shown)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_with_figures(name: str, lang: str, small: Home, opened: Open) -> None:
    page = opened(small, name, lang=lang)
    assert not page.exception
    assert len(page.title) == 1 and page.segmented_control(key="lang").value == lang


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_without_figures_and_says_what_to_do(name: str, lang: str, empty: Home, opened: Open) -> None:
    page = opened(empty, name, lang=lang)
    assert not page.exception and not page.error
    if name not in ("submit", "method"):  # these need no figures
        assert page.info[0].value == say("dashboard.empty.body", lang, command=COMMAND)


def test_the_board_says_who_is_late_and_what_was_found(small: Home, opened: Open) -> None:
    page = opened(small, "board")
    assert [(tile.label, tile.value) for tile in page.metric][:3] == [
        ("Nộp đúng hạn", "3"), ("Nộp sau hạn", "1"), ("Chờ sửa", "1"),
    ]  # fmt: skip
    assert "4/25 báo cáo đã nộp" in page.caption[0].value
    version = queries.freshness(connection.current(small), sees_all()).version
    assert version not in page.caption[0].value and version in page.caption[0].help  # which only machines read
    assert version in page.caption[1].value  # on paper nothing can be pointed at
    assert (
        page.dataframe[0].value["reporter_name"].iloc[0] == "Vụ 4 (mẫu)"
    )  # to mend, before what is overdue or came late
    assert {"Vụ 4 (mẫu)", "Vụ 3 (mẫu)"} <= {part.value for part in page.caption}  # named under their numbers
    board = page.dataframe[0].value.set_index("reporter_name")
    assert board.loc["Vụ 3 (mẫu)", "days_late"].strip() == "105"
    overdue = (day_in_vietnam(datetime.now(UTC)) - date(2025, 12, 15)).days  # to today, not to what came in last
    assert board.loc["Vụ 5 (mẫu)", "days_late"].strip() == number(overdue, "vi")
    page.session_state["q"] = "vu 4"
    page.run()
    assert page.dataframe[0].value["reporter_name"].tolist() == ["Vụ 4 (mẫu)"]


def test_a_report_not_sent_is_not_called_faultless(small: Home, opened: Open) -> None:
    page = opened(small, "board", q="vu 5")
    assert page.info[0].value == "Vụ 5 (mẫu) chưa nộp báo cáo kỳ này (hạn nộp: 15/12/2025)."
    page = opened(small, "board", q="vu 3")
    assert page.info[0].value == catalogue("vi")["dashboard.board.clean"]


def test_the_period_goes_along_to_a_page_seen_for_the_first_time(small: Home, opened: Open) -> None:
    page = opened(small)
    page.selectbox(key="period").set_value("2024").run()
    page.switch_page("board/page.py").run()
    assert page.caption[0].value.startswith("Năm 2024")
    page = opened(small).switch_page("board/page.py").run()
    assert page.caption[0].value.startswith("Năm 2025")  # the newest with a report, not the first on offer


def test_the_first_page_answers_to_its_own_name_too() -> None:
    answers: list[Message] = []

    async def keep(message: Message) -> None:
        answers.append(message)

    async def nothing() -> Message:
        return {"type": "http.request"}

    async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("not passed on")

    scope: Scope = {
        "type": "http", "path": "/tong-quan", "query_string": b"lang=en&group=VU", "headers": [], "server": ("x", 80),
    }  # fmt: skip
    asyncio.run(FirstPage(elsewhere, "tong-quan")(scope, nothing, keep))
    assert answers[0]["status"] == 307
    assert dict(answers[0]["headers"])[b"location"] == b"/?lang=en&group=VU"


def test_the_board_lists_what_a_returned_report_has_to_mend(small: Home, opened: Open) -> None:
    page = opened(small, "board", standing="returned")
    assert page.dataframe[0].value["reporter_name"].tolist() == ["Vụ 4 (mẫu)"]
    page.session_state["board.rows"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run()
    assert [fold.label.split("**")[1] for fold in page.expander] == ["Khen thưởng", "Cán bộ"]  # errors first
    lists = html(page)[2:]  # before them the head of the paper, and the board on it
    assert ">F17<" in lists[0] and ">31/2/2025<" in lists[0]


def test_a_word_that_fits_nobody_is_answered_with_what_to_do(small: Home, opened: Open) -> None:
    page = opened(small, "board", q="khong co ai")
    assert not page.dataframe
    assert page.info[0].value == catalogue("vi")["dashboard.board.nobody"]


def test_a_point_leads_to_file_sheet_and_cell_as_written_and_to_the_whole_row(small: Home, opened: Open) -> None:
    page = opened(small, script=ROOT / "tests/support/pages/panel_trial.py", period="2025")
    assert "Chưa có, hãy chọn kỳ khác." in words(page)
    page.session_state["trial.point"] = ["award_rate", "V01", "2025", "CSTDCS", ""]
    page.run()
    assert not page.exception
    assert "Căn cứ: Vụ 1 (mẫu), Năm 2025" in words(page)
    rows = page.dataframe[0].value
    assert len(rows) == 3 and rows["subject"].tolist() == [f"Nguyễn Văn A{n}" for n in range(3)]
    assert re.fullmatch(r"V01_2025\.xlsx › Khen thưởng › [A-Z]+5", rows["source"].iloc[0])
    whole = "\n".join(html(page))
    assert re.search(r"Danh hiệu, hình thức</td>.*?CSTDCS</td>", whole, re.S)


def test_a_point_the_figure_no_longer_has_is_not_shown(small: Home, opened: Open) -> None:
    page = opened(small, script=ROOT / "tests/support/pages/panel_trial.py", period="2025")
    page.session_state["trial.point"] = ["award_rate", "V01", "2024", "CSTDCS", ""]
    page.run()
    assert "Căn cứ" not in words(page)


def test_numbers_look_alike_whatever_the_browser() -> None:
    table = pd.DataFrame({"share": [0.095, 0.1234, None], "day": pd.to_datetime(["2025-12-01", None, None])})
    text = columns.shown(table, {"share": Column("Tỷ lệ", "share"), "day": Column("Ngày", "day")}, "vi")
    assert text["share"].tolist() == ["9,5%", "12,3%", "–"]
    assert text["day"].tolist() == ["01/12/2025", "–", "–"]


def test_a_download_holds_real_numbers_and_says_where_it_comes_from() -> None:
    table = pd.DataFrame({"name": ["=1+1", None], "share": [0.5, None], "day": pd.to_datetime(["2025-12-01", None])})
    shape = {"name": Column("Tên"), "share": Column("Tỷ lệ", "share"), "day": Column("Ngày", "day")}
    stamp = Imprint("vi", "Vụ Tổ chức - Cán bộ", date(2026, 1, 5), "Năm 2025", source="phiên bản 1")
    sheet = openpyxl.load_workbook(io.BytesIO(export.workbook(stamp, "Ai?", table, shape))).active
    assert sheet is not None
    assert [sheet.cell(row, 1).value for row in (2, 5, 7, 8)] == ["Ai?", "phiên bản 1", "Tên", "=1+1"]
    assert sheet["A8"].data_type == "s"
    assert (sheet["B8"].value, sheet["B8"].number_format, sheet["B9"].value) == (0.5, "0.0%", None)
    assert str(sheet["C8"].value) == "2025-12-01 00:00:00"


def test_units_are_found_without_accents() -> None:
    assert filters.matches("Vụ Tổ chức - Cán bộ", "to chuc")
    assert filters.matches("Ban Nội chính Tỉnh ủy Đắk Lắk", "ban dak")
    assert filters.matches("Ban Nội chính Thành ủy Hà Nội", "ha no")
    assert not filters.matches("Ban Nội chính Tỉnh ủy Hà Giang", "ha noi")  # nearly every name says "Nội chính"
    assert not filters.matches("Văn phòng", "vụ")


def test_the_theme_repeats_the_palette() -> None:
    config = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    light, dark = config["theme"]["light"], config["theme"]["dark"]
    names = (
        "textColor",
        "borderColor",
        "backgroundColor",
        "secondaryBackgroundColor",
        "redColor",
        "grayColor",
        "blueColor",
    )
    assert [light[n] for n in names] == [
        palette.INK, palette.LINE, palette.GROUND, palette.GROUND_2, palette.RED, palette.GREY, palette.BLUE,
    ]  # fmt: skip
    assert [dark[n] for n in names] == [
        palette.DARK_INK, palette.DARK_LINE, palette.DARK_GROUND, palette.DARK_GROUND_2,
        palette.DARK_RED, palette.DARK_GREY, palette.DARK_BLUE,
    ]  # fmt: skip
    assert (light["primaryColor"], dark["primaryColor"]) == (palette.BLUE, palette.DARK_PRIMARY)
    assert light["chartCategoricalColors"] == list(palette.CATEGORICAL) and len(palette.CATEGORICAL) >= 10
    assert dark["chartCategoricalColors"] == list(palette.DARK_CATEGORICAL) and len(palette.DARK_CATEGORICAL) >= 10
    assert light["chartSequentialColors"] == list(palette.SEQUENTIAL) == dark["chartSequentialColors"][::-1]


def test_every_font_and_icon_named_lies_in_the_static_folder() -> None:
    config = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for face in config["theme"]["fontFaces"]:
        assert (ROOT / "dashboard" / face["url"].removeprefix("app/")).read_bytes()[:4] == b"wOF2"
    assert (ROOT / "dashboard" / "static" / "fonts" / "OFL.txt").exists()
    assert (ROOT / "dashboard" / "static" / "icon.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_language_and_filters_stand_in_the_url(small: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(small.root))
    page = AppTest.from_file(ROOT / "tests/support/pages/panel_trial.py", default_timeout=30)
    page.query_params["lang"], page.query_params["period"] = "en", "2024"
    page.run()
    assert page.caption[0].value.startswith("Year 2024 · 1 of 29")
    page.selectbox(key="period").set_value("2025").run()
    page.segmented_control(key="lang").set_value("vi").run()
    assert page.caption[0].value.startswith("Năm 2025")
    assert page.query_params["period"] == "2025"  # the default too: it moves on


def test_a_reader_first_sees_the_newest_period_that_half_have_reported_for() -> None:
    def first(*received: int) -> int:
        return filters.first_shown(pd.DataFrame({"received_count": received, "obliged_count": [25] * len(received)}))

    assert first(1, 20, 25) == 1
    assert first(13, 20, 25) == 0
    assert first(0, 3, 2) == 1
    assert first(0, 0, 0) == 0
