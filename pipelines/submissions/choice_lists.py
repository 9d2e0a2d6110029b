"""The hidden sheet `DanhMuc` of a template: every drop-down list behind a defined name.

Fixed lists are plain cells. Lists of people, teams and initiatives follow what the clerk types: two columns of
formulas gather the non-empty rows of their sheet without gaps. Excel 2010 functions only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.contract.reference import Reference, Unit, awards_on, period_of
from pipelines.contract.shape import Column, InfoField, Refers, Sheet, Workbook
from pipelines.contract.vocabulary import AWARD, VOCABULARIES
from pipelines.contract.workbooks import LIST_SHEET

HEADER_ROW = 3  # of every data sheet, counted from 1
FIRST_ROW = HEADER_ROW + 1
_TOP = 3  # first row of a list on DanhMuc, counted from 1
_PREFIX = "DM_"
MOST = 500  # entries of one growing list: every entry costs two formulas in each file sent in
# Refers -> (sheet key, code column, name column, rows offered beyond those written)
_SOURCES = {
    Refers.PEOPLE: ("staff", "person_code", "full_name", 100),
    Refers.TEAMS: ("collectives", "team_code", "team_name", 30),
    Refers.INITIATIVES: ("initiatives", "initiative_code", "title", 40),
}


@dataclass(frozen=True)
class FixedList:
    """A drop-down whose entries are known when the template is written. `labels`: code -> text shown."""

    name: str
    labels: dict[str, str]


@dataclass(frozen=True)
class GrowingList:
    """A drop-down that follows a sheet of the same workbook. `lead` entries come first and are fixed."""

    name: str
    sheet: str
    code_column: str
    text_column: str
    size: int
    entries: tuple[tuple[str, str], ...]  # (code, text) of the rows written, for the stored results
    lead: tuple[str, ...] = ()


def entry(code: str, name: str) -> str:
    """ "CB001 | Nguyễn Văn An": the reader takes what stands before the bar."""
    return f"{code} | {name}" if name else code


def column_letter(index: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def fixed_lists(form: Workbook, reference: Reference, period: str, members: Sequence[Unit]) -> dict[str, FixedList]:
    """Vocabularies the form uses, the award catalogue in force at the end of the period, and the cluster's members."""
    used = {f.vocabulary for f in form.info} | {c.vocabulary for s in form.sheets for c in s.columns}
    lists = {
        key: FixedList(_PREFIX + key, {code.code: code.label for code in codes})
        for key, codes in VOCABULARIES.items()
        if key in used
    }
    row = period_of(reference, period)
    if AWARD in used and row:
        labels = {award.award: award.name for award in awards_on(reference, row.ends_on)}
        lists[AWARD] = FixedList(_PREFIX + AWARD, labels)
    if members:
        labels = {unit.unit_code: entry(unit.unit_code, unit.name) for unit in members}
        lists[Refers.MEMBERS] = FixedList(_PREFIX + Refers.MEMBERS, labels)
    return lists


def source_columns(sheet: Sheet) -> tuple[str, str] | None:
    """(code column, name column) of a sheet that feeds a growing list; None for the others."""
    return next(((code, name) for key, code, name, _ in _SOURCES.values() if key == sheet.key), None)


def growing_lists(form: Workbook, written: dict[str, list[tuple[str, str]]], own: str) -> dict[str, GrowingList]:
    """Lists of people, teams (the unit itself first) and initiatives.

    `written`: sheet key -> (code, name) as written.
    """
    sheets = {sheet.key: sheet for sheet in form.sheets}
    lists = {}
    for refers, (key, code, name, room) in _SOURCES.items():
        if key not in sheets:
            continue
        size = min(len(written.get(key, [])) + room, MOST)
        distinct: dict[str, str] = {}
        for person_or_thing, called in written.get(key, []):
            distinct.setdefault(person_or_thing, entry(person_or_thing, called))
        distinct.pop("", None)
        entries = tuple(distinct.items())[:size]
        letters = [column_letter(_index(sheets[key], column)) for column in (code, name)]
        lead = (own,) if refers is Refers.TEAMS and own else ()
        lists[str(refers)] = GrowingList(
            _PREFIX + refers, sheets[key].title, letters[0], letters[1], size, entries, lead
        )
    return lists


