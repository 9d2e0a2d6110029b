"""The council's list: what the signals say of a unit together, beside the facts, never mixed with them."""

import numpy as np
import pandas as pd

from pipelines.analysis.discoveries import WRONG_SHARE, acat, benjamini_hochberg
from pipelines.signals.shape import COMBINED, EXPLAIN, NONE, WATCH, WATCH_SHARE, Inputs, clear


def listed(inputs: Inputs, signals: pd.DataFrame, facts: pd.Series) -> pd.DataFrame:
    """One row a unit of `until`: rank, facts_count, signals_count, p_combined, q_combined, excess_awards, level.

    signals: rows of all signals (signal and COLUMNS); facts: confirmed facts of `until` by unit code. A unit asks
    for an explanation where the signals together are rare (q ≤ 0.10) and two of them are so alone, or one beside a
    fact. Ordered by level, facts, signals, awards beyond what is expected.
    """
    told = signals[signals["signal"].isin(COMBINED)]
    p = told.assign(p=told["p_value"].where(told["testable"])).pivot(index="unit_code", columns="signal", values="p")
    p = p.reindex(index=inputs.units["unit_code"], columns=list(COMBINED))
    sure = told[clear(told)]
    every = inputs.units[["unit_code", "peer_group"]].assign(
        facts_count=inputs.units["unit_code"].map(facts).fillna(0).astype(int).to_numpy(),
        signals_count=inputs.units["unit_code"].map(sure.groupby("unit_code").size()).fillna(0).astype(int).to_numpy(),
        p_combined=np.where(p.notna().any(axis=1), acat(p.to_numpy(float)), np.nan),
        excess_awards=inputs.units["unit_code"]
        .map(told[told["signal"] == "award_rate"].set_index("unit_code")["excess"])
        .to_numpy(float),
    )
    every["q_combined"] = benjamini_hochberg(every["p_combined"])
    watched = told.groupby("unit_code")["level"].agg(lambda one: (one != NONE).any())
    every["level"] = _level(every, every["unit_code"].map(watched).eq(True))
    every["urgent"] = every["level"].map({EXPLAIN: 2, WATCH: 1, NONE: 0})
    order = every.sort_values(
        ["urgent", "facts_count", "signals_count", "excess_awards", "unit_code"],
        ascending=[False, False, False, False, True],
    ).drop(columns="urgent")
    return order.assign(rank=np.arange(1, len(order) + 1))


def _level(every: pd.DataFrame, watched: pd.Series) -> pd.Series:
    rare = every["q_combined"] <= WRONG_SHARE
    twice = (every["signals_count"] >= 2) | ((every["signals_count"] >= 1) & (every["facts_count"] >= 1))
    level = pd.Series(NONE, index=every.index).mask((every["q_combined"] <= WATCH_SHARE) | watched, WATCH)
    return level.mask(rare & twice, EXPLAIN)
