"""What counts of the fact tables, told in plain Python: who is at home where, which proposals hold, which workbook
speaks.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import Any

from pipelines.contract.reference import Reference
from pipelines.warehouse.connection import Version
from tests.support.counted.obliged import Obliged
from tests.support.counted.versions import table

Place = tuple[int, str, int]  # submission, sheet, row


def place(row: Any) -> Place:
    return row.submission_id, row.sheet, row.excel_row


def once(rows: Iterable[Any], what: Callable[[Any], Hashable]) -> Iterator[tuple[Any, float]]:
    """Rows in the order of their places with 1 for the first of each `what`, 0 for the others."""
    seen = set()
    for row in sorted(rows, key=lambda one: place(one[-1])):
        yield row, float(what(row) not in seen)
        seen.add(what(row))


class SourceFacts:
    """The rows of one version. `reporting`: period -> who is obliged in it."""

    def __init__(self, version: Version, reference: Reference, reporting: dict[str, list[Obliged]]) -> None:
        self.version, self.reference = version, reference
        told = [(period, one) for period, units in reporting.items() for one in units]
        self.units = {(one.unit.unit_code, period): one for period, one in told}
        self.periods = {row.period: row for row in self.table("periods")}
        self._held: dict[tuple[str, str], set[Place]] = {}
        self.home = self._at_home()
        self.proposals = self._effective()

    def table(self, name: str) -> list[Any]:
        read = table(self.version, f"SELECT * FROM {name}").astype(object)
        return list(read.where(read.notna(), None).itertuples(index=False))

    def speaking(self, name: str) -> list[Any]:
        """Rows of a table from the workbook that speaks for their unit."""
        rows = [(self.units.get((row.unit_code, row.period)), row) for row in self.table(name)]
        return [row for one, row in rows if one is not None and one.submission == row.submission_id]

    def counted(self, name: str) -> list[Any]:
        """The same of units their cluster reports for."""
        return [row for row in self.speaking(name) if self.units[row.unit_code, row.period].route == "cluster"]

    def of_members(self, name: str) -> list[Any]:
        """Rows of what clusters alone report, of every member they have a row of."""
        rows = [(self.units.get((row.unit_code, row.period)), row) for row in self.table(name)]
        return [row for one, row in rows if one is not None and one.member_submission == row.submission_id]

    def _at_home(self) -> dict[tuple[str, str], Any]:
        """(period, person) -> the row that counts, if its workbook speaks: of the last place."""
        people = defaultdict(list)
        for row in self.table("staff"):
            people[row.period, row.person_key].append(row)
        last = {
            who: min(
                rows, key=lambda r: (-_day(r.left_on, date.max), -_day(r.arrived_on, date.min), r.unit_code, *place(r))
            )
            for who, rows in people.items()
        }
        speaking = {place(row) for row in self.speaking("staff")}
        return {who: row for who, row in last.items() if place(row) in speaking}

    def _effective(self) -> list[tuple[str, Any]]:
        """(achievement period, row) of the newest word on each proposal, but for what the version pinned when it closed
        did not hold.

        What a six-month workbook says of another year counts nowhere.
        """
        told = defaultdict(list)
        for row in self.table("awards"):
            written = self.periods[row.period]
            if written.period_kind == "h1" and row.achievement_year != written.year:
                continue
            period = row.period if written.period_kind == "h1" else str(row.achievement_year)
            late = period != row.period and self._is_closed(period) and place(row) not in self._pinned("awards", period)
            told[row.unit_code, period, row.proposal_code].append((late, row))
        newest = []
        for (_, period, _), rows in told.items():
            rows.sort(key=lambda one: place(one[1])[1:])
            rows.sort(key=lambda one: (one[1].period, one[1].submission_id), reverse=True)
            late, row = min(rows, key=lambda one: one[0])
            newest += [] if late else [(period, row)]
        successors = defaultdict(set)
        for line in self.reference.unit_lineage:
            successors[line.old_code].add(line.new_code)
        words = {(p, r.unit_code, r.proposal_code, r.person_key): r.period for p, r in newest}
        return [
            (period, row)
            for period, row in newest
            if not row.person_key
            or not any(
                words.get((period, new, row.proposal_code, row.person_key), "") > row.period
                for new in successors[row.unit_code]
            )
        ]

    def found(self) -> Iterator[tuple[str, Any]]:
        """(period, row) of every exemplar in the period it was found in: the first workbook that lists it.

        Not what the pinned version of a closed year did not hold, nor what the unit before a successor has told
        already.
        """
        told: dict[tuple[str, str, str], Any] = {}
        for row in sorted(self.table("exemplars"), key=lambda one: (one.period, *place(one))):
            period = self._found_in(row)
            late = (
                period != row.period and self._is_closed(period) and place(row) not in self._pinned("exemplars", period)
            )
            if period and not late and self._is_heard(row):
                told.setdefault((row.unit_code, period, row.exemplar_code), row)
        before = {(line.new_code, line.old_code) for line in self.reference.unit_lineage}
        for (unit, period, code), row in told.items():
            older = (told.get((old, period, code)) for new, old in before if new == unit)
            if row.period == period or not any(one is not None and one.found_on == row.found_on for one in older):
                yield period, row

    def _found_in(self, row: Any) -> str:
        """The half-year of a six-month workbook if found in it, else no period; the year of another."""
        written = self.periods[row.period]
        if written.period_kind == "h1":
            return row.period if written.starts_on <= row.found_on <= written.ends_on else ""
        return str(row.found_on.year)

    def _is_heard(self, row: Any) -> bool:
        one = self.units.get((row.unit_code, row.period))
        return one is not None and (row.cluster_code or "") == ("" if one.route == "own" else one.cluster)

    def _is_closed(self, period: str) -> bool:
        return period in self.periods and bool(self.periods[period].is_closed)

    def _pinned(self, name: str, period: str) -> set[Place]:
        """Places of all rows the version pinned when a period was closed has of a table; read once."""
        if (name, period) not in self._held:
            folder = self.version.folder.parent / self.periods[period].closed_version
            rows = table(Version(folder.name, folder), f"SELECT submission_id, sheet, excel_row FROM {name}")
            self._held[name, period] = set(rows.itertuples(index=False, name=None))
        return self._held[name, period]

    def personal(self) -> list[tuple[Any, Any]]:
        """(home row, proposal) of people at home somewhere in the achievement period."""
        found = ((self.home.get((period, row.person_key)), row) for period, row in self.proposals if row.person_key)
        return [(home, row) for home, row in found if home is not None]

    def proposed(self) -> list[tuple[str, Any]]:
        """(achievement period, proposal) at units that sent a workbook of their own for it."""
        rows = [(self.units.get((row.unit_code, period)), period, row) for period, row in self.proposals]
        return [(period, row) for one, period, row in rows if one and one.route == "own" and one.submission is not None]

    def collectives(self) -> list[tuple[str, str, str, Place]]:
        """(unit, period, code, place) of teams listed and of the units themselves."""
        teams = [(row.unit_code, row.period, row.team_code, place(row)) for row in self.speaking("collectives")]
        own = {one.submission for one in self.units.values() if one.route == "own"}
        names = [row for row in self.info("unit_code") if row.submission_id in own]
        return teams + [(row.unit_code, row.period, row.unit_code, place(row)) for row in names]

    def info(self, column: str) -> list[Any]:
        """The cells of one line of `Thông tin`, with the period of their workbook."""
        sql = "SELECT c.*, s.period FROM cells c JOIN submissions s USING (submission_id) WHERE c.table_name = 'info'"
        rows = table(self.version, f"{sql} AND c.column_name = $1", [column])
        return list(rows.itertuples(index=False))

    def is_year(self, period: str) -> bool:
        return self.periods[period].period_kind == "year"


def _day(day: Any, otherwise: date) -> int:
    return int((day or otherwise).toordinal())
