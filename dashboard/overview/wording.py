"""What the overview says in words: titles that say the finding, captions, headings of tables."""

from collections.abc import Sequence

import pandas as pd

from dashboard.overview.key_figures import KeyFigure
from dashboard.shell.columns import Column, Columns
from dashboard.shell.filters import EVERYONE
from pipelines.texts import number, period_name, say


def title(period: str, matters: int, lang: str) -> str:
    """What the page is about, and how many matters wait for a decision."""
    of = period_name(period, lang)
    about = {"period": of[:1].lower() + of[1:], "count": matters}
    return say(f"overview.title.{'some' if matters else 'none'}", lang, **about)


def finding(name: str, figures: Sequence[KeyFigure], lang: str) -> str:
    """Title of the chart that shows a key figure over the years: what its newest year amounts to."""
    figure = next(one for one in figures if one.name == name)
    return say(f"overview.{name}.{figure.change.verdict}", lang)


def awards_caption(group: str, told: pd.DataFrame, lang: str) -> str:
    """What is counted, and that the lines are those of others where the group itself has none."""
    size = told.loc[(told["unit_code"] == EVERYONE) & (told["period"] == told["period"].max()), "denominator"].sum()
    counted = say("overview.awards.caption", lang, size=number(size, lang))
    return counted if group in set(told["unit_code"]) else f"{say('overview.awards.others', lang)} {counted}"


def groups_caption(group: str, lang: str) -> str:
    """How to read the ratings of groups, and how to come to single units."""
    reading = say("overview.ratings.caption", lang)
    return f"{reading} {say('overview.groups.deeper', lang)}" if group == EVERYONE else reading


def line_columns(lang: str) -> Columns:
    """Headings of the table of rates over the years."""
    return {
        "series": Column(say("overview.column.group", lang), width="medium", pinned=True),
        "period": Column(say("overview.column.year", lang), width="small"),
        "value": Column(say("overview.column.rate", lang), "share"),
        "numerator": Column(say("overview.column.awarded", lang), "count"),
        "denominator": Column(say("overview.column.staff", lang), "count"),
        "low": Column(say("overview.column.low", lang), "share"),
        "high": Column(say("overview.column.high", lang), "share"),
        "told": Column(say("overview.column.state", lang)),
    }


def rating_columns(first: str, lang: str) -> Columns:
    """Headings of the tables of ratings; `first`: year or group, what a row is about."""
    return {
        "label": Column(say(f"overview.column.{first}", lang), width="medium", pinned=True),
        "rating": Column(say("overview.column.rating", lang)),
        "value": Column(say("overview.column.rate", lang), "share"),
        "numerator": Column(say("overview.column.rated_so", lang), "count"),
        "denominator": Column(say("overview.column.rated", lang), "count"),
        "told": Column(say("overview.column.state", lang)),
    }
