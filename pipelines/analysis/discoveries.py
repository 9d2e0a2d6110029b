"""Which of many findings may be named together so that few are wrong: the expected share of wrong names is kept small.

From p-values: Benjamini and Hochberg (1995), Benjamini and Yekutieli (2001) for any dependence. From local false
discovery rates: their running average in order of rank (Efron 2010, ch. 5; Robinson's ebbr), which holds better
where units are few. Several p-values of one unit become one by ACAT (Liu and Xie 2020), which may be trusted when
they are correlated.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.analysis.intervals import Floats

WRONG_SHARE = 0.10  # of the names on a list that may be wrong, on average
_LOWEST, _HIGHEST, _UNKNOWN = 1e-15, 1 - 1e-3, 0.5  # ACAT breaks at exactly 0 or 1; who cannot be tested says nothing


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """q-values: the least wrong share at which each would be named; NaN stays NaN and is not counted."""
    p = np.asarray(p_values, float)
    known: NDArray[np.bool_] = ~np.isnan(p)
    q, found = np.full(p.shape, np.nan), p[known]
    order = np.argsort(found)[::-1]
    named = np.arange(found.size, 0, -1)  # how many are named together with each, the highest first
    stepped = np.empty(found.size)
    stepped[order] = np.minimum.accumulate(found[order] * found.size / named)
    q[known] = np.minimum(stepped, 1)
    return q


def benjamini_yekutieli(p_values: ArrayLike) -> Floats:
    """The same for p-values that depend on each other in any way; much stricter."""
    tested = int((~np.isnan(np.asarray(p_values, float))).sum())
    result: Floats = np.minimum(benjamini_hochberg(p_values) * (1 / np.arange(1, tested + 1)).sum(), 1)
    return result


def running_average(local_fdr: ArrayLike) -> Floats:
    """q-values: the mean chance of being wrong among a unit and all ranked before it; NaN stays NaN.

    Naming all with q ≤ 0.10 makes the longest list of which at most 10 % are expected to be wrong. Equal units get
    equal values: the one of the last among them.
    """
    chance = np.asarray(local_fdr, float)
    ranked = np.sort(chance[~np.isnan(chance)])
    upto = np.searchsorted(ranked, chance, side="right")  # NaN sorts last
    return np.where(np.isnan(chance), np.nan, _means(ranked)[np.minimum(upto, ranked.size)])


def average_if(local_fdr: ArrayLike, instead: ArrayLike) -> Floats:
    """The q-value each unit would have with the local FDR `instead`, at most its own, all others being as they are."""
    chance, other = np.asarray(local_fdr, float), np.asarray(instead, float)
    ranked = np.sort(chance[~np.isnan(chance)])
    before = np.searchsorted(ranked, other, side="left")
    sums = np.concatenate([[0.0], np.cumsum(ranked)])
    result: Floats = (sums[np.minimum(before, ranked.size)] + other) / (before + 1)
    return result


def acat(p_values: ArrayLike) -> Floats:
    """One p-value a row from the p-values in its columns; NaN (not testable) counts as 0.5, which says nothing.

    T = mean of tan((0.5 − p) π) is Cauchy in its tail under any correlation (Liu and Xie, JASA 2020;115:393).
    """
    p = np.asarray(p_values, float)
    p = np.clip(np.where(np.isnan(p), _UNKNOWN, p), _LOWEST, _HIGHEST)
    result: Floats = 0.5 - np.arctan(np.tan((0.5 - p) * np.pi).mean(axis=-1)) / np.pi
    return result


def _means(ranked: Floats) -> Floats:
    return np.concatenate([[np.nan], np.cumsum(ranked) / np.arange(1, ranked.size + 1)])
