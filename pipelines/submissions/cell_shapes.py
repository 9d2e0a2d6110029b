"""Cells without their digits: a sheet of ten thousand cells has a few dozen shapes, and each is judged once.

`<c r="B17" s="4"><v>12.5</v></c>` has the shape `r="B" s=""><v>.</v></c>`. What follows a cell up to the next belongs to its shape.
"""

import re
from enum import IntEnum, auto
from typing import NamedTuple

from pipelines.submissions.tally import column_number

DIGITS = b"0123456789"
CELL = b"<c "  # where a piece of rows begins that holds one cell
_KNOWN_MOST, _SHAPE_MOST = 20_000, 400
_BETWEEN = rb'(?:\s*(?:</row>|<row(?: [\w:]+="[^"<>]*")*\s?/?>))*\s*'
_VALUE = rb"<v>\.?(?:[eE]-)?</v>"  # 12, 12.5, 1E-05
_CELL = re.compile(
    rb'r="(?P<column>[A-Z]{1,3})"(?: s="")?(?: t="(?P<kind>s|str|n|inlineStr)")?(?: s="")?'
    rb"(?:(?P<blank> ?/>|></c>)|>(?P<formula><f[^>]*/>|<f[^>]*>[^<]*</f>)?"
    rb"(?:(?P<number>"
    + _VALUE
    + rb")|(?P<text><v>[^<]*</v>)|(?P<inline><is><t(?: xml:space=\"preserve\")?>[^<]*</t></is>))?</c>)"
    rb"(?P<between>" + _BETWEEN + rb")"
)
_START = re.compile(_BETWEEN)


class Holds(IntEnum):
    """What a cell of a shape holds."""

    NO_CELL = auto()  # the rows before the first cell
    NOTHING = auto()  # a format only
    NUMBER = auto()  # a number
    STRING = auto()  # the number of a shared string
    TEXT = auto()  # a text
    INLINE = auto()  # a text of its own
    NO_VALUE = auto()  # a formula alone


class Shape(NamedTuple):
    """A shape that needs no closer look."""

    holds: Holds
    column: int  # from 1
    formula: bool
    hidden_row: bool  # a row behind it says `hidden`


_known: dict[bytes, Shape | None] = {}


def judged(piece: bytes) -> Shape | None:
    """The shape of a piece without digits, None if its cell has to be looked at closely."""
    if piece in _known:
        return _known[piece]
    shape = _judge(piece)
    if len(piece) <= _SHAPE_MOST:
        if len(_known) >= _KNOWN_MOST:
            _known.clear()
        _known[piece] = shape
    return shape


def _judge(piece: bytes) -> Shape | None:
    found = _CELL.fullmatch(piece)
    if found is None:
        return Shape(Holds.NO_CELL, 0, False, b" hidden=" in piece) if _START.fullmatch(piece) else None
    holds = _holds(found)
    if holds is None:
        return None
    column = column_number(found["column"].decode())
    return Shape(holds, column, found["formula"] is not None, b" hidden=" in found["between"])


def _holds(found: re.Match[bytes]) -> Holds | None:
    kind, has_number, has_text = found["kind"] or b"n", found["number"] is not None, found["text"] is not None
    if found["blank"] is not None:
        return Holds.NOTHING if found["kind"] is None else None
    if found["inline"] is not None:
        return Holds.INLINE if kind == b"inlineStr" and found["formula"] is None else None
    if kind == b"str":
        return Holds.TEXT if has_number or has_text else None
    if kind == b"s":
        return Holds.STRING if found["number"] == b"<v></v>" and found["formula"] is None else None
    if has_number and kind == b"n":
        return Holds.NUMBER
    return Holds.NO_VALUE if kind == b"n" and not has_text and found["formula"] is not None else None
