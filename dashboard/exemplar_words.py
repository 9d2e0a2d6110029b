"""What the exemplar page says in words: tiles, captions, headings."""

from dashboard.columns import Column, Columns
from dashboard.exemplar_frames import Standing
from dashboard.filters import period_name
from dashboard.tiles import Tile
from pipelines.texts import EMPTY, number, say


def tiles(standing: Standing, lang: str) -> list[Tile]:
    """Found, units with one, units without, replicated; a number never stands without what it is of."""
    some = f"{standing.with_some}/{standing.reported}" if standing.reported else EMPTY
    without = number(standing.without, lang) if standing.reported else EMPTY
    return [
        Tile(
            say("exemplars.tile.found", lang),
            number(standing.found, lang),
            say("exemplars.tile.found.note", lang, reported=standing.reported, units=standing.units),
        ),
        Tile(say("exemplars.tile.some", lang), some, say("exemplars.tile.some.note", lang)),
        Tile(say("exemplars.tile.without", lang), without, _silent(standing, lang)),
        Tile(
            say("exemplars.tile.replicated", lang),
            number(standing.replicated, lang),
            say("exemplars.tile.replicated.note", lang, live=number(standing.live, lang)),
        ),
    ]


def matrix_caption(standing: Standing, period: str, lang: str) -> str:
    """The finding in one sentence, and how to read the grid."""
    finding = say(
        "exemplars.matrix.finding",
        lang,
        some=standing.with_some,
        reported=standing.reported,
        period=period_name(period, lang),
        silent=_silent(standing, lang),
    )
    return f"{finding} {say('exemplars.matrix.reading', lang)}" if standing.reported else ""


def matrix_columns(lang: str) -> Columns:
    """Headings of the units × years table."""
    return {
        "label": Column(say("exemplars.column.unit", lang), width="large", pinned=True),
        "period": Column(say("exemplars.column.year", lang), width="small"),
        "value": Column(say("exemplars.column.found", lang), "count"),
        "told": Column(say("exemplars.column.state", lang)),
        "years_without": Column(say("exemplars.column.years_without", lang), "count"),
    }


def count_columns(first: str, lang: str) -> Columns:
    """Headings of the tables of counts; `first`: period or unit_name."""
    named = {"period": "year", "unit_name": "unit"}[first]
    return {
        first: Column(say(f"exemplars.column.{named}", lang), width="large" if first == "unit_name" else "small"),
        "part": Column(say("exemplars.column.kind", lang)),
        "value": Column(say("exemplars.column.found", lang), "count"),
        "told": Column(say("exemplars.column.state", lang)),
    }


def stage_columns(lang: str) -> Columns:
    """Headings of the table of stages."""
    return {
        "label": Column(say("exemplars.column.stage", lang)),
        "value": Column(say("exemplars.column.reached", lang), "count"),
        "from_before": Column(say("exemplars.column.from_before", lang), "share"),
    }


def _silent(standing: Standing, lang: str) -> str:
    key = "exemplars.silent" if standing.silent else "exemplars.silent.none"
    return say(key, lang, count=standing.silent)
