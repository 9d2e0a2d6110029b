"""What is said of a file: lines of a receipt for people, one document for machines."""

from collections.abc import Iterable
from datetime import UTC, date
from typing import Any

from pipelines.contract.checks import Finding
from pipelines.contract.reference import Reference, in_force, period_of
from pipelines.desk.overriding import NOTHING, Overriding
from pipelines.desk.receipts import LATER, REFUSED, RETURNED, UNCHANGED, WARNED, Checked, Receipt
from pipelines.submissions.copy.statements import statement
from pipelines.texts import EMPTY, day_in_words, in_vietnam, period_name, say

_SHA = 12  # letters of the hash that a person compares


def receipt_lines(receipt: Receipt, reference: Reference, lang: str) -> list[str]:
    """The receipt as lines of text: what it is of, what was decided, and what to do with the copy handed back."""
    return [
        *head_lines(receipt, reference, lang),
        decision(receipt.checked, "receipt", lang),
        *_copy_lines(receipt, lang),
    ]


def head_lines(receipt: Receipt, reference: Reference, lang: str) -> list[str]:
    """Number, file, moment, reporter and period, date on the workbook, codes given, version that came once before."""
    checked, local = receipt.checked, in_vietnam(receipt.received_at)
    lines = [
        say("receipt.title", lang, no=receipt.receipt_no),
        say("receipt.file", lang, file=checked.file_name, sha=checked.sha256[:_SHA]),
        say("receipt.when", lang, time=f"{local:%H:%M}", day=day_in_words(local.date(), lang)),
    ]
    code, name = reporter(checked, reference)
    if code:
        period = period_name(checked.parsed.period, lang) if checked.parsed.period else EMPTY
        lines.append(say("receipt.reporter", lang, name=name, code=code, period=period))
    if checked.parsed.prepared_on:
        lines.append(say("receipt.prepared", lang, day=day_in_words(checked.parsed.prepared_on, lang)))
    if checked.issued and receipt.copy:  # none is made of a file that is in use already
        lines.append(say("receipt.issued", lang, count=len(checked.issued), copy=receipt.copy.name))
    return [*lines, *again_lines(checked, "receipt", lang)]


def again_lines(checked: Checked, key: str, lang: str) -> list[str]:
    """That a file is an earlier version sent again, and which version it puts out of use: `<key>.again`, `<key>.back`;
    else nothing.
    """
    if checked.again is None:
        return []
    facts = {"again": checked.again.version, "receipt": checked.again.receipt_no}
    if checked.replaces is None:
        return [say(f"{key}.back", lang, **facts)]
    return [say(f"{key}.again", lang, **facts, old=checked.replaces.version, old_receipt=checked.replaces.receipt_no)]


def check_lines(checked: Checked, lang: str) -> list[str]:
    """What receiving the file would say; nothing was kept."""
    return [decision(checked, "receipt.check", lang), *again_lines(checked, "receipt.check", lang)]


def decision(checked: Checked, key: str, lang: str) -> str:
    """The sentence of a status: `<key>.<status>`."""
    what, fix = statement(checked.findings[0], lang) if checked.status == REFUSED else ("", "")
    facts = {"version": checked.version, "earlier": checked.earlier, "what": what, "fix": fix}
    return say(f"{key}.{checked.status}", lang, **facts, **checked.counts)


def overriding_lines(done: Overriding, reference: Reference, lang: str) -> list[str]:
    """The receipt of a file accepted with its warnings overridden, and whether the reason was kept."""
    if not done.outcome:
        return receipt_lines(done.receipt, reference, lang)
    checked = done.receipt.checked
    kept = "counts" if done.outcome == NOTHING and checked.status == UNCHANGED else done.outcome
    said = say(f"receipt.overriding.{kept}", lang, version=checked.version, warnings=done.warnings)
    return [*head_lines(done.receipt, reference, lang), said]


def _copy_lines(receipt: Receipt, lang: str) -> list[str]:
    """Where the copy lies and what to do with it."""
    checked = receipt.checked
    if receipt.way == LATER:
        return [say("receipt.copy.later", lang)]
    if receipt.copy is None or checked.status not in (RETURNED, WARNED):
        return []
    key = f"receipt.copy.{receipt.way}" if checked.status == RETURNED else "receipt.copy.look"
    return [say(key, lang, copy=receipt.copy.name, file=checked.file_name)]


def reporter(checked: Checked, reference: Reference) -> tuple[str, str]:
    """(code, name) of the unit or cluster that reports; empty for a file that is none of ours."""
    parsed = checked.parsed
    row = period_of(reference, parsed.period)
    on = row.due_on if row else date.max
    code = parsed.cluster_code or parsed.unit_code
    rows = [(in_force(unit, on), unit.name) for unit in reference.units if unit.unit_code == code]
    rows += [(in_force(cluster, on), cluster.name) for cluster in reference.clusters if cluster.cluster_code == code]
    return code, max(rows, default=(False, code))[1]


def document(files: Iterable[tuple[Checked, Receipt | None]]) -> dict[str, Any]:
    """The one document of `check --json` and `receive --json` (interface.md)."""
    return {"files": [_file(checked, receipt) for checked, receipt in files]}


def _file(checked: Checked, receipt: Receipt | None) -> dict[str, Any]:
    parsed = checked.parsed
    return {
        "file": checked.file_name,
        "sha256": checked.sha256,
        "receipt_no": receipt.receipt_no if receipt else None,
        "received_at": receipt.received_at.astimezone(UTC).isoformat() if receipt else None,
        "status": checked.status,
        "kind": parsed.form,
        "unit_code": parsed.unit_code or parsed.cluster_code,
        "period": parsed.period,
        "version": checked.version,
        "copy": str(receipt.copy) if receipt and receipt.copy else None,
        "issued": [one._asdict() for one in checked.issued],
        "findings": [_finding(finding) for finding in checked.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    (what, fix), (english, _) = statement(finding, "vi"), statement(finding, "en")
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "column": finding.column,
        "value": finding.value,
        "count": finding.count,
        "message_vi": what,
        "message_en": english,
        "fix_vi": fix,
    }
