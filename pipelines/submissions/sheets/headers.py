"""Where things stand in a workbook people have worked on: sheets by folded title, the header row, columns
in any order.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.contract.shape import Sheet
from pipelines.contract.workbooks import INFO_TITLE, LIST_SHEET, PROBLEMS_SHEET, WORKBOOKS
from pipelines.records.parsed import as_written
from pipelines.submissions.values.cleaning import fold, is_blank
from pipelines.submissions.values.legacy_text import in_unicode
from pipelines.submissions.values.typed import OldFont

LOOKED_AT = 15  # rows among which the header stands
_FEWEST = 2  # headers that make a row the header row
_LONGEST = 200  # characters of a header or label
_NUMBERED = re.compile(r"^\d+\s*[.)\-:_]?\s*(?=\D)")
_MARK = re.compile(r"(\(?\*+\)?|[:.])+$")
_ASIDE = re.compile(r"\([^()]*\)$")
_ORDINALS = {"stt", "tt", "so tt", "s tt", "so thu tu", "no", "#"}


@lru_cache(maxsize=2_000)
def title_key(title: str) -> str:
    """ "3. Khen thưởng" and "KHEN THUONG" are one sheet."""
    return _NUMBERED.sub("", fold(in_unicode(title)))


OWN_LISTS = frozenset(map(title_key, (LIST_SHEET, PROBLEMS_SHEET)))  # sheets of ours whose cells nobody reads
TITLES = frozenset(  # sheets of ours that are read
    map(title_key, (INFO_TITLE, *(sheet.title for form in WORKBOOKS.values() for sheet in form.sheets)))
)


@lru_cache(maxsize=20_000)
def _text_key(text: str) -> str:
    return _MARK.sub("", fold(in_unicode(text))).strip()


def header_key(cell: object) -> str:
    """A header or label without accents, case, line breaks, and the star or colon after it; "" for what is no text."""
    if isinstance(cell, OldFont):
        cell = cell.text
    return _text_key(cell) if isinstance(cell, str) and len(cell) <= _LONGEST else ""


_REMEMBERED = 200
_remembered: dict[tuple[object, ...], "Header"] = {}  # by sheet and all rows looked at to find it
_depths: dict[str, int] = {}  # sheet -> how many rows that were the last time


@dataclass
class Header:
    """The header found: `columns` contract name -> index from 0; data start below `last_row` (Excel rows)."""

    row: int
    last_row: int
    columns: dict[str, int]
    titles: dict[int, str] = field(default_factory=dict)  # index -> what stands over a column that is not read
    repeated: dict[int, str] = field(default_factory=dict)  # index -> contract name already found to the left
    astray: dict[str, tuple[int, int]] = field(
        default_factory=dict
    )  # contract name -> row and index of its header elsewhere
    ordinals: dict[int, str] = field(default_factory=dict)  # columns that only count the rows: index -> header


def find_header(rows: Sequence[Sequence[object]], sheet: Sheet) -> Header | None:
    """The row among the first 15 that names most columns; a neighbouring row fills in what a merged header splits.

    Workbooks of one template begin alike: a complete header is found again by the rows down to it. To be read only.
    """
    depth = _depths.get(sheet.key, 0)
    known = _remembered.get((sheet.key, *map(tuple, rows[:depth])))
    return known or _find_header(rows, sheet)


def _find_header(rows: Sequence[Sequence[object]], sheet: Sheet) -> Header | None:
    names = header_names(sheet)
    matches: list[dict[int, str]] = []
    for row in rows[:LOOKED_AT]:
        matches.append(named_in(row, names))
        if len(matches[-1]) >= len(names):
            break  # no row can name more
    counts = [len(set(found.values())) for found in matches]
    best = max(range(len(counts)), key=counts.__getitem__, default=0)
    if not counts or counts[best] < _FEWEST:
        return None
    best = _above_values(rows, matches, best)
    header = Header(best + 1, best + 1, {})
    _take(header, matches[best], best + 1)
    if len(header.columns) < len(names):
        _take_beside(header, rows, matches, best)
        _look_astray(header, rows, matches)
    _note_others(header, rows)
    if len(matches[-1]) >= len(names):
        _remember(header, rows[: len(matches)], sheet)
    return header


def header_names(sheet: Sheet) -> dict[str, str]:
    """Key of a header -> name of the column."""
    return {header_key(column.header): column.name for column in sheet.columns}


def _above_values(rows: Sequence[Sequence[object]], matches: Sequence[dict[int, str]], best: int) -> int:
    """The row that names most is data when values stand in it below the headers of the row above: then that one is the
    header.
    """
    over = [index for index in matches[best - 1] if index not in matches[best]] if best else []
    return best - 1 if len(over) >= _FEWEST and any(is_filled(rows[best], index) for index in over) else best


def is_filled(row: Sequence[object], index: int) -> bool:
    """Whether something shows in a cell of a row."""
    cell = row[index] if index < len(row) else ""
    return cell not in ("", None) and not (isinstance(cell, str) and is_blank(cell))


def _take_beside(
    header: Header, rows: Sequence[Sequence[object]], matches: Sequence[dict[int, str]], best: int
) -> None:
    """What a merged header splits stands in a neighbouring row.

    A row with values below headers is data, never part of it.
    """
    if best:
        over = {at: name for at, name in matches[best - 1].items() if not is_filled(rows[best], at)}
        _take_missing(header, over, best)
    below = best + 1
    if below < len(matches) and not any(is_filled(rows[below], index) for index in header.columns.values()):
        _take_missing(header, matches[below], below + 1)


def _look_astray(header: Header, rows: Sequence[Sequence[object]], matches: Sequence[dict[int, str]]) -> None:
    """Headers that stand alone above or below the header, over a column that has none in it."""
    taken = {*header.columns.values(), *header.repeated}
    own = rows[header.row - 1 : header.last_row]
    for number, found in enumerate(matches, start=1):
        for index, name in found.items():
            free = index not in taken and not any(is_filled(row, index) for row in own)
            if free and name not in header.columns:
                header.astray.setdefault(name, (number, index))


def _note_others(header: Header, rows: Sequence[Sequence[object]]) -> None:
    """What else stands in the header: numbers of rows (also merged with the row above), columns of the sender's own."""
    taken = {*header.columns.values(), *header.repeated}
    for number, row in enumerate(rows[max(header.row - 2, 0) : header.last_row], start=max(header.row - 1, 1)):
        for index, cell in enumerate(row):
            if index in taken or not is_filled(row, index):
                continue
            if header_key(cell) in _ORDINALS:
                header.ordinals[index] = as_written(cell)
            elif number >= header.row:
                header.titles.setdefault(index, as_written(cell))


def _remember(header: Header, rows: Sequence[Sequence[object]], sheet: Sheet) -> None:
    if len(_remembered) >= _REMEMBERED:
        _remembered.clear()
    _depths[sheet.key] = len(rows)
    _remembered[sheet.key, *map(tuple, rows)] = header


def named_in(row: Iterable[object], names: Mapping[str, str]) -> dict[int, str]:
    """Index -> column that a cell of the row names."""
    found = {}
    for index, cell in enumerate(row):
        key = header_key(cell) if cell else ""
        name = names.get(key)
        if name is None and key.endswith(")"):
            name = names.get(_ASIDE.sub("", key).strip())
        if name:
            found[index] = name
    return found


def _take(header: Header, found: dict[int, str], row: int) -> None:
    for index, name in found.items():
        if name in header.columns:
            header.repeated[index] = name
        else:
            header.columns[name] = index
    header.last_row = max(header.last_row, row)


def _take_missing(header: Header, found: dict[int, str], row: int) -> None:
    free = {
        index: name
        for index, name in found.items()
        if name not in header.columns and index not in header.columns.values()
    }
    if free:
        _take(header, free, row)
