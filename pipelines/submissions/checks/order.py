"""The order in which people work through what was found: sheet by sheet, down the rows."""

import re
from collections.abc import Iterable

from pipelines.contract.checks import Finding
from pipelines.contract.workbooks import INFO_TITLE, WORKBOOKS
from pipelines.submissions.sheets.headers import title_key

_ROW = re.compile(r"[A-Z]+(\d+)")


def in_order(findings: Iterable[Finding], form: str) -> tuple[Finding, ...]:
    """As the sheets stand in the form, then by row: first the whole file and whole sheets, last sheets that are not
    ours.
    """
    titles = [INFO_TITLE, *(sheet.title for sheet in WORKBOOKS[form].sheets)] if form in WORKBOOKS else []
    ranks = {title_key(title): rank for rank, title in enumerate(titles)} | {"": -1}

    def place(finding: Finding) -> tuple[int, int]:
        row = _ROW.match(finding.cell)
        return ranks.get(title_key(finding.sheet), len(ranks)), int(row[1]) if row else 0

    return tuple(sorted(findings, key=place))
