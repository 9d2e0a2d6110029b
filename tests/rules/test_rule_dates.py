"""On the first and last day of every rule and on the days beside them, every award is held against just what is in
force.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from pipelines.contract import reference as lists
from pipelines.contract.reference import in_force, period_of
from pipelines.contract.rules import Rule
from pipelines.settings import OWN_REFERENCE
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.homes.judged import ALL, year

REFERENCE = lists.load(OWN_REFERENCE)
JUDGED = [rule for rule in REFERENCE.rules if rule.scope == "unit"]
OF_UNITS = [rule for rule in JUDGED if rule.kind == "ceiling" or rule.counted == "UNIT"]
OF_PROPOSALS = [rule for rule in JUDGED if rule not in OF_UNITS and rule.kind not in ("target", "wait")]
REGULAR_ONLY = ("prerequisite", "members", "minimum")


def _days() -> Iterator[date]:
    """Days on which a rule begins or ends, and those beside them, in years that can be reported."""
    edges = {edge for rule in JUDGED for edge in (rule.valid_from, rule.valid_to) if edge}
    for day in sorted({edge + timedelta(days=more) for edge in edges for more in (-1, 0, 1)}):
        if period_of(REFERENCE, str(day.year)):
            yield day


DAYS = list(_days())


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """V01 proposes a person or itself for every award of the catalogue on each of the days, and praises a feat."""
    desk = HandedIn(tmp_path_factory.mktemp("dates"))
    for then in sorted({day.year for day in DAYS}):
        days = [day for day in DAYS if day.year == then]
        awards = [_proposal(f"{day} {code} {who}", code, who, day) for day in days for code, who in _goals()]
        desk.unit("V01", str(then), year(person("A"), awards=awards))
    return build(desk.home)


def _goals() -> Iterator[tuple[str, str]]:
    for one in REFERENCE.award_catalogue:
        for who in [one.recipient] if one.recipient else ["CA_NHAN", "TAP_THE"]:
            yield one.award, who
    yield "GK+", "CA_NHAN"


def _proposal(code: str, goal: str, who: str, day: date) -> dict[str, object]:
    to = "A" if who == "CA_NHAN" else "V01"
    kind = {"award_kind": "DOT_XUAT"} if goal.endswith("+") else {}
    return {**award(code, to, goal.removesuffix("+"), day.year, recipient=who, submitted_on=str(day)), **kind}


def _expected(goal: str, who: str, day: date) -> Iterator[Rule]:
    regular = not goal.endswith("+")
    for rule in OF_PROPOSALS:
        counted = rule.counted.split("|")
        named = goal.removesuffix("+") in counted and (regular or rule.kind not in REGULAR_ONLY)
        meant = named or "*" in counted or ("THUONG_XUYEN" if regular else "DOT_XUAT") in counted
        if meant and rule.recipient in ("", who) and in_force(rule, day):
            yield rule


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_proposal_is_held_against_what_is_in_force_on_its_day(version: Version, day: date) -> None:
    told = queries.rule_results(version, ALL, str(day.year), "V01")
    for goal, who in _goals():
        rows = told[told["proposal_code"] == f"{day} {goal} {who}"]
        found = {(row.rule_id, row.valid_from.date()) for row in rows.itertuples()}
        assert found == {(rule.rule_id, rule.valid_from) for rule in _expected(goal, who, day)}, (goal, who)
        assert not rows["rule_id"].duplicated().any()


@pytest.mark.parametrize("then", sorted({str(day.year) for day in DAYS}))
def test_a_unit_is_held_against_what_is_in_force_on_the_last_day(version: Version, then: str) -> None:
    told = queries.rule_results(version, ALL, then, "V01")
    found = {(row.rule_id, row.valid_from.date()) for row in told[told["proposal_code"] == ""].itertuples()}
    assert found == {(rule.rule_id, rule.valid_from) for rule in OF_UNITS if in_force(rule, date(int(then), 12, 31))}
