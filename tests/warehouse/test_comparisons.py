"""Peers, funnels, changes and what may need a look, on figures small enough to count by hand."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from scipy.stats import binom

from dashboard.awards import frames as award_frames
from dashboard.charts import caterpillar
from dashboard.charts.figure import Look
from dashboard.compare import frames as compare_frames
from dashboard.compare import wording as compare_words
from pipelines.access import sees_all
from pipelines.analysis import intervals
from pipelines.warehouse import connection
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries, signal_inputs
from pipelines.warehouse.door.question import Question
from tests.support.homes.compared import YEARS, three_years
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person

ALL = sees_all()


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    return connection.current(three_years(tmp_path_factory.mktemp("peers")))


def test_peers_stand_in_order_with_the_level_they_share(version: Version) -> None:
    found = comparisons.peers(version, ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDCS"))
    awarded, people = sum(y[2][1] for y in YEARS.values()), sum(y[2][0] for y in YEARS.values())
    assert (found.numerator, found.denominator, found.level) == (awarded, people, pytest.approx(awarded / people))
    reported = found.rows[found.rows["state"] == "reported"]
    assert list(reported["unit_code"]) == ["V05", "V04", "V01", "V03", "V09", "V02", "V06"]
    assert set(found.rows["peer_group"]) == {"VU"}
    assert found.rows["value"].isna().iloc[len(reported) :].all() and len(found.rows) > len(reported)


def test_a_unit_differs_only_if_its_interval_leaves_out_the_level_and_it_is_not_too_small(version: Version) -> None:
    found = comparisons.peers(version, ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDCS"))
    rows = found.rows.set_index("unit_code")
    assert rows.loc["V04", "band"] == "above" and rows.loc["V04", "low"] > found.level
    assert rows.loc["V06", "band"] == "below" and rows.loc["V06", "high"] < found.level
    assert rows.loc["V02", "band"] == "common" and rows.loc["V02", "high"] > found.level
    assert rows.loc["V05", "band"] == "common" and rows.loc["V05", "low"] > found.level  # four people
    low, high = intervals.wilson(3, 20)
    assert (rows.loc["V01", "low"], rows.loc["V01", "high"]) == (pytest.approx(float(low)), pytest.approx(float(high)))


def test_clusters_members_are_compared_among_themselves(version: Version) -> None:
    found = comparisons.peers(version, ALL, Question("award_rate", "2025", peer_group="BNCTU", breakdown="CSTDCS"))
    assert (found.numerator, found.denominator) == (5, 30)
    assert list(found.rows["unit_code"][:2]) == ["T04", "T01"]


def test_a_unit_without_a_position_group_says_why(version: Version) -> None:
    found = comparisons.peers(
        version, ALL, Question("award_rate", "2025", peer_group="BNCTU", breakdown="CSTDCS", stratum="TRUC_TIEP")
    )
    assert set(found.rows["state"]) == {"not_computable", "not_submitted"} and found.level != found.level
    leaders = comparisons.peers(
        version, ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDCS", stratum="LD_VU")
    )
    states = leaders.rows.set_index("unit_code")["state"]
    assert (states["V01"], states["V10"]) == ("not_applicable", "not_submitted")
    assert (
        comparisons.peers(
            version, ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDCS", stratum="TRUC_TIEP")
        ).numerator
        == 34
    )


def test_more_awarded_than_people_is_shown_and_not_judged(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    members = {
        "cluster_members": [member("T01", 12), member("T04", 10), member("T11", 10)],
        "cluster_awards": [member_award("T01", 13), member_award("T04", 2)],
    }
    desk.cluster("C01", "2025", members)
    version = build(desk.home)
    found = comparisons.peers(version, ALL, Question("award_rate", "2025", peer_group="BNCTU", breakdown="CSTDCS"))
    assert found.rows[["unit_code", "band"]].values.tolist()[:3] == [
        ["T01", "doubtful"],
        ["T04", "common"],
        ["T11", "common"],
    ]
    assert found.rows["value"].iloc[0] == 13 / 12 and found.rows["low"].isna().iloc[0]
    assert (found.numerator, found.denominator, found.level) == (2, 20, 0.1)  # no measure for others
    drawn = comparisons.funnel(version, ALL, Question("award_rate", "2025", peer_group="BNCTU", breakdown="CSTDCS"))
    assert set(drawn.points["unit_code"]) == {"T04", "T11"} and drawn.level == 0.1
    ranked = comparisons.compared(version, ALL, Question("award_rate", "2025", peer_group="BNCTU", breakdown="CSTDCS"))
    assert (ranked.level, ranked.ranked) == (0.1, 2)
    assert ranked.rows.set_index("unit_code").loc["T01", ["first", "last"]].isna().all()
    years = comparisons.yearly(version, ALL, Question("award_rate", "2025", "BNCTU", "CSTDCS"), ["2025"])
    assert set(years["level"].dropna()) == {0.1}
    listed = compare_frames.listed(ranked, [], "vi")
    assert listed["told"].iloc[0].startswith("Không so sánh")
    assert "Không so sánh 1 đơn vị" in compare_words.units_caption(ranked, listed, comparisons.THEN, "vi")
    standing = award_frames.standing(drawn)
    assert standing.doubtful == 1 and standing.level == 0.1
    row = award_frames.by_unit(drawn, "vi").iloc[0]
    assert caterpillar._beside(row, Look("vi")) == "108,3% (13/12) · không so sánh"
    whole = queries.metric(version, ALL, "award_rate", ["2025"], ["BNCTU"], ["CSTDCS"])
    assert (whole["numerator"].iloc[0], whole["denominator"].iloc[0]) == (15, 32)  # the group's own figure counts all


def test_a_year_with_more_awarded_than_people_is_in_no_signal(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    for year, awarded in (("2024", 3), ("2025", 13)):
        members = [member("T01", 12, 4), member("T04", 10, 4)]
        awards = [member_award("T01", awarded, group="LD_VU"), member_award("T04", 2, group="LD_VU")]
        desk.cluster("C01", year, {"cluster_members": members, "cluster_awards": awards})
    with duckdb.connect(str(build(desk.home).facts), read_only=True) as db:
        given = signal_inputs.inputs(db, 2025)
    assert given.doubtful.values.tolist() == [["T01", 2025]]
    fit = {("T01", 2024), ("T04", 2024), ("T04", 2025)}
    for frame in (given.awards, given.levels, given.leaders.dropna(subset=["awarded"])):
        assert set(zip(frame["unit_code"], frame["year"], strict=True)) == fit
    assert len(given.leaders) == 4  # who works there is known all the same


def test_the_funnel_puts_a_unit_outside_by_its_exact_tail(version: Version) -> None:
    found = comparisons.funnel(version, ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDCS"))
    points = found.points.set_index("unit_code")
    assert points.loc["V04", "place"] == "above_usual" and binom.sf(17, 20, found.level) < 0.001
    assert points.loc["V06", "place"] == "below_95" and 0.001 < binom.cdf(0, 18, found.level) < 0.025
    assert points.loc["V05", "place"] == "inside"  # four people, whatever their share
    assert set(points["n"]) == {20, 24, 30, 4, 18}
    assert found.limits["n"].max() >= 30 and (found.limits["n"] == found.limits["n"].round()).all()


def test_units_that_usually_differ_are_allowed_to(version: Version) -> None:
    found = comparisons.funnel(version, ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDCS"))
    assert 0.05 < found.usual_difference < 0.5
    assert set(found.points["beyond"]) <= {0, 1}
    calm = comparisons.funnel(version, ALL, Question("award_rate", "2023", peer_group="VU", breakdown="CSTDCS"))
    assert calm.usual_difference == 0 and set(calm.points["place"]) == {"inside"}


def test_a_group_nobody_reported_for_has_an_empty_funnel(version: Version) -> None:
    found = comparisons.funnel(version, ALL, Question("award_rate", "2024", peer_group="BNCTU", breakdown="CSTDCS"))
    assert found.points.empty and found.limits.empty and found.level != found.level
    nobody = comparisons.peers(version, ALL, Question("award_rate", "2024", peer_group="BNCTU", breakdown="CSTDCS"))
    assert set(nobody.rows["band"]) == {"common"} and nobody.rows["value"].isna().all()


def test_an_award_nobody_got_is_a_flat_funnel(version: Version) -> None:
    found = comparisons.funnel(version, ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDTQ"))
    assert found.level == 0 and set(found.points["place"]) == {"inside"} and set(found.points["beyond"]) == {0}


def test_a_change_of_one_year_is_judged_by_its_interval(version: Version) -> None:
    changed = comparisons.changes(version, ALL, "award_rate", "2024", ["VU", "V04", "V03"], ["CSTDCS"]).set_index(
        "unit_code"
    )
    assert changed.loc["V04", ["verdict", "basis"]].tolist() == ["up", "interval"]
    assert changed.loc["V04", "change"] == pytest.approx(0.7) and changed.loc["V04", "previous"] == pytest.approx(0.15)
    assert changed.loc["V03", "verdict"] == "usual" and changed.loc["V03", "years"] == 1
    assert changed.loc["V03", "low"] < changed.loc["V03", "value"] < changed.loc["V03", "high"]


def test_the_first_year_has_nothing_to_be_compared_with(version: Version) -> None:
    changed = comparisons.changes(version, ALL, "award_rate", "2023", ["V03"], ["CSTDCS"])
    assert changed["verdict"].tolist() == ["unknown"] and changed["value"].tolist() == [pytest.approx(4 / 30)]


def test_counts_are_compared_per_unit_and_kinds_are_added_up(version: Version) -> None:
    changed = comparisons.changes(version, ALL, "exemplar_count", "2024", ["VU"]).set_index("breakdown")
    assert changed.loc["", ["value", "base"]].tolist() == [2, 7]
    assert changed.loc["", "rate"] == pytest.approx(2 / 7) and changed.loc["", "previous"] == pytest.approx(3 / 7)
    assert changed.loc["MO_HINH", "value"] == 2 and changed.loc["CA_NHAN", "value"] == 0
    assert changed.loc["", ["verdict", "basis"]].tolist() == ["usual", "counts"]


def test_a_unit_far_from_its_peers_is_named_with_how_often(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    units = [f"V{n:02}" for n in (*range(1, 7), *range(9, 14))]
    for year in (2024, 2025):
        for unit in units:
            awarded = 20 if unit == "V04" else 3
            desk.unit(
                unit,
                str(year),
                {
                    "staff": [person(f"{unit}{n}") for n in range(22)],
                    "awards": [award(str(n), f"{unit}{n}", year=year) for n in range(awarded)],
                },
            )
    version = build(desk.home)
    told = comparisons.unusual_rates(version, ALL, Question("award_rate", "2025", breakdown="CSTDCS"))
    assert told[["unit_code", "beyond", "times", "years", "place"]].values.tolist() == [["V04", 1, 2, 2, "above_998"]]
    assert told["level"].iloc[0] == pytest.approx((20 + 3 * (len(units) - 1)) / (22 * len(units)))
    assert comparisons.unusual_rates(version, ALL, Question("award_rate", "2025", breakdown="CSTDTQ")).empty
    one_group = [
        comparisons.unusual_rates(version, ALL, Question("award_rate", "2025", peer_group=g, breakdown="CSTDCS"))
        for g in ("VU", "BNCTU")
    ]
    assert [list(found["unit_code"]) for found in one_group] == [["V04"], []]


def test_where_units_always_differ_widely_nobody_is_named_for_it(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    counts = dict(
        zip([f"V{n:02}" for n in (*range(1, 7), *range(9, 14))], [2, 3, 5, 6, 8, 10, 12, 14, 16, 17, 20], strict=True)
    )
    for unit, awarded in counts.items():
        staff = [person(f"{unit}{n}") for n in range(22)]
        desk.unit(unit, "2025", {"staff": staff, "awards": [award(str(n), f"{unit}{n}") for n in range(awarded)]})
    found = comparisons.funnel(
        build(desk.home), ALL, Question("award_rate", "2025", peer_group="VU", breakdown="CSTDCS")
    )
    places = found.points.set_index("unit_code")["place"]
    assert places["V13"] == "above_usual" and places["V01"] == "below_usual" and places["V06"] == "inside"
    assert not found.points["beyond"].any() and found.usual_difference > 0.1


def test_units_without_an_exemplar_are_named_longest_first(version: Version) -> None:
    told = comparisons.without_exemplar(version, ALL, "2025")
    assert told[["unit_code", "years_without"]].values.tolist() == [
        ["V04", 3], ["V05", 3], ["V06", 3], ["V09", 3], ["V03", 2],
    ]  # fmt: skip
    assert "V03" not in set(comparisons.without_exemplar(version, ALL, "2023")["unit_code"])


def test_overdue_are_those_past_their_date_and_not_accepted(version: Version) -> None:
    told = comparisons.overdue(version, ALL, "2025", date(2026, 1, 15))
    assert not set(told["reporter_code"]) & {*YEARS, "C01"}
    assert "C02" in set(told["reporter_code"]) and (told["days_late"] > 0).all()
