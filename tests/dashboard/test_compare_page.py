"""The page that compares units: any figure, a few units or a group, then or now; every point leads to its rows."""

import pandas as pd
import pytest

from dashboard.charts import multiples, ranks
from dashboard.charts.figure import Look
from dashboard.charts.multiples import MOST
from dashboard.compare import frames as compare_frames
from dashboard.compare import wording as compare_words
from dashboard.compare.frames import Figure
from pipelines.access import sees_all
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.comparisons import NOW, THEN, Compared, Organisation
from pipelines.warehouse.door.question import Question
from tests.support.homes.compared import three_years
from tests.support.pages.opened_pages import opened, words

ALL = sees_all()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return three_years(tmp_path_factory.mktemp("compared"))


def _years(version: Version, figure: Figure, listed: pd.DataFrame, seen: Organisation) -> pd.DataFrame:
    units = listed["unit_code"].tolist()
    return compare_frames.over_years(version, ALL, figure, "2025", "VU", units, seen)


def _found(version: Version, metric: str = "award_rate", breakdown: str = "CSTDCS") -> Compared:
    return comparisons.compared(version, ALL, Question(metric, "2025", peer_group="VU", breakdown=breakdown))


def test_every_share_and_count_of_the_version_can_be_chosen(version: Version) -> None:
    figures = compare_frames.offered(version, ALL, "2025", "VU", "vi")
    rows = queries.offered(version, ALL, "2025", "VU")
    assert [[one.metric, one.breakdown] for one in figures.values()] == rows[["metric", "breakdown"]].values.tolist()
    assert figures["rating_share.HTXSNV"].name == "Cơ cấu xếp loại: Hoàn thành xuất sắc nhiệm vụ"
    first = compare_frames.first(figures)
    assert len(first) == 2 and all(figures[code].told for code in first)
    assert len({figures[code].metric for code in first}) == 2


@pytest.mark.parametrize("metric", ["cap_share", "cap_use"])
def test_a_ratio_that_is_no_share_accuses_nobody_and_promises_no_interval(version: Version, metric: str) -> None:
    figures = compare_frames.offered(version, ALL, "2025", "VU", "vi")
    figure = next(one for one in figures.values() if one.metric == metric)
    found = _found(version, metric, figure.breakdown)
    listed = compare_frames.listed(found, [], "vi")
    sentences = catalogue("vi")
    assert not found.has_intervals and listed["value"].notna().any()
    assert set(listed.loc[listed["value"].notna(), "told"]) == {sentences["compare.no_interval"]}
    told = [
        compare_words.units_title(found, listed, "vi"),
        compare_words.units_caption(found, listed, THEN, "vi"),
        compare_words.years_caption(found, listed, _years(version, figure, listed, THEN), THEN, "vi"),
    ]
    assert sentences["compare.units.ratio"] == told[1].split(" Chưa có")[0]
    assert sentences["compare.years.interval"] not in told[2] and "khác mức chung" not in told[0].lower()
    assert compare_words.ranks_empty(found, listed, "vi") == sentences["compare.ranks.no_interval"]


def test_the_title_says_how_many_cannot_be_told_apart_and_the_caption_that_a_rank_is_no_verdict(
    version: Version,
) -> None:
    found = _found(version)
    listed = compare_frames.listed(found, [], "vi")
    assert compare_words.ranks_title(found, listed, "vi") == "5/6 đơn vị cùng nằm trong một dải thứ hạng"  # V04 apart
    one = compare_frames.listed(found, ["V04"], "vi")
    assert compare_words.ranks_title(found, one, "vi") == catalogue("vi")["compare.ranks.none"]
    counts = _found(version, "exemplar_count", "MO_HINH")
    every = compare_frames.listed(counts, [], "vi")
    assert compare_words.ranks_title(counts, every, "vi") == "Không phân biệt được thứ hạng của cả 7 đơn vị"
    told = compare_words.ranks_caption(found, listed, "vi")
    assert "không phải là kết luận" in told and "1 đơn vị có số liệu nhưng không xếp được" in told  # V05


