"""One law for the honest units of a peer group, found from the middle and below: where a mixture comes to no rest.

Shift and precision are set so that the normal scores of the mid-p values have median 0 and lower quartile −0.6745, as
honest units would (central matching, Efron 2004, on the side where nobody awards too readily). The law of greatest
likelihood would not do: outlying units widen it until they hide in it.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import ndtri

from pipelines.analysis.beta_binomial import LEAST, MOST, Law, mean, shrunk, upper_mid_p
from pipelines.analysis.discoveries import WRONG_SHARE, benjamini_hochberg
from pipelines.analysis.intervals import Floats

_QUARTILE = float(ndtri(0.25))
_NEAR = 2e-3  # of a shift or of log M: far less than the data can tell
_SHIFTS = (-2.0, 2.0)  # looked at


def fit(count: ArrayLike, size: ArrayLike, expected: ArrayLike) -> Law:
    """The law of the honest units: for each precision the shift with median 0, of these the one with the quartile."""
    k, n, e = (np.asarray(given, float) for given in (count, size, expected))

    def scores(shift: float, log_m: float) -> Floats:
        below = upper_mid_p(n - k, n, 1 - mean(e / n, shift), np.exp(log_m))  # the lower tail is the shorter one
        return np.asarray(ndtri(np.clip(below, 1e-15, 1 - 1e-15)))

    def centred(log_m: float) -> float:
        return _falls_to_zero(lambda shift: float(np.median(scores(shift, log_m))), *_SHIFTS)

    def quartile(log_m: float) -> float:
        return float(np.quantile(scores(centred(log_m), log_m), 0.25)) - _QUARTILE

    log_m = _falls_to_zero(quartile, LEAST, MOST)
    return Law(centred(log_m), float(np.exp(log_m)))


def judge(
    law: Law, count: ArrayLike, size: ArrayLike, expected: ArrayLike, most: ArrayLike | None = None
) -> pd.DataFrame:
    """One row a unit as `two_groups.judge` gives it, with q-values of Benjamini and Hochberg and no local FDR."""
    k, n, e = (np.asarray(given, float) for given in (count, size, expected))
    mu = mean(e / n, law.shift)
    p = upper_mid_p(k, n, mu, law.precision)
    best = upper_mid_p(n if most is None else np.clip(np.asarray(most, float), k, n), n, mu, law.precision)
    rank = np.searchsorted(np.sort(p), best, side="left") + 1
    return pd.DataFrame(
        {
            "p_value": p,
            "local_fdr": np.nan,
            "q_value": benjamini_hochberg(p),
            **shrunk(k, n, mu, law.precision),
            "testable": best * len(p) / rank <= WRONG_SHARE,
        }
    )


def _falls_to_zero(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses zero; the end it comes nearest at if it does not."""
    if function(low) <= 0:
        return low
    if function(high) >= 0:
        return high
    return float(brentq(function, low, high, xtol=_NEAR))
