"""Rules and what they say, in words: modest ones, because what is short of a rule asks for an explanation and is no
finding yet.
"""

from datetime import date
from typing import Any

from dashboard.shell.columns import Column, Columns, Width
from pipelines.palette import RATE_DECIMALS, RULE_MARKS
from pipelines.texts import day, number, percent, say

_SHARES = ("members", "votes", "target")  # kinds told in per cent
LEGAL = ("statutory", "internal benchmark", "sample, to be confirmed")


def legal(status: str, lang: str) -> str:
    """Where the number of a rule comes from; "" stands for all."""
    return say(f"rules.legal.{status}", lang) if status else say("rules.all", lang)


def standing(row: Any, lang: str) -> str:
    """The same of a row of `queries.rule_results`, with whether somebody here has confirmed it."""
    return f"{legal(row.rule_status, lang)}, {say(f'rules.sealed.{str(row.confirmed).lower()}', lang)}"


def kind(name: str, lang: str) -> str:
    """A kind of rule."""
    return say(f"rules.kind.{name}", lang)


def verdict(status: str, lang: str, of: str = "") -> str:
    """Shape and words: ✓ đủ · ✕ chưa đủ · ? không rõ; a ceiling (`of`, the kind of rule) is passed: ✕ vượt."""
    word = "over" if (of, status) == ("ceiling", "breach") else status
    return f"{RULE_MARKS[status]} {say(f'rules.status.{word}', lang)}"


def binds(scope: str, lang: str) -> str:
    """Whom a rule binds."""
    return say(f"rules.scope.{scope}", lang)


def span(first: date, last: date | None, lang: str) -> str:
    """The days a rule is in force."""
    if last is None or last != last:
        return say("rules.since", lang, first=day(first, lang))
    return say("rules.span", lang, first=day(first, lang), last=day(last, lang))


def sealed(by: str, on: date | None, lang: str) -> str:
    """Who confirmed a rule and when, or that nobody has."""
    return say("rules.confirmed", lang, by=by, on=day(on, lang)) if by and on else say("rules.unconfirmed", lang)


def basis(text: str | None, lang: str) -> str:
    """The legal basis of a rule, or that none is written beside it."""
    return text or say("rules.basis.none", lang)


def place(row: Any) -> str:
    """File, sheet and cell of a row of `queries.rule_results`; "" where a sheet is missing."""
    return f"{row.file_name} › {row.sheet}!{row.cell}" if isinstance(row.cell, str) else ""


def told(row: Any, lang: str) -> str:
    """What was reached and what is asked, for a row of `queries.rule_results`."""
    if row.value != row.value or row.value is None:
        return say("rules.told.missing", lang)
    value, limit = (_amount(row.kind, abs(amount), lang) for amount in (row.value, row.limit_value))
    if row.kind == "order":
        return _in_order(row, value, limit, lang)
    return say(f"rules.told.{row.kind}", lang, value=value, limit=limit)


def _in_order(row: Any, days: str, limit: str, lang: str) -> str:
    """How the two dates of a rule lie to each other, and where that is short of it what is asked."""
    first, then = (say(f"rules.date.{name}", lang) for name in row.base.split("|"))
    side = "before" if row.value > 0 else "after" if row.value < 0 else "same_day"
    told = say(f"rules.order.{side}", lang, first=first, then=then, days=days)
    if row.value >= row.limit_value:
        return told
    asked = say(f"rules.order.asked{'_days' if row.limit_value else ''}", lang, first=first, then=then, days=limit)
    return f"{told} {asked}"


def _amount(kind: str, amount: float, lang: str) -> str:
    return percent(amount, lang, RATE_DECIMALS) if kind in _SHARES else number(amount, lang)


_COUNTS = ("met", "breach", "unknown", "not_applicable")
_WIDE: dict[str, Width] = {
    "name": 340,
    "legal": 170,
    "breach": 140,
    "unknown": 125,
    "met": 110,
    "sealed": 170,
    "basis": 300,
    "note": 500,
}


def list_columns(lang: str) -> Columns:
    """Headings of the rules in force: what a narrow screen shows comes first."""
    names = (
        "name",
        "legal",
        "breach",
        "unknown",
        "met",
        "sealed",
        "span",
        "kind",
        "not_applicable",
        "binds",
        "basis",
        "note",
    )
    return {
        name: Column(say(f"rules.column.{name}", lang), "count" if name in _COUNTS else "text", _WIDE.get(name))
        for name in names
    }


def about(rule: Any, lang: str) -> list[tuple[str, str]]:
    """A rule of the list in full: where it comes from, since when, whom it binds, who confirmed it, what to know."""
    told = {name: rule[name] for name in ("kind", "legal", "sealed", "basis", "span", "binds", "note")}
    told["basis"] = basis(told["basis"], lang)
    return [(say(f"rules.column.{name}", lang), text) for name, text in told.items() if text]


def result_columns(lang: str) -> Columns:
    """Headings of the cases of a rule."""
    names = ("unit_name", "subject", "award", "verdict", "told", "proposal_code", "place", "file_name")
    return {name: Column(say(f"rules.column.{name}", lang)) for name in names}


def ground_columns(lang: str) -> Columns:
    """Headings of what a condition was counted from."""
    names = ("year", "written", "place", "file_name")
    return {name: Column(say(f"rules.column.{name}", lang), "year" if name == "year" else "text") for name in names}
