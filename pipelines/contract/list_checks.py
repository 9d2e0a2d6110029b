"""Whether the rows of the reference lists fit each other: keys, days that follow one another, codes that point
somewhere.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import groupby, pairwise
from typing import Any

from pipelines.contract import organisation_checks, rules
from pipelines.contract.list_faults import Fault
from pipelines.contract.typed_rows import Shape, Table

Tables = Mapping[str, Table]
_DAY = timedelta(days=1)


def faults(tables: Tables, shapes: Mapping[str, Shape]) -> Iterator[Fault]:
    """What is wrong between rows that could be made.

    In a list that lacks some nothing is looked for: what would be missing is told there.
    """
    for name, shape in shapes.items():
        table = tables[name]
        backwards = list(_backwards(table, shape))
        yield from backwards
        named = {fault.row for fault in backwards}
        yield from _dated(table, shape, named) if shape.dated else _twice(table, shape)
        yield from _nowhere(table, shape, tables)
    yield from organisation_checks.faults(tables, shapes)
    yield from _rules(tables["rules"], tables["award_catalogue"])
    yield from _synonyms(tables["award_catalogue"])


def _backwards(table: Table, shape: Shape) -> Iterator[Fault]:
    for number, row in table.rows:
        for first, last in shape.spans:
            start, end = getattr(row, first), getattr(row, last)
            if end and end < start:
                yield Fault(
                    table.file, "backwards", number, last, f"{end:%d/%m/%Y}", {"first": f"{first} = {start:%d/%m/%Y}"}
                )


def _twice(table: Table, shape: Shape) -> Iterator[Fault]:
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in table.rows:
        key = tuple(getattr(row, name) for name in shape.key)
        if key in seen:
            yield Fault(table.file, "twice", number, "+".join(shape.key), " ".join(map(str, key)), {"other": seen[key]})
        seen.setdefault(key, number)


def _dated(table: Table, shape: Shape, named: set[int]) -> Iterator[Fault]:
    """Rows of one key follow each other day by day: two at once contradict each other, days between two
    are nobody's.
    """

    def key(one: tuple[int, Any]) -> tuple[Any, ...]:
        return tuple(getattr(one[1], name) for name in shape.key)

    usable = [one for one in table.rows if one[0] not in named]
    for told, rows in groupby(sorted(usable, key=lambda one: (key(one), one[1].valid_from, one[0])), key):
        for (other, before), (number, row) in pairwise(rows):
            more: dict[str, object] = {"other": other, "key": " ".join(map(str, told))}
            if before.valid_to is None or row.valid_from <= before.valid_to:
                yield Fault(table.file, "overlap", number, "valid_from", f"{row.valid_from:%d/%m/%Y}", more)
            elif row.valid_from - before.valid_to > _DAY:
                more["ended"] = f"{before.valid_to:%d/%m/%Y}"
                yield Fault(table.file, "gap", number, "valid_from", f"{row.valid_from:%d/%m/%Y}", more)


def _nowhere(table: Table, shape: Shape, tables: Tables) -> Iterator[Fault]:
    for column, (target, its_column) in shape.refers.items():
        there = {getattr(row, its_column) for _, row in tables[target].rows}
        for number, row in table.rows if there and tables[target].is_whole else ():
            if (code := getattr(row, column)) and code not in there:
                yield Fault(table.file, "nowhere", number, column, code, {"list": tables[target].file})


def _rules(table: Table, awards: Table) -> Iterator[Fault]:
    recipients = {award.award: award.recipient for _, award in awards.rows}
    for place, field in (
        rules.misfits([rule for _, rule in table.rows], recipients) if recipients and awards.is_whole else ()
    ):
        number, rule = table.rows[place]
        code = {"valid_from": "rule_dates", "kind": "rule_kind"}.get(field, "rule_code")
        yield Fault(table.file, code, number, field, str(getattr(rule, field)))


def _synonyms(table: Table) -> Iterator[Fault]:
    """A word that means two awards would give one's commendation to the other."""
    meant: dict[str, tuple[str, int]] = {}
    for number, award in table.rows:
        for word in filter(None, (award.award, award.name, *award.synonyms.split("|"))):
            other, at = meant.setdefault(word.strip().casefold(), (award.award, number))
            if other != award.award:
                yield Fault(table.file, "ambiguous", number, "synonyms", word, {"other": at, "award": other})
