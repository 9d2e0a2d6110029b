"""Where things stand in a workbook people have worked on: sheets by folded title, the header row, columns in any order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.contract.shape import Sheet
from pipelines.submissions.cleaning import fold
from pipelines.submissions.parsed import as_written

LOOKED_AT = 15  # rows among which the header stands
_FEWEST = 2  # headers that make a row the header row
_NUMBERED = re.compile(r"^\d+\s*[.)\-:_]?\s*(?=\D)")
_MARK = re.compile(r"(\(?\*+\)?|[:.])+$")
_ASIDE = re.compile(r"\([^()]*\)$")
_ORDINALS = {"stt", "tt", "so tt", "so thu tu", "no", "#"}


def title_key(title: str) -> str:
    """ "3. Khen thưởng" and "KHEN THUONG" are one sheet."""
    return _NUMBERED.sub("", fold(title))


def header_key(cell: object) -> str:
    """A header or label without accents, case, line breaks, and the star or colon after it."""
    return _MARK.sub("", fold(as_written(cell))).strip()


@dataclass
class Header:
    """The header found: `columns` contract name -> index from 0; data start below `last_row` (Excel rows)."""

    row: int
    last_row: int
    columns: dict[str, int]
    unknown: dict[int, str] = field(default_factory=dict)  # index -> header as it stands
    repeated: dict[int, str] = field(default_factory=dict)  # index -> contract name already found to the left


def find_header(rows: Sequence[Sequence[object]], sheet: Sheet) -> Header | None:
    """The row among the first 15 that names most columns; a neighbouring row fills in what a merged header splits."""
    names = {header_key(column.header): column.name for column in sheet.columns}
    matches = [_matches(row, names) for row in rows[:LOOKED_AT]]
    counts = [len(set(found.values())) for found in matches]
    best = max(range(len(counts)), key=counts.__getitem__, default=0)
    if not counts or counts[best] < _FEWEST:
        return None
    header = Header(best + 1, best + 1, {})
    _take(header, matches[best], best + 1)
    for beside in (best + 1, best - 1):
        if 0 <= beside < len(matches):
            _take_missing(header, matches[beside], beside + 1)
    taken = {*header.columns.values(), *header.repeated}
    for index, cell in enumerate(rows[best]):
        key = header_key(cell)
        if key and key not in _ORDINALS and index not in taken:
            header.unknown[index] = as_written(cell)
    return header


def _matches(row: Iterable[object], names: dict[str, str]) -> dict[int, str]:
    found = {}
    for index, cell in enumerate(row):
        key = header_key(cell)
        name = names.get(key) or names.get(_ASIDE.sub("", key).strip())
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
