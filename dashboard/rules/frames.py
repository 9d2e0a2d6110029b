"""Rules in force on a day with how far they are met in a period, and the cases that are short of one or unknown."""

from datetime import date
from typing import Any

import pandas as pd

from dashboard.rules import wording
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer

_ROW = ["rule_id", "condition", "valid_from"]
_COUNTS = ["met", "breach", "unknown", "not_applicable"]


def last_day(period: str) -> date:
    """Of a year, or of its first half."""
    return date(int(period[:4]), 6, 30) if period.endswith("H1") else date(int(period[:4]), 12, 31)


def in_force(version: Version, viewer: Viewer, on: date, status: str, period: str, lang: str) -> pd.DataFrame:
    """The rules in force on a day, of one status ("": all), as `rule_words.list_columns` shows them, with `rule_id`,
    `is_fact`.

    Counts are missing where a rule is not judged, and where nothing of the period falls under it.
    """
    rules = queries.rules_in_force(version, viewer, on)
    rules = rules[rules["status"].eq(status) | (status == "")]
    told = rules.merge(queries.rule_counts(version, viewer, period), on=_ROW, how="left")
    lists = {
        "name": told["name" if lang == "vi" else "english"],
        "legal": [wording.legal(one, lang) for one in told["status"]],
        "kind": [wording.kind(one, lang) for one in told["kind"]],
        "binds": [wording.binds(one, lang) for one in told["scope"]],
        "span": [wording.span(one.valid_from, _day(one.valid_to), lang) for one in told.itertuples()],
        "sealed": [wording.sealed(one.confirmed_by, _day(one.confirmed_on), lang) for one in told.itertuples()],
        "is_fact": told["status"].eq("statutory") & told["confirmed_on"].notna(),
    }
    return told.drop(columns="english").assign(**lists)


def cases(version: Version, viewer: Viewer, period: str, rule_id: str, lang: str) -> pd.DataFrame:
    """What is short of a rule in a period, then what is unknown, as `rule_words.result_columns` shows it, with its
    place.
    """
    told = queries.rule_results(version, viewer, period, rules=[rule_id], statuses=["breach", "unknown"])
    awards = queries.award_catalogue(version, viewer, period)
    names = dict(zip(awards["award"], awards["name" if lang == "vi" else "english"], strict=True))
    told = told.assign(
        verdict=[wording.verdict(row.status, lang, row.kind) for row in told.itertuples()],
        told=[wording.told(row, lang) for row in told.itertuples()],
        award=[names.get(one, one) if isinstance(one, str) else None for one in told["award"]],
        place=[f"{row.sheet}!{row.cell}" if isinstance(row.cell, str) else None for row in told.itertuples()],
        proposal_code=told["proposal_code"].replace("", None),
        subject=told["who"].replace("", None),
    )
    return told.sort_values("status", kind="stable", ignore_index=True)


def grounds(version: Version, viewer: Viewer, rule_id: str, unit: str, period: str, proposal: str) -> pd.DataFrame:
    """What was found for a proposal in the years of a condition, as `rule_words.ground_columns` shows it."""
    told = queries.rule_evidence(version, viewer, rule_id, unit, period, proposal)
    places = [f"{row.sheet}!{row.cell}" if isinstance(row.cell, str) else None for row in told.itertuples()]
    return told.assign(place=pd.Series(places, index=told.index, dtype="object"))


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
