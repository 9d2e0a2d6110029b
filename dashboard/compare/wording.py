"""What the page that compares units says in words: a rank is a range and no verdict, a rate never without its n."""

import pandas as pd

from dashboard.charts import multiples
from dashboard.shell.columns import Column, Columns, states
from pipelines.palette import POINTS_DECIMALS, SMALL_UNIT
from pipelines.texts import number, percent, say
from pipelines.warehouse.door import comparisons
from pipelines.warehouse.door.comparisons import Compared, Organisation


def level(found: Compared, lang: str) -> str:
    """The level of the group: a share, or a count per unit."""
    return percent(found.level, lang) if found.is_share else number(found.level, lang, POINTS_DECIMALS)


def units_title(found: Compared, listed: pd.DataFrame, lang: str) -> str:
    """The finding of the sorted intervals."""
    bands = listed.loc[listed["value"].notna(), "band"].value_counts()
    above, below = (int(bands.get(band, 0)) for band in ("above", "below"))
    if found.level != found.level:
        return say("compare.units.nobody", lang)
    if listed["value"].isna().all():
        return say("compare.units.unknown", lang)
    key = "some" if above or below else "none" if found.has_intervals else "level"
    return say(f"compare.units.{key}", lang, above=above, below=below, level=level(found, lang))


def units_caption(found: Compared, listed: pd.DataFrame, organisation: Organisation, lang: str) -> str:
    """How to read the dots, which units there are, and how many have no figure."""
    silent = int(listed["value"].isna().sum())
    key = "ratio" if not found.has_intervals else "share" if found.is_share else "count"
    parts = [say(f"compare.units.{key}", lang)]
    parts += [say("compare.units.silent", lang, count=silent)] if silent else []
    doubtful = int((listed["band"] == "doubtful").sum())
    parts += [say("compare.units.doubtful", lang, count=doubtful)] if doubtful else []
    return " ".join([*parts, say("compare.organisation.now", lang)] if organisation == comparisons.NOW else parts)


def units_empty(listed: pd.DataFrame, lang: str) -> str:
    """Why none of the units has a figure."""
    why = "; ".join(dict.fromkeys(states(listed["state"], lang)))
    return say("compare.units.why", lang, why=why)


def ranks_title(found: Compared, listed: pd.DataFrame, lang: str) -> str:
    """How many share one band of ranks."""
    ranked = listed.dropna(subset=["first"])
    alike = int(ranked.groupby(["first", "last"]).size().max()) if len(ranked) else 0
    key = "nobody" if ranked.empty else "all" if alike == len(ranked) > 1 else "some" if alike > 1 else "none"
    return say(f"compare.ranks.{key}", lang, alike=alike, ranked=len(ranked))


def ranks_caption(found: Compared, listed: pd.DataFrame, lang: str) -> str:
    """How to read the bands, that they are no verdict, and who has none."""
    left = int(listed["value"].notna().sum() - listed["first"].notna().sum())
    reading = say("compare.ranks.reading", lang, ranked=found.ranked)
    return f"{reading} {say('compare.ranks.left', lang, count=left, n=SMALL_UNIT)}" if left else reading


def ranks_empty(found: Compared, listed: pd.DataFrame, lang: str) -> str:
    """Why nobody has a rank."""
    if found.has_intervals and found.level == found.level and listed["value"].isna().all():
        return units_empty(listed, lang)
    return say("compare.ranks.empty" if found.has_intervals else "compare.ranks.no_interval", lang)


def years_caption(
    found: Compared, listed: pd.DataFrame, drawn: pd.DataFrame, organisation: Organisation, lang: str
) -> str:
    """What is drawn (`compare_frames.over_years`), whose years these are, and which units are not there."""
    shaded = found.is_share and found.has_intervals
    parts = [say("compare.years.level", lang), *([say("compare.years.interval", lang)] if shaded else [])]
    parts += [say("compare.years.cut", lang)] if shaded and multiples.cuts(drawn) else []
    parts += [say(f"compare.organisation.{organisation}", lang)]
    units = drawn["unit_code"].nunique()
    left = len(listed) - units
    key = "more" if units == multiples.MOST else "without"
    return " ".join([*parts, say(f"compare.years.{key}", lang, drawn=units, left=left)] if left else parts)


def columns(first: str, is_share: bool, lang: str) -> Columns:
    """Headings of a table; `first`: unit | ranks | year."""
    value, ends = ("share", "share") if is_share else ("count", "points")
    size: Columns = {"denominator": Column(say("compare.column.denominator", lang), "count")} if is_share else {}
    told: Columns = {
        "unit": {"told": Column(say("compare.column.told", lang), width="large")},
        "ranks": {name: Column(say(f"compare.column.{name}", lang), "count") for name in ("first", "last")},
        "year": {"level": Column(say("compare.column.level", lang), ends)},  # type: ignore[arg-type]
    }[first]
    years: Columns = {"period": Column(say("compare.column.year", lang), width="small")} if first == "year" else {}
    return {
        "label": Column(say("compare.column.unit", lang), width="medium", pinned=True),
        **years,
        "value": Column(say("compare.column.value", lang), value),  # type: ignore[arg-type]
        "numerator": Column(say("compare.column.numerator", lang), "count"),
        **size,
        "low": Column(say("compare.column.low", lang), ends),  # type: ignore[arg-type]
        "high": Column(say("compare.column.high", lang), ends),  # type: ignore[arg-type]
        **told,
    }
