"""Award rates as frames for the charts: like beside like, every function a question to the reading door."""

from dataclasses import dataclass

import pandas as pd

from dashboard.awards.choices import Chosen, award_names, names_of_units, peer_groups, position_names
from dashboard.shell import years
from dashboard.shell.columns import readings, states
from dashboard.shell.filters import matches
from pipelines.palette import SMALL_UNIT
from pipelines.texts import say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons
from pipelines.warehouse.door.comparisons import Funnel
from pipelines.warehouse.viewer import Viewer

_TALL, _TALLEST = 20, 40  # rows
MOST_ROWS = 15  # units in the chart of leaders


@dataclass(frozen=True)
class Standing:
    """Where the units of a group stand in a period: names of those that differ, and how many cannot be judged."""

    level: float
    above: tuple[str, ...]
    below: tuple[str, ...]
    outside: tuple[str, ...]
    reported: int
    silent: int
    small: int
    doubtful: int
    usual_difference: float


def standing(found: Funnel) -> Standing:
    """The group in numbers."""
    rows, points = found.peers.rows, found.points
    known = rows[rows["value"].notna()]
    return Standing(
        level=found.level,
        above=tuple(rows.loc[rows["band"] == "above", "unit_name"]),
        below=tuple(rows.loc[rows["band"] == "below", "unit_name"]),
        outside=tuple(points.loc[points["beyond"] != 0, "unit_name"]),
        reported=len(known),
        silent=int((rows["state"] == "not_submitted").sum()),
        small=int((known["denominator"] < SMALL_UNIT).sum()),
        doubtful=int(known["low"].isna().sum()),
        usual_difference=found.usual_difference,
    )


def times_outside(version: Version, viewer: Viewer, chosen: Chosen) -> dict[str, tuple[int, int]]:
    """Units of the group outside the limits in the period: name -> in how many of the last years on the same side, of
    how many.
    """
    told = comparisons.unusual_rates(version, viewer, chosen.question)
    return {row.unit_name: (int(row.times), int(row.years)) for row in told.itertuples()}


def by_unit(found: Funnel, lang: str) -> pd.DataFrame:
    """Units of the group, highest share first, for `caterpillar.rates`, with what is to be read beside
    each (`told`).
    """
    rows = found.peers.rows
    return _told(rows.assign(label=rows["unit_name"]), lang)


def funnel_points(found: Funnel, lang: str) -> pd.DataFrame:
    """The points of the group's funnel, outermost first, those too small to be judged last."""
    points = found.points
    told = [say(f"charts.place.{place}", lang) for place in points["place"]]
    far = points["distance"].abs().where(points["n"] >= SMALL_UNIT)
    points = points.assign(label=points["unit_name"], told=told, far=far)
    return points.sort_values("far", ascending=False, kind="stable").reset_index(drop=True)


def by_award(version: Version, viewer: Viewer, chosen: Chosen, lang: str) -> pd.DataFrame:
    """Every award of the catalogue for the unit or group, highest share first; awards nobody in the group got come
    last.

    Beside a unit's share stands the level of its group (`level`). The first row is any award, where it can be computed.
    """
    period, strata, metrics = [chosen.period], [chosen.stratum], ("any_award_rate", "award_rate")
    told = pd.concat(
        comparisons.rates(version, viewer, metric, period, [chosen.who], None, strata, chosen.organisation)
        for metric in metrics
    )
    group = pd.concat(
        comparisons.levels(version, viewer, metric, period, chosen.group, None, chosen.stratum) for metric in metrics
    ).set_index(["metric", "breakdown"])
    rows = told[(told["unit_code"] == chosen.who) & ~((told["metric"] == "any_award_rate") & told["value"].isna())]
    names = award_names(version, viewer, chosen.period, lang)
    levels = [group["value"].get((row.metric, row.breakdown)) for row in rows.itertuples()]
    rows = rows.assign(
        label=[names.get(code, code) for code in rows["breakdown"]], level=pd.Series(levels, rows.index, float)
    )
    rows = rows.assign(anybody=rows["level"] > 0)
    rows = rows.sort_values(["anybody", "value"], ascending=False, na_position="last", kind="stable")
    if not chosen.unit:
        rows = rows.drop(columns="level").assign(band="common")
    else:
        rows = comparisons.banded(rows, rows["level"])
    return _told(rows.reset_index(drop=True), lang)


def fit_beside(rows: pd.DataFrame) -> int:
    """How many more panels find room beside a chart of these rows and the funnel: 0, 1 or 2."""
    return (len(rows) > _TALL) + (len(rows) > _TALLEST)


def somebody(rows: pd.DataFrame) -> pd.DataFrame:
    """The awards that somebody of the group got."""
    return rows[rows["anybody"]]


def most_ahead(rows: pd.DataFrame) -> pd.DataFrame:
    """The group and the units where leaders are most ahead, both shares known; the table has all."""
    known = rows[rows["ahead"].notna()]
    return known[known["unit_code"].isin(list(dict.fromkeys(known["unit_code"]))[: MOST_ROWS + 1])]


