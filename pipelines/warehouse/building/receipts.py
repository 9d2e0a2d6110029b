"""What the journal says of each file received: submissions, states of their sheets, findings."""

import json
import re
from collections.abc import Container, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.contract.checks import Finding
from pipelines.problems import ArchiveDamaged
from pipelines.records.archive import Archive
from pipelines.records.bodies import ReceiptBody
from pipelines.records.parsed import INFO_TABLE, Parsed, finding_from_json
from pipelines.submissions.rows import proven_parquet
from pipelines.warehouse.building.moment import Moment, day_in_vietnam

_ROW = re.compile(r"(?<=[A-Z])\d+")  # of the first cell: 3 of "R3:R5"


class SubmissionRow(NamedTuple):
    """A row of the table `submissions`, fields in the order of its columns."""

    submission_id: int
    receipt_no: int
    journal_seq: int
    received_at: datetime
    received_on: date
    status: str
    version: int | None
    is_current: bool
    is_withdrawn: bool
    form: str
    reporter_code: str
    unit_code: str
    cluster_code: str
    period: str
    file_name: str
    sha256: str
    size: int
    template_version: str
    product_version: str
    reference_digest: str
    synthetic: bool
    errors: int
    warnings: int
    notes: int


_AS_JOURNALLED = set(SubmissionRow._fields) - {
    *("submission_id", "receipt_no", "journal_seq", "received_at", "received_on", "is_current", "is_withdrawn"),
    *("reporter_code", "unit_code", "status"),
}


def submission_rows(moment: Moment) -> list[SubmissionRow]:
    """Every receipt of the journal up to the moment, in order."""
    current = {body.receipt_no for body in moment.counting}
    return [_row(number, body, moment, number in current) for number, body in moment.ledger.receipts.items()]


def _row(number: int, body: ReceiptBody, moment: Moment, is_current: bool) -> SubmissionRow:
    received = body.received_at.astimezone(UTC)
    return SubmissionRow(
        submission_id=number,
        receipt_no=number,
        journal_seq=moment.ledger.seq_of[number],
        received_at=received.replace(tzinfo=None),
        received_on=day_in_vietnam(received),
        is_current=is_current,
        is_withdrawn=number in moment.ledger.withdrawn,
        reporter_code=body.reporter,
        unit_code="" if body.cluster_code else body.unit_code,
        status="accepted" if number in moment.ledger.overridden else body.status,
        **{name: getattr(body, name) for name in _AS_JOURNALLED},
    )


def shown(moment: Moment) -> list[ReceiptBody]:
    """Receipts whose findings are shown: those that count, and the last returned where nothing counts."""
    counting = moment.counting
    taken = {(body.reporter, body.period) for body in counting}
    last = {
        (body.reporter, body.period): body
        for body in moment.ledger.receipts.values()
        if body.status == "returned" and body.sha256 not in moment.ledger.deleted
    }
    waiting = [body for place, body in last.items() if place[0] and place not in taken]
    return sorted([*counting, *waiting], key=lambda body: body.receipt_no)


def parquet(archive: Archive, body: ReceiptBody) -> Path:
    """The parsed rows of a receipt's workbook as Parquet, proven; made again from the bytes when they were lost or
    changed.
    """
    return proven_parquet(archive, body.sha256, body.reference_digest)


def summaries(archive: Archive, moment: Moment, kept: Container[int] = ()) -> Iterator[tuple[ReceiptBody, Parsed]]:
    """What the reader said of each shown receipt not `kept`, without cells.

    Bytes not accepted may have been deleted since: left out.
    """
    for body in shown(moment):
        if body.receipt_no in kept:
            continue
        try:
            parquet(archive, body)
        except ArchiveDamaged:
            if body.status == "returned":
                continue
            raise
        yield body, archive.summary(body.sha256, body.reference_digest)


def sheet_states(body: ReceiptBody, parsed: Parsed) -> list[tuple[int, str, str]]:
    """Rows of `sheet_states`; the information sheet of an accepted workbook is always filled."""
    return [(body.receipt_no, table, state) for table, state in {INFO_TABLE: "filled", **parsed.sheets}.items()]


def finding_rows(body: ReceiptBody, parsed: Parsed) -> list[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """(row of `findings`, row of `people.finding_values`) of a receipt: what the bytes gave, then what
    was stored gave.
    """
    stored = [finding_from_json(one) for one in body.findings]
    return [_finding(body, place, one) for place, one in enumerate([*parsed.findings, *stored], start=1)]


def _finding(body: ReceiptBody, place: int, one: Finding) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    number, row = body.receipt_no, _ROW.search(one.cell)
    whose = (body.unit_code, body.cluster_code, body.period)
    where = (one.sheet, int(row[0]) if row else None, one.cell, one.column, one.count)
    told = (number, place, *whose, one.code, str(one.severity), *where, ",".join(sorted(one.params)))
    return told, (number, place, one.value, json.dumps(one.params, ensure_ascii=False, sort_keys=True))
