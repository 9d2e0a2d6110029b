"""The demo over many seeds: what the signals find of what was planted, and whom they name where nothing was.

`python -m tests.seeds [--seeds 20]` prints the findings as a table; docs/evaluation.md tells what they should be at these
sizes. Workbooks are handed in without the way through Excel: what stands in them is the same.
"""

import argparse
import tempfile
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
from pipelines.settings import OWN_REFERENCE
from pipelines.warehouse.build import build
from tests.handed_in import HandedIn

FIRST, LAST = 2014, 2025
SIGNAL_OF = {
    patterns.HIGH_RATE: "award_rate",
    patterns.EXCELLENT: "same_ratings",
    patterns.ROTATION: "rotation",
    patterns.LEADERS: "leaders_first",
    patterns.RISING: "rising_awards",
}
_SAID = """
SELECT signal, unit_code, period_to, testable, level, q_value FROM signals WHERE peer_group <> '' AND period_to >= '2024'
"""


@dataclass(frozen=True)
class Seen:
    """One seed: rows (pattern, size, signal, testable, found) of what was planted; who is in the top tier without a plant."""

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
            signals = db.execute(_SAID).df()
            top = [
                unit for (unit,) in db.execute("SELECT unit_code FROM council_list WHERE level = 'explain'").fetchall()
            ]
    guilty = {one.unit_code for one in patterns.PLANTED}
    return Seen(seed, planted, _of_planted(signals), tuple(unit for unit in top if unit not in guilty))


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


def _of_planted(signals: pd.DataFrame) -> pd.DataFrame:
    told = signals.set_index(["signal", "unit_code", "period_to"])
    rows = []
    for one in (one for one in patterns.PLANTED if one.pattern in SIGNAL_OF):
        place = (SIGNAL_OF[one.pattern], one.unit_code, str(min(one.last, LAST)))
        row = told.loc[place] if place in told.index else None
        rows.append(
            {
                "pattern": one.pattern,
                "size": one.size,
                "testable": row is not None and bool(row["testable"]),
                "found": row is not None
                and bool(row["testable"])
                and row["level"] != "none"
                and row["q_value"] <= 0.10,
            }
        )
    return pd.DataFrame(rows)


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
    able = rows[rows["testable"]].groupby(["pattern", "size"])["found"].agg(["size", "mean"])
    print(able.rename(columns={"size": "tested", "mean": "found"}).to_string())
    for planted in (True, False):
        told = [one for one in every if one.planted == planted]
        most = 1 if planted else 0
        kept = sum(len(one.innocent) <= most for one in told)
        print(f"planted={planted}: at most {most} innocent in the top tier in {kept} of {len(told)}",
              {one.seed: one.innocent for one in told if one.innocent})  # fmt: skip


if __name__ == "__main__":
    main()
