"""Every sentence of every signal leads to the rows of its figures: what they add up to is what is said."""

import pandas as pd
import pytest

from pipelines.access import sees_all
from pipelines.settings import Home
from pipelines.signals.shape import ORDER
from pipelines.texts import percent
from pipelines.warehouse.connection import Version, current
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer

ALL = sees_all()
YEARS = ("2025", "2024", "2023")


@pytest.fixture(scope="module")
def version(received: Home) -> Version:
    return current(received)


def told(version: Version, signal: str, year: str) -> pd.DataFrame:
    """The sentences with a figure, by unit."""
    rows = queries.signals(version, ALL, period=year)
    return rows[(rows["signal"] == signal) & rows["value"].notna() & rows["n"].notna()].set_index("unit_code")


def sums(rows: pd.DataFrame) -> pd.DataFrame:
    """Units × names of rows: what the amounts add up to; 0 where a name has none."""
    return rows.pivot_table(index="judged", columns="name", values="amount", aggfunc="sum").fillna(0)


def of(found: pd.DataFrame, name: str, units: pd.Index) -> pd.Series:
    """The sums of a name in the order of the sentences."""
    found = found.reindex(units).fillna(0)
    return found[name] if name in found else pd.Series(0.0, index=units)


def share(found: pd.DataFrame, part: str, whole: str, said: pd.DataFrame) -> None:
    """The value is part ÷ whole, and n the whole."""
    assert of(found, whole, said.index).tolist() == pytest.approx(said["n"].tolist())
    assert (of(found, part, said.index) / said["n"]).tolist() == pytest.approx(said["value"].tolist())


def number_of_years(said: pd.DataFrame) -> pd.Series:
    """How many years each sentence counted, whoever reported them."""
    counted = [len({place.rpartition("/")[2] for place in one.split("|")}) for one in said["counted_in"]]
    return pd.Series(counted, index=said.index, dtype=float)


