"""Cells without their digits: a sheet of ten thousand cells has a few dozen shapes, and each is judged once.
Rows without their digits: a sheet filled like a table has a handful of shapes, and each is summed once.

`<c r="B17" s="4"><v>12.5</v></c>` has the shape `r="B" s=""><v>.</v></c>`. What follows a cell up to the next
belongs to its shape.
"""

import re
from collections import Counter
from enum import IntEnum
from typing import NamedTuple

from pipelines.submissions.scan.tally import column_number

_DIGITS = b"0123456789"
_CELL_START, _ROW_START = b"<c ", b"<row"  # where a piece begins that holds one cell, or one row
_KNOWN_MOST, _SHAPE_MOST = 20_000, 400
_KNOWN_ROWS_MOST, _ROW_SHAPE_MOST, _FEW_ROW_SHAPES = 2_000, 4_000, 40
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

    NO_CELL = 0  # the rows before the first cell
    NOTHING = 1  # a format only
    NUMBER = 2  # a number
    STRING = 3  # the number of a shared string
    TEXT = 4  # a text
    INLINE = 5  # a text of its own
    NO_VALUE = 6  # a formula alone


class Shape(NamedTuple):
    """A shape that needs no closer look."""

    holds: Holds
    column: int  # from 1
    hidden_row: bool  # a row behind it says `hidden`


class Shapes(NamedTuple):
    """What a run of cells amounts to."""

    counts: tuple[int, ...]  # cells by what they hold: counts[Holds.TEXT]
    columns: frozenset[int]  # with something in them, from 1
    hidden_rows: bool  # a row says `hidden`

    @property
    def filled(self) -> int:
        return sum(self.counts[Holds.NUMBER :])


_known: dict[bytes, Shape | None] = {}
_known_rows: dict[bytes, Shapes] = {}


def shapes_of(rows: bytes) -> Shapes | None:
    """What whole rows amount to, None if a cell has to be looked at closely."""
    head, *split = rows.translate(None, _DIGITS).split(_ROW_START)
    shapes = Counter(split)
    alone = len(shapes) > _FEW_ROW_SHAPES  # texts stand in the cells themselves: hardly a row is like another
    found: list[tuple[Shapes, int]] = []
    new = [head]
    for row, times in shapes.items():
        known = _known_rows.get(row)
        if known is None and alone:
            new.extend([row] * times)
            continue
        known = known or _learnt(row)
        if known is None:
            return None
        found.append((known, times))
    rest = _summed(_ROW_START.join(new))
    return None if rest is None else _together([*found, (rest, 1)])


def _together(some: list[tuple[Shapes, int]]) -> Shapes:
    counts, columns, hidden = [0] * len(Holds), set[int](), False
    for shapes, times in some:
        for holds, count in enumerate(shapes.counts):
            counts[holds] += count * times
        columns |= shapes.columns
        hidden = hidden or shapes.hidden_rows
    return Shapes(tuple(counts), frozenset(columns), hidden)


def _learnt(row: bytes) -> Shapes | None:
    shapes = _summed(_ROW_START + row)
    if shapes is not None and len(row) <= _ROW_SHAPE_MOST:
        if len(_known_rows) >= _KNOWN_ROWS_MOST:
            _known_rows.clear()
        _known_rows[row] = shapes
    return shapes


def _summed(cells: bytes) -> Shapes | None:
    counts, columns, hidden = [0] * len(Holds), set[int](), False
    for piece, times in Counter(cells.split(_CELL_START)).items():
        shape = _judged(piece)
        if shape is None:
            return None
        counts[shape.holds] += times
        hidden = hidden or shape.hidden_row
        if shape.holds > Holds.NOTHING:
            columns.add(shape.column)
    return Shapes(tuple(counts), frozenset(columns), hidden)


def _judged(piece: bytes) -> Shape | None:
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
        return Shape(Holds.NO_CELL, 0, b" hidden=" in piece) if _START.fullmatch(piece) else None
    holds = _holds(found)
    if holds is None:
        return None
    column = column_number(found["column"].decode())
    return Shape(holds, column, b" hidden=" in found["between"])


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
