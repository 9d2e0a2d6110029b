"""The council's list as frames for its page."""

import pandas as pd

from dashboard import rule_words
from dashboard.charts.figure import POINT
from dashboard.filters import EVERYONE
from pipelines.palette import LEVEL_MARKS
from pipelines.texts import say
from pipelines.warehouse import comparisons, queries
from pipelines.warehouse.comparisons import Funnel
from pipelines.warehouse.connection import Version
from pipelines.warehouse.viewer import Viewer

CONTEXT = "context"  # tells something and tests nothing
UNKNOWN = "unknown"  # neither a level nor anything that could have been tested


def listed(version: Version, viewer: Viewer, group: str, lang: str) -> pd.DataFrame:
    """Units of a peer group (or all) by rank: columns of `queries.council_list`, and what a reader sees of them in words.

    standing: explain | watch | none | unknown; signals: names of those with a level; trend: new, or in how many of the years.
    """
    rows = queries.council_list(version, viewer)
    rows = rows if group == EVERYONE else rows[rows["peer_group"] == group].reset_index(drop=True)
    unknown = (rows["level"] == "none") & rows["p_combined"].isna()
    rows = rows.assign(standing=rows["level"].mask(unknown, UNKNOWN))
    names = _signals_with_a_level(version, viewer, lang)
    return rows.assign(
        rank=range(1, len(rows) + 1),
        told=[f"{LEVEL_MARKS[one]} {say(f'council.level.{one}', lang)}" for one in rows["standing"]],
        signals=rows["unit_code"].map(names).astype(object).fillna(""),
        trend=[_trend(row, lang) for row in rows.itertuples()],
    )


def _signals_with_a_level(version: Version, viewer: Viewer, lang: str) -> pd.Series:
    told = queries.signals(version, viewer)
    told = told[told["level"] != "none"]
    names = told["signal"].map(lambda name: say(f"signal.{name}.name", lang))
    return names.groupby(told["unit_code"]).agg("; ".join)


def _trend(row: object, lang: str) -> str:
    times, years = row.times, row.years  # type: ignore[attr-defined]
    if not times:
        return ""
    return say("council.trend.new", lang) if times == 1 else say("council.trend.again", lang, times=times, years=years)


def signals_of(version: Version, viewer: Viewer, unit_code: str, lang: str) -> pd.DataFrame:
    """What each signal says of a unit: name, told (level in words), headline, trend."""
    rows = queries.signals(version, viewer, unit_code)
    silent = (rows["level"] == "none") & ~rows["testable"]
    standing = rows["level"].mask(silent, UNKNOWN).mask(rows["reason"] == "context", CONTEXT)
    return rows.assign(
        name=[say(f"signal.{one}.name", lang) for one in rows["signal"]],
        told=[f"{LEVEL_MARKS[one]} {say(f'council.level.{one}', lang)}" for one in standing],
        standing=standing,
        headline=rows[f"headline_{lang}"],
        trend=[_trend(row, lang) for row in rows.itertuples()],
    )


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
        place=[
            f"{row.file_name} › {row.sheet}!{row.cell}" if isinstance(row.cell, str) else ""
            for row in told.itertuples()
        ],
    ).reset_index(drop=True)


def clusters(version: Version, viewer: Viewer, lang: str) -> pd.DataFrame:
    """How clusters score their members: cluster, signal, sentence."""
    rows = queries.signals(version, viewer)
    rows = rows[rows["signal"].isin(["score_spread", "alike_scores"])]
    return rows.assign(
        name=[say(f"signal.{one}.name", lang) for one in rows["signal"]], headline=rows[f"headline_{lang}"]
    )


def funnel(version: Version, viewer: Viewer, group: str) -> Funnel:
    """The award series of five years, units of one peer group as points that lead to their rows of the last year."""
    found = comparisons.award_funnel(version, viewer, group)
    points = found.points.assign(label=found.points["unit_name"])
    assert set(POINT) <= set(points.columns)
    return Funnel(found.peers, points, found.limits, found.level, found.usual_difference)
