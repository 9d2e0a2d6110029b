"""The exemplar page: what is counted, which units come first, and that its sentences say what the numbers say."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import grid
from dashboard.charts.figure import Look
from dashboard.exemplars import frames as exemplar_frames
from dashboard.exemplars import wording as exemplar_words
from dashboard.shell.tiles import Tile
from pipelines.access import sees_all
from pipelines.settings import Home
from pipelines.texts import catalogue, say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.support.homes.exemplary import two_years
from tests.support.pages.opened_pages import opened

ALL = sees_all()
UNITS = ["V01", "V02", "V03", "V04"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return two_years(tmp_path_factory.mktemp("exemplary"), blank="V05")


def _opened(home: Home, monkeypatch: pytest.MonkeyPatch, **chosen: object) -> AppTest:
    return opened(home, monkeypatch, "exemplars", **chosen)


def test_a_unit_that_has_not_reported_is_neither_with_nor_without(version: Version) -> None:
    told = exemplar_frames.standing(version, ALL, "2025", "VU", UNITS)
    assert (told.found, told.live, told.replicated) == (2, 3, 0)
    assert (told.reported, told.with_some, told.without, told.silent) == (3, 1, 2, 1)


def test_a_unit_that_left_the_sheet_empty_has_reported_and_is_unknown(version: Version) -> None:
    told = exemplar_frames.standing(version, ALL, "2025", "VU", [*UNITS, "V05"])
    assert (told.reported, told.without, told.silent, told.blank) == (3, 2, 1, 1)
    note = exemplar_words.shown(told, "vi")[2].note
    assert note == catalogue("vi")["exemplars.silent"].format(count=1) + "; " + catalogue("vi")[
        "exemplars.blank"
    ].format(count=1)
    cells = exemplar_frames.matrix(version, ALL, "2025", ["V04", "V05"], "vi")
    states = cells[cells["period"] == "2025"].set_index("unit_code")["state"]
    assert states.to_dict() == {"V04": "not_submitted", "V05": "left_blank"}
    drawn = grid.at_least_one(cells, Look())
    assert set(drawn.data[1].text) == {"?", "□", "1"} and "để trống phần này" in drawn.layout.annotations[0].text


def test_nothing_reported_is_no_number(version: Version) -> None:
    told = exemplar_frames.standing(version, ALL, "2025", "C01", ["T01"])
    assert (told.found, told.live, told.replicated, told.reported) == (None, None, None, 0)
    tiles = exemplar_words.shown(told, "vi")
    assert [tile.value for tile in tiles] == ["–"] * 4
    assert {tile.note for tile in tiles} == {"1 đơn vị chưa nộp báo cáo, không tính"}
    assert exemplar_frames.stages(version, ALL, "2025", "C01", "vi").empty
    assert exemplar_frames.by_unit(version, ALL, "2025", ["T01"], "vi").empty


def test_units_longest_without_one_come_first_then_those_not_heard_of(version: Version) -> None:
    told = exemplar_frames.matrix(version, ALL, "2025", UNITS, "vi")
    newest = told[told["period"] == "2025"]
    assert newest["unit_code"].tolist() == ["V02", "V03", "V04", "V01"]
    assert newest["years_without"].tolist() == [2, 1, 0, 0]
    assert newest["value"].fillna(-1).tolist() == [0, 0, -1, 2]
    assert newest["told"].tolist()[2] == "chưa nộp số liệu này"


def test_units_are_found_by_words_without_accents(version: Version) -> None:
    assert set(exemplar_frames.matrix(version, ALL, "2025", UNITS, "vi", "vu 3")["unit_code"]) == {"V03"}
    assert set(exemplar_frames.by_unit(version, ALL, "2025", UNITS, "vi", "vu 3")["unit_code"]) == {"V03"}


def test_counts_come_by_kind_newest_year_and_largest_unit_first(version: Version) -> None:
    years = exemplar_frames.by_year(version, ALL, "2025", "VU", "vi")
    assert list(dict.fromkeys(years["row"])) == ["2025 (n=3)", "2024 (n=4)"]
    assert years.loc[years["period"] == "2025", ["part", "value"]].to_numpy().tolist() == [
        ["Cá nhân", 0], ["Tập thể", 0], ["Mô hình mới", 2], ["Cách làm hay", 0],
    ]  # fmt: skip
    units = exemplar_frames.by_unit(version, ALL, "2025", UNITS, "en")
    assert (units["unit_code"].iloc[0], units["unit_code"].iloc[-1]) == ("V01", "V04")
    assert units["part"].iloc[0] == "Individual"


def test_each_stage_is_held_against_the_one_before(version: Version) -> None:
    told = exemplar_frames.stages(version, ALL, "2025", "VU", "vi")
    assert told["label"].tolist() == ["Phát hiện", "Bồi dưỡng", "Tổng kết", "Nhân rộng"]
    assert told["value"].tolist() == [3, 2, 1, 0]
    assert told["from_before"].fillna(-1).tolist() == [-1, pytest.approx(2 / 3), 0.5, 0]


def test_the_rows_behind_a_count_of_all_kinds_add_up_to_it(version: Version) -> None:
    rows = queries.evidence(version, ALL, Question("exemplar_count", "2025", unit="V01"))
    assert rows["amount"].sum() == 2 and rows["value"].tolist() == ["2025-02-01", "2025-03-01"]
    assert queries.evidence(version, ALL, Question("exemplar_count", "2024", unit="ALL"))["amount"].sum() == 3


def test_a_tile_says_of_how_many(version: Version) -> None:
    told = exemplar_frames.standing(version, ALL, "2025", "VU", UNITS)
    found, some, without, replicated = exemplar_words.shown(told, "vi")
    assert (found.value, found.note) == ("2", "điển hình, mô hình của 3/13 đơn vị đã báo cáo")
    assert (some.value, without.value) == ("1/3", "2")
    assert without.note == "1 đơn vị chưa nộp báo cáo, không tính"
    assert replicated == Tile("Đã nhân rộng", "0", "trong 3 điển hình, mô hình đang theo dõi")


def test_fewer_found_is_judged_per_unit_that_reported(version: Version) -> None:
    told = exemplar_frames.standing(version, ALL, "2025", "VU", UNITS)
    found = exemplar_words.shown(told, "vi")[0]
    assert told.change is not None and (told.change.rate, told.change.change) == (
        pytest.approx(2 / 3),
        pytest.approx(-1 / 12),
    )
    assert (found.change, found.arrow, found.tone) == ("−0,08 mỗi đơn vị", "down", "usual")
    assert found.verdict == say("exemplars.verdict.usual", "vi", rate="0,67")
    assert exemplar_words.shown(exemplar_frames.standing(version, ALL, "2024", "VU", UNITS), "vi")[0].change == ""


def test_the_list_begins_with_what_waits_longest_and_says_where_it_stands(version: Version) -> None:
    told = exemplar_frames.listed(version, ALL, "2025", UNITS, "vi", "")
    assert told["exemplar_code"].tolist() == ["D1", "D2", "D3"]
    assert told["reached"].tolist() == ["Bồi dưỡng", "Phát hiện", "Tổng kết"]
    assert [f"{day:%d/%m/%Y}" for day in told["since"]] == ["01/06/2024", "01/02/2025", "01/09/2025"]
    assert told["source"].iloc[0].startswith("V01_2025.xlsx › Điển hình › ")
    assert exemplar_frames.listed(version, ALL, "2025", UNITS, "vi", "van phong").empty
    assert exemplar_frames.listed(version, ALL, "2025", UNITS, "vi", "mo hinh d3")["exemplar_code"].tolist() == ["D3"]


def test_the_page_leads_from_a_cell_of_the_grid_to_the_workbooks_cell(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _opened(home, monkeypatch, group="VU")
    assert not page.exception
    assert "Năm 2025: 1/3 đơn vị đã báo cáo có ít nhất một" in "\n".join(part.value for part in page.caption)
    page.session_state["exemplars-matrix.point"] = ["exemplar_count", "V01", "2025", "", ""]
    page.run()
    assert "**Căn cứ: Vụ 1 (mẫu), Năm 2025**" in [part.value for part in page.markdown]
    rows = page.dataframe[0].value
    assert rows["subject"].tolist() == ["Mô hình D2", "Mô hình D3"]
    assert rows["source"].iloc[0].startswith("V01_2025.xlsx › Điển hình › ")


def test_words_that_fit_nobody_are_answered_with_what_to_do(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _opened(home, monkeypatch, q="khong co ai")
    assert not page.exception
    assert [part.value for part in page.info] == [
        catalogue("vi")[key] for key in ("exemplars.nobody", "exemplars.nobody", "exemplars.list.empty")
    ]
