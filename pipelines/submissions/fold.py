"""Problems gathered while a workbook is read: identical ones of a column become one finding with a range."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipelines.contract.checks import CHECKS, Finding, Severity
from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.values.offers import Offer

MOST_DIFFERENT = 500  # findings of one check in one column; the rest become one
_MOST_RANGES = 500
_REST = "…"
_FOLDED = {"code.spelling"}  # whatever the value, as notes are
_STRUCTURE = ("workbook.", "sheet.", "header.", "column.")


@dataclass
class _Group:
    code: str
    sheet: str
    index: int
    column: str
    value: str
    params: dict[str, str]
    offer: Offer | None
    cell: str = ""
    rows: "array[int]" = field(default_factory=lambda: array("l"))


@dataclass
class Problems:
    """Collects; `findings` makes the list. Rows are Excel rows, `index` is the column from 0."""

    _groups: dict[tuple[object, ...], _Group] = field(default_factory=dict)
    _different: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def add(
        self,
        code: str,
        sheet: str = "",
        index: int = -1,
        rows: Iterable[int] = (),
        column: str = "",
        value: str = "",
        params: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        offer: Offer | None = None,
        cell: str = "",
    ) -> None:
        """One problem at some rows of a column, at `cell`, or (neither given) of the sheet or file as a whole.

        `offer` says what may stand there instead, when the finding is made. Notes fold whatever their value.
        """
        facts = dict(params)
        differs = () if CHECKS[code] is Severity.NOTE or code in _FOLDED else (value, *facts.items())
        key = (code, sheet, index, column, cell, *differs)
        group = self._groups.get(key)
        if group is None:
            place = (code, sheet, index)
            self._different[place] = self._different.get(place, 0) + 1
            if self._different[place] > MOST_DIFFERENT:
                key, value = (*place, _REST), _REST
                group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = _Group(code, sheet, index, column, value, facts, offer, cell)
        group.rows.extend(rows)

    def findings(self, sheets: Iterable[str] = ()) -> tuple[Finding, ...]:
        """By sheet in the given order; what is wrong with a sheet or its header first, then down the rows."""
        order = {title: place for place, title in enumerate(sheets)}
        groups = sorted(self._groups.values(), key=lambda g: (order.get(g.sheet, -1), *_place(g)))
        return tuple(_finding(group) for group in groups)


def _place(group: _Group) -> tuple[bool, int, int]:
    return not group.code.startswith(_STRUCTURE), min(group.rows, default=0), group.index


def _finding(group: _Group) -> Finding:
    params = group.params | (group.offer.told(group.value) if group.offer else {})
    rows = sorted(set(group.rows))
    cell = group.cell or ranges(rows, column_letter(group.index))
    count = max(len(rows), 1)
    return Finding(group.code, CHECKS[group.code], group.sheet, cell, group.column, group.value, count, params)


def ranges(rows: list[int], letter: str) -> str:
    """Sorted rows of a column as "G5:G34, G40"."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(f"{letter}{a}" if a == b else f"{letter}{a}:{letter}{b}" for a, b in runs[:_MOST_RANGES])
