"""What the page before a meeting says in words."""

import pandas as pd

from dashboard.columns import Column, Columns
from dashboard.tiles import DIFFERENT, USUAL, WORSE, Tile
from pipelines.texts import number, say


def tiles(rows: pd.DataFrame, lang: str) -> list[Tile]:
    """Proposals by the worst that a rule says of them."""
    counts = rows["worst"].value_counts() if len(rows) else pd.Series(dtype=int)
    tones = {"met": USUAL, "breach": WORSE, "unknown": DIFFERENT}
    return [
        Tile(
            say(f"meeting.tile.{status}", lang),
            f"{number(int(counts.get(status, 0)), lang)}/{number(len(rows), lang)}",
            say(f"meeting.tile.{status}.note", lang),
            tone=tone,
        )
        for status, tone in tones.items()
    ]


def proposal_columns(lang: str) -> Columns:
    """The proposals."""
    return {
        "unit_name": Column(say("council.column.unit", lang), width="medium"),
        "proposal_code": Column(say("meeting.column.proposal", lang), width=130),
        "subject": Column(say("meeting.column.subject", lang), width="medium"),
        "award_name": Column(say("meeting.column.award", lang), width="medium"),
        "verdict": Column(say("meeting.column.verdict", lang), width="small"),
        "met": Column(say("rules.status.met", lang), "count", width=60),
        "breach": Column(say("rules.status.breach", lang), "count", width=80),
        "unknown": Column(say("rules.status.unknown", lang), "count", width=80),
    }


def condition_columns(lang: str) -> Columns:
    """The rules for one proposal."""
    return {
        "verdict": Column(say("meeting.column.verdict", lang)),
        "rule": Column(say("meeting.column.rule", lang)),
        "told": Column(say("meeting.column.told", lang)),
        "basis": Column(say("meeting.column.basis", lang)),
        "legal": Column(say("meeting.column.legal", lang)),
        "place": Column(say("meeting.column.place", lang)),
    }


def ceiling_columns(lang: str) -> Columns:
    """Ceilings if all were granted."""
    return {
        "unit_name": Column(say("council.column.unit", lang), width=150),
        "rule": Column(say("meeting.column.rule", lang), width=190),
        "value": Column(say("meeting.column.granted", lang), "count", width=70),
        "limit_value": Column(say("meeting.column.limit", lang), "count", width=70),
        "verdict": Column(say("meeting.column.verdict", lang), width="small"),
        "legal": Column(say("meeting.column.legal", lang), width="medium"),
    }


def what_if_columns(lang: str) -> Columns:
    """A ceiling moved."""
    return {
        "unit_name": Column(say("council.column.unit", lang), width="medium"),
        "counted": Column(say("meeting.column.counted", lang), "count"),
        "base": Column(say("meeting.column.base", lang), "count"),
        "allowed_now": Column(say("meeting.column.allowed_now", lang), "count"),
        "allowed_then": Column(say("meeting.column.allowed_then", lang), "count"),
        "over_now": Column(say("meeting.column.over_now", lang), "count"),
        "over_then": Column(say("meeting.column.over_then", lang), "count"),
    }
