"""Invented lists of people over years in which it is known which units take turns: what the methods are tried on.

People come and go, have a merit that stays theirs and luck that does not; honest units award the best of the year,
some worlds also by years of service, or only after a waiting period. Planted units give a share of their awards to
whoever has waited longest. The lists begin after the units have: what was before is unknown to the method, as in
life.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from pipelines.analysis.discoveries import WRONG_SHARE, benjamini_hochberg
from pipelines.analysis.intervals import Floats
from pipelines.analysis.person_years import Truths, Whole
from pipelines.evaluation.worlds import COUNTRY, Sizes

SMALL = 10  # people
_RATE = (0.15, 0.4)  # of the people awarded a year, evenly over units
_BEFORE = 8  # years that happened before the lists begin
_NEVER = -100


@dataclass(frozen=True)
class Habits:
    """How a world awards and who is in it.

    merit: sd of what stays a person's own, on the logit; seniority: logit a year of service, up to `senior_after`
    years; bar: years after an award without another; turns: share of a planted unit's awards that go to the longest
    wait; favour: merit in planted units, if another; turnover: share of the people who leave a year; founded: units
    begin, and their first people arrive, with the lists.
    """

    merit: float = 1.0
    seniority: float = 0.0
    senior_after: int = 99
    bar: int = 0
    turns: float = 1.0
    favour: float | None = None
    planted_share: float = 0.08
    turnover: float = 0.08
    founded: bool = False
    sizes: Sizes = COUNTRY  # people in a unit


@dataclass(frozen=True)
class Rosters:
    """One entry a person and year (`unit`, `year`, `person`, `won`, `barred`), and one a unit (`planted`, `heads`)."""

    unit: Whole
    year: Whole
    person: Whole
    won: Truths
    barred: Truths
    planted: Truths
    heads: Whole


def drawn(rng: Generator, units: int, years: int, habits: Habits) -> Rosters:
    """A world of so many units and years."""
    heads = habits.sizes.drawn(rng, units)
    planted = rng.permutation(units) < round(habits.planted_share * units)
    unit = np.repeat(np.arange(units), heads)
    rate, places = rng.uniform(*_RATE, units), len(unit)
    lasting = np.where(planted & (habits.favour is not None), habits.favour or 0.0, habits.merit)[unit]
    person, merit = np.arange(places), lasting * rng.standard_normal(places)
    first = 0 if habits.founded else -_BEFORE
    since = np.zeros(places, int) if habits.founded else first - rng.geometric(habits.turnover, places)
    awarded = np.full(places, _NEVER)
    lists = []
    for year in range(first, years):
        new = rng.random(places) < habits.turnover
        person = np.where(new, person.max() + 1 + np.arange(places), person)
        merit = np.where(new, lasting * rng.standard_normal(places), merit)
        since, awarded = np.where(new, year, since), np.where(new, _NEVER, awarded)
        barred = year - awarded <= habits.bar
        luck = rng.gumbel(size=places) + merit + habits.seniority * np.minimum(year - since, habits.senior_after)
        awards = np.floor(rate * heads + rng.random(units)).astype(int)
        by_turn = np.where(planted, rng.binomial(awards, habits.turns), 0)
        won = _chosen(rng, unit, awards, by_turn, year - np.maximum(since, awarded), luck, barred)
        awarded = np.where(won, year, awarded)
        if year >= 0:
            lists.append((unit, np.full(places, year), person, won, barred))
    of_unit, in_year, persons, won, barred = (np.concatenate(c) for c in zip(*lists, strict=True))
    return Rosters(of_unit, in_year, np.unique(persons, return_inverse=True)[1], won, barred, planted, heads)


def _chosen(
    rng: Generator, unit: Whole, awards: Whole, by_turn: Whole, wait: Whole, luck: Floats, barred: Truths
) -> Truths:
    """First the turns, longest wait first and ties by lot; then the best of the rest. The barred never."""
    first = (_place(unit, np.where(barred, _NEVER, wait + rng.random(len(unit)))) < by_turn[unit]) & ~barred
    best = _place(unit, np.where(first, np.inf, np.where(barred, -np.inf, luck)))
    return first | ((best < awards[unit]) & ~barred)


def _place(unit: Whole, value: Floats) -> Whole:
    """Place within the unit by descending value, from 0."""
    order = np.lexsort((-value, unit))
    start = np.searchsorted(unit, np.arange(unit[-1] + 1))  # people stand unit by unit
    place = np.empty(len(unit), np.int64)
    place[order] = np.arange(len(unit)) - start[unit[order]]
    return place


def named(p_value: ArrayLike) -> Truths:
    """Whom a list at the nominal false discovery rate names (Benjamini and Hochberg 1995); NaN is never named."""
    return benjamini_hochberg(p_value) <= WRONG_SHARE


def outcome(planted: Truths, on_list: Truths, heads: Whole) -> tuple[float, float, float, float]:
    """Power (share of the planted named, NaN if there are none), wrong share of the names (0 without names), false
    names per
    1,000 honest units, and the power among units of fewer than ten people."""
    right, wrong = (planted & on_list).sum(), (~planted & on_list).sum()
    small = planted & (heads < SMALL)
    return (
        float(right / planted.sum()) if planted.any() else np.nan,
        float(wrong / max(right + wrong, 1)),
        float(1000 * wrong / max((~planted).sum(), 1)),
        float(on_list[small].mean()) if small.any() else np.nan,
    )


def measured(
    world: Callable[[Generator], tuple[Truths, Whole, dict[str, Truths]]], seed: int, repeats: int
) -> list[dict[str, object]]:
    """One row a method: the means of `outcome` over so many worlds and their Monte Carlo standard errors (`_error`).

    world: which units are planted, their people, and whom each method names, in one invented world.
    """
    found: dict[str, list[tuple[float, ...]]] = {}
    for rng in seeded(seed, repeats):
        planted, heads, by_method = world(rng)
        for method, on_list in by_method.items():
            found.setdefault(method, []).append(outcome(planted, np.asarray(on_list), heads))
    return [{"method": method} | _mean(np.array(results)) for method, results in found.items()]


def seeded(seed: int, repeats: int) -> list[Generator]:
    """Independent sources of chance, the same every time."""
    return [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(repeats)]


def _mean(results: Floats) -> dict[str, object]:
    """Worlds where a figure has no meaning (nobody planted, no small unit planted) are left out of it."""
    row: dict[str, object] = {}
    for name, column in zip(("power", "fdr", "false_per_1000", "power_small"), results.T, strict=True):
        told = column[np.isfinite(column)]
        row[name] = float(told.mean()) if told.size else np.nan
        row[f"{name}_error"] = float(told.std(ddof=1) / np.sqrt(told.size)) if told.size > 1 else np.nan
    return row
