"""The few figures leadership looks at first: a share each, of how many, and its change against earlier years."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.shell import years
from pipelines.analysis import trend
from pipelines.analysis.trend import Change
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer

# Whether more is better; None: neither more nor less is, only a change beyond the usual is worth a look.
BETTER_UP: dict[str, bool | None] = {
    "on_time": True,
    "awarded": None,
    "outstanding": None,
    "leaders": None,
    "with_exemplar": True,
    "replicated": True,
}
NOT_TOLD = "not_told"  # somebody of the group has reported, but nobody this: a cluster's counts, an empty sheet


@dataclass(frozen=True)
class Share:
    """A part of a whole."""

    numerator: float
    denominator: float

    @property
    def value(self) -> float:
        """0–1; NaN of nothing."""
        return self.numerator / self.denominator if self.denominator > 0 else float("nan")


@dataclass(frozen=True)
class KeyFigure:
    """`name`: key of BETTER_UP. `state`: why there is no figure.

    `series`: the shares of the years, oldest first, NaN for a gap.

    previous: the year the change is against ("" without one); years: earlier years with a figure; beside: what the
    share is to be held against (leaders among the awarded: leaders among the staff).
    """

    name: str
    state: str
    share: Share
    change: Change
    previous: str
    years: int
    series: tuple[float, ...]
    beside: Share | None = None


def key_figures(version: Version, viewer: Viewer, period: str, group: str, units: Sequence[str]) -> list[KeyFigure]:
    """The six figures of a group in a period, in the order they are shown."""
    same = years.until(version, viewer, period)

    def ratio(metric: str, breakdown: str = "") -> pd.DataFrame:
        return queries.metric(version, viewer, metric, same, [group], [breakdown])

    sources: dict[str, Callable[[], pd.DataFrame]] = {
        "on_time": lambda: ratio("submitted_on_time"),
        "awarded": lambda: ratio("any_award_rate"),
        "outstanding": lambda: ratio("rating_share", "HTXSNV"),
        "leaders": lambda: ratio("leader_award_share"),
        "with_exemplar": lambda: _with_exemplar(queries.metric(version, viewer, "exemplar_count", same, units)),
        "replicated": lambda: _replicated(queries.metric(version, viewer, "exemplar_stage", same, [group])),
    }
    figures = [_judged(name, sources[name](), same) for name in BETTER_UP]
    if figures[0].state == "reported":
        figures = [replace(one, state=NOT_TOLD) if one.state == "not_submitted" else one for one in figures]
    staff = queries.metric(version, viewer, "leader_staff_share", [period], [group])
    beside = Share(*staff[["numerator", "denominator"]].astype(float).iloc[0]) if len(staff) else None
    return [replace(one, beside=beside) if one.name == "leaders" else one for one in figures]


def _judged(name: str, told: pd.DataFrame, same: Sequence[str]) -> KeyFigure:
    """`told`: period, numerator, denominator, state of a share over the years."""
    told = told.set_index("period").reindex(same)
    count, size = told["numerator"].astype(float).fillna(0), told["denominator"].astype(float).fillna(0)
    shares = (count / size).where(size > 0)
    earlier = shares.iloc[:-1].dropna()
    state = told["state"].iloc[-1]
    return KeyFigure(
        name=name,
        state=state if isinstance(state, str) else "not_applicable",
        share=Share(float(count.iloc[-1]), float(size.iloc[-1])),
        change=trend.change_of_share(list(count), list(size)),
        previous=str(earlier.index[-1]) if len(earlier) else "",
        years=len(earlier),
        series=tuple(shares),
    )


def _with_exemplar(told: pd.DataFrame) -> pd.DataFrame:
    """Units with one exemplar or more among the units that reported, by period."""
    found = told.groupby(["period", "unit_code"])["value"].sum(min_count=1)
    by_period = found.groupby("period")
    counts = pd.DataFrame({"numerator": by_period.agg(lambda one: (one >= 1).sum()), "denominator": by_period.count()})
    state = pd.Series("reported", index=counts.index).where(counts["denominator"] > 0, "not_submitted")
    return counts.assign(state=state).reset_index()


def _replicated(told: pd.DataFrame) -> pd.DataFrame:
    """Exemplars that were replicated among those being followed, by period."""
    stages = told.pivot(index="period", columns="breakdown", values="value")
    state = told.drop_duplicates("period").set_index("period")["state"]
    counts = pd.DataFrame({"numerator": stages["NHAN_RONG"], "denominator": stages["PHAT_HIEN"], "state": state})
    nothing = (counts["state"] == "reported") & ~(counts["denominator"] > 0)
    return counts.assign(state=counts["state"].mask(nothing, "not_applicable")).reset_index()
