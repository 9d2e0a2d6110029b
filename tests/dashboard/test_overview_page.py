"""The overview: its figures, whether a change is more than usual, and that every sentence says what the numbers say."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.overview import frames as overview_frames
from dashboard.overview import key_words, worth_a_look
from dashboard.overview import wording as overview_words
from dashboard.overview.key_figures import BETTER_UP, NOT_TOLD, KeyFigure, Share, key_figures
from dashboard.overview.worth_a_look import Behind, Sight
from dashboard.shell import asking, tiles
from dashboard.shell.asking import Figures
from pipelines.access import sees_all
from pipelines.analysis import trend
from pipelines.settings import Home
from pipelines.texts import catalogue, say
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.question import Question
from tests import ROOT
from tests.support.homes.exemplary import two_years
from tests.support.homes.handed_in import HandedIn, member, person

SAY = catalogue("vi")

APP = ROOT / "dashboard" / "app.py"
ALL = sees_all()
UNITS = ["V01", "V02", "V03", "V04"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return two_years(tmp_path_factory.mktemp("exemplary"))


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """V01 sent 2025 in on 30/03/2026, V04 had its workbook returned, nobody else was heard of."""
    desk = HandedIn(tmp_path_factory.mktemp("late"))
    rows = {"staff": [person("A1"), person("A2")], "awards": [], "exemplars": []}
    desk.unit("V04", "2025", rows, status="returned")
    desk.unit("V01", "2025", rows, on=date(2026, 3, 30))
    return build(desk.home)


@pytest.fixture(autouse=True)
def before_the_due_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "today", lambda: date(2025, 12, 1))


def _figures(
    version: Version, period: str = "2025", group: str = "VU", units: list[str] = UNITS
) -> dict[str, KeyFigure]:
    return {figure.name: figure for figure in key_figures(version, ALL, period, group, units)}


def _sights(version: Version, group: str, units: list[str], lang: str) -> list[Sight]:
    figures = list(_figures(version, "2025", group, units).values())
    return worth_a_look.sights(Figures(version, ALL), "2025", group, units, figures, lang)


def _over_years(name: str, counts: list[float], size: float = 100) -> KeyFigure:
    change = trend.change_of_share(counts, [size] * len(counts))
    return KeyFigure(name, "reported", Share(counts[-1], size), change, "2024", len(counts) - 1, ())


def test_every_figure_is_a_share_of_something_that_reported(version: Version) -> None:
    told = {name: (one.share.numerator, one.share.denominator) for name, one in _figures(version).items()}
    assert told == {
        "on_time": (3, 3), "awarded": (3, 30), "outstanding": (0, 30), "leaders": (3, 3),
        "with_exemplar": (1, 3), "replicated": (0, 3),
    }  # fmt: skip
    assert _figures(version)["leaders"].beside == Share(6, 30)
    assert _figures(version)["with_exemplar"].series == (0.75, pytest.approx(1 / 3))


def test_two_years_are_held_against_each_other_and_called_usual_when_chance_explains_them(version: Version) -> None:
    figure = _figures(version)["with_exemplar"]
    assert (figure.previous, figure.years, figure.change.verdict, figure.change.basis) == (
        "2024",
        1,
        "usual",
        "interval",
    )
    told = key_words.tile(figure, "vi")
    assert (told.value, told.note, told.change) == ("33,3%", "1 trong 3 đơn vị đã báo cáo", "−41,7 điểm %")
    assert (told.verdict, told.tone, told.arrow) == (SAY["overview.verdict.usual"], "usual", "down")
    assert told.since == "so với 2024"
    assert "Mới có 1 năm trước" in told.basis


def test_the_first_year_has_nothing_to_be_held_against(version: Version) -> None:
    told = key_words.tile(_figures(version, "2024")["awarded"], "vi")
    assert (told.value, told.change, told.verdict) == ("10,0%", "", SAY["overview.verdict.unknown"])


def test_what_the_reports_received_do_not_tell_is_not_called_unreported(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    desk.cluster("C01", "2025H1", {"cluster_members": [member("T01", 12)], "cluster_awards": [], "exemplars": []})
    figures = _figures(build(desk.home), "2025H1", "ALL", ["T01", "V01"])
    assert figures["on_time"].state == figures["outstanding"].state == "reported"
    assert figures["awarded"].state == NOT_TOLD  # clusters count awards, not people; no unit has sent its list
    note = key_words.tile(figures["awarded"], "vi").note
    assert note == catalogue("vi")["overview.state.not_told"]


def test_where_nobody_has_reported_no_figure_says_that_somebody_has(version: Version) -> None:
    told = {name: one.state for name, one in _figures(version, group="C01", units=["T01"]).items()}
    assert told["on_time"] == "not_submitted" and NOT_TOLD not in told.values()


def test_nothing_reported_is_a_state_and_never_a_zero(version: Version) -> None:
    figures = _figures(version, group="C01", units=["T01"])
    told = [key_words.tile(figure, "vi") for figure in figures.values()]
    assert {tile.value for tile in told} == {"–"}
    assert told[0].note == "chưa đơn vị nào nộp báo cáo"
    assert told[1].note == "không tính được, cần danh sách người"


@pytest.mark.parametrize(
    ("name", "counts", "tone"),
    [
        ("on_time", [50, 51, 49, 50, 51, 49, 50, 51, 80], tiles.BETTER),
        ("on_time", [50, 51, 49, 50, 51, 49, 50, 51, 20], tiles.WORSE),
        ("on_time", [50, 70, 30, 50, 70, 30, 50, 70, 40], tiles.USUAL),
        ("awarded", [50, 51, 49, 50, 51, 49, 50, 51, 80], tiles.DIFFERENT),
        ("awarded", [50], tiles.UNKNOWN),
    ],
)  # fmt: skip
def test_only_a_change_beyond_the_usual_is_good_or_bad_news(name: str, counts: list[float], tone: str) -> None:
    assert key_words.tone(_over_years(name, counts)) == tone


def test_more_awards_are_higher_but_neither_better_nor_worse() -> None:
    assert [name for name, better in BETTER_UP.items() if better is None] == ["awarded", "outstanding", "leaders"]
    figure = _over_years("awarded", [50, 51, 49, 50, 51, 49, 50, 51, 80])
    assert key_words.verdict(figure, "vi") == SAY["overview.verdict.up"]
    assert overview_words.finding("awarded", [figure], "vi") == SAY["overview.awarded.up"]


def test_the_title_says_of_what_and_how_many_matters_wait_for_a_decision() -> None:
    told = overview_words.title("2025", 4, "vi")
    assert told == "Tình hình thi đua, khen thưởng năm 2025: 4 nội dung cần cho ý kiến"
    assert "6 tháng đầu năm 2025: không có" in overview_words.title("2025H1", 0, "vi")


def test_lines_begin_with_the_group_and_leave_out_who_has_no_figure(version: Version) -> None:
    told = overview_frames.award_lines(version, ALL, "2025", "VU", "vi")
    assert list(dict.fromkeys(told["series"])) == ["Các vụ, đơn vị", "Toàn ngành"]
    newest = told[(told["period"] == "2025") & (told["unit_code"] == "VU")].iloc[0]
    assert (newest["numerator"], newest["denominator"]) == (3, 30) and newest["low"] < 0.1 < newest["high"]


def test_ratings_say_of_how_many_and_name_units_that_have_not_reported(version: Version) -> None:
    units = overview_frames.ratings_by_group(version, ALL, "2025", "VU", UNITS, "vi")
    assert list(dict.fromkeys(units["row"])) == [
        "Vụ 1 (mẫu) (n=10)", "Vụ 2 (mẫu) (n=10)", "Vụ 3 (mẫu) (n=10)", "Vụ 4 (mẫu)",
    ]  # fmt: skip
    assert set(units.loc[units["unit_code"] == "V04", "told"]) == {"chưa nộp số liệu này"}
    groups = overview_frames.ratings_by_group(version, ALL, "2025", "ALL", UNITS, "en")
    assert {"Departments (n=30)", "Provincial committees"} <= set(groups["row"])
    assert overview_frames.ratings_by_year(version, ALL, "2025", "VU", "vi")["row"].iloc[0] == "2025 (n=30)"


def test_the_sentences_name_only_what_the_units_reported(version: Version) -> None:
    found = _sights(version, "VU", UNITS, "vi")
    assert {one.kind: one.markdown for one in found} == {
        "unfinished": "**Kỳ này chưa đủ báo cáo:** đã nhận 3/4, hạn nộp 15/12/2025. Số liệu còn thay đổi.",
        "uniform": "**3 đơn vị xếp tất cả cùng một mức:** Vụ 1 (mẫu) (10 người, hoàn thành tốt); Vụ 2 (mẫu) (10 người, "
        "hoàn thành tốt); Vụ 3 (mẫu) (10 người, hoàn thành tốt).",
        "leaders": "**Lãnh đạo chiếm 100,0% số được khen** (3/3 người, lượt), trong khi chiếm 20,0% số cán bộ (6/30).",
        "without": "**2 đơn vị đã báo cáo chưa có điển hình, mô hình:** Vụ 2 (mẫu) (2 năm liền); Vụ 3 (mẫu).",
    }  # fmt: skip
    assert _sights(version, "C01", [], "vi") == []


def test_every_figure_of_a_sentence_leads_to_the_rows_it_adds_up(version: Version) -> None:
    found = {one.kind: one for one in _sights(version, "VU", UNITS, "vi")}
    assert [one.label for one in found["uniform"].behind] == ["Vụ 1 (mẫu)", "Vụ 2 (mẫu)", "Vụ 3 (mẫu)"]
    sums = [_behind(version, one) for kind in ("uniform", "leaders") for one in found[kind].behind]
    assert sums == [(10, 10), (10, 10), (10, 10), (3, 3), (6, 30)]  # as the sentences say


def test_every_key_figure_leads_to_the_rows_it_adds_up(version: Version) -> None:
    figures = key_figures(version, ALL, "2025", "VU", UNITS)
    told = {one.label: one for one in worth_a_look.behind_figures(figures, "2025", "VU", UNITS, "vi")}
    for figure in figures:
        name = say(f"overview.tile.{figure.name}", "vi")
        shares = (figure.share.numerator, figure.share.denominator)
        if not figure.share.denominator > 0:
            assert f"{name}, 2025" not in told
        elif figure.name == "replicated":
            followed = told["Điển hình, mô hình đang theo dõi, 2025"]
            assert (_sum(version, told[f"{name}, 2025"]), _sum(version, followed)) == shares
        elif figure.name == "with_exemplar":
            rows = comparisons.units_with_exemplar(version, ALL, "2025", told[f"{name}, 2025"].units)
            assert tuple(rows.groupby("name")["amount"].sum()[["num", "den"]]) == shares
            assert rows["cell"].notna().all()
        else:
            assert _behind(version, told[f"{name}, 2025"]) == shares
    assert {"with_exemplar", "replicated"} <= {one.name for one in figures if one.share.denominator > 0}


def _sum(version: Version, figure: Behind) -> float:
    rows = queries.evidence(version, ALL, Question.of_point(figure.point))
    assert rows["cell"].notna().all()
    return float(rows["amount"].sum())


def _behind(version: Version, figure: Behind) -> tuple[float, float]:
    rows = queries.evidence(version, ALL, Question.of_point(figure.point))
    assert rows["cell"].notna().all()
    return tuple(rows.groupby("part")["amount"].sum().reindex(["num", "den"], fill_value=0))


def test_before_the_due_date_it_says_how_much_is_still_to_come(version: Version) -> None:
    (sight,) = _sights(version, "C01", ["T01"], "vi")
    assert sight.page == "board"
    assert sight.markdown == "**Kỳ này chưa đủ báo cáo:** đã nhận 0/1, hạn nộp 15/12/2025. Số liệu còn thay đổi."


def test_overdue_reports_come_first_the_first_named_the_others_counted(
    late: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "today", lambda: date(2026, 3, 30))
    first = _sights(late, "VU", ["V01", "V04"], "en")[0]
    assert (first.kind, first.page) == ("overdue", "board")
    assert first.markdown.startswith(
        "**Overdue reports, 1** (on 30/03/2026): Vụ 4 (mẫu) (returned, to be mended, 105 days)."
    )
    every = _sights(late, "ALL", [f"V{n:02}" for n in range(1, 7)], "vi")[0]
    assert every.markdown.startswith("**5 báo cáo quá hạn** (tính đến 30/03/2026): Vụ 2 (mẫu) (chưa nộp, 105 ngày);")
    assert "; và 2 đơn vị khác." in every.markdown


def test_a_unit_far_beyond_its_peers_is_told_with_n_level_and_how_often() -> None:
    told = {
        "unit_code": "V02", "unit_name": "Vụ 2 (mẫu)", "peer_group": "VU", "value": 0.625, "numerator": 10.0, "denominator": 16.0,
        "level": 0.298, "beyond": 1, "times": 2, "years": 3,
    }  # fmt: skip
    others = told | {"unit_code": "T01"}
    (sight,) = worth_a_look.unusual(pd.DataFrame([told, others]), "2025", UNITS, "vi")
    assert sight.markdown == (
        "**Vụ 2 (mẫu):** 62,5% người được khen (10/16), mức chung cùng loại 29,8%; vượt giới hạn 99,8% 2 trong 3 năm gần đây."
    )
    assert (sight.page, sight.chosen) == ("awards", {"peers": "VU", "series": "ANY", "unit": "V02"})


def test_a_figure_beyond_the_usual_is_told_with_its_change_but_good_news_is_not() -> None:
    figure = _over_years("awarded", [50, 51, 49, 50, 51, 49, 50, 51, 80])
    told = list(worth_a_look.changed([figure, replace(figure, name="on_time")], "2025", "VU", UNITS, "vi"))
    assert [(one.markdown.split(":**")[0], one.page, one.chosen) for one in told] == [
        ("**Người được khen", "awards", {"peers": "VU"})
    ]
    assert f"80,0% (80/100), +29,0 điểm % so với 2024; {SAY['overview.verdict.up']}." in told[0].markdown


def test_the_page_shows_figures_sentences_and_leads_from_a_point_to_a_cell(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    page = AppTest.from_file(APP, default_timeout=30)
    page.session_state["group"] = "VU"
    page.run()
    assert not page.exception
    assert [(tile.label, tile.value) for tile in page.metric][:2] == [
        ("Nộp đúng hạn", "100,0%"),
        ("Người được khen", "10,0%"),
    ]
    assert any("2 đơn vị đã báo cáo chưa có điển hình" in part.value for part in page.markdown)
    page.session_state["overview-awards.point"] = ["any_award_rate", "VU", "2025", "", ""]
    page.run()
    assert "**Căn cứ: Các vụ, đơn vị, Năm 2025**" in [part.value for part in page.markdown]
    assert page.dataframe[0].value["value"].tolist() == ["CSTDCS"] * 3


def test_a_group_without_lists_of_people_is_told_that_the_lines_are_of_others(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    page = AppTest.from_file(APP, default_timeout=30)
    page.session_state["group"] = "C01"
    page.run()
    assert not page.exception
    assert any(part.value.startswith(catalogue("vi")["overview.awards.others"]) for part in page.caption)


def test_when_nothing_stands_out_it_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(home.root))

    def script() -> None:
        from dashboard.overview import sight_list
        from dashboard.shell import page

        sight_list.show(page.start("overview.title"), [], [])

    shown = AppTest.from_function(script, default_timeout=30).run()
    assert [part.value for part in shown.info] == [catalogue("vi")["overview.sights.none"]]
