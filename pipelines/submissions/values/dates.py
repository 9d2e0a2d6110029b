"""Dates: real Excel dates or text, day first. Two-digit years and month-first text are problems, never guesses."""

import re
from datetime import date, datetime, time

from pipelines.records.parsed import as_written
from pipelines.submissions.values.cleaning import clean
from pipelines.submissions.values.typed import EMPTY, Problem, Typed, wrong
from pipelines.submissions.values.validations import EARLIEST, LATEST

_CLOCK = r"(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?))?"
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})" + _CLOCK)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _CLOCK)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*([/.-])\s*\d{1,2}\s*\1\s*\d{2}")
_DROPPED = (Problem("date.time_dropped"),)


def looks_like_date(text: str) -> bool:
    """Whether a text is written as a date, be it real or not."""
    return any(form.fullmatch(text.strip()) for form in (_DAY_FIRST, _SHORT_YEAR, _ISO))


def read_date(cell: object) -> Typed:
    """A cell of a date column: ISO date, or what is wrong with it."""
    if isinstance(cell, datetime):
        return _checked(cell, cell.date(), dropped=cell.time() != time())
    if isinstance(cell, date):
        return _checked(cell, cell)
    if not isinstance(cell, str):
        return wrong(cell, "date.invalid")
    text = clean(cell)[0]
    return _from_text(cell, text) if text else EMPTY


def _from_text(cell: str, text: str) -> Typed:
    found = _DAY_FIRST.fullmatch(text)
    if found:
        day, month, year, clock = int(found[1]), int(found[3]), int(found[4]), found[5]
    elif iso := _ISO.fullmatch(text):
        day, month, year, clock = int(iso[3]), int(iso[2]), int(iso[1]), iso[4]
    else:
        return wrong(cell, "date.two_digit_year" if _SHORT_YEAR.fullmatch(text) else "date.invalid")
    try:
        on = date(year, month, day)
    except ValueError:
        swapped = found is not None and month > 12 >= day and month <= 31
        return wrong(cell, "date.month_first" if swapped else "date.invalid")
    return _checked(cell, on, dropped=bool(clock and clock.strip("0:")))


def _checked(cell: object, on: date, dropped: bool = False) -> Typed:
    if not EARLIEST <= on <= LATEST:
        return wrong(cell, "date.invalid")
    return Typed(as_written(cell), on.isoformat(), _DROPPED if dropped else ())
