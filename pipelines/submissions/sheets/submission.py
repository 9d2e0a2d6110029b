"""One workbook, typed: what the checks between its cells look at, and the days its period covers."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipelines.contract.reference import Period, Reference, members_on, period_of
from pipelines.submissions.fold import Problems
from pipelines.submissions.sheets import information
from pipelines.submissions.sheets.information import Information
from pipelines.submissions.sheets.page import Page


@dataclass(frozen=True)
class Submission:
    """`pages` holds the sheets that could be read, by sheet key: a check whose sheet is not there is not made."""

    info: Information
    pages: dict[str, Page]
    reference: Reference
    problems: Problems

    @cached_property
    def year(self) -> int:
        return information.year_of(self.info)

    @cached_property
    def window(self) -> Period | None:
        """The calendar row of the period; a history workbook may reach back before the calendar. None if unusable."""
        row = period_of(self.reference, information.period_of(self.info))
        if row is None and self.year and self.info.value("period_kind") == "history":
            first, last = date(self.year, 1, 1), date(self.year, 12, 31)
            return Period(str(self.year), "history", self.year, first, last, first, last, "", "")
        return row

    @cached_property
    def members(self) -> frozenset[str] | None:
        """Units of the cluster on the due date; None where cluster or period is not known."""
        cluster = self.info.value("cluster_code")
        if self.window is None or not any(row.cluster_code == cluster for row in self.reference.clusters):
            return None
        return frozenset(members_on(self.reference, cluster, self.window.due_on))

    def column(self, sheet: str, name: str) -> list[str | None] | None:
        """The values of a column; None where sheet or column could not be read."""
        page = self.pages.get(sheet)
        return page.values.get(name) if page else None
