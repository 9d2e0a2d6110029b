"""How often the signals find what is planted in an office of this size, judged exactly as the product judges.

The figures people are shown: `measured` keeps them for the page *Phương pháp*.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from numpy.random import Generator

from pipelines.evaluation import rosters
from pipelines.evaluation.office_worlds import AFTER, CODES, COMMITTEES, PLANTS, drawn
from pipelines.evaluation.outcomes import Counted, counted, figures
from pipelines.evaluation.replicates import Effort, tried
from pipelines.evaluation.worlds import Flags, Sizes
from pipelines.signals import award_rate, council, leaders_first, rising_awards, rotation, same_ratings
from pipelines.signals.shape import EXPLAIN, ORDER, Inputs, rare, told

COUNCIL = "council"  # the top tier of the list
_WORLDS = 300
_FIND: dict[str, Callable[[Inputs], pd.DataFrame]] = {
    "award_rate": award_rate.by_leaders,
    "award_rate_by_rating": award_rate.by_ratings,
    "same_ratings": same_ratings.rows,
    "leaders_first": leaders_first.rows,
    "rising_awards": rising_awards.rows,
}
_BY_RATING = "award_rate_by_rating"
_HEADS = Sizes(12, 28, log_mean=None)
_LISTING, _TURNS = 15, (1.0, 0.7)  # units that list their people; share of the awards of two of them given in turn
Key = tuple[str, float, int]  # signal, planted size, year it is looked at


def found(effort: Effort) -> pd.DataFrame:
    """One row a signal, planted size and year: signal, size, year, worlds, power, false_per_1000 and their `_error`.

    power: of planted units that could be judged; of innocent ones that could be, false_per_1000 were named.
    `council`: the top tier of the list, and units that carry two habits.
    """
    worlds = tried(trial, "office", _WORLDS, effort)
    rows = []
    for key in worlds[0]:
        row = figures([world[key] for world in worlds])
        if np.isnan(row["power"]):  # too few years for anybody to be judged
            continue
        kept = {name: row[name] for name in ("power", "power_error", "false_per_1000", "false_per_1000_error")}
        rows.append(dict(zip(("signal", "size", "year"), key, strict=True)) | {"worlds": len(worlds)} | kept)
    order = {name: place for place, name in enumerate((*ORDER, COUNCIL))}
    table = pd.DataFrame(rows).round(4)
    return table.sort_values(
        ["signal", "size", "year"], key=lambda one: one.map(order) if one.name == "signal" else one, ignore_index=True
    )


def trial(rng: Generator) -> dict[Key, Counted]:
    """One world, by every signal, before and after the mergers."""
    return dict(_of_committees(drawn(rng))) | {("rotation", turns, AFTER): _in_turn(rng, turns) for turns in _TURNS}


def _of_committees(world: dict[int, Inputs]) -> Iterator[tuple[Key, Counted]]:
    habits = np.bincount([unit for plant in PLANTS for unit in plant.units], minlength=len(CODES))
    for year, inputs in world.items():
        rows = {name: told(inputs, find(inputs)).assign(signal=name) for name, find in _FIND.items()}
        for plant in PLANTS:
            guilty = np.isin(np.arange(len(CODES)), plant.units)
            yield (plant.signal, plant.size, year), _counted(rows[plant.signal], guilty, habits == 0)
            if plant.signal == "award_rate":  # ratings alike as well would excuse the awards
                excused = guilty & (habits == 1)
                yield (_BY_RATING, plant.size, year), _counted(rows[_BY_RATING], excused, habits == 0)
        listed = council.listed(inputs, pd.concat(rows.values()), pd.Series(dtype=int))
        top = listed.assign(testable=True, q_value=np.where(listed["level"] == EXPLAIN, 0.0, 1.0))
        yield (COUNCIL, 2.0, year), _counted(top, habits == 2, habits == 0)


def _counted(rows: pd.DataFrame, guilty: Flags, innocent: Flags) -> Counted:
    """Of the committees that could be judged."""
    judged, named = rows["testable"] & (rows["peer_group"] == COMMITTEES), rare(rows)
    unit = pd.Index(CODES).get_indexer(rows["unit_code"])
    planted, honest = judged & guilty[unit], judged & innocent[unit]
    return Counted(
        int(planted.sum()), int((planted & named).sum()), int(honest.sum()), int((honest & named).sum()), 0, 0
    )


def _in_turn(rng: Generator, turns: float) -> Counted:
    """Units that list their people; two of them give so much of their awards to whoever has waited longest."""
    world = rosters.drawn(
        rng, _LISTING, rotation.YEARS, rosters.Habits(turns=turns, planted_share=2 / _LISTING, sizes=_HEADS)
    )
    people = pd.DataFrame(
        {"unit_code": world.unit, "year": world.year, "person": world.person, "won": world.won, "must_wait": False}
    )
    nothing = pd.DataFrame(columns=["unit_code", "year"])
    units = pd.DataFrame({"unit_code": np.arange(_LISTING), "peer_group": "VU", "cluster_code": ""})
    rows = rotation.rows(
        Inputs(rotation.YEARS - 1, units, nothing, nothing, nothing, people, nothing, nothing, nothing, nothing)
    ).set_index("unit_code")
    rows, planted = rows.loc[units["unit_code"]], world.planted
    judged, named = rows["testable"].to_numpy(bool), rare(rows).to_numpy(bool)
    return counted(named & judged, planted & judged, np.zeros(_LISTING, bool))
