"""The office as it is, its habits invented: what the signals read of 63 committees, and of those who list their people.

As many committees, of such sizes, as there are; 52 of them become 23 new ones in the last year. Habits as in
`worlds`, with leaders who win more everywhere. A few committees carry what is planted, in the sizes and numbers of
the demo.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from scipy.special import expit, logit

from pipelines.analysis.intervals import Floats
from pipelines.evaluation.worlds import Whole
from pipelines.signals.shape import Inputs

YEARS = np.arange(2014, 2026)
BEFORE, AFTER = 2024, 2025  # the last year of the 63 committees, the first of the 34
STAY, _COMMITTEES, _MERGED, _DEPARTMENTS = 11, 63, 23, 13
_INTO = np.repeat(np.arange(_MERGED), [2] * 17 + [3] * 6)  # which of the merged the others of the 63 become
_KIND = np.repeat(["committee", "merged", "department"], [_COMMITTEES, _MERGED, _DEPARTMENTS])
_UNITS = len(_KIND)
CODES = np.array([f"U{number:02d}" for number in range(_UNITS)])
COMMITTEES, DEPARTMENTS = "BNCTU", "VU"
_PEER_GROUP = np.where(_KIND == "department", DEPARTMENTS, COMMITTEES)
_PEOPLE, _KEPT = (14, 22), 0.82  # in a unit; of those of the merged
_LEADERS, _LEADER_ODDS = 0.36, 1.8  # share of the people; odds ratio of an award where nothing else is planted
_RATINGS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
_CHANCES = np.array([0.55, 0.25, 0.06, 0.01])  # of an award, by rating
_MIX = 14 * np.array([0.19, 0.64, 0.16, 0.01])
_BETWEEN_UNITS, _BETWEEN_YEARS = 0.35, 0.25  # sd on the logit
_TARGETS, _MET = 5, 0.68  # a year; reached everywhere alike


@dataclass(frozen=True)
class Plant:
    """A habit of some committees, by number; the first `STAY` go on after the mergers.

    size: logit of awards; share of the best rating; odds ratio of leaders; logit of awards a year.
    """

    signal: str
    size: float
    units: tuple[int, ...]


PLANTS = (
    Plant("award_rate", 2.2, (0, 11)),
    Plant("award_rate", 1.2, (1, 12)),
    Plant("same_ratings", 0.95, (0, 2, 13)),
    Plant("leaders_first", 9.0, (3, 14)),
    Plant("rising_awards", 0.18, (4,)),
)


def drawn(rng: Generator, plants: tuple[Plant, ...] = PLANTS) -> dict[int, Inputs]:
    """One world: what is known of it in each of the two years."""
    planted = {signal: np.zeros(_UNITS) for signal in ("award_rate", "same_ratings", "leaders_first", "rising_awards")}
    for plant in plants:
        planted[plant.signal][list(plant.units)] = plant.size
    size = _people(rng, planted["same_ratings"])
    won = rng.binomial(size, _chances(rng, size, planted))
    met = rng.binomial(_TARGETS, _MET, (_UNITS, len(YEARS)))
    return {until: _inputs(until, size, won, met) for until in (BEFORE, AFTER)}


def _people(rng: Generator, alike: Floats) -> Whole:
    """People: units × years × (leaders, others) × ratings."""
    heads = rng.integers(*_PEOPLE, _UNITS, endpoint=True)
    heads[_KIND == "merged"] = np.rint(_KEPT * np.bincount(_INTO, heads[STAY:_COMMITTEES]))
    leaders = np.rint(_LEADERS * heads).astype(int)
    mix = rng.dirichlet(_MIX, _UNITS)
    best = np.eye(len(_RATINGS))[0]
    same = alike[:, None] * best + (1 - alike[:, None]) * mix * (1 - best) / (1 - mix[:, :1])
    shares = np.where(alike[:, None] > 0, same, mix)
    groups = np.broadcast_to(np.stack([leaders, heads - leaders], axis=1)[:, None], (_UNITS, len(YEARS), 2))
    return rng.multinomial(groups, shares[:, None, None, :])


def _chances(rng: Generator, size: Whole, planted: dict[str, Floats]) -> Floats:
    """Chance of an award, as `size`. Where nearly all are rated alike, ratings say nothing of awards."""
    usual = float(size.sum((0, 1, 2)) @ _CHANCES / size.sum())
    by_rating = np.where(planted["same_ratings"][:, None] > 0, usual, _CHANCES)
    odds = np.log(np.where(planted["leaders_first"] > 0, planted["leaders_first"], _LEADER_ODDS))
    by_group = np.stack([odds * (1 - _LEADERS), -odds * _LEADERS], axis=1)  # as many awards, in other hands
    own = planted["award_rate"] + _BETWEEN_UNITS * rng.standard_normal(_UNITS)
    yearly = own[:, None] + np.outer(planted["rising_awards"], YEARS - YEARS.mean())
    yearly = yearly + _BETWEEN_YEARS * rng.standard_normal(yearly.shape)
    return np.asarray(expit(logit(by_rating)[:, None, None] + by_group[:, None, :, None] + yearly[..., None, None]))


def _inputs(until: int, size: Whole, won: Whole, met: Whole) -> Inputs:
    unit, at = np.nonzero(_reported(until))
    yearly = pd.DataFrame({"unit_code": CODES[unit], "year": YEARS[at]})
    people, awards = size[unit, at], won[unit, at]
    leaders = yearly.assign(
        staff=people.sum((1, 2)), leaders=people[:, 0].sum(1),
        awarded=awards.sum((1, 2)), awarded_leaders=awards[:, 0].sum(1),
    )  # fmt: skip
    rated = [yearly.assign(rating=name, people=people[:, :, place].sum(1)) for place, name in enumerate(_RATINGS)]
    now = np.arange(_UNITS)
    if until == AFTER:
        now[STAY:_COMMITTEES] = _COMMITTEES + _INTO
    last = unit[YEARS[at] == until]
    nothing = pd.DataFrame(columns=["unit_code", "year"])
    return Inputs(
        until=until,
        units=pd.DataFrame({"unit_code": CODES[last], "peer_group": _PEER_GROUP[last]}),
        awards=leaders[["unit_code", "year", "awarded", "staff"]],
        leaders=leaders,
        ratings=pd.concat(rated, ignore_index=True),
        people=_listed(yearly, _PEER_GROUP[unit] == DEPARTMENTS, people.sum(1), awards.sum(1)),
        results=yearly.assign(met=met[unit, at], known=_TARGETS),
        scores=nothing,
        ceilings=nothing.reindex(columns=["unit_code", "year", "award", "used", "allowed"]),
        today=yearly.assign(today=CODES[now[unit]]),
    )


def _reported(until: int) -> np.ndarray:
    """Units × years: who was there and had reported by then."""
    new, number = _KIND == "merged", np.arange(_UNITS)
    ended = (number >= STAY) & (number < _COMMITTEES)
    there = np.where(YEARS[None, :] < AFTER, ~new[:, None], ~ended[:, None])
    return there & (until >= YEARS)


def _listed(yearly: pd.DataFrame, lists: np.ndarray, people: Whole, awards: Whole) -> pd.DataFrame:
    """A row for each person of the departments: rating, and whether awarded."""
    rows = []
    for place, name in enumerate(_RATINGS):
        for won, count in ((True, awards[:, place]), (False, people[:, place] - awards[:, place])):
            rows.append(yearly.loc[yearly.index.repeat(np.where(lists, count, 0))].assign(rating=name, won=won))
    return pd.concat(rows, ignore_index=True)
