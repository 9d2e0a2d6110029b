"""The dated rules of `data/reference/rules.csv`: what the law or the organisation asks of an award, with basis and
status.

A number of the law is never in code. What a rule counts is told in codes the workbooks use, so that it can be
counted; how each kind is judged stands in `pipelines/rules/`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.contract.vocabulary import AWARD_KIND, DISCIPLINE, INITIATIVE_LEVEL, RATING, RECIPIENT

STAFF = "STAFF"  # as a base: everybody
EVERY = "*"  # as what is judged: every proposal
UNIT = "UNIT"  # as what is judged: every unit that reports
EXEMPLAR = "EXEMPLAR"  # as a base: exemplars and models found in the year
DATES = ("achieved_on", "council_on", "published_on", "submitted_on", "decided_on")  # of a proposal, in their order
SHARES = ("ceiling", "members", "votes", "target")  # kinds whose value is a share 0–1
CHOICES = {
    "kind": (*SHARES, "prerequisite", "minimum", "barred", "order", "days", "unique", "wait", "words"),
    "scope": ("unit", "organisation", "other"),
    "status": ("statutory", "internal benchmark", "sample, to be confirmed"),
    "counting": ("", "in a row"),
    "afterwards": ("", "ends"),
    "recipient": ("", *(one.code for one in RECIPIENT)),
}
_ROUNDINGS = {"ceiling": ("down", "up", "nearest"), "members": ("at least", "above"), "votes": ("at least", "above")}
_YEARS = re.compile(r"(-\d+|0)?\.\.(-\d+|0)|0|-\d+")
_CONDITION = re.compile(r"([a-z]\d?)?")


@dataclass(frozen=True)
class Rule:
    """A rule while the row is in force. Several codes of `counted` or `base` are joined by "|".

    ceiling: at most `value` × the number of `base` may be `counted`, rounded, with `min_one` one at least if there is
    any base. prerequisite: who is proposed for `counted` has `value` of `base` (ratings, awards, levels of initiatives)
    within `years`. members: of the people of a collective proposed for `counted`, the share `value` (`at least` it or
    `above` it) has `base`. minimum: at least `value` of them have `base`; or each `UNIT` has found so many `EXEMPLAR`
    in the year. barred: nobody proposed for `counted`, and nobody of a collective, is under a disciplinary measure of
    `base`. order: the second date of `base` is at least `value` days after the first. days: it is at most `value` days
    after it. unique: at most `value` of `counted` for one achievement of one recipient. votes: the share of the council
    that agreed. target: no target or pledge that names `counted` is set at `value` (1: all) or more. wait: whoever was
    given one of `counted` is not given the same in the `value` years after it. No case is judged by it: the signal of
    turns leaves out who must wait. words: what is asked stands in the name, and no workbook tells it: listed to be
    known, judged nowhere (never of scope unit). The value is 0 where the text gives none.

    recipient: who is judged, CA_NHAN or TAP_THE; "" both. condition: conditions of one rule. Those of one letter
    hold together (b1, b2), one letter is enough (a or b). years: of what counts, 0 the year of the proposal, -3..-1
    the three before it, ..-1 all before it. counting "in a row": as many years one after the other. not_counted:
    kinds of award of `base` that do not count. reading_of: another way to read that rule; where the two disagree
    nobody is judged. afterwards "ends": the rule is not in force between this row and its next one. scope: unit
    (each unit and what it proposes is held against it), organisation (the whole), other (binds others; listed to be
    known).
    """

    rule_id: str
    condition: str
    kind: str
    name: str
    english: str
    counted: str
    base: str
    value: float
    rounding: str
    min_one: bool
    scope: str
    valid_from: date
    valid_to: date | None
    recipient: str
    years: str
    counting: str
    not_counted: str
    reading_of: str
    afterwards: str
    basis: str
    status: str
    confirmed_by: str
    confirmed_on: date | None
    note: str

    def __post_init__(self) -> None:
        for field, allowed in CHOICES.items():
            if getattr(self, field) not in allowed:
                raise ValueError(f"{field}={getattr(self, field)!r}")
        if self.value < 0 or (self.value == 0 and self.kind not in ("barred", "order", "words")):
            raise ValueError(f"value={self.value:g}")
        if (self.kind in SHARES and self.value > 1) or (self.kind == "wait" and self.value % 1):
            raise ValueError(f"value={self.value:g}")
        if self.kind == "words" and self.scope == "unit":
            raise ValueError(f"scope={self.scope!r}")
        if self.rounding not in _ROUNDINGS.get(self.kind, ("",)):
            raise ValueError(f"rounding={self.rounding!r}")
        if (self.kind == "prerequisite") != bool(self.years) or (self.years and not _YEARS.fullmatch(self.years)):
            raise ValueError(f"years={self.years!r}")
        if not _CONDITION.fullmatch(self.condition) or (self.condition and self.kind != "prerequisite"):
            raise ValueError(f"condition={self.condition!r}")
        if bool(self.confirmed_by) != bool(self.confirmed_on):
            raise ValueError(f"confirmed_by={self.confirmed_by!r}")


def span(years: str) -> tuple[int, int]:
    """First and last year of `Rule.years`, counted from the year of the proposal; far back where all earlier ones
    count.
    """
    first, dots, last = years.partition("..")
    return int(first or -99), int(last if dots else first)


def misfits(rules: Sequence[Rule], awards: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """(place in the list, column) of rules that do not fit the other lists or each other: a code nobody knows, two rows
    in force at
    once, days between two rows of a rule on which none is.

    `awards`: codes of the catalogue and who they go to ("": both). A ceiling is one of people only or of collectives
    only.
    """
    for place, rule in enumerate(rules):
        if field := _misfit(rule, rules, awards):
            yield place, field


def _misfit(rule: Rule, rules: Sequence[Rule], awards: Mapping[str, str]) -> str:
    """The field that does not fit; "" when all do."""
    counted, base = _allowed(rule.kind, {one for one, who in awards.items() if who or rule.kind != "ceiling"})
    own = [one for one in rules if one.rule_id == rule.rule_id]
    fits = {
        "counted": set([rule.counted] if rule.kind == "ceiling" else rule.counted.split("|")) <= counted,
        "base": set(rule.base.split("|")) <= base and (DATES[0] not in base or _are_two_dates(rule)),
        "not_counted": set(filter(None, rule.not_counted.split("|"))) <= {one.code for one in AWARD_KIND},
        "reading_of": not rule.reading_of or rule.reading_of in {one.rule_id for one in rules if one not in own},
        "kind": all(one.kind == rule.kind for one in own),
        "valid_from": _follows(rule, [one for one in own if one.condition == rule.condition]),
    }
    return next((field for field, is_fit in fits.items() if not is_fit), "")


def _are_two_dates(rule: Rule) -> bool:
    """Days without a base are those from the achievement to the decision."""
    return len(set(rule.base.split("|"))) == 2 or (rule.kind == "days" and not rule.base)


def _allowed(kind: str, awards: set[str]) -> tuple[set[str], set[str]]:
    """Codes a kind may judge, and those of its base."""
    ratings, kinds = {one.code for one in RATING}, {one.code for one in AWARD_KIND}
    levels, measures = {one.code for one in INITIATIVE_LEVEL}, {one.code for one in DISCIPLINE}
    proposals = awards | kinds | {EVERY}
    return {
        "ceiling": (ratings | awards, ratings | awards | {STAFF}),
        "prerequisite": (awards, ratings | awards | levels),
        "members": (awards, ratings | awards),
        "minimum": (awards | {UNIT}, ratings | awards | {EXEMPLAR}),
        "barred": (proposals, measures),
        "order": (proposals, set(DATES)),
        "days": (proposals, {"", *DATES}),
        "unique": (proposals, {""}),
        "votes": (proposals, {""}),
        "target": (ratings | awards, {""}),
        "wait": (awards, {""}),
        "words": (proposals | ratings, {""}),
    }[kind]


def _follows(rule: Rule, rows: Sequence[Rule]) -> bool:
    """Whether a row begins the day after the one before it ends, or later where that one says so."""
    if rule.valid_to and rule.valid_to < rule.valid_from:
        return False
    if any(one is not rule and one.valid_from == rule.valid_from for one in rows):
        return False
    before = max(
        (one for one in rows if one.valid_from < rule.valid_from), key=lambda one: one.valid_from, default=None
    )
    if before is None:
        return True
    if before.valid_to is None:
        return False
    gap = rule.valid_from - before.valid_to
    return gap == timedelta(days=1) or (gap > timedelta(days=1) and before.afterwards == "ends")
