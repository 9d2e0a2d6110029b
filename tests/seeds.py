"""The demo over many seeds: what the signals find of what was planted, and whom they name where nothing was.

`python -m tests.seeds [--seeds 20]` keeps the counts where `make evaluate` holds them against what was measured on
invented worlds of the same sizes. Workbooks are handed in without the way through Excel: what stands in them is the
same.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.contract import reference as lists
from pipelines.demo import contents, patterns, sending
from pipelines.demo.world import World
from pipelines.evaluation import demo_seeds
from pipelines.evaluation.office import COUNCIL
from pipelines.settings import OWN_REFERENCE
from pipelines.signals.shape import rare
from pipelines.warehouse.building.build import build
from tests.support.homes.handed_in import HandedIn

FIRST, LAST = 2014, 2025
SIGNAL_OF = {
    patterns.HIGH_RATE: "award_rate",
    patterns.EXCELLENT: "same_ratings",
    patterns.ROTATION: "rotation",
    patterns.LEADERS: "leaders_first",
    patterns.RISING: "rising_awards",
}
_BY_RATING = "award_rate_by_rating"  # looks for the same as the award rate; ratings planted as well would excuse it
_SAID = """
SELECT signal, unit_code, peer_group, CAST(period_to AS INTEGER) AS year, testable, level, q_value
FROM signals WHERE peer_group <> '' AND period_to >= '2024'
"""
_TOP = "SELECT unit_code, CAST(period AS INTEGER) AS year FROM council_list WHERE level = 'explain'"


@dataclass(frozen=True)
class Seen:
    """One seed: rows as `demo_seeds` keeps them, of this seed alone; who is in the top tier without a plant."""

    seed: int
    planted: bool
    rows: pd.DataFrame
    innocent: tuple[str, ...]


def seen(seed: int, planted: bool) -> Seen:
    """Live the years of a seed, hand them in, build, and look. `planted` False: every unit is left honest."""
    if not planted:
        patterns.PLANTED = ()
    with tempfile.TemporaryDirectory() as folder:
        home = _handed_in(seed, Path(folder)).home
        with duckdb.connect(str(build(home).facts), read_only=True) as db:
            signals, top = db.execute(_SAID).df(), db.execute(_TOP).df()
    guilty = {one.unit_code for one in patterns.PLANTED if one.pattern in SIGNAL_OF}
    innocent = tuple(sorted(set(top["unit_code"]) - guilty))
    return Seen(seed, planted, _counted(signals, top) if planted else pd.DataFrame(), innocent)


def _handed_in(seed: int, root: Path) -> HandedIn:
    world = World(seed, lists.load(OWN_REFERENCE), LAST)
    desk = HandedIn(root)
    for one in sending.plan(world, range(FIRST, LAST + 1)):
        if one.fault or one.corrected:
            continue
        content = contents.content_of(world, one)
        rows = {sheet.table: content.sheets[sheet.key] for sheet in content.form.sheets if sheet.key in content.sheets}
        hand_in = desk.cluster if one.reporter.startswith("C") else desk.unit
        hand_in(one.reporter, str(one.year), rows, on=one.received_at.date())
    return desk


def _counted(signals: pd.DataFrame, top: pd.DataFrame) -> pd.DataFrame:
    """Planted units that could be judged and those found; innocent ones that could be and those named."""
    told = signals[signals["testable"]].assign(named=rare(signals))
    habits = Counter(one.unit_code for one in patterns.PLANTED if one.pattern in SIGNAL_OF)
    twice = [unit for unit, number in habits.items() if number > 1]
    rows = []
    for signal, size, units in _planted(habits):
        for year in sorted(told["year"].unique()):
            of = told[(told["signal"] == signal) & (told["year"] == year)]
            guilty = of[of["unit_code"].isin(units)]
            honest = of[~of["unit_code"].isin(habits) & ((of["peer_group"] == "BNCTU") | (signal == "rotation"))]
            counts = (len(guilty), guilty["named"].sum(), len(honest), honest["named"].sum())
            rows.append((signal, size, year, *counts))
    last = signals[(signals["signal"] == "award_rate") & (signals["year"] == LAST) & (signals["peer_group"] == "BNCTU")]
    honest = set(last["unit_code"]) - set(habits)
    there = set(top.loc[top["year"] == LAST, "unit_code"])
    rows.append((COUNCIL, 2.0, LAST, len(twice), len(there & set(twice)), len(honest), len(there & honest)))
    return pd.DataFrame(rows, columns=[*demo_seeds.KEYS, *demo_seeds.COUNTS])


def _planted(habits: Counter[str]) -> Iterator[tuple[str, float, list[str]]]:
    """What should be found by which signal, and where; turns and leaders in departments too."""
    for pattern, signal in SIGNAL_OF.items():
        for size in sorted({one.size for one in patterns.PLANTED if one.pattern == pattern}):
            units = [one.unit_code for one in patterns.PLANTED if (one.pattern, one.size) == (pattern, size)]
            yield signal, size, units
            if pattern == patterns.HIGH_RATE:
                yield _BY_RATING, size, [unit for unit in units if habits[unit] == 1]


def _all(seeds: Sequence[int]) -> Iterator[Seen]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        jobs = [pool.submit(seen, seed, planted) for planted in (True, False) for seed in seeds]
        for job in jobs:
            yield job.result()


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--seeds", type=int, default=20)
    every = list(_all(range(1, wanted.parse_args().seeds + 1)))
    rows = pd.concat([one.rows for one in every if one.planted])
    found = rows.groupby(list(demo_seeds.KEYS), as_index=False)[list(demo_seeds.COUNTS)].sum()
    found = found[found["tested"] > 0].assign(seeds=len(every) // 2)
    top = []
    for planted, signal, most in ((True, demo_seeds.PLANTED_TOP, 1), (False, demo_seeds.EMPTY_TOP, 0)):
        told = [one for one in every if one.planted == planted]
        top.append((signal, len(told), sum(len(one.innocent) <= most for one in told)))
        print(signal, {one.seed: one.innocent for one in told if one.innocent})
    kept = pd.DataFrame(top, columns=["signal", "tested", "found"]).assign(size=0.0, year=LAST, innocent=0, wronged=0)
    demo_seeds.write(pd.concat([found, kept.assign(seeds=len(every) // 2)]))
    print(demo_seeds.read().to_string())


if __name__ == "__main__":
    main()
