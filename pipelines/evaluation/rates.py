"""How often units that award too readily (S1) or rate nearly all alike (S3) are found, and how often honest ones are
named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.analysis import screening, standardisation
from pipelines.analysis.discoveries import WRONG_SHARE
from pipelines.analysis.two_groups import LEFT_OUT
from pipelines.evaluation.outcomes import Counted, counted
from pipelines.evaluation.replicates import Effort, table
from pipelines.evaluation.worlds import COUNTRY, MINISTRY, PLANTED, World, awarding, rating

SMALL = 15  # people; below it units are counted apart
BY_YEAR, BY_RATING = "year", "year_and_rating"  # strata of the two versions
RAW = "raw"  # what a spreadsheet would say: more than 1.5 times the common rate


@dataclass(frozen=True)
class Setting:
    """One kind of world and how many of it are tried; `planted` is the share of units that are guilty."""

    units: int
    years: int
    worlds: int
    sizes: str = "country"
    planted: float = PLANTED
    kind: str = "plain"


_SIZES = {"country": COUNTRY, "ministry": MINISTRY}
AWARDS: tuple[Setting, ...] = (
    *(Setting(600, years, worlds) for years, worlds in ((1, 40), (3, 40), (5, 200), (10, 120))),
    *(Setting(60, years, 200) for years in (1, 5, 10)),
    *(Setting(76, years, 150, "ministry") for years in (5, 10)),
    *(Setting(600, 5, 20, planted=share) for share in (0.02, 0.2)),
    Setting(600, 5, 20, kind="heavy_tails"),
    Setting(600, 5, 40, planted=0),
    Setting(60, 5, 200, planted=0),
    Setting(600, 5, 20, planted=0, kind="heavy_tails"),
)
RATINGS: tuple[Setting, ...] = (
    *(Setting(600, years, 40) for years in (1, 3, 5, 10)),
    *(Setting(60, years, 150) for years in (3, 5)),
    Setting(76, 5, 120, "ministry"),
    Setting(600, 5, 40, kind="subtle"),
    Setting(600, 5, 40, planted=0),
    Setting(60, 5, 150, planted=0),
)
_KINDS_OF_AWARDS = {"plain": {}, "heavy_tails": {"heavy_tails": True}}
_KINDS_OF_RATINGS = {"plain": {}, "subtle": {"one_rating": 0.88}}


def award_rates(effort: Effort, settings: Sequence[Setting] = AWARDS) -> pd.DataFrame:
    """S1: one row a setting and version, with and without ratings among the strata, and the spreadsheet's rule."""
    return table("s1", settings, award_trial, effort)


def rating_spread(effort: Effort, settings: Sequence[Setting] = RATINGS) -> pd.DataFrame:
    """S3: one row a setting and method, ours and the rule that more than 90 % have one rating."""
    return table("s3", settings, rating_trial, effort)


def award_trial(setting: Setting, rng: np.random.Generator) -> dict[str, Counted]:
    """One world of award rates, by every version."""
    kind = _KINDS_OF_AWARDS[setting.kind]
    world = awarding(rng, setting.units, setting.years, setting.planted, _SIZES[setting.sizes], **kind)
    count, size = world.count.sum((1, 2)), world.size.sum((1, 2))
    found = {version: _listed(award_rows(world, version)) for version in (BY_YEAR, BY_RATING)}
    found[RAW] = count / size > 1.5 * count.sum() / size.sum()
    return {name: counted(named, world.planted, world.heads < SMALL) for name, named in found.items()}


def rating_trial(setting: Setting, rng: np.random.Generator) -> dict[str, Counted]:
    """One world of ratings."""
    kind = _KINDS_OF_RATINGS[setting.kind]
    world = rating(rng, setting.units, setting.years, setting.planted, sizes=_SIZES[setting.sizes], **kind)
    counts = world.size.sum(1)
    found = {
        "two_groups": _listed(screening.ratings(counts, np.zeros(len(counts)))),
        "over_90": counts.max(1) / counts.sum(1) > 0.9,
    }
    return {name: counted(named, world.planted, world.heads < SMALL) for name, named in found.items()}


def award_rows(world: World, version: str) -> pd.DataFrame:
    """One row a unit, as a council would get them: all units are one peer group."""
    count, size = world.count.sum((1, 2)), world.size.sum((1, 2))
    kept = LEFT_OUT if version == BY_YEAR else 1.0
    return screening.shares(count, size, expected(world, version), np.zeros(len(size)), kept=kept)


def expected(world: World, version: str) -> np.ndarray:
    """Expected awards of each unit, standardised by year alone or by year and rating."""
    units, years, ratings = world.size.shape
    unit, year, rated = np.indices((units, years, ratings)).reshape(3, -1)
    stratum = year * ratings + rated if version == BY_RATING else year
    rows = standardisation.expected(unit, np.zeros_like(unit), stratum, world.count.ravel(), world.size.ravel())
    result: np.ndarray = rows["expected"].to_numpy()
    return result


def _listed(rows: pd.DataFrame) -> np.ndarray:
    result: np.ndarray = (rows["q_value"] <= WRONG_SHARE).to_numpy()
    return result
