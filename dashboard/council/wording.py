"""What the council's page says: levels in words, never a verdict, always with what could not be judged."""

from typing import Any

import pandas as pd

from dashboard.shell.columns import Column, Columns
from dashboard.shell.tiles import DIFFERENT, USUAL, WORSE, Tile
from pipelines.signals.shape import COMBINED
from pipelines.texts import EMPTY, number, percent, say


def tiles(rows: pd.DataFrame, lang: str) -> list[Tile]:
    """How many units have which level, and of how many."""
    counts = rows["standing"].value_counts()
    tones = {"explain": WORSE, "watch": DIFFERENT, "none": USUAL, "unknown": USUAL}
    return [
        Tile(
            say(f"council.tile.{level}", lang),
            f"{number(int(counts.get(level, 0)), lang)}/{number(len(rows), lang)}",
            say(f"council.tile.{level}.note", lang),
            tone=tone,
        )
        for level, tone in tones.items()
    ]


_RAREST = 1e-4  # rarer than this a model of chance is not to be trusted to the figure
_WITH_INTERVAL = ("award_rate", "award_rate_by_rating")  # their low and high are of the share itself
_ONE_IN = 0.2  # chances below it are told as one in so many


def sure(row: Any, standing: str, lang: str) -> str:
    """How sure a row of `queries.signals` is: how often chance alone does as much, and how often naming so is wrong."""
    if standing == "context":
        return say("council.sure.context", lang)
    if not row.testable or row.p_value != row.p_value:
        return say("council.sure.untested", lang)
    told = say("council.sure.chance", lang, chance=chance(row.p_value, lang))
    if row.level == "none" or row.q_value != row.q_value:
        return told
    return f"{told} {say('council.sure.wrong', lang, wrong=percent(max(row.q_value, 0.001), lang, 1))}"


def signal_facts(name: str, row: pd.Series, lang: str) -> list[tuple[str, str]]:
    """One signal in full: level, sentence, n, interval, how sure, how it works, what it cannot say."""
    told = [
        (say("council.column.level", lang), row["told"]),
        (say("council.column.headline", lang), row["headline"]),
        ("n", number(row["n"], lang, 0) if row["n"] == row["n"] else EMPTY),
        (say("council.column.sure", lang), row["sure"]),
    ]
    if name in _WITH_INTERVAL and row["low"] == row["low"]:
        low, high = (percent(row[side], lang, 0) for side in ("low", "high"))
        told.append((say("council.column.interval", lang), say("council.interval", lang, low=low, high=high)))
    return [
        *told,
        *(
            (say(f"method.part.{part}", lang), say(f"method.{name}.{part}", lang))
            for part in ("how", "needs", "cannot")
        ),
    ]


def chance(p: float, lang: str) -> str:
    """A chance as people say it: 1 in 250, 48%."""
    if p < _RAREST:
        return say("council.sure.rarer", lang, times=number(1 / _RAREST, lang))
    if p < _ONE_IN:
        return say("council.sure.one_in", lang, times=number(float(f"{1 / p:.2g}"), lang))
    return percent(p, lang, 0)


def list_columns(lang: str) -> Columns:
    """The ranked list: what a narrow screen shows comes first."""
    return {
        "rank": Column(say("council.column.rank", lang), "count", width=45),
        "unit_name": Column(say("council.column.unit", lang), width=245),
        "told": Column(say("council.column.level", lang), width=150),
        "facts_count": Column(say("council.column.facts", lang), "count", width=75),
        "trend": Column(say("council.column.trend", lang), width=115),
        "n": Column("n", "count", width=50),
        "signals": Column(say("council.column.signals", lang), width=280),
        "excess_awards": Column(say("council.column.excess", lang), "points", width=120),
        "reviewed": Column(say("council.column.reviewed", lang), width=140),
    }


def signal_columns(lang: str) -> Columns:
    """The signals of one unit."""
    return {
        "name": Column(say("council.column.signal", lang)),
        "told": Column(say("council.column.level", lang)),
        "headline": Column(say("council.column.headline", lang)),
        "n": Column("n", "count"),
        "sure": Column(say("council.column.sure", lang)),
        "trend": Column(say("council.column.trend", lang)),
    }


def cluster_columns(lang: str) -> Columns:
    """How clusters score."""
    return {
        "unit_name": Column(say("council.column.cluster", lang)),
        "score_spread": Column(say("signal.score_spread.name", lang)),
        "alike_scores": Column(say("signal.alike_scores.name", lang)),
    }


def fact_columns(lang: str) -> Columns:
    """The facts of one unit."""
    return {
        "standing": Column(say("council.column.standing", lang)),
        "rule": Column(say("meeting.column.rule", lang)),
        "told": Column(say("meeting.column.told", lang)),
        "basis": Column(say("meeting.column.basis", lang)),
        "place": Column(say("meeting.column.place", lang)),
    }


def funnel_size(points: pd.DataFrame, lang: str) -> str:
    """What the size of a unit is in the funnel: its people, counted again in each of the years its points were counted
    from.
    """
    years = sorted({year for one in points["period"] for year in one.split("|")})
    return say("council.funnel.size", lang, years="–".join(dict.fromkeys([*years[:1], *years[-1:]])))


def counted_signals(lang: str) -> str:
    """The signals whose number decides on the level of a unit, by name."""
    return ", ".join(say(f"signal.{name}.name", lang) for name in COMBINED)


def funnel_columns(lang: str) -> Columns:
    """The points of the funnel."""
    return {
        "unit_name": Column(say("council.column.unit", lang), width="medium"),
        "numerator": Column(say("council.column.awards", lang), "count"),
        "denominator": Column(say("council.column.people", lang), "count"),
        "value": Column(say("council.column.rate", lang), "share"),
    }
