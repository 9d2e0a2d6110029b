"""The words the contract is written in: frozen dataclasses, no behaviour."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a cell is read. CODE keeps text exactly (leading zeros); CHOICE is a code of a vocabulary."""

    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class Refers(StrEnum):
    """What a CODE column points at."""

    UNITS = "units"
    MEMBERS = "members"  # units that are members of the workbook's cluster
    PEOPLE = "people"
    TEAMS = "teams"
    RECIPIENTS = "recipients"  # a person, a team, or the unit itself
    INITIATIVES = "initiatives"


@dataclass(frozen=True)
class Column:
    """One column of a sheet. `header` is what stands in the workbook, letter for letter (NFC)."""

    name: str
    header: str
    english: str
    kind: Kind
    help: str
    help_english: str
    required: bool = False
    vocabulary: str | None = None
    refers: Refers | None = None
    minimum: float | None = None
    maximum: float | None = None
    within: str | None = None  # "period": the date must lie in the period; "year": in the row's achievement year
    private: bool = False  # names, texts about people, discipline: kept in the people file only
    prefilled: bool = False  # written by the template; a row with nothing else in it counts as empty
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook."""

    key: str
    title: str
    english: str
    table: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()  # combinations that may stand only once
    date_orders: tuple[tuple[str, ...], ...] = ()  # earlier to later; empty dates are skipped
    at_most: tuple[tuple[str, str], ...] = ()  # (small, large): small must not exceed large
    sums: tuple[tuple[tuple[str, ...], str], ...] = ()  # (parts, total): the parts add up to the total
    # (numbers held against each other, the column whose words say whether they are counted in per cent or "")
    scales: tuple[tuple[tuple[str, ...], str], ...] = ()


@dataclass(frozen=True)
class InfoField:
    """One line of the sheet `Thông tin`: label in column A, value in column B."""

    name: str
    label: str
    english: str
    kind: Kind
    required: bool = False
    vocabulary: str | None = None
    refers: Refers | None = None
    private: bool = False
    locked: bool = False  # filled by the template; the clerk does not change it


@dataclass(frozen=True)
class Workbook:
    """One kind of submission. `code` is what stands in `Loại biểu mẫu`."""

    code: str
    title: str
    english: str
    reporter: str  # "unit" or "cluster"
    info: tuple[InfoField, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Code:
    """One entry of a code list."""

    code: str
    label: str
    english: str
    synonyms: tuple[str, ...] = ()
