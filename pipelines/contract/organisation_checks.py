"""Whether the lists tell of an organisation that can be: nothing lasts longer than its unit, shares are of one whole,
nothing is above itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from pipelines.contract.list_faults import Fault
from pipelines.contract.typed_rows import Shape, Table

_VALID = ("valid_from", "valid_to")
# (list, column that names a dated unit or cluster, days on which that is to be there still). Days before its first row
# are let pass: the records of an office begin on some day, units are older.
_LASTING = (
    ("units", "parent", _VALID),
    ("cluster_membership", "cluster_code", _VALID),
    ("cluster_membership", "unit_code", _VALID),
    ("unit_lineage", "new_code", ("from_on",)),
)
_ROUNDED = 9  # places: 0.1 ten times is 1

_Row = tuple[int, Any]
_Edge = tuple[int, str, str]  # number of the row, from, to


def faults(tables: Mapping[str, Table], shapes: Mapping[str, Shape]) -> Iterator[Fault]:
    """What is wrong between rows that could be made."""
    for name, column, days in _LASTING:
        target, key = shapes[name].refers[column]
        yield from _ended(tables[name], column, days, tables[target], _last_days(tables[target], key))
    yield from _shares(tables["unit_lineage"])
    yield from _became_itself(tables["unit_lineage"])
    yield from _above_itself(tables["units"])


def _last_days(table: Table, key: str) -> dict[str, date]:
    """Of every code the day it ends; nothing of a list of which a row is missing, or ends before it begins: that is
    told there.
    """
    ends: dict[str, date] = {}
    for _, row in table.rows if table.is_whole else ():
        last = row.valid_to if row.valid_to and row.valid_to >= row.valid_from else date.max
        ends[getattr(row, key)] = max(ends.get(getattr(row, key), date.min), last)
    return ends


def _ended(table: Table, column: str, days: tuple[str, ...], named: Table, ends: Mapping[str, date]) -> Iterator[Fault]:
    for number, row in table.rows:
        code = getattr(row, column)
        end = ends.get(code, date.max)
        late = [(day, told) for day in days if ((told := getattr(row, day)) or date.max) > end]
        if late:
            day, told = late[0]
            more: dict[str, object] = {"key": code, "list": named.file, "ended": f"{end:%d/%m/%Y}"}
            yield Fault(table.file, "ended", number, day, f"{told:%d/%m/%Y}" if told else "", more)


def _shares(table: Table) -> Iterator[Fault]:
    """A share is of the unit as it stood on the day: those of one day make 1 at most, and where they made 1 nothing is
    left for later.
    """

    def moved(one: _Row) -> tuple[str, date]:
        return one[1].old_code, one[1].from_on

    gone: dict[str, _Row] = {}
    for (old, _), rows in groupby(sorted(table.rows, key=lambda one: (*moved(one), one[0])), moved):
        shares: dict[str, float] = {}  # a row given twice is told as such
        for number, move in rows:
            shares[move.new_code] = move.share
            total = round(sum(shares.values()), _ROUNDED)
            if old in gone and gone[old][1].from_on < move.from_on:
                other, before = gone[old]
                more: dict[str, object] = {"key": old, "day": f"{before.from_on:%d/%m/%Y}", "other": other}
                yield Fault(table.file, "gone", number, "from_on", f"{move.from_on:%d/%m/%Y}", more)
            elif total > 1:
                more = {"key": old, "day": f"{move.from_on:%d/%m/%Y}", "total": f"{total:g}"}
                yield Fault(table.file, "shares", number, "share", f"{move.share:g}", more)
            elif total == 1:
                gone[old] = (number, move)


def _became_itself(table: Table) -> Iterator[Fault]:
    """Whole units that go round in any time, and parts that go round on one day.

    A part that comes back later is none.
    """
    together = {"whole": [(n, move.old_code, move.new_code) for n, move in table.rows if move.share == 1]}
    for number, move in table.rows:
        together.setdefault(f"{move.from_on}", []).append((number, move.old_code, move.new_code))
    for edges in together.values():
        yield from _circles(table.file, "new_code", edges)


def _above_itself(table: Table) -> Iterator[Fault]:
    """On any day a list of units begins to say something else."""
    below = [(number, unit) for number, unit in table.rows if unit.parent]
    for day in sorted({unit.valid_from for _, unit in below}):
        then = [(n, u.unit_code, u.parent) for n, u in below if u.valid_from <= day <= (u.valid_to or date.max)]
        yield from _circles(table.file, "parent", then)


def _circles(file: str, column: str, edges: Iterable[_Edge]) -> Iterator[Fault]:
    """The row that closes each circle, with the way round."""
    ways: dict[str, list[str]] = {}
    for number, start, end in edges:
        if path := _path(ways, end, start):
            yield Fault(file, "circle", number, column, end, {"path": " → ".join((start, *path))})
        else:
            ways.setdefault(start, []).append(end)


def _path(ways: Mapping[str, list[str]], start: str, end: str) -> list[str]:
    """A way from one code to another, both named; [] when there is none."""
    waiting, seen = [[start]], {start}
    while waiting:
        path = waiting.pop()
        if path[-1] == end:
            return path
        onward = [code for code in ways.get(path[-1], ()) if code not in seen]
        seen.update(onward)
        waiting += [[*path, code] for code in onward]
    return []