def _index(sheet: Sheet, name: str) -> int:
    return next(i for i, column in enumerate(sheet.columns) if column.name == name)


def source_of(item: Column | InfoField, sheet: Sheet | None = None, form: Workbook | None = None) -> str | None:
    """The formula behind a drop-down, or None. A recipient's list depends on the kind of recipient in its row.

    A form without the sheet that feeds a list has no such list.
    """
    absent = {refers for refers, (key, *_) in _SOURCES.items() if form and key not in {s.key for s in form.sheets}}
    if item.vocabulary:
        return f"={_PREFIX}{item.vocabulary}"
    if item.refers in absent:
        return None
    if item.refers is Refers.RECIPIENTS and Refers.TEAMS in absent:
        return f"={_PREFIX}{Refers.PEOPLE}"
    if item.refers is Refers.RECIPIENTS and sheet:
        kind = column_letter(_index(sheet, "recipient"))
        team = next(code.label for code in VOCABULARIES["recipient"] if code.code == "TAP_THE")
        return f'=IF(${kind}{FIRST_ROW}="{team}",{_PREFIX}{Refers.TEAMS},{_PREFIX}{Refers.PEOPLE})'
    return f"={_PREFIX}{item.refers}" if item.refers and item.refers is not Refers.UNITS else None


def year_cell(sheet: Sheet) -> str:
    """The cell of the achievement year in the first row, "" where a sheet has none."""
    names = [column.name for column in sheet.columns]
    return f"${column_letter(names.index('achievement_year'))}{FIRST_ROW}" if "achievement_year" in names else ""


@dataclass(frozen=True)
class Formula:
    """A formula and its stored result."""

    text: str
    result: str | int


Cell = str | Formula


def columns_of(fixed: dict[str, FixedList], growing: dict[str, GrowingList]) -> tuple[list[list[Cell]], dict[str, str]]:
    """The columns of DanhMuc from row 2 down (title first) and the defined names over them."""
    columns: list[list[Cell]] = []
    names: dict[str, str] = {}
    for item in fixed.values():
        at = column_letter(len(columns))
        names[item.name] = f"={LIST_SHEET}!${at}${_TOP}:${at}${_TOP + len(item.labels) - 1}"
        columns.append([item.name, *item.labels.values()])
    for grow in growing.values():
        count, at = column_letter(len(columns)), column_letter(len(columns) + 1)
        columns += _pair(grow, count)
        counted = f"{LIST_SHEET}!${count}${_TOP}:${count}${_TOP + grow.size - 1}"
        height = f"{len(grow.lead)}+MAX({counted})" if grow.lead else f"MAX(1,MAX({counted}))"
        names[grow.name] = f"=OFFSET({LIST_SHEET}!${at}${_TOP},0,0,{height},1)"
    return columns, names


def _pair(grow: GrowingList, count: str) -> list[list[Cell]]:
    """Running number of each row that holds a new code, and the texts in that order."""
    codes, texts = (f"'{grow.sheet}'!${letter}:${letter}" for letter in (grow.code_column, grow.text_column))
    numbered = f"${count}${_TOP}:${count}${_TOP + grow.size - 1}"
    running: list[Cell] = [grow.name + "_so"]
    shown: list[Cell] = [grow.name, *grow.lead]
    for k in range(1, grow.size + 1):
        here, row = f"INDEX({codes},{FIRST_ROW + k - 1})", _TOP + k - 1
        seen = f"COUNTIF(INDEX({codes},{FIRST_ROW}):{here},{here})>1"
        number = f'=IF({here}="","",IF({seen},"",MAX({count}${_TOP - 1}:{count}{row - 1})+1))'
        running.append(Formula(number, k if k <= len(grow.entries) else ""))
        found = f"MATCH({k},{numbered},0)+{FIRST_ROW - 1}"
        text = f'=IF({k}>MAX({numbered}),"",INDEX({codes},{found})&" | "&INDEX({texts},{found}))'
        shown.append(Formula(text, grow.entries[k - 1][1] if k <= len(grow.entries) else ""))
    return [running, shown]
