"""Lifelike, wholly invented submissions made from the contract: workbooks as people send them, and what was planted in
them.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pipelines.contract import reference as lists
from pipelines.demo import contents, patterns, sending, writing
from pipelines.demo.mess import style_of
from pipelines.demo.world import World
from pipelines.problems import Unknown
from pipelines.settings import OWN_REFERENCE

DEFAULT_YEARS = range(2014, 2026)
DEFAULT_SEED = 53
TRUTH = "truth.json"
Progress = Callable[[int, int], None]  # files written, files in all


@dataclass(frozen=True)
class Sent:
    """One workbook of the demo. `file` is relative to the folder; `expected`: accepted or returned."""

    file: str
    received_at: str
    reporter: str
    period: str
    expected: str


@dataclass(frozen=True)
class Truth:
    """What the demo is made of, as in `truth.json`: seed, years, planted patterns, submissions in received order."""

    seed: int
    years: tuple[int, ...]
    planted: tuple[patterns.Planted, ...]
    submissions: tuple[Sent, ...]
    synthetic: bool = True


def write(
    folder: Path, years: range, seed: int, progress: Progress | None = None, skip: int = 0, until: date = date.max
) -> Truth:
    """Write the workbooks of the years and `truth.json` into a folder. A pure function of seed and years.

    `Unknown` period.

    The organisation is always lived through from 2014, so a year looks the same whichever span is asked for. `skip`,
    `until`: not the first so many of its workbooks, and only those received before a day.
    """
    reference = lists.load(OWN_REFERENCE)
    for year in years:
        if lists.period_of(reference, str(year)) is None:
            raise Unknown(what="period", name=year)
    world = World(seed, reference, max(years))
    planned = [one for one in sending.plan(world, years) if one.received_at.date() < until][skip:]
    sent = []
    for number, one in enumerate(planned, start=1):
        name = sending.file_name(world, one)
        rng = world.rng("typing", one.reporter, one.year)  # a corrected version is the same file, mended
        style = style_of(rng, contents.by_hand(world, one.reporter, one.year))
        writing.write(folder / name, reference, contents.content_of(world, one), style, rng)
        expected = contents.expected(world, one, min(years))
        sent.append(Sent(name, one.received_at.isoformat(), one.reporter, str(one.year), expected))
        if progress:
            progress(number, len(planned))
    planted = patterns.planted_between(min(years), max(years))
    truth = Truth(seed, tuple(years), tuple(planted), tuple(sent))
    text = json.dumps(asdict(truth), ensure_ascii=False, indent=1)
    (folder / TRUTH).write_text(text + "\n", encoding="utf-8")
    return truth
