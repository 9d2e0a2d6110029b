"""One unit as frames for its page: its years, what its awards are made of, where it stands among its peers."""

import pandas as pd

from dashboard.awards.choices import award_names, position_names
from dashboard.shell import years
from dashboard.shell.columns import states
from pipelines.texts import say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.viewer import Viewer

FORM, LEVEL, POSITION = "form", "level", "position"
MIXES = (FORM, LEVEL, POSITION)


def over_years(version: Version, viewer: Viewer, unit: str, period: str, lang: str) -> pd.DataFrame:
    """Its award series year by year with the limits of its own ups and downs, for `control.years`."""
    told = comparisons.award_years(version, viewer, unit, years.until(version, viewer, period))
    return told.assign(told=states(told["state"], lang))


def mix(version: Version, viewer: Viewer, unit: str, period: str, kind: str, lang: str) -> pd.DataFrame:
    """Awards of each year by form, level or position group, for `counts.stacked`; position groups only where people are
    listed.
    """
    parts = comparisons.award_parts(version, viewer, unit, years.until(version, viewer, period))
    if kind == POSITION:
        names = position_names(lang)
        parts = parts[parts["stratum"].isin(names)].assign(part=parts["stratum"].map(names), place=parts["stratum"])
    else:
        parts = parts[parts["stratum"] == ""]
        names = award_names(version, viewer, period, lang) if kind == FORM else _levels(version, viewer, period, lang)
        parts = parts.assign(part=parts["breakdown"].map(names), place=parts["breakdown"]).dropna(subset=["part"])
    order = list(dict.fromkeys(names.values()))
    summed = parts.groupby(["period", "part"], as_index=False).agg(
        value=("numerator", lambda one: one.sum(min_count=1)),
        state=("state", "first"),
        breakdown=("breakdown", lambda one: "|".join(sorted(set(one)))),
        stratum=("stratum", "first"),
    )
    some = summed.groupby("part")["value"].transform("sum") > 0
    summed = summed[some].sort_values(
        ["period", "part"], key=lambda one: one.map(order.index) if one.name == "part" else one
    )
    place = {"metric": "award_rate", "unit_code": unit}
    return summed.assign(row=summed["period"], told=states(summed["state"], lang), **place).reset_index(drop=True)


def _levels(version: Version, viewer: Viewer, period: str, lang: str) -> dict[str, str]:
    awards = queries.award_catalogue(version, viewer, period)
    return {row.award: say(f"profile.level.{row.level}", lang) for row in awards.itertuples()}


def beside_peers(version: Version, viewer: Viewer, group: str, year: str, lang: str) -> pd.DataFrame:
    """The units of its peer group by the award series of five years up to a judged one, highest first, for
    `caterpillar.rates`; level: of all.
    """
    found = comparisons.award_funnel(version, viewer, group, year).peers
    rows = found.rows.assign(level=found.level)
    told = [say(f"charts.band.{row.band}", lang) for row in rows.itertuples()]
    return rows.assign(label=rows["unit_name"], told=told).sort_values("value", ascending=False).reset_index(drop=True)
