"""How often units that take turns are found (S4), and how often honest ones are named: by merit, seniority, waiting
periods.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.analysis import repeats as few_repeats
from pipelines.analysis import same_people, waiting_time
from pipelines.analysis.intervals import Floats
from pipelines.analysis.person_years import Truths, Whole
from pipelines.evaluation.rosters import Habits, Rosters, drawn, measured, named, seeded
from pipelines.evaluation.worlds import MINISTRY, Sizes

SEED = 404
USED, AGREED = "waiting_time", "few_repeats_agree"
_LEVELS = (0.05, 0.01, 0.001)
_BANDS = ((5, 9), (10, 19), (20, 49), (50, 120))  # people
_AGREES = 0.10  # p of few repeats that confirms


@dataclass(frozen=True)
class Setting:
    """A world to be tried, so many units for so many years."""

    world: str
    years: int
    habits: Habits
    units: int = 300


_MINISTRY = Habits(sizes=MINISTRY)
_SENIOR = Habits(merit=0.3, seniority=0.4)
_THREE_YEARS = Habits(merit=0.3, seniority=0.8, senior_after=3)  # then service counts no more
_BUSY = replace(_THREE_YEARS, turnover=0.2)
SETTINGS = (
    *(Setting("full_turns", years, Habits()) for years in (5, 8, 10)),
    *(Setting("half_turns", years, Habits(turns=0.5)) for years in (10, 15)),
    *(Setting("ministry", years, _MINISTRY, 76) for years in (5, 8, 10)),
    *(Setting(f"waiting_period_{bar}", 10, Habits(bar=bar)) for bar in (1, 2)),
    Setting("no_turns_waiting_period_1", 10, Habits(bar=1, planted_share=0)),
    Setting("no_turns", 10, Habits(planted_share=0)),
    *(Setting("favourites", years, Habits(turns=0, favour=5.0)) for years in (5, 10)),
    Setting("seniority", 10, _SENIOR),
    Setting("seniority_founded", 10, replace(_SENIOR, founded=True)),
    Setting("three_years", 10, _THREE_YEARS),
    Setting("three_years_busy", 10, _BUSY),
    Setting("three_years_busy_founded", 10, replace(_BUSY, founded=True)),
    Setting("three_years_waiting_period_1", 10, replace(_THREE_YEARS, bar=1)),
    Setting("seniority_waiting_period_2", 10, replace(_SENIOR, bar=2)),
)


def evaluated(repeats: int = 8, settings: tuple[Setting, ...] = SETTINGS) -> pd.DataFrame:
    """One row a setting and method: power, fdr, false_per_1000 with their Monte Carlo errors (`_error`).

    waiting_time: as it is used, service taken out; few_repeats_agree: where the second look agrees, which it cannot
    where a waiting period forbids repeats; without_service: service left in; barred_counted: waiting periods
    ignored; few_repeats: the second look alone; same_people looks for the opposite: its power has a meaning in the
    world `favourites` only.
    """
    rows: list[dict[str, object]] = []
    for s in settings:
        found = measured(lambda rng, s=s: _named(drawn(rng, s.units, s.years, s.habits), s.habits.bar), SEED, repeats)  # type: ignore[misc]
        rows += [{"world": s.world, "years": s.years} | row for row in found]
    return pd.DataFrame(rows)


def calibrated(units: int = 3000, years: tuple[int, ...] = (5, 10, 15)) -> pd.DataFrame:
    """Where every year's winners are drawn by lot: the share of units with p below 0.05, 0.01 and 0.001, which should
    be those,
    one row a number of years, band of sizes and method; `units` of each."""
    rows = []
    for span in years:
        for (low, high), rng in zip(_BANDS, seeded(SEED, len(_BANDS)), strict=True):
            even = Sizes(low, high, log_mean=None)
            world = drawn(rng, units, span, Habits(merit=0, planted_share=0, sizes=even))
            for method, p in _waits(world, *_eligible(world)).items():
                told = p[np.isfinite(p)]
                shares = {f"below_{level}": float((told < level).mean()) for level in _LEVELS}
                rows.append({"years": span, "people": f"{low}–{high}", "method": method, "units": len(told)} | shares)
    return pd.DataFrame(rows)


def _waits(r: Rosters, told: waiting_time.Waits, able: Truths, bar: int = 0) -> dict[str, Floats]:
    def p_values(eligible: Truths, service: Whole | None) -> Floats:
        found = waiting_time.test(r.unit, r.year, r.person, r.won, told.years, eligible, service)
        result: Floats = found.p_value.to_numpy()
        return result

    tried = {USED: p_values(able, told.service), "without_service": p_values(able, None)}
    return tried | ({"barred_counted": p_values(told.follows, None)} if bar else {})


def _eligible(r: Rosters, bar: int = 0) -> tuple[waiting_time.Waits, Truths]:
    told = waiting_time.waits(r.unit, r.year, r.person, r.won)
    must_wait = told.after_award & (told.years <= bar)  # as far as the lists say
    return told, told.follows & ~must_wait


def _named(r: Rosters, bar: int) -> tuple[Truths, Whole, dict[str, Truths]]:
    told, able = _eligible(r, bar)
    on_list = {method: named(p) for method, p in _waits(r, told, able, bar).items()}
    repeats = few_repeats.test(r.unit, r.year, r.person, r.won, able).p_value
    on_list[AGREED] = on_list[USED] & (repeats <= _AGREES).to_numpy()
    on_list["few_repeats"] = named(repeats)
    on_list["same_people"] = named(same_people.test(r.unit, r.year, r.person, r.won).p_value)
    return r.planted, r.heads, on_list
