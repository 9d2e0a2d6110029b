"""Frames of the overview: award rates over the years, ratings by year and by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard.charts.figure import short
from dashboard.overview.key_figures import KeyFigure, key_figures
from dashboard.overview.worth_a_look import Behind, Sight, behind_figures, sights
from dashboard.shell import asking, years
from dashboard.shell.asking import Looking
from dashboard.shell.columns import states
from dashboard.shell.filters import EVERYONE, units_in
from pipelines.palette import RATING
from pipelines.texts import number, say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.viewer import Viewer

_LONGEST = 24  # letters of a name beside a bar, where n stands too
MOST_ROWS = 20  # units a chart of ratings shows one by one; of more the clusters


@dataclass(frozen=True)
class Overview:
    """What the page shows of a group in a period.

    Each is asked when it is shown: the first chart waits for none of the rest.
    """

    here: Looking
    period: str
    group: str
    lang: str

    def all(self) -> tuple[Any, ...]:
        """Everything at once, for those who come later."""
        return self.figures, self.lines, self.sights, self.by_year, self.by_group

    @cached_property
    def figures(self) -> list[KeyFigure]:
        return asking.ask(self.here, key_figures, self.period, self.group, self._units)

    @property
    def lines(self) -> pd.DataFrame:
        return asking.ask(self.here, award_lines, self.period, self.group, self.lang)

    @property
    def sights(self) -> list[Sight]:
        return sights(self.here, self.period, self.group, self._units, self.figures, self.lang)

    @property
    def behind(self) -> list[Behind]:
        """Where the rows of the key figures are."""
        return behind_figures(self.figures, self.period, self.group, self._units, self.lang)

    @property
    def by_year(self) -> pd.DataFrame:
        return asking.ask(self.here, ratings_by_year, self.period, self.group, self.lang)

    @property
    def by_group(self) -> pd.DataFrame:
        return asking.ask(self.here, ratings_by_group, self.period, self.group, self._units, self.lang)

    @cached_property
    def _units(self) -> list[str]:
        return units_in(self.here, self.period, self.group)


def award_lines(version: Version, viewer: Viewer, period: str, group: str, lang: str) -> pd.DataFrame:
    """any_award_rate over the years for `lines.years`: the group first, then all units and the peer groups.

    Series without a figure in any year are left out.
    """
    named = names(version, viewer, period, lang)
    kinds = queries.groups(version, viewer, period).set_index("code")["kind"]
    codes = list(dict.fromkeys([group, EVERYONE, *kinds[kinds == "peer_group"].index]))
    told = comparisons.rates(version, viewer, "any_award_rate", years.until(version, viewer, period), codes)
    told = told[told.groupby("unit_code")["value"].transform("count") > 0]
    told = told.assign(series=told["unit_code"].map(named), told=states(told["state"], lang))
    place = {code: i for i, code in enumerate(codes)}
    return told.sort_values("unit_code", key=lambda one: one.map(place), kind="stable").reset_index(drop=True)


def ratings_by_year(version: Version, viewer: Viewer, period: str, group: str, lang: str) -> pd.DataFrame:
    """Ratings of a group, newest year first, for `ratings.bars`; the label says of how many."""
    told = queries.metric(version, viewer, "rating_share", years.until(version, viewer, period), [group])
    told = told.sort_values("period", ascending=False, kind="stable")
    return _rated(told.assign(label=told["period"]), lang)


def ratings_by_group(
    version: Version, viewer: Viewer, period: str, group: str, units: Sequence[str], lang: str
) -> pd.DataFrame:
    """Ratings in a period of what the group consists of: its units if they are few, else peer groups or clusters."""
    told = queries.metric(version, viewer, "rating_share", [period], _parts(version, viewer, period, group, units))
    labels = told["unit_name"]
    if lang != "vi":
        labels = told["unit_code"].map(names(version, viewer, period, lang)).fillna(labels)
    return _rated(told.assign(label=labels), lang)


def names(version: Version, viewer: Viewer, period: str, lang: str) -> dict[str, str]:
    """Names of the groups of a period."""
    groups = queries.groups(version, viewer, period)
    return dict(zip(groups["code"], groups["name" if lang == "vi" else "english"], strict=True))


def _parts(version: Version, viewer: Viewer, period: str, group: str, units: Sequence[str]) -> list[str]:
    groups = queries.groups(version, viewer, period)
    if group == EVERYONE:
        result: list[str] = groups.loc[groups["kind"].isin(["peer_group", "cluster"]), "code"].tolist()
        return result
    if len(units) <= MOST_ROWS:
        return list(units)
    every = queries.units(version, viewer, period)
    return list(dict.fromkeys(every.loc[every["unit_code"].isin(units), "cluster_code"].dropna()))


def _rated(told: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Columns row (label with n), rating and told (in words), ratings in their order within each row."""
    order = {rating: i for i, rating in enumerate(RATING)}
    told = told[told["breakdown"].isin(order)].reset_index(drop=True)
    whole = list(dict.fromkeys(told["label"]))
    labels = dict(zip(whole, short(whole, _LONGEST), strict=True))
    size = told["denominator"].map(lambda n: f" (n={number(n, lang)})" if n == n else "")
    return told.assign(
        row=told["label"].map(labels) + size,
        rating=[say(f"charts.rating.{rating}", lang) for rating in told["breakdown"]],
        told=states(told["state"], lang),
    )
