"""The council's pages: what is said of a unit, that a note stands at once, proposals before a meeting, methods."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.council import frames as council_frames
from dashboard.council import wording as council_words
from dashboard.meeting import frames as meeting_frames
from dashboard.rules import wording as rule_words
from dashboard.shell.filters import EVERYONE
from pipelines.access import sees_all
from pipelines.contract.rules import DATES
from pipelines.desk import reviews
from pipelines.settings import Home
from pipelines.signals.shape import ORDER
from pipelines.submissions.values.cleaning import fold
from pipelines.texts import catalogue
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer
from tests.support import TESTER
from tests.support.homes.handed_in import every_unit_for_three_years
from tests.support.pages.opened_pages import opened, words

ALL = sees_all()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return every_unit_for_three_years(tmp_path_factory.mktemp("council"))


def test_a_group_of_few_units_is_shown_and_nobody_is_named(version: Version) -> None:
    rows = council_frames.listed(version, ALL, "VU", "2025", "vi")
    assert len(rows) == 13 and set(rows["level"]) == {"none"}
    told = council_frames.signals_of(version, ALL, "V01", "2025", "vi")
    assert told["signal"].tolist() == [name for name in ORDER if name not in ("score_spread", "alike_scores")]
    rate = told.set_index("signal").loc["award_rate"]
    assert told["small_group"].any() and not told["headline"].str.contains("dưới 25 đơn vị").any()
    assert "2 lượt khen" in rate["headline"] and rate["sure"] == catalogue("vi")["council.sure.untested"]
    assert rows.set_index("unit_code").loc["V01", "n"] == rate["n"] == 18


def test_how_sure_a_signal_is_stands_in_words() -> None:
    """One in so many where it is rare, per cent where it is not, never more exact than the model of chance."""
    assert council_words.chance(1 / 4567, "vi") == "khoảng 1 trên 4.600 lần"
    assert council_words.chance(1e-9, "vi") == "dưới 1 trên 10.000 lần"
    assert council_words.chance(0.48, "vi") == "48%"
    named = SimpleNamespace(testable=True, p_value=1e-9, q_value=1e-12, level="explain")
    assert "10.000" in council_words.sure(named, "explain", "vi") and "0,1%" in council_words.sure(
        named, "explain", "vi"
    )
    silent = SimpleNamespace(testable=True, p_value=0.48, q_value=0.9, level="none")
    assert council_words.sure(silent, "none", "vi") == "Xác suất chỉ do ngẫu nhiên: 48%."
    assert council_words.sure(silent, "context", "vi") == catalogue("vi")["council.sure.context"]


@pytest.mark.parametrize("signal", [name for name in ORDER if name not in council_frames.CLUSTER_SIGNALS])
def test_behind_every_signal_of_a_unit_lies_a_figure_with_rows(signal: str, version: Version) -> None:
    has_rows = not comparisons.behind(version, ALL, signal, "V01", "2025").empty
    said = queries.signals(version, ALL, "V01", "2025").set_index("signal").loc[signal]
    assert has_rows is bool(said["value"] == said["value"])
    assert signal not in ("award_rate", "same_ratings", "rotation", "ceiling_filled") or has_rows


def test_an_earlier_year_shows_what_was_said_then(version: Version) -> None:
    assert council_frames.judged_year(version, ALL, "2024") == "2024"
    assert council_frames.judged_year(version, ALL, "2025-H1") == "2025"
    then = queries.council_list(version, ALL, "2024")
    assert set(then["period"]) == {"2024"} and set(then["years"]) == {2}
    assert set(comparisons.award_funnel(version, ALL, "VU", "2024").points["denominator"]) == {12}


def test_a_viewer_of_a_unit_sees_its_own_signals_only(version: Version) -> None:
    mine = Viewer("unit", ("V01",))
    assert set(queries.signals(version, mine)["unit_code"]) == {"V01"}
    assert queries.council_list(version, mine)["unit_code"].tolist() == ["V01"]


def test_the_series_of_a_unit_adds_up_to_what_its_signal_says(version: Version) -> None:
    row = queries.signals(version, ALL, "V01").set_index("signal").loc["award_rate"]
    years = comparisons.award_years(version, ALL, "V01", ["2023", "2024", "2025"])
    assert years["denominator"].sum() == row["n"] == 18
    assert years["numerator"].sum() == pytest.approx(row["value"] * row["n"])
    assert years["center"].isna().all()  # three years say nothing of usual ups and downs


def test_open_proposals_come_with_what_each_rule_says_of_them(version: Version) -> None:
    rows = meeting_frames.proposals(version, ALL, "2025", EVERYONE, meeting_frames.OPEN, "vi")
    assert set(rows["award"]) == {"CSTDCS"} and set(rows["result"]) == {"DE_NGHI"}
    told = meeting_frames.conditions(version, ALL, "2025", "V01", "3", "vi")
    assert len(told) and told["place"].str.contains("Khen thưởng!").any()
    assert meeting_frames.proposals(version, ALL, "2025", "V02", meeting_frames.ALL, "vi")[
        "unit_code"
    ].unique().tolist() == ["V02"]


def test_one_proposal_is_found_without_accents_among_all(version: Version) -> None:
    rows = meeting_frames.proposals(version, ALL, "2025", EVERYONE, meeting_frames.ALL, "vi")
    one = rows[(rows["unit_code"] == "V02") & (rows["proposal_code"] == "3")].iloc[0]
    found = meeting_frames.sought(rows, f"vu 2 {fold(one['subject'])} 3", "")
    assert found[["unit_code", "proposal_code"]].to_numpy().tolist() == [["V02", "3"]] and len(rows) > 40
    assert meeting_frames.sought(rows.iloc[:0], "x", "").empty
    short = meeting_frames.sought(rows, "", "breach")
    assert set(short["worst"]) == {"breach"} and len(short) == (rows["worst"] == "breach").sum()


def test_conditions_of_a_proposal_lead_to_the_cells_of_their_years(version: Version) -> None:
    rows = meeting_frames.grounds(version, ALL, "2025", "V01", "4", "vi")
    assert "HTTNV" in set(rows["written"]) and rows["place"].str.contains("!").all()
    assert set(rows["rule"]) <= set(meeting_frames.conditions(version, ALL, "2025", "V01", "4", "vi")["rule"])


def test_a_ceiling_moved_tells_who_would_be_over(version: Version) -> None:
    now = comparisons.ceiling_moved(version, ALL, "2025", "HTXSNV_HTTNV", 0.2)
    assert (now["allowed_now"] == now["allowed_then"]).all() and (now["over_now"] == 0).all()
    none = comparisons.ceiling_moved(version, ALL, "2025", "HTXSNV_HTTNV", 0.0)
    assert (none["allowed_then"] == 0).all() and (now["base"] == 6).all() and (now["allowed_now"] == 1).all()
    assert comparisons.ceiling_moved(version, ALL, "2025", "NO_SUCH_RULE", 0.2).empty


def test_what_is_no_law_never_says_that_a_proposal_falls_short(version: Version) -> None:
    told = meeting_frames.results(version, ALL, "2025", "V01", meeting_frames.ALL)
    rows = meeting_frames.proposals(version, ALL, "2025", "V01", meeting_frames.ALL, "vi").set_index("proposal_code")
    short = told[told["status"] == "breach"].groupby(["proposal_code", "rule_status"]).size()
    assert len(short)
    for code, row in rows.iterrows():
        law = short.get((code, "statutory"), 0)
        assert (row["breach"], row["reference"]) == (law, short.get(code, pd.Series(0)).sum() - law)
        assert (row["worst"] == "breach") == (law > 0)


def test_a_proposal_no_rule_says_anything_of_yet_is_still_on_the_list(version: Version) -> None:
    nobody = Viewer("x", None, may_see_people=False)
    rows = meeting_frames.proposals(version, nobody, "2025", EVERYONE, meeting_frames.ALL, "vi")
    assert len(rows) == len(meeting_frames.proposals(version, ALL, "2025", EVERYONE, meeting_frames.ALL, "vi"))
    waiting = rows[rows[["met", "breach", "unknown", "reference"]].sum(axis=1) == 0]
    assert set(waiting["worst"]) <= {"not_applicable"}


def test_new_and_again_are_said_of_a_unit_that_has_a_level_now() -> None:
    def told(level: str, times: int, years: int) -> str:
        return council_frames.trend(SimpleNamespace(level=level, times=times, years=years), "vi")

    assert (told("none", 1, 3), told("watch", 1, 1), told("watch", 1, 3)) == ("", "", "mới")
    assert "2" in told("explain", 2, 3)


def test_a_ceiling_is_passed_where_a_condition_is_short() -> None:
    assert rule_words.verdict("breach", "vi", "ceiling").endswith("Vượt")
    assert rule_words.verdict("breach", "vi", "order").endswith("Chưa đủ điều kiện")
    assert rule_words.verdict("met", "vi", "ceiling").endswith("Đủ điều kiện")


def test_open_proposals_count_as_granted_when_a_ceiling_is_moved(version: Version) -> None:
    own = comparisons.ceiling_moved(version, ALL, "2025", "CSTDCS_LDTT", 0.15).set_index("unit_code").loc["V01"]
    assert (own["counted"], own["pending"], own["base"]) == (2, 1, 1)
    assert own["over_now"] == 3 - own["allowed_now"]
    moved = meeting_frames.moved(version, ALL, "2025", "CSTDCS_LDTT", 1.0, "vi")
    assert set(moved["effect"]) == {"bớt 1 vượt"} and moved["touched"].all()


@pytest.mark.parametrize(
    ("days", "limit", "told"),
    [
        (-3, 0, "công khai sau ngày trình 3 ngày (yêu cầu: công khai trước khi trình)"),
        (0, 0, "công khai cùng ngày trình"),
        (4, 0, "công khai trước ngày trình 4 ngày"),
        (4, 10, "công khai trước ngày trình 4 ngày (yêu cầu: công khai trước khi trình ít nhất 10 ngày)"),
        (0, 10, "công khai cùng ngày trình (yêu cầu: công khai trước khi trình ít nhất 10 ngày)"),
    ],
)
def test_two_dates_are_told_by_name_and_what_is_asked_where_they_are_short_of_it(
    days: int, limit: int, told: str
) -> None:
    row = SimpleNamespace(kind="order", base="published_on|submitted_on", value=float(days), limit_value=float(limit))
    assert rule_words.told(row, "vi") == told


def test_every_date_of_a_proposal_has_a_name_in_a_sentence() -> None:
    assert {f"rules.date.{name}" for name in DATES} == {key for key in catalogue("vi") if key.startswith("rules.date.")}


def test_the_funnel_says_that_people_are_counted_in_each_of_its_years(version: Version) -> None:
    points = comparisons.award_funnel(version, ALL, "VU", "2025").points
    assert council_words.funnel_size(points, "vi") == "Lượt cán bộ 2023–2025 (n)"
    assert council_words.funnel_size(points.assign(period="2025"), "vi") == "Lượt cán bộ 2025 (n)"


def test_that_the_group_is_small_is_said_once_for_a_unit(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "profile", unit="V01")
    assert words(page).count(catalogue("vi")["signal.reason.few_peers"]) == 1


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["council", "profile", "meeting", "method"])
def test_the_page_says_what_it_is_for(name: str, lang: str, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, name, lang=lang)
    assert not page.exception
    assert catalogue(lang)[f"{name}.title"] in words(page)
    assert "vi phạm" not in words(page)


@pytest.mark.parametrize("name", ["profile", "council"])
def test_a_link_names_the_unit_though_nobody_chose_it(name: str, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one may be the first of the list when it is opened."""
    assert opened(home, monkeypatch, name).query_params["unit"]


