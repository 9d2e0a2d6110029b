"""What the exemplar page says in words: tiles, captions, headings."""

from dataclasses import replace

from dashboard.exemplars.frames import PerUnit, Standing
from dashboard.shell import tiles
from dashboard.shell.columns import Column, Columns
from dashboard.shell.tiles import Tile
from pipelines.texts import EMPTY, number, period_name, say, signed
from pipelines.warehouse.door.comparisons import NOW, Organisation

_TONES = {"up": tiles.BETTER, "down": tiles.WORSE}


def shown(standing: Standing, lang: str) -> list[Tile]:
    """Found, units with one, units without, replicated; a number never stands without what it is of."""
    labels = {name: say(f"exemplars.tile.{name}", lang) for name in ("found", "some", "without", "replicated")}
    if not standing.reported:
        return [Tile(label, EMPTY, _silent(standing, lang)) for label in labels.values()]
    note = say("exemplars.tile.found.note", lang, reported=standing.heard, units=standing.due)
    live = say("exemplars.tile.replicated.note", lang, live=number(standing.live, lang))
    return [
        _moved(Tile(labels["found"], number(standing.found, lang), note), standing.change, lang),
        Tile(labels["some"], f"{standing.with_some}/{standing.reported}", say("exemplars.tile.some.note", lang)),
        Tile(labels["without"], number(standing.without, lang), _silent(standing, lang)),
        Tile(labels["replicated"], number(standing.replicated, lang), live),
    ]


def _moved(tile: Tile, moved: PerUnit | None, lang: str) -> Tile:
    """The tile with the change per unit, because not every unit reports every year."""
    if moved is None or moved.change != moved.change:
        return tile
    return replace(
        tile,
        change=say("exemplars.change", lang, change=signed(moved.change, lang, 2)),
        verdict=say(f"exemplars.verdict.{moved.verdict}", lang, rate=number(moved.rate, lang, 2)),
        basis=say(f"exemplars.basis.{moved.basis}", lang, years=moved.years),
        tone=_TONES.get(moved.verdict, moved.verdict),
        arrow="up" if moved.change > 0 else "down" if moved.change < 0 else "off",
    )


def matrix_caption(standing: Standing, organisation: Organisation, period: str, lang: str) -> str:
    """The finding in one sentence, how to read the grid, and whose units they are."""
    finding = say(
        "exemplars.matrix.finding",
        lang,
        some=standing.with_some,
        reported=standing.reported,
        period=period_name(period, lang),
        silent=_silent(standing, lang),
    )
    reading = say("exemplars.matrix.reading", lang)
    return f"{finding} {reading} {whose(organisation, lang)}".rstrip() if standing.reported else ""


def units_caption(organisation: Organisation, most: int, lang: str) -> str:
    """How many units are drawn, that more is not better, and whose units they are."""
    return f"{say('exemplars.units.caption', lang, most=most)} {whose(organisation, lang)}".rstrip()


def whose(organisation: Organisation, lang: str) -> str:
    """That figures are added up into the units of today, where they are."""
    return say("compare.organisation.now", lang) if organisation == NOW else ""


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


def list_columns(lang: str) -> Columns:
    """Headings of the list of exemplars."""
    return {
        "exemplar_name": Column(say("exemplars.column.name", lang), width="large"),
        "kind": Column(say("exemplars.column.kind", lang)),
        "unit_name": Column(say("exemplars.column.unit", lang), width="medium"),
        "reached": Column(say("exemplars.column.stage", lang)),
        "since": Column(say("exemplars.column.since", lang), "day"),
        "adopter_count": Column(say("exemplars.column.adopters", lang), "count"),
        "field": Column(say("exemplars.column.field", lang), width="medium"),
        "source": Column(say("exemplars.column.source", lang), width="large"),
    }


def empty(words: str, lang: str) -> str:
    """Why a chart of units is empty: the words fit nobody, or nobody has reported."""
    return say("exemplars.nobody" if words else "dashboard.panel.empty", lang)


def _silent(standing: Standing, lang: str) -> str:
    """Who is not counted, and why."""
    counts = {"silent": standing.silent, "blank": standing.blank, "divided": standing.divided}
    told = [say(f"exemplars.{name}", lang, count=count) for name, count in counts.items() if count]
    return "; ".join(told) or say("exemplars.silent.none", lang)
