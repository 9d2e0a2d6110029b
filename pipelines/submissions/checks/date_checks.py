"""Dates whose day and month were probably swapped: a month-first Excel swaps those it can and leaves the others as
text.

"05/11/2025" becomes 11 May, a real date whose day is at most 12; "14/11/2025" stays a text with a day above 12.
Where real dates and texts stand beside each other and every one of them fits that, what was pasted went through such
an Excel.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from pipelines.contract.shape import Kind
from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.fold import ranges
from pipelines.submissions.sheets.page import Page

_LAST_MONTH = 12
_CONVERTED = re.compile(r"\d{1,2}\s*[/-]")  # texts with dots no Excel converts: they tell nothing
# Of a part of a column (or of a row) that fits by chance, where the rest does not: so many are needed.
_FEWEST_EACH, _FEWEST = 2, 5
_FEWEST_ACROSS = 3
_DAY_ZERO, _DAY = datetime(1899, 12, 30), re.compile(r"[1-9]\d{4}")  # how a spreadsheet counts days


class _Date(NamedTuple):
    place: int
    is_text: bool
    fits: bool


def check(page: Page) -> None:
    """`date.suspect` at the real dates of a column, or of columns pasted together, naming the texts."""
    names = [column.name for column in page.sheet.columns if column.kind is Kind.DATE]
    if not any(page.texts.get(name) for name in names):
        return
    columns = {name: list(_dates(page, name)) for name in names}
    rest: dict[str, list[_Date]] = {}
    for name, dates in columns.items():
        runs = [run for run in _runs(dates) if _is_mixed(run, whole=len(run) == len(dates))]
        for run in runs:
            _tell(page, {name: run})
        if dates and not runs and all(date.fits for date in dates):
            rest[name] = dates
    _across(page, rest)


def check_numbers(page: Page, year: int) -> None:
    """A decision number that was taken for a day of about this year, and then shown as a plain number: "12/2025" as
    45992.
    """
    for place, text in enumerate(page.values.get("decision_no", ()) if year else ()):
        if text and _DAY.fullmatch(text) and abs((_DAY_ZERO + timedelta(int(text))).year - year) <= 1:
            page.tell("text.turned", "decision_no", place)


def _dates(page: Page, name: str) -> Iterator[_Date]:
    texts = page.texts.get(name, set())
    for place, on in enumerate(page.values.get(name, ())):
        if not on:
            continue
        if place not in texts:
            yield _Date(place, False, int(on[8:10]) <= _LAST_MONTH)
        elif _CONVERTED.match(page.sink.cells.raw(page.title, name, page.rows[place]).strip()):
            yield _Date(place, True, int(on[8:10]) > _LAST_MONTH)


def _runs(dates: Iterable[_Date]) -> Iterator[list[_Date]]:
    """Dates in a row that all fit."""
    run: list[_Date] = []
    for date in dates:
        if date.fits:
            run.append(date)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_mixed(run: list[_Date], whole: bool) -> bool:
    texts = sum(one.is_text for one in run)
    fewest = min(texts, len(run) - texts)
    return fewest > 0 and (whole or (fewest >= _FEWEST_EACH and len(run) >= _FEWEST))


def _across(page: Page, columns: dict[str, list[_Date]]) -> None:
    """One column all texts, another all real, in the same rows: they were pasted together."""
    texts = {date.place for dates in columns.values() for date in dates if date.is_text}
    real = {date.place for dates in columns.values() for date in dates if not date.is_text}
    shared = {name: [date for date in dates if date.place in texts & real] for name, dates in columns.items()}
    if sum(map(len, shared.values())) >= _FEWEST_ACROSS:
        _tell(page, shared)


def _tell(page: Page, columns: dict[str, list[_Date]]) -> None:
    cells = [_cells(page, name, [date for date in dates if date.is_text]) for name, dates in columns.items()]
    other = ", ".join(filter(None, cells))
    for name, dates in columns.items():
        if rows := [page.rows[date.place] for date in dates if not date.is_text]:
            place = (page.title, page.columns[name], rows, page.header(name))
            page.sink.problems.add("date.suspect", *place, params={"other": other})


def _cells(page: Page, name: str, dates: list[_Date]) -> str:
    return ranges([page.rows[date.place] for date in dates], column_letter(page.columns[name]))
