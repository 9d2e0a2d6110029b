"""What is said of one workbook: looked at (Checked), and entered in the journal (Receipt)."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pyarrow.compute as pc

from pipelines import __version__
from pipelines.contract.checks import CHECKS, REFUSAL, Finding, Severity
from pipelines.contract.sheets.staff import SHEET as STAFF
from pipelines.records.bodies import Issued, ReceiptBody
from pipelines.records.parsed import CELLS_SCHEMA, Parsed, finding_from_json, finding_to_json
from pipelines.submissions.checks.order import in_order

ACCEPTED, WARNED, RETURNED = "accepted", "accepted_with_warnings", "returned"
UNCHANGED, REFUSED = "unchanged", "refused"
LATER = "later"  # way of a copy that could not be made yet
KEPT = timedelta(days=90)  # how long bytes that were not accepted are kept


class Before(NamedTuple):
    """A version accepted before."""

    receipt_no: int
    version: int


@dataclass(frozen=True)
class Checked:
    """One file looked at; nothing of it is accepted yet. `status` is what receiving it would say.

    `stored`: findings that only what is stored could show. `version`: the number it would get (None if not accepted).
    `issued`: codes for people listed without one. `earlier`: receipt of the same bytes that count already. `seq`:
    journal number it was checked at. `synthetic`: it belongs to a demo. `again`: the version made of these very
    bytes that counts no longer. `replaces`: the version that would no longer count.
    """

    data: bytes
    file_name: str
    sha256: str
    parsed: Parsed
    stored: tuple[Finding, ...]
    status: str
    version: int | None
    earlier: int | None
    seq: int
    issued: tuple[Issued, ...] = ()
    again: Before | None = None
    replaces: Before | None = None
    synthetic: bool = False

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, by itself and against what is stored, sheet by sheet."""
        return in_order((*self.parsed.findings, *self.stored), self.parsed.form)

    @cached_property
    def codes(self) -> tuple[Finding, ...]:
        """The cell of each issued code, with the code as its value; without a cell where the sheet has no
        such column.
        """
        if not self.issued:
            return ()
        cells = self.parsed.cells
        title = cells.filter(pc.equal(cells["table_name"], STAFF.table))["sheet"][0].as_py()
        header, letter = next(c.header for c in STAFF.columns if c.name == "person_code"), self.parsed.code_column
        return tuple(
            Finding(
                "staff.code_listed",
                CHECKS["staff.code_listed"],
                title,
                f"{letter}{one.excel_row}" if letter else "",
                header,
                one.person_code,
                params={"person": one.full_name},
            )
            for one in self.issued
        )

    @property
    def counts(self) -> dict[str, int]:
        """errors, warnings, notes."""
        found = Counter(finding.severity for finding in self.findings)
        return {"errors": found[Severity.ERROR], "warnings": found[Severity.WARNING], "notes": found[Severity.NOTE]}

    @property
    def is_accepted(self) -> bool:
        return is_accepted(self.status)


class Copy(NamedTuple):
    """What a clerk gets back.

    `way`: the workbook "marked" cell by cell, "listed" with a first sheet alone, or a "report" beside it.
    """

    name: str
    data: bytes
    way: str


@dataclass(frozen=True)
class Receipt:
    """What the journal says of a file.

    `copy`: the annotated copy in the folder `returned`, where there is something to mend.
    """

    checked: Checked
    receipt_no: int
    received_at: datetime
    copy: Path | None = None
    way: str = ""  # of the copy; "later": it could not be made yet


def is_accepted(status: str) -> bool:
    """Whether a file of this status counts."""
    return status in (ACCEPTED, WARNED)


def status_of(findings: tuple[Finding, ...]) -> str:
    """What the findings alone lead to."""
    if any(finding.code.startswith(REFUSAL) for finding in findings):
        return REFUSED
    severities = {finding.severity for finding in findings}
    return RETURNED if Severity.ERROR in severities else WARNED if Severity.WARNING in severities else ACCEPTED


def body_of(checked: Checked, receipt_no: int, at: datetime, sender: str) -> ReceiptBody:
    """The journal's entry.

    Findings the bytes give again are left to them; those of a refused file nobody may ask again.
    """
    parsed = checked.parsed
    kept = checked.findings if checked.status == REFUSED else checked.stored
    passing = checked.status in (RETURNED, REFUSED) and not checked.synthetic  # a demonstration says it came years ago
    return ReceiptBody(
        receipt_no=receipt_no,
        sha256=checked.sha256,
        file_name=checked.file_name,
        received_at=at.astimezone(UTC),
        size=len(checked.data),
        status=checked.status,
        form=parsed.form,
        unit_code=parsed.unit_code,
        cluster_code=parsed.cluster_code,
        period=parsed.period,
        version=checked.version,
        template_version=parsed.template_version,
        product_version=__version__,
        reference_digest=parsed.reference_digest,
        sender=sender,
        synthetic=checked.synthetic,
        **checked.counts,
        findings=tuple(finding_to_json(finding) for finding in kept),
        delete_after=(at + KEPT).astimezone(UTC) if passing else None,
        issued=() if checked.status == UNCHANGED else tuple(checked.issued),
    )


def recalled(body: ReceiptBody, data: bytes, parsed: Parsed | None) -> Checked:
    """What was said of a receipt's file, from the journal's entry and what its bytes give (None: they were refused)."""
    nothing = Parsed("", "", "", "", "", None, {}, CELLS_SCHEMA.empty_table(), (), "")
    told, issued = tuple(finding_from_json(one) for one in body.findings), body.issued
    facts = (
        body.file_name,
        body.sha256,
        parsed or nothing,
        told,
        body.status,
        body.version,
        None,
        0,
        issued,
    )
    return Checked(data, *facts)
