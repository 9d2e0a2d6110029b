"""The dated reference lists of `data/reference/*.csv`: what changes without a programmer. Read once, kept by hash."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pipelines.contract import typed_rows
from pipelines.contract.rules import Rule, faults
from pipelines.problems import ReferenceInvalid
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


ROW_OF = {
    "units": Unit,
    "unit_lineage": Lineage,
    "peer_groups": PeerGroup,
    "clusters": Cluster,
    "cluster_membership": Membership,
    "provinces": Province,
    "award_catalogue": Award,
    "calendar": Period,
    "rules": Rule,
}
_LATER = ("rules",)  # lists that came after the first data folders; one without them has the project's own


def digest(folder: Path) -> str:
    """SHA-256 over the lists as they stand in the folder: file names and bytes, line ends folded."""
    total = hashlib.sha256()
    for path in files(folder):
        total.update(path.stem.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


def files(folder: Path) -> list[Path]:
    """The files of a set by name: all lists, but a later one only where it is there; `ReferenceInvalid` for any other."""
    paths = [folder / f"{name}.csv" for name in sorted(ROW_OF)]
    missing = [path for path in paths if not path.exists()]
    for path in missing:
        if path.stem not in _LATER:
            raise ReferenceInvalid(file=path.name, line=0, what="missing")
    return [path for path in paths if path not in missing]


def load(folder: Path) -> Reference:
    """Every list, read again when one has changed. A file or value that cannot be used is `ReferenceInvalid` with file and line."""
    found = digest(folder)
    reference = _load(folder, found)
    if reference.digest != found:  # saved while it was read
        _load.cache_clear()
    return reference


@lru_cache(maxsize=4)
def _load(folder: Path, found: str) -> Reference:
    there = {path.stem: path for path in files(folder)}
    lists = {name: typed_rows.read(there.get(name, OWN_REFERENCE / f"{name}.csv"), row) for name, row in ROW_OF.items()}
    awards = {award.award: award.recipient for award in lists["award_catalogue"]}
    for line, what in faults(lists["rules"], awards):
        raise ReferenceInvalid(file="rules.csv", line=line, what=what)
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
