"""Every unit within its own peer group, by the method the group can bear; below 25 peers nobody is singled out.

Groups that differ for innocent reasons are never fitted together: departments among committees would look guilty in
bulk.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipelines.analysis import beta_binomial, dirichlet_multinomial, single_null, two_groups
from pipelines.analysis.intervals import Floats

Places = NDArray[np.int64]
ENOUGH_PEERS = 25  # fewer do not show what is usual among them
_USUAL = (3.4, 1.0)  # log M of a few units, which say little about it: about 30, give or take a factor of 2.7
_NO_TEST = {"p_value": np.nan, "local_fdr": np.nan, "q_value": np.nan, "testable": False}


def shares(
    count: ArrayLike,
    size: ArrayLike,
    expected: ArrayLike,
    group: ArrayLike,
    most: ArrayLike | None = None,
    kept: float = 1.0,
) -> pd.DataFrame:
    """One row a unit, in the given order: p_value, local_fdr, q_value, mean, shrunk, low, high, excess, testable,
    method.

    The columns are told in `two_groups.judge`; `most` is the most a unit may count where a ceiling binds; `kept` is
    `two_groups.LEFT_OUT` where `expected` leaves out something innocent. method: two_groups | single_null (no local
    FDR) | too_few (no p, no q, only the shrunk share) | no_share (size 0, or a count that is no part of it: all
    empty, and no peer of others).
    """
    k, n, e = (np.asarray(given, float) for given in (count, size, expected))
    top = n if most is None else np.asarray(most, float)
    groups = _groups(group, (n > 0) & (k >= 0) & (k <= n))
    return _together(len(k), [(there, _of_shares(k[there], n[there], e[there], top[there], kept)) for there in groups])


def ratings(counts: ArrayLike, group: ArrayLike, best: tuple[int, ...] = dirichlet_multinomial.BEST) -> pd.DataFrame:
    """The same for counts of units × ratings, with category, modal_share and entropy; method:
    dirichlet_multinomial | …
    """
    y = np.asarray(counts, float)
    return _together(len(y), [(there, _of_ratings(y[there], best)) for there in _groups(group, y.sum(1) > 0)])


def _of_ratings(y: Floats, best: tuple[int, ...]) -> pd.DataFrame:
    rows = dirichlet_multinomial.judge(dirichlet_multinomial.fit(y, best), y)
    if len(y) < ENOUGH_PEERS:
        return rows.assign(**_NO_TEST, method="too_few")
    return rows.assign(method="dirichlet_multinomial")


def _of_shares(k: Floats, n: Floats, e: Floats, top: Floats, kept: float) -> pd.DataFrame:
    if len(k) < ENOUGH_PEERS:
        law = beta_binomial.fit(k, n, e / n, _USUAL)
        pulled = beta_binomial.shrunk(k, n, beta_binomial.mean(e / n, law.shift), law.precision)
        return pd.DataFrame(pulled).assign(**_NO_TEST, method="too_few")
    model = two_groups.fit(k, n, e, kept)
    if model.converged:
        return two_groups.judge(model, k, n, e, top).assign(method="two_groups")
    return single_null.judge(single_null.fit(k, n, e), k, n, e, top).assign(method="single_null")


def _groups(group: ArrayLike, judged: NDArray[np.bool_]) -> list[Places]:
    """Places of those to be judged, group by group."""
    codes, _ = pd.factorize(np.asarray(group))
    return [np.flatnonzero(judged & (codes == code)) for code in np.unique(codes[judged])]


def _together(units: int, found: list[tuple[Places, pd.DataFrame]]) -> pd.DataFrame:
    """The rows of all groups in the order given, with empty ones for units that were not judged."""
    judged = np.concatenate([np.array([], int), *(there for there, _ in found)])
    rest = pd.DataFrame(_NO_TEST, index=np.setdiff1d(np.arange(units), judged)).assign(method="no_share")
    return pd.concat([*(rows.set_index(there) for there, rows in found), rest]).sort_index()
