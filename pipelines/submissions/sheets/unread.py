"""Filled cells of a data sheet that stand under no header of the template: not read, but never without a word."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.fold import ranges
from pipelines.submissions.sheets.grid import Piece, columns_of
from pipelines.submissions.sheets.headers import Header, is_filled
from pipelines.submissions.sheets.row_words import is_ordinal, is_total
from pipelines.submissions.sheets.signatures import is_signature
from pipelines.texts import EMPTY

_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass
class Unread:
    """Looks at every piece of a sheet below its header and remembers the cells of columns that are not read."""

    header: Header
    cells: dict[int, dict[int, object]] = field(default_factory=dict)  # index -> Excel row -> cell
    _signed: set[int] = field(default_factory=set)  # columns with a line for a signature

    def __post_init__(self) -> None:
        self._passed = {*self.header.columns.values(), *self.header.repeated}

    def look(self, part: Piece, read: Collection[int], passed_over: Collection[int]) -> None:
        """`read`: Excel rows with data; `passed_over`: rows already told to be none."""
        width = max(map(len, part.rows), default=0)
        indices = [index for index in range(width) if index not in self._passed]
        for index, column in zip(indices, columns_of(part.rows, indices), strict=True):
            if column.count("") != len(column):
                self._look_down(index, column, part.first_row, {*read}, {*passed_over})

    def _look_down(
        self, index: int, column: Sequence[object], first: int, read: set[int], passed_over: set[int]
    ) -> None:
        for row, cell in enumerate(column, start=first):
            if not is_filled((cell,), 0) or row in passed_over:
                continue
            if index in self.header.ordinals and not (row in read and _is_said(cell)):
                continue
            if row not in read and is_signature(cell):
                self._signed.add(index)
            if row in read or index not in self._signed:  # below such a line stands the name
                self.cells.setdefault(index, {})[row] = cell

    def filled(self, index: int) -> dict[str, str]:
        """How many cells of a column are not read, and which: facts of a sentence."""
        rows = sorted(self.cells.get(index, ()))
        return {"filled": str(len(rows)), "cells": ranges(rows, column_letter(index)) or EMPTY}

    def without_title(self) -> list[int]:
        """Columns with values and no header; one that only counts the rows says nothing."""
        titled = {*self.header.titles, *(index for _, index in self.header.astray.values())}
        return [i for i, cells in self.cells.items() if i not in titled and not _counts_rows(list(cells.values()))]


def _is_said(cell: object) -> bool:
    """Words where a row is only counted: something meant for another column."""
    return isinstance(cell, str) and _WORD.search(cell) is not None and not is_ordinal(cell) and not is_total(cell)


def _counts_rows(cells: Sequence[object]) -> bool:
    """1, 2, 3, … down the rows."""
    return len(cells) > 1 and all(cell == number for number, cell in enumerate(cells, start=1))
