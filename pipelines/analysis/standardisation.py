"""How many a unit would have at the rates of its peers: indirect standardisation (Breslow and Day 1987, ch. 2).

Rates are taken stratum by stratum within the peer group, so a unit of senior staff is compared with senior staff.
What may be a stratum is the caller's choice: what the unit does not control. A second version with what it does
control (ratings) stands beside the first, never alone: inflated ratings would excuse inflated awards, and the gap
between both tells.
"""

import pandas as pd
from numpy.typing import ArrayLike


def expected(unit: ArrayLike, group: ArrayLike, stratum: ArrayLike, count: ArrayLike, size: ArrayLike) -> pd.DataFrame:
    """One row a unit (index `unit`, sorted): group, count, size, expected; `expected` is Σ size × rate of its peers.

    Takes one row for each unit and stratum (year × kind of staff …); years are pooled by being added up. Within a group
    the expected add up to the counted. A stratum that one unit fills alone expects just what that unit did: it says
    nothing against it, so strata should hold several units.
    """
    rows = pd.DataFrame({"unit": unit, "group": group, "stratum": stratum, "count": count, "size": size})
    rows = rows.astype({"count": float, "size": float})
    peers = rows.groupby(["group", "stratum"])[["count", "size"]].transform("sum")
    rows["expected"] = rows["size"] * (peers["count"] / peers["size"].where(peers["size"] > 0)).fillna(0.0)
    by_unit = rows.groupby("unit")
    if (by_unit["group"].nunique() > 1).any():
        raise ValueError("a unit stands in two peer groups")
    return by_unit.agg({"group": "first", "count": "sum", "size": "sum", "expected": "sum"})