def test_a_band_is_drawn_from_the_best_to_the_worst_rank_and_never_a_place(version: Version) -> None:
    found = _found(version)
    drawn = ranks.bands(compare_frames.ranked(compare_frames.listed(found, [], "vi")), Look(), found.ranked)
    [bars] = drawn.data
    rows = found.rows.dropna(subset=["first"])
    assert list(bars.base) == [first - 0.5 for first in rows["first"]]
    assert list(bars.x) == (rows["last"] - rows["first"] + 1).tolist()
    texts = [note.text for note in drawn.layout.annotations]
    assert "2–6" in texts and "không xếp hạng" in texts


def test_small_charts_share_one_scale_and_leave_a_gap_where_a_year_is_missing(version: Version) -> None:
    figure = compare_frames.offered(version, ALL, "2025", "VU", "vi")["award_rate.CSTDCS"]
    told = compare_frames.over_years(version, ALL, figure, "2025", "VU", ["V04", "V01", "V10"], THEN)
    assert list(dict.fromkeys(told["unit_code"])) == ["V04", "V01"]  # V10 never reported
    assert told["level"].notna().all() and told.loc[told["unit_code"] == "V04", "numerator"].tolist() == [3, 17, 18]
    drawn = multiples.years(told[~((told["unit_code"] == "V01") & (told["period"] == "2024"))], Look())
    axes = drawn.layout.to_plotly_json()
    assert axes["yaxis"]["range"] == axes["yaxis2"]["range"]
    band, bars = [trace for trace in drawn.data if trace.xaxis == "x2"][:2]  # each year of V01 lies between gaps
    assert band.fill == "toself" and not band.x
    assert list(bars.x) == ["2023", "2023", None, "2025", "2025", None]
    of_2023 = told[(told["unit_code"] == "V01") & (told["period"] == "2023")].iloc[0]
    assert list(bars.y)[:2] == [of_2023["low"], of_2023["high"]] and bars.line.width > 5


def test_the_caption_counts_the_small_charts_that_are_drawn(version: Version) -> None:
    figure = compare_frames.offered(version, ALL, "2025", "VU", "vi")["award_rate.CSTDCS"]
    listed = compare_frames.listed(_found(version), [], "vi")
    drawn = _years(version, figure, listed, NOW)
    units = drawn["unit_code"].nunique()
    assert units < len(listed) < MOST
    told = compare_words.years_caption(_found(version), listed, drawn, NOW, "vi")
    assert f"Vẽ {units} đơn vị có số liệu; {len(listed) - units} đơn vị chưa có" in told and "đơn vị tiền thân" in told
    many = pd.concat([drawn.assign(unit_code=f"X{n}") for n in range(MOST)])
    told = compare_words.years_caption(_found(version), pd.concat([listed] * 9), many, NOW, "vi")
    assert f"Vẽ {MOST} đơn vị đầu" in told and f"còn {9 * len(listed) - MOST} đơn vị" in told


def test_shading_that_leaves_a_small_chart_is_told(version: Version) -> None:
    figure = compare_frames.offered(version, ALL, "2025", "VU", "vi")["award_rate.CSTDCS"]
    listed = compare_frames.listed(_found(version), [], "vi")
    drawn = _years(version, figure, listed, THEN)
    cut = []
    for shown in (drawn, drawn.assign(value=drawn["value"] / 4)):  # with lower shares the scale ends sooner
        told = compare_words.years_caption(_found(version), listed, shown, THEN, "vi")
        cut.append(catalogue("vi")["compare.years.cut"] in told)
        assert cut[-1] == (shown["high"].max() > multiples.years(shown, Look()).layout.yaxis.range[1])
    assert cut == [False, True]


def test_no_difference_beyond_chance_is_not_called_equality(version: Version) -> None:
    found = _found(version)
    alike = compare_frames.listed(found, ["V01", "V02"], "vi")
    assert compare_words.units_title(found, alike, "vi").startswith("Số liệu chưa cho thấy đơn vị nào khác mức chung")
    for told in (found, _found(version, "exemplar_count", "MO_HINH")):
        assert "chỉ do ngẫu nhiên" in compare_words.units_caption(
            told, compare_frames.listed(told, [], "vi"), THEN, "vi"
        )


