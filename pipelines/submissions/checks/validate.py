"""Checks between cells and sheets of one workbook and against the reference lists. Nothing stored is consulted."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from pipelines.contract.earlier import is_known
from pipelines.contract.reference import Cluster, Period, Unit, in_force
from pipelines.contract.workbooks import FIRST_YEAR, TEMPLATE_VERSION
from pipelines.submissions.checks import (
    award_checks,
    cluster_checks,
    date_checks,
    initiative_checks,
    population_checks,
    references,
    staff_checks,
)
from pipelines.submissions.checks.cross_checks import check_page
from pipelines.submissions.choice_lists import entry
from pipelines.submissions.sheets.information import Information
from pipelines.submissions.sheets.submission import Submission
from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.nearest import nearest
from pipelines.submissions.values.offers import Offer


def validate(submission: Submission) -> None:
    """Gather what is wrong between the cells of a workbook, `Thông tin` first."""
    _version(submission)
    _year(submission)
    if submission.info.form.reporter == "unit":
        _unit(submission)
    else:
        _cluster(submission)
    for page in submission.pages.values():
        check_page(page)
        date_checks.check(page)
        date_checks.check_numbers(page, submission.year)
        references.check_dates_within(submission, page)
    references.check(submission)
    award_checks.check(submission)
    initiative_checks.check(submission)
    staff_checks.check(submission)
    cluster_checks.check(submission)
    population_checks.check(submission)


def tell(submission: Submission, code: str, name: str, offer: Offer | None = None, **params: str) -> None:
    """One problem at one field of `Thông tin`."""
    info = submission.info
    label = next(item.label for item in info.form.info if item.name == name)
    rows = [info.rows[name]] if name in info.rows else []
    submission.problems.add(code, info.title, info.index, rows, label, info.raws.get(name, ""), params, offer)


def _version(submission: Submission) -> None:
    version = submission.info.value("template_version")
    if version and not is_known(version):
        tell(submission, "info.version_unknown", "template_version", current=TEMPLATE_VERSION)


def _year(submission: Submission) -> None:
    info, calendar = submission.info, submission.reference.calendar
    if not info.value("year"):
        return
    years = [row.year for row in calendar]
    first, last = min(years, default=0), max(years, default=0)
    if info.value("period_kind") == "history":
        first = FIRST_YEAR
    known = submission.window is not None or not info.value("period_kind")
    if not known or not first <= submission.year <= last:
        tell(submission, "info.year_invalid", "year", first=str(first), last=str(last))


_Dated = TypeVar("_Dated", Unit, Cluster)


def _during(rows: Sequence[_Dated], window: Period) -> list[_Dated]:
    """Rows in force at some time of the period, the one of the due date (or else the latest) first."""
    some = [r for r in rows if r.valid_from <= window.ends_on and (r.valid_to or date.max) >= window.starts_on]
    return sorted(some, key=lambda r: (in_force(r, window.due_on), r.valid_from), reverse=True)


def _offer(names: dict[str, str]) -> Offer:
    """Units or clusters by code: which one a wrong code or a name in its place meant, and all of them."""
    shown = {code: entry(code, name) for code, name in sorted(names.items())}
    spellings = {fold(name): shown[code] for code, name in names.items()}
    spellings |= {fold(code): told for code, told in shown.items()}
    return Offer(lambda value: nearest(value, spellings), tuple(shown.values()))


def _unit(submission: Submission) -> None:
    code, units = submission.info.value("unit_code"), submission.reference.units
    if not code:
        return
    rows = [unit for unit in units if unit.unit_code == code]
    if not rows:
        here = _during(units, submission.window) if submission.window else units
        tell(submission, "info.unit_unknown", "unit_code", _offer({unit.unit_code: unit.name for unit in here}))
        return
    window = submission.window
    if window is None:
        return
    then = _during(rows, window)
    if not then:
        tell(submission, "info.unit_not_in_year", "unit_code", unit=rows[-1].name, period=window.period)
        return
    if then[0].reports_by == "cluster":
        tell(submission, "info.reports_by_cluster", "unit_code", unit=then[0].name)
    _name(submission.info, "unit_name", [unit.name for unit in then], submission)


def _cluster(submission: Submission) -> None:
    code, clusters = submission.info.value("cluster_code"), submission.reference.clusters
    if not code:
        return
    rows = [cluster for cluster in clusters if cluster.cluster_code == code]
    then = _during(rows, submission.window) if submission.window else rows
    if not then:
        there = _during(clusters, submission.window) if submission.window else clusters
        tell(submission, "info.cluster_unknown", "cluster_code", _offer({one.cluster_code: one.name for one in there}))
        return
    _name(submission.info, "cluster_name", [cluster.name for cluster in then], submission)


def _name(info: Information, name: str, names: list[str], submission: Submission) -> None:
    given = info.value(name)
    if given and fold(given) not in {fold(right) for right in names}:
        tell(submission, "info.name_differs", name, expected=names[0])
