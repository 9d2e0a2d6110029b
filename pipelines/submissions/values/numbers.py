"""Numbers: real ones, or text with decimal comma and thousand dot, or a percentage ("85%" = 0.85, as Excel itself keeps
it).
"""

import re
from math import isfinite

from pipelines.records.parsed import as_written
from pipelines.submissions.values.cleaning import clean
from pipelines.submissions.values.typed import EMPTY, Problem, Read, Shown, Typed, wrong

_LARGEST = 1e15  # beyond, a spreadsheet number is no longer exact
_TEXT = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?\s?(%?)")
_AS_TEXT = (Problem("number.as_text"),)


def number_reader(whole: bool, minimum: float | None, maximum: float | None) -> Read:
    """The rule of a number column: "7" or "12.5", or what is wrong."""

    def read(cell: object) -> Typed:
        if isinstance(cell, str):
            text = clean(cell)[0]
            if not text:
                return EMPTY
            number = _from_text(text)
        else:
            number, text = _of_cell(cell)
        if number is None or not isfinite(number) or (whole and text.endswith("%")):  # nothing is counted in per cent
            return wrong(cell, "number.invalid")
        return _checked(cell, number, whole, minimum, maximum)

    return read


def _of_cell(cell: object) -> tuple[float | None, str]:
    """The number a cell holds, and what it shows if that is a percentage."""
    if isinstance(cell, Shown):
        return cell.number, cell.text
    return (float(cell), "") if isinstance(cell, (int, float)) else (None, "")


def _from_text(text: str) -> float | None:
    found = _TEXT.fullmatch(text.replace("\u2212", "-"))
    if not found:
        return None
    number = float(found[1] + found[2].replace(".", "") + (found[3] or "").replace(",", "."))
    return number / 100 if found[4] else number


def canonical(number: float) -> str:
    """Fifteen digits, as many as a spreadsheet keeps; whole numbers without a point."""
    text = format(number, ".15g")
    return "0" if text == "-0" else text


def _checked(cell: object, number: float, whole: bool, minimum: float | None, maximum: float | None) -> Typed:
    text = canonical(number)
    if abs(number) >= _LARGEST:
        return wrong(cell, "number.too_large", limit=canonical(_LARGEST - 1))
    if whole and not float(text).is_integer():
        return wrong(cell, "number.not_whole")
    if minimum is not None and number < minimum:
        return wrong(cell, "number.too_small", limit=canonical(minimum))
    if maximum is not None and number > maximum:
        return wrong(cell, "number.too_large", limit=canonical(maximum))
    if isinstance(cell, Shown) and cell.is_divided:
        return Typed(cell.text, text, (Problem("number.divided", (("held", text),)),))
    return Typed(as_written(cell), text, _AS_TEXT if isinstance(cell, str) else ())
