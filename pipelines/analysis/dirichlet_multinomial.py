"""Who gives nearly everybody the same rating: a mixture of honest and uniform units within one peer group.

Honest units spread their people over the ratings after one Dirichlet-multinomial law (Mosimann 1962), uniform ones
after another that puts nearly all, about 19 of 20, on one of the best ratings. Both are fitted, the second with weak
priors. Which it is, given the counts, is answered as for award rates: by the local false discovery rate. Giving
nearly all the same rating is a common human habit (Moers 2005), so a unit is only compared with its peers.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import digamma, expit, gammaln, logit, logsumexp

from pipelines.analysis.beta_binomial import shrunk, upper_mid_p
from pipelines.analysis.discoveries import WRONG_SHARE, average_if, running_average
from pipelines.analysis.intervals import Floats

BEST = (0, 1)  # columns that a uniform unit may put nearly all in: the two best ratings
# logit of the share uniform units give one rating, log of their precision, logit of how many units they are
_CENTRE = np.array([logit(0.95), np.log(20), -2.5])
_SD = np.array([0.5, 1.0, 1.0])
_BOUNDS = [(1.0, 6.0), (0.0, 9.0), (-8.0, 0.0)]
_LOG_WEIGHT = (-6.0, 6.0)
_FEW = 30  # people below whom the entropy is corrected (Miller 1955)


@dataclass(frozen=True)
class Ratings:
    """`weights` of the honest law, one a rating; of the uniform laws, one row for each of the `best` ratings; the share
    (0–1) of uniform units; whether the fit came to rest."""

    weights: Floats
    uniform: Floats
    uniform_share: float
    best: tuple[int, ...]
    converged: bool


def log_kernel(counts: ArrayLike, weights: ArrayLike) -> Floats:
    """Log probability of the counts (units × ratings) without the multinomial coefficient."""
    y, a = np.asarray(counts, float), np.asarray(weights, float)
    whole = gammaln(a.sum(-1)) - gammaln(y.sum(-1) + a.sum(-1))
    return np.asarray(whole + (gammaln(y + a) - gammaln(a)).sum(-1))


def fit(counts: ArrayLike, best: tuple[int, ...] = BEST) -> Ratings:
    """The honest law and the share of uniform units that explain one peer group best; counts: units × ratings."""
    y = np.asarray(counts, float)
    usual = (y.sum(0) + 1) / (y.sum() + y.shape[1])
    rest = np.tile(usual, (len(best), 1))
    rest[np.arange(len(best)), list(best)] = 0
    rest /= rest.sum(1, keepdims=True)
    start = np.append(np.log(12 * usual), _CENTRE)
    bounds = [_LOG_WEIGHT] * y.shape[1] + _BOUNDS
    found = minimize(_loss, start, (y, rest), jac=True, method="L-BFGS-B", bounds=bounds)
    weights, uniform, share = _laws(found.x, rest)
    return Ratings(weights, uniform, share, best, bool(found.success))


def judge(model: Ratings, counts: ArrayLike) -> pd.DataFrame:
    """One row a unit, in the given order, from the law of its peer group.

    category: the one of the best ratings it is measured by. p_value: mid-p, were it honest, of so many or more there,
    for as many ratings as it might have been. local_fdr, q_value, testable as in `two_groups.judge`. mean: share that
    honest units have there; shrunk, low, high: its own pulled towards it, 95 % limits; excess: people beyond the mean.
    modal_share, entropy (0: all the same, 1: evenly spread): to explain it with.
    """
    y = np.asarray(counts, float)
    n, best = y.sum(1), np.array(model.best)
    precision = model.weights.sum()
    usual = model.weights / precision
    tails = np.column_stack([upper_mid_p(y[:, j], n, usual[j], precision) for j in best])
    place = tails.argmin(1)
    there, mu = y[np.arange(len(y)), best[place]], usual[best[place]]
    chance = local_fdr(model, y)
    extreme = np.min([local_fdr(model, n[:, None] * np.eye(y.shape[1])[j]) for j in best], axis=0)
    return pd.DataFrame(
        {
            "category": best[place],
            "p_value": np.minimum(len(best) * tails.min(1), 1.0),
            "local_fdr": chance,
            "q_value": running_average(chance),
            **shrunk(there, n, mu, precision),
            "testable": average_if(chance, extreme) <= WRONG_SHARE,
            "modal_share": y.max(1) / np.where(n > 0, n, np.nan),
            "entropy": entropy(y),
        }
    )


def local_fdr(model: Ratings, counts: ArrayLike) -> Floats:
    """The chance (0–1) that a unit is honest; 1 where no best rating is more frequent than among honest units."""
    y = np.asarray(counts, float)
    ratio = logsumexp(_uniform(y, model.uniform), axis=0) - log_kernel(y, model.weights)
    chance = np.asarray(expit(-ratio - logit(model.uniform_share)))
    best = list(model.best)
    above = (y > y.sum(1, keepdims=True) * model.weights / model.weights.sum())[:, best].any(1)
    return np.where(above, chance, 1.0)


def entropy(counts: ArrayLike) -> Floats:
    """How evenly people are spread, 0–1: Shannon's entropy ÷ its greatest value; NaN for nobody.

    Few people look more uniform than they are; below 30 the missing (ratings − 1) ÷ 2n is added (Miller and Madow).
    """
    y = np.asarray(counts, float)
    n = y.sum(1)
    share = y / np.where(n > 0, n, np.nan)[:, None]
    plain = -np.where(share > 0, share * np.log(np.where(share > 0, share, 1)), 0).sum(1)
    seen = np.where(n < _FEW, ((y > 0).sum(1) - 1) / (2 * np.where(n > 0, n, np.nan)), 0.0)
    return np.where(n > 0, np.minimum((plain + seen) / np.log(y.shape[1]), 1.0), np.nan)


def _laws(at: Floats, rest: Floats) -> tuple[Floats, Floats, float]:
    """Weights of the honest law, weights of the uniform laws (one row each), share of uniform units.

    `rest`: how each uniform law spreads the few it rates otherwise, 0 at its own rating.
    """
    mostly, log_precision, share = at[-len(_CENTRE) :]
    uniform = np.where(rest == 0, expit(mostly), expit(-mostly) * rest) * np.exp(log_precision)
    return np.exp(at[: -len(_CENTRE)]), uniform, float(expit(share))


def _uniform(y: Floats, laws: Floats) -> Floats:
    """Log probability under each of the uniform laws (laws × units), each as likely as the other."""
    result: Floats = np.array([log_kernel(y, law) for law in laws]) - np.log(len(laws))
    return result


def _loss(at: Floats, y: Floats, rest: Floats) -> tuple[float, Floats]:
    """Minus the log of likelihood × priors, and its gradient."""
    weights, uniform, share = _laws(at, rest)
    each = np.vstack([np.log1p(-share) + log_kernel(y, weights), np.log(share) + _uniform(y, uniform)])
    whole = logsumexp(each, axis=0)
    chance = np.exp(each - whole)
    slope = np.array([likely @ _slopes(y, law) for likely, law in zip(chance[1:], uniform, strict=True)])
    turned = uniform.sum(1, keepdims=True) * expit(at[-3]) * expit(-at[-3]) * np.where(rest == 0, 1.0, -rest)
    gradient = np.concatenate(
        [
            chance[0] @ (weights * _slopes(y, weights)),
            [(slope * turned).sum(), (slope * uniform).sum(), (chance[1:].sum(0) - share).sum()],
        ]
    )
    away = (at[-len(_CENTRE) :] - _CENTRE) / _SD
    gradient[-len(_CENTRE) :] -= away / _SD
    return float((away**2).sum() / 2 - whole.sum()), -gradient


def _slopes(y: Floats, weights: Floats) -> Floats:
    """Derivatives of each unit's log probability by the weights (units × ratings)."""
    whole = digamma(weights.sum()) - digamma(y.sum(1) + weights.sum())
    return np.asarray(digamma(y + weights) - digamma(weights) + whole[:, None])
