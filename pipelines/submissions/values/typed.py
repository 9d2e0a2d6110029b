"""From the value of a cell to its canonical text, or to what is wrong with it.

Equal cells of a column are typed once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.records.parsed import as_written
from pipelines.submissions.values.number_formats import TIMES, percent

MOST_REMEMBERED = 20_000
Params = tuple[tuple[str, str], ...]


class Problem(NamedTuple):
    """A check that a cell fails, and what its sentence needs besides the value."""

    code: str
    params: Params = ()


class Typed(NamedTuple):
    """`raw` as written; `value` canonical, "" for an empty cell, None where unusable."""

    raw: str
    value: str | None
    problems: tuple[Problem, ...] = ()


EMPTY = Typed("", "")


@dataclass(frozen=True)
class Broken:
    """A cell the workbook reader gave nothing for: an error, a formula without a stored value, an odd value."""

    code: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Shown:
    """A number that its format shows otherwise: 7 as "007", 0.96 as "96%", 96000 as "96 × 1000"."""

    number: float
    text: str

    @property
    def is_percentage(self) -> bool:
        """Shown a hundred times as large; 96 under the format 0"%" is not."""
        return self.text == percent(self.number)

    @property
    def is_divided(self) -> bool:
        """Shown without its last three digits, or six."""
        return TIMES in self.text

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Turned:
    """What Excel took an entry for, and what the cell shows: 1 December 2025 as "Dec-25", 100000 as "1,00E+05", a truth
    value.
    """

    held: object
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class OldFont:
    """A text in a TCVN3 or VNI font."""

    text: str
    font: str

    def __str__(self) -> str:
        return self.text


Read = Callable[[object], Typed]


class Memo(dict[object, Typed]):
    """Cell -> Typed, made by `read` once for each different cell and forgotten when there are too many."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: object) -> Typed:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        typed = _broken(cell) if isinstance(cell, Broken) else self.read(cell)
        self[cell] = typed
        return typed


def _broken(cell: Broken) -> Typed:
    return Typed(cell.text, None, (Problem(cell.code),))


def wrong(cell: object, code: str, **params: str) -> Typed:
    """A cell that cannot be used, with the check it fails."""
    return Typed(as_written(cell), None, (Problem(code, tuple(params.items())),))


class ColumnTyped(NamedTuple):
    """A column after typing, by place. `problems` holds only the places that have some."""

    raws: Sequence[str]
    values: Sequence[str | None]
    problems: Sequence[tuple[int, Problem]] = ()


def through(memo: Memo, column: Sequence[object]) -> ColumnTyped:
    """A column typed cell by cell, each different cell once."""
    typed = list(map(memo.__getitem__, column))
    if not typed:
        return ColumnTyped((), ())
    raws, values, problems = zip(*typed, strict=True)
    found = [(i, problem) for i, some in enumerate(problems) if some for problem in some] if any(problems) else ()
    return ColumnTyped(raws, values, found)
