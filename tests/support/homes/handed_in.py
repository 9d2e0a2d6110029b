"""A data folder whose submissions are a few rows written by hand: journal, archive and build are real."""

import csv
import shutil
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from openpyxl.utils import get_column_letter

from pipelines.contract import reference as lists
from pipelines.contract.checks import Finding
from pipelines.contract.reference import Reference
from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, INFO_TITLE, UNIT_REPORT
from pipelines.desk.known import Memory
from pipelines.records.archive import Archive
from pipelines.records.bodies import Issued, from_json
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.records.parsed import CELLS_SCHEMA, INFO_TABLE, Parsed, as_written, finding_to_json
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions.checks.known import codes_for
from pipelines.warehouse.building.build import build
from tests.support import TESTER
from tests.support.homes.receipts import receipt

Row = Mapping[str, object]
FIRST_ROW = 5


def relisted(root: Path, name: str, change: Callable[[dict[str, str]], dict[str, str] | None]) -> Home:
    """A data folder with one of its lists changed row by row; None takes a row out."""
    home = Home(root).ready()
    path = home.reference / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row for row in map(change, rows) if row is not None)
    return home


class HandedIn:
    """Hand in rows by table: {"staff": [{…}, …]}.

    A table given empty is marked "Không phát sinh"; one left out is unknown.

    "info": one row of further entries of `Thông tin`.
    """

    def __init__(self, root: Path) -> None:
        self.home = Home(root).ready()
        self.archive, self.journal = Archive(self.home), Journal(self.home.journal)
        self.digest = self.archive.put_reference(self.home.reference)
        self.memory = Memory(self.home, self.archive)
        self.reference: Reference = lists.load(self.home.reference)
        self.journal.append(from_json("reference", {"digest": self.digest}), TESTER, datetime(2013, 1, 1, tzinfo=UTC))

    def copied(self, root: Path) -> "HandedIn":
        """The same in another folder, to go on with there."""
        other = copy(self)
        other.home = Home(Path(shutil.copytree(self.home.root, root)))
        other.archive, other.journal = Archive(other.home), Journal(other.home.journal)
        other.memory = Memory(other.home, other.archive)
        return other

    def unit(self, code: str, period: str, rows: Mapping[str, Sequence[Row]], **more: Any) -> int:
        """A unit's workbook; its receipt number."""
        return self._hand_in(UNIT_REPORT, code, period, rows, **more)

    def cluster(self, code: str, period: str, rows: Mapping[str, Sequence[Row]], **more: Any) -> int:
        """A cluster's workbook; its receipt number."""
        return self._hand_in(CLUSTER_REPORT, code, period, rows, **more)

    def _hand_in(
        self,
        form: Workbook,
        code: str,
        period: str,
        rows: Mapping[str, Sequence[Row]],
        on: date | None = None,
        status: str = "accepted",
        findings: tuple[Finding, ...] = (),
        stored: tuple[Finding, ...] = (),
    ) -> int:
        ledger = Ledger().follow(self.journal.events())
        number = ledger.next_receipt_no()
        sha = self.archive.put(f"{code} {period} {number}".encode(), "bao_cao.xlsx")
        unit, cluster = (code, "") if form is UNIT_REPORT else ("", code)
        states = {
            s.table: "unknown" if s.table not in rows else "filled" if rows[s.table] else "none" for s in form.sheets
        }
        cells = _cells(form, rows, code)
        parsed = Parsed(form.code, unit, cluster, period, "1", date(2025, 12, 1), states, cells, findings, self.digest)
        self.archive.put_parsed(sha, parsed)
        day = on or date(int(period[:4]), 12, 1)
        at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        body = receipt(
            number,
            sha256=sha,
            file_name=f"{code}_{period}.xlsx",
            received_at=at,
            status=status,
            form=form.code,
            unit_code=unit,
            cluster_code=cluster,
            period=period,
            version=ledger.next_version(code, period) if status.startswith("accepted") else None,
            reference_digest=self.digest,
            findings=tuple(finding_to_json(finding) for finding in stored),
            issued=self._issued(parsed, ledger),
        )
        self.journal.append(body, TESTER, at)
        return number

    def _issued(self, parsed: Parsed, ledger: Ledger) -> tuple[Issued, ...]:
        """Codes for who is listed without one, as the desk gives them."""
        if parsed.cluster_code:
            return ()
        return codes_for(parsed, self.reference, self.memory.known(parsed, self.reference, ledger))


