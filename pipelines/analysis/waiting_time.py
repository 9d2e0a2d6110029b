"""Do those who have waited longest win?

Within a unit and a year, winners are held against everybody who could have won.

Given what was before and how many win in a year, chance alone would draw the winners of the year from the eligible
without replacement: the sum of the winners' wait ranks then has a known mean and variance, exactly, and years add up
as a martingale (a stratified rank-sum test after Wilcoxon 1945 and Mann and Whitney 1947, with the variance for
ties). Merit that lasts makes winners win again after a short wait and pushes z down; only taking turns, or what
looks like it, pushes it up. Seniority looks like it: who is longer in the unit has also waited longer. `service`
takes its part out, year by year.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipelines.analysis.intervals import Floats
from pipelines.analysis.laws import normal_above
from pipelines.analysis.person_years import Truths, Whole, laid_out

# Years of lists from which a unit may be named: fewer are enough where many people wait.
ENOUGH_YEARS, ENOUGH_YEARS_IF_LARGE, LARGE = 8, 5, 20


@dataclass(frozen=True)
class Waits:
    """One entry a row, from what the lists of earlier years say.

    years: since the last award, or since arrival where there was none. exact: False where it is at least so long,
    because the lists begin later than the wait; such waits tie. after_award: an award ended the last wait. service:
    years since arrival, at least. follows: on a list the year before, too; without that a row tells nothing about
    waiting.
    """

    years: Whole
    exact: Truths
    after_award: Truths
    service: Whole
    follows: Truths


def waits(unit: ArrayLike, year: ArrayLike, person: ArrayLike, won: ArrayLike) -> Waits:
    """How long each had waited when the year's winners were chosen; one row a person and year (ValueError else).

    The wait follows the person from unit to unit. A year without any row of the person ends what is known: who comes
    to a unit that had a list the year before has arrived; who appears with the list itself may have waited for ever.
    Those wait one year longer than whoever was awarded on the list's first day, and tie among themselves.
    """
    units, won = np.asarray(unit, np.int64), np.asarray(won, bool)
    rows = laid_out(year, person)
    people, span = rows.shape
    told = Waits(*(np.zeros(len(units), kind) for kind in (np.int64, bool, bool, np.int64, bool)))
    start, arrived, awarded = np.zeros(people, np.int64), np.zeros(people, bool), np.full(people, -1)
    listed = np.zeros(int(units.max()) + 1 if len(units) else 0, bool)
    before = np.zeros(people, bool)
    for now in range(span):
        here = rows[:, now] >= 0
        row = rows[here, now]
        new = here & ~before
        start[new], awarded[new], arrived[new] = now, -1, listed[units[rows[new, now]]]
        since, known = awarded[here] >= 0, arrived[here] | (awarded[here] >= 0)
        told.years[row] = np.where(since, now - awarded[here], now - start[here] + ~known)
        told.exact[row], told.after_award[row] = known, since
        told.service[row] = now - start[here] + ~arrived[here]
        told.follows[row] = before[here]
        awarded[here] = np.where(won[row], now, awarded[here])
        listed[:] = False
        listed[units[row]] = True
        before = here
    return told


def test(
    unit: ArrayLike,
    year: ArrayLike,
    person: ArrayLike,
    won: ArrayLike,
    wait: ArrayLike,
    eligible: ArrayLike,
    service: ArrayLike | None = None,
) -> pd.DataFrame:
    """One row a unit (index 0 to the largest): do its winners come from the end of the queue?

    wait, service: whole years ≥ 0 (`waits`). eligible: could have won and was there the year before. Only these
    count. Whoever must wait after an award cannot win: counted, they make turns of every honest unit. Whose last
    award is unknown may stay, at the end of the queue: one who had to wait and did not win only lowers z.
    z, p_value (one-sided, small = turns are taken; NaN without information); n_years: lists it rests on; n_people:
    different eligible people; n_awards; rank: mean place of winners in the queue, 0–1, by chance 0.5; waited,
    waited_by_chance: mean years of winners and of the eligible in the same years; testable: years enough.
    """
    e = _Eligible.among(unit, year, person, won, wait, eligible)
    rank = _ranks(e.group, e.wait, e.groups)
    score = rank - 0.5
    if service is not None:
        served = np.asarray(service, np.int64)[np.asarray(eligible, bool)]
        score = _without_service(score, _ranks(e.group, served, e.groups) - 0.5, e)
    n, m, squares = e.total(np.ones(len(score))), e.total(e.winner), e.total(score**2)
    variance = m * (n - m) / np.maximum(n * (n - 1), 1) * squares
    spread, lists = e.by_unit(variance), _lists(variance.reshape(e.units, e.span) > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(spread > 0, e.by_unit(e.total(score * e.winner)) / np.sqrt(spread), np.nan)
        enough = (lists >= ENOUGH_YEARS) | (
            (lists >= ENOUGH_YEARS_IF_LARGE) & (e.by_unit(n) / e.by_unit(n > 0) >= LARGE)
        )
    found = {
        "unit": np.arange(e.units),
        "z": z,
        "p_value": normal_above(z),
        "n_years": lists,
        "n_people": e.different_people(),
    }
    return pd.DataFrame(found | _in_words(e, rank, n, m) | {"testable": enough & (spread > 0)})


def _in_words(e: "_Eligible", rank: Floats, n: Floats, m: Floats) -> dict[str, Floats | Whole]:
    awards = e.by_unit(m)
    mean_wait = np.divide(e.total(e.wait), n, out=np.zeros_like(n), where=n > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "n_awards": awards.astype(int),
            "rank": e.by_unit(e.total(rank * e.winner)) / awards,
            "waited": e.by_unit(e.total(e.wait * e.winner)) / awards,
            "waited_by_chance": e.by_unit(m * mean_wait) / awards,
        }


@dataclass(frozen=True)
class _Eligible:
    """The rows that count, grouped by unit and year."""

    units: int
    span: int  # years
    group: Whole
    person: Whole
    wait: Whole
    winner: Truths

    @classmethod
    def among(
        cls, unit: ArrayLike, year: ArrayLike, person: ArrayLike, won: ArrayLike, wait: ArrayLike, eligible: ArrayLike
    ) -> "_Eligible":
        places, years, kept = np.asarray(unit, np.int64), np.asarray(year, np.int64), np.asarray(eligible, bool)
        units = int(places.max()) + 1 if places.size else 0
        years = years - years.min() if years.size else years
        span = int(years.max()) + 1 if years.size else 1
        persons, waited = (np.asarray(column, np.int64)[kept] for column in (person, wait))
        return cls(units, span, (places * span + years)[kept], persons, waited, np.asarray(won, bool)[kept])

    @property
    def groups(self) -> int:
        return self.units * self.span

    def total(self, value: ArrayLike) -> Floats:
        """Sums a unit and year."""
        return np.bincount(self.group, np.asarray(value, float), self.groups).astype(float)

    def by_unit(self, of_years: ArrayLike) -> Floats:
        return np.asarray(np.asarray(of_years, float).reshape(self.units, self.span).sum(axis=1))

    def different_people(self) -> Whole:
        people = int(self.person.max()) + 1 if self.person.size else 1
        return np.bincount(np.unique(self.group // self.span * people + self.person) // people, minlength=self.units)


def _ranks(group: Whole, value: Whole, groups: int) -> Floats:
    """Midranks within each group ÷ (size + 1), so that their mean is a half in each; values are whole and ≥ 0."""
    width = int(value.max()) + 1 if value.size else 1
    cell = group * width + value
    tied = np.bincount(cell, minlength=groups * width).reshape(groups, width)
    upto = tied.cumsum(axis=1)
    midrank = (upto - (tied - 1) / 2) / (upto[:, -1:] + 1)
    return np.asarray(midrank.reshape(-1)[cell])


def _without_service(score: Floats, service: Floats, e: _Eligible) -> Floats:
    """What of the score neither a straight line nor a bend in the ranks of service explains: it often counts for some
    years
    only. The coefficients come from waits and service alone, never from who won, so chance keeps its mean and
    variance.
    """
    squared = service**2
    bend = squared - (e.total(squared) / np.maximum(e.total(np.ones_like(squared)), 1))[e.group]
    return _without(_without(score, service, e), _without(bend, service, e), e)


def _without(score: Floats, other: Floats, e: _Eligible) -> Floats:
    """What of the score a straight line in the other does not explain, group by group; both have mean 0 in each."""
    both, squares = e.total(score * other), e.total(other**2)
    slope = np.divide(both, squares, out=np.zeros_like(both), where=squares > 0)
    rest = score - slope[e.group] * other
    return np.where(np.abs(rest) > 1e-10, rest, 0.0)  # a perfect line leaves rounding, not information


def _lists(tested: Truths) -> Whole:
    """Years tested, and the years just before one, whose lists say who was there and won."""
    used = tested.copy()
    used[:, :-1] |= tested[:, 1:]
    return np.asarray(used.sum(axis=1))
