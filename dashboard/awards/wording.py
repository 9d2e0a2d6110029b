"""What the awards page says in words: never an accusation, a rate never without its n."""

import pandas as pd

from dashboard.awards.choices import ANY, Chosen
from dashboard.awards.frames import MOST_ROWS, Standing
from dashboard.shell.columns import Column, Columns
from dashboard.shell.tiles import DIFFERENT, UNKNOWN, USUAL, Tile
from pipelines.palette import POINTS_DECIMALS, SMALL_UNIT
from pipelines.texts import EMPTY, number, percent, say, signed
from pipelines.warehouse.door.comparisons import NOW

_TONES = {"up": DIFFERENT, "down": DIFFERENT, "usual": USUAL, "unknown": UNKNOWN}

YEARS_HEIGHT = 250  # pixels
_NAMED = 4  # units named in a tile


def tiles(
    standing: Standing,
    times: dict[str, tuple[int, int]],
    change: pd.DataFrame,
    years: pd.DataFrame,
    who: str,
    lang: str,
) -> list[Tile]:
    """The unit or group over the years, and which units differ from the level of the group; `times`: how
    often lately.
    """
    again = tuple(
        say("awards.tile.times", lang, name=name, times=count, years=years_judged)
        for name, (count, years_judged) in times.items()
    )
    told = [
        Tile(say(f"awards.tile.{name}", lang), _of(units, standing, lang), _listed(named, lang) or say(note, lang))
        for name, units, named, note in (
            ("above", standing.above, standing.above, "awards.tile.nobody"),
            ("below", standing.below, standing.below, "awards.tile.nobody"),
            ("outside", standing.outside, again, "awards.tile.outside.none"),
        )
    ]
    return [_rate(change, years, who, lang), *told]


def _of(units: tuple[str, ...], standing: Standing, lang: str) -> str:
    return f"{number(len(units), lang)}/{number(standing.reported, lang)}" if standing.reported else EMPTY


def _listed(units: tuple[str, ...], lang: str) -> str:
    """The first few names, and how many more."""
    more = len(units) - _NAMED
    listed = [*units[:_NAMED], *([say("awards.tile.more", lang, count=more)] if more > 0 else [])]
    return ", ".join(listed)


def _rate(change: pd.DataFrame, years: pd.DataFrame, who: str, lang: str) -> Tile:
    row = next(change.itertuples(), None)
    if row is None or row.value != row.value:
        return Tile(who, EMPTY, say("awards.tile.nothing", lang))
    moved = row.change * 100
    words = say("awards.tile.change", lang, points=signed(moved, lang, POINTS_DECIMALS))
    series = years.loc[years["series"] == who, "value"].dropna()
    return Tile(
        who,
        percent(row.value, lang),
        say("awards.tile.people", lang, awarded=number(row.numerator, lang), people=number(row.denominator, lang)),
        words if moved == moved else "",
        say(f"awards.verdict.{row.verdict}", lang),
        _TONES[row.verdict],
        {"up": "up", "down": "down"}.get(row.verdict, "off"),
        tuple(series) if len(series) > 1 else (),
    )


def units_title(standing: Standing, lang: str) -> str:
    """The finding of the sorted intervals."""
    if not standing.reported:
        return say("awards.units.nobody", lang)
    key = "awards.units.some" if standing.above or standing.below else "awards.units.none"
    return say(key, lang, above=len(standing.above), below=len(standing.below), level=percent(standing.level, lang))


def units_caption(standing: Standing, chosen: Chosen, lang: str) -> str:
    """How to read them, which units cannot be judged, and whose figures they are."""
    parts = [say("awards.units.reading", lang)]
    parts += [say("awards.units.silent", lang, count=standing.silent)] if standing.silent else []
    parts += [say("awards.units.small", lang, count=standing.small, n=SMALL_UNIT)] if standing.small else []
    parts += [say("awards.units.doubtful", lang, count=standing.doubtful)] if standing.doubtful else []
    return " ".join([*parts, *_whose(chosen, lang)])


def funnel_title(standing: Standing, lang: str) -> str:
    """The finding of the funnel."""
    key = "awards.funnel.some" if standing.outside else "awards.funnel.none"
    return say(key, lang, count=len(standing.outside), reported=standing.reported)


