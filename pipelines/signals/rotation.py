"""S4 · Awards go round: among those who could win, the ones who have waited longest do, over up to ten years.

A test within the unit, against chance among its own eligible people, so it needs no peers: those on the list the
year before to whom no rule forbids an award yet (`wait` in rules.csv, confirmed or not: it only spares). Lasting
merit works against it. Seniority looks like turns; its part is taken out. More than a look is asked for only where
few repeats say the same.
"""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.analysis import repeats, waiting_time
from pipelines.analysis.discoveries import benjamini_hochberg
from pipelines.signals.shape import EXPLAIN, FEW_YEARS, NO_CHOICE, NO_PEOPLE, WATCH, Inputs, levels, recent, sources

YEARS = 10
AGREES = 0.10  # p of so few repeats by chance


def rows(inputs: Inputs) -> pd.DataFrame:
    """One row a unit that lists its people: as COLUMNS; value, expected: mean years winners had waited,
    and by chance.
    """
    people = recent(inputs.people, inputs.until, YEARS).reset_index(drop=True)
    if people.empty:
        return inputs.units[["unit_code"]].assign(reason=NO_PEOPLE)
    unit, codes, year, person, won = _columns(people)
    waits, able = _waits(people)
    found = waiting_time.test(unit, year, person, won, waits.years, able, waits.service)
    few = repeats.test(unit, year, person, won, able)
    told = pd.DataFrame(
        {
            "unit_code": np.asarray(codes)[found["unit"]],
            "period_from": people.groupby("unit_code")["year"].min().reindex(codes).to_numpy(),
            "value": found["waited"],
            "expected": found["waited_by_chance"],
            "n": found["n_people"],
            "counted_in": sources(people).reindex(codes).to_numpy(),
            "p_value": found["p_value"],
            "testable": found["testable"],
            "years": found["n_years"],
            "awards": found["n_awards"],
            "repeated": few["repeated"],
            "repeated_by_chance": few["expected"],
            "agrees": few["p_value"] <= AGREES,
        }
    )
    told = told[told["unit_code"].isin(inputs.units["unit_code"])].reset_index(drop=True)
    told["q_value"] = benjamini_hochberg(told["p_value"].where(told["testable"]))
    told["reason"] = np.select([told["p_value"].isna(), ~told["testable"]], [NO_CHOICE, FEW_YEARS], "")
    level = levels(told["q_value"], told["testable"])
    told["level"] = level.mask((level == EXPLAIN) & ~told["agrees"], WATCH)
    silent = inputs.units.loc[~inputs.units["unit_code"].isin(told["unit_code"]), ["unit_code"]]
    return pd.concat([told, silent.assign(reason=NO_PEOPLE)], ignore_index=True)


def able(people: pd.DataFrame, until: int) -> pd.DataFrame:
    """unit_code, year, person, won, waited (years): everybody who could have been given an award, in the years `rows`
    looks at.
    """
    listed = recent(people, until, YEARS).reset_index(drop=True)
    if listed.empty:
        return listed.assign(waited=[])
    waits, could = _waits(listed)
    return listed.assign(waited=waits.years)[could]


def _columns(people: pd.DataFrame) -> tuple[Any, ...]:
    """Units and persons as numbers, the codes of the units, years, who won."""
    unit, codes = pd.factorize(people["unit_code"])
    person, _ = pd.factorize(people["person"])
    return unit, codes, people["year"].to_numpy(), person, people["won"].to_numpy(bool)


def _waits(people: pd.DataFrame) -> tuple[waiting_time.Waits, Any]:
    unit, _, year, person, won = _columns(people)
    waits = waiting_time.waits(unit, year, person, won)
    return waits, waits.follows & ~people["must_wait"].to_numpy(bool)
