"""The dated reference lists of `data/reference/*.csv`: what changes without a programmer. Read once, kept by hash."""

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pipelines.contract import list_checks, typed_rows
from pipelines.contract.list_faults import UNREADABLE, refuse
from pipelines.contract.rules import CHOICES, Rule
from pipelines.contract.typed_rows import Shape
from pipelines.contract.vocabulary import AWARD_LEVELS, RECIPIENT
from pipelines.settings import OWN_REFERENCE


@dataclass(frozen=True)
class Unit:
    """A reporting unit while the row is in force. `reports_by`: own | cluster | both."""

    unit_code: str
    name: str
    kind: str
    peer_group: str
    parent: str
    province_code: str
    reports_by: str
    obliged: bool
    code_scope: str
    valid_from: date
    valid_to: date | None
    status: str


@dataclass(frozen=True)
class Lineage:
    """`share` of the old unit went to the new one on a day."""

    old_code: str
    new_code: str
    from_on: date
    share: float
    status: str

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError(f"share={self.share:g}")
        if self.old_code == self.new_code:
            raise ValueError(f"new_code={self.new_code}")


@dataclass(frozen=True)
class PeerGroup:
    """Units that are compared with each other and with nobody else."""

    peer_group: str
    name: str
    english: str
    status: str


@dataclass(frozen=True)
class Cluster:
    """An emulation cluster (cụm thi đua)."""

    cluster_code: str
    name: str
    valid_from: date
    valid_to: date | None
    status: str


@dataclass(frozen=True)
class Membership:
    """A unit's time in a cluster."""

    cluster_code: str
    unit_code: str
    valid_from: date
    valid_to: date | None
    status: str


@dataclass(frozen=True)
class Province:
    """One of the 63 provinces of before 1/7/2025 and the one of the 34 it belongs to now (`code`)."""

    old_code: str
    old_name: str
    code: str
    name: str
    merged_on: date | None
    basis: str
    status: str


@dataclass(frozen=True)
class Award:
    """A title or form of commendation. `recipient`: CA_NHAN, TAP_THE or "" for both."""

    award: str
    name: str
    english: str
    recipient: str
    level: str
    award_group: str
    synonyms: str
    sort_order: int
    valid_from: date
    valid_to: date | None
    basis: str
    status: str


@dataclass(frozen=True)
class Period:
    """A reporting period of the calendar."""

    period: str
    period_kind: str
    year: int
    starts_on: date
    ends_on: date
    opens_on: date
    due_on: date
    basis: str
    status: str

    def __post_init__(self) -> None:
        told = {"year": f"{self.year}", "history": f"{self.year}", "h1": f"{self.year}H1"}
        if self.period != told.get(self.period_kind, self.period):
            raise ValueError(f"period={self.period}")
        if self.starts_on.year != self.year:
            raise ValueError(f"starts_on={self.starts_on:%d/%m/%Y}")


@dataclass(frozen=True)
class Reference:
    """All lists together. `digest` names this exact set: builds and receipts record it."""

    units: tuple[Unit, ...]
    unit_lineage: tuple[Lineage, ...]
    peer_groups: tuple[PeerGroup, ...]
    clusters: tuple[Cluster, ...]
    cluster_membership: tuple[Membership, ...]
    provinces: tuple[Province, ...]
    award_catalogue: tuple[Award, ...]
    calendar: tuple[Period, ...]
    rules: tuple[Rule, ...]
    digest: str


_VALID = (("valid_from", "valid_to"),)
_LATER_COLUMNS = (
    *("condition", "recipient", "years", "counting", "not_counted", "reading_of", "afterwards"),
    *("confirmed_by", "confirmed_on"),
)
SHAPES = {
    "units": Shape(
        Unit, ("unit_code",), ("unit_code", "peer_group", "parent", "province_code", "code_scope"),
        ("parent", "province_code"),
        choices={"kind": ("department", "provincial"), "reports_by": ("own", "cluster", "both")},
        spans=_VALID, dated=True,
        refers={
            "peer_group": ("peer_groups", "peer_group"), "parent": ("units", "unit_code"),
            "province_code": ("provinces", "code"),
        },
    ),
    "unit_lineage": Shape(
        Lineage, ("old_code", "new_code", "from_on"), ("old_code", "new_code"),
        refers={"old_code": ("units", "unit_code"), "new_code": ("units", "unit_code")},
    ),
    "peer_groups": Shape(PeerGroup, ("peer_group",), ("peer_group",)),
    "clusters": Shape(Cluster, ("cluster_code",), ("cluster_code",), spans=_VALID, dated=True),
    # A unit is in one cluster at a time.
    "cluster_membership": Shape(
        Membership, ("unit_code",), ("cluster_code", "unit_code"), spans=_VALID, dated=True,
        refers={"cluster_code": ("clusters", "cluster_code"), "unit_code": ("units", "unit_code")},
    ),
    "provinces": Shape(Province, ("old_code",), ("old_code", "code"), ("basis",)),
    "award_catalogue": Shape(
        Award, ("award",), ("award", "level"), ("recipient", "synonyms", "basis"),
        choices={
            "recipient": ("", *(one.code for one in RECIPIENT)), "level": AWARD_LEVELS,
            "award_group": ("danh_hieu", "hinh_thuc"),
        },
        spans=_VALID, dated=True,
    ),
    "calendar": Shape(
        Period, ("period",), ("period",), ("basis",),
        choices={"period_kind": ("year", "h1", "history")}, spans=(("starts_on", "ends_on"), ("opens_on", "due_on")),
    ),
    # Which rows of a rule follow each other is its own matter (`rules.misfits`).
    "rules": Shape(
        Rule, ("rule_id", "condition", "valid_from"), ("rule_id", "reading_of"),
        ("base", "rounding", "basis", "note", *_LATER_COLUMNS), _LATER_COLUMNS,
        choices=CHOICES, spans=_VALID,
    ),
}  # fmt: skip
ROW_OF = {name: shape.row for name, shape in SHAPES.items()}
_SETTLED = 3_000_000_000  # nanoseconds
_LATER = ("rules",)  # lists that came after the first data folders; one without them has the project's own


