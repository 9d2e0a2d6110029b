"""Which units have more than their peers' habits explain: a mixture of honest and outlying units within one peer group.

Honest units follow a beta-binomial law around what their make-up lets expect, a small share of outlying ones a
second law higher up. How likely a unit is honest after all, given its count, is its local false discovery rate
(Efron, Large-Scale Inference, 2010, ch. 5; the mixture of beta-binomials as in Robinson's ebbr). Both laws and the
share are fitted together with weak priors, so outlying units cannot hide by widening the law they are measured
against.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import expit, logit

from pipelines.analysis.beta_binomial import LEAST, MOST, Law, log_kernel, mean, moments, shrunk, slopes, upper_mid_p
from pipelines.analysis.discoveries import WRONG_SHARE, average_if, running_average
from pipelines.analysis.intervals import Floats

# shift of the honest, log M of the honest, log of how much higher the outlying are, log M of theirs, logit of their
# share
_CENTRE = np.array([0.0, 0.0, 0.4, 2.5, -2.5])
_HELD = np.array([0.0, 0.0, 1 / 0.5, 1.0, 1.0])  # 1 ÷ sd of the prior; 0: none
_BOUNDS = [(-5, 5), (LEAST, MOST), (-2, 2), (LEAST, MOST), (-8, 0)]


# precision kept where what is expected leaves out an innocent difference, whose tails are longer than those of a Beta
# law
LEFT_OUT = 0.9


@dataclass(frozen=True)
class TwoGroups:
    """The laws of honest and outlying units, the share (0–1) of the outlying, and whether the fit came to rest."""

    honest: Law
    outlying: Law
    outlying_share: float
    converged: bool


def fit(count: ArrayLike, size: ArrayLike, expected: ArrayLike, kept: float = 1.0) -> TwoGroups:
    """The two laws that explain one peer group best: counts of sizes (above 0) with expected counts, one entry a unit.

    `kept`: share of the fitted honest precision that is used, 1 or `LEFT_OUT`.
    """
    k, n, e = (np.asarray(given, float) for given in (count, size, expected))
    start = _CENTRE.copy()
    start[1] = np.log(moments(k, n, mean(e / n, 0.0)))
    found = minimize(_loss, start, (k, n, e / n), jac=True, method="L-BFGS-B", bounds=_BOUNDS)
    honest, outlying, share = _laws(found.x)
    return TwoGroups(Law(honest.shift, kept * honest.precision), outlying, share, bool(found.success))


def judge(
    model: TwoGroups, count: ArrayLike, size: ArrayLike, expected: ArrayLike, most: ArrayLike | None = None
) -> pd.DataFrame:
    """One row a unit, in the given order, from the laws of its peer group.

    p_value: mid-p of so many or more were it honest. local_fdr: chance that it is honest, 1 below its peers' mean.
    q_value: mean local FDR down to it; the list is q ≤ 0.10. mean: what honest units of its make-up have. shrunk, low,
    high: its share pulled towards the law it likely follows, 95 % limits. excess: shrunk count beyond that mean.
    testable: whether q ≤ 0.10 was within reach had all its people (or `most` of them, where a ceiling binds) been
    counted.
    """
    k, n, e = (np.asarray(given, float) for given in (count, size, expected))
    mu = mean(e / n, model.honest.shift)
    chance = local_fdr(model, k, n, e)
    top = n if most is None else np.clip(np.asarray(most, float), k, n)
    return pd.DataFrame(
        {
            "p_value": upper_mid_p(k, n, mu, model.honest.precision),
            "local_fdr": chance,
            "q_value": running_average(chance),
            **_pulled(model, k, n, e, chance),
            "testable": average_if(chance, local_fdr(model, top, n, e)) <= WRONG_SHARE,
        }
    )


def _pulled(model: TwoGroups, k: Floats, n: Floats, e: Floats, chance: Floats) -> dict[str, Floats]:
    """As `shrunk`, towards both laws by the chance of each; pulled towards honest units alone, the outlying would look
    like them.
    """
    honest, outlying = (shrunk(k, n, mean(e / n, law.shift), law.precision) for law in (model.honest, model.outlying))
    rate = chance * honest["shrunk"] + (1 - chance) * outlying["shrunk"]
    limits = {name: np.where(chance < 0.5, outlying[name], honest[name]) for name in ("low", "high")}
    return {"mean": honest["mean"], "shrunk": rate, **limits, "excess": n * (rate - honest["mean"])}


def local_fdr(model: TwoGroups, count: ArrayLike, size: ArrayLike, expected: ArrayLike) -> Floats:
    """The chance (0–1) that a unit with that count is honest; never more than with a smaller count, 1 below the mean.

    The ratio of the two laws may turn back at its end where one is much wider; then the least value on the way counts.
    """
    k, n, e = (np.asarray(given, float) for given in (count, size, expected))
    share = e / n
    first = np.minimum(np.ceil(n * mean(share, model.honest.shift)), k)  # the least count that is not below the mean
    steps = (k - first + 1).astype(np.int64)
    begin = np.concatenate([[0], np.cumsum(steps)[:-1]]).astype(np.int64)
    way = np.arange(steps.sum()) - np.repeat(begin - first, steps)
    size_then, share_then = np.repeat(n, steps), np.repeat(share, steps)
    chance = np.where(
        way < size_then * mean(share_then, model.honest.shift), 1.0, _honest(model, way, size_then, share_then)
    )
    return np.minimum.reduceat(chance, begin)


def _honest(model: TwoGroups, k: Floats, n: Floats, share: Floats) -> Floats:
    ratio = _log(model.outlying, k, n, share) - _log(model.honest, k, n, share)
    return np.asarray(expit(-ratio - logit(model.outlying_share)))


def _log(law: Law, k: Floats, n: Floats, share: Floats) -> Floats:
    return log_kernel(k, n, mean(share, law.shift), law.precision)


def _laws(at: Floats) -> tuple[Law, Law, float]:
    shift, log_m, higher, log_m1, share = (float(one) for one in at)
    return Law(shift, np.exp(log_m)), Law(shift + np.exp(higher), np.exp(log_m1)), float(expit(share))


def _loss(at: Floats, k: Floats, n: Floats, share: Floats) -> tuple[float, Floats]:
    """Minus the log of likelihood × priors, and its gradient."""
    honest, outlying, weight = _laws(at)
    log_honest, log_outlying = (
        np.log1p(-weight) + _log(honest, k, n, share),
        np.log(weight) + _log(outlying, k, n, share),
    )
    whole = np.logaddexp(log_honest, log_outlying)
    other = np.exp(log_outlying - whole)  # each unit's chance to be outlying
    by_shift, by_m = slopes(k, n, mean(share, honest.shift), honest.precision)
    by_shift1, by_m1 = slopes(k, n, mean(share, outlying.shift), outlying.precision)
    moved = (other * by_shift1).sum()
    gradient = np.array(
        [
            ((1 - other) * by_shift).sum() + moved,
            ((1 - other) * by_m).sum(),
            moved * np.exp(at[2]),
            (other * by_m1).sum(),
            (other - weight).sum(),
        ]
    )
    away = (at - _CENTRE) * _HELD
    return float((away**2).sum() / 2 - whole.sum()), away * _HELD - gradient
