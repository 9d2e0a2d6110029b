"""The council's list as frames for its page."""

import pandas as pd

from dashboard.charts.figure import POINT
from dashboard.council import wording
from dashboard.rules import wording as rule_words
from dashboard.shell.filters import EVERYONE
from pipelines.palette import LEVEL_MARKS
from pipelines.signals.shape import COMBINED, FEW_PEERS
from pipelines.texts import EMPTY, say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.comparisons import Funnel
from pipelines.warehouse.viewer import Viewer

CONTEXT = "context"  # tells something and tests nothing
CLUSTER_SIGNALS = ("score_spread", "alike_scores")
UNKNOWN = "unknown"  # neither a level nor anything that could have been tested


def judged_year(version: Version, viewer: Viewer, period: str) -> str:
    """The year signals are read at: the period if it was judged, else the newest judged one; "" while there is none."""
    years = queries.judged_years(version, viewer)
    return period if period in years else next(iter(years), "")


def listed(version: Version, viewer: Viewer, group: str, year: str, lang: str) -> pd.DataFrame:
    """Units of a peer group (or all) by rank: columns of `queries.council_list`, and what a reader sees of them in
    words.

    standing: explain | watch | none | unknown; signals: names of those with a level; trend: new, or in how many of
    the years; n: person-years behind the award rate.
    """
    rows = queries.council_list(version, viewer, year)
    rows = rows if group == EVERYONE else rows[rows["peer_group"] == group].reset_index(drop=True)
    unknown = (rows["level"] == "none") & rows["p_combined"].isna()
    rows = rows.assign(standing=rows["level"].mask(unknown, UNKNOWN))
    told = queries.signals(version, viewer, period=year)
    rated = told[told["signal"] == "award_rate"].set_index("unit_code")["n"]
    return rows.assign(
        n=rows["unit_code"].map(rated),
        excess_awards=rows["excess_awards"].round(1) + 0.0,  # never "-0,0"
        rank=range(1, len(rows) + 1),
        told=[f"{LEVEL_MARKS[one]} {say(f'council.level.{one}', lang)}" for one in rows["standing"]],
        signals=rows["unit_code"].map(_named(told, lang)).astype(object).fillna(""),
        trend=[trend(row, lang) for row in rows.itertuples()],
    )


def _named(told: pd.DataFrame, lang: str) -> pd.Series:
    """The signals with a level among those that make the list, by unit."""
    told = told[(told["level"] != "none") & told["signal"].isin(COMBINED)]
    names = told["signal"].map(lambda name: say(f"signal.{name}.name", lang))
    return names.groupby(told["unit_code"]).agg("; ".join)


def trend(row: object, lang: str) -> str:
    """New or again, of a row that has a level now; one stored year cannot tell."""
    times, years = row.times, row.years  # type: ignore[attr-defined]
    if row.level == "none" or years < 2:  # type: ignore[attr-defined]
        return ""
    return say("council.trend.new", lang) if times == 1 else say("council.trend.again", lang, times=times, years=years)


def signals_of(version: Version, viewer: Viewer, unit_code: str, year: str, lang: str) -> pd.DataFrame:
    """What each signal says of a unit: name, told (level in words), headline, n, sure (how sure in words), trend.

    That its group is small holds for all of them: no headline repeats it, the column small_group tells of which it
    is true.
    """
    rows = queries.signals(version, viewer, unit_code, year)
    silent = (rows["level"] == "none") & ~rows["testable"]
    standing = rows["level"].mask(silent, UNKNOWN).mask(rows["reason"] == "context", CONTEXT)
    small = say(f"signal.reason.{FEW_PEERS}", lang)
    return rows.assign(
        name=[say(f"signal.{one}.name", lang) for one in rows["signal"]],
        told=[f"{LEVEL_MARKS[one]} {say(f'council.signal.{one}', lang)}" for one in standing],
        standing=standing,
        headline=[one.removesuffix(small).strip() or EMPTY for one in rows[f"headline_{lang}"]],
        small_group=rows[f"headline_{lang}"].str.endswith(small),
        sure=[wording.sure(row, one, lang) for row, one in zip(rows.itertuples(), standing, strict=True)],
        trend=[trend(row, lang) for row in rows.itertuples()],
    ).reset_index(drop=True)


def span_of(signal: pd.Series) -> str:
    """The years of a row of `signals_of` that counted something: 2021–2025."""
    first, last = str(signal["period_from"]), str(signal["period_to"])
    return last if first == last else f"{first}–{last}"


def facts_of(version: Version, viewer: Viewer, unit_code: str, period: str, lang: str) -> pd.DataFrame:
    """Rules a unit falls short of in what was granted or rated: confirmed facts first, the rest for reference.

    standing (in words), rule, told (figures), basis, place (the cell).
    """
    told = queries.rule_results(version, viewer, period, unit_code, statuses=["breach"])
    told = told[(told["proposal_code"] == "") | (told["result"] == "DA_KHEN")]
    told = told.sort_values("is_fact", ascending=False, kind="stable")
    return told.assign(
        standing=[say(f"council.fact.{'confirmed' if one else 'reference'}", lang) for one in told["is_fact"]],
        rule=told["rule_name" if lang == "vi" else "rule_english"],
        told=[rule_words.told(row, lang) for row in told.itertuples()],
        basis=[rule_words.basis(one, lang) for one in told["basis"]],
        place=[rule_words.place(row) for row in told.itertuples()],
    ).reset_index(drop=True)


def clusters(version: Version, viewer: Viewer, year: str, lang: str) -> pd.DataFrame:
    """How clusters score their members, one row a cluster: unit_code, unit_name, a sentence each in score_spread and
    alike_scores.
    """
    rows = queries.signals(version, viewer, period=year)
    rows = rows[rows["signal"].isin(CLUSTER_SIGNALS)]
    told = rows.pivot(index=["unit_code", "unit_name"], columns="signal", values=f"headline_{lang}")
    return told.reindex(columns=list(CLUSTER_SIGNALS)).reset_index()


def funnel(version: Version, viewer: Viewer, group: str, year: str) -> Funnel:
    """The award series of five years, units of one peer group as points that lead to their rows of the last year."""
    found = comparisons.award_funnel(version, viewer, group, year)
    points = found.points.assign(label=found.points["unit_name"])
    assert set(POINT) <= set(points.columns)
    return Funnel(found.peers, points, found.limits, found.level, found.usual_difference)
