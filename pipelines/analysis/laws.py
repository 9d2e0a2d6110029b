"""The normal and the binomial law, from scipy.special: scipy.stats has the same and takes most of a second to load."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrik, betainc, betaincc, gammaln, ndtr, ndtri, xlog1py, xlogy

Floats = NDArray[np.float64]


def normal_below(z: ArrayLike) -> Floats:
    """Chance of a value up to z."""
    return np.asarray(ndtr(np.asarray(z, float)))


def normal_above(z: ArrayLike) -> Floats:
    """Chance of a value beyond z: the one-sided p-value, exact far out too."""
    return normal_below(-np.asarray(z, float))


def normal_distance(tail: ArrayLike) -> Floats:
    """The z that a share `tail` of all values lies above: 1.96 for 0.025."""
    return np.asarray(-ndtri(np.asarray(tail, float)))


def normal_density(z: ArrayLike) -> Floats:
    """Height of the bell at z."""
    result: Floats = np.exp(-(np.asarray(z, float) ** 2) / 2) / np.sqrt(2 * np.pi)
    return result


def binomial_at(count: ArrayLike, size: ArrayLike, share: ArrayLike) -> Floats:
    """P(K = count), for whole counts from 0 to size."""
    k, n, p = (np.asarray(one, float) for one in (count, size, share))
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(np.exp(ways + xlogy(k, p) + xlog1py(n - k, -p)))


def binomial_up_to(count: ArrayLike, size: ArrayLike, share: ArrayLike) -> Floats:
    """P(K ≤ count), for any whole count: 0 below none, 1 from size on."""
    k, n, p = _together(count, size, share)
    inside = (k >= 0) & (k < n)
    known = betaincc(np.where(inside, k + 1, 1), np.where(inside, n - k, 1), p)
    return np.where(inside, known, np.where(k < 0, 0.0, 1.0))


def binomial_from(count: ArrayLike, size: ArrayLike, share: ArrayLike) -> Floats:
    """P(K ≥ count), exact where it is small too: 1 for none, 0 above size."""
    k, n, p = _together(count, size, share)
    inside = (k > 0) & (k <= n)
    known = betainc(np.where(inside, k, 1), np.where(inside, n - k + 1, 1), p)
    return np.where(inside, known, np.where(k > n, 0.0, 1.0))


def binomial_least(chance: float, size: ArrayLike, share: float) -> Floats:
    """The smallest count whose P(K ≤ count) is at least `chance` (above 0, below 1)."""
    n = np.asarray(size, float)
    near = np.clip(np.ceil(np.nan_to_num(bdtrik(chance, n, share))), 0, n)
    before = np.maximum(near - 1, 0)
    result: Floats = np.where(binomial_up_to(before, n, share) >= chance, before, near)
    return result


def _together(*values: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(one, float) for one in values)))
