"""Which ranks the figures allow: a range for each unit instead of a place, all ranges right together in 95 of 100
cases.

Two units are told apart when their figures differ by more than chance, allowing for how many pairs are looked at. A
unit's best possible rank is one behind those surely above it, its worst one before those surely below (Mogstad et
al. 2024; the pairs by exact tests with mid-p, adjusted after Holm 1979).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.analysis.intervals import CONFIDENCE, Floats
from pipelines.analysis.laws import binomial_at, binomial_up_to

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Ranks:
    """`first`, `last`: the best and the worst rank each unit may have; 1 is the highest figure."""

    first: Whole
    last: Whole


def of_shares(count: ArrayLike, size: ArrayLike, confidence: float = CONFIDENCE) -> Ranks:
    """Ranges of shares count ÷ size; sizes above 0, counts within them."""
    k, n = np.asarray(count, float), np.asarray(size, float)
    one, other = np.triu_indices(len(k), 1)
    from scipy.stats import hypergeom  # takes most of a second to load; no other page or build needs it

    law = hypergeom(n[one] + n[other], k[one] + k[other], n[one])
    chance = _both_sides(law.cdf(k[one]), law.pmf(k[one]))
    return _ranges(k / n, one, other, chance, confidence)


def of_counts(count: ArrayLike, confidence: float = CONFIDENCE) -> Ranks:
    """Ranges of counts of one unit each: given the sum of two, each is as likely as a fair coin says."""
    k = np.asarray(count, float)
    one, other = np.triu_indices(len(k), 1)
    sums = k[one] + k[other]
    chance = _both_sides(binomial_up_to(k[one], sums, 0.5), binomial_at(k[one], sums, 0.5))
    return _ranges(k, one, other, chance, confidence)


def _both_sides(up_to: Floats, exactly: Floats) -> Floats:
    """Twice the smaller tail, half of what was seen counted in each: the two-sided mid-p."""
    below = up_to - exactly / 2
    result: Floats = np.clip(2 * np.minimum(below, 1 - below), 0, 1)
    return result


def _ranges(value: Floats, one: Whole, other: Whole, chance: Floats, confidence: float) -> Ranks:
    apart = _holm(chance) <= 1 - confidence
    higher = np.where(value[one] > value[other], one, other)[apart]
    lower = np.where(value[one] > value[other], other, one)[apart]
    units = len(value)
    return Ranks(1 + np.bincount(lower, minlength=units), units - np.bincount(higher, minlength=units))


def _holm(chance: Floats) -> Floats:
    """Adjusted so that all that is called different is different in 95 of 100 cases."""
    order = np.argsort(chance, kind="stable")
    stepped = np.maximum.accumulate(chance[order] * np.arange(len(chance), 0, -1))
    adjusted = np.empty_like(chance)
    adjusted[order] = np.minimum(stepped, 1)
    return adjusted
