"""Which units differ from their peers by more than peers differ among themselves: one step from a score to a z value.

A score test says how far a unit lies from a value that all share. Real units share none: they differ a little for
reasons of their own. So the effect of each is held against the median of its peers, and its error is widened by
their usual difference, tau² (additive, Spiegelhalter, Qual Saf Health Care 2005;14:347), found after the outermost
are pulled in.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.analysis.funnel import TAIL_SHARE, spread
from pipelines.analysis.intervals import Floats
from pipelines.analysis.laws import normal_above


@dataclass(frozen=True)
class Standing:
    """One entry a unit, NaN where it has no information; `median` and `tau2` are the peers'.

    effect: score ÷ information (for counts a log odds ratio in one step); error: its standard error with the peers'
    usual difference in it; z: effect above the median in such errors; p_value: how often a peer would lie as far
    above by chance.
    """

    effect: Floats
    error: Floats
    z: Floats
    p_value: Floats
    median: float
    tau2: float


def standing(score: ArrayLike, information: ArrayLike, tail_share: float = TAIL_SHARE) -> Standing:
    """Scores with their variances (the information, ≥ 0), one a unit; only units of one peer group together."""
    u, v = np.asarray(score, float), np.asarray(information, float)
    known = v > 0
    effect = np.full(u.shape, np.nan)
    effect[known] = u[known] / v[known]
    error = np.full(u.shape, np.nan)
    if not known.any():
        return Standing(effect, error, effect.copy(), effect.copy(), np.nan, 0.0)
    median = float(np.median(effect[known]))
    tau2 = spread(effect[known], median, 1 / np.sqrt(v[known]), tail_share).tau2
    error[known] = np.sqrt(1 / v[known] + tau2)
    z = (effect - median) / error
    return Standing(effect, error, z, normal_above(z), median, tau2)
