"""Is the newest year really different? A change is judged against what years usually do, never by its size alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.analysis.intervals import CONFIDENCE, difference
from pipelines.analysis.laws import binomial_at

XMR_POINTS = 8  # earlier years needed before limits from their own ups and downs mean anything
_XMR_WIDTH = 2.66  # mean moving range -> natural limits (Wheeler); 3 ÷ 1.128


@dataclass(frozen=True)
class Change:
    """`verdict`: up | down | usual | unknown. `basis`: xmr | interval | counts | none, the way it was judged.

    value, previous: newest and the one before; change: their difference; low, high: the limits it was judged by — of
    the newest value (xmr) or of the change (interval); NaN where there are none.
    """

    value: float
    previous: float
    change: float
    low: float
    high: float
    verdict: str
    basis: str


def change_of_share(counts: Sequence[float], sizes: Sequence[float]) -> Change:
    """The last of a row of years (oldest first) against the earlier ones; years without a size are left out.

    With eight or more earlier years their own limits decide (XmR chart), because years differ by more than chance;
    with fewer, the 95 % interval of the difference to the year before. A newest year without a size is unknown.
    """
    k, n = np.asarray(counts, float), np.asarray(sizes, float)
    known = n > 0
    if not known.size or not known[-1] or known.sum() < 2:
        return _unknown(float(k[-1] / n[-1]) if known.size and known[-1] else np.nan)
    k, n = k[known], n[known]
    shares = k / n
    if len(shares) > XMR_POINTS:
        return _against_limits(shares)
    change, low, high = difference(k[-1], n[-1], k[-2], n[-2])
    return Change(float(shares[-1]), float(shares[-2]), change, low, high, _verdict(0.0, low, high, -1), "interval")


def change_of_count(counts: Sequence[float], bases: Sequence[float]) -> Change:
    """The same for counts per base (exemplars per unit): fewer years are judged by an exact test of two counts.

    Given the total of both years the newer count is binomial with the share of its base.
    """
    c, b = np.asarray(counts, float), np.asarray(bases, float)
    known = b > 0
    if not known.size or not known[-1] or known.sum() < 2:
        return _unknown(float(c[-1] / b[-1]) if known.size and known[-1] else np.nan)
    c, b = c[known], b[known]
    rates = c / b
    if len(rates) > XMR_POINTS:
        return _against_limits(rates)
    total = int(c[-1] + c[-2])
    clear = total > 0 and _chance(int(c[-1]), total, b[-1] / (b[-1] + b[-2])) <= 1 - CONFIDENCE
    change = float(rates[-1] - rates[-2])
    verdict = ("up" if change > 0 else "down") if clear else "usual"
    return Change(float(rates[-1]), float(rates[-2]), change, np.nan, np.nan, verdict, "counts")


def _chance(count: int, total: int, share: float) -> float:
    """Exact two-sided p-value: the chance of a count that is no likelier than the one seen."""
    every = binomial_at(np.arange(total + 1), total, share)
    return float(every[every <= every[count] * (1 + 1e-7)].sum())  # equal ones differ by rounding


def natural_limits(values: ArrayLike) -> tuple[float, float, float]:
    """Mean, lower and upper natural limit of a row of values: mean ± 2.66 × the mean move from one to the next."""
    x = np.asarray(values, float)
    middle, reach = x.mean(), _XMR_WIDTH * np.abs(np.diff(x)).mean()
    return float(middle), float(middle - reach), float(middle + reach)


def _against_limits(values: np.ndarray) -> Change:
    _, low, high = natural_limits(values[:-1])
    newest, previous = float(values[-1]), float(values[-2])
    return Change(newest, previous, newest - previous, low, high, _verdict(newest, low, high, 1), "xmr")


def _verdict(value: float, low: float, high: float, sign: int) -> str:
    """`sign` 1: value beyond its limits; −1: limits of the change that leave out `value` (0, no change)."""
    if np.isnan(low):  # counts that are no part of their size have no interval
        return "unknown"
    if low <= value <= high:
        return "usual"
    return "up" if (value > high) == (sign > 0) else "down"


def _unknown(value: float) -> Change:
    return Change(value, np.nan, np.nan, np.nan, np.nan, "unknown", "none")
