"""Stored values worked out a second time, in plain Python from the cells as typed, the receipts and the reference
lists.

None of the build's statements is used: who is obliged, which workbook speaks, who is at home, what each metric
counts, states and roll-ups are told anew.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from pipelines.contract.reference import Period, Reference, in_force, period_of
from pipelines.contract.vocabulary import VOCABULARIES
from pipelines.warehouse.connection import Version
from pipelines.warehouse.metrics import Metric, metrics
from tests.support.counted.obliged import Obliged, obliged
from tests.support.counted.recounted import COUNTS
from tests.support.counted.recounted_rules import RULE_COUNTS
from tests.support.counted.source_facts import SourceFacts
from tests.support.counted.versions import table

Key = tuple[str, str, str, str, str]  # metric, unit or group, period, breakdown, stratum
Figure = tuple[float | None, float | None, float | None, str]  # numerator, denominator, value, state
_WORST_FIRST = ("reported", "not_submitted", "not_computable", "not_applicable")


@dataclass
class Recomputed:
    """`values()` is what metric_values should hold, `records` what metric_rows should (with the part `gap`)."""

    version: Version
    reference: Reference
    sums: dict[Key, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    strata: dict[tuple[str, str, str], set[str]] = field(default_factory=lambda: defaultdict(lambda: {""}))
    gaps: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.periods = []
        for (period,) in table(self.version, "SELECT period FROM periods").itertuples(index=False):
            row = period_of(self.reference, period)
            assert row is not None
            self.periods.append(row)
        self.reporting = {row.period: list(obliged(self.version, self.reference, row)) for row in self.periods}
        facts = SourceFacts(self.version, self.reference, self.reporting)
        self.records = {name: list(count(facts)) for name, count in (COUNTS | RULE_COUNTS).items()}
        for metric, records in self.records.items():
            for unit, period, breakdown, stratum, part, amount, _ in records:
                if part == "gap":
                    self.gaps.add((metric, unit, period, breakdown))
                    continue
                self.strata[metric, unit, period].add(stratum)
                for one in {stratum, ""}:
                    sums = self.sums[metric, unit, period, breakdown, one]
                    sums[part] = round(sums.get(part, 0.0) + amount, 6)
        states = table(self.version, "SELECT submission_id, table_name, state FROM sheet_states")
        self.sheets = {(number, name): state for number, name, state in states.itertuples(index=False)}

    def values(self) -> dict[Key, Figure]:
        told = {}
        for row in self.periods:
            reporting = self.reporting[row.period]
            for metric in metrics().values():
                grid = self._grid(metric, row, reporting)
                told.update(_rolled_up(metric, row.period, reporting, grid))
                told.update({key: _figure(metric, *one) for key, one in grid.items()})
        return told

    def _grid(self, metric: Metric, period: Period, reporting: list[Obliged]) -> dict[Key, tuple[float, float, str]]:
        grid = {}
        for one in reporting:
            place, state = (metric.name, one.unit.unit_code, period.period), self._state(metric, one)
            strata = self.strata.get(place, {""}) if state == "reported" else {""}
            for breakdown in self._breakdowns(metric, period):
                for stratum in strata:
                    key = (*place, breakdown, stratum)
                    num = self._sum(key, "num")
                    den = self._sum(key if metric.has_own_bases else (*place, "", stratum), "den")
                    grid[key] = (num or 0.0, den or 0.0, self._judged(metric, state, key, num, den))
        return grid

    def _sum(self, key: Key, part: str) -> float | None:
        return self.sums.get(key, {}).get(part)

    def _judged(self, metric: Metric, state: str, key: Key, num: float | None, den: float | None) -> str:
        if state != "reported":
            return state
        if key[:4] in self.gaps:
            return "not_computable"
        nothing = (metric.kind == "ratio" and not den) or (metric.kind == "points" and num is None)
        return "not_applicable" if nothing else "reported"

    def _state(self, metric: Metric, one: Obliged) -> str:
        """State of every breakdown before it is asked whether there is anything to divide by."""
        if metric.own is None and not one.cluster:
            return "not_applicable"
        own = one.route == "own" and metric.own is not None
        needs, book = (metric.own, one.submission) if own else (metric.cluster, one.member_submission)
        if needs is None:
            return "not_computable"
        known = {self.sheets.get((book or 0, name), "unknown") for name in needs}
        return "not_submitted" if book is None or "unknown" in known else "reported"

    def _breakdowns(self, metric: Metric, period: Period) -> list[str]:
        if metric.breakdown == "award":
            return [
                a.award
                for a in self.reference.award_catalogue
                if a.valid_from <= period.ends_on
                and (a.valid_to is None or a.valid_to >= period.starts_on)
                and (not metric.recipient or a.recipient in ("", metric.recipient))
            ]
        if metric.breakdown == "rule_id":
            rules = (rule for rule in self.reference.rules if rule.kind == "ceiling" and rule.scope == "unit")
            return [rule.rule_id for rule in rules if in_force(rule, period.ends_on)]
        return (
            [c.code for c in VOCABULARIES[metric.breakdown] if c.code not in ("CXL", "CHUA")]
            if metric.breakdown
            else [""]
        )


def _rolled_up(
    metric: Metric, period: str, reporting: list[Obliged], grid: dict[Key, tuple[float, float, str]]
) -> dict[Key, Figure]:
    groups: dict[str, set[str]] = defaultdict(set)
    for one in reporting:
        for group in one.groups:
            groups[group].add(one.unit.unit_code)
    parts: dict[Key, list[tuple[float, float, str]]] = defaultdict(list)
    for (name, unit, _, breakdown, stratum), one_figure in grid.items():
        for group, units in groups.items():
            if unit in units:
                parts[name, group, period, breakdown, stratum].append(one_figure)
    told = {}
    for key, figures in parts.items():
        reported = [(num, den) for num, den, state in figures if state == "reported"]
        state = min((state for *_, state in figures), key=_WORST_FIRST.index)
        state = "not_applicable" if metric.kind == "points" else state
        told[key] = _figure(metric, sum(n for n, _ in reported), sum(d for _, d in reported), state)
    return told


def _figure(metric: Metric, num: float, den: float, state: str) -> Figure:
    if state != "reported":
        return None, None, None, state
    return (num, den, num / den, state) if metric.kind == "ratio" else (num, None, num, state)
