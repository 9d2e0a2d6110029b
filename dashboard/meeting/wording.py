"""What the page before a meeting says in words."""

import pandas as pd

from dashboard.shell.columns import Column, Columns
from dashboard.shell.tiles import DIFFERENT, USUAL, WORSE, Tile
from pipelines.texts import number, say

VERDICTS = ["", "breach", "unknown", "met", "not_applicable"]


def verdict(status: str, lang: str) -> str:
    """A verdict to choose by; "" stands for all."""
    return say(f"rules.status.{status}", lang) if status else say("rules.all", lang)


def tiles(rows: pd.DataFrame, lang: str) -> list[Tile]:
    """Proposals by the worst that a rule in force says of them, and those of which none says anything yet."""
    counts = rows["worst"].value_counts() if len(rows) else pd.Series(dtype=int)
    tones = {"met": USUAL, "breach": WORSE, "unknown": DIFFERENT, "not_applicable": USUAL}
    return [
        Tile(
            say(f"meeting.tile.{status}", lang),
            f"{number(int(counts.get(status, 0)), lang)}/{number(len(rows), lang)}",
            say(f"meeting.tile.{status}.note", lang),
            tone=tone,
        )
        for status, tone in tones.items()
    ]


def what_if(moved: pd.DataFrame, own_share: float, other: float, lang: str) -> str:
    """How many units are over at the ceiling's own share (in per cent), and at another one if there is another."""
    own, share = (number(one, lang, 0 if one == int(one) else 1) for one in (own_share, other))
    now, then = (int((moved[f"over_{name}"] > 0).sum()) for name in ("now", "then"))
    if share == own:
        return say("meeting.what_if.own", lang, own=own, now=now, units=len(moved))
    return say("meeting.what_if.told", lang, own=own, now=now, share=share, then=then, units=len(moved))


def proposal_columns(lang: str) -> Columns:
    """The proposals: what a narrow screen shows comes first."""
    return {
        "verdict": Column(say("meeting.column.verdict", lang), width=160),
        "subject": Column(say("meeting.column.subject", lang), width=185),
        "award_name": Column(say("meeting.column.award", lang), width=245),
        "breach": Column(say("rules.status.breach", lang), "count", width=140),
        "unknown": Column(say("rules.status.unknown", lang), "count", width=125),
        "reference": Column(say("meeting.column.reference", lang), "count", width=95),
        "met": Column(say("rules.status.met", lang), "count", width=110),
        "unit_name": Column(say("council.column.unit", lang), width=245),
        "proposal_code": Column(say("meeting.column.proposal", lang), width=130),
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


def ground_columns(lang: str) -> Columns:
    """What the conditions of a proposal were counted from."""
    return {
        "rule": Column(say("meeting.column.rule", lang)),
        "year": Column(say("rules.column.year", lang), "year"),
        "written": Column(say("rules.column.written", lang)),
        "place": Column(say("meeting.column.place", lang)),
    }


def ceiling_columns(lang: str) -> Columns:
    """Ceilings if all were granted; what kind of rule it is stands beside what is said, also on a narrow screen."""
    return {
        "verdict": Column(say("meeting.column.verdict", lang), width=160),
        "unit_name": Column(say("council.column.unit", lang), width=245),
        "value": Column(say("meeting.column.granted", lang), "count", width=105),
        "limit_value": Column(say("meeting.column.limit", lang), "count", width=75),
        "legal": Column(say("meeting.column.legal", lang), width=150),
        "rule": Column(say("meeting.column.rule", lang), width=295),
        "place": Column(say("meeting.column.place", lang), width=300),
    }


def what_if_columns(lang: str) -> Columns:
    """A ceiling moved."""
    return {
        "unit_name": Column(say("council.column.unit", lang), width=245),
        "effect": Column(say("meeting.column.effect", lang), width=130),
        "counted": Column(say("meeting.column.counted", lang), "count"),
        "pending": Column(say("meeting.column.pending", lang), "count"),
        "base": Column(say("meeting.column.base", lang), "count"),
        "allowed_now": Column(say("meeting.column.allowed_now", lang), "count"),
        "allowed_then": Column(say("meeting.column.allowed_then", lang), "count"),
        "over_now": Column(say("meeting.column.over_now", lang), "count"),
        "over_then": Column(say("meeting.column.over_then", lang), "count"),
    }
