"""Rules with a number in them (ceilings, days), as `data/reference/rules.csv` has them: dated, with basis and status.

A number of the law is never in code. What a rule counts is told in codes the workbooks use, so that it can be counted.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.contract.vocabulary import AWARD_KIND, RATING

STAFF = "STAFF"  # as a base: everybody
_CHOICES = {
    "kind": ("ceiling", "days"),
    "scope": ("unit", "organisation", "other"),
    "status": ("statutory", "internal benchmark", "sample, to be confirmed"),
}
_ROUNDINGS = ("down", "up", "nearest")


@dataclass(frozen=True)
class Rule:
    """A rule while the row is in force.

    ceiling: at most `value` (0–1) × the number of `base` may be `counted`, rounded, with `min_one` one at least if there is
    any base. Both are a code of a rating or an award; several of a base are joined by "|", `STAFF` is everybody.
    days: an award of the kind `counted` is decided within `value` days of the achievement.
    scope: unit (each unit is held against it), organisation (the whole), other (binds others; listed to be known).
    """

    rule_id: str
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
    basis: str
    status: str
    note: str

    def __post_init__(self) -> None:
        for field, allowed in _CHOICES.items():
            if getattr(self, field) not in allowed:
                raise ValueError(f"{field}={getattr(self, field)!r}")
        if self.value <= 0:
            raise ValueError(f"value={self.value:g}")
        if self.rounding not in (_ROUNDINGS if self.kind == "ceiling" else ("",)):
            raise ValueError(f"rounding={self.rounding!r}")


def faults(rules: Sequence[Rule], awards: Collection[str]) -> Iterator[tuple[int, str]]:
    """(line, what) of rules that do not fit the other lists or each other: a code nobody knows, two rows in force at once.

    `awards`: codes of the catalogue that go to people only or to collectives only: a rule counts one or the other.
    """
    codes, kinds = {one.code for one in RATING} | set(awards), {one.code for one in AWARD_KIND}
    for place, rule in enumerate(rules):
        bases = set(rule.base.split("|")) if rule.kind == "ceiling" else set()
        earlier = [one for one in rules[:place] if one.rule_id == rule.rule_id]
        if rule.counted not in (codes if rule.kind == "ceiling" else kinds):
            yield place + 2, f"counted={rule.counted!r}"
        elif not bases <= codes | {STAFF}:
            yield place + 2, f"base={rule.base!r}"
        elif any(_together(rule, one) for one in earlier):
            yield place + 2, f"valid_from={rule.valid_from:%Y-%m-%d}"


def _together(one: Rule, other: Rule) -> bool:
    """Whether there is a day on which both are in force."""
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return max(one.valid_from, other.valid_from) <= ends
