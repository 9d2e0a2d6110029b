"""Which shares lie beyond what chance gives a unit of that size, and how much units differ beyond chance.

Exact binomial limits around the common share; the additive spread between units, tau², as Spiegelhalter (Qual Saf
Health Care 2005;14:347, Stat Med 2005;24:1185). The picture only: lists that name units need more than one look at
one year.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.analysis.laws import binomial_from, binomial_least, binomial_up_to, normal_distance

Floats = NDArray[np.float64]
LIMITS = (0.95, 0.998)
TAIL_SHARE = 0.1  # of the z values, pulled in at each end before the spread is measured


@dataclass(frozen=True)
class Spread:
    """phi: mean square of the pulled-in z values (1 = chance alone); tau2: variance between units beyond chance."""

    z: Floats
    pulled: Floats
    phi: float
    tau2: float


def spread(y: ArrayLike, target: float, error: ArrayLike, tail_share: float = TAIL_SHARE) -> Spread:
    """Overdispersion of values y with standard errors `error` around a target, on any scale where these are near
    normal.

    The outermost z values are pulled in to the 10 % and 90 % quantiles first, so that the units looked for do not
    widen the limits that should show them. tail_share 0 leaves them as they are.
    """
    z = (np.asarray(y, float) - target) / np.asarray(error, float)
    low, high = np.quantile(z, [tail_share, 1 - tail_share]) if z.size else (0.0, 0.0)
    pulled = np.clip(z, low, high)
    phi = float(np.mean(pulled**2)) if z.size else 0.0
    weight = 1 / np.asarray(error, float) ** 2
    units = z.size
    room = weight.sum() - (weight**2).sum() / weight.sum() if units > 1 else np.inf
    return Spread(z, pulled, phi, float(max(0.0, (units * phi - (units - 1)) / room)))


def share_spread(count: ArrayLike, size: ArrayLike, share: float) -> Spread:
    """The same for shares, on the arcsine scale where the error depends on the size alone: 1 ÷ (2 √size)."""
    k, n = np.asarray(count, float), np.asarray(size, float)
    return spread(np.arcsin(np.sqrt(k / n)), np.arcsin(np.sqrt(share)), 1 / (2 * np.sqrt(n)))


def adjusted_z(count: ArrayLike, size: ArrayLike, share: float, tau2: float) -> Floats:
    """Distance from the common share in standard errors that allow for the usual difference between units."""
    k, n = np.asarray(count, float), np.asarray(size, float)
    result: Floats = (np.arcsin(np.sqrt(k / n)) - np.arcsin(np.sqrt(share))) / np.sqrt(1 / (4 * n) + tau2)
    return result


def usual_difference(share: float, tau2: float) -> float:
    """How far units usually lie from the common share beyond chance (one standard deviation), as a share 0–1."""
    return float(2 * np.sqrt(share * (1 - share) * tau2))


def tails(count: ArrayLike, size: ArrayLike, share: float) -> tuple[Floats, Floats]:
    """Exact P(K ≤ count) and P(K ≥ count) for a unit of that size at the common share."""
    k, n = np.asarray(count, float), np.asarray(size, float)
    return binomial_up_to(k, n, share), binomial_from(k, n, share)


def limits(size: ArrayLike, share: float, confidence: float) -> tuple[Floats, Floats]:
    """Lower and upper funnel limit (0–1) for whole sizes; NaN where no count at all could lie outside.

    A count is on or beyond the drawn limit exactly when its own tail probability is at most (1 − confidence) ÷ 2:
    between two counts the tail is interpolated, so the lines run smoothly and never contradict a point.
    """
    n = np.asarray(size, float)
    tail = (1 - confidence) / 2
    return _lower(n, share, tail) / n, (n - _lower(n, 1 - share, tail)) / n


def _lower(n: Floats, share: float, tail: float) -> Floats:
    """The count x, not whole, where the interpolated P(K ≤ x) is `tail`; NaN if even P(K ≤ 0) is more."""
    above = binomial_least(tail, n, share)  # smallest count with P(K ≤ count) ≥ tail
    above = np.where(binomial_up_to(above, n, share) > tail, above, above + 1)
    below = binomial_up_to(above - 1, n, share)
    step = binomial_up_to(above, n, share) - below
    return np.where(above > 0, above - 1 + (tail - below) / np.where(step > 0, step, 1), np.nan)


def beyond(count: ArrayLike, size: ArrayLike, share: float, confidence: float) -> NDArray[np.int_]:
    """1 above the limit, −1 below it, 0 within: from the exact tails, not from the drawing."""
    low, high = tails(count, size, share)
    tail = (1 - confidence) / 2
    result: NDArray[np.int_] = (high <= tail).astype(int) - (low <= tail).astype(int)
    return result


def critical(confidence: float) -> float:
    """The normal distance of a two-sided limit: 1.96 for 95 %, 3.09 for 99.8 %."""
    return float(normal_distance((1 - confidence) / 2))
