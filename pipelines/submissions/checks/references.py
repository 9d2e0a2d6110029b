"""Codes that point somewhere: units and members of the reference lists, teams and initiatives of the same workbook.

People are looked up where stored submissions are known (known.py): they may stand on an earlier year's list.
"""

from collections.abc import Collection, Iterable

from pipelines.contract.shape import Refers
from pipelines.contract.vocabulary import RECIPIENT
from pipelines.submissions.choice_lists import entry
from pipelines.submissions.sheets.page import Page
from pipelines.submissions.sheets.submission import Submission
from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.nearest import nearest
from pipelines.submissions.values.offers import Offer, among

_KINDS = {code.code: code.label for code in RECIPIENT}
_FEWEST = 4  # letters of the end of a name that say which unit is meant


def check(submission: Submission) -> None:
    """Units, members, teams and initiatives named in a workbook must exist."""
    _info_members(submission)
    for page in submission.pages.values():
        for column in page.sheet.columns:
            if column.refers is Refers.MEMBERS and column.name in page.values:
                _members(submission, page, column.name)
            elif column.refers is Refers.INITIATIVES and column.name in page.values:
                known = submission.column("initiatives", "initiative_code")
                _among(page, column.name, known, "reference.initiative_unknown")
            elif column.refers is Refers.RECIPIENTS and {column.name, "recipient"} <= page.values.keys():
                _teams(submission, page, column.name)


def check_dates_within(submission: Submission, page: Page) -> None:
    """Dates that must lie in the period, or in the achievement year of their row."""
    for column in page.sheet.columns:
        if column.name not in page.values:
            continue
        if column.within == "year" and "achievement_year" in page.values:
            years = page.values["achievement_year"]
            for place, (on, year) in enumerate(zip(page.values[column.name], years, strict=True)):
                if on and year and on[:4] != year:
                    page.tell("date.outside_year", column.name, place, year=year)
        elif column.within == "period" and submission.window:
            first, last = submission.window.starts_on.isoformat(), submission.window.ends_on.isoformat()
            for place, on in enumerate(page.values[column.name]):
                if on and not first <= on <= last:
                    page.tell("date.outside_period", column.name, place, first=first, last=last)


def _member_problem(submission: Submission, code: str) -> str:
    """The check a unit code fails; with the cluster unknown nobody can say who is a member."""
    if not any(unit.unit_code == code for unit in submission.reference.units):
        return "reference.unit_unknown"
    return "reference.not_a_member" if submission.members is not None and code not in submission.members else ""


def _offer(accepted: Iterable[str]) -> Offer:
    listed = sorted(accepted)
    return Offer(lambda value: nearest(value, listed), tuple(listed))


def _unit_offer(submission: Submission) -> Offer:
    """The members of the cluster or all units: which one a wrong code or a name in its place probably meant, and all of
    them.
    """
    codes = submission.members or {unit.unit_code for unit in submission.reference.units}
    names = {unit.unit_code: unit.name for unit in submission.reference.units if unit.unit_code in codes}
    spellings = {fold(code): code for code in sorted(codes)} | {fold(name): code for code, name in names.items()}

    def offer(value: str) -> str:
        key = fold(value.partition("|")[0])
        inside = {code for code, name in names.items() if len(key) >= _FEWEST and fold(name).endswith(f" {key}")}
        found = inside.pop() if len(inside) == 1 else nearest(value, spellings)
        return entry(found, names[found]) if found in names else found

    return Offer(offer, tuple(entry(code, names[code]) for code in sorted(names)))


def _info_members(submission: Submission) -> None:
    info = submission.info
    for item in info.form.info:
        code = info.value(item.name)
        problem = _member_problem(submission, code) if item.refers is Refers.MEMBERS and code else ""
        if problem:
            params = {"cluster": info.value("cluster_code")} if problem == "reference.not_a_member" else {}
            at, raw = [info.rows[item.name]], info.raws[item.name]
            offer = _unit_offer(submission)
            submission.problems.add(problem, info.title, info.index, at, item.label, raw, params, offer)


def _members(submission: Submission, page: Page, name: str) -> None:
    values = page.values[name]
    problems = {code: _member_problem(submission, code) for code in set(values) if code}
    if not any(problems.values()):
        return
    offer = _unit_offer(submission)
    for place, code in enumerate(values):
        if code and (problem := problems[code]):
            params = {"cluster": submission.info.value("cluster_code")} if problem == "reference.not_a_member" else {}
            page.tell(problem, name, place, offer, **params)


def _among(
    page: Page,
    name: str,
    known: Collection[str | None] | None,
    code: str,
    places: Iterable[int] | None = None,
) -> None:
    """Every code must be among the known ones. Not checked where those could not be read."""
    if known is None:
        return
    accepted = {item for item in known if item}
    values, offer = page.values[name], _offer(accepted)
    for place in range(len(values)) if places is None else places:
        value = values[place]
        if value and value not in accepted:
            page.tell(code, name, place, offer)


def _teams(submission: Submission, page: Page, name: str) -> None:
    teams = submission.column("collectives", "team_code")
    if teams is None or not submission.info.value("unit_code"):  # any code might be the unit's own
        return
    known = {*teams, submission.info.value("unit_code")}
    people = {code for code in submission.column("staff", "person_code") or () if code} - known
    collective = [place for place, kind in enumerate(page.values["recipient"]) if kind == "TAP_THE"]
    swapped = {place for place in collective if page.values[name][place] in people}
    for place in sorted(swapped):
        facts = {"actual": _KINDS["CA_NHAN"], "recipient": _KINDS["TAP_THE"]}
        page.tell("reference.recipient_swapped", name, place, among(sorted(filter(None, known))), **facts)
    _among(page, name, known, "reference.team_unknown", (place for place in collective if place not in swapped))
