"""How the columns of a table are formatted: the same words and decimals on the screen and in Excel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pandas as pd
import streamlit as st

from pipelines import palette, texts

Kind = Literal["text", "count", "share", "points", "exact", "year", "day", "instant"]
Width = Literal["small", "medium", "large"] | int | None
_DECIMALS = {"count": 0, "share": palette.RATE_DECIMALS, "points": palette.POINTS_DECIMALS, "exact": 4, "year": 0}


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading and the kind of its values.

    Kinds: share is 0–1 and shown as percent; points has one decimal; exact has four decimals, and all of them in Excel;
    year has no separators; day is a date; instant is in UTC and shown in Vietnamese time.
    """

    label: str
    kind: Kind = "text"
    width: Width = None
    pinned: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in _DECIMALS

    @property
    def decimals(self) -> int:
        return _DECIMALS.get(self.kind, 0)


Columns = Mapping[str, Column]


def shown(table: pd.DataFrame, columns: Columns, lang: str) -> pd.DataFrame:
    """The named columns as text, so that the language of the browser does not decide how a number looks.

    static/vietnamese.js sorts the text as numbers and dates.
    """
    return pd.DataFrame({name: _texts(table[name], column, lang) for name, column in columns.items()})


def config(columns: Columns) -> dict[str, Any]:
    """Headings, widths and alignment for `st.dataframe`."""
    return {
        name: st.column_config.TextColumn(
            column.label,
            width=column.width,
            pinned=column.pinned or None,
            alignment="right" if column.is_number else None,
        )
        for name, column in columns.items()
    }


def written(value: Any, column: Column, lang: str) -> str:
    """One value as text; a dash if there is none."""
    if pd.isna(value):
        return texts.EMPTY
    if column.kind == "year":
        return f"{value:.0f}"
    if column.kind == "day":
        return texts.day(value, lang)
    if column.kind == "instant":
        return texts.instant(utc(value), lang)
    if column.kind == "share":
        return texts.percent(value, lang, column.decimals)
    return texts.number(value, lang, column.decimals) if column.is_number else str(value)


def states(values: Iterable[str], lang: str) -> list[str]:
    """States of figures in words: "chưa nộp" and the like."""
    return [texts.say(f"charts.state.{state}", lang) for state in values]


def readings(rows: pd.DataFrame, lang: str, doubtful: str, small: str) -> list[str]:
    """The words beside each share: how it compares with its level, or why it has no value.

    `rows` has value, low, denominator, band, state. `doubtful` and `small` are keys of texts: `doubtful` is for a row
    that counts more people than there are, `small` (with n) for a group that is too small to judge.
    """
    return [_reading(row, lang, doubtful, small) for row in rows.itertuples()]


def _reading(row: Any, lang: str, doubtful: str, small: str) -> str:
    if row.value != row.value:
        return texts.say(f"charts.state.{row.state}", lang)
    if row.low != row.low:
        return texts.say(doubtful, lang)
    if row.denominator < palette.SMALL_UNIT:
        return texts.say(small, lang, n=palette.SMALL_UNIT)
    return texts.say(f"charts.band.{row.band}", lang)


def utc(value: Any) -> datetime:
    """An instant of a frame as a datetime in UTC; an instant without a time zone is taken as UTC."""
    moment = pd.Timestamp(value)
    result: datetime = (moment if moment.tzinfo else moment.tz_localize("UTC")).to_pydatetime()
    return result


def _texts(values: pd.Series, column: Column, lang: str) -> list[str]:
    return [written(value, column, lang) for value in values]
