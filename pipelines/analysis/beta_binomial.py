"""Counts out of a size where units differ beyond chance: the beta-binomial law (Skellam 1948), its tail and its fits.

A unit's own share follows a Beta law with mean `mean` and precision M: Beta(mean · M, (1 − mean) · M); two of its
people are alike with correlation 1 ÷ (M + 1), and M → ∞ is chance alone. The mean of a unit is what its make-up lets
expect, moved for all by one `shift` on the logit: logit mean = logit expected share + shift.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, digamma, expit, gammaln, logit

from pipelines.analysis.funnel import TAIL_SHARE
from pipelines.analysis.intervals import CONFIDENCE, Floats
from pipelines.analysis.laws import normal_density, normal_distance

_EDGE = 1e-6  # an expected share of exactly 0 or 1 has no logit
LEAST, MOST = 0.0, 12.0  # log M: from shares that are nearly all or nothing to chance alone


@dataclass(frozen=True)
class Law:
    """`shift` on the logit against what is expected, `precision` M."""

    shift: float
    precision: float


def mean(expected_share: ArrayLike, shift: float) -> Floats:
    """The mean share (0–1) of units with that expected share under a law with that shift."""
    return np.asarray(expit(logit(np.clip(np.asarray(expected_share, float), _EDGE, 1 - _EDGE)) + shift))


def log_kernel(count: ArrayLike, size: ArrayLike, mean: ArrayLike, precision: ArrayLike) -> Floats:
    """Log probability of the count without the binomial coefficient, which depends on no parameter."""
    k, n, a, b = _shapes(count, size, mean, precision)
    return np.asarray(betaln(k + a, n - k + b) - betaln(a, b))


def log_probability(count: ArrayLike, size: ArrayLike, mean: ArrayLike, precision: ArrayLike) -> Floats:
    """Log probability of the count."""
    k, n = np.asarray(count, float), np.asarray(size, float)
    coefficient = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(log_kernel(k, n, mean, precision) + coefficient)


def slopes(count: ArrayLike, size: ArrayLike, mean: ArrayLike, precision: ArrayLike) -> tuple[Floats, Floats]:
    """Derivatives of the log probability by the shift and by log M, unit by unit."""
    k, n, a, b = _shapes(count, size, mean, precision)
    whole = digamma(a + b) - digamma(n + a + b)
    by_a, by_b = digamma(k + a) - digamma(a) + whole, digamma(n - k + b) - digamma(b) + whole
    return a * b / (a + b) * (by_a - by_b), a * by_a + b * by_b


def upper_mid_p(count: ArrayLike, size: ArrayLike, mean: ArrayLike, precision: ArrayLike) -> Floats:
    """P(K > count) + ½ P(K = count), the tail added up term by term; 0.5 for a size of 0. Whole counts and sizes."""
    k, n, a, b = _shapes(count, size, mean, precision)
    terms = (n - k + 1).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(terms)[:-1]]).astype(np.int64)
    x = np.arange(terms.sum()) - np.repeat(first - k, terms)
    rest = np.repeat(n, terms) - x
    whole = gammaln(n + 1) - gammaln(n + a + b) - betaln(a, b)
    each = gammaln(x + np.repeat(a, terms)) + gammaln(rest + np.repeat(b, terms)) - gammaln(x + 1) - gammaln(rest + 1)
    chance = np.exp(each + np.repeat(whole, terms))
    chance[first] /= 2
    return np.minimum(np.add.reduceat(chance, first), 1.0)


def shrunk(
    count: ArrayLike, size: ArrayLike, mean: ArrayLike, precision: float, confidence: float = CONFIDENCE
) -> dict[str, Floats]:
    """Each unit's share pulled towards its mean, as if M more people had been seen there: few people, much pull.

    mean: as given; shrunk, low, high: mean and limits of the Beta law once the unit's own count is known (Morris 1983),
    0–1; excess: how many more than at the mean, after the pull (below 0: fewer).
    """
    k, n, a, b = _shapes(count, size, mean, precision)
    mu, tail = a / (a + b), (1 - confidence) / 2
    more, fewer = k + a, n - k + b
    rate = more / (more + fewer)
    limits = {"low": betaincinv(more, fewer, tail), "high": betaincinv(more, fewer, 1 - tail)}
    return {"mean": mu, "shrunk": rate, **limits, "excess": n * (rate - mu)}


def moments(count: ArrayLike, size: ArrayLike, mean: ArrayLike, tail_share: float = TAIL_SHARE) -> float:
    """Precision M from the mean square of z, the outermost values pulled in so that outlying units do not widen it.

    E z² = 1 + (n − 1) ÷ (M + 1) (Kleinman 1973). What pulling in takes from a normal z² is given back. e^12 where
    units differ by no more than chance.
    """
    k, n, mu = np.asarray(count, float), np.asarray(size, float), np.asarray(mean, float)
    z = (k - n * mu) / np.sqrt(n * mu * (1 - mu))
    pulled = np.clip(z, *np.quantile(z, [tail_share, 1 - tail_share]))
    alike = ((pulled**2).mean() / _kept(tail_share) - 1) / (n - 1).mean()
    return float(np.clip(1 / max(alike, 1e-9) - 1, np.exp(LEAST), np.exp(MOST)))


def fit(count: ArrayLike, size: ArrayLike, expected_share: ArrayLike, usual: tuple[float, float] | None = None) -> Law:
    """The law of greatest likelihood; `usual` (mean and sd of log M) holds M where few units say little about it.

    Right for shrinking. Not for testing: outlying units widen it until they hide in it.
    """
    k, n, share = (np.asarray(given, float) for given in (count, size, expected_share))

    def loss(at: Floats) -> tuple[float, Floats]:
        mu, precision = mean(share, at[0]), np.exp(at[1])
        lost, slope = -log_kernel(k, n, mu, precision).sum(), -np.array([s.sum() for s in slopes(k, n, mu, precision)])
        if usual is not None:
            away = (at[1] - usual[0]) / usual[1]
            lost, slope = lost + away**2 / 2, slope + np.array([0, away / usual[1]])
        return float(lost), slope

    start = np.array([0.0, np.log(moments(k, n, mean(share, 0.0)))])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(-5, 5), (LEAST, MOST)]).x
    return Law(float(found[0]), float(np.exp(found[1])))


def _shapes(count: ArrayLike, size: ArrayLike, mean: ArrayLike, precision: ArrayLike) -> tuple[Floats, ...]:
    k, n, mu, m = np.broadcast_arrays(*(np.asarray(one, float) for one in (count, size, mean, precision)))
    return k, n, mu * m, (1 - mu) * m


def _kept(tail_share: float) -> float:
    """How much of a normal variance is left when its outermost values are pulled in."""
    if tail_share == 0:
        return 1.0
    q = normal_distance(tail_share)
    return float(1 - 2 * tail_share - 2 * q * normal_density(q) + 2 * tail_share * q**2)