def test_units_without_the_figure_are_not_said_to_be_like_the_others(version: Version) -> None:
    found = _found(version)
    silent = compare_frames.listed(found, ["V10"], "vi")
    assert compare_words.units_title(found, silent, "vi") == catalogue("vi")["compare.units.unknown"]
    assert "chưa nộp số liệu này" in compare_words.units_empty(silent, "vi")
    assert compare_words.ranks_empty(found, silent, "vi") == compare_words.units_empty(silent, "vi")


def test_the_name_of_a_unit_alone_is_written_out(version: Version) -> None:
    figure = compare_frames.offered(version, ALL, "2025", "VU", "vi")["award_rate.CSTDCS"]
    told = compare_frames.over_years(version, ALL, figure, "2025", "VU", ["V04"], THEN)
    name = "Ban Nội chính Tỉnh ủy Thừa Thiên Huế"
    drawn = multiples.years(told.assign(label=name), Look())
    assert name in drawn.layout.annotations[0].text


def test_units_are_found_without_accents(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "compare", peers="BNCTU", figures=["award_rate.CSTDCS"], q="ha noi")
    assert page.multiselect(key="units").options == ["Ban Nội chính Thành ủy Hà Nội"] and not page.exception
    page.multiselect(key="units").set_value(["T01"]).run()
    page.text_input(key="q").set_value("da nang").run()
    assert len(page.multiselect(key="units").options) == 2  # the one chosen stays
    page.multiselect(key="units").set_value([]).run()
    page.text_input(key="q").set_value("nobody").run()
    (told,) = (part.value for part in page.info)  # which group was looked through is a choice to take back
    assert told.replace("\\", "").startswith("Không có đơn vị nào của nhóm “Ban nội chính tỉnh ủy, thành ủy”"), told


@pytest.mark.parametrize("code", ["award_rate.CSTDCS", "any_award_rate", "exemplar_count.MO_HINH"])
def test_every_figure_on_the_page_leads_to_the_rows_that_made_it(version: Version, code: str) -> None:
    figure = compare_frames.offered(version, ALL, "2025", "VU", "vi")[code]
    found = comparisons.compared(
        version, ALL, Question(figure.metric, "2025", peer_group="VU", breakdown=figure.breakdown, organisation=NOW)
    )
    listed = compare_frames.listed(found, [], "vi")
    years = compare_frames.over_years(version, ALL, figure, "2025", "VU", listed["unit_code"].tolist(), NOW)
    seen = 0
    for row in (row for told in (listed, years) for row in told.dropna(subset=["value"]).itertuples()):
        place = (row.metric, row.unit_code, row.period, row.breakdown, row.stratum)
        rows = queries.evidence(version, ALL, Question.of_point(place, NOW))
        assert rows.loc[rows["part"] == "num", "amount"].sum() == row.numerator
        assert found.is_share == (rows.loc[rows["part"] == "den", "amount"].sum() > 0)
        seen += 1
    assert seen >= 20


def test_the_page_follows_its_filters_and_keeps_to_four_figures(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "compare", figures=["award_rate.CSTDCS"], units=["V04", "V01"])
    assert not page.exception
    assert page.header[0].value == "Tỷ lệ được khen thường xuyên: Chiến sĩ thi đua cơ sở"
    assert "1 đơn vị cao hơn, 0 đơn vị thấp hơn mức chung 23,3%" in words(page)
    page.multiselect(key="figures").set_value([]).run()
    assert not page.exception and len(page.header) == 2
    page.selectbox(key="peers").set_value("BNCTU").run()
    assert not page.exception and page.multiselect(key="units").value == []
    many = ["any_award_rate", *(f"rating_share.{code}" for code in ("HTXSNV", "HTTNV", "HTNV", "KHTNV"))]
    page.session_state["figures"] = many
    assert len(page.run().header) == 4 and not page.exception


def test_a_figure_nobody_has_says_what_to_do(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "compare", period="2024", peers="BNCTU", figures=["award_rate.CSTDCS"])
    assert not page.exception and "nan" not in words(page)
    assert catalogue("vi")["compare.ranks.empty"] in words(page)
    assert catalogue("vi")["compare.units.nobody"] in words(page)


def test_english_has_no_vietnamese_in_its_words(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(home, monkeypatch, "compare", lang="en", organisation=NOW)
    assert catalogue("en")["compare.title"] in words(page)
    assert "đơn vị" not in words(page) and "mức" not in words(page)
