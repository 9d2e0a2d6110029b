"""A row of a signal as a sentence: what was seen, beside what peers or chance lead to expect, and what that says."""

from collections.abc import Callable
from math import isinf
from typing import Any

import pandas as pd

from pipelines.analysis.discoveries import WRONG_SHARE
from pipelines.signals.shape import CONTEXT, EXPLAIN, NONE, WATCH
from pipelines.texts import number, percent, say, signed

Facts = dict[str, Any]


def _shares(row: Facts, lang: str) -> dict[str, str]:
    return {"value": percent(row["value"], lang, 0), "expected": percent(row["expected"], lang, 0)}


def _numbers(decimals: int) -> Callable[[Facts, str], dict[str, str]]:
    def of(row: Facts, lang: str) -> dict[str, str]:
        return {name: number(row[name], lang, decimals) for name in ("value", "expected")}

    return of


def _changes(row: Facts, lang: str) -> dict[str, str]:
    return {name: signed(row[name], lang, 1) for name in ("value", "expected")}


def _awarded(row: Facts, lang: str) -> dict[str, str]:
    return _shares(row, lang) | {"awarded": number(row["awarded"], lang), "excess": number(row["excess"], lang, 0)}


def _rated(row: Facts, lang: str) -> dict[str, str]:
    return _shares(row, lang) | {"rating": say(f"charts.rating.{row['category']}", lang)}


def _of_level(row: Facts, lang: str) -> dict[str, str]:
    return _shares(row, lang) | {"level": say(f"signal.same_levels.{row['category']}", lang)}


def _turns(row: Facts, lang: str) -> dict[str, str]:
    repeated = {name: number(row[name], lang, 0) for name in ("repeated", "repeated_by_chance")}
    return _numbers(1)(row, lang) | repeated


def _leaders(row: Facts, lang: str) -> dict[str, str]:
    of = {name: percent(row[name], lang, 0) for name in ("leaders_share", "others_share")}
    return _numbers(1)(row, lang) | of


# What a sentence needs besides the years and n, by signal.
_PLACES: dict[str, Callable[[Facts, str], dict[str, str]]] = {
    "award_rate": _awarded,
    "award_rate_by_rating": _awarded,
    "same_ratings": _rated,
    "same_levels": _of_level,
    "rotation": _turns,
    "leaders_first": _leaders,
    "rising_awards": _changes,
    "same_people": _numbers(0),
    "ceiling_filled": _shares,
    "own_score_above_final": _numbers(1),
    "score_spread": _numbers(1),
    "alike_scores": _shares,
}


def with_headlines(rows: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """The rows with headline_vi, headline_en; `more`: what their sentences need besides, in the same order."""
    extra = more[[name for name in more.columns if name not in rows.columns]]
    facts = pd.concat([rows.reset_index(drop=True), extra.reset_index(drop=True)], axis=1).to_dict("records")
    return rows.assign(**{f"headline_{lang}": [headline(row, lang) for row in facts] for lang in ("vi", "en")})


def headline(row: Facts, lang: str) -> str:
    """What was seen and what it says; only why nothing can be said where there is no figure."""
    if row["value"] != row["value"] or row["expected"] != row["expected"]:
        return say(f"signal.reason.{row['reason']}", lang)
    first, last = (f"{row[name]:.0f}" for name in ("period_from", "period_to"))
    years = last if first == last else f"{first}–{last}"
    signal, places = row["signal"], {"years": years, "n": number(row["n"], lang)}
    is_endless = isinf(row["value"]) or isinf(row["expected"])  # odds where all of them were awarded
    key = f"signal.{signal}.seen.whole" if is_endless else f"signal.{signal}.seen"
    seen = say(key, lang, **places, **_PLACES[signal](row, lang))
    if row["reason"] == CONTEXT:
        return seen
    said = [seen, say(f"signal.verdict.{_verdict(row)}", lang)] if row["level"] != NONE or not row["reason"] else [seen]
    return " ".join([*said, say(f"signal.reason.{row['reason']}", lang)] if row["reason"] else said)


def _verdict(row: Facts) -> str:
    """Turns are held against chance, not against peers, and may be seniority; what is rare may yet be
    less than clear.
    """
    told = f"{WATCH}_rare" if row["level"] == WATCH and row["q_value"] <= WRONG_SHARE else str(row["level"])
    turns = {f"{WATCH}_rare": "watch_rotation", EXPLAIN: "explain_rotation"} if row["signal"] == "rotation" else {}
    return turns.get(told, told)


def with_council_headlines(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the council's list with a sentence each in headline_vi, headline_en."""
    facts = rows.to_dict("records")
    return rows.assign(**{f"headline_{lang}": [_together(row, lang) for row in facts] for lang in ("vi", "en")})


def _together(row: Facts, lang: str) -> str:
    kind = "untestable" if row["level"] == NONE and row["p_combined"] != row["p_combined"] else row["level"]
    kind = "watch_unclear" if kind == WATCH and not row["signals_count"] else kind
    return say(f"council.headline.{kind}", lang, signals=row["signals_count"], facts=row["facts_count"])
