"""From the sentence of a signal to the rows its figures were counted from: all of its years, each row with its cell."""

from dataclasses import dataclass

import pandas as pd

from pipelines.contract.vocabulary import AWARD_LEVELS
from pipelines.signals.shape import NO_MERIT
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import signal_inputs
from pipelines.warehouse.door.evidence import evidence_of_places
from pipelines.warehouse.viewer import Viewer

_MERIT, _LEVELS, _OF_LEVEL, _CATEGORY = (
    "merit",
    "levels",
    "level",
    "category",
)  # what a part is split by, asked of the version


@dataclass(frozen=True)
class _Part:
    """Rows of one kind: those of `part` (num, den) of a metric, of one breakdown or of those a word above
    stands for.
    """

    name: str
    metric: str
    part: str = "num"
    breakdown: str = ""


_AWARDS = (_Part("awards", "award_rate", breakdown=_MERIT), _Part("people", "award_rate", "den", _MERIT))
_WON = (_Part("won", "any_award_rate"), _Part("able", "any_award_rate", "den"))
_PARTS = {
    "award_rate": _AWARDS,
    "award_rate_by_rating": _AWARDS,
    "same_ratings": (_Part("alike", "rating_share", breakdown=_CATEGORY), _Part("rated", "rating_share", "den")),
    "same_levels": (
        _Part("alike", "award_rate", breakdown=_OF_LEVEL),
        _Part("awards", "award_rate", breakdown=_LEVELS),
    ),
    "rotation": _WON,
    "leaders_first": (
        _Part("leaders_awarded", "leader_award_share"),
        _Part("awarded", "leader_award_share", "den"),
        _Part("leaders", "leader_staff_share"),
        _Part("people", "leader_staff_share", "den"),
    ),
    "rising_awards": (*_AWARDS, _Part("met", "target_met_share"), _Part("targets", "target_met_share", "den")),
    "same_people": (_Part("won", "any_award_rate"), _Part("people", "any_award_rate", "den")),
    "ceiling_filled": (_Part("used", "cap_use"), _Part("allowed", "cap_use", "den")),
    "own_score_above_final": (
        _Part("own", "cluster_score", breakdown="self"),
        _Part("final", "cluster_score", breakdown="final"),
    ),
    "score_spread": (_Part("final", "cluster_score", breakdown="final"),),
    "alike_scores": (_Part("final", "cluster_score", breakdown="final"),),
}
_SIGNAL = """
SELECT unit_code, category, counted_in FROM signals
WHERE signal = $signal AND ($unit::VARCHAR IS NULL OR unit_code = $unit) AND period_to = $period AND counted_in <> ''
"""
_CODES = """
SELECT string_agg(DISTINCT v.breakdown, '|' ORDER BY v.breakdown) AS codes
FROM metric_values v
LEFT JOIN (SELECT award, any_value(level) AS level FROM award_catalogue GROUP BY award) a ON a.award = v.breakdown
WHERE v.metric = 'award_rate' AND v.breakdown <> '' AND NOT list_contains($left_out::VARCHAR[], v.breakdown)
  AND ($levels::VARCHAR[] IS NULL OR list_contains($levels::VARCHAR[], a.level))
"""


def behind(version: Version, viewer: Viewer, signal: str, unit_code: str | None, period: str) -> pd.DataFrame:
    """What a signal at the end of a year counted of a unit or cluster (of all when None), in all its years; empty where
    nothing was.

    judged (whose sentence it is), name (what the rows are of: awards, people and so on, in the order they are told),
    the columns of `evidence`, and waited: of turns the years a person had waited. Amounts of a name add up to what
    the sentence says, or to what its shares and means are made of.
    """
    told = frame(version, viewer, _SIGNAL, {"signal": signal, "unit": unit_code, "period": period})
    found = [
        _of_part(version, viewer, part, units, str(category))
        for category, units in told.groupby("category")
        for part in _PARTS[signal]
    ]
    if not found:
        return pd.DataFrame(columns=["judged", "name"])
    rows = pd.concat(found, ignore_index=True)
    return _waiting(version, viewer, rows, int(period)) if _PARTS[signal] is _WON else rows


def _of_part(version: Version, viewer: Viewer, one: _Part, units: pd.DataFrame, category: str) -> pd.DataFrame:
    judged = {place: row.unit_code for row in units.itertuples() for place in row.counted_in.split("|")}
    named = {_MERIT: None, _LEVELS: list(AWARD_LEVELS), _OF_LEVEL: [category]}
    breakdown = category if one.breakdown == _CATEGORY else one.breakdown
    if one.breakdown in named:
        asked = {"left_out": list(NO_MERIT), "levels": named[one.breakdown]}
        breakdown = str(frame(version, viewer, _CODES, asked)["codes"].iloc[0] or "")
    rows = evidence_of_places(version, viewer, one.metric, list(judged), breakdown)
    rows = rows[rows["part"] == one.part]
    return rows.assign(judged=(rows["unit_code"] + "/" + rows["period"]).map(judged), name=one.name)


def _waiting(version: Version, viewer: Viewer, rows: pd.DataFrame, until: int) -> pd.DataFrame:
    """The rows of those who could have won, with the years each had waited."""
    from pipelines.signals import rotation  # half a second to import

    able = rotation.able(signal_inputs.people(version, viewer, until), until)
    waited = pd.Series(able["waited"].to_numpy(), index=[able["year"].astype(str), able["person"]])
    keys = pd.MultiIndex.from_frame(rows[["period", "person"]])
    return rows.assign(waited=waited.reindex(keys).to_numpy()).dropna(subset="waited").reset_index(drop=True)
