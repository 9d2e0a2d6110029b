"""What came of trying a method on many invented worlds: how many guilty were found, how many of the named were
innocent.

power: planted units named ÷ planted units. FDR: share of the named that are innocent, averaged over worlds, 0 where
nobody is named. false per 1,000: innocents named of 1,000 innocents. Each with the standard error of trying so many
worlds only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.analysis.intervals import Floats
from pipelines.evaluation.worlds import Flags


@dataclass(frozen=True)
class Counted:
    """One world: units planted and innocent, of both those named, and of the planted with few people."""

    planted: int
    found: int
    innocent: int
    wronged: int
    small_planted: int
    small_found: int


def counted(named: Flags, planted: Flags, small: Flags) -> Counted:
    """One world; arrays hold one entry a unit."""
    guilty, wronged, few = named & planted, named & ~planted, small & planted
    planted_units, found, innocent = int(planted.sum()), int(guilty.sum()), int((~planted).sum())
    return Counted(planted_units, found, innocent, int(wronged.sum()), int(few.sum()), int((few & named).sum()))


def figures(worlds: Sequence[Counted]) -> dict[str, float]:
    """power, fdr, false_per_1000, power_small of at least one world of the same kind, each with its `_error`; NaN where
    there is nothing to divide by. wronged_somebody: share of worlds with an innocent on the list."""
    of = {name: np.array([getattr(one, name) for one in worlds], float) for name in Counted.__dataclass_fields__}
    each, listed = np.ones(len(worlds)), of["found"] + of["wronged"]
    ratios = {
        "power": (of["found"], of["planted"]),
        "fdr": (of["wronged"] / np.maximum(listed, 1), each),
        "false_per_1000": (1000 * of["wronged"], of["innocent"]),
        "power_small": (of["small_found"], of["small_planted"]),
        "wronged_somebody": ((of["wronged"] > 0).astype(float), each),
    }
    row: dict[str, float] = {}
    for name, (top, base) in ratios.items():
        row[name], row[f"{name}_error"] = _ratio(top, base)
    return row


def _ratio(top: Floats, base: Floats) -> tuple[float, float]:
    """Σ top ÷ Σ base and its standard error, from how single worlds stray from it (Cochran 1977, ch. 2)."""
    if base.sum() == 0:
        return float("nan"), float("nan")
    value = top.sum() / base.sum()
    strays = (top - value * base) / base.mean()
    return float(value), float(strays.std(ddof=1) / np.sqrt(len(top))) if len(top) > 1 else float("nan")
