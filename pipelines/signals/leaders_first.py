"""S5 · Leaders first: leaders win more often than in comparable units, over up to ten years.

Leaders rightly win more everywhere; a unit is held against the odds ratio its peers share. Years of the units it was
made of belong to a unit, but what rests on those alone never names it.
"""

import numpy as np
import pandas as pd

from pipelines.analysis import odds_ratio
from pipelines.analysis.discoveries import benjamini_hochberg
from pipelines.analysis.screening import ENOUGH_PEERS
from pipelines.signals.lineage import as_of_today, is_former, sources_of_today
from pipelines.signals.shape import FEW_PEERS, FEW_YEARS, NONE, Inputs, each_group, levels, recent

YEARS = 10
_COUNTS = ["staff", "leaders", "awarded", "awarded_leaders"]


def rows(inputs: Inputs) -> pd.DataFrame:
    """One row a unit: as COLUMNS; value, expected: odds ratio of its leaders and of the peers' leaders."""
    told = _of_today(inputs)
    told = told[_is_possible(told)]
    found = is_former(inputs, each_group(told, _of_group), told)
    choice = odds_ratio.has_choice(told["staff"], told["leaders"], told["awarded"])
    return found.assign(counted_in=found["unit_code"].map(sources_of_today(inputs, told[choice])))


def doubtful(inputs: Inputs) -> pd.DataFrame:
    """unit_code, year in which more awards went to leaders, or to all, than there were: not counted in `rows`."""
    told = _of_today(inputs)
    return told.loc[~_is_possible(told), ["unit_code", "year"]]


def _of_today(inputs: Inputs) -> pd.DataFrame:
    told = recent(inputs.leaders, inputs.until, YEARS).dropna(subset=_COUNTS)
    return as_of_today(inputs, told, _COUNTS)


def _is_possible(told: pd.DataFrame) -> "pd.Series[bool]":
    """Whether awards can be people: clusters count awards, and one leader may have several."""
    return (told["awarded"] <= told["staff"]) & (told["awarded_leaders"] <= told["leaders"])


def _of_group(group: pd.DataFrame) -> pd.DataFrame:
    unit, codes = pd.factorize(group["unit_code"])
    found = odds_ratio.test(unit, *(group[name].to_numpy() for name in _COUNTS))
    named = len(codes) >= ENOUGH_PEERS
    told = pd.DataFrame(
        {
            "unit_code": np.asarray(codes)[found["unit"]],
            "period_from": group.groupby("unit_code")["year"].min().reindex(codes).to_numpy(),
            "value": found["odds_ratio"],
            "expected": found["peers_odds_ratio"],
            "n": found["n_people"],
            "excess": found["seen"] - found["expected"],
            "p_value": found["p_value"],
            "testable": found["testable"] & named,
            "years": found["n_years"],
            "leaders_share": found["group_share"],
            "others_share": found["other_share"],
        }
    )
    told["p_value"] = told["p_value"] if named else np.nan
    told["q_value"] = benjamini_hochberg(told["p_value"].where(told["testable"]))
    told["reason"] = np.select([np.full(len(told), not named), ~told["testable"]], [FEW_PEERS, FEW_YEARS], "")
    told["level"] = levels(told["q_value"], told["testable"]) if named else NONE
    return told
