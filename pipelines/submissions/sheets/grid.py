"""The cells of a sheet as columns from A and rows from 1, in pieces, with what the cell reader loses put back."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import cast

from python_calamine import CalamineSheet

from pipelines.submissions.fold import Problems
from pipelines.submissions.scan.scan import SheetScan
from pipelines.submissions.values.cleaning import is_blank
from pipelines.submissions.values.number_formats import rendered
from pipelines.submissions.values.typed import Broken, OldFont, Shown, Turned

PIECE = 1_024  # rows held as Python values at a time
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
Cell = object
Row = list[Cell]
# how a cell looks: put back together with its value
_OF_LOOK: dict[str, Callable[[str], Cell]] = {
    "shown": partial(Shown, 0.0),
    "turned": partial(Turned, ""),
    "font": partial(OldFont, ""),
}


@dataclass(frozen=True)
class Piece:
    """Some rows of a sheet. `rows[i]` stands in Excel row `first_row + i`; its cells start at column A."""

    first_row: int
    rows: list[Row]


def place_of(address: str) -> tuple[int, int]:
    """ "C7" -> (7, 2): Excel row and column index from 0."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise ValueError(address)
    index = 0
    for letter in found[1]:
        index = index * 26 + ord(letter) - 64
    return int(found[2]), index - 1


def corners(area: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Places of the first and the last cell of "B3:C4", or twice of a single one."""
    first, _, last = area.partition(":")
    return place_of(first), place_of(last or first)


def pieces(sheet: CalamineSheet, scan: SheetScan, problems: Problems) -> Iterator[Piece]:
    """All rows of a sheet in order, down to the last one with anything in it.

    At the end the books must balance: values delivered + losses named = cells the scan saw; else `sheet.cells_differ`.
    """
    lost = _lost(scan)
    delivered = 0
    offset: Row = [""] * (sheet.start[1] if sheet.start else 0)
    rows: Iterator[Row] = cast(Iterator[Row], iter(sheet.iter_rows()))
    rows = (offset + row for row in rows) if offset else rows
    first = 1
    while piece := list(islice(rows, PIECE)):
        cells = list(chain.from_iterable(piece))
        delivered += len(cells) - cells.count("")
        _put_back(piece, first, lost)
        yield Piece(first, piece)
        first += len(piece)
    while lost:  # rows below all others with nothing but errors
        below: list[Row] = [[] for _ in range(min(PIECE, max(lost) - first + 1))]
        _put_back(below, first, lost)
        yield Piece(first, below)
        first += len(below)
    if delivered != scan.deliverable and (delivered := _delivered(sheet)) != scan.deliverable:
        facts = {"read": str(delivered), "seen": str(scan.deliverable)}
        problems.add("sheet.cells_differ", scan.name, params=facts)


def _delivered(sheet: CalamineSheet) -> int:
    """Values of a sheet, counted closely: a text of spaces is none."""
    rows = cast(Iterator[Row], iter(sheet.iter_rows()))
    return sum(not (isinstance(cell, str) and not cell.strip()) for row in rows for cell in row)


def _lost(scan: SheetScan) -> dict[int, list[tuple[int, Cell]]]:
    """Excel row -> (column, what stands there) for cells the reader cannot give as they are."""
    lost: dict[int, list[tuple[int, Cell]]] = {}
    for code, texts in (
        ("cell.error", scan.errors),
        ("cell.formula_without_value", {at: "=" + text.removeprefix("=") for at, text in scan.uncached.items()}),
        ("cell.unreadable", scan.unreadable),
        ("shown", scan.shown),
        ("turned", scan.turned),
        ("font", scan.legacy_fonts),
    ):
        for address, text in texts.items():
            row, column = place_of(address)
            lost.setdefault(row, []).append((column, _OF_LOOK[code](text) if code in _OF_LOOK else Broken(code, text)))
    return lost


def _put_back(piece: list[Row], first: int, lost: dict[int, list[tuple[int, Cell]]]) -> None:
    for at in [row for row in lost if row < first + len(piece)]:
        row = piece[at - first]
        for column, cell in lost.pop(at):
            if column >= len(row):
                row.extend([""] * (column + 1 - len(row)))
            here = row[column]
            if isinstance(cell, Broken):
                row[column] = cell
            elif isinstance(cell, Shown) and isinstance(here, (int, float)):
                row[column] = Shown(here, cell.text)
            elif isinstance(cell, Turned) and (text := rendered(here, cell.text)):
                row[column] = Turned(here, text)
            elif isinstance(cell, OldFont) and isinstance(here, str):
                row[column] = OldFont(here, cell.font)


def columns_of(rows: list[Row], wanted: list[int]) -> list[tuple[Cell, ...]]:
    """Columns by index."""
    width = max(wanted, default=-1) + 1
    if min(map(len, rows), default=width) < width:
        rows = [row + [""] * (width - len(row)) for row in rows]
    turned = list(zip(*rows, strict=False)) or [()] * width
    return [turned[index] for index in wanted]


def without_blanks(column: Sequence[Cell]) -> tuple[Cell, ...]:
    """A column whose cells that show nothing are empty."""
    return tuple("" if isinstance(cell, str) and is_blank(cell) else cell for cell in column)