def pairs(rows: pd.DataFrame) -> int:
    """Pairs of years in which one person was awarded."""
    years = rows[rows["amount"] > 0].groupby("person")["period"].nunique()
    return int((years * (years - 1) // 2).sum())


def final_scores(rows: pd.DataFrame) -> pd.Series:
    return rows.groupby("unit_code")["amount"].sum()


def alike(scores: pd.Series) -> float:
    """The share of scores that are round, or that another has too."""
    return float((scores.duplicated(keep=False) | (scores % 5 == 0)).mean())


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("signal", ["award_rate", "award_rate_by_rating"])
def test_awards_and_people_of_all_years(version: Version, signal: str, year: str) -> None:
    said = told(version, signal, year)
    share(sums(comparisons.behind(version, ALL, signal, None, year)), "awards", "people", said)


@pytest.mark.parametrize("year", YEARS)
def test_the_rating_that_is_named_not_another(version: Version, year: str) -> None:
    said, rows = told(version, "same_ratings", year), comparisons.behind(version, ALL, "same_ratings", None, year)
    share(sums(rows), "alike", "rated", said)
    named = rows[rows["name"] == "alike"]
    assert (named["breakdown"] == named["judged"].map(said["category"])).all()
    counted = named[named["value"].str.fullmatch(r"\d+")]  # of a cluster's workbook: the cell holds the very number
    assert len(counted) and (counted["value"].astype(int) == counted["amount"]).all()
    added = rows[(rows["name"] == "rated") & rows["value"].str.contains("+", regex=False)]
    assert len(added)
    assert [sum(map(int, one.split(" + "))) for one in added["value"]] == added["amount"].tolist()


@pytest.mark.parametrize("year", YEARS)
def test_the_level_that_is_named(version: Version, year: str) -> None:
    share(
        sums(comparisons.behind(version, ALL, "same_levels", None, year)),
        "alike",
        "awards",
        told(version, "same_levels", year),
    )


@pytest.mark.parametrize("year", YEARS)
def test_those_who_waited_and_who_could_have_won(version: Version, year: str) -> None:
    rows = comparisons.behind(version, ALL, "rotation", None, year)
    for unit, said in told(version, "rotation", year).iterrows():
        mine = rows[rows["judged"] == unit]
        able, won = (mine[mine["name"] == name] for name in ("able", "won"))
        assert able["person"].nunique() == said["n"]
        assert (won["waited"] * won["amount"]).sum() / won["amount"].sum() == pytest.approx(said["value"])


@pytest.mark.parametrize("year", YEARS)
def test_leaders_and_others_of_the_years_that_were_compared(version: Version, year: str) -> None:
    said = told(version, "leaders_first", year)
    found = sums(comparisons.behind(version, ALL, "leaders_first", None, year))
    won, awarded, leaders, people = (
        of(found, name, said.index) for name in ("leaders_awarded", "awarded", "leaders", "people")
    )
    years = number_of_years(said)
    assert (leaders / years).tolist() == pytest.approx(said["n"].tolist())
    shares = zip(won / leaders, (awarded - won) / (people - leaders), said["headline_vi"], strict=True)
    for of_leaders, of_others, headline in shares:
        assert f"{percent(of_leaders, 'vi', 0)} lãnh đạo và {percent(of_others, 'vi', 0)} người khác" in headline


@pytest.mark.parametrize("year", YEARS)
def test_awards_and_targets_of_all_years_of_a_trend(version: Version, year: str) -> None:
    said = told(version, "rising_awards", year)
    rows = comparisons.behind(version, ALL, "rising_awards", None, year)
    years = number_of_years(said)
    assert (of(sums(rows), "people", said.index) / years).tolist() == pytest.approx(said["n"].tolist())
    inputs = queries.metric(
        version, ALL, "award_rate", [str(one) for one in range(2023, int(year) + 1)], said.index.tolist()
    )
    merit = inputs[~inputs["breakdown"].isin(["LDTT", "KNC"]) & (inputs["state"] == "reported")]
    own = [
        unit for unit, one in said["counted_in"].items() if {place.split("/")[0] for place in one.split("|")} == {unit}
    ]
    assert (
        of(sums(rows), "awards", pd.Index(own)).tolist()
        == merit.groupby("unit_code")["numerator"].sum().reindex(own).tolist()
    )


@pytest.mark.parametrize("year", YEARS)
def test_people_who_won_again(version: Version, year: str) -> None:
    said, rows = told(version, "same_people", year), comparisons.behind(version, ALL, "same_people", None, year)
    won = rows[rows["name"] == "won"]
    found = {unit: pairs(won[won["judged"] == unit]) for unit in said.index}
    assert found == said["value"].astype(int).to_dict()
    years = number_of_years(said)
    assert (of(sums(rows), "people", said.index) / years).tolist() == pytest.approx(said["n"].tolist())


@pytest.mark.parametrize("year", YEARS)
def test_years_in_which_a_ceiling_was_filled(version: Version, year: str) -> None:
    said, rows = told(version, "ceiling_filled", year), comparisons.behind(version, ALL, "ceiling_filled", None, year)
    yearly = rows.pivot_table(
        index=["judged", "period", "breakdown"], columns="name", values="amount", aggfunc="sum"
    ).fillna(0)
    full = (
        (yearly["used"] >= yearly["allowed"])
        .groupby(["judged", "period"])
        .any()
        .groupby("judged")
        .agg(["mean", "size"])
    )
    assert full["size"].reindex(said.index).tolist() == said["n"].tolist()
    assert full["mean"].reindex(said.index).tolist() == pytest.approx(said["value"].tolist())


@pytest.mark.parametrize("year", YEARS)
def test_points_a_unit_gave_itself_and_was_given(version: Version, year: str) -> None:
    said = told(version, "own_score_above_final", year)
    found = sums(comparisons.behind(version, ALL, "own_score_above_final", None, year))
    assert said["counted_in"].str.count(r"\|").add(1).tolist() == said["n"].tolist()
    gap = (of(found, "own", said.index) - of(found, "final", said.index)) / said["n"]
    assert gap.tolist() == pytest.approx(said["value"].tolist())


@pytest.mark.parametrize("year", YEARS)
def test_scores_of_the_members_of_a_cluster(version: Version, year: str) -> None:
    for signal, figure in (("score_spread", pd.Series.std), ("alike_scores", alike)):
        said, rows = told(version, signal, year), comparisons.behind(version, ALL, signal, None, year)
        assert len(said)
        for cluster, one in said.iterrows():
            scores = final_scores(rows[rows["judged"] == cluster])
            assert len(scores) == one["n"] and figure(scores) == pytest.approx(one["value"])


@pytest.mark.parametrize("signal", ORDER)
def test_every_row_has_a_cell_and_a_sentence_without_figures_has_none(version: Version, signal: str) -> None:
    rows = comparisons.behind(version, ALL, signal, None, "2025")
    silent = queries.signals(version, ALL, period="2025").query("signal == @signal and counted_in == ''")["unit_code"]
    assert rows["cell"].notna().all() and not set(rows["judged"]) & set(silent)
    one = rows["judged"].iloc[0]
    alone = comparisons.behind(version, ALL, signal, one, "2025")
    assert alone["amount"].sum() == rows.loc[rows["judged"] == one, "amount"].sum()


def test_a_viewer_of_one_unit_gets_no_rows_of_others(version: Version) -> None:
    mine = Viewer("unit", ("V01",))
    assert set(comparisons.behind(version, mine, "award_rate", None, "2025")["unit_code"]) == {"V01"}
    assert comparisons.behind(version, mine, "award_rate", "V02", "2025").empty


def test_a_point_of_five_years_leads_to_all_of_them(version: Version) -> None:
    points = comparisons.award_funnel(version, ALL, "VU", "2025").points
    for row in points.itertuples():
        rows = queries.evidence(
            version, ALL, Question(row.metric, row.period, breakdown=row.breakdown, unit=row.unit_code)
        )
        found = rows.groupby("part")["amount"].sum()
        assert (found["num"], found["den"]) == (row.numerator, row.denominator)
    assert points["period"].str.contains("|", regex=False).all()
