"""The awards page: like beside like, what it says about each unit, and how a point leads to its cells."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.awards import choices as award_choices
from dashboard.awards import frames as award_frames
from dashboard.awards import wording as award_words
from dashboard.awards.choices import ANY, Chosen
from dashboard.awards.frames import Standing
from pipelines.access import sees_all
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.question import Question
from tests.support.homes.compared import three_years
from tests.support.pages.opened_pages import opened, words

ALL = sees_all()
VU = Chosen("2025", "VU", "CSTDCS")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return three_years(tmp_path_factory.mktemp("compared"))


def _found(version: Version, chosen: Chosen) -> comparisons.Funnel:
    return comparisons.funnel(version, ALL, chosen.question)


def _opened(home: Home, monkeypatch: pytest.MonkeyPatch, **chosen: object) -> AppTest:
    return opened(home, monkeypatch, "awards", **chosen)


def test_any_award_is_offered_where_people_are_listed_and_not_where_clusters_count(version: Version) -> None:
    assert next(iter(award_choices.offered(version, ALL, "2025", "VU", "vi"))) == ANY
    counted = award_choices.offered(version, ALL, "2025", "BNCTU", "vi")
    assert ANY not in counted and next(iter(counted)) == "CSTDCS"  # the one most people got
    assert "TTLDXS" not in counted  # collectives only


def test_peer_groups_and_position_groups_are_those_there_are(version: Version) -> None:
    assert list(award_choices.peer_groups(version, ALL, "2025", "en").values()) == [
        "Departments",
        "Provincial committees",
    ]
    assert list(award_choices.strata(version, ALL, "2025", "VU", "vi")) == ["", "TRUC_TIEP"]
    assert list(award_choices.strata(version, ALL, "2025", "BNCTU", "vi")) == [""]


def test_the_standing_names_units_that_differ_and_counts_those_that_cannot_be_judged(version: Version) -> None:
    told = award_frames.standing(_found(version, VU))
    assert (told.above, told.below) == (("Vụ 4 (mẫu)",), ("Vụ 6 (mẫu)",))
    assert (told.reported, told.small, told.doubtful) == (7, 1, 0) and told.silent > 0


def test_what_is_read_beside_a_share_is_modest_and_says_why_there_is_none(version: Version) -> None:
    told = award_frames.by_unit(_found(version, VU), "vi").set_index("unit_code")["told"]
    assert told["V04"] == "Cao hơn mức chung: cả khoảng tin cậy nằm phía trên"
    assert told["V05"] == "Dưới 5 người, không xét"
    assert told["V01"] == "Chưa phân biệt được với mức chung"
    assert told["V10"] == "chưa nộp số liệu này"


def test_the_outermost_point_of_the_funnel_comes_first_in_its_table(version: Version) -> None:
    told = award_frames.funnel_points(_found(version, VU), "vi")
    assert told["unit_code"].iloc[0] == "V04" and "99,8%" in told["told"].iloc[0]


def test_awards_of_a_unit_are_held_against_its_group(version: Version) -> None:
    unit = award_frames.by_award(version, ALL, Chosen("2025", "VU", ANY, unit="V04"), "vi").set_index("breakdown")
    group = award_frames.by_award(version, ALL, Chosen("2025", "VU", ANY), "vi").set_index("breakdown")
    assert unit.loc["CSTDCS", "level"] == pytest.approx(group.loc["CSTDCS", "value"])
    assert unit.loc["CSTDCS", "band"] == "above" and unit.loc["", "label"] == catalogue("vi")["awards.any"]
    assert "level" not in group and set(group["band"]) == {"common"}
    assert award_frames.somebody(unit.reset_index())["breakdown"].tolist() == ["", "CSTDCS"]


def test_any_award_stands_above_the_awards_where_people_are_listed_and_is_left_out_where_not(version: Version) -> None:
    own = award_frames.by_award(version, ALL, Chosen("2025", "VU", "CSTDCS", unit="V04"), "vi")
    assert own["metric"].tolist().count("any_award_rate") == 1 and own["metric"].iloc[0] == "any_award_rate"
    counted = award_frames.by_award(version, ALL, Chosen("2025", "BNCTU", "CSTDCS"), "vi")
    assert set(counted["metric"]) == {"award_rate"} and len(counted) > 1
    silent = award_frames.by_award(version, ALL, Chosen("2025", "VU", "CSTDCS", unit="V10"), "vi")
    assert set(silent["metric"]) == {"award_rate"} and silent["value"].isna().all()  # every award, none with a figure


def test_position_groups_stand_beside_everybody(version: Version) -> None:
    told = award_frames.by_position(version, ALL, VU, "vi")
    assert told[["stratum", "band"]].values.tolist() == [["TRUC_TIEP", "common"]]
    assert told["level"].iloc[0] == pytest.approx(told["value"].iloc[0])
    assert award_frames.by_position(version, ALL, Chosen("2025", "BNCTU", "CSTDCS"), "vi").empty


def test_a_unit_is_shown_over_the_years_beside_its_group(version: Version) -> None:
    told = award_frames.over_years(version, ALL, Chosen("2025", "VU", "CSTDCS", unit="V04"), "vi")
    assert list(dict.fromkeys(told["series"])) == ["Vụ 4 (mẫu)", "Các vụ, đơn vị"]
    assert told.loc[told["unit_code"] == "V04", "numerator"].tolist() == [3, 17, 18]


def test_the_heat_map_is_in_order_of_all_years_and_narrowed_without_accents(version: Version) -> None:
    told = award_frames.heat(version, ALL, VU, "vi")
    assert list(dict.fromkeys(told["unit_code"]))[:2] == ["V04", "V05"]
    assert sorted(told.loc[told["unit_code"] == "V04", "period"]) == ["2023", "2024", "2025"]
    assert set(award_frames.heat(version, ALL, VU, "vi", "vu 4")["unit_code"]) == {"V04"}


def test_leaders_are_drawn_where_both_shares_are_known(version: Version) -> None:
    told = award_frames.leaders(version, ALL, VU, "vi")
    assert told["unit_code"].iloc[0] == "VU" and set(told["part"]) == {"awarded", "staff"}
    order = [code for code in dict.fromkeys(told["unit_code"]) if code in ("V01", "V02", "V04")]
    assert order == ["V04", "V01", "V02"]  # eighteen awarded before three and two
    drawn = award_frames.most_ahead(told)
    assert "V10" in set(told["unit_code"]) and "V10" not in set(drawn["unit_code"])
    assert "Chưa tính được" in award_words.leaders_caption(told, VU, "vi")


@pytest.mark.parametrize("chosen", [VU, Chosen("2025", "VU", ANY, unit="V04"), Chosen("2025", "BNCTU", "CSTDCS"), Chosen("2025", "VU", ANY, "TRUC_TIEP")])  # fmt: skip
def test_every_share_on_the_page_leads_to_the_rows_that_made_it(version: Version, chosen: Chosen) -> None:
    frames = [
        award_frames.by_unit(_found(version, chosen), "vi"),
        award_frames.funnel_points(_found(version, chosen), "vi"),
        award_frames.by_award(version, ALL, chosen, "vi"),
        award_frames.by_position(version, ALL, chosen, "vi"),
        award_frames.over_years(version, ALL, chosen, "vi"),
        award_frames.leaders(version, ALL, chosen, "vi"),
        award_frames.heat(version, ALL, chosen, "vi"),
    ]
    seen = 0
    for row in (row for frame in frames for row in frame.dropna(subset=["value"]).itertuples()):
        rows = queries.evidence(
            version,
            ALL,
            Question(row.metric, row.period, breakdown=row.breakdown, stratum=row.stratum, unit=row.unit_code),
        )
        assert rows.loc[rows["part"] == "num", "amount"].sum() == row.numerator
        assert rows.loc[rows["part"] == "den", "amount"].sum() == row.denominator
        seen += 1
    assert seen > 20


def test_the_page_tells_the_findings_and_follows_its_filters(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _opened(home, monkeypatch, series="CSTDCS")
    tiles = {tile.label: tile.value for tile in page.metric}
    assert tiles == {
        "Các vụ, đơn vị": "23,3%",
        "Cao hơn mức chung": "1/7",
        "Thấp hơn mức chung": "1/7",
        "Vượt xa mức thường gặp": "0/7",
    }
    assert "34/146 người được khen" in words(page)
    page.selectbox(key="unit").set_value("V04").run()
    assert next(tile.value for tile in page.metric if tile.label == "Vụ 4 (mẫu)") == "90,0%"
    page.selectbox(key="peers").set_value("BNCTU").run()
    assert not page.exception and page.selectbox(key="unit").value == ""
    assert "5/30 người được khen" in words(page)
    assert catalogue("vi")["awards.position.empty"] in words(page)


def test_a_year_nobody_of_a_group_reported_says_what_to_do(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _opened(home, monkeypatch, period="2024", peers="BNCTU")
    assert not page.exception and "nan" not in words(page)
    assert catalogue("vi")["awards.empty"] in words(page)


@pytest.mark.parametrize(("panel", "point"), [
    ("awards-units", ["award_rate", "V04", "2025", "CSTDCS", ""]),
    ("awards-kinds", ["award_rate", "VU", "2025", "CSTDCS", ""]),
    ("awards-heat", ["award_rate", "V03", "2023", "CSTDCS", ""]),
])  # fmt: skip
def test_a_picked_point_shows_its_rows(
    panel: str, point: list[str], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _opened(home, monkeypatch, series="CSTDCS", **{f"{panel}.point": point})
    rows = page.dataframe[0].value
    assert rows["source"].str.contains("› Khen thưởng ›").all()
    assert "Căn cứ" in words(page)


def test_a_unit_one_chart_sets_apart_and_the_other_does_not_is_named_with_the_reason() -> None:
    told = Standing(0.3, ("Vụ 2", "Vụ 3"), ("Vụ 5",), ("Vụ 3",), 12, 0, 0, 0, 0.05)
    chosen = Chosen("2025", "VU", ANY)
    assert "Vụ 2, Vụ 5: khác mức chung ở biểu đồ khoảng tin cậy" in award_words.funnel_caption(told, chosen, "vi")
    alike = replace(told, above=("Vụ 3",), below=())
    assert "biểu đồ khoảng tin cậy" not in award_words.funnel_caption(alike, chosen, "vi")


def test_english_has_no_vietnamese_in_its_words(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _opened(home, monkeypatch, lang="en", series="CSTDCS")
    assert catalogue("en")["awards.title"] in words(page)
    assert "23.3%" in [tile.value for tile in page.metric]
    assert "mức" not in words(page) and "đơn vị" not in words(page)
