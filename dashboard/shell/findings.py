"""The findings of a workbook as tables: where it is, what is there, what to do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from dashboard.shell.columns import Column, Columns
from pipelines.contract.checks import Finding, Severity
from pipelines.submissions.copy.statements import as_written, statement
from pipelines.texts import say

_SIGN = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.NOTE: "·"}  # never by colour alone
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_FIELDS = ("severity", "cell", "column", "value", "what", "fix")
# The wrong file, unit or period: it must be settled before anything else.
_WRONG_FILE = (
    *(
        "file.",
        "workbook.not_ours",
        "workbook.list_alone",
        "workbook.newer_version",
        "period.",
        "info.unit",
        "info.cluster",
    ),
    *("info.reports_by_cluster", "info.year_invalid"),
)


@dataclass(frozen=True)
class OfSheet:
    """The findings of one sheet, errors first. `sheet` is "" for findings about the whole file."""

    sheet: str
    found: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of errors, warnings and notes."""
        found = Counter(finding.severity for finding in self.found)
        return {"errors": found[Severity.ERROR], "warnings": found[Severity.WARNING], "notes": found[Severity.NOTE]}


def by_sheet(findings: Iterable[Finding]) -> list[OfSheet]:
    """Findings by sheet: sheets with errors first, then in the order of the workbook."""
    sheets: dict[str, list[Finding]] = {}
    for finding in findings:
        sheets.setdefault(finding.sheet, []).append(finding)
    groups = [
        OfSheet(sheet, tuple(sorted(found, key=lambda one: _WEIGHT[one.severity]))) for sheet, found in sheets.items()
    ]
    return sorted(groups, key=lambda group: _WEIGHT[group.found[0].severity])


def wrong_file(findings: Iterable[Finding]) -> list[Finding]:
    """The errors that make it the wrong file: its kind, unit, year or period."""
    return [one for one in findings if one.severity is Severity.ERROR and one.code.startswith(_WRONG_FILE)]


def can_be_mended(findings: Iterable[Finding]) -> bool:
    """Whether the sender can correct this file; not if another file is needed."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    return not errors or any(finding.cell for finding in errors) or len(wrong_file(errors)) < len(errors)


def table(findings: Iterable[Finding], lang: str) -> pd.DataFrame:
    """One row a finding, in the given order: severity, cell, column, value, what, fix; all as text."""
    rows = [
        {
            "severity": f"{_SIGN[finding.severity]} {say(f'annotate.severity.{finding.severity}', lang)}",
            "cell": finding.cell,
            "column": finding.column,
            "value": as_written(finding.value),
            **dict(zip(("what", "fix"), statement(finding, lang), strict=True)),
        }
        for finding in findings
    ]
    return pd.DataFrame(rows, columns=list(_FIELDS))


def marks(findings: Iterable[Finding]) -> pd.Series:
    """The style of each row of `table`."""
    return pd.Series([str(finding.severity) for finding in findings], dtype=str)


def columns(lang: str) -> Columns:
    """Columns of the table of one sheet."""
    return {name: Column(say(f"annotate.column.{name}", lang)) for name in _FIELDS}


def from_frame(frame: pd.DataFrame) -> list[Finding]:
    """The findings in a frame of `queries.findings`."""
    return [
        Finding(row.code, Severity(row.severity), row.sheet, row.cell, row.column, row.value, row.count_, row.params)
        for row in frame.rename(columns={"count": "count_"}).itertuples()
    ]
