"""What counts of the fact tables, told in plain Python: who is at home where, which proposals hold, which workbook speaks."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import Any

from pipelines.contract.reference import Reference
from pipelines.warehouse.connection import Version
from tests.obliged import Obliged
from tests.versions import table

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
        """(achievement period, row) of the newest word on each proposal, but for what came after that period was closed."""
        seq = {row.submission_id: row.journal_seq for row in self.table("submissions")}
        told = defaultdict(list)
        for row in self.table("awards"):
            period = row.period if self.periods[row.period].period_kind == "h1" else str(row.achievement_year)
            closed = self.periods.get(period)
            late = bool(
                closed and closed.is_closed and period != row.period and seq[row.submission_id] > closed.closed_seq
            )
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
