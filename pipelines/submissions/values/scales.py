"""Numbers that are held against each other stand on one scale: 96 % beside 90 is 96 beside 90 where the row is counted
in per cent.

A cell under a percent format, or "96%" as text, is 0.96 to Excel. Where its row says that it is counted in per cent
it is read as 96, as the plain numbers beside it are. Where nothing says so, or a plain fraction stands beside a
number it can hardly be meant with (or 96 under a percent format, which shows 9600 %), the cell is told and not used:
neither met nor unmet is known.
"""

import re
from collections.abc import Sequence

from pipelines.contract.shape import Sheet
from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.numbers import canonical
from pipelines.submissions.values.typed import ColumnTyped, Problem

_PER_CENT = re.compile(r"%|\b(phan tram|ty le|ti le|percent|per cent|pct)\b")
_NEAR = 2.0  # times: a fraction that is so near to the other number once it is taken for a percentage


def on_one_scale(
    sheet: Sheet, columns: dict[str, int], typed: list[ColumnTyped], letters: Sequence[str], rows: Sequence[int]
) -> list[ColumnTyped]:
    """The columns of a piece with the values of each pair on one scale.

    `columns`: name -> place in `typed` and `letters`.
    """
    for names, unit in sheet.scales:
        places = [columns[name] for name in names if name in columns]
        told = [typed[place] for place in places]
        if len(places) < 2 or not any(map(_may_differ, told)):
            continue
        units = typed[columns[unit]].values if unit in columns else [""] * len(rows)
        changed = [list(one.values) for one in told]
        problems = [list(one.problems) for one in told]
        for at in range(len(rows)):
            for number, value, problem in _row(told, at, units[at] or ""):
                changed[number][at] = value
                if problem:
                    other = next(place for place in range(len(told)) if place != number and told[place].values[at])
                    facts = (("other", f"{letters[places[other]]}{rows[at]}"), ("beside", told[other].raws[at]))
                    problems[number].append((at, Problem(problem, facts)))
        for number, place in enumerate(places):
            typed[place] = ColumnTyped(told[number].raws, changed[number], problems[number])
    return typed


def _may_differ(column: ColumnTyped) -> bool:
    """A percentage, or a fraction that could be one."""
    return any(raw.rstrip().endswith("%") for raw in column.raws) or any(
        value and (value == "1" or value.startswith("0.")) for value in column.values
    )


def _row(told: list[ColumnTyped], at: int, unit: str) -> list[tuple[int, str | None, str]]:
    """(which of the columns, its value, the check it fails or "") of the cells of a row that change or are told."""
    numbers = {n: float(value) for n, one in enumerate(told) if (value := one.values[at])}
    shares = {n for n in numbers if told[n].raws[at].rstrip().endswith("%")}
    per_cent = bool(_PER_CENT.search(fold(unit)))
    if shares and not per_cent:
        return [] if len(shares) == len(numbers) else [(n, None, "number.scale_unclear") for n in sorted(shares)]
    scaled = {n: numbers[n] * 100 if n in shares else numbers[n] for n in numbers}
    beyond = {n for n in shares if numbers[n] > 1 and any(_are_near(numbers[n], scaled[o]) for o in numbers if o != n)}
    found: list[tuple[int, str | None, str]] = [(n, None, "number.scale_unclear") for n in sorted(beyond)]
    found += [(n, canonical(round(scaled[n], 9)), "") for n in sorted(shares - beyond)]
    if per_cent and scaled and (largest := max(scaled.values())) > 1:
        small = [n for n in sorted(scaled) if n not in shares and 0 < scaled[n] <= 1]
        found += [(n, None, "number.scale_unclear") for n in small if _are_near(scaled[n] * 100, largest)]
    return found


def _are_near(one: float, other: float) -> bool:
    return other / _NEAR <= one <= other * _NEAR
