"""Colouring cells of a sheet part and writing texts into empty ones; all else stays.

A missing cell is put in its place.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from pipelines.submissions.container.ooxml import CannotEdit, Edit, Element, elements, inserted, splice, tag, text

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$"
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
Place = tuple[int, int]  # row, column, both counted from 1


def place_of(address: str) -> Place:
    """ "F17" -> (17, 6)."""
    found = _ADDRESS.fullmatch(address.strip())
    if not found:
        raise CannotEdit(f"address {address!r}")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def address_of(place: Place) -> str:
    """(17, 6) -> "F17"."""
    row, column = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def places(cell: str, most: int) -> list[Place]:
    """The cells of a finding's address: "F17", "G5:G34" or several with commas; at most so many."""
    found: list[Place] = []
    for piece in re.split(r"[,;\s]+", cell.strip()):
        if not piece:
            continue
        first, _, last = piece.partition(":")
        (top, left), (bottom, right) = place_of(first), place_of(last or first)
        if bottom > _MOST_ROWS or right > _MOST_COLUMNS:
            raise CannotEdit(f"address {cell!r}")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if len(found) == most:
                    return found
                found.append((row, column))
    return found


@dataclass(frozen=True)
class SheetCells:
    """The rows and cells of one sheet part that an edit may touch."""

    data: bytes
    body: Element  # sheetData
    rows: dict[int, Element]
    cells: dict[Place, Element]
    column_styles: tuple[tuple[int, int, int], ...]  # first, last, style; from left to right

    def style_at(self, place: Place) -> int:
        """The style a cell has, from itself, its row or its column."""
        if place in self.cells:
            return int(self.cells[place].attributes.get("s", "0"))
        row = self.rows.get(place[0])
        if row and row.attributes.get("customFormat") in ("1", "true"):
            return int(row.attributes.get("s", "0"))
        at = bisect_right(self.column_styles, place[1], key=itemgetter(0)) - 1
        first, last, style = self.column_styles[at] if at >= 0 else (0, 0, 0)
        return style if first <= place[1] <= last else 0


def look_up(data: bytes, wanted: Iterable[Place], styles: frozenset[int]) -> SheetCells:
    """Rows, and the cells standing in wanted rows or wearing one of the given styles."""
    wanted_rows = {str(row) for row, _ in wanted}
    marked = {str(style) for style in styles}

    def where(name: str, attributes: dict[str, str]) -> bool:
        if name != "c":
            return True
        return attributes.get("r", "").lstrip(_LETTERS) in wanted_rows or attributes.get("s") in marked

    found = elements(data, ("sheetData", "row", "c", "col"), where)
    bodies = [item for item in found if item.name == "sheetData"]
    rows = {int(item.attributes.get("r", "0")): item for item in found if item.name == "row"}
    if len(bodies) != 1 or 0 in rows:
        raise CannotEdit("rows without numbers")
    columns = sorted(
        (int(item.attributes["min"]), int(item.attributes["max"]), int(item.attributes.get("style", "0")))
        for item in found
        if item.name == "col"
    )
    cells = {place_of(item.attributes.get("r", "")): item for item in found if item.name == "c"}
    return SheetCells(data, bodies[0], rows, cells, tuple(columns))


def restyled(sheet: SheetCells, styles: Mapping[Place, int], texts: Mapping[Place, str] | None = None) -> bytes:
    """The part with the given cells wearing the given styles. `texts`: of those, what is written into empty ones."""
    texts = texts or {}
    edits: list[Edit] = []
    missing: dict[int, list[Place]] = {}
    for place, style in sorted(styles.items()):
        cell = sheet.cells.get(place)
        if cell is None:
            missing.setdefault(place[0], []).append(place)
            continue
        if place in texts:
            edits.append((cell.start, cell.end, _written(sheet, cell, place, style, texts[place])))
            continue
        head = tag(cell.prefix + "c", cell.attributes | {"s": str(style)}, b"" if cell.inside < cell.end else None)
        edits.append((cell.start, cell.inside, head if cell.inside == cell.end else head[: head.index(b">") + 1]))
    last: list[bytes] = []  # rows after all others go in as one edit: the body may be an empty tag
    rows, cells_of = sorted(sheet.rows), _starts(sheet, missing)
    for row, wanted in missing.items():
        made = _made(sheet, wanted, styles, texts)
        after = bisect_right(rows, row)
        whole = tag(sheet.body.prefix + "row", {"r": str(row)}, b"".join(made.values()))
        if row in sheet.rows:
            edits += _into_row(sheet, sheet.rows[row], cells_of[row], made)
        elif after < len(rows):
            start = sheet.rows[rows[after]].start
            edits.append((start, start, whole))
        else:
            last.append(whole)
    return splice(sheet.data, [*edits, inserted(sheet.data, sheet.body, b"".join(last))] if last else edits)


def _starts(sheet: SheetCells, rows: Iterable[int]) -> dict[int, list[tuple[Place, int]]]:
    """Where the cells of these rows begin, from left to right."""
    found: dict[int, list[tuple[Place, int]]] = {row: [] for row in rows}
    for place, cell in sorted(sheet.cells.items(), key=itemgetter(0)):
        if place[0] in found:
            found[place[0]].append((place, cell.start))
    return found


def _made(
    sheet: SheetCells, wanted: list[Place], styles: Mapping[Place, int], texts: Mapping[Place, str]
) -> dict[Place, bytes]:
    name = sheet.body.prefix + "c"
    return {
        at: _written(sheet, None, at, styles[at], texts[at])
        if at in texts
        else tag(name, {"r": address_of(at), "s": str(styles[at])})
        for at in wanted
    }


def _written(sheet: SheetCells, cell: Element | None, place: Place, style: int, words: str) -> bytes:
    """A cell with a text of its own; `CannotEdit` where something stands already."""
    if cell is not None and sheet.data[cell.inside : cell.outside].strip():
        raise CannotEdit(f"{address_of(place)} is not empty")
    prefix = sheet.body.prefix
    inside = tag(prefix + "is", {}, tag(prefix + "t", {}, text(words)))
    return tag(prefix + "c", {"r": address_of(place), "s": str(style), "t": "inlineStr"}, inside)


def _into_row(
    sheet: SheetCells, home: Element, present: list[tuple[Place, int]], made: dict[Place, bytes]
) -> list[Edit]:
    if home.inside == home.end:
        return [inserted(sheet.data, home, b"".join(made.values()))]
    edits: list[Edit] = []
    for place, raw in made.items():
        after = bisect_right(present, place, key=itemgetter(0))
        spot = present[after][1] if after < len(present) else home.outside
        edits.append((spot, spot, raw))
    return edits
