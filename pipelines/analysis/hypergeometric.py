"""Sums of draws without replacement, one sum a unit: mean, variance and exact tails, also where some are drawn more
easily.

Of `size` people `marked` are of one kind and `drawn` are chosen; how many of the chosen are marked follows Fisher's
noncentral hypergeometric law (Fisher 1935; with odds 1 the ordinary one). The law of a sum over years is the
convolution, by FFT for blocks of units of like size; tails the FFT cannot show are added up directly. Large
variances take the normal law with one Edgeworth term (largest error of a tail probability 0.0013 from variance 20
on).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import ArrayLike
from scipy.fft import irfft, next_fast_len, rfft
from scipy.special import gammaln

from pipelines.analysis.intervals import Floats
from pipelines.analysis.laws import normal_above, normal_below, normal_density
from pipelines.analysis.person_years import Whole

EXACT_BELOW = 20.0  # variance from which the normal law serves
_BLOCK = 500  # units
_SURELY = 1e-4  # an approximate tail smaller than that is added up directly
_FFT_SURELY = 1e-10  # the FFT errs by about 1e-15, whatever the size of the tail


@dataclass(frozen=True)
class Sums:
    """One entry a unit. below: P(less than seen) + ½ P(seen); above: the other side; both ½ where nothing is left to
    chance.
    """

    seen: Floats
    mean: Floats
    variance: Floats
    below: Floats
    above: Floats


@dataclass(frozen=True)
class _Draws:
    unit: Whole
    size: Whole
    marked: Whole
    drawn: Whole
    low: Whole  # smallest and largest number possible
    high: Whole

    def of(self, rows: Whole) -> "_Draws":
        return _Draws(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def sums(
    unit: ArrayLike,
    size: ArrayLike,
    marked: ArrayLike,
    drawn: ArrayLike,
    seen: ArrayLike,
    units: int,
    odds: float = 1.0,
) -> Sums:
    """One row a draw (a unit's year), whole numbers, marked and drawn at most size; `odds` of a marked one against
    another.
    """
    columns = [np.asarray(c, np.int64) for c in (unit, size, marked, drawn)]
    u, n, a, b = columns
    draws = _Draws(u, n, a, b, np.maximum(0, a + b - n), np.minimum(a, b))
    total, fixed = (np.bincount(u, c, units).astype(np.int64) for c in (np.asarray(seen, float), draws.low))
    mean, variance, below, above = fixed.astype(float), np.zeros(units), np.full(units, 0.5), np.full(units, 0.5)
    for members, rows in _blocks(draws, units):
        chosen = draws.of(rows)
        law = _laws(chosen, odds)
        start = np.flatnonzero(np.diff(chosen.unit, prepend=-1))
        more, v, third = (np.add.reduceat(c, start) for c in _moments(law))
        mean[members], variance[members] = fixed[members] + more, v
        beyond = total[members] - fixed[members]
        below[members], above[members] = _tails(law, start, beyond, more, v, third)
    return Sums(total.astype(float), mean, variance, below, above)


def _blocks(draws: _Draws, units: int) -> Iterator[tuple[Whole, Whole]]:
    """Units of like size, and their draws sorted by unit; units and draws without a choice are left out."""
    width = np.bincount(draws.unit, draws.high - draws.low, units)
    by_width = np.argsort(width, kind="stable")
    by_width = by_width[width[by_width] > 0]
    place = np.full(units, -1)
    place[by_width] = np.arange(len(by_width)) // _BLOCK
    open_rows = np.flatnonzero(draws.high > draws.low)
    order = open_rows[np.lexsort((draws.unit[open_rows], place[draws.unit[open_rows]]))]
    for rows in np.split(order, np.flatnonzero(np.diff(place[draws.unit[order]])) + 1):
        if rows.size:
            yield np.unique(draws.unit[rows]), rows


def _laws(d: _Draws, odds: float) -> Floats:
    """Draws × numbers above the smallest possible: probabilities."""
    k = d.low[:, None] + np.arange(int((d.high - d.low).max()) + 1)
    possible = k <= d.high[:, None]
    k = np.where(possible, k, d.high[:, None])
    log_factorial = gammaln(np.arange(int(d.size.max()) + 2) + 1.0)
    n, a, b = d.size[:, None], d.marked[:, None], d.drawn[:, None]
    weight = k * np.log(odds) - sum(log_factorial[c] for c in (k, a - k, b - k, n - a - b + k))
    weight = np.where(possible, np.exp(weight - weight.max(axis=1, keepdims=True)), 0.0)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _moments(law: Floats) -> tuple[Floats, Floats, Floats]:
    k = np.arange(law.shape[1])
    mean = law @ k
    away = k - mean[:, None]
    return mean, (law * away**2).sum(axis=1), (law * away**3).sum(axis=1)


def _tails(law: Floats, start: Whole, seen: Whole, mean: Floats, v: Floats, third: Floats) -> tuple[Floats, Floats]:
    z = (seen - mean) / np.sqrt(v)
    bend = third / v**1.5 / 6 * (z**2 - 1) * normal_density(z)
    below, above = normal_below(z) - bend, normal_above(z) + bend
    end = np.append(start[1:], len(law))
    small = np.flatnonzero(v < EXACT_BELOW)
    if small.size:
        rows = np.concatenate([np.arange(start[i], end[i]) for i in small])
        first = np.cumsum(np.append(0, end[small] - start[small]))[:-1]
        length = int(_widths(law[rows], first).max()) + 1
        points = next_fast_len(length, real=True)
        together = irfft(np.multiply.reduceat(rfft(law[rows], points, axis=1), first, axis=0), points, axis=1)
        below[small], above[small] = _split(np.maximum(together[:, :length], 0), seen[small])
    for i in np.flatnonzero(np.minimum(below, above) < np.where(v < EXACT_BELOW, _FFT_SURELY, _SURELY)):
        together = reduce(np.convolve, law[start[i] : end[i]])
        below[i], above[i] = (side[0] for side in _split(together[None, :], seen[i : i + 1]))
    return np.clip(below, 0, 1), np.clip(above, 0, 1)


def _widths(law: Floats, first: Whole) -> Whole:
    """Largest possible sum of each unit."""
    largest = law.shape[1] - 1 - (law[:, ::-1] > 0).argmax(axis=1)
    return np.asarray(np.add.reduceat(largest, first))


def _split(law: Floats, seen: Whole) -> tuple[Floats, Floats]:
    k = np.arange(law.shape[1])
    half = np.where(k == seen[:, None], 0.5, 0.0)
    less, more = (k < seen[:, None]) + half, (k > seen[:, None]) + half
    return (law * less).sum(axis=1), (law * more).sum(axis=1)
