"""Checks between cells and sheets of one workbook and against the reference lists. Nothing stored is consulted."""

from dataclasses import dataclass

from pipelines.contract.reference import Reference
from pipelines.submissions.cross_checks import check_page
from pipelines.submissions.fold import Problems
from pipelines.submissions.information import Information
from pipelines.submissions.page import Page


@dataclass(frozen=True)
class Submission:
    """One workbook, typed. `pages` holds the sheets that could be read, by sheet key."""

    info: Information
    pages: dict[str, Page]
    reference: Reference
    problems: Problems


def validate(submission: Submission) -> None:
    """Gather what is wrong between the cells of a workbook."""
    for page in submission.pages.values():
        check_page(page, submission.problems)
