"""What a number format makes of a number: a percentage, or something Excel took an entry for ("12/2025" -> Dec-25,
"1E5", "1/2").
"""

import operator
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import inf

# Formats without a code of their own in the file; those of full dates and plain numbers need no look.
BUILT_IN = {
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 16: "d-mmm", 17: "mmm-yy", 48: "##0.0E+0",
}  # fmt: skip
_NOT_CODE = re.compile(
    r'"[^"]*"|[\\_*!].|\[[^\]]*\]'
)  # "_%" leaves as much room as a sign takes, "*%" fills the cell with it
_LITERAL = re.compile(r'"([^"]*)"')
_PART = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(d+|m+|y+)|(.)', re.DOTALL)
_FRACTION = re.compile(r"\?/\?|#/#|\d/\d")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGNIFICANT = ".12g"
_SECTION = re.compile(r'(?:"[^"]*"|[\\_*!].|\[[^\]]*\]|[^;])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_DIVIDED = re.compile(r"[0#?](,+)(?![0#?,])")  # a comma behind the last digit leaves three digits out
_THOUSAND = 1_000
TIMES = " × "
GENERAL = "General"
_NUMBERS = 3  # parts for numbers; the next one is for texts
# What a part shows: words, escaped signs, what fills the cell, time that goes by, signs of money, and the rest; no
# colour, no room.
_DRAWN = re.compile(
    r'"([^"]*)"|\\(.)|\*(.)|\[(h+|m+|s+)\]|\[\$([^\]-]+)[^\]]*\]|(?:_.|\[[^\]]*\])|(.)', re.IGNORECASE | re.DOTALL
)
_NO_ZERO = re.compile(r"[#?,]+")  # digits that are not drawn where they say nothing
_HALF = 0.5
_COLOURS = ("black", "white", "red", "green", "blue", "yellow", "magenta", "cyan")  # as they stand in a palette
_COLOUR = re.compile(rf"\[(?:({'|'.join(_COLOURS)})|color ?(\d{{1,2}}))\]", re.IGNORECASE)
_BEFORE_COLOURS = 7  # "Color1" is the eighth of a palette


def bare(code: str) -> str:
    """A format without what it only shows or lays out: words in quotes, escaped signs, colours and conditions."""
    return _NOT_CODE.sub("", code)


def is_percent(code: str) -> bool:
    """0% and its like, be it for some numbers only: "[<1]0%;0"."""
    return "%" in bare(code)


def divisor(code: str) -> int:
    """1000 for "#,##0,", a million for "0.0,,", 1 for a format that shows the number itself."""
    found = _DIVIDED.search(bare(code))
    return int(_THOUSAND ** len(found[1])) if found else 1


def looks(number: float, code: str) -> str:
    """A number under a format of per cent or of thousands where it shows otherwise than it is held: "96,5%", "96 ×
    1000"; else "".
    """
    section = _section(number, [*_sections(code)])
    if is_percent(section):
        return percent(number)
    by = divisor(section)
    return f"{format(number / by, _SIGNIFICANT).replace('.', ',')}{TIMES}{by}" if by > 1 and number else ""


def parts_of(code: str) -> list[str]:
    """The parts of a format: "positive;negative;zero;text", or fewer."""
    return [*_sections(code or GENERAL)]


def drawn_by(number: float | None, code: str) -> str:
    """The part of a format that draws a number or (None) a text; a text is drawn as it is where none is meant for
    texts.
    """
    for_numbers, for_texts = _by_kind(code)
    return for_texts if number is None else _section(number, for_numbers)


@lru_cache(maxsize=2_000)
def _by_kind(code: str) -> tuple[list[str], str]:
    """The parts of a format for numbers, and the one for texts."""
    parts = parts_of(code)
    is_for_texts = len(parts) > _NUMBERS or "@" in bare(parts[-1])
    for_texts = parts.pop() if is_for_texts else GENERAL
    return parts or [GENERAL], for_texts


def draws_nothing(part: str, number: float) -> bool:
    """Whether nothing is seen of a number (or of a text, where it is 0) under a part of a format: "", "#,###" of 0."""
    return abs(number) < _undrawn(part)


@lru_cache(maxsize=2_000)
def _undrawn(part: str) -> float:
    """Of numbers nearer to zero than this nothing is drawn."""
    shown = "".join("".join(found) for found in _DRAWN.findall(part)).strip()
    if not shown:
        return inf
    return divisor(part) * _HALF if _NO_ZERO.fullmatch(shown) else 0


def colour_of(part: str) -> int | None:
    """The number, in a palette, of the colour that a part of a format gives."""
    found = _COLOUR.search(part)
    if found is None:
        return None
    return int(found[2]) + _BEFORE_COLOURS if found[2] else _COLOURS.index(found[1].lower())


def _section(number: float, sections: list[str]) -> str:
    """The part of a format that a number is shown by: conditions of its own, or "positive;negative;zero"."""
    for section, is_meant in zip(
        sections, (number >= 0 if len(sections) < 3 else number > 0, number < 0), strict=False
    ):
        if found := _CONDITION.search(section):
            is_meant = bool(_COMPARED[found[1]](number, float(found[2])))
        if is_meant:
            return section
    return sections[min(len(sections), 3) - 1]


def _sections(code: str) -> Iterator[str]:
    at = 0
    while at <= len(code) and (found := _SECTION.match(code, at)):
        yield found[0]
        at = found.end() + 1


def percent(number: float) -> str:
    """0.965 as a percentage, with every digit it has: "96,5%"."""
    return format(number * 100, _SIGNIFICANT).replace(".", ",") + "%"


def is_turned(code: str) -> bool:
    """A format that Excel gives to an entry it took for something else: part of a date, a power of ten, a fraction."""
    shape = bare(code).lower()
    if "general" in shape or "h" in shape or "s" in shape:
        return False
    parts = {letter for letter in "dmy" if letter in shape}
    return 0 < len(parts) < 3 or "e+" in shape or "e-" in shape or bool(_FRACTION.search(shape))


def rendered(value: object, code: str) -> str:
    """What a cell under such a format shows; a code in quotes shows just that. "" for a value no such format is for."""
    if literal := _LITERAL.fullmatch(code):
        return literal[1]
    if isinstance(value, date):
        return _date(value, code)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return _power(value, code) if "e" in bare(code).lower() else _fraction(value)


def _date(day: date, code: str) -> str:
    shown = {
        "d": str(day.day), "dd": f"{day.day:02d}", "m": str(day.month), "mm": f"{day.month:02d}",
        "mmm": _MONTHS[day.month - 1], "yy": f"{day:%y}", "y": f"{day:%y}",
    }  # fmt: skip

    def part(found: re.Match[str]) -> str:
        quoted, escaped, letters, other = found.groups()
        if letters is None:
            return quoted or escaped or other or ""
        return shown.get(
            letters, f"{day.year}" if letters[0] == "y" else shown["mmm"] if letters[0] == "m" else shown["dd"]
        )

    return _PART.sub(part, code.lower().split(";")[0]).strip()


def _power(number: float, code: str) -> str:
    digits = re.search(r"\.([0#]*)", code)
    return format(number, f".{len(digits[1]) if digits else 0}E").replace(".", ",")


def _fraction(number: float) -> str:
    whole, rest = divmod(abs(number), 1)
    part = Fraction(rest).limit_denominator(99)
    sign, front = "-" if number < 0 else "", f"{int(whole)} " if whole and part else f"{int(whole)}" if not part else ""
    return f"{sign}{front}{part}" if part else f"{sign}{front}"
