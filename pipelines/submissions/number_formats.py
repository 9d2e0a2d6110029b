"""What a number format makes of a number: a percentage, or something Excel took an entry for ("12/2025" -> Dec-25, "1E5", "1/2")."""

import re
from datetime import date
from fractions import Fraction

# Formats without a code of their own in the file; those of full dates and plain numbers need no look.
BUILT_IN = {
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 16: "d-mmm", 17: "mmm-yy", 48: "##0.0E+0",
}  # fmt: skip
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LITERAL = re.compile(r'"([^"]*)"')
_PART = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(d+|m+|y+)|(.)', re.DOTALL)
_FRACTION = re.compile(r"\?/\?|#/#|\d/\d")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGNIFICANT = ".12g"


def is_percent(code: str) -> bool:
    """0% and its like."""
    return "%" in _NOT_CODE.sub("", code)


def percent(number: float) -> str:
    """0.965 as a percentage, with every digit it has: "96,5%"."""
    return format(number * 100, _SIGNIFICANT).replace(".", ",") + "%"


def is_turned(code: str) -> bool:
    """A format that Excel gives to an entry it took for something else: part of a date, a power of ten, a fraction."""
    bare = _NOT_CODE.sub("", code).lower()
    if "general" in bare or "h" in bare or "s" in bare:
        return False
    parts = {letter for letter in "dmy" if letter in bare}
    return 0 < len(parts) < 3 or "e+" in bare or "e-" in bare or bool(_FRACTION.search(bare))


def rendered(value: object, code: str) -> str:
    """What a cell under such a format shows; a code in quotes shows just that. "" for a value no such format is for."""
    if literal := _LITERAL.fullmatch(code):
        return literal[1]
    if isinstance(value, date):
        return _date(value, code)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return _power(value, code) if "e" in _NOT_CODE.sub("", code).lower() else _fraction(value)


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
