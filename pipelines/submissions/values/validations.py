"""What Excel itself lets a clerk type into a column: the same limits the validator knows, said at once."""

from datetime import date

from pipelines.contract.shape import Column, InfoField, Kind
from pipelines.texts import say

EARLIEST, LATEST = date(1930, 1, 1), date(2100, 12, 31)
_MOST = 1_000_000_000


def validation_of(
    item: Column | InfoField, source: str | None, cell: str, year_cell: str = ""
) -> dict[str, object] | None:
    """The xlsxwriter rule of a column, written for its first cell. Free text has none.

    `year_cell` is the achievement year in the same row, for dates that must lie in it.
    """
    rule = _rule(item, source, cell, year_cell)
    if rule is None:
        return None
    kind = "code" if item.kind is Kind.CODE else str(item.kind)
    within = "year" if isinstance(item, Column) and item.within == "year" else kind
    # a code may be right though nobody listed it yet: ask, do not forbid
    return rule | {
        "error_title": say("template.error.title", "vi"),
        "error_message": say(f"template.error.{within}{_reach(item)}", "vi", low=_low(item), high=_high(item)),
        "error_type": "warning" if item.kind is Kind.CODE else "stop",
    }


def _rule(item: Column | InfoField, source: str | None, cell: str, year_cell: str) -> dict[str, object] | None:
    if source:
        return {"validate": "list", "source": source}
    if item.kind is Kind.DATE:
        if isinstance(item, Column) and item.within == "year":
            return {"validate": "custom", "value": f'=OR({year_cell}="",YEAR({cell})={year_cell})'}
        return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    if item.kind is Kind.INTEGER:
        return {"validate": "integer", "criteria": "between", "minimum": _low(item), "maximum": _high(item)}
    if item.kind is Kind.NUMBER:
        return {"validate": "decimal", "criteria": "between", "minimum": _low(item), "maximum": _high(item)}
    return None


def _reach(item: Column | InfoField) -> str:
    """Which limits of a number are worth saying: a text key ends in it."""
    if item.kind not in (Kind.INTEGER, Kind.NUMBER) or _high(item) < _MOST:
        return ""
    return ".least" if _low(item) > -_MOST else ".any"


def _low(item: Column | InfoField) -> float:
    return item.minimum if isinstance(item, Column) and item.minimum is not None else -_MOST


def _high(item: Column | InfoField) -> float:
    return item.maximum if isinstance(item, Column) and item.maximum is not None else _MOST
