"""What the council's page says: levels in words, never a verdict, always with what could not be judged."""

import pandas as pd

from dashboard.columns import Column, Columns
from dashboard.tiles import DIFFERENT, USUAL, WORSE, Tile
from pipelines.texts import number, say


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


def list_columns(lang: str) -> Columns:
    """The ranked list."""
    return {
        "rank": Column(say("council.column.rank", lang), "count", width=50),
        "unit_name": Column(say("council.column.unit", lang), width="medium"),
        "told": Column(say("council.column.level", lang), width=160),
        "signals": Column(say("council.column.signals", lang), width="large"),
        "facts_count": Column(say("council.column.facts", lang), "count", width=70),
        "trend": Column(say("council.column.trend", lang), width=110),
        "reviewed": Column(say("council.column.reviewed", lang), width=150),
        "excess_awards": Column(say("council.column.excess", lang), "points", width=90),
    }


def signal_columns(lang: str) -> Columns:
    """The signals of one unit."""
    return {
        "name": Column(say("council.column.signal", lang)),
        "told": Column(say("council.column.level", lang)),
        "headline": Column(say("council.column.headline", lang)),
        "trend": Column(say("council.column.trend", lang)),
    }


def cluster_columns(lang: str) -> Columns:
    """How clusters score."""
    return {
        "unit_name": Column(say("council.column.cluster", lang)),
        "name": Column(say("council.column.signal", lang)),
        "headline": Column(say("council.column.headline", lang)),
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


def funnel_columns(lang: str) -> Columns:
    """The points of the funnel."""
    return {
        "unit_name": Column(say("council.column.unit", lang), width="medium"),
        "numerator": Column(say("council.column.awards", lang), "count"),
        "denominator": Column(say("council.column.people", lang), "count"),
        "value": Column(say("council.column.rate", lang), "share"),
    }
