"""S6 · Awards rise from year to year more than among the peers while results stay flat, over all years, twelve at
least.
"""

import numpy as np
import pandas as pd

from pipelines.analysis import slopes
from pipelines.analysis.discoveries import benjamini_hochberg
from pipelines.analysis.screening import ENOUGH_PEERS
from pipelines.signals.lineage import as_of_today, is_former, sources_of_today
from pipelines.signals.shape import EXPLAIN, FEW_PEERS, FEW_YEARS, NO_RESULTS, NONE, WATCH, Inputs, each_group, levels

YEARS = 1_000  # all there are
_COUNTS, _RESULTS = ["awarded", "staff"], ["met", "known"]


def rows(inputs: Inputs) -> pd.DataFrame:
    """One row a unit: as COLUMNS; value, expected: percentage points a year, its own and the peers' median."""
    yearly = as_of_today(inputs, inputs.awards, _COUNTS)
    yearly = yearly[yearly["awarded"] <= yearly["staff"]]
    results = as_of_today(inputs, inputs.results, _RESULTS)
    both = yearly.merge(results[["unit_code", "year", *_RESULTS]], on=["unit_code", "year"], how="left")
    both[_RESULTS] = both[_RESULTS].fillna(0)
    found = is_former(inputs, each_group(both, _of_group), yearly)
    return found.assign(counted_in=found["unit_code"].map(sources_of_today(inputs, both[both["staff"] > 0])))


def _of_group(group: pd.DataFrame) -> pd.DataFrame:
    unit, codes = pd.factorize(group["unit_code"])
    found = slopes.test(unit, *(group[name].to_numpy() for name in ("year", *_COUNTS, *_RESULTS)))
    named = len(codes) >= ENOUGH_PEERS
    told = pd.DataFrame(
        {
            "unit_code": np.asarray(codes)[found["unit"]],
            "period_from": group.groupby("unit_code")["year"].min().reindex(codes).to_numpy(),
            "value": found["slope_points"],
            "expected": found["peers_points"],
            "n": found["n_people"],
            "p_value": found["p_value"] if named else np.nan,
            "testable": found["testable"] & named,
            "results": found["results"],
        }
    )
    told["q_value"] = benjamini_hochberg(told["p_value"].where(told["testable"]))
    told["reason"] = np.select(
        [np.full(len(told), not named), ~told["testable"], told["results"] == "unknown"],
        [FEW_PEERS, FEW_YEARS, NO_RESULTS],
        "",
    )
    level = levels(told["q_value"], told["testable"])
    level = level.mask((told["results"] == "unknown") & (level == EXPLAIN), WATCH)
    told["level"] = level.mask((told["results"] == "rise") | ~found["steep"], NONE)
    return told
