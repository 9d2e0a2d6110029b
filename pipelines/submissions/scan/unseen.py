"""Values that nobody sees on the sheet though nothing is hidden: under a format that draws nothing, or in the colour of
their ground.
"""

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from pipelines.submissions.scan.colours import STANDARD, Rgb, lost
from pipelines.submissions.values.number_formats import colour_of, drawn_by, draws_nothing, parts_of


class Veil(Enum):
    """What keeps a value from being seen."""

    NONE = "none"
    FORMAT = "format"
    COLOUR = "colour"


class Paint(NamedTuple):
    """How a cell style draws a value: the colours of letters and ground (None: not known), the number format."""

    ink: Rgb | None
    ground: Rgb | None
    code: str


def may_veil(paint: Paint) -> bool:
    """Whether there are values that nobody sees in a cell of this style."""
    parts = parts_of(paint.code)
    return any(draws_nothing(part, 0) or _is_pale(paint, part) for part in parts)


def veil_of(paint: Paint, number: float | None, inks: Iterable[Rgb | None] = ()) -> Veil:
    """Of a number, or (None) of a text whose runs have these colours; none of them where all of it is as its cell."""
    part = drawn_by(number, paint.code)
    if draws_nothing(part, number or 0):
        return Veil.FORMAT
    own = {*inks}
    is_lost = any(lost(ink, paint.ground) for ink in own) if own else _is_pale(paint, part)
    return Veil.COLOUR if is_lost else Veil.NONE


@lru_cache(maxsize=2_000)
def _is_pale(paint: Paint, part: str) -> bool:
    return lost(_ink(paint, part), paint.ground)


def _ink(paint: Paint, part: str) -> Rgb | None:
    """A part of a number format may have a colour of its own."""
    number = colour_of(part)
    return paint.ink if number is None else STANDARD[number] if number < len(STANDARD) else None