def test_a_note_on_a_unit_stands_on_its_page_at_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    reviews.review(home, TESTER, "V02", "2025", "explained", "Năm kỷ niệm thành lập", "Hội đồng")
    said = words(opened(home, monkeypatch, "profile", unit="V02"))
    assert "Năm kỷ niệm thành lập" in said and catalogue("vi")["review.outcome.explained"] in said
    assert "Năm kỷ niệm thành lập" not in words(opened(home, monkeypatch, "profile", unit="V03"))


def test_the_rows_behind_a_year_are_those_it_was_counted_from(version: Version) -> None:
    """LDTT is no part of the series, so none of its rows may stand behind the point."""
    series = comparisons.award_years(version, ALL, "V01", ["2025"]).iloc[0]
    peers = comparisons.award_funnel(version, ALL, "VU").points.set_index("unit_code").loc["V01"]
    for point in (series, peers):
        rows = queries.evidence(version, ALL, Question("award_rate", "2025", breakdown=point["breakdown"], unit="V01"))
        assert rows[rows["part"] == "num"]["amount"].sum() == series["numerator"] > 0
        assert "Lao động tiên tiến" not in set(rows["value"])


def test_the_council_and_the_unit_are_noted_on_the_page_and_stand_in_the_list(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(home, monkeypatch, "profile", unit="V05")
    review, _ = page.button
    review.click().run()
    assert _warned(page) == "review.unsure"
    page.checkbox[0].check()
    page.button[0].click().run()
    assert _warned(page) == "review.choose"  # no outcome stands there by itself
    outcomes = next(one for one in page.selectbox if one.label == catalogue("vi")["review.outcome"])
    outcomes.select("explained")
    page.button[0].click().run()
    assert len(page.error) == 1 and reviews.notes(home, ALL, "2025", "V05") == []  # nothing written, nothing noted
    page.text_input[0].set_value("Hội đồng")
    page.text_area[0].set_value("Số liệu đúng")
    page.button[0].click().run()
    page.checkbox[1].check()
    page.date_input[0].set_value(date(2025, 3, 2))
    page.text_area[1].set_value("Năm tổng kết chương trình")
    page.button[1].click().run()
    said = words(page)
    assert not page.error and "Số liệu đúng" in said and "02/03/2025" in said and "Năm tổng kết chương trình" in said
    told = [table.value for table in opened(home, monkeypatch, "council").dataframe]
    noted = next(rows for rows in told if "reviewed" in rows).set_index("unit_name")["reviewed"]
    outcome = catalogue("vi")["review.outcome.explained"]
    assert f"{outcome}; giải trình 02/03/2025" in set(noted)


def _warned(page: AppTest) -> str:
    """Key of the one warning."""
    (said,) = (one.value for one in page.warning)
    return next(key for key, text in catalogue("vi").items() if text == said and key.startswith("review."))


def test_the_page_before_a_meeting_tells_what_another_ceiling_would_do(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(home, monkeypatch, "meeting", ceiling="CSTDCS_LDTT")
    assert "Mức hiện nay 15%" in words(page)
    page.slider[0].set_value(100).run()
    assert "Nếu là 100%" in words(page) and "Mức hiện nay" not in words(page)
    moved = next(table.value for table in page.dataframe if "effect" in table.value)
    assert set(moved["effect"]) == {"bớt 1 vượt"}
