"""All signals in the order they are told, and the sentence of each row in both languages."""

from collections.abc import Callable

import pandas as pd

from pipelines.signals import (
    award_rate,
    ceiling_filled,
    cluster_scores,
    leaders_first,
    rising_awards,
    rotation,
    same_people,
    same_ratings,
    wording,
)
from pipelines.signals.shape import (
    COLUMNS,
    DOUBTFUL,
    FEW_YEARS,
    LEFT_OUT,
    NO_SCORES,
    Inputs,
    recent,
    said_in_full,
    told,
)

SIGNALS: dict[str, Callable[[Inputs], pd.DataFrame]] = {
    "award_rate": award_rate.by_leaders,
    "award_rate_by_rating": award_rate.by_ratings,
    "same_ratings": same_ratings.rows,
    "same_levels": same_ratings.by_level,
    "rotation": rotation.rows,
    "leaders_first": leaders_first.rows,
    "rising_awards": rising_awards.rows,
    "same_people": same_people.rows,
    "ceiling_filled": ceiling_filled.rows,
    "own_score_above_final": cluster_scores.own_above_final,
}
OF_CLUSTERS: dict[str, Callable[[Inputs], pd.DataFrame]] = {
    "score_spread": cluster_scores.spread,
    "alike_scores": cluster_scores.alike,
}

# Signals that read how many awards a unit had, and over how many years.
_OF_AWARDS = {
    "award_rate": award_rate.YEARS,
    "award_rate_by_rating": award_rate.YEARS,
    "same_levels": same_ratings.YEARS,
    "leaders_first": leaders_first.YEARS,
    "rising_awards": rising_awards.YEARS,
}
_SILENT = {"own_score_above_final": NO_SCORES}  # why a unit has no row, where it is not too few years


def rows(inputs: Inputs) -> pd.DataFrame:
    """signal, COLUMNS, headline_vi, headline_en: one row for each signal and unit of `until`, and for each cluster's
    scores.
    """
    frames = [_worded(name, inputs, find(inputs)) for name, find in SIGNALS.items()]
    frames += [_of_clusters(name, inputs, find(inputs)) for name, find in OF_CLUSTERS.items()]
    return pd.concat([one for one in frames if len(one)], ignore_index=True)


def _worded(name: str, inputs: Inputs, found: pd.DataFrame) -> pd.DataFrame:
    rows = _left_out(name, inputs, told(inputs, found, _SILENT.get(name, FEW_YEARS)))
    more = rows[["unit_code"]].merge(found, on="unit_code", how="left", validate="1:1")
    return wording.with_headlines(rows.assign(signal=name), more)


def _left_out(name: str, inputs: Inputs, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, saying of whom years were left out because more got an award than there were people."""
    years = recent(inputs.doubtful, inputs.until, _OF_AWARDS.get(name, 0))
    if name == "leaders_first":
        years = pd.concat([years, leaders_first.doubtful(inputs)])
    some = rows["unit_code"].isin(years["unit_code"])
    reason = rows["reason"].mask(some & (rows["reason"] == ""), LEFT_OUT)
    return rows.assign(reason=reason.mask(some & (rows["reason"] == FEW_YEARS), DOUBTFUL))


def _of_clusters(name: str, inputs: Inputs, found: pd.DataFrame) -> pd.DataFrame:
    rows = found.assign(period_to=inputs.until, peer_group="", testable=False).reindex(columns=list(COLUMNS))
    return wording.with_headlines(said_in_full(rows).assign(signal=name), found)
