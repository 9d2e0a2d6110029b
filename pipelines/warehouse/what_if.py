"""A ceiling moved: what each unit would be allowed then, from the figures its ceiling has today."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipelines.warehouse import figures
from pipelines.warehouse.connection import Version
from pipelines.warehouse.viewer import Viewer

_ROUND: dict[str, Callable[[pd.Series], pd.Series]] = {"down": np.floor, "up": np.ceil, "nearest": np.round}
_NEARLY = 1e-9  # 0.15 × 20 is 3, whatever binary fractions say


def ceiling_moved(version: Version, viewer: Viewer, period: str, rule_id: str, share: float) -> pd.DataFrame:
    """[unit_code, unit_name, counted, base, allowed_now, allowed_then, over_now, over_then] of the units that reported.

    `share` (0–1) instead of the rule's own; counted and base are those of `cap_share`, so open proposals are not in them. over:
    how many beyond the limit. Most over first. Empty where the rule does not hold in the period.
    """
    rules = figures.rules(version, viewer, period)
    told = figures.metric(version, viewer, "cap_share", [period], None, [rule_id])
    told = told[(told["unit_kind"] == "unit") & (told["state"] == "reported")]
    rule = rules[(rules["rule_id"] == rule_id) & (rules["kind"] == "ceiling")]
    rows = told[["unit_code", "unit_name"]].assign(counted=told["numerator"], base=told["denominator"])
    if rule.empty:
        return rows.iloc[:0].assign(allowed_now=0.0, allowed_then=0.0, over_now=0.0, over_then=0.0)
    one = rule.iloc[0]
    for name, value in (("now", float(one["value"])), ("then", share)):
        limit = _ROUND[one["rounding"]](rows["base"] * value + _NEARLY)
        limit = limit.clip(lower=1).where(rows["base"] > 0, 0) if one["min_one"] else limit
        rows = rows.assign(**{f"allowed_{name}": limit, f"over_{name}": (rows["counted"] - limit).clip(lower=0)})
    return rows.sort_values(["over_then", "counted"], ascending=False, kind="stable").reset_index(drop=True)
