"""What is stored and bears on one workbook: the figures built last, and what was accepted since."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.contract.reference import Reference, code_scope, members_on, period_of
from pipelines.problems import NoCurrentBuild
from pipelines.settings import Home
from pipelines.submissions.archive import Archive
from pipelines.submissions.known import Known
from pipelines.submissions.ledger import Ledger
from pipelines.submissions.parsed import Parsed
from pipelines.warehouse import connection, queries
from pipelines.warehouse.viewer import sees_all

Body = dict[str, Any]


class _Person(NamedTuple):
    period: str
    receipt_no: int
    code: str
    name: str


class Memory:
    """Answers what is known, for one data folder. Rows of an accepted workbook are read once."""

    def __init__(self, home: Home, archive: Archive) -> None:
        self._home, self._archive = home, archive
        self._staff = lru_cache(maxsize=4096)(self._read_staff)
        self._built = lru_cache(maxsize=8)(_people)

    def known(self, parsed: Parsed, reference: Reference, ledger: Ledger) -> Known:
        """What to check a workbook against. Its own earlier versions do not count: they are what it replaces."""
        version, built = self._version()
        closed = frozenset(ledger.closed)
        if parsed.cluster_code:
            return Known(closed_periods=closed, own_counts=self._own_counts(parsed, reference, ledger, version, built))
        scope = code_scope(reference, parsed.unit_code, parsed.period)
        people: dict[str, str] = {}
        for person in sorted(self._people(scope, reference, ledger, version, built), reverse=True):
            body = ledger.receipts[person.receipt_no]
            if (body["unit_code"], body["period"]) != (parsed.unit_code, parsed.period):
                people.setdefault(person.code, person.name)
        return Known(people=people, closed_periods=closed)

    def _version(self) -> tuple[connection.Version | None, int]:
        """The current version and the journal number it knows."""
        try:
            version = connection.current(self._home)
        except NoCurrentBuild:
            return None, 0
        fresh = queries.freshness(version, sees_all())
        return version, 0 if fresh.as_of else fresh.journal_seq

    def _people(
        self, scope: str, reference: Reference, ledger: Ledger, version: connection.Version | None, built: int
    ) -> Iterator[_Person]:
        """Everyone of a scope in the workbooks that count now."""
        counting = {int(body["receipt_no"]): body for body in ledger.all_current() if not body["cluster_code"]}
        if version is not None and built:
            yield from (person for person in self._built(version, scope) if person.receipt_no in counting)
        for number, body in counting.items():
            if ledger.seq_of[number] > built and code_scope(reference, body["unit_code"], body["period"]) == scope:
                rows = self._staff(body["sha256"], body["reference_digest"])
                yield from (_Person(body["period"], number, code, name) for code, name in rows if code and name)

    def _own_counts(
        self,
        parsed: Parsed,
        reference: Reference,
        ledger: Ledger,
        version: connection.Version | None,
        built: int,
    ) -> dict[str, dict[str, int]]:
        """Counts of members that also send a workbook of their own: as built, or of staff alone while it is not built yet."""
        row = period_of(reference, parsed.period)
        members = members_on(reference, parsed.cluster_code, row.due_on) if row else ()
        own = {unit: body for unit in members if (body := ledger.current(unit, parsed.period))}
        counts: dict[str, dict[str, int]] = {}
        if version is not None and own:
            frame = queries.own_counts(version, sees_all(), parsed.period).set_index("unit_code")
            counts = {
                str(unit): dict(zip(frame.columns, map(int, row), strict=True)) for unit, *row in frame.itertuples()
            }
        return {
            unit: counts.get(unit, {})
            if ledger.seq_of[int(body["receipt_no"])] <= built
            else {"staff_count": _headcount(self._staff(body["sha256"], body["reference_digest"]))}
            for unit, body in own.items()
        }

    def _read_staff(self, sha256: str, reference_digest: str) -> tuple[tuple[str, str], ...]:
        """(code, name) of each row of the sheet `Cán bộ`."""
        path = self._archive.parquet_of(sha256, reference_digest)
        if not path.exists():
            self._archive.parsed(sha256, reference_digest)
        cells = pq.read_table(path, columns=["table_name", "column_name", "excel_row", "value"], memory_map=False)
        cells = cells.filter(pc.equal(cells["table_name"], "staff"))
        rows: dict[int, dict[str, str]] = {}
        for name, row, value in zip(*(cells[c].to_pylist() for c in cells.column_names[1:]), strict=True):
            if name in ("person_code", "full_name"):
                rows.setdefault(row, {})[name] = value or ""
        return tuple((row.get("person_code", ""), row.get("full_name", "")) for row in rows.values())


def _people(version: connection.Version, scope: str) -> tuple[_Person, ...]:
    frame = queries.known_people(version, sees_all(), scope)
    columns = (frame[name].tolist() for name in ("period", "submission_id", "person_code", "full_name"))
    return tuple(_Person(*row) for row in zip(*columns, strict=True) if row[3])


def _headcount(rows: tuple[tuple[str, str], ...]) -> int:
    codes = [code for code, _ in rows]
    return len({code for code in codes if code}) + codes.count("")
