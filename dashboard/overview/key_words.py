"""The key figures in words: of how many, how much more or less than before, and whether years usually
differ so much.
"""

from dashboard.overview.key_figures import BETTER_UP, KeyFigure
from dashboard.shell import tiles
from dashboard.shell.tiles import Tile
from pipelines import palette
from pipelines.texts import EMPTY, number, percent, say, signed


def tile(figure: KeyFigure, lang: str) -> Tile:
    """The tile of a figure; without one it says why."""
    label = say(f"overview.tile.{figure.name}", lang)
    if not figure.share.denominator > 0:
        return Tile(label, EMPTY, say(f"overview.state.{figure.state}", lang), series=figure.series)
    return Tile(
        label=label,
        value=percent(figure.share.value, lang, palette.RATE_DECIMALS),
        note=_note(figure, lang),
        change=_change(figure, lang),
        verdict=verdict(figure, lang),
        since=say("overview.against", lang, previous=figure.previous) if figure.previous else "",
        basis=basis(figure, lang),
        tone=tone(figure),
        arrow="up" if figure.change.change > 0 else "down" if figure.change.change < 0 else "off",
        series=figure.series,
    )


def counts(figure: KeyFigure, lang: str) -> dict[str, str]:
    """share, count and size of a figure as texts: a share never stands without what it is of."""
    return {
        "share": percent(figure.share.value, lang, palette.RATE_DECIMALS),
        "count": number(figure.share.numerator, lang),
        "size": number(figure.share.denominator, lang),
    }


def tone(figure: KeyFigure) -> str:
    """Whether the change is for the better or worse, more than usual without being either, or usual."""
    change = figure.change.verdict
    if change in (tiles.USUAL, tiles.UNKNOWN):
        return change
    better_up = BETTER_UP[figure.name]
    if better_up is None:
        return tiles.DIFFERENT
    return tiles.BETTER if (change == "up") == better_up else tiles.WORSE


def verdict(figure: KeyFigure, lang: str) -> str:
    """What the change amounts to."""
    judged = tone(figure)
    return say(f"overview.verdict.{figure.change.verdict if judged == tiles.DIFFERENT else judged}", lang)


def basis(figure: KeyFigure, lang: str) -> str:
    """By which measure the change was judged."""
    return say(f"overview.basis.{figure.change.basis}", lang, years=figure.years, previous=figure.previous)


def points(change: float, lang: str) -> str:
    """A difference of two shares in percentage points with its sign: +2,1 · −0,3."""
    return signed(change * 100, lang, palette.RATE_DECIMALS)


def _note(figure: KeyFigure, lang: str) -> str:
    beside = percent(figure.beside.value, lang, palette.RATE_DECIMALS) if figure.beside else ""
    return say(f"overview.tile.{figure.name}.note", lang, **counts(figure, lang), beside=beside)


def _change(figure: KeyFigure, lang: str) -> str:
    if not figure.previous:
        return ""
    return say("overview.change", lang, points=points(figure.change.change, lang))
