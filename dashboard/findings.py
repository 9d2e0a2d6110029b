"""What was found in a workbook as a table people can work through: where, what is there, what to do."""

from collections.abc import Iterable

import pandas as pd

from dashboard.columns import Column, Columns
from pipelines.contract.checks import Finding, Severity
from pipelines.submissions.statements import statement
from pipelines.texts import say

_SIGN = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.NOTE: "·"}  # never colour alone
_FIELDS = ("severity", "cell", "column", "value", "what", "fix")


def table(findings: Iterable[Finding], lang: str) -> pd.DataFrame:
    """[severity, sheet, cell, column, value, what, fix], in the order given; severity and sentences in words."""
    rows = [
        {
            "severity": f"{_SIGN[finding.severity]} {say(f'annotate.severity.{finding.severity}', lang)}",
            "sheet": finding.sheet,
            "cell": finding.cell,
            "column": finding.column,
            "value": finding.value,
            **dict(zip(("what", "fix"), statement(finding, lang), strict=True)),
        }
        for finding in findings
    ]
    return pd.DataFrame(rows, columns=["severity", "sheet", *_FIELDS[1:]])


def columns(lang: str, with_sheet: bool = True) -> Columns:
    """Headings of the table; without the sheet where the heading above says it."""
    wide = {"what": "large", "fix": "large", "value": "small", "cell": "small"}
    names = [_FIELDS[0], *(["sheet"] if with_sheet else []), *_FIELDS[1:]]
    return {name: Column(say(f"annotate.column.{name}", lang), width=wide.get(name)) for name in names}  # type: ignore[arg-type]


def from_frame(frame: pd.DataFrame) -> list[Finding]:
    """The findings of `queries.findings`."""
    return [
        Finding(row.code, Severity(row.severity), row.sheet, row.cell, row.column, row.value, row.count_, row.params)
        for row in frame.rename(columns={"count": "count_"}).itertuples()
    ]
