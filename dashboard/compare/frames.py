"""What the page that compares units may be asked, and its frames: any share or count of the version, one peer group."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.multiples import MOST
from dashboard.shell import years
from dashboard.shell.columns import readings
from pipelines.texts import say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.comparisons import Compared, Organisation
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer

MOST_FIGURES = 4  # side by side at once
_RARE, _COMMON = 0.02, 0.8  # share of the group
_FIRST = 2  # shown to who has chosen none


@dataclass(frozen=True)
class Figure:
    """A metric and, where it is split, one of its kinds. `code` stands in the URL."""

    metric: str
    breakdown: str
    name: str
    told: bool  # whether units can differ by it: neither nobody's nor nearly everybody's in the group

    @property
    def code(self) -> str:
        return f"{self.metric}.{self.breakdown}" if self.breakdown else self.metric


def offered(version: Version, viewer: Viewer, period: str, group: str, lang: str) -> dict[str, Figure]:
    """Every figure units can be compared by, code -> figure, in the order of the version."""
    rows = queries.offered(version, viewer, period, group)
    made = [
        Figure(
            row.metric,
            row.breakdown,
            _name(row.metric, row.name if lang == "vi" else row.english, lang),
            row.kind == "ratio" and _RARE < row.value < _COMMON,
        )
        for row in rows.itertuples(index=False)
    ]
    return {figure.code: figure for figure in made}


def first(figures: dict[str, Figure]) -> list[str]:
    """Codes of what is shown unasked: the first telling figure of the first metrics that have one, else the first
    figures.
    """
    telling = {figure.metric: code for code, figure in reversed(figures.items()) if figure.told}
    chosen = [code for code in figures if code in set(telling.values())]
    return (chosen or list(figures))[:_FIRST]


def units_of(version: Version, viewer: Viewer, period: str, group: str, organisation: Organisation) -> dict[str, str]:
    """Units of a peer group in a period, code -> name, as they were then or as they are now."""
    units = comparisons.units(version, viewer, period, organisation)
    kept = units[units["peer_group"] == group]
    return dict(zip(kept["unit_code"], kept["unit_name"], strict=True))


def listed(found: Compared, units: Sequence[str], lang: str) -> pd.DataFrame:
    """The units chosen (none: the whole group), in the order of the figure, with what is to be read beside each."""
    rows = found.rows[found.rows["unit_code"].isin(units)] if units else found.rows
    without = "compare.doubtful" if found.has_intervals else "compare.no_interval"
    told = readings(rows, lang, without, "compare.small")
    return rows.assign(label=rows["unit_name"], told=told).reset_index(drop=True)


def known(listed: pd.DataFrame) -> pd.DataFrame:
    """Units with a figure; the table has the others too."""
    return listed[listed["value"].notna()]


def ranked(listed: pd.DataFrame) -> pd.DataFrame:
    """Units with a rank, then those with a figure only; empty where nobody has a rank."""
    return known(listed) if listed["first"].notna().any() else listed.head(0)


def over_years(
    version: Version,
    viewer: Viewer,
    figure: Figure,
    period: str,
    group: str,
    units: Sequence[str],
    organisation: Organisation,
) -> pd.DataFrame:
    """The first of these units that have a figure in any of the years, for `multiples.years`, in their order."""
    span = years.until(version, viewer, period)
    question = Question(figure.metric, period, group, figure.breakdown, organisation=organisation)
    told = comparisons.yearly(version, viewer, question, span)
    some = set(told.loc[told["value"].notna(), "unit_code"])
    place = {code: i for i, code in enumerate([code for code in units if code in some][:MOST])}
    told = told[told["unit_code"].isin(place)]
    newest = told.drop_duplicates("unit_code", keep="last").set_index("unit_code")["unit_name"]
    told = told.assign(label=told["unit_code"].map(newest), place=told["unit_code"].map(place))
    return told.sort_values(["place", "period"]).reset_index(drop=True)


def _name(metric: str, kind: str, lang: str) -> str:
    name = say(f"dictionary.metric.{metric}", lang)
    return f"{name}: {kind}" if kind else name
