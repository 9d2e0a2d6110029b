"""Checks of awards against the dated catalogue, and of a decision that should be there.

Whether one is deserved is not asked.
"""

from datetime import date

from pipelines.contract.reference import Award
from pipelines.contract.vocabulary import RECIPIENT
from pipelines.submissions.sheets.page import Page
from pipelines.submissions.sheets.submission import Submission
from pipelines.submissions.values.offers import Offer, among

_LABELS = {code.code: code.label for code in RECIPIENT}
_TITLE = "danh_hieu"  # group of the catalogue: a person or collective gets one of it a year, whatever for
_ONCE = {"THUONG_XUYEN", "NIEN_HAN", "CONG_HIEN", "KHANG_CHIEN"}  # of the others there may be several a year
_OPEN = {"DE_NGHI", "DA_KHEN"}
Years = tuple[str, str]  # first and last day, ISO


def check(submission: Submission) -> None:
    """Both kinds of `Khen thưởng`."""
    for key in ("awards", "cluster_awards"):
        page = submission.pages.get(key)
        if page is None:
            continue
        if "award" in page.values:
            _in_catalogue(submission, page)
        if "result" in page.values:
            _decisions(submission, page)
        if {"recipient_code", "award", "award_kind", "achievement_year", "result"} <= page.values.keys():
            _repeated(submission, page)
        if "achievement_year" in page.values and submission.year:
            for place, year in enumerate(page.values["achievement_year"]):
                if year and year != str(submission.year):
                    page.tell("award.year_differs", "achievement_year", place, year=str(submission.year))


def _in_catalogue(submission: Submission, page: Page) -> None:
    catalogue: dict[str, list[Award]] = {}
    for row in submission.reference.award_catalogue:
        catalogue.setdefault(row.award, []).append(row)
    nothing: list[str | None] = [""] * len(page.rows)
    years = page.values.get("achievement_year", [str(submission.year or "")] * len(page.rows))
    recipients = page.values.get("recipient", nothing)
    decided = page.values.get("decided_on", nothing)
    outcome: dict[tuple[str | None, ...], tuple[str, dict[str, str], Offer | None]] = {}
    for place, key in enumerate(zip(page.values["award"], recipients, years, decided, strict=True)):
        if not key[0]:
            continue
        if key not in outcome:
            facts = [part or "" for part in key[1:]]
            problem = _catalogue_problem(catalogue[key[0]], *facts)
            outcome[key] = (*problem, _instead(catalogue, *facts) if problem[0] else None)
        code, params, offer = outcome[key]
        if code:
            page.tell(code, "award", place, offer, **params)


def _catalogue_problem(rows: list[Award], recipient: str, year: str, decided: str) -> tuple[str, dict[str, str]]:
    then = [row for row in rows if not year or _in_force(row, year, decided)]
    if not then:
        return "award.not_in_force", {"award": rows[0].name, "year": year, "recipient": _LABELS.get(recipient, "")}
    only = then[0].recipient
    if only and recipient and recipient != only:
        named = {"only": _LABELS[only], "recipient": _LABELS[recipient]}
        return "award.recipient_kind", {"award": then[0].name, "year": year, **named}
    return "", {}


def _instead(catalogue: dict[str, list[Award]], recipient: str, year: str, decided: str) -> Offer:
    """The awards in force then that the recipient may get."""
    rows = [row for listed in catalogue.values() for row in listed if row.recipient in ("", recipient) or not recipient]
    return among(dict.fromkeys(row.name for row in rows if not year or _in_force(row, year, decided)))


def _in_force(row: Award, year: str, decided: str) -> bool:
    """In force at some time of the achievement year, or on the day of the decision."""
    last = (row.valid_to or date.max).isoformat()
    overlaps = row.valid_from.isoformat() <= f"{year}-12-31" and last >= f"{year}-01-01"
    return overlaps or bool(decided and row.valid_from.isoformat() <= decided <= last)


def _repeated(submission: Submission, page: Page) -> None:
    """The same award for the same year twice: in figures it is one."""
    titles = {row.award for row in submission.reference.award_catalogue if row.award_group == _TITLE}
    first: dict[tuple[str, str, str], int] = {}
    columns = ("recipient_code", "award", "achievement_year", "award_kind", "result")
    for place, (who, award, year, kind, result) in enumerate(zip(*(page.values[n] for n in columns), strict=True)):
        if not (who and award and year) or result not in _OPEN or not (award in titles or kind in _ONCE):
            continue
        before = first.setdefault((who, award, year), place)
        if before != place:
            page.tell("award.repeated", "award", place, who=who, other=page.address("award", before))


def _decisions(submission: Submission, page: Page) -> None:
    for name in ("decision_no", "decided_on"):
        if name in page.values:
            for place, (result, given) in enumerate(zip(page.values["result"], page.values[name], strict=True)):
                if result == "DA_KHEN" and given == "":
                    page.tell("award.decision_missing", name, place)