def funnel_caption(standing: Standing, chosen: Chosen, lang: str) -> str:
    """How to read it, how far peers usually differ beyond chance, and whose figures they are."""
    points = number(standing.usual_difference * 100, lang, POINTS_DECIMALS)
    usual = "awards.funnel.usual" if standing.usual_difference > 0 else "awards.funnel.chance"
    told = [say("awards.funnel.reading", lang), say(usual, lang, points=points)]
    return " ".join([*told, *_in_one_chart_only(standing, lang), *_whose(chosen, lang)])


def _in_one_chart_only(standing: Standing, lang: str) -> list[str]:
    """Which units the intervals set apart and the funnel does not, and why both are right."""
    units = tuple(name for name in (*standing.above, *standing.below) if name not in standing.outside)
    return [say("awards.funnel.beside", lang, units=_listed(units, lang))] if units else []


def award_caption(chosen: Chosen, lang: str) -> str:
    """What counts as any award, and of a unit the upright lines and whose figures they are."""
    of_unit = [say("awards.award.levels", lang), *_whose(chosen, lang)] if chosen.unit else []
    return " ".join([say("awards.any.what", lang), *of_unit])


def position_caption(chosen: Chosen, lang: str) -> str:
    """How to read the position groups, and of a unit whose figures they are."""
    return " ".join([say("awards.position.reading", lang), *(_whose(chosen, lang) if chosen.unit else [])])


def years_caption(chosen: Chosen, lang: str) -> str:
    """What is counted over the years, and whose years they are."""
    counted = say("awards.any.what", lang) if chosen.award == ANY else say("awards.years.reading", lang)
    return " ".join([counted, *_whose(chosen, lang)])


def leaders_caption(told: pd.DataFrame, chosen: Chosen, lang: str) -> str:
    """How to read the two dots, how many units cannot be shown, and whose figures they are."""
    hidden = told.loc[told["ahead"].isna(), "unit_code"].nunique()
    parts = [say("awards.leaders.reading", lang, n=SMALL_UNIT)]
    parts += [say("awards.leaders.most", lang, count=MOST_ROWS)] if told["unit_code"].nunique() > MOST_ROWS + 1 else []
    parts += [say("awards.leaders.hidden", lang, count=hidden)] if hidden else []
    return " ".join([*parts, *_whose(chosen, lang)])


def heat_caption(chosen: Chosen, lang: str) -> str:
    """Which way the colours go, true on light and dark ground and on paper; what is written beside and in the cells."""
    reading = say("awards.heat.reading", lang, n=SMALL_UNIT)
    return " ".join([say("awards.heat.colour", lang), reading, *_whose(chosen, lang)])


def _whose(chosen: Chosen, lang: str) -> list[str]:
    """That figures are added up into the units of today, where they are."""
    return [say("compare.organisation.now", lang)] if chosen.organisation == NOW else []


def columns(first: str, lang: str) -> Columns:
    """Headings of a table of shares; `first`: unit | award | position | year | leaders."""
    named: Columns = {
        "unit": {"label": _named("unit", lang, pinned=True)},
        "award": {"label": _named("award", lang, pinned=True)},
        "position": {"label": _named("position", lang, pinned=True)},
        "year": {
            "series": _named("unit", lang, pinned=True),
            "period": Column(say("awards.column.year", lang), width="small"),
        },
        "heat": {
            "label": _named("unit", lang, pinned=True),
            "period": Column(say("awards.column.year", lang), width="small"),
        },
        "leaders": {"label": _named("unit", lang, pinned=True), "whose": Column(say("awards.column.whose", lang))},
    }[first]
    counted = "leaders_count" if first == "leaders" else "awarded"
    return {
        **named,
        "value": Column(say("awards.column.share", lang), "share"),
        "numerator": Column(say(f"awards.column.{counted}", lang), "count"),
        "denominator": Column(say("awards.column.people", lang), "count"),
        "low": Column(say("awards.column.low", lang), "share"),
        "high": Column(say("awards.column.high", lang), "share"),
        "told": Column(say("awards.column.told", lang), width="large"),
    }


def _named(name: str, lang: str, pinned: bool = False) -> Column:
    return Column(say(f"awards.column.{name}", lang), width="medium", pinned=pinned)