def by_position(version: Version, viewer: Viewer, chosen: Chosen, lang: str) -> pd.DataFrame:
    """The award among the position groups of the unit or group, against all of its people (`level`)."""
    place = ([chosen.period], [chosen.who], [chosen.breakdown], None)
    rows = comparisons.rates(version, viewer, chosen.metric, *place, chosen.organisation)
    whole = rows.loc[rows["stratum"] == "", "value"]
    names = position_names(lang)
    rows = rows[rows["stratum"].isin(names)]
    order = {code: i for i, code in enumerate(names)}
    rows = rows.assign(label=rows["stratum"].map(names), level=float(whole.iloc[0]) if len(whole) else None)
    rows = rows.sort_values("stratum", key=lambda codes: codes.map(order)).reset_index(drop=True)
    return _told(comparisons.banded(rows, rows["level"]), lang)


def leaders(version: Version, viewer: Viewer, chosen: Chosen, lang: str) -> pd.DataFrame:
    """Leaders among the awarded and among the staff, two rows a unit, for `leaders.dumbbell`: the group first, then the
    units where leaders are most ahead, those with fewer than five awarded behind them, and what cannot be said last."""
    parts = []
    for part, metric in (("awarded", "leader_award_share"), ("staff", "leader_staff_share")):
        told = comparisons.rates(version, viewer, metric, [chosen.period], organisation=chosen.organisation)
        parts.append(told[(told["peer_group"] == chosen.group) | (told["unit_code"] == chosen.group)].assign(part=part))
    told = pd.concat(parts)
    wide = told.pivot(index="unit_code", columns="part", values="value")
    awarded = told[told["part"] == "awarded"].set_index("unit_code")["denominator"]
    wide = wide.assign(ahead=wide["awarded"] - wide["staff"], few=awarded < SMALL_UNIT)[["ahead", "few"]]
    told = told.merge(wide, left_on="unit_code", right_index=True)
    told = told.assign(
        whole=told["unit_code"] == chosen.group,
        label=told["unit_code"].map(peer_groups(version, viewer, chosen.period, lang)).fillna(told["unit_name"]),
        told=states(told["state"], lang),
        whose=[say(f"charts.leaders.{part}", lang) for part in told["part"]],
    )
    return told.sort_values(
        ["whole", "few", "ahead", "unit_code", "part"], ascending=[False, True, False, True, True]
    ).reset_index(drop=True)


def over_years(version: Version, viewer: Viewer, chosen: Chosen, lang: str) -> pd.DataFrame:
    """The share of the unit beside its group, or of the group beside all, over the years, for `lines.years`."""
    who = [chosen.unit, chosen.group] if chosen.unit else [chosen.group]
    told = comparisons.rates(
        version,
        viewer,
        chosen.metric,
        years.until(version, viewer, chosen.period),
        who,
        [chosen.breakdown],
        [chosen.stratum],
        chosen.organisation,
    )
    names = _names(version, viewer, chosen, lang)
    told = told.assign(series=told["unit_code"].map(names), place=told["unit_code"].map(who.index))
    return _stated(told.sort_values(["place", "period"]).reset_index(drop=True), lang)


def heat(version: Version, viewer: Viewer, chosen: Chosen, lang: str, words: str = "") -> pd.DataFrame:
    """Units of the group × years for `grid.heat`: the units obliged in the period, highest over all years first."""
    span = years.until(version, viewer, chosen.period)
    told = comparisons.rates(
        version, viewer, chosen.metric, span, None, [chosen.breakdown], [chosen.stratum], chosen.organisation
    )
    units = comparisons.units(version, viewer, chosen.period, chosen.organisation)
    named = units["unit_name"].map(lambda name: matches(name, words)).astype(bool)
    units = units[(units["peer_group"] == chosen.group) & named]
    names = dict(zip(units["unit_code"], units["unit_name"], strict=True))
    told = told[told["unit_code"].isin(names)]
    sums = told.groupby("unit_code")[["numerator", "denominator"]].sum()
    overall = (sums["numerator"] / sums["denominator"]).rename("overall")
    told = told.merge(overall, left_on="unit_code", right_index=True).assign(label=told["unit_code"].map(names))
    told = told.sort_values(["overall", "unit_code", "period"], ascending=[False, True, True], na_position="last")
    return _stated(told.reset_index(drop=True), lang)


def change(version: Version, viewer: Viewer, chosen: Chosen) -> pd.DataFrame:
    """The newest year of the unit or group against its earlier years: one row of `comparisons.changes`, or none."""
    return comparisons.changes(
        version,
        viewer,
        chosen.metric,
        chosen.period,
        [chosen.who],
        [chosen.breakdown],
        [chosen.stratum],
        chosen.organisation,
    )


def _told(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """What is to be read beside each share: how it stands to the level, or why there is none."""
    return rows.assign(told=readings(rows, lang, "awards.doubtful", "awards.small"))


def _stated(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    return rows.assign(told=states(rows["state"], lang))


def _names(version: Version, viewer: Viewer, chosen: Chosen, lang: str) -> dict[str, str]:
    units = names_of_units(version, viewer, chosen.period, chosen.group, lang, chosen.organisation)
    return peer_groups(version, viewer, chosen.period, lang) | units
