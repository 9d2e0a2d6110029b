"""How clusters score their members: information beside the signals, with nothing tested."""

import numpy as np
import pandas as pd

from pipelines.signals.shape import CONTEXT, NONE, Inputs, recent, sources

YEARS = 5


def own_above_final(inputs: Inputs) -> pd.DataFrame:
    """One row a unit: value, expected: points it gave itself above the final score, on average, and in its cluster; n:
    years.
    """
    scores = recent(inputs.scores, inputs.until, YEARS).dropna(subset=["own", "final"])
    scores = scores.assign(gap=scores["own"] - scores["final"])
    scores["usual"] = scores.groupby(["cluster_code", "year"])["gap"].transform("mean")
    found = scores.groupby("unit_code", as_index=False).agg(
        value=("gap", "mean"), expected=("usual", "mean"), n=("gap", "size"), period_from=("year", "min")
    )
    return found.assign(level=NONE, reason=CONTEXT, counted_in=found["unit_code"].map(sources(scores)))


def spread(inputs: Inputs) -> pd.DataFrame:
    """One row a cluster (as unit_code): value, expected: standard deviation of its final scores in `until`, and of all
    clusters (median); n: members scored. Alike scores tell nobody apart."""
    finals = inputs.scores[inputs.scores["year"] == inputs.until].dropna(subset=["final"])
    found = finals.groupby("cluster_code", as_index=False)["final"].agg(value="std", n="size")
    found = found.rename(columns={"cluster_code": "unit_code"})
    return _of_clusters(found, finals, inputs).assign(expected=found["value"].median())


def alike(inputs: Inputs) -> pd.DataFrame:
    """One row a cluster (as unit_code): value, expected: share of final scores of `until` that are round (a multiple of
    5) or
    that another member has too; of all clusters; n: members scored."""
    finals = inputs.scores[inputs.scores["year"] == inputs.until].dropna(subset=["final"])
    same = finals.groupby(["cluster_code", "final"])["unit_code"].transform("size") > 1
    plain = same | np.isclose(finals["final"] % 5, 0)
    found = plain.groupby(finals["cluster_code"]).agg(["mean", "size"]).reset_index()
    found.columns = ["unit_code", "value", "n"]
    return _of_clusters(found, finals, inputs).assign(expected=plain.mean())


def _of_clusters(found: pd.DataFrame, finals: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    scored = finals.rename(columns={"unit_code": "source", "cluster_code": "unit_code"})
    counted_in = found["unit_code"].map(sources(scored))
    return found.assign(period_from=inputs.until, level=NONE, reason=CONTEXT, counted_in=counted_in)
