"""Annotated copies from one file to another, for tests that open both."""

from collections.abc import Iterable
from pathlib import Path

from pipelines.contract.checks import Finding
from pipelines.submissions.copy import annotate
from pipelines.submissions.copy.annotate import REPORT, Annotated, Words


def write(
    source: Path,
    target: Path,
    findings: Iterable[Finding],
    words: Words | None = None,
    codes: Iterable[Finding] = (),
    lang: str = "vi",
) -> Annotated:
    """Copy a workbook; the list alone goes beside the target as .xlsx."""
    made = annotate.copy(source.read_bytes(), findings, lang, words=words, codes=codes)
    (target.with_suffix(".xlsx") if made.way == REPORT else target).write_bytes(made.data)
    return made
