"""Checks of one workbook against what is already stored. What bears on it comes in as `Known`: no database here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contract.checks import Finding
from pipelines.contract.reference import Reference, period_of
from pipelines.contract.vocabulary import RECIPIENT
from pipelines.contract.workbooks import WORKBOOKS
from pipelines.records.bodies import Issued
from pipelines.records.parsed import INFO_TABLE, Parsed
from pipelines.submissions.checks.initiative_checks import OPEN
from pipelines.submissions.choice_lists import entry
from pipelines.submissions.fold import Problems
from pipelines.submissions.issuing import issue
from pipelines.submissions.sheets.grid import place_of
from pipelines.submissions.sheets.headers import title_key
from pipelines.submissions.values.cleaning import fold, name_key
from pipelines.submissions.values.directory import Listed, People
from pipelines.submissions.values.nearest import nearest_person, same_but_zeros, without_zeros
from pipelines.submissions.values.offers import Offer, among

_KINDS = {code.code: code.label for code in RECIPIENT}
_UNREAD = {"sheet.missing", "sheet.duplicate", "header.missing", "column.missing"}


class UsedInitiative(NamedTuple):
    """An initiative that served for an award of an earlier workbook of the unit.

    `place`: period and address of that cell.
    """

    code: str
    title: str
    year: str
    place: str


class ClusterCount(NamedTuple):
    """One count in a cluster's row of a unit: column of the contract, value, address of the cell."""

    cluster: str
    name: str
    said: str
    place: str


@dataclass(frozen=True)
class Known:
    """What is stored and bears on one workbook.

    `people`: person_code -> full name in the unit's code_scope, from other accepted submissions; `own_people`: those
    of the unit's own lists. `given`: key of a name -> staff codes it got in earlier workbooks of this unit and
    period. `own_counts`: for a cluster workbook, unit_code -> {"staff_count": 12, …} on the last day of the period,
    from the unit's own workbook; for a unit's, the same from this very one. `in_cluster`: what the cluster's
    workbook says of the unit, if it came before. `used_initiatives`: what served for awards in the unit's workbooks
    of other years.
    """

    people: People = field(default_factory=lambda: Listed({}))
    own_people: People = field(default_factory=lambda: Listed({}))
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    issued: Collection[str] = ()  # every code the system ever gave
    closed_periods: frozenset[str] = frozenset()
    own_counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    in_cluster: tuple[ClusterCount, ...] = ()
    used_initiatives: tuple[UsedInitiative, ...] = ()


def same_name(_: str, name: str) -> str:
    """The key of who bears one name."""
    return name_key(name)


def codes_for(parsed: Parsed, reference: Reference, known: Known) -> tuple[Issued, ...]:
    """Codes for everyone a unit's workbook lists without one; nobody while it is not clear whose list of when it is."""
    unit = parsed.unit_code
    if parsed.form not in WORKBOOKS or not parsed.period or unit not in {one.unit_code for one in reference.units}:
        return ()
    stored = _Stored(parsed, known, Problems())
    with_code = stored.column("staff", "person_code")
    rows = [(r, c.value) for r, c in stored.column("staff", "full_name").items() if r not in with_code and c.value]
    if not rows:
        return ()
    here = {cell.value for cell in with_code.values() if cell.value}
    given = {key: [code for code in codes if code not in here] for key, codes in known.given.items()}
    keys = {name_key(name) for _, name in rows}
    before = {key: [code for code in known.own_people.alike(same_name, key) if code not in here] for key in keys}
    return issue(unit, rows, given, before, lambda code: code in here or code in known.people or code in known.issued)


def check_stored(
    parsed: Parsed, reference: Reference, known: Known, received_on: date, issued: Sequence[Issued] = ()
) -> tuple[Finding, ...]:
    """Findings that only what is stored can show. To be added to `parsed.findings`."""
    if parsed.form not in WORKBOOKS:
        return ()
    stored = _Stored(parsed, known, Problems(), tuple(issued))
    stored.period(reference, received_on)
    if WORKBOOKS[parsed.form].reporter == "unit":
        stored.names()
        stored.zeros()
        stored.codes()
        stored.people()
        stored.counts_of_cluster()
        stored.initiatives()
    else:
        stored.counts()
    return stored.problems.findings([info.title for info in stored.sheets])


