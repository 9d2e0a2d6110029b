"""Checks of initiatives: recognised in another year than the workbook's, and one that serves for awards
of two years.
"""

from collections.abc import Iterator

from pipelines.submissions.sheets.page import Page
from pipelines.submissions.sheets.submission import Submission

OPEN = {"DE_NGHI", "DA_KHEN"}  # what an initiative can serve for


def check(submission: Submission) -> None:
    page = submission.pages.get("initiatives")
    if page is not None and submission.year:
        for place, on in enumerate(page.values.get("recognised_on", ())):
            if on and on[:4] != str(submission.year):
                page.tell("initiative.other_year", "recognised_on", place, year=str(submission.year))
    awards = submission.pages.get("awards")
    if awards is not None and {"initiative_code", "achievement_year", "result"} <= awards.values.keys():
        _used_twice(awards)


def _used_twice(page: Page) -> None:
    first: dict[str, tuple[str, int]] = {}
    for place, code, year in _uses(page):
        before, at = first.setdefault(code, (year, place))
        if before != year:
            other = page.address("initiative_code", at)
            page.tell("initiative.used_before", "initiative_code", place, year=before, other=other)


def _uses(page: Page) -> Iterator[tuple[int, str, str]]:
    columns = (page.values[name] for name in ("initiative_code", "achievement_year", "result"))
    for place, (code, year, result) in enumerate(zip(*columns, strict=True)):
        if code and year and result in OPEN:
            yield place, code, year
