"""Where things stand in a workbook people have worked on: sheets by folded title, the header row, columns in any order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.contract.shape import Sheet
from pipelines.contract.workbooks import LIST_SHEET, PROBLEMS_SHEET
from pipelines.submissions.cleaning import fold
from pipelines.submissions.legacy_text import in_unicode
from pipelines.submissions.typed import OldFont

LOOKED_AT = 15  # rows among which the header stands
_FEWEST = 2  # headers that make a row the header row
_LONGEST = 200  # characters of a header or label
_NUMBERED = re.compile(r"^\d+\s*[.)\-:_]?\s*(?=\D)")
_MARK = re.compile(r"(\(?\*+\)?|[:.])+$")
_ASIDE = re.compile(r"\([^()]*\)$")
_ORDINALS = {"stt", "tt", "so tt", "so thu tu", "no", "#"}


@lru_cache(maxsize=2_000)
def title_key(title: str) -> str:
    """ "3. Khen thưởng" and "KHEN THUONG" are one sheet."""
    return _NUMBERED.sub("", fold(in_unicode(title)))


OWN_LISTS = frozenset(map(title_key, (LIST_SHEET, PROBLEMS_SHEET)))  # sheets of ours whose cells nobody reads


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
    unknown: dict[int, str] = field(default_factory=dict)  # index -> header as it stands
    repeated: dict[int, str] = field(default_factory=dict)  # index -> contract name already found to the left


def find_header(rows: Sequence[Sequence[object]], sheet: Sheet) -> Header | None:
    """The row among the first 15 that names most columns; a neighbouring row fills in what a merged header splits.

    Workbooks of one template begin alike: a complete header is found again by the rows down to it. To be read only.
    """
    depth = _depths.get(sheet.key, 0)
    known = _remembered.get((sheet.key, *map(tuple, rows[:depth])))
    return known or _find_header(rows, sheet)


def _find_header(rows: Sequence[Sequence[object]], sheet: Sheet) -> Header | None:
    names = {header_key(column.header): column.name for column in sheet.columns}
    matches: list[dict[int, str]] = []
    for row in rows[:LOOKED_AT]:
        matches.append(_matches(row, names))
        if len(matches[-1]) >= len(names):
            break  # no row can name more
    counts = [len(set(found.values())) for found in matches]
    best = max(range(len(counts)), key=counts.__getitem__, default=0)
    if not counts or counts[best] < _FEWEST:
        return None
    header = Header(best + 1, best + 1, {})
    _take(header, matches[best], best + 1)
    if len(header.columns) < len(names):
        for beside in (best + 1, best - 1):
            if 0 <= beside < len(matches):
                _take_missing(header, matches[beside], beside + 1)
    _note_unknown(header, rows[best])
    if len(matches[-1]) >= len(names):
        _remember(header, rows[: len(matches)], sheet)
    return header


def _note_unknown(header: Header, row: Sequence[object]) -> None:
    taken = {*header.columns.values(), *header.repeated}
    for index, cell in enumerate(row):
        key = header_key(cell)
        if key and key not in _ORDINALS and index not in taken:
            header.unknown[index] = str(cell)


def _remember(header: Header, rows: Sequence[Sequence[object]], sheet: Sheet) -> None:
    if len(_remembered) >= _REMEMBERED:
        _remembered.clear()
    _depths[sheet.key] = len(rows)
    _remembered[sheet.key, *map(tuple, rows)] = header


def _matches(row: Iterable[object], names: dict[str, str]) -> dict[int, str]:
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
