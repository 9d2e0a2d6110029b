"""All signals for 5,000 units × 10 years, 2 million person-years, and for the demo: seconds of this process and its
memory.
"""

import time
from collections.abc import Callable, Iterator

import duckdb
import numpy as np
import pandas as pd
import psutil

from pipelines.settings import Home
from pipelines.signals import every
from pipelines.signals.shape import Inputs
from pipelines.warehouse import connection
from pipelines.warehouse.door import signal_inputs
from tests.bench.options import Options
from tests.bench.results import Result
from tests.support.homes.signal_worlds import by_level

UNITS, YEARS, SIZE, LEADERS, GROUPS = 5_000, range(2016, 2026), 40, 6, 50
LARGE, DEMO, MEMORY = 15.0, 2.0, 4_000  # seconds, seconds, megabytes


def measure(options: Options) -> Iterator[Result]:
    """Frames are made first: what is measured is what a build adds for the newest year."""
    inputs = _large(UNITS // 10 if options.quick else UNITS)
    yield Result(
        "signals", f"{len(inputs.people):,} person-years: all signals", "s", [_spent(lambda: every.rows(inputs))], LARGE
    )
    used = psutil.Process().memory_info().rss / 1e6
    yield Result("signals", "memory of the process then", "MB", [used], MEMORY)
    if options.home:
        with duckdb.connect(str(connection.current(Home(options.home)).facts), read_only=True) as db:
            year = signal_inputs.years(db)[0]
            told = [_spent(lambda: every.rows(signal_inputs.inputs(db, year))) for _ in range(options.repeats)]
        yield Result("signals", "the demo: read and worked out", "s", told, DEMO)


def _spent(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def _large(units: int) -> Inputs:
    """Units in fifty peer groups, everything by chance."""
    rng = np.random.default_rng(1)
    codes = np.array([f"U{number:05d}" for number in range(units)])
    yearly = pd.DataFrame({"unit_code": np.repeat(codes, len(YEARS)), "year": np.tile(list(YEARS), units)})
    leaders, others = rng.binomial(LEADERS, 0.3, len(yearly)), rng.binomial(SIZE - LEADERS, 0.25, len(yearly))
    rated = rng.multinomial(SIZE, [0.2, 0.6, 0.18, 0.02], len(yearly))
    ratings = pd.concat([yearly, pd.DataFrame(rated, columns=["HTXSNV", "HTTNV", "HTNV", "KHTNV"])], axis=1)
    people = yearly.loc[yearly.index.repeat(SIZE)].reset_index(drop=True)
    place = np.repeat(np.arange(units), len(YEARS) * SIZE) * SIZE + np.tile(np.arange(SIZE), units * len(YEARS))
    nothing = pd.DataFrame(columns=["unit_code"])
    return Inputs(
        until=YEARS[-1],
        units=pd.DataFrame(
            {"unit_code": codes, "peer_group": [f"G{n % GROUPS}" for n in range(units)], "cluster_code": "C"}
        ),
        awards=yearly.assign(awarded=leaders + others, staff=SIZE),
        leaders=yearly.assign(staff=SIZE, leaders=LEADERS, awarded=leaders + others, awarded_leaders=leaders),
        levels=by_level(yearly, leaders + others),
        ratings=ratings.melt(["unit_code", "year"], var_name="rating", value_name="people"),
        people=people.assign(
            person=place.astype(str),
            position_group="TRUC_TIEP",
            rating="HTTNV",
            won=rng.random(len(people)) < 0.27,
            must_wait=False,
        ),
        results=yearly.assign(met=rng.binomial(10, 0.7, len(yearly)), known=10),
        scores=nothing.reindex(columns=["unit_code", "cluster_code", "year", "own", "final"]),
        ceilings=nothing.reindex(columns=["unit_code", "year", "rule_id", "award", "used", "allowed"]),
        today=yearly.assign(today=yearly["unit_code"]),
    )
