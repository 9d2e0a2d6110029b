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
    submission: int | None

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
        self.unsplit = set(_unsplit(self.version))

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
            book = self.books.get((cluster if unit.reports_by == "cluster" else unit.unit_code, period.period))
            if unit.reports_by == "cluster" and (book, unit.unit_code) not in self.members:
                book = None
            yield _Reporting(unit, groups, book)

    def _grid(self, metric: Metric, period: Period, reporting: list[_Reporting]) -> dict[Key, tuple[float, float, str]]:
        grid = {}
        for one in reporting:
            code, state = one.unit.unit_code, self._state(metric, one)
            strata = self.strata.get((metric.name, code, period.period), {""}) if state == "reported" else {""}
            for breakdown in self._breakdowns(metric, period):
                for stratum in strata:
                    place = (metric.name, code, period.period)
                    num = self.sums.get((*place, breakdown, stratum), {}).get("num", 0.0)
                    den = self.sums.get((*place, "", stratum), {}).get("den", 0.0)
                    nothing = metric.kind == "ratio" and den == 0 and state == "reported"
                    grid[(*place, breakdown, stratum)] = (num, den, "not_applicable" if nothing else state)
        return grid

    def _state(self, metric: Metric, one: _Reporting) -> str:
        needs = metric.own if one.route == "own" else metric.cluster
        if needs is None:
            return "not_computable"
        known = {self.sheets.get((one.submission or 0, name), "unknown") for name in needs}
        if one.submission is None or "unknown" in known:
            return "not_submitted"
        gap = metric.name == "leader_award_share" and (one.submission, one.unit.unit_code) in self.unsplit
        return "not_computable" if gap and one.route == "cluster" else "reported"

    def _breakdowns(self, metric: Metric, period: Period) -> list[str]:
        if metric.breakdown == "award":
            return [
                a.award
                for a in self.reference.award_catalogue
                if a.valid_from <= period.ends_on
                and (a.valid_to is None or a.valid_to >= period.starts_on)
                and (not metric.recipient or a.recipient in ("", metric.recipient))
            ]
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


def _unsplit(version: Version) -> Iterator[tuple[int, str]]:
    """(submission, unit) of cluster rows with people awarded whose position group nobody gave."""
    rows = table(
        version,
        "SELECT submission_id, unit_code, award, award_kind, recipient, position_group, awarded_count FROM cluster_awards",
    )
    awards, kinds = _NO_MERIT
    for number, unit, award, kind, recipient, group, count in rows.itertuples(index=False):
        if (
            recipient == "CA_NHAN"
            and count > 0
            and not isinstance(group, str)
            and award not in awards
            and kind not in kinds
        ):
            yield number, unit
