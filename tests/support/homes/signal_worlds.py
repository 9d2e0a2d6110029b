"""Small worlds signals can be tried on: forty units, twelve years, one unit odd in one way."""

import numpy as np
import pandas as pd

from pipelines.signals.shape import Inputs

UNITS, YEARS, SIZE, LEADERS = 40, range(2014, 2026), 20, 4
RATINGS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
LEVELS = {"NHA_NUOC": 0.01, "BAN": 0.14, "CO_SO": 0.85}  # of awards


def world(
    units: int = UNITS, *, rate: float = 0.25, odd: str = "", extra: float = 0.0, rising: bool = False, seed: int = 1
) -> Inputs:
    """`odd` awards `extra` more of its people (every year more if `rising`); all else is chance."""
    rng = np.random.default_rng(seed)
    codes = [f"U{number:02d}" for number in range(units)]
    yearly = pd.DataFrame([(code, year) for code in codes for year in YEARS], columns=["unit_code", "year"])
    share = np.where(yearly["unit_code"] == odd, rate + extra, rate)
    if rising:
        steps = (yearly["year"] - YEARS[0]) / (len(YEARS) - 1)
        share = np.where(yearly["unit_code"] == odd, rate + extra * steps, rate)
    won_leaders, won_others = rng.binomial(LEADERS, share), rng.binomial(SIZE - LEADERS, share)
    rated = pd.DataFrame(rng.multinomial(SIZE, [0.2, 0.6, 0.18, 0.02], len(yearly)), columns=list(RATINGS))
    ratings = pd.concat([yearly, rated], axis=1).melt(["unit_code", "year"], var_name="rating", value_name="people")
    people = yearly.loc[yearly.index.repeat(SIZE)].reset_index(drop=True)
    place = people.groupby(["unit_code", "year"]).cumcount()
    people = people.assign(
        person=people["unit_code"] + "-" + place.astype(str), position_group="TRUC_TIEP", rating="HTTNV",
        won=rng.random(len(people)) < rate, must_wait=False,
    )  # fmt: skip
    none = pd.DataFrame(columns=["unit_code"])
    return Inputs(
        until=YEARS[-1],
        units=pd.DataFrame({"unit_code": codes, "peer_group": "G", "cluster_code": "C01"}),
        awards=yearly.assign(awarded=won_leaders + won_others, staff=SIZE),
        leaders=yearly.assign(
            staff=SIZE, leaders=LEADERS, awarded=won_leaders + won_others, awarded_leaders=won_leaders
        ),
        levels=by_level(yearly, won_leaders + won_others),
        ratings=ratings,
        people=people,
        results=yearly.assign(met=rng.binomial(10, 0.7, len(yearly)), known=10),
        scores=none.reindex(columns=["unit_code", "cluster_code", "year", "own", "final"]),
        ceilings=none.reindex(columns=["unit_code", "year", "rule_id", "award", "used", "allowed"]),
        today=yearly.assign(today=yearly["unit_code"]),
    )


def by_level(yearly: pd.DataFrame, awarded: np.ndarray) -> pd.DataFrame:
    """The awards of each unit and year by the level they are of."""
    split = np.random.default_rng(7).multinomial(awarded, list(LEVELS.values()))
    levels = pd.concat([yearly, pd.DataFrame(split, columns=list(LEVELS))], axis=1)
    return levels.melt(["unit_code", "year"], var_name="level", value_name="awarded")
