"""Rows that are not complete, looked at closely: a total, a note, a title, a signature, a second header, or data after
all.

A row with every required column filled is data and never comes here, whatever its words.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.contract.shape import Kind, Sheet
from pipelines.contract.workbooks import WORKBOOKS
from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.fold import Problems
from pipelines.submissions.sheets.grid import Piece
from pipelines.submissions.sheets.headers import Header, header_names, is_filled, named_in
from pipelines.submissions.sheets.row_words import (
    are_column_numbers,
    is_bullet,
    is_code,
    is_note,
    is_ordinal,
    is_quantity,
    is_total,
    names_a_group,
    names_an_office,
    section_title,
)
from pipelines.submissions.sheets.signatures import MOST, is_signature
from pipelines.submissions.values.cleaning import clean

_FEWEST = 3  # headers that make a row a header once more
_TITLE_ROWS = 3  # above such a header that may hold its title
_MUCH = 4  # required columns without anything beside two cells: hardly a row that somebody is at
_WORDS = 3  # in the place of a code they are a sentence
_MOST_JUDGED = 2_000  # incomplete rows of a sheet that are looked at: with more of them it is beyond a stray line


@dataclass
class RowKinds:
    """Judges the rows of one sheet, in their order, and tells what it passes over."""

    sheet: Sheet
    title: str
    header: Header
    problems: Problems
    ended: int = 0  # row of a second header with another layout: nothing below it is read
    _below: set[int] = field(default_factory=set)  # filled rows there
    _second: tuple[int, str, str] = (0, "", "")  # its first column, what stands there, the sheet it is of
    _judged: int = 0
    _signed: dict[int, int] = field(default_factory=dict)  # column -> row of the first line for a signature in it
    _noted: dict[int, int] = field(default_factory=dict)  # column -> row of the last line of a note in it

    def __post_init__(self) -> None:
        columns, index = [c for c in self.sheet.columns if c.name in self.header.columns], self.header.columns
        codes = [c.name for c in columns if c.kind is Kind.CODE]
        self._codes = {index[c.name] for c in columns if c.required and c.kind is Kind.CODE} or {
            index[name] for name in codes[:1]
        }
        self._all_codes = {index[name] for name in codes}
        self._named = {index[c.name] for c in columns if c.required and c.kind not in (Kind.INTEGER, Kind.NUMBER)}
        self._texts = {index[c.name] for c in columns if c.required and c.kind is Kind.TEXT}
        self._asides = {index[c.name] for c in columns if not c.required and c.kind is Kind.TEXT}
        self._required = {index[c.name]: c.header for c in columns if c.required and not c.prefilled}
        self._prefilled = {index[c.name] for c in columns if c.prefilled}
        self._read = sorted({*index.values(), *self.header.ordinals})

    def passed_over(self, part: Piece, places: Sequence[int], unusable: Collection[tuple[int, int]]) -> set[int]:
        """Which of these incomplete rows of a piece hold no data. Each is told.

        `unusable`: place and index of cells.
        """
        self._judged += len(places)
        looked_at = places if self._judged <= _MOST_JUDGED else places[: max(_MOST_JUDGED - self._judged, 0)]
        return {place for place in looked_at if self._is_no_data(part, place, unusable)}

    def above_end(self, part: Piece, places: Sequence[int]) -> list[int]:
        """The rows that stand above a second header; those below are counted."""
        if not self.ended:
            return list(places)
        rows = {place: part.first_row + place for place in places}
        self._below.update(row for row in rows.values() if row > self.ended)
        return [place for place, row in rows.items() if row < self.ended]

    def finish(self) -> None:
        """Tell what was not read below a second header."""
        if self.ended:
            index, value, title = self._second
            facts = {"title": title, "rows": str(len(self._below))}
            self.problems.add("header.second", self.title, index, [self.ended], value=value, params=facts)

    def _is_no_data(self, part: Piece, place: int, unusable: Collection[tuple[int, int]]) -> bool:
        row, number = part.rows[place], part.first_row + place
        if self.ended and number >= self.ended:
            return number == self.ended
        filled = [i for i in self._read if is_filled(row, i) and not self._counts_only(row, i)]
        if not filled:
            return False
        if self._is_header(row, filled, number):
            return True
        if self._is_total(row, filled):
            word = str(row[filled[0]])
            self._tell("row.total", filled[0], number, word, letter=column_letter(filled[0]))
            return True
        if self._is_signature(row, filled, number):
            self._tell("row.signature", filled[0], number, str(row[filled[0]]))
            return True
        shown = " | ".join(clean(str(row[index]))[0] for index in filled[:MOST])
        if self._is_note(part, place, filled) or self._is_section(row, filled):
            self._tell("row.note", filled[0], number, shown)
            return True
        if self._is_unclear(row, filled, {index for index in filled if (place, index) in unusable}):
            missing = ", ".join(name for index, name in self._required.items() if index not in filled)
            self._tell("row.unclear", filled[0], number, shown, missing=missing)
            return True
        return False

    def _tell(self, code: str, index: int, row: int, value: str, **params: str) -> None:
        self.problems.add(code, self.title, index, [row], value=value, params=params)

    def _counts_only(self, row: Sequence[object], index: int) -> bool:
        """The number of a row, unless it is that of a section or a word."""
        return index in self.header.ordinals and not is_ordinal(row[index]) and not is_total(row[index])

    def _is_header(self, row: Sequence[object], filled: Sequence[int], number: int) -> bool:
        cells = [row[index] for index in filled]
        if number <= self.header.last_row + 2 and are_column_numbers(cells):
            self._tell("row.note", filled[0], number, " | ".join(map(str, cells[:MOST])))
            return True
        kind = self._header_kind(row)
        if kind == "same":
            self._tell("row.note", filled[0], number, str(cells[0]))
        elif kind:
            self.ended, self._second = number, (filled[0], str(cells[0]), kind)
        return bool(kind)

    def _header_kind(self, row: Sequence[object]) -> str:
        """ "same" for this sheet's header once more, the title of the sheet a row is the header of otherwise, or ""."""
        filled = sum(is_filled(row, index) for index in range(len(row)))
        if filled < _FEWEST:
            return ""
        own = named_in(row, header_names(self.sheet))
        if _is_most(own, filled):
            same = all(self.header.columns.get(name) == index for index, name in own.items())
            return "same" if same else self.sheet.title
        others = (sheet for form in WORKBOOKS.values() for sheet in form.sheets)
        return next((one.title for one in others if _is_most(named_in(row, header_names(one)), filled)), "")

    def _is_total(self, row: Sequence[object], filled: Sequence[int]) -> bool:
        """A word for a total and no code; or that word in the code's own place and nothing named."""
        if not is_total(row[filled[0]]):
            return False
        others = self._codes if filled[0] not in self._codes else self._named - {filled[0]}
        return not others & {index for index in filled if not is_quantity(row[index])}

    def _is_signature(self, row: Sequence[object], filled: Sequence[int], number: int) -> bool:
        """Every filled cell a line for a signature, or (the name below it) in the columns of such a line above."""
        if not 0 < len(filled) <= min(MOST, len(self._required) - 1):
            return False
        lines = [index for index in filled if is_signature(row[index])]
        if len(lines) < len(filled) and not all(self._signed.get(index, number) < number for index in filled):
            return False
        for index in lines:
            self._signed.setdefault(index, number)
        return True

    def _is_note(self, part: Piece, place: int, filled: Sequence[int]) -> bool:
        row, number, first = part.rows[place], part.first_row + place, filled[0]
        if len(filled) > MOST:
            return False
        if is_note(row[first]) or (len(filled) == 1 and is_bullet(row[first])):
            self._noted[first] = number
            return True
        if len(filled) > 1:
            return False
        if self._noted.get(first) in (number - 1, number) and self._is_sentence(row, first):
            self._noted[first] = number  # the note goes on
            return True
        below = part.rows[place + 1 : place + 1 + _TITLE_ROWS]
        return any(self._header_kind(after) == "same" for after in below)

    def _is_section(self, row: Sequence[object], filled: Sequence[int]) -> bool:
        """Certain where the title cannot be the beginning of a row of this sheet."""
        cells = [row[index] for index in filled]
        people, teams = "full_name" in self.header.columns, "team_name" in self.header.columns
        if people and (len(cells) == 1 or (len(cells) == 2 and is_quantity(cells[0]))) and names_an_office(cells[-1]):
            return True
        title = section_title(cells[:2]) if len(cells) <= MOST else ""
        if not title or (len(cells) > 2 and isinstance(cells[2], str) and not cells[2][:1].isdecimal()):
            return False
        return names_an_office(title) if people else names_a_group(title) if teams else True

    def _is_unclear(self, row: Sequence[object], filled: Sequence[int], unusable: set[int]) -> bool:
        """Words that may be a note or the beginning of a row: asked once instead of once a column that is missing."""
        own = [index for index in filled if index not in self._prefilled or self._is_sentence(row, index)]
        if len(self._required) < 2 or not own or any(is_code(row[index]) for index in own if index in self._all_codes):
            return False
        missing = len(self._required.keys() - {*own})
        if len(own) == 2:
            is_little = missing >= _MUCH or (missing > 1 and bool(unusable & {*own}))
            return is_little or bool(section_title([row[index] for index in own]))
        if len(own) > 2:
            return False
        [index] = own
        if missing > 1 and (index in self._all_codes or is_quantity(row[index])):
            return True
        if index in self._all_codes:
            return self._is_sentence(row, index)
        if index in self._texts:
            return bool(section_title([row[index]]))
        return missing >= _MUCH or (isinstance(row[index], str) and (index in unusable or index in self._asides))

    def _is_sentence(self, row: Sequence[object], index: int) -> bool:
        text = clean(str(row[index]))[0]
        code, bar, _ = text.partition("|")
        if bar and index in self._all_codes and not is_ordinal(code.strip()):
            text = code.strip()  # "T01 | Ban Nội chính …", as the drop-down list writes it
        return len(text.split()) >= _WORDS or not text[:1].isalnum()


def _is_most(found: Mapping[int, str], filled: int) -> bool:
    return len(found) >= _FEWEST and 2 * len(found) > filled