def _cells(form: Workbook, rows: Mapping[str, Sequence[Row]], code: str) -> pa.Table:
    whose = "unit_code" if form is UNIT_REPORT else "cluster_code"
    cells = [_cell(INFO_TITLE, INFO_TABLE, whose, "B", 6, code)]
    cells += [_cell(INFO_TITLE, INFO_TABLE, "prepared_on", "B", 10, "2025-12-01")]
    for number, (name, value) in enumerate((rows.get(INFO_TABLE) or [{}])[0].items(), start=11):
        cells.append(_cell(INFO_TITLE, INFO_TABLE, name, "B", number, as_written(value)))
    for sheet in form.sheets:
        letters = {column.name: get_column_letter(place) for place, column in enumerate(sheet.columns, start=2)}
        for number, row in enumerate(rows.get(sheet.table, ()), start=FIRST_ROW):
            cells += [
                _cell(sheet.title, sheet.table, name, letters[name], number, *_written(value))
                for name, value in row.items()
                if value is not None
            ]
    return pa.Table.from_pylist(cells, CELLS_SCHEMA)


def _written(value: object) -> tuple[str, str]:
    """A cell as written and as read; ("100%", 1) says both."""
    raw, read = value if isinstance(value, tuple) else (value, value)
    return as_written(raw), as_written(read)


def _cell(
    sheet: str, table: str, column: str, letter: str, row: int, text: str, read: str | None = None
) -> dict[str, object]:
    return {
        "sheet": sheet, "table_name": table, "column_name": column, "column_letter": letter, "excel_row": row,
        "raw": text, "value": text if read is None else read,
    }  # fmt: skip


def person(code: str | None, group: str = "TRUC_TIEP", rating: str = "HTTNV", **more: object) -> Row:
    """A row of `Cán bộ`."""
    name = more.pop("full_name", f"Nguyễn Văn {code}")
    return {"person_code": code, "full_name": name, "position_group": group, "rating": rating, **more}


def award(proposal: str, to: str, what: str = "CSTDCS", year: int = 2025, **more: object) -> Row:
    """A row of `Khen thưởng` of a unit: granted, individual, for regular merit, unless told otherwise."""
    row: dict[str, object] = {
        "proposal_code": proposal, "achievement_year": year, "recipient": "CA_NHAN", "recipient_code": to, "award": what,
        "award_kind": "THUONG_XUYEN", "achievement": "Hoàn thành tốt", "result": "DA_KHEN",
    }  # fmt: skip
    return row | more


def member(unit: str, staff: int, leaders: int = 0, **more: object) -> Row:
    """A row of `Thành viên`: everyone rated HTTNV unless told otherwise."""
    counts = {"htxsnv_count": 0, "httnv_count": staff, "htnv_count": 0, "khtnv_count": 0, "cxl_count": 0}
    return {"unit_code": unit, "role": "THANH_VIEN", "staff_count": staff, "leader_count": leaders, **counts, **more}


def member_award(unit: str, awarded: int, what: str = "CSTDCS", group: str | None = None, **more: object) -> Row:
    """A row of `Khen thưởng` of a cluster."""
    row: dict[str, object] = {
        "unit_code": unit, "award": what, "award_kind": "THUONG_XUYEN", "recipient": "CA_NHAN", "position_group": group,
        "proposed_count": awarded, "awarded_count": awarded,
    }  # fmt: skip
    return row | more


def every_unit_for_three_years(root: Path) -> Home:
    """Three years of every unit that reports itself: six people each, two awarded, one proposal still open."""
    desk = HandedIn(root)
    reference = lists.load(OWN_REFERENCE)
    own = [unit.unit_code for unit in reference.units if unit.reports_by != "cluster" and unit.valid_to is None]
    for year in ("2023", "2024", "2025"):
        for unit in own:
            people = [f"{unit}{letter}" for letter in "ABCDEF"]
            awards = [award("1", people[0]), award("2", people[1]), award("3", people[2], "CSTDCS", result="DE_NGHI")]
            awards.append(award("4", people[3], "LDTT"))
            desk.unit(unit, year, {"staff": [person(code, rating="HTTNV") for code in people], "awards": awards})
    build(desk.home)
    return desk.home
