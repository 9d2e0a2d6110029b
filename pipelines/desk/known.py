"""What is stored and bears on one workbook: the figures built last, and what was accepted since."""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.contract.reference import Reference, cluster_on, members_on, period_of
from pipelines.contract.vocabulary import LEADER_GROUPS, RATING
from pipelines.desk.acquainted import Acquainted
from pipelines.records.archive import Archive
from pipelines.records.bodies import ReceiptBody
from pipelines.records.ledger import Ledger
from pipelines.records.parsed import Columns, Parsed
from pipelines.settings import Home
from pipelines.submissions.checks.initiative_checks import OPEN
from pipelines.submissions.checks.known import ClusterCount, Known, UsedInitiative
from pipelines.submissions.rows import parsed_of, proven_parquet
from pipelines.submissions.values.cleaning import name_key

_MOST_LISTS = 4096  # lists of people remembered at a time
_YEARS_BACK = 10  # no rule we know lets an initiative serve longer


class _Row(NamedTuple):
    """One person of a sheet `Cán bộ`; dates are ISO texts, "" where nothing stands."""

    person_code: str = ""
    full_name: str = ""
    position_group: str = ""
    rating: str = ""
    left_on: str = ""


class Memory:
    """Answers what is known, for one data folder. Rows of an accepted workbook are read once."""

    def __init__(self, home: Home, archive: Archive) -> None:
        self._archive = archive
        self._lists: OrderedDict[tuple[str, str], tuple[_Row, ...]] = OrderedDict()  # by bytes and reference set
        self._initiatives = lru_cache(maxsize=4096)(self._read_initiatives)
        self._acquainted = Acquainted(home, self._named_in)

    def known(self, parsed: Parsed, reference: Reference, ledger: Ledger) -> Known:
        """What to check a workbook against. Its own earlier versions do not count: they are what it replaces."""
        closed = frozenset(ledger.closed)
        if parsed.cluster_code:
            return Known(closed_periods=closed, own_counts=self._own_counts(parsed, reference, ledger))
        directory, place = self._acquainted.people_of(parsed, reference, ledger), (parsed.unit_code, parsed.period)
        given = _given(ledger, parsed)
        in_cluster, row = self._in_cluster(parsed, reference, ledger), period_of(reference, parsed.period)
        counts = {parsed.unit_code: _counts(_staff_rows(parsed.columns), row.ends_on)} if in_cluster and row else {}
        people, own = directory.beside(place), directory.beside(place, own=True)
        return Known(
            people, own, given, ledger.codes_given, closed, counts, in_cluster, self._used_initiatives(parsed, ledger)
        )

    def keep(self, sha256: str, parsed: Parsed) -> None:
        """Take the people of a workbook that is about to count from what was just read of it, not from
        the disk later.
        """
        if parsed.unit_code:
            self._remember((sha256, parsed.reference_digest), _staff_rows(parsed.columns))

    def _staff(self, sha256: str, reference_digest: str) -> tuple[_Row, ...]:
        """The rows of the sheet `Cán bộ`, as far as they bear on other workbooks."""
        key = (sha256, reference_digest)
        return self._remember(key, self._lists[key] if key in self._lists else self._read_staff(*key))

    def _remember(self, key: tuple[str, str], rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
        self._lists[key] = rows
        self._lists.move_to_end(key)
        if len(self._lists) > _MOST_LISTS:
            self._lists.popitem(last=False)
        return rows

    def _named_in(self, body: ReceiptBody) -> Iterator[tuple[str, str]]:
        """(code, name) of everyone a receipt's workbook lists, codes given to them included."""
        rows = self._staff(body.sha256, body.reference_digest)
        yield from ((row.person_code, row.full_name) for row in rows if row.person_code and row.full_name)
        yield from ((one.person_code, one.full_name) for one in body.issued)

    def _own_counts(self, parsed: Parsed, reference: Reference, ledger: Ledger) -> dict[str, dict[str, int]]:
        """What members that also send a workbook of their own say in it of the last day of the period."""
        row = period_of(reference, parsed.period)
        members = members_on(reference, parsed.cluster_code, row.due_on) if row else ()
        own = {unit: body for unit in members if (body := ledger.current(unit, parsed.period))}
        staff = {unit: self._staff(body.sha256, body.reference_digest) for unit, body in own.items()}
        return {unit: _counts(rows, row.ends_on) for unit, rows in staff.items() if row and rows}

    def _in_cluster(self, parsed: Parsed, reference: Reference, ledger: Ledger) -> tuple[ClusterCount, ...]:
        """What the cluster a unit belongs to on the due date says of it in its row, if its workbook of the period
        counts.
        """
        row = period_of(reference, parsed.period)
        code = cluster_on(reference, parsed.unit_code, row.due_on) if row else ""
        body = ledger.current(code, parsed.period)
        if body is None:
            return ()
        cells = parsed_of(self._archive, body.sha256, body.reference_digest).cells
        rows = cells.filter(pc.equal(cells["table_name"], "cluster_members")).to_pylist()
        at = {c["excel_row"] for c in rows if (c["column_name"], c["value"]) == ("unit_code", parsed.unit_code)}
        return tuple(
            ClusterCount(
                body.cluster_code, c["column_name"], c["value"], f"{c['sheet']}!{c['column_letter']}{c['excel_row']}"
            )
            for c in rows
            if c["excel_row"] in at and c["column_name"].endswith("_count") and c["value"]
        )

    def _used_initiatives(self, parsed: Parsed, ledger: Ledger) -> tuple[UsedInitiative, ...]:
        """What served for awards in the unit's workbooks of the ten years before; nothing to ask where none is named
        now.
        """
        if not parsed.period[:4].isdecimal() or not parsed.columns.has("awards", "initiative_code"):
            return ()
        year = int(parsed.period[:4])
        books = [ledger.current(parsed.unit_code, str(one)) for one in range(year - _YEARS_BACK, year)]
        return tuple(one for b in books if b for one in self._initiatives(b.sha256, b.reference_digest, b.period))

    def _read_initiatives(self, sha256: str, reference_digest: str, period: str) -> tuple[UsedInitiative, ...]:
        cells = parsed_of(self._archive, sha256, reference_digest).cells
        rows: dict[tuple[str, int], dict[str, dict[str, Any]]] = {}
        for cell in cells.filter(pc.is_in(cells["table_name"], pa.array(["awards", "initiatives"]))).to_pylist():
            rows.setdefault((cell["table_name"], cell["excel_row"]), {})[cell["column_name"]] = cell

        def of(table: str, *names: str) -> Iterator[dict[str, dict[str, Any]]]:
            return (row for (name, _), row in rows.items() if name == table and set(names) <= row.keys())

        titles = {
            row["initiative_code"]["value"]: row["title"]["value"]
            for row in of("initiatives", "initiative_code", "title")
        }
        return tuple(
            UsedInitiative(
                code,
                titles.get(code) or "",
                row["achievement_year"]["value"] or "",
                f"{period} · {_place(row['initiative_code'])}",
            )
            for row in of("awards", "initiative_code", "achievement_year", "result")
            if (code := row["initiative_code"]["value"]) and row["result"]["value"] in OPEN
        )

    def _read_staff(self, sha256: str, reference_digest: str) -> tuple[_Row, ...]:
        path = proven_parquet(self._archive, sha256, reference_digest)
        cells = pq.read_table(path, columns=["table_name", "column_name", "excel_row", "value"], memory_map=False)
        return _staff_rows(Columns(cells))


def _place(cell: dict[str, Any]) -> str:
    return f"{cell['sheet']}!{cell['column_letter']}{cell['excel_row']}"


def _staff_rows(columns: Columns) -> tuple[_Row, ...]:
    rows: dict[int, dict[str, str]] = {}
    for name in _Row._fields:
        cells = columns.of("staff", name)
        for row, value in zip(cells["excel_row"].to_pylist(), cells["value"].to_pylist(), strict=True):
            rows.setdefault(row, {})[name] = value or ""
    return tuple(_Row(**rows[row]) for row in sorted(rows))


def _given(ledger: Ledger, parsed: Parsed) -> dict[str, tuple[str, ...]]:
    """Codes this unit and period got before, by key of the name, each once and in order."""
    names: dict[str, dict[str, None]] = {}
    for period, one in ledger.issued.get(parsed.unit_code, ()):
        if period == parsed.period:
            names.setdefault(name_key(one.full_name), {})[one.person_code] = None
    return {key: tuple(codes) for key, codes in names.items()}


def _counts(staff: tuple[_Row, ...], on: date) -> dict[str, int]:
    """The counts of a cluster's row `Thành viên`, of the people who had not left by a day."""
    there = [row for row in staff if not row.left_on or row.left_on > on.isoformat()]
    rated = Counter(row.rating for row in there)
    leaders = sum(row.position_group in LEADER_GROUPS for row in there)
    ratings = {f"{rating.code.lower()}_count": rated[rating.code] for rating in RATING}
    return {"staff_count": len(there), "leader_count": leaders} | ratings
