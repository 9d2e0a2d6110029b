"""What a new version would change, in words: how much by sheet, then row by row."""

from dataclasses import dataclass

import pandas as pd

from dashboard.shell.columns import Column, Columns
from pipelines.texts import say

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
KINDS = (ADDED, REMOVED, CHANGED)
_SIGN = {ADDED: "+", REMOVED: "−", CHANGED: "→"}  # never colour alone
_FIELDS = ("change", "key", "column", "before", "after")


@dataclass(frozen=True)
class OfSheet:
    """What changes on one sheet: rows in words, their look, and how many of each kind."""

    sheet: str
    rows: pd.DataFrame
    marks: pd.Series
    counts: dict[str, int]


def counts(changes: pd.DataFrame) -> dict[str, int]:
    """Rows added, rows removed, cells changed."""
    return {kind: int(changes["change"].eq(kind).sum()) for kind in KINDS}


def is_first(changes: pd.DataFrame) -> bool:
    """Whether nothing counts yet that the new version could replace."""
    return len(changes) > 0 and bool(changes["change"].eq(ADDED).all()) and bool(changes["key"].iloc[0] == "")


def by_sheet(changes: pd.DataFrame, lang: str) -> list[OfSheet]:
    """The changes of each sheet, in the order of the workbook."""
    told = in_words(changes, lang)
    return [
        OfSheet(str(sheet), told.loc[part.index], part["change"].reset_index(drop=True), counts(part))
        for sheet, part in changes.groupby("sheet", sort=False)
    ]


def in_words(changes: pd.DataFrame, lang: str) -> pd.DataFrame:
    """[sheet, change, key, column, before, after] with the kind of change in words."""
    words = {kind: f"{_SIGN[kind]} {say(f'submit.changes.{kind}', lang)}" for kind in KINDS}
    return changes.assign(change=changes["change"].map(words))[["sheet", *_FIELDS]]


def columns(rows: pd.DataFrame, lang: str, with_sheet: bool = False) -> Columns:
    """Headings of the rows; a column that says nothing in any of them is left out."""
    names = [*(["sheet"] if with_sheet else []), *(name for name in _FIELDS if rows[name].ne("").any())]
    return {name: Column(say(f"submit.changes.{name}", lang)) for name in names}
