"""Whatever leaves a page says whose it is, of which period, what was chosen, how many rows of how many, and how to read
it.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import streamlit as st
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.shell import export, filters, paper
from dashboard.shell.columns import Column
from dashboard.shell.imprint import Imprint
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse import connection
from tests.support.homes.handed_in import every_unit_for_three_years
from tests.support.homes.reported import small_year
from tests.support.pages.opened_pages import opened, pages, words
from tests.support.pages.vietnamese import foreign

PAGES = sorted(path.parent.name for path in pages())
NO_FIGURES, NOBODY_JUDGED = {"submit", "method"}, {"board", "data"}
OF_SEVERAL_YEARS = {"council", "profile", "meeting"}
STAMP = Imprint(
    "vi", "Vụ Tổ chức - Cán bộ", date(2026, 1, 5), "Năm 2025", source="phiên bản 1", caveat="không phải kết luận"
)


@dataclass(frozen=True)
class File:
    """A download as its button offers it."""

    label: str
    name: str
    make: Callable[[], bytes] | bytes

    @cached_property
    def data(self) -> bytes:
        return self.make() if callable(self.make) else self.make

    @cached_property
    def sheet(self) -> Worksheet:
        """The one sheet of a workbook."""
        [sheet] = openpyxl.load_workbook(io.BytesIO(self.data)).worksheets
        return sheet


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return small_year(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return every_unit_for_three_years(tmp_path_factory.mktemp("council"))


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[File]]:
    """The downloads offered by the pages opened since."""
    offered: list[File] = []
    draw = st.download_button

    def button(label: str, data: Any, file_name: str, **more: Any) -> Any:
        offered.append(File(label, file_name, data))
        return draw(label, data, file_name=file_name, **more)

    monkeypatch.setattr(st, "download_button", button)
    yield offered


def lines(file: File) -> list[str]:
    """What stands in the first column of a workbook, row by row."""
    return [str(row[0].value) for row in file.sheet.iter_rows() if row[0].value is not None]


@pytest.mark.parametrize("name", sorted(set(PAGES) - NO_FIGURES))
def test_every_download_of_every_page_says_what_it_is(
    name: str, home: Home, judged: Home, files: list[File], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = judged if name in OF_SEVERAL_YEARS else home
    version = connection.current(home).name
    parts = (
        ({"part": "take"}, {"part": "take", "what": "table.awards"}, {"part": "versions"}) if name == "data" else ({},)
    )
    for chosen in parts:
        page = opened(home, monkeypatch, name, **chosen)
        for lang in ("vi", "en"):
            page.session_state["lang"] = lang
            files.clear()  # those of the page one arrives at, and of the language before
            page.run()
            assert not page.exception
            check(name, lang, files, version)


def check(name: str, lang: str, files: list[File], version: str) -> None:
    texts = catalogue(lang)
    assert files, name
    for file in files:
        assert re.search(r"20\d\d", file.name) and not re.search(r"ALL|_|2025-|values|H1|\(awards", file.name), (
            file.name
        )
        if lang == "vi":
            assert foreign(file.name.rpartition(".")[0]) == [], file.name
        told = parquet_lines(file) if file.name.endswith(".parquet") else lines(file)
        head = "\n".join(told[:8])
        assert texts["imprint.agency"] in told[:2] and version in head, file.name
        assert texts["imprint.made"].partition(":")[0] in head and texts["imprint.period"].partition(":")[0] in head
        assert (texts["imprint.caveat"] in head) is (name not in NOBODY_JUDGED), file.name
        if file.name.endswith(".xlsx"):
            assert texts["imprint.made_by"] in told or len(told) > 5000, "somebody signs it"
            assert file.sheet.title == texts["imprint.sheet"]


def parquet_lines(file: File) -> list[str]:
    return pq.read_schema(io.BytesIO(file.data)).metadata[b"told"].decode().splitlines()


@pytest.mark.parametrize(
    ("name", "chosen", "words_of", "count"),
    [
        ("board", {"q": "vu 4"}, "Tìm đơn vị, cụm: “vu 4”", "1 trên 25 dòng"),
        ("board", {"standing": "returned"}, "Tình trạng: Chờ sửa", "1 trên 25 dòng"),
        ("council", {"group": "VU"}, "Khối, cụm, tỉnh: ", " trên "),
        ("exemplars", {"q": "khong co gi nhu vay"}, "“khong co gi nhu vay”", "0 trên "),
        ("rules", {"rule_status": "statutory"}, "Tình trạng: ", " trên "),
        ("meeting", {"proposer": "V01"}, "Đơn vị: Vụ 1 (mẫu)", " trên "),
        ("profile", {"unit": "V02"}, "Đơn vị: Vụ 2 (mẫu)", "Đã lọc"),
    ],
)
def test_a_filtered_file_says_that_it_is_filtered_and_how_much_it_holds(
    name: str,
    chosen: dict[str, str],
    words_of: str,
    count: str,
    home: Home,
    judged: Home,
    files: list[File],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened(judged if name in OF_SEVERAL_YEARS else home, monkeypatch, name, **chosen)
    assert not page.exception
    files.clear()
    page.run()
    filtered = [file for file in files if "đã lọc" in file.name]
    assert filtered, [file.name for file in files]
    heads = ["\n".join(lines(file)[:8]) for file in filtered]
    assert all("Đã lọc" in head for head in heads) and any(words_of in head and count in head for head in heads), heads


def test_a_file_with_everything_says_so(home: Home, files: list[File], monkeypatch: pytest.MonkeyPatch) -> None:
    opened(home, monkeypatch, "board")
    board = files[-1]
    assert board.name == "Tình hình nộp báo cáo của đơn vị, cụm thi đua - Năm 2025.xlsx"
    told = lines(board)
    assert "Không lọc" in told[3] and "25 dòng" in told[3] and "trên" not in told[3]


def test_a_download_of_all_periods_says_so(home: Home, files: list[File], monkeypatch: pytest.MonkeyPatch) -> None:
    opened(home, monkeypatch, "data", part="take", what="values.award_rate", span="all")
    excel, parquet = files[-2:]
    assert excel.name.endswith(" - Tất cả các kỳ.xlsx") and parquet.name.endswith(" - Tất cả các kỳ.parquet")
    assert lines(excel)[2].startswith("Kỳ báo cáo: Tất cả các kỳ · ") and parquet_lines(parquet)[2] == lines(excel)[2]
    assert "Tử số" in str([cell.value for cell in excel.sheet[7]])


def test_rows_behind_a_point_go_with_the_same_words(
    home: Home, files: list[File], monkeypatch: pytest.MonkeyPatch
) -> None:
    point = ["award_rate", "V01", "2025", "LDTT", ""]
    monkeypatch.setattr("dashboard.shell.panel.picked", lambda key, points: point)
    opened(home, monkeypatch, "awards")
    behind = [file for file in files if file.name.startswith("Căn cứ, Vụ 1 (mẫu)")]
    assert behind and all("không phải kết luận" in "\n".join(lines(file)[:8]) for file in behind)


def test_a_workbook_is_one_an_official_hands_on() -> None:
    table = pd.DataFrame({"name": ["Vụ 1"] * 3, "count": [1, 2, 3]})
    shape = {"name": Column("Đơn vị"), "count": Column("Số người", "count")}
    data = export.workbook(
        replace(STAMP, filters="Khối: Các vụ"), "Ai?" * 40, table, shape, "Chú thích & giải thích. " * 20, 9
    )
    [sheet] = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert (
        sheet.title == "Số liệu"
        and "&&" not in str(sheet.oddFooter.left.text)
        and "&P/&N" in str(sheet.oddFooter.right.text) + "&P/&N"
    )
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:B1", "A2:B2", "A3:B3"}
    assert sheet.row_dimensions[2].height > 40 and sheet["A6"].alignment.wrap_text  # a long line is shown whole
    assert (
        sheet["B10"].alignment.indent == 1 and sheet["B10"].alignment.horizontal == "right"
    )  # numbers do not touch the text beside
    assert "Đã lọc · Đang chọn: Khối: Các vụ · 3 trên 9 dòng" in str(sheet["A4"].value)


def test_names_of_files_can_be_written_everywhere_and_are_not_too_long() -> None:
    name = STAMP.file_name('Ai? <b>/"x" ' + "ề" * 300, ".xlsx", 1, 2)
    assert len(name.encode()) < 230 and not set('<>:"/\\|?*') & set(name) and name.endswith(".xlsx")
    assert STAMP.file_name("Ai?", ".xlsx", 1, 2) == "Ai - Năm 2025 - đã lọc.xlsx"


def test_paper_and_link_say_the_same(judged: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(judged, monkeypatch, "council", group="VU")
    for told in (words(page), page.code[0].value):
        assert "Vụ Tổ chức - Cán bộ" in told and "Đã lọc" in told and "không phải kết luận" in told
        assert "Kỳ báo cáo: Năm 2025" in told and "Ngày lập: " in told and connection.current(judged).name in told
    assert "version=" in page.code[0].value and "period=2025" in page.code[0].value
    assert page.query_params["period"] == "2025", "also where nobody chose it"
    assert "&lt;i&gt;" in paper.head(replace(STAMP, filters="<i>"))


def test_a_link_made_with_other_figures_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "board")
    page.query_params["version"] = "20250101T000000Z-000001"
    page.run()
    assert any("20250101T000000Z-000001" in str(part.value) for part in page.info)
    page.query_params["version"] = connection.current(home).name
    page.run()
    assert not any("phiên bản" in str(part.value) for part in page.info)


def test_the_agency_of_the_settings_stands_on_everything(
    home: Home, files: list[File], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_AGENCY", "Ban Thi đua & Khen thưởng <A>")
    page = opened(home, monkeypatch, "board")
    assert lines(files[-1])[0] == "Ban Thi đua & Khen thưởng <A>"
    assert "Ban Thi đua &amp; Khen thưởng &lt;A&gt;" in words(page)


def test_only_what_leaves_rows_out_is_a_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    filters.begin()
    filters._tell("shows", "organisation", "Tổ chức", "now", "Hiện nay")
    filters._tell("narrows", "group", "Khối", filters.EVERYONE, "Tất cả")
    filters._tell("leads", "signal", "Dấu hiệu", "x", "X")
    assert filters.told() == ("Tổ chức: Hiện nay; Khối: Tất cả", False)
    filters._tell("narrows", "group", "Khối", "VU", "Các vụ")
    assert filters.told() == ("Tổ chức: Hiện nay; Khối: Các vụ", True)


OF_AWARDS = {"peers": "VU", "series": "LDTT", "stratum": "LD_VU", "unit": "V01"}
GROUP, AWARD, POSITION, UNIT, THEN = "Nhóm so sánh", "Danh hiệu, hình thức", "Nhóm chức vụ", "Đơn vị", "Tổ chức"


@pytest.mark.parametrize(
    ("name", "chosen", "title", "named"),
    [
        ("awards", OF_AWARDS, "Không đơn vị nào vượt xa", [GROUP, AWARD, POSITION, THEN]),
        ("awards", OF_AWARDS, "Theo nhóm chức vụ", [GROUP, AWARD, THEN, UNIT]),
        ("awards", OF_AWARDS, "Tỷ lệ theo danh hiệu", [GROUP, POSITION, THEN, UNIT]),
        ("awards", OF_AWARDS, "Lãnh đạo trong số được khen", [GROUP, THEN]),
        ("awards", OF_AWARDS, "Đơn vị và năm", [GROUP, AWARD, POSITION, THEN]),
        ("exemplars", {"group": "VU", "q": "vu 1"}, "Số điển hình, mô hình", ["Khối, cụm, tỉnh"]),
        ("profile", {"unit": "V02"}, "Tỷ lệ khen thưởng các năm đến", []),
        ("profile", {"unit": "V02"}, "Tỷ lệ khen thưởng qua các năm", [UNIT]),
        ("council", {"group": "VU", "unit": "V02"}, "Các vụ, đơn vị, tỷ lệ khen", []),
        ("meeting", {"proposer": "V01", "which": "all"}, "Đối chiếu mức trần", [UNIT]),
        ("compare", {"peers": "VU", "figures": "award_rate.LDTT,any_award_rate"}, "Thứ hạng", [GROUP, THEN, UNIT]),
    ],
)  # fmt: skip
def test_a_file_names_no_choice_that_leaves_it_alone(
    name: str, chosen: dict[str, str], title: str, named: list[str],
    home: Home, judged: Home, files: list[File], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = opened(judged if name in OF_SEVERAL_YEARS else home, monkeypatch, name, **chosen)
    files.clear()
    page.run()
    heads = [lines(file)[3] for file in files if file.name.startswith(title)]
    assert heads, [file.name for file in files]
    for head in heads:
        told = head.partition("Đang chọn: ")[2].rpartition(" · ")[0]
        assert [choice.partition(": ")[0] for choice in filter(None, told.split("; "))] == named
