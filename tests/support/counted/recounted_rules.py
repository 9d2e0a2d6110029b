"""What is held against a rule, counted a second time in plain Python: ceilings by base and by number, and days."""

from collections import defaultdict
from collections.abc import Iterator
from math import ceil, floor

from pipelines.contract.reference import in_force, period_of
from pipelines.contract.rules import STAFF, Rule
from tests.support.counted.recounted import RATED, REGULAR, Record, per_award, teams_awarded
from tests.support.counted.source_facts import Place, SourceFacts, place


def _timely(facts: SourceFacts) -> Iterator[Record]:
    for period, row in facts.proposed():
        if (
            row.award_kind == "DOT_XUAT"
            and row.result == "DA_KHEN"
            and row.achieved_on
            and row.decided_on
            and row.achieved_on <= row.decided_on
        ):
            [rule] = [rule for rule in _rules(facts, period, "days") if rule.counted == "DOT_XUAT"]
            timely = (row.decided_on - row.achieved_on).days <= rule.value
            for part in ("den", "num") if timely else ("den",):
                yield row.unit_code, period, "", "", part, 1, place(row)


def _rules(facts: SourceFacts, period: str, kind: str) -> list[Rule]:
    row = period_of(facts.reference, period)
    assert row is not None
    return [r for r in facts.reference.rules if r.kind == kind and r.scope == "unit" and in_force(r, row.ends_on)]


def _countable(facts: SourceFacts) -> Iterator[tuple[str, str, str, float, Place]]:
    """(unit, period, code, amount, place): ratings and awards for regular merit."""
    for row in facts.home.values():
        yield row.unit_code, row.period, row.rating, 1, place(row)
    for unit, period, award, _, part, amount, where in per_award(facts, granted=True):
        if part == "num":
            yield unit, period, award, amount, where
    for period, row, amount in teams_awarded(facts):
        yield row.unit_code, period, row.award, amount, place(row)
    for row in facts.counted("cluster_awards"):
        if row.recipient == "TAP_THE" and row.award_kind == REGULAR:
            yield row.unit_code, row.period, row.award, row.awarded_count, place(row)
    for row in facts.counted("cluster_members"):
        for code, column in (RATED | {"CXL": "cxl_count"}).items():
            yield row.unit_code, row.period, code, getattr(row, column), place(row)


def _shares(facts: SourceFacts) -> Iterator[Record]:
    sums: dict[tuple[str, str, str, str, Place], float] = defaultdict(float)
    for unit, period, code, amount, where in _countable(facts):
        for rule in _rules(facts, period, "ceiling"):
            if code == rule.counted:
                sums[unit, period, rule.rule_id, "num", where] += amount
            if code in rule.base.split("|") or (rule.base == STAFF and code in {*RATED, "CXL"}):
                sums[unit, period, rule.rule_id, "den", where] += amount
    for (unit, period, rule_id, part, where), amount in sums.items():
        yield unit, period, rule_id, "", part, amount, where


def _uses(facts: SourceFacts) -> Iterator[Record]:
    bases: dict[tuple[str, str, str], list[tuple[Place, float]]] = defaultdict(list)
    for unit, period, rule_id, stratum, part, amount, where in _shares(facts):
        if part == "num":
            yield unit, period, rule_id, stratum, part, amount, where
        else:
            bases[unit, period, rule_id].append((where, amount))
    for (unit, period, rule_id), records in bases.items():
        [rule] = [one for one in _rules(facts, period, "ceiling") if one.rule_id == rule_id]
        people = before = 0.0
        for where, amount in sorted(records):
            people += amount
            allowed = _allowed(rule, people)
            yield unit, period, rule_id, "", "den", allowed - before, where
            before = allowed


def _allowed(rule: Rule, people: float) -> float:
    exact = round(rule.value * people, 6)
    whole = {"down": floor(exact), "up": ceil(exact), "nearest": floor(exact + 0.5)}[rule.rounding]
    return max(whole, 1) if rule.min_one and people >= 1 else whole


RULE_COUNTS = {"cap_share": _shares, "cap_use": _uses, "timely_share": _timely}
