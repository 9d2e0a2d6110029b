"""Checks of a cluster workbook: scores against their maximum and sign, criteria that are not one for all, members
nobody
reported, a second head."""

from collections import Counter, defaultdict

from pipelines.submissions.sheets.page import Page
from pipelines.submissions.sheets.submission import Submission
from pipelines.submissions.values.numbers import canonical

_SCORES = ("self_score", "cross_score", "final_score")


def check(submission: Submission) -> None:
    scores = submission.pages.get("cluster_scores")
    if scores is not None:
        for name in _SCORES:
            if name in scores.values:
                _scores(submission, scores, name)
        for name in ("max_score", "score_kind"):
            if {"criterion_code", name} <= scores.values.keys():
                _criteria(scores, name)
    members = submission.pages.get("cluster_members")
    if members is not None and members.rows and "unit_code" in members.values:
        _missing(submission, members)
    if members is not None and "role" in members.values:
        _heads(members)


def _scores(submission: Submission, page: Page, name: str) -> None:
    """A penalty is negative or 0, every other score 0 or more; neither is larger than the criterion's
    maximum (a maximum of 0 says that none is set, as penalties often have it)."""
    nothing: list[str | None] = [""] * len(page.rows)
    kinds, maxima = page.values.get("score_kind", nothing), page.values.get("max_score", nothing)
    for place, (text, kind, most) in enumerate(zip(page.values[name], kinds, maxima, strict=True)):
        score = float(text) if text else 0.0
        if kind and (score > 0 if kind == "TRU" else score < 0):
            page.tell("score.sign", name, place, kind=kind)
        elif most and float(most) and abs(score) > float(most):
            other = page.address("max_score", place)
            page.tell("score.above_maximum", name, place, limit=canonical(float(most)), other=other)


def _criteria(page: Page, name: str) -> None:
    """A criterion is one for all members: told where a cell differs from what most of them have (else the first)."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, (code, value) in enumerate(zip(page.values["criterion_code"], page.values[name], strict=True)):
        if code and value:
            places[code].append(place)
    for code, rows in places.items():
        usual = Counter(page.values[name][place] for place in rows).most_common(1)[0][0]
        first = next(place for place in rows if page.values[name][place] == usual)
        for place in rows:
            if page.values[name][place] != usual:
                raw = page.sink.cells.raw(page.title, name, page.rows[first])
                facts = {"criterion": code, "usual": raw, "other": page.address(name, first)}
                page.tell("score.criterion_differs", name, place, **facts)


def _heads(page: Page) -> None:
    """A cluster has one head at a time."""
    heads = [place for place, role in enumerate(page.values["role"]) if role == "TRUONG"]
    for place in heads[1:]:
        page.tell("member.second_head", "role", place, other=page.address("role", heads[0]))


def _missing(submission: Submission, page: Page) -> None:
    missing = sorted((submission.members or frozenset()) - {*page.values["unit_code"]})
    if missing:
        names = {unit.unit_code: unit.name for unit in submission.reference.units}
        params = {"units": ", ".join(f"{code} {names[code]}" for code in missing)}
        submission.problems.add("member.missing", page.title, column=page.header("unit_code"), params=params)
