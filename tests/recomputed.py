"""Stored values worked out a second time, in plain Python from the rows, the receipts and the reference lists.

Nothing of `sql/20_current` and `sql/40_views` is used: who is obliged, which workbook speaks, states and roll-ups are told anew.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.contract.reference import Period, Reference, Unit, in_force, period_of
from pipelines.contract.vocabulary import VOCABULARIES
from pipelines.warehouse.connection import Version
from pipelines.warehouse.metrics import Metric, metrics
from tests.versions import table

Key = tuple[str, str, str, str, str]  # metric, unit or group, period, breakdown, stratum
Figure = tuple[float | None, float | None, float | None, str]  # numerator, denominator, value, state
_NO_MERIT = ({"LDTT", "KNC"}, {"NIEN_HAN", "CONG_HIEN"})  # awards and kinds any_award_rate leaves out
_WORST_FIRST = ("reported", "not_submitted", "not_computable", "not_applicable")


@dataclass(frozen=True)
class _Reporting:
    """A unit in a period: where it belongs, and the submission that speaks for it (None: nothing does)."""

    unit: Unit
    groups: tuple[str, ...]
    cluster: str
    submission: int | None
    member_submission: int | None

    @property
    def route(self) -> str:
        return "cluster" if self.unit.reports_by == "cluster" else "own"


@dataclass
class Recomputed:
    """`values()` is what metric_values should hold."""

    version: Version
    reference: Reference
    sums: dict[Key, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: {"num": 0.0, "den": 0.0}))
    strata: dict[tuple[str, str, str], set[str]] = field(default_factory=lambda: defaultdict(lambda: {""}))

    def __post_init__(self) -> None:
        read = table(
            self.version, "SELECT metric, unit_code, period, breakdown, stratum, part, amount FROM metric_rows"
        )
        for metric, unit, period, breakdown, stratum, part, amount in read.itertuples(index=False):
            self.strata[metric, unit, period].add(stratum)
            for one in {stratum, ""}:
                self.sums[metric, unit, period, breakdown, one][part] += amount
        current = table(self.version, "SELECT submission_id, reporter_code, period FROM submissions WHERE is_current")
        self.books = {(code, period): number for number, code, period in current.itertuples(index=False)}
        members = table(self.version, "SELECT DISTINCT submission_id, unit_code FROM cluster_members")
        self.members = set(members.itertuples(index=False, name=None))
        states = table(self.version, "SELECT submission_id, table_name, state FROM sheet_states")
        self.sheets = {(number, name): state for number, name, state in states.itertuples(index=False)}
        self.gaps: set[tuple[str, ...]] = {*_unsplit(self.version), *_open_scores(self.version)}

    def values(self) -> dict[Key, Figure]:
        told = {}
        for (period,) in table(self.version, "SELECT period FROM periods").itertuples(index=False):
            row = period_of(self.reference, period)
            assert row is not None
            reporting = list(self._reporting(row))
            for metric in metrics().values():
                grid = self._grid(metric, row, reporting)
                told.update(_rolled_up(metric, period, reporting, grid))
                told.update({key: _figure(metric, *one) for key, one in grid.items()})
        return told

    def _reporting(self, period: Period) -> Iterator[_Reporting]:
        for unit in self.reference.units:
            if not unit.obliged or not in_force(unit, period.due_on):
                continue
            cluster = next(
                (
                    m.cluster_code
                    for m in self.reference.cluster_membership
                    if m.unit_code == unit.unit_code and in_force(m, period.due_on)
                ),
                "",
            )
            groups = ("ALL", *filter(None, (unit.peer_group, cluster, unit.province_code)))
            own = self.books.get((unit.unit_code, period.period))
            member = self.books.get((cluster, period.period))
            if (member, unit.unit_code) not in self.members:
                member = None
            book = member if unit.reports_by == "cluster" else own
            yield _Reporting(unit, groups, cluster, book, member)

    def _grid(self, metric: Metric, period: Period, reporting: list[_Reporting]) -> dict[Key, tuple[float, float, str]]:
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
        if key[:3] in self.gaps or key[:4] in self.gaps:
            return "not_computable"
        nothing = (metric.kind == "ratio" and not den) or (metric.kind == "points" and num is None)
        return "not_applicable" if nothing else "reported"

    def _state(self, metric: Metric, one: _Reporting) -> str:
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
    metric: Metric, period: str, reporting: list[_Reporting], grid: dict[Key, tuple[float, float, str]]
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
        told[key] = _figure(metric, sum(n for n, _ in reported), sum(d for _, d in reported), state)
    return told


def _figure(metric: Metric, num: float, den: float, state: str) -> Figure:
    if state != "reported":
        return None, None, None, state
    return (num, den, num / den, state) if metric.kind == "ratio" else (num, None, num, state)


def _unsplit(version: Version) -> Iterator[tuple[str, str, str]]:
    """(metric, unit, period) of cluster rows with people awarded whose position group nobody gave."""
    rows = table(
        version,
        "SELECT unit_code, period, award, award_kind, recipient, position_group, awarded_count FROM cluster_awards",
    )
    awards, kinds = _NO_MERIT
    for unit, period, award, kind, recipient, group, count in rows.itertuples(index=False):
        told = recipient == "CA_NHAN" and count > 0 and award not in awards and kind not in kinds
        if told and not isinstance(group, str):
            yield "leader_award_share", unit, period


def _open_scores(version: Version) -> Iterator[tuple[str, ...]]:
    """(metric, unit, period) or (…, breakdown) of totals of which somebody left a criterion open."""
    rows = table(version, "SELECT unit_code, period, cross_score, final_score FROM cluster_scores")
    for unit, period, cross, final in rows.itertuples(index=False):
        if cross != cross:  # missing
            yield from (("cluster_score", unit, period, "cross"), ("cluster_score_gap", unit, period))
        if final != final:
            yield "cluster_score", unit, period, "final"
