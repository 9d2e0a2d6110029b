"""What people read: gettext catalogues (one .po a subject and language) and the way numbers and dates are written."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent
EMPTY = "–"
VIETNAM = timezone(timedelta(hours=7))  # no summer time; deadlines are days in Vietnam, wherever the server stands


@lru_cache
def catalogue(lang: str) -> dict[str, str]:
    """All texts of one language: stable key -> sentence with {named} places."""
    texts: dict[str, str] = {}
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open("rb") as file:
            texts.update({str(message.id): str(message.string) for message in read_po(file) if message.id})
    return texts


def say(key: str, lang: str, /, **params: object) -> str:
    """The sentence of a key. A missing key is a KeyError: the tests find it before a reader does."""
    return catalogue(lang)[key].format(**params)


def say_problem(code: str, facts: Mapping[str, str], lang: str) -> str:
    """The sentence of a `Problem`: why nothing could be done, and the remedy."""
    named, texts = {}, catalogue(lang)
    if code == "unknown":
        what = f"what.{facts['what']}"
        named = {"what": texts[what], "fix": texts.get(f"{what}.fix", texts["what.fix"])}
    if code == "reference_invalid":
        named = {"faults": facts[f"faults_{lang}"]}
    return say(f"problem.{code}", lang, **{**facts, **named})


@lru_cache(maxsize=20_000)
def number(value: float | int | None, lang: str, decimals: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; a dash for nothing."""
    if value is None or value != value:
        return EMPTY
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=lang)


def signed(value: float, lang: str, decimals: int = 0) -> str:
    """A change with its sign: +2,1 · −0,3 · ±0."""
    return ("+" if value > 0 else "−" if value < 0 else "±") + number(abs(value), lang, decimals)


def percent(value: float | None, lang: str, decimals: int = 1) -> str:
    """A share (0–1) as 12,3% or 12.3%; a dash for nothing."""
    return EMPTY if value is None or value != value else number(value * 100, lang, decimals) + "%"


def day(value: date | None, lang: str) -> str:
    """30/06/2026 in both languages: day first, so that nobody reads a month for a day."""
    return EMPTY if value is None else f"{value:%d/%m/%Y}"


def period_name(period: str, lang: str) -> str:
    """Năm 2025 · 6 tháng đầu năm 2025, of "2025" and "2025H1"."""
    kind, year = ("h1", period[:4]) if period.endswith("H1") else ("year", period)
    return say(f"period.{kind}", lang, year=year)


def day_in_words(value: date, lang: str) -> str:
    """ngày 30 tháng 6 năm 2026 · 30 June 2026. Receipts use it: a swapped day and month is seen at once."""
    if lang == "vi":
        return f"ngày {value.day} tháng {value.month} năm {value.year}"
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return f"{value.day} {months[value.month - 1]} {value.year}"


def in_vietnam(value: datetime) -> datetime:
    """An instant by the clock in Vietnam, wherever the server stands: deadlines are days there."""
    return value.astimezone(VIETNAM)


def instant(value: datetime | None, lang: str) -> str:
    """30/06/2026 14:05, in Vietnam."""
    return EMPTY if value is None else f"{in_vietnam(value):%d/%m/%Y %H:%M}"
