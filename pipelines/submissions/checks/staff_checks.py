"""Checks of `Cán bộ`: a discipline without a date, people not there in the period, two people of one name."""

import unicodedata
from collections import Counter

from pipelines.submissions.sheets.page import Page
from pipelines.submissions.sheets.submission import Submission
from pipelines.submissions.values.cleaning import name_key


def check(submission: Submission) -> None:
    page = submission.pages.get("staff")
    if page is None:
        return
    if {"discipline", "disciplined_on"} <= page.values.keys():
        for place, (what, on) in enumerate(zip(page.values["discipline"], page.values["disciplined_on"], strict=True)):
            if what and what != "KHONG" and on == "":
                page.tell("staff.discipline_undated", "disciplined_on", place)
    _not_there(submission, page)
    if "full_name" in page.values:
        _same_names(submission, page)


def _not_there(submission: Submission, page: Page) -> None:
    """Who left before the period or came after it would be counted on a staff they were not on."""
    if submission.window is None:
        return
    first, last = submission.window.starts_on.isoformat(), submission.window.ends_on.isoformat()
    for place, left in enumerate(page.values.get("left_on", ())):
        if left and left < first:
            page.tell("staff.not_in_period", "left_on", place, first=first, last=last)
    for place, arrived in enumerate(page.values.get("arrived_on", ())):
        if arrived and arrived > last:
            page.tell("staff.not_in_period", "arrived_on", place, first=first, last=last)


def _same_names(submission: Submission, page: Page) -> None:
    """Two rows of one name whose codes do not say that it is one person."""
    names = page.values["full_name"]
    if not names:
        return
    codes = page.values.get("person_code", [""] * len(names))
    # one pass over the whole column; only the few whose plain letters agree are compared exactly
    rough = unicodedata.normalize("NFD", "\n".join(name or "" for name in names).casefold()).encode("ascii", "ignore")
    counted = Counter(keys := rough.split(b"\n"))
    first: dict[str, int] = {}
    for place, (key, name) in enumerate(zip(keys, names, strict=False)):  # "" splits into one key, of nobody
        if not name or counted[key] < 2:
            continue
        before = first.setdefault(name_key(name), place)
        if before != place and not (codes[place] and codes[place] == codes[before]):
            other = page.address("full_name", before)
            page.tell("staff.same_name", "full_name", place, other=other)
