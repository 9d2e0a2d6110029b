"""How often units are found and innocents named when several signals of one unit are taken together.

First on invented scores, where signals may be correlated for innocent reasons: what ACAT is for. Then on the
p-values that S1 and S3 give for invented units whose blanket habit shows in awards, in ratings, or in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

from pipelines.analysis import screening
from pipelines.analysis.discoveries import WRONG_SHARE, acat, benjamini_hochberg
from pipelines.analysis.intervals import Floats
from pipelines.evaluation.outcomes import Counted, counted
from pipelines.evaluation.rates import BY_YEAR, SMALL, award_rows
from pipelines.evaluation.replicates import Effort, table
from pipelines.evaluation.worlds import PLANTED, Flags, blanket

_SHIFT, _SIGNALS = (
    4.0,
    5,
)  # normal score of a signal that a planted unit shows; signals with p-values: S1, S3, S4, S5, S6
_SHOWN = (1, 2, 3)  # how many signals a planted unit shows, each as often


@dataclass(frozen=True)
class Setting:
    """One kind of world: `correlation` between the signals of a unit, NaN where they are S1 and S3 of
    invented units.
    """

    units: int
    correlation: float
    worlds: int
    planted: float = PLANTED


SCORES = tuple(
    Setting(units, correlation, worlds)
    for units, worlds in ((60, 400), (600, 60), (5000, 10))
    for correlation in (0.0, 0.3, 0.6)
)
MEASURED = tuple(
    Setting(units, np.nan, worlds, planted) for planted in (PLANTED, 0.0) for units, worlds in ((600, 20), (60, 120))
)


def invented_scores(effort: Effort, settings: Sequence[Setting] = SCORES) -> pd.DataFrame:
    """One row a setting and way of taking signals together."""
    return table("combined", settings, score_trial, effort).drop(columns="planted")


def measured_signals(effort: Effort, settings: Sequence[Setting] = MEASURED) -> pd.DataFrame:
    """One row a setting and list: of S1 alone, of S3 alone, of both together."""
    return table("signals", settings, signal_trial, effort).drop(columns="correlation")


def score_trial(setting: Setting, rng: np.random.Generator) -> dict[str, Counted]:
    """One world of normal scores that share a common part, planted ones higher in a few signals."""
    units, r = setting.units, setting.correlation
    planted = rng.permutation(units) < round(setting.planted * units)
    common, own = rng.standard_normal((units, 1)), rng.standard_normal((units, _SIGNALS))
    shows = rng.permuted(np.tile(np.arange(_SIGNALS), (units, 1)), axis=1) < rng.choice(_SHOWN, (units, 1))
    score = np.sqrt(r) * common + np.sqrt(1 - r) * own + _SHIFT * (shows & planted[:, None])
    p = norm.sf(score)
    fisher = chi2.sf(-2 * np.log(p).sum(1), 2 * _SIGNALS)
    lists = {
        "acat": _listed(acat(p)),
        "union": np.any([_listed(column) for column in p.T], axis=0),
        "fisher": _listed(fisher),
    }
    return {name: counted(named, planted, np.zeros(units, bool)) for name, named in lists.items()}


def signal_trial(setting: Setting, rng: np.random.Generator) -> dict[str, Counted]:
    """One world of invented units: by S1 (main version), by S3, by both taken together, and where each of
    them says so.
    """
    world = blanket(rng, setting.units, 5, setting.planted)
    awards = award_rows(world, BY_YEAR)
    rated = screening.ratings(world.size.sum(1), np.zeros(setting.units))
    both = acat(np.column_stack([awards["p_value"], rated["p_value"]]))
    alone = {name: (rows["q_value"] <= WRONG_SHARE).to_numpy() for name, rows in (("s1", awards), ("s3", rated))}
    together = _listed(both)
    lists = {**alone, "acat": together, "both": together & alone["s1"] & alone["s3"]}
    return {name: counted(named, world.planted, world.heads < SMALL) for name, named in lists.items()}


def _listed(p_values: Floats) -> Flags:
    return benjamini_hochberg(p_values) <= WRONG_SHARE