class _Cell(NamedTuple):
    sheet: str
    letter: str
    row: int
    raw: str
    value: str | None


class _Title(NamedTuple):
    title: str
    table: str


@dataclass(frozen=True)
class _Stored:
    parsed: Parsed
    known: Known
    problems: Problems
    issued: tuple[Issued, ...] = ()

    @cached_property
    def sheets(self) -> list[_Title]:
        """In the order read. A table is read from one sheet."""
        columns = self.parsed.columns
        return [_Title(columns.first(table)["sheet"][0].as_py(), table) for table in columns.tables()]

    def column(self, table: str, name: str, beside: Collection[str | None] = ()) -> dict[int, _Cell]:
        """Excel row -> cell of one column, but for cells with one of the values in `beside`: of 200,000
        few are left.
        """
        found = self.parsed.columns.of(table, name)
        if beside and len(found):
            found = found.filter(pc.invert(pc.is_in(found["value"], pa.array(list(beside), pa.string()))))
        if not len(found):
            return {}
        sheet, letter = (found[same][0].as_py() for same in ("sheet", "column_letter"))
        rows = zip(*(found[part].to_pylist() for part in ("excel_row", "raw", "value")), strict=True)
        return {row: _Cell(sheet, letter, row, raw, value) for row, raw, value in rows}

    def tell(self, code: str, table: str, name: str, cell: _Cell, offer: Offer | None = None, /, **params: str) -> None:
        form = WORKBOOKS[self.parsed.form]
        if table == INFO_TABLE:
            header = next(item.label for item in form.info if item.name == name)
        else:
            sheet = next(sheet for sheet in form.sheets if sheet.table == table)
            header = next(column.header for column in sheet.columns if column.name == name)
        index = place_of(f"{cell.letter}1")[1]
        self.problems.add(code, cell.sheet, index, [cell.row], header, cell.raw, params, offer)

    def period(self, reference: Reference, received_on: date) -> None:
        """A closed period takes nothing more, one that has not begun nothing yet."""
        row = period_of(reference, self.parsed.period)
        for cell in self.column(INFO_TABLE, "year").values():
            if row and received_on < row.opens_on:
                opens = row.opens_on.isoformat()
                self.tell("period.not_open", INFO_TABLE, "year", cell, period=row.period, opens=opens)
            elif self.parsed.period in self.known.closed_periods:
                self.tell("period.closed", INFO_TABLE, "year", cell, period=self.parsed.period)

    def names(self) -> None:
        """The same code with another name: a typing slip, or a code given twice."""
        full_names = self.column("staff", "full_name")
        for row, code in self.column("staff", "person_code").items():
            before, here = self.known.people.get(code.value or ""), full_names.get(row)
            if before and here and here.value and name_key(before) != name_key(here.value):
                params = {"person": code.value or "", "expected": before}
                self.tell("staff.name_differs", "staff", "full_name", here, **params)

    def zeros(self) -> None:
        """A code nobody had so far, where one is known that differs in leading zeros only: Excel drops them from a
        number.
        """
        known = self.known.people
        for cell in self.column("staff", "person_code").values():
            code = cell.value
            near = known.alike(same_but_zeros, without_zeros(code)) if code and code not in known else ()
            if code and len(near) == 1:
                self.tell("staff.code_alike", "staff", "person_code", cell, nearest=f"{near[0]} | {known[near[0]]}")

    def codes(self) -> None:
        """Who is listed without a code: given one, and where the name is known already, asked whether it is the same
        person.
        """
        title = next((one.title for one in self.sheets if one.table == "staff"), "")
        for one in self.issued:
            namesakes = self.known.people.alike(same_name, name_key(one.full_name))
            others = [code for code in namesakes if code != one.person_code]
            params = {"person": one.full_name, "issued": one.person_code}
            code = "staff.code_taken_over" if one.person_code in self.known.people else "staff.code_issued"
            if others and code == "staff.code_issued":
                code, params["known"] = "staff.code_new", ", ".join(others)
            cell = _Cell(title, self.parsed.code_column or "A", one.excel_row, "", None)
            self.tell(code, "staff", "person_code", cell, **params)

    def people(self) -> None:
        """People named must stand on `Cán bộ`, or have stood on that of an earlier year."""
        staff = title_key(next(s.title for s in WORKBOOKS[self.parsed.form].sheets if s.table == "staff"))
        if any(f.code in _UNREAD and title_key(f.sheet) == staff for f in self.parsed.findings):
            return  # the list itself could not be read: that has been told
        if awarded := self.column("awards", "recipient_code", beside=self.here):
            kinds = self.column("awards", "recipient")
            teams = {cell.value for cell in self.column("collectives", "team_code").values()} | {self.parsed.unit_code}
            for row, cell in awarded.items():
                if row in kinds and kinds[row].value == "CA_NHAN":
                    self._recipient(cell, cell.value in teams)
        for cell in self.column("initiatives", "person_code", beside=self.here).values():
            self._person("initiatives", "person_code", cell)

    def _recipient(self, cell: _Cell, is_team: bool) -> None:
        if is_team:
            facts = {"actual": _KINDS["TAP_THE"], "recipient": _KINDS["CA_NHAN"]}
            self.tell("reference.recipient_swapped", "awards", "recipient_code", cell, among(self.listed), **facts)
        else:
            self._person("awards", "recipient_code", cell)

    @cached_property
    def here(self) -> dict[str, str]:
        """Code -> name of everyone on `Cán bộ` of this workbook."""
        names = {row: cell.value or "" for row, cell in self.column("staff", "full_name").items()}
        codes = [(row, cell.value) for row, cell in self.column("staff", "person_code").items() if cell.value]
        codes += [(one.excel_row, one.person_code) for one in self.issued]
        return {code: names.get(row, "") for row, code in codes}

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """Everyone on `Cán bộ` as the drop-down list shows them."""
        return tuple(entry(code, name) for code, name in self.here.items())

    def _person(self, table: str, name: str, cell: _Cell) -> None:
        code = cell.value
        if not code:
            return
        if code in self.known.people:
            self.tell("reference.person_from_earlier_year", table, name, cell, person=self.known.people[code])
        else:
            here = Listed(self.here)
            offer = Offer(lambda value: nearest_person(value, here, self.known.people), self.listed)
            self.tell("reference.person_unknown", table, name, cell, offer)

    def counts_of_cluster(self) -> None:
        """The cluster's workbook came first: the same comparison from the other side."""
        own = self.known.own_counts.get(self.parsed.unit_code, {})
        headers = {c.name: c.header for book in WORKBOOKS.values() for s in book.sheets for c in s.columns}
        title = next((one.title for one in self.sheets if one.table == "staff"), "")
        for one in self.known.in_cluster:
            if one.name in own and float(one.said) != own[one.name]:
                params = {"cluster": one.cluster, "theirs": one.said, "place": one.place}
                value = str(own[one.name])
                self.problems.add(
                    "member.differs_from_cluster", title, column=headers[one.name], value=value, params=params
                )

    def initiatives(self) -> None:
        """The same initiative (by its title, whatever its code) for awards of two years: it is one merit."""
        if not self.known.used_initiatives:
            return
        by_title = {fold(one.title): one for one in reversed(self.known.used_initiatives) if one.title}
        titles = self.column("initiatives", "title")
        names = {
            cell.value: fold(titles[row].value or "")
            for row, cell in self.column("initiatives", "initiative_code").items()
            if row in titles
        }
        years = self.column("awards", "achievement_year")
        results = self.column("awards", "result")
        for row, cell in self.column("awards", "initiative_code").items():
            before = by_title.get(names.get(cell.value, ""))
            is_open = row in results and results[row].value in OPEN
            if before and is_open and row in years and years[row].value != before.year:
                facts = {"year": before.year, "other": before.place}
                self.tell("initiative.used_before", "awards", "initiative_code", cell, **facts)

    def counts(self) -> None:
        """A unit that also sends its own workbook is compared with it; the own workbook supplies the facts."""
        units = self.column("cluster_members", "unit_code")
        names = {name for counts in self.known.own_counts.values() for name in counts}
        for name in sorted(names & {c.name for c in WORKBOOKS[self.parsed.form].sheets[0].columns}):
            for row, cell in self.column("cluster_members", name).items():
                unit = units[row].value if row in units else None
                own = self.known.own_counts.get(unit or "", {}).get(name)
                if own is not None and cell.value and float(cell.value) != own:
                    self.tell("member.differs_from_own", "cluster_members", name, cell, unit=unit or "", own=str(own))
