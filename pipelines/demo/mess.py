"""How people write: the style of one workbook, and a cell as somebody with that style would type it."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from random import Random

from pipelines.contract.reference import Reference
from pipelines.contract.shape import Column, InfoField, Kind
from pipelines.contract.vocabulary import AWARD, VOCABULARIES

_DATES = {"dots": "%d.%m.%Y", "slashes": "%d/%m/%Y", "iso": "%Y-%m-%d", "dashes": "%d-%m-%Y"}
_FONTS = ("Times New Roman", "Times New Roman", "Arial", "Calibri", "Tahoma")
_SPREAD = 0.15  # of the cells of an untidy workbook carry its untidiness


@dataclass(frozen=True)
class Style:
    """The habits behind one workbook. `by_hand`: not typed into the template but laid out by the clerk."""

    by_hand: bool = False
    dates: str = "real"  # real, or a key of _DATES: typed as text
    choices: str = "label"  # label | synonym | code | piped | lower
    numbers: str = "real"  # real | text (decimal comma, thousand dot)
    text: str = "plain"  # plain | nfd | nbsp | spaces
    piped: bool = True  # "code | name"; else the bare code
    numbered: bool = False  # "3. Khen thưởng"
    header_row: int = 1
    shuffled: bool = False
    ordinal: bool = False  # a first column STT
    extra: bool = False  # a column nobody asked for
    total: bool = False
    hidden: bool = False  # a column hidden
    font: str = "Times New Roman"


def style_of(rng: Random, by_hand: bool) -> Style:
    """The habits of a clerk in a year; half of those who use the template use it as meant."""
    if not by_hand and rng.random() < 0.5:
        return Style()
    return Style(
        by_hand=by_hand,
        dates=rng.choices(("real", "dots", "slashes", "iso", "dashes"), (50, 15, 20, 5, 10))[0],
        choices=rng.choices(("label", "synonym", "code", "piped", "lower"), (40, 20, 20, 10, 10))[0],
        numbers="text" if rng.random() < 0.2 else "real",
        text=rng.choices(("plain", "nfd", "nbsp", "spaces"), (50, 15, 15, 20))[0],
        piped=rng.random() < 0.6,
        numbered=rng.random() < 0.4,
        header_row=rng.choice((1, 2, 3, 4, 5, 7, 9)),
        shuffled=rng.random() < 0.3,
        ordinal=rng.random() < 0.5,
        extra=rng.random() < 0.2,
        total=rng.random() < 0.3,
        hidden=rng.random() < 0.15,
        font=rng.choice(_FONTS),
    )


class Hand:
    """Types cells in one style. `names`: code -> name, for "code | name"."""

    def __init__(self, style: Style, rng: Random, reference: Reference, names: dict[str, str]) -> None:
        self.style, self.rng, self.names = style, rng, names
        self.words: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
            key: {code.code: (code.label, code.synonyms) for code in codes} for key, codes in VOCABULARIES.items()
        }
        self.words[AWARD] = {
            a.award: (a.name, tuple(s for s in a.synonyms.split("|") if s)) for a in reference.award_catalogue
        }

    def typed(self, item: Column | InfoField, value: object) -> object:
        """The cell as it will stand in the workbook."""
        if value is None or value == "":
            return None
        if isinstance(value, date):
            pattern = _DATES.get(self.style.dates)
            return value.strftime(pattern) if pattern else value
        if isinstance(value, (int, float)):
            return self._number(item, value)
        text = str(value)
        if item.vocabulary and text in self.words[item.vocabulary]:
            return self._choice(item.vocabulary, text)
        if item.refers and self.style.piped and self.names.get(text):
            text = f"{text} | {self.names[text]}"
        return self._text(text) if item.kind is Kind.TEXT else text

    def _number(self, item: Column | InfoField, value: int | float) -> object:
        if self.style.numbers == "real" or isinstance(item, InfoField) or self.rng.random() > 2 * _SPREAD:
            return value
        return f"{value:,.10g}".replace(",", " ").replace(".", ",").replace(" ", ".")

    def _choice(self, vocabulary: str, code: str) -> str:
        label, synonyms = self.words[vocabulary][code]
        habit = self.style.choices
        if habit == "synonym" and synonyms:
            return self.rng.choice(synonyms)
        if habit == "code":
            return code
        if habit == "piped":
            return f"{code} | {label}"
        return label.lower() if habit == "lower" else label

    def _text(self, text: str) -> str:
        if self.style.text == "plain" or self.rng.random() > _SPREAD:
            return text
        if self.style.text == "nfd":
            return unicodedata.normalize("NFD", text)
        if self.style.text == "nbsp":
            return text.replace(" ", "\u00a0", 1)
        return f" {text.replace(' ', '  ', 1)} "
