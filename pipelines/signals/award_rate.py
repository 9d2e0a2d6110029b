"""S1 · More awards than comparable units: awards for merit (without LDTT and KNC) per person, over five years.

What a unit has is held against what its peers would have with its leaders and staff, year by year (indirect
standardisation), and judged within the peer group by the two-group mixture of `analysis.two_groups`. A second version
lets expect more of better rated people: what it excuses by ratings is told beside, never instead.
"""

from dataclasses import replace

import pandas as pd

from pipelines.analysis import screening, two_groups
from pipelines.signals.shape import CEILING, DEPENDS, EXPLAIN, NO_MERIT, WATCH, Inputs, recent, sources, standing

YEARS, ENOUGH_YEARS = 5, 3


def by_leaders(inputs: Inputs) -> pd.DataFrame:
    """One row a unit: as COLUMNS. Expected by what the unit does not control: year, leaders and others."""
    leaders = recent(inputs.leaders, inputs.until, YEARS)
    sizes = pd.concat(
        [
            leaders.assign(stratum="leader", size=leaders["leaders"]),
            leaders.assign(stratum="other", size=leaders["staff"] - leaders["leaders"]),
        ]
    )
    known = leaders.dropna(subset=["awarded"])
    seen = pd.concat(
        [
            known.assign(stratum="leader", won=known["awarded_leaders"], size=known["leaders"]),
            known.assign(
                stratum="other", won=known["awarded"] - known["awarded_leaders"], size=known["staff"] - known["leaders"]
            ),
        ]
    )
    return _firm(
        _judged(inputs, sizes, seen, two_groups.LEFT_OUT), _judged(_of_rated(inputs), sizes, seen, two_groups.LEFT_OUT)
    )


def by_ratings(inputs: Inputs) -> pd.DataFrame:
    """The same with what is expected of people so rated; rates of the ratings from units that list their people."""
    people = recent(inputs.people, inputs.until, YEARS)
    seen = people.groupby(["unit_code", "year", "rating"], as_index=False).agg(won=("won", "sum"), size=("won", "size"))
    ratings = recent(inputs.ratings, inputs.until, YEARS).rename(columns={"people": "size"})
    return _judged(inputs, ratings.rename(columns={"rating": "stratum"}), seen.rename(columns={"rating": "stratum"}))


def _of_rated(inputs: Inputs) -> Inputs:
    """The same with people rated in place of staff, where ratings are told."""
    rated = inputs.ratings.groupby(["unit_code", "year"])["people"].sum().rename("rated")
    awards = inputs.awards.merge(rated, left_on=["unit_code", "year"], right_index=True, how="left")
    base = awards["rated"].where(awards["rated"] > 0, awards["staff"])
    return replace(inputs, awards=awards.assign(staff=base).drop(columns="rated"))


def _firm(found: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """A unit that would not be named on the other base is worth watching, no more."""
    named = other.set_index("unit_code")["level"].eq(EXPLAIN)
    flips = (found["level"] == EXPLAIN) & ~found["unit_code"].map(named).eq(True)
    return found.assign(level=found["level"].mask(flips, WATCH), reason=found["reason"].mask(flips, DEPENDS))


def _judged(inputs: Inputs, sizes: pd.DataFrame, seen: pd.DataFrame, kept: float = 1.0) -> pd.DataFrame:
    awards = _with_peers(inputs, recent(inputs.awards, inputs.until, YEARS))
    awards = awards[awards["staff"] > 0]
    awards = awards.assign(expected=_expected(awards, sizes, seen))
    awards = awards[awards["unit_code"].isin(inputs.units["unit_code"])]
    pooled = awards.groupby(["peer_group", "unit_code"], as_index=False).agg(
        awarded=("awarded", "sum"),
        staff=("staff", "sum"),
        expected=("expected", "sum"),
        period_from=("year", "min"),
        years=("year", "size"),
    )
    told = pooled.assign(
        value=pooled["awarded"] / pooled["staff"],
        n=pooled["staff"],
        counted_in=pooled["unit_code"].map(sources(awards)),
    )
    most = _most(inputs, told)
    judged = screening.shares(told["awarded"], told["staff"], told["expected"], told["peer_group"], most, kept)
    decided = (most < told["staff"]) & ~judged["testable"] & (judged["method"] != "too_few")
    found = standing(
        told.drop(columns="expected"), judged.rename(columns={"mean": "expected"}), told["years"] >= ENOUGH_YEARS
    )
    return found.assign(reason=found["reason"].mask(decided, CEILING))


def _most(inputs: Inputs, told: pd.DataFrame) -> pd.Series:
    """The most a unit may be given: all its people, but where the group gives nothing else than awards
    under a ceiling.
    """
    capped = recent(inputs.ceilings, inputs.until, YEARS)
    capped = capped[(capped["award"] != "") & ~capped["award"].isin(NO_MERIT)]
    strictest = capped.groupby(["unit_code", "year", "award"], as_index=False).agg(
        used=("used", "max"), allowed=("allowed", "min")
    )
    sums = strictest.groupby("unit_code")[["used", "allowed"]].sum().reindex(told["unit_code"]).set_axis(told.index)
    beyond = (told["awarded"] - sums["used"].fillna(0)).groupby(told["peer_group"]).transform("sum")
    return told["staff"].where(beyond > 0, sums["allowed"].fillna(told["staff"]).clip(lower=told["awarded"]))


def _with_peers(inputs: Inputs, awards: pd.DataFrame) -> pd.DataFrame:
    """The rows with the peer group; units that have ended are in that of the unit they went into.

    Without them the few that go on would be each other's only peers in the years before a merger.
    """
    group = inputs.units.set_index("unit_code")["peer_group"]
    today = awards.merge(inputs.today, on=["unit_code", "year"], how="left")["today"].set_axis(awards.index)
    groups = awards["unit_code"].map(group).fillna(today.map(group))
    return awards.assign(peer_group=groups).dropna(subset="peer_group")


def _expected(awards: pd.DataFrame, sizes: pd.DataFrame, seen: pd.DataFrame) -> pd.Series:
    """Awards at the peers' rates: Σ size × rate of the stratum, set so that a group has in a year what it was given.

    Rates come from all units that tell to whom awards went; a unit whose make-up is not told has the common rate.
    Years with more awards than people say nothing of what is usual.
    """
    rates = seen.groupby("stratum")[["won", "size"]].sum()
    rate = (rates["won"] / rates["size"]).rename("rate")
    made = sizes.merge(rate, left_on="stratum", right_index=True)
    made = made.assign(share=made["size"] * made["rate"]).groupby(["unit_code", "year"])[["share", "size"]].sum()
    share = (made["share"] / made["size"]).rename("share")
    told = awards.merge(share, left_on=["unit_code", "year"], right_index=True, how="left")
    common = told["share"].median()
    raw = told["staff"] * told["share"].fillna(common if common == common else 1.0)
    places = [told["peer_group"], told["year"]]
    usual = (told["awarded"] <= told["staff"]).to_numpy()
    scale = told["awarded"].where(usual).groupby(places).transform("sum") / raw.where(usual).groupby(places).transform(
        "sum"
    )
    return (raw * scale).set_axis(awards.index)
