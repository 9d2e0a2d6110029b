"""Invented worlds in which it is known which units award indiscriminately: what the methods are tried on.

Award rates: honest people are awarded by their rating, units differ for innocent reasons, and a few planted ones
award far more readily whatever the rating. Ratings: a few planted units give nearly everybody the same one. Real
units are messier; figures from here say what a method can do at best, not what it will do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from pipelines.analysis.intervals import Floats

PLANTED = 0.08
_BY_RATING = np.array([0.55, 0.25, 0.06])  # chance of an award, best rating first
_BY_FOUR_RATINGS = np.array([0.55, 0.25, 0.06, 0.01])
_RATINGS = 12 * np.array([0.2, 0.6, 0.2])  # Dirichlet of a unit's mix of ratings
_FOUR_RATINGS = 12 * np.array([0.2, 0.6, 0.17, 0.03])
_BETWEEN_UNITS, _BETWEEN_YEARS = 0.35, 0.25  # sd on the logit, both innocent
_READIER = (1.2, 2.2)  # how much readier planted units award, on the logit
_ONE_RATING = 0.95  # share of people who get the same rating in a planted unit
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Sizes:
    """People in a unit: lognormal between bounds as in a whole country, or evenly spread as in one ministry."""

    low: int = 5
    high: int = 300
    log_mean: float | None = 3.3
    log_sd: float = 0.9

    def drawn(self, rng: np.random.Generator, units: int) -> Whole:
        """Heads of so many units."""
        if self.log_mean is None:
            return rng.integers(self.low, self.high + 1, units)
        return np.clip(np.rint(rng.lognormal(self.log_mean, self.log_sd, units)), self.low, self.high).astype(np.int64)


COUNTRY = Sizes()
MINISTRY = Sizes(12, 24, log_mean=None)


@dataclass(frozen=True)
class World:
    """`size`, `count`: people and those awarded, units × years × ratings; `heads` and `planted` a unit."""

    heads: Whole
    planted: Flags
    size: Whole
    count: Whole


def awarding(
    rng: np.random.Generator,
    units: int,
    years: int,
    planted_share: float = PLANTED,
    sizes: Sizes = COUNTRY,
    heavy_tails: bool = False,
) -> World:
    """A world of award rates. `heavy_tails`: honest units differ by Student's t with 4 degrees, of the same spread."""
    heads, planted = sizes.drawn(rng, units), _planted(rng, units, planted_share)
    size = _rated(rng, heads, rng.dirichlet(_RATINGS, units), years)
    return World(heads, planted, size, _awarded(rng, size, _BY_RATING, planted, heavy_tails))


def rating(
    rng: np.random.Generator,
    units: int,
    years: int,
    planted_share: float = PLANTED,
    sizes: Sizes = COUNTRY,
    one_rating: float = _ONE_RATING,
) -> World:
    """A world of four ratings, nobody awarded. Planted units give `one_rating` of their people one of the two best."""
    heads, planted = sizes.drawn(rng, units), _planted(rng, units, planted_share)
    size = _rated(rng, heads, _mixes(rng, units, planted, one_rating), years)
    return World(heads, planted, size, np.zeros_like(size))


def blanket(rng: np.random.Generator, units: int, years: int, planted_share: float = PLANTED) -> World:
    """A world of both: the habit of a planted unit shows in its awards, in its ratings or in both, each as often."""
    heads, planted = COUNTRY.drawn(rng, units), _planted(rng, units, planted_share)
    shows = rng.integers(0, 3, units)
    size = _rated(rng, heads, _mixes(rng, units, planted & (shows > 0), _ONE_RATING), years)
    return World(heads, planted, size, _awarded(rng, size, _BY_FOUR_RATINGS, planted & (shows != 1)))


def _mixes(rng: np.random.Generator, units: int, uniform: Flags, one_rating: float) -> Floats:
    """Shares of four ratings, a row a unit; uniform units spread the few they rate otherwise as an honest one would."""
    mix = rng.dirichlet(_FOUR_RATINGS, units)
    favoured = np.eye(len(_FOUR_RATINGS))[rng.integers(0, 2, units)]
    others = mix * (1 - favoured)
    alike = one_rating * favoured + (1 - one_rating) * others / others.sum(1, keepdims=True)
    return np.where(uniform[:, None], alike, mix)


def _rated(rng: np.random.Generator, heads: Whole, mix: Floats, years: int) -> Whole:
    """People by unit, year and rating; as many in a unit each year."""
    return rng.multinomial(np.repeat(heads[:, None], years, 1), mix[:, None, :])


def _awarded(
    rng: np.random.Generator, size: Whole, chances: Floats, readier: Flags, heavy_tails: bool = False
) -> Whole:
    """Of these people those awarded."""
    units, years, _ = size.shape
    own = rng.standard_t(4, units) / np.sqrt(2) if heavy_tails else rng.standard_normal(units)
    moved = _BETWEEN_UNITS * own + np.where(readier, rng.choice(_READIER, units), 0.0)
    yearly = moved[:, None] + _BETWEEN_YEARS * rng.standard_normal((units, years))
    return rng.binomial(size, expit(logit(chances) + yearly[..., None]))


def _planted(rng: np.random.Generator, units: int, share: float) -> Flags:
    """Exactly that share of the units, drawn at random."""
    return rng.permutation(units) < round(share * units)
