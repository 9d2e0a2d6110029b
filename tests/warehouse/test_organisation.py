"""Like with like: earlier years of merged units add up into today's unit, a divided unit is never guessed."""

from pathlib import Path

import pytest

from dashboard.awards import choices as award_choices
from dashboard.awards import frames as award_frames
from dashboard.awards import wording as award_words
from dashboard.awards.choices import Chosen
from dashboard.charts import grid
from dashboard.charts.figure import Look
from dashboard.exemplars import frames as exemplar_frames
from dashboard.exemplars import wording as exemplar_words
from pipelines.access import sees_all
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, organisation, queries
from pipelines.warehouse.door.question import NOW, THEN, Question
from pipelines.warehouse.viewer import Viewer
from tests.support.homes.handed_in import HandedIn
from tests.support.homes.merged import hand_in, merged_years
from tests.support.pages.opened_pages import opened

ALL = sees_all()
AWARD = ["CSTDCS"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return merged_years(tmp_path_factory.mktemp("merged"))


def _figures(version: Version, unit: str, viewer: Viewer = ALL, **more: object) -> dict[str, tuple[object, ...]]:
    told = organisation.metric(version, viewer, NOW, "award_rate", None, [unit], AWARD, **more)  # type: ignore[arg-type]
    known = told[told["state"] != "not_submitted"].astype(object).where(told.notna(), None)
    return {row.period: (row.numerator, row.denominator, row.state) for row in known.itertuples()}


def test_a_merged_unit_is_the_sum_of_those_it_was_made_of(version: Version) -> None:
    told = organisation.metric(version, ALL, NOW, "award_rate", ["2024"], ["M08"], AWARD).iloc[0]
    assert (told.unit_name, told.peer_group) == ("Ban Nội chính Tỉnh ủy Tuyên Quang", "BNCTU")
    assert (told.numerator, told.denominator, told.value) == (5, 25, 5 / 25)  # not the mean of 4/16 and 1/9
    assert _figures(version, "V14") == {"2019": (4, 40, "reported"), "2025": (4, 40, "reported")}


def test_half_of_a_sum_is_no_figure(version: Version) -> None:
    for unit, period in (("V14", "2018"), ("M08", "2023")):  # only one of the two had reported
        told = organisation.metric(version, ALL, NOW, "award_rate", [period], [unit], AWARD).iloc[0]
        assert told.state == "not_submitted" and told.value != told.value


def test_a_divided_unit_is_not_comparable_before_it_was_divided(version: Version) -> None:
    for unit, now in (("V06", (1, 12, "reported")), ("V15", (0, 8, "reported"))):
        told = _figures(version, unit)
        assert told["2019"] == (None, None, "not_comparable") and told["2025"] == now


def test_units_of_the_newest_period_stand_as_they_are_and_groups_always_do(version: Version) -> None:
    for period, kinds in (
        ("2025", {"unit", "all", "peer_group", "cluster", "province"}),
        ("2019", {"all", "peer_group"}),
    ):
        then = queries.metric(version, ALL, "award_rate", [period], None, AWARD, None)
        now = organisation.metric(version, ALL, NOW, "award_rate", [period], None, AWARD, None)
        alike = [told[told["unit_kind"].isin(kinds)].reset_index(drop=True) for told in (then, now)]
        assert len(alike[0]) and alike[0].equals(alike[1])


def test_the_units_of_an_earlier_year_are_those_of_today_that_were_there_in_some_form(version: Version) -> None:
    assert set(organisation.units(version, ALL, "2024", NOW)["unit_code"]) >= {"M08", "V06", "V14", "V15"}
    assert not {"T02", "T08", "V07"} & set(organisation.units(version, ALL, "2024", NOW)["unit_code"])
    then = organisation.units(version, ALL, "2024", THEN)
    assert {"T02", "T08"} <= set(then["unit_code"])
    assert list(then.columns) == list(organisation.units(version, ALL, "2024", NOW).columns)


def test_position_groups_add_up_too_but_not_where_a_part_counts_people_untold(version: Version) -> None:
    told = organisation.metric(version, ALL, NOW, "award_rate", ["2019"], ["V14"], AWARD, ["LD_VU"]).iloc[0]
    assert (told.numerator, told.denominator) == (3, 4)  # two leaders each; both of V07 and one of V08 were awarded
    assert organisation.metric(version, ALL, NOW, "award_rate", ["2024"], ["M08"], AWARD, ["LD_VU"]).empty


def test_a_sum_leads_to_the_rows_of_all_it_was_made_of(version: Version) -> None:
    for unit, period, parts in (("M08", "2024", {"T02", "T08"}), ("V14", "2019", {"V07", "V08"})):
        told = organisation.metric(version, ALL, NOW, "award_rate", [period], [unit], AWARD).iloc[0]
        rows = queries.evidence(
            version, ALL, Question("award_rate", period, breakdown="CSTDCS", unit=unit, organisation=NOW)
        )
        assert set(rows["unit_code"]) == parts
        assert rows.loc[rows["part"] == "num", "amount"].sum() == told.numerator
        assert rows.loc[rows["part"] == "den", "amount"].sum() == told.denominator
        assert queries.evidence(
            version, ALL, Question("award_rate", period, breakdown="CSTDCS", unit=unit)
        ).empty  # there was no such unit then


def test_only_who_may_see_every_part_sees_the_sum(version: Version) -> None:
    told = _figures(version, "M08", Viewer("unit", ("M08", "T02"), False))
    assert "2024" not in told and told["2025"] == (3, 20, "reported")
    assert _figures(version, "M08", Viewer("unit", ("M08", "T02", "T08"), False))["2024"] == (5, 25, "reported")


def test_shares_of_sums_have_intervals(version: Version) -> None:
    told = comparisons.rates(version, ALL, "award_rate", ["2024"], ["M08"], AWARD, organisation=NOW).iloc[0]
    assert told.low < 0.2 < told.high


def test_a_unit_that_took_another_in_stands_for_both_before(tmp_path: Path) -> None:
    lists = HandedIn(tmp_path).home.reference
    units, lineage = lists / "units.csv", lists / "unit_lineage.csv"
    written = [
        line.replace("2013-01-01,,", "2013-01-01,2024-12-31,") if line.startswith("V09,") else line
        for line in units.read_text(encoding="utf-8").splitlines()
    ]
    units.write_text("\n".join(written) + "\n", encoding="utf-8")
    lineage.write_text(lineage.read_text(encoding="utf-8") + "V09,V01,2025-01-01,1,sample\n", encoding="utf-8")
    desk = HandedIn(tmp_path)
    for code, year, people, awarded in (("V01", 2024, 20, 2), ("V09", 2024, 10, 4), ("V01", 2025, 28, 5)):
        hand_in(desk, code, year, people, awarded)
    version = build(desk.home)
    assert _figures(version, "V01") == {"2024": (6, 30, "reported"), "2025": (5, 28, "reported")}
    for seen, rows in ((NOW, 36), (THEN, 22)):
        told = queries.evidence(
            version, ALL, Question("award_rate", "2024", breakdown="CSTDCS", unit="V01", organisation=seen)
        )
        assert len(told) == rows


def test_the_newest_year_of_a_merged_unit_is_held_against_the_sums_before_it(version: Version) -> None:
    then, now = (
        comparisons.changes(version, ALL, "award_rate", "2025", ["M08"], AWARD, organisation=seen).iloc[0]
        for seen in (THEN, NOW)
    )
    assert (then["years"], then["verdict"]) == (0, "unknown")
    assert (now["years"], now["previous"]) == (1, 5 / 25) and now["change"] == pytest.approx(3 / 20 - 5 / 25)


def test_years_on_the_pages_follow_the_switch(version: Version) -> None:
    for seen, years in ((THEN, {"2025"}), (NOW, {"2024", "2025"})):
        chosen = Chosen("2025", "BNCTU", "CSTDCS", unit="M08", organisation=seen)
        line = award_frames.over_years(version, ALL, chosen, "vi")
        grid = award_frames.heat(version, ALL, chosen, "vi")
        exemplars = exemplar_frames.matrix(version, ALL, "2025", ["M08"], "vi", organisation=seen)
        for told in (line, grid, exemplars):
            known = told[(told["unit_code"] == "M08") & told["value"].notna()]
            assert set(known["period"]) == years
    assert exemplars.set_index("period").loc["2024", "value"] == 1  # T08's
    rows = queries.evidence(version, ALL, Question("exemplar_count", "2024", unit="M08", organisation=NOW))
    assert rows["unit_code"].tolist() == ["T08"]


def test_every_figure_of_a_unit_on_the_awards_page_follows_the_switch(version: Version) -> None:
    then, now = (
        Chosen("2024", "BNCTU", "CSTDCS", unit=unit, organisation=seen) for unit, seen in (("T02", THEN), ("M08", NOW))
    )
    for chosen, awarded, people in ((then, 4, 16), (now, 5, 25)):
        offered = award_choices.names_of_units(version, ALL, "2024", "BNCTU", "vi", chosen.organisation)
        assert set(offered) & {"T02", "T08", "M08"} == ({"T02", "T08"} if chosen is then else {"M08"})
        found = comparisons.funnel(version, ALL, chosen.question)
        for told in (
            award_frames.by_unit(found, "vi"),
            award_frames.funnel_points(found, "vi"),
            award_frames.by_award(version, ALL, chosen, "vi").query("breakdown == 'CSTDCS'"),
            award_frames.heat(version, ALL, chosen, "vi").query("period == '2024'"),
        ):
            row = told[told["unit_code"] == chosen.unit].iloc[0]
            assert (row["numerator"], row["denominator"]) == (awarded, people)
        assert set(award_frames.leaders(version, ALL, chosen, "vi")["unit_code"]) & {"T02", "M08"} == {chosen.unit}
        text = catalogue("vi")["compare.organisation.now"]
        assert (text in award_words.units_caption(award_frames.standing(found), chosen, "vi")) == (chosen is now)


def test_what_a_group_has_is_the_same_by_the_units_then_or_now(version: Version) -> None:
    for group, period in (("BNCTU", "2024"), ("VU", "2019")):
        levels = {
            comparisons.funnel(
                version, ALL, Question("award_rate", period, peer_group=group, breakdown="CSTDCS", organisation=seen)
            ).level
            for seen in (THEN, NOW)
        }
        assert len(levels) == 1


def test_units_on_the_exemplar_page_follow_the_switch_and_say_why_one_is_unknown(version: Version) -> None:
    then = exemplar_frames.standing(version, ALL, "2024", "BNCTU", ["T02", "T08"])
    now = exemplar_frames.standing(version, ALL, "2024", "BNCTU", ["M08"], NOW)
    assert (then.found, then.reported, then.with_some) == (1, 2, 1)
    assert (now.found, now.reported, now.with_some) == (1, 1, 1)
    assert (then.heard, now.heard) == (2, 2)
    divided = exemplar_frames.standing(version, ALL, "2019", "VU", ["V06", "V14", "V15"], NOW)
    assert (divided.reported, divided.divided, divided.silent) == (1, 2, 0)
    assert "2 đơn vị không so sánh được" in exemplar_words.shown(divided, "vi")[2].note
    cells = exemplar_frames.matrix(version, ALL, "2019", ["V06", "V14"], "vi", organisation=NOW)
    assert grid.at_least_one(cells, Look()).data[1].text.count("≠") == 2  # 2018 and 2019
    bars = exemplar_frames.by_unit(version, ALL, "2019", ["V06", "V14"], "vi", organisation=NOW)
    assert bars.set_index("unit_code").loc["V06", "told"].iloc[0].startswith("không so sánh được")


@pytest.mark.parametrize("name", ["awards", "exemplars", "compare"])
def test_a_sum_picked_on_a_page_shows_the_rows_of_all_its_parts(
    name: str, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, point = {
        "awards": ("awards-heat", ["award_rate", "M08", "2024", "CSTDCS", ""]),
        "exemplars": ("exemplars-matrix", ["exemplar_count", "M08", "2024", "", ""]),
        "compare": ("compare-years-award_rate-CSTDCS", ["award_rate", "M08", "2024", "CSTDCS", ""]),
    }[name]
    more = {"peers": "BNCTU", "series": "CSTDCS", "figures": ["award_rate.CSTDCS"], f"{panel}.point": point}
    page = opened(home, monkeypatch, name, organisation=NOW, period="2025", **more)
    assert not page.exception
    shown = next(table.value for table in page.dataframe if "source" in table.value)
    assert shown["source"].str.startswith("C01_2024.xlsx").all()
    assert "Căn cứ: Ban Nội chính Tỉnh ủy Tuyên Quang, Năm 2024" in "\n".join(str(m.value) for m in page.markdown)
