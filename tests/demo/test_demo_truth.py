"""What the demo's truth says, lived through or planted, can be seen in its figures and rows, and there only."""

from math import log

import pandas as pd
import pytest

from pipelines.demo import patterns
from pipelines.demo.world import World
from pipelines.settings import Home
from pipelines.warehouse.connection import Version
from tests.support.counted.versions import table
from tests.support.homes import planted

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(received: Home) -> Home:
    return received


def _totals(version: Version, metric: str, breakdown: str = "") -> dict[str, tuple[float, float]]:
    """unit -> numerator and denominator over all the years."""
    rows = table(
        version,
        "SELECT v.unit_code, sum(numerator), sum(denominator) FROM metric_values v JOIN reporting USING (unit_code, period) "
        f"WHERE metric = '{metric}' AND breakdown = '{breakdown}' AND stratum = '' AND state = 'reported' GROUP BY ALL",
    )
    return {unit: (float(num), float(den)) for unit, num, den in rows.itertuples(index=False)}


def _odds(num: float, den: float) -> float:
    return (num + 0.5) / (den - num + 0.5)


def test_what_was_planted_can_be_seen_in_the_figures(version: Version) -> None:
    certificates = _totals(version, "award_rate", "GK")
    ranked = sorted(certificates, key=lambda unit: -_odds(*certificates[unit]))
    strong = {one.unit_code for one in planted.of(patterns.HIGH_RATE) if one.size > 2}
    assert strong == {"T11", "T75"} == set(ranked[:2])
    rates = {unit: _odds(*figure) for unit, figure in _totals(version, "any_award_rate").items() if unit[0] == "V"}
    assert log(rates["V02"] / pd.Series(rates).median()) > 0.3
    outstanding = _totals(version, "rating_share", "HTXSNV")
    shares = {unit: num / den for unit, (num, den) in outstanding.items()}
    excellent = {one.unit_code for one in planted.of(patterns.EXCELLENT)}
    assert {unit for unit, share in shares.items() if share > 0.85} == excellent
    assert max(share for unit, share in shares.items() if unit not in excellent) < 0.4
    awarded, staff = _totals(version, "leader_award_share"), _totals(version, "leader_staff_share")
    favoured = {unit: log(_odds(*awarded[unit]) / _odds(*staff[unit])) for unit in awarded}
    usual = pd.Series(favoured).median()
    assert 0 < usual < 1 < favoured["V05"]
    assert favoured["T38"] > usual + 0.3


def test_missing_and_late_posting_stand_in_the_rows_where_planted_only(version: Version) -> None:
    rows = table(
        version,
        "SELECT unit_code, avg(CAST(published_on IS NULL AS INT)), avg(CAST(coalesce(published_on > submitted_on, false) AS INT)) "
        "FROM awards WHERE CAST(achievement_year AS VARCHAR) = period GROUP BY ALL",
    )
    shares = {unit: (missing, late) for unit, missing, late in rows.itertuples(index=False)}
    [unpublished], [late] = planted.of(patterns.UNPUBLISHED), planted.of(patterns.LATE_PUBLISHED)
    assert abs(shares.pop(unpublished.unit_code)[0] - unpublished.size) < 0.1
    assert abs(shares.pop(late.unit_code)[1] - late.size) < 0.1
    assert max(missing for missing, _ in shares.values()) < 0.1 and max(late for _, late in shares.values()) == 0


def test_staff_and_ratings_are_those_the_invented_organisation_lived_through(version: Version, world: World) -> None:
    built = table(
        version,
        "SELECT metric, unit_code, period, breakdown, numerator, denominator FROM metric_values JOIN reporting "
        "USING (unit_code, period) WHERE metric IN ('leader_staff_share', 'rating_share') AND stratum = '' "
        "AND state = 'reported' AND route = 'own'",
    )
    seen = 0
    for metric, unit, period, rating, numerator, denominator in built.itertuples(index=False):
        home_staff = [one for one in world.years[unit, int(period)].rated if one.stay.is_home]
        if metric == "leader_staff_share":
            expected = (sum(one.stay.is_leader for one in home_staff), len(home_staff))
        else:
            rated = [one.rating for one in home_staff if one.rating != "CXL"]
            expected = (rated.count(rating), len(rated))
        assert (numerator, denominator) == expected, (metric, unit, period, rating)
        seen += 1
    assert seen > 250
