"""Which ranks the figures allow: a range for each unit instead of a place, all ranges right together in 95 of 100 cases.

Two units are told apart when their figures differ by more than chance, allowing for how many pairs are looked at. A unit's
best possible rank is one behind those surely above it, its worst one before those surely below (Mogstad et al. 2024; the
pairs by exact tests with mid-p, adjusted after Holm 1979).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom, hypergeom

from pipelines.analysis.intervals import CONFIDENCE, Floats

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
    law = hypergeom(n[one] + n[other], k[one] + k[other], n[one])
    return _ranges(k / n, one, other, _both_sides(law, k[one]), confidence)


def of_counts(count: ArrayLike, confidence: float = CONFIDENCE) -> Ranks:
    """Ranges of counts of one unit each: given the sum of two, each is as likely as a fair coin says."""
    k = np.asarray(count, float)
    one, other = np.triu_indices(len(k), 1)
    return _ranges(k, one, other, _both_sides(binom(k[one] + k[other], 0.5), k[one]), confidence)


def _both_sides(law: object, seen: Floats) -> Floats:
    """Twice the smaller tail, half of what was seen counted in each: the two-sided mid-p."""
    below = law.cdf(seen) - law.pmf(seen) / 2  # type: ignore[attr-defined]
    return np.clip(2 * np.minimum(below, 1 - below), 0, 1)


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
