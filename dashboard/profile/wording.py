"""What the page of one unit says in words."""

import pandas as pd

from dashboard.shell.columns import Column, Columns
from dashboard.shell.markup import Markdown, marked
from pipelines.palette import LEVEL_MARKS
from pipelines.texts import say


def standing(row: pd.DataFrame, year: str, lang: str) -> Markdown:
    """How the unit stands on the council's list at the end of a year; a unit that is not on it says so."""
    if row.empty:
        return marked("profile.not_listed", lang, year=year)
    one = row.iloc[0]
    return marked(
        "profile.standing", lang, mark=LEVEL_MARKS[one["standing"]], headline=one[f"headline_{lang}"], year=year
    )


def years_title(rows: pd.DataFrame, lang: str) -> str:
    """Which years lie beyond the unit's own usual ups and downs, or that none does, or that it cannot be said yet."""
    out = rows.loc[rows["outside"], "period"].tolist()
    if rows["center"].isna().all():
        return say("profile.years.few", lang)
    return say("profile.years.outside", lang, years=", ".join(out)) if out else say("profile.years.usual", lang)


def year_columns(lang: str) -> Columns:
    """The years of the unit."""
    return {
        "period": Column(say("profile.column.year", lang)),
        "numerator": Column(say("council.column.awards", lang), "count"),
        "denominator": Column(say("profile.column.staff", lang), "count"),
        "value": Column(say("council.column.rate", lang), "share"),
        "low": Column(say("profile.column.low", lang), "share"),
        "high": Column(say("profile.column.high", lang), "share"),
        "told": Column(say("profile.column.state", lang)),
    }


def mix_columns(lang: str) -> Columns:
    """What its awards are made of."""
    return {
        "period": Column(say("profile.column.year", lang)),
        "part": Column(say("profile.column.part", lang)),
        "value": Column(say("council.column.awards", lang), "count"),
    }


def peer_columns(lang: str) -> Columns:
    """The unit among its peers."""
    return {
        "unit_name": Column(say("council.column.unit", lang), width="medium"),
        "numerator": Column(say("council.column.awards", lang), "count"),
        "denominator": Column(say("council.column.people", lang), "count"),
        "value": Column(say("council.column.rate", lang), "share"),
        "low": Column(say("profile.column.low", lang), "share"),
        "high": Column(say("profile.column.high", lang), "share"),
        "told": Column(say("profile.column.reading", lang)),
    }
