"""How sure a figure is: score intervals for one share and for the difference of two (Wilson 1927; Newcombe 1998), exact
ones
for a count (Garwood 1936)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainccinv, gammaincinv

from pipelines.analysis.laws import normal_distance

Floats = NDArray[np.float64]
CONFIDENCE = 0.95


def wilson(count: ArrayLike, size: ArrayLike, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Lower and upper limit of the share count ÷ size, both 0–1; NaN where size is 0 or count is no part of it.

    Also right for few people and for none or all of them, where the textbook interval has no width.
    """
    k, n = np.broadcast_arrays(np.asarray(count, float), np.asarray(size, float))
    possible = (n > 0) & (k >= 0) & (k <= n)
    k, n = np.where(possible, k, np.nan), np.where(possible, n, np.nan)
    z = normal_distance((1 - confidence) / 2)
    centre = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * np.sqrt(k * (n - k) / n + z * z / 4)
    low, high = np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
    return np.where(k == 0, 0.0, low), np.where(k == n, 1.0, high)


def poisson(count: ArrayLike, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Lower and upper limit of what a count would be on average; NaN where there is none."""
    k = np.asarray(count, float)
    tail = (1 - confidence) / 2
    low = np.where(k > 0, gammaincinv(np.maximum(k, 1), tail), k)
    return low, np.asarray(gammainccinv(k + 1, tail))


def difference(
    count: float, size: float, earlier_count: float, earlier_size: float, confidence: float = CONFIDENCE
) -> tuple[float, float, float]:
    """Later share minus earlier share with its limits (Newcombe's method 10), each −1 to 1; NaN if a size is 0."""
    p, p0 = (k / n if n > 0 else np.nan for k, n in ((count, size), (earlier_count, earlier_size)))
    (low, high), (low0, high0) = wilson(count, size, confidence), wilson(earlier_count, earlier_size, confidence)
    down = np.sqrt((p - low) ** 2 + (high0 - p0) ** 2)
    up = np.sqrt((high - p) ** 2 + (p0 - low0) ** 2)
    return float(p - p0), float(p - p0 - down), float(p - p0 + up)
