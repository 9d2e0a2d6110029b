"""What a signal reads and what it says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from pipelines.analysis.discoveries import WRONG_SHARE

NONE: Final = "none"
WATCH: Final = "watch"
EXPLAIN: Final = "explain"

# LDTT is nearly everyone's, KNC tells of years served: neither says anything of the year's merit.
NO_MERIT = ("LDTT", "KNC")
# Of the names worth watching so many may be wrong, on average; of those to explain: `discoveries.WRONG_SHARE`.
WATCH_SHARE = 0.20

# Why a unit cannot be judged by a signal; "" where it can.
FEW_PEERS, FEW_YEARS, FEW_PEOPLE, NO_PEOPLE = "few_peers", "few_years", "few_people", "no_people"
DOUBTFUL, NO_CHOICE, NO_RESULTS, NO_SCORES = "doubtful", "no_choice", "no_results", "no_scores"
FORMER, CONTEXT, DEPENDS, CEILING, LEFT_OUT = "former", "context", "depends", "ceiling", "left_out"


# In the order they are told: those that go into the council's list, each with its second version, information.
COMBINED = ("award_rate", "same_ratings", "rotation", "leaders_first", "rising_awards")
ORDER = (
    *("award_rate", "award_rate_by_rating", "same_ratings", "same_levels", *COMBINED[2:]),
    *("same_people", "ceiling_filled", "own_score_above_final"),
    *("score_spread", "alike_scores"),  # of clusters
)


@dataclass(frozen=True)
class Inputs:
    """Metric frames of all years up to `until`, one row a unit and year where the unit reported.

    units: unit_code, peer_group, cluster_code of those obliged in `until`.
    awards: unit_code, year, awarded (awards for merit other than LDTT and KNC, of all people), staff.
    leaders: unit_code, year, staff, leaders; awarded, awarded_leaders (NaN where it is not told to whom awards went).
    levels: unit_code, year, level, awarded (the same awards by level). ratings: unit_code, year, rating, people.
    people: unit_code, year, person, position_group, rating, won, must_wait (a rule
    leaves years between two awards, and the person is in one of them).
    results: unit_code, year, met, known (targets). scores: unit_code, cluster_code, year, own, final (points).
    ceilings: unit_code, year, rule_id, award (of people; "" for others), used, allowed. today: unit_code, year,
    today, the unit of `until` it went into whole. doubtful: unit_code, year in which more got an award than there
    were people: not in awards, levels and who of `leaders` was awarded.
    """

    until: int
    units: pd.DataFrame
    awards: pd.DataFrame
    leaders: pd.DataFrame
    ratings: pd.DataFrame
    people: pd.DataFrame
    results: pd.DataFrame
    scores: pd.DataFrame
    ceilings: pd.DataFrame
    today: pd.DataFrame
    levels: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["unit_code", "year", "level", "awarded"])
    )
    doubtful: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["unit_code", "year"]))


COLUMNS = (
    *("unit_code", "peer_group", "period_from", "period_to", "value", "expected", "low", "high", "n", "excess"),
    *("p_value", "q_value", "level", "testable", "reason", "category", "counted_in"),
)


def told(inputs: Inputs, found: pd.DataFrame, silent: str = FEW_YEARS) -> pd.DataFrame:
    """One row a unit of `until`, in their order, with all of `COLUMNS`; why units without a row have nothing to say:
    `silent`.
    """
    found = found.drop(columns="peer_group", errors="ignore")
    every = inputs.units[["unit_code", "peer_group"]].merge(found, on="unit_code", how="left")
    every = every.reindex(columns=list(COLUMNS))
    every["period_to"] = inputs.until
    every["level"] = every["level"].astype(object).fillna(NONE)
    every["reason"] = every["reason"].where(every["reason"].notna(), silent)
    every["testable"] = every["testable"].eq(True)
    return said_in_full(every)


def said_in_full(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with "" where no category is named and nothing was counted."""
    return rows.assign(**{name: rows[name].astype(object).fillna("") for name in ("category", "counted_in")})


def sources(used: pd.DataFrame) -> "pd.Series[str]":
    """Whose rows of which years are counted, by unit code: "V01/2021|V01/2022".

    used: unit_code, year, and source (who reported) where that is another, as before a merger."""
    places = (
        used["source" if "source" in used else "unit_code"].astype(str) + "/" + used["year"].astype(int).astype(str)
    )
    return places.groupby(used["unit_code"]).agg(lambda one: "|".join(sorted(set(one))))


def each_group(frame: pd.DataFrame, find: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """What is found in each peer group by itself, one below the other; with no group no unit."""
    found = [find(group.reset_index(drop=True)) for _, group in frame.groupby("peer_group")]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["unit_code"])


def recent(frame: pd.DataFrame, until: int, years: int) -> pd.DataFrame:
    """The rows of the last `years` years up to `until`."""
    return frame[(frame["year"] > until - years) & (frame["year"] <= until)]


def levels(q_value: pd.Series, enough: pd.Series, wrong: float = WRONG_SHARE) -> pd.Series:
    """explain where the q-value is small enough and the years are enough; watch where either is nearly so."""
    level = pd.Series(NONE, index=q_value.index)
    level = level.mask(q_value <= WATCH_SHARE, WATCH)
    return level.mask((q_value <= wrong) & enough, EXPLAIN)


def clear(rows: pd.DataFrame) -> pd.Series:
    """Whether a row counts as a signal: it could be judged, it is rare, and nothing else makes it less than clear."""
    return rows["testable"] & (rows["level"] == EXPLAIN)


def rare(rows: pd.DataFrame) -> pd.Series:
    """Whether a row says something that is rare by chance, clear or only worth watching: what the measured figures
    count.
    """
    return rows["testable"] & (rows["q_value"] <= WRONG_SHARE) & (rows["level"] != NONE)


def standing(units: pd.DataFrame, judged: pd.DataFrame, enough: pd.Series) -> pd.DataFrame:
    """Units and what `analysis.screening` says of them, row by row, with level, testable and why not; `enough`: of
    years.
    """
    told = pd.concat([units, judged], axis=1)
    reasons = [judged["method"] == "no_share", judged["method"] == "too_few", ~judged["testable"], ~enough]
    told["reason"] = np.select(reasons, [DOUBTFUL, FEW_PEERS, FEW_PEOPLE, FEW_YEARS], "")
    told["testable"] = judged["testable"] & enough
    told["excess"] = told["n"] * (told["value"] - told["expected"])  # as seen; the interval is the shrunk one
    return told.assign(level=levels(told["q_value"], told["testable"], WRONG_SHARE))