def digest(folder: Path) -> str:
    """SHA-256 over the lists as they stand in the folder: file names and bytes, line ends folded."""
    states = _states(folder)
    return _known_digest(folder, states) if states else _digest(folder)


def _states(folder: Path) -> tuple[tuple[str | int, ...], ...]:
    """What differs after a list was written again. Empty where a list is no plain file, or was written so lately that
    it
    could be again without a difference: some disks count whole seconds."""
    found: list[tuple[str | int, ...]] = []
    for path in files(folder):
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode) or time.time_ns() - max(state.st_mtime_ns, state.st_ctime_ns) < _SETTLED:
            return ()
        found.append((path.name, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns))
    return tuple(found)


@lru_cache(maxsize=8)
def _known_digest(folder: Path, _: tuple[tuple[str | int, ...], ...]) -> str:
    return _digest(folder)


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in files(folder):
        data = typed_rows.content(path)
        told = (
            b"" if data is None else b"\0" + data.replace(b"\r\n", b"\n") + b"\0"
        )  # no set that can be read has its digest
        total.update(path.stem.encode() + told)
    return total.hexdigest()


def files(folder: Path) -> list[Path]:
    """The files of a set that are there, by name, also what only has the name of one: a folder, a link to nothing."""
    return [path for name in sorted(SHAPES) if os.path.lexists(path := folder / f"{name}.csv")]


def load(folder: Path, kept: Path | None = None) -> Reference:
    """Every list, checked whole and read again when one has changed.

    `ReferenceInvalid` names all that is wrong in any of them.

    `kept`: folders of sets that were in use. A list that one of them has is missed, the project's own does not stand
    in for it.
    """
    found = digest(folder)
    absent = [name for name in _LATER if kept and not os.path.lexists(folder / f"{name}.csv")]
    lost = tuple(name for name in absent if kept and any(kept.glob(f"*/{name}.csv")))
    reference = _load(folder, found, lost)
    if reference.digest != found:  # saved while it was read
        _load.cache_clear()
    return reference


def recorded(folder: Path) -> Reference:
    """A set that was in use once, as it was: what is asked of lists today was not asked then.

    `ReferenceInvalid` if it cannot be read.
    """
    tables = _tables(folder)
    refuse(fault for table in tables.values() for fault in table.faults if fault.code in UNREADABLE)
    return _reference(folder, tables)


@lru_cache(maxsize=4)
def _load(folder: Path, found: str, lost: tuple[str, ...]) -> Reference:
    tables = _tables(folder, lost)
    alone = [fault for table in tables.values() for fault in table.faults]
    refuse([*alone, *list_checks.faults(tables, SHAPES)])
    return _reference(folder, tables)


def _tables(folder: Path, lost: tuple[str, ...] = ()) -> dict[str, typed_rows.Table]:
    there = {path.stem: path for path in files(folder)}
    own = {name: OWN_REFERENCE / f"{name}.csv" for name in _LATER if name not in lost}
    absent = {name: own.get(name, folder / f"{name}.csv") for name in SHAPES}
    return {name: typed_rows.read(there.get(name, absent[name]), shape) for name, shape in SHAPES.items()}


def _reference(folder: Path, tables: dict[str, typed_rows.Table]) -> Reference:
    lists: dict[str, Any] = {name: tuple(row for _, row in table.rows) for name, table in tables.items()}
    return Reference(**lists, digest=digest(folder))


_AnyRow = TypeVar("_AnyRow", Unit, Cluster, Membership, Award, Rule)


def in_force(row: _AnyRow, on: date) -> bool:
    """Whether a dated row is in force on a day (both ends included)."""
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def unit_on(reference: Reference, unit_code: str, on: date) -> Unit | None:
    """The row of a unit in force on a day."""
    return next((unit for unit in reference.units if unit.unit_code == unit_code and in_force(unit, on)), None)


def members_on(reference: Reference, cluster_code: str, on: date) -> tuple[str, ...]:
    """Unit codes that belong to a cluster on a day."""
    return tuple(
        m.unit_code for m in reference.cluster_membership if m.cluster_code == cluster_code and in_force(m, on)
    )


def cluster_on(reference: Reference, unit_code: str, on: date) -> str:
    """The cluster a unit belongs to on a day; "" for one that belongs to none."""
    rows = (m.cluster_code for m in reference.cluster_membership if m.unit_code == unit_code and in_force(m, on))
    return next(rows, "")


def awards_on(reference: Reference, on: date) -> tuple[Award, ...]:
    """The catalogue in force on a day, in its own order."""
    return tuple(sorted((a for a in reference.award_catalogue if in_force(a, on)), key=lambda a: a.sort_order))


def period_of(reference: Reference, period: str) -> Period | None:
    """The calendar row of a period ("2025", "2025H1")."""
    return next((row for row in reference.calendar if row.period == period), None)


def code_scope(reference: Reference, unit_code: str, period: str) -> str:
    """Within which staff codes of a unit's workbook mean one person: that of the unit on the due date."""
    rows = [unit for unit in reference.units if unit.unit_code == unit_code]
    row = period_of(reference, period)
    then = [unit for unit in rows if row is not None and in_force(unit, row.due_on)]
    chosen = then or rows
    return chosen[0].code_scope if chosen else unit_code
