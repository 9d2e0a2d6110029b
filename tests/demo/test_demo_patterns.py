"""What the truth says was planted can be seen in the rows, in its size; honest units show nothing of the kind."""

from math import log, sqrt
from statistics import median

from pipelines.demo import patterns
from pipelines.demo.ratings import Rated
from pipelines.demo.world import World

MERIT = {"CSTDCS", "CSTDB", "GK", "BKB", "BKTTG"}
People = dict[int, list[Rated]]  # year -> home staff


def _people(world: World, code: str) -> People:
    return {
        year: [rated for rated in one.rated if rated.stay.is_home]
        for (unit, year), one in world.years.items()
        if unit == code
    }


def _planted(pattern: str) -> list[patterns.Planted]:
    return [planted for planted in patterns.PLANTED if planted.pattern == pattern]


def _honest(world: World, *of: str) -> list[str]:
    """Units of at least eight years in which none of the patterns was planted."""
    marked = {planted.unit_code for planted in patterns.PLANTED if planted.pattern in of}
    codes = {code for code, _ in world.years}
    return sorted(code for code in codes - marked if len(_people(world, code)) >= 8)


def _won(rated: Rated, year: int) -> bool:
    return bool(rated.stay.person.won.get(year, set()) & MERIT)


def _rate(people: People, first: int = 2014) -> float:
    rows = [_won(rated, year) for year, staff in people.items() for rated in staff if year >= first]
    return sum(rows) / len(rows)


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def test_high_rates_stand_out_by_their_planted_size(world: World) -> None:
    usual = median(_rate(_people(world, code)) for code in _honest(world, patterns.HIGH_RATE))
    assert 0.2 < usual < 0.32
    for planted in _planted(patterns.HIGH_RATE):
        shift = _log_odds(_rate(_people(world, planted.unit_code), planted.first)) - _log_odds(usual)
        assert planted.size - 0.7 < shift < planted.size + 0.7, planted


def _leader_odds(people: People) -> float:
    rows = [(rated.stay.is_leader, _won(rated, year)) for year, staff in people.items() for rated in staff]
    cell = {key: rows.count(key) + 0.5 for key in ((True, True), (True, False), (False, True), (False, False))}
    return cell[True, True] * cell[False, False] / (cell[True, False] * cell[False, True])


def test_leaders_are_favoured_where_planted_only(world: World) -> None:
    honest = [_leader_odds(_people(world, code)) for code in _honest(world, patterns.LEADERS)]
    assert 1.4 < median(honest) < 2.5
    for planted in _planted(patterns.LEADERS):
        assert 0.5 * planted.size < _leader_odds(_people(world, planted.unit_code)) < 2 * planted.size, planted


def test_nearly_everyone_is_excellent_where_planted_only(world: World) -> None:
    def share(people: People, first: int = 2014) -> float:
        rows = [r.rating for year, staff in people.items() for r in staff if r.rating != "CXL" and year >= first]
        return rows.count("HTXSNV") / len(rows)

    assert max(share(_people(world, code)) for code in _honest(world, patterns.EXCELLENT)) < 0.3
    for planted in _planted(patterns.EXCELLENT):
        assert share(_people(world, planted.unit_code), planted.first) > 0.88, planted


def _waits(people: People) -> float:
    """Standardised score of waiting among the winners: large when turns are taken (exact mean and variance)."""
    score = variance = 0.0
    for year, staff in people.items():
        before = {id(rated.stay.person) for rated in people.get(year - 1, [])}
        able = [rated for rated in staff if id(rated.stay.person) in before]
        if len(able) < 3:
            continue
        waits = [_wait(rated, year) for rated in able]
        ordered = sorted(waits)
        ranks = [ordered.index(w) + ordered.count(w) / 2 for w in waits]
        mean, n, winners = sum(ranks) / len(ranks), len(able), [_won(rated, year) for rated in able]
        score += sum(rank - mean for rank, won in zip(ranks, winners, strict=True) if won)
        m = sum(winners)
        variance += m * (n - m) / (n * (n - 1)) * sum((rank - mean) ** 2 for rank in ranks)
    return score / sqrt(variance)


def _wait(rated: Rated, year: int) -> int:
    won = [when for when, awards in rated.stay.person.won.items() if awards & MERIT and when < year]
    return year - max(won, default=min(rated.stay.person.ratings, default=year) - 1)


def test_turns_are_taken_where_planted_only(world: World) -> None:
    honest = [_waits(_people(world, code)) for code in _honest(world, patterns.ROTATION)]
    assert max(honest) < 2
    for planted in _planted(patterns.ROTATION):
        assert _waits(_people(world, planted.unit_code)) > 5 * planted.size, planted


def _slope(people: People) -> float:
    """Change of the award log-odds a year (one-step score estimate)."""
    size = {year: len(staff) for year, staff in people.items()}
    total, rate = sum(size.values()), _rate(people)
    middle = sum(year * n for year, n in size.items()) / total
    won = {year: sum(_won(rated, year) for rated in staff) for year, staff in people.items()}
    score = sum((year - middle) * (won[year] - size[year] * rate) for year in size)
    return score / (rate * (1 - rate) * sum(n * (year - middle) ** 2 for year, n in size.items()))


def test_awards_rise_while_results_do_not(world: World) -> None:
    assert max(_slope(_people(world, code)) for code in _honest(world, patterns.RISING, patterns.HIGH_RATE)) < 0.12
    for planted in _planted(patterns.RISING):
        assert planted.size - 0.08 < _slope(_people(world, planted.unit_code)) < planted.size + 0.08
        results = [_result(world, planted.unit_code, year) for year in range(2014, 2026)]
        assert abs(sum(results[6:]) - sum(results[:6])) / 6 < 0.08


def _result(world: World, code: str, year: int) -> float:
    """Mean of how far results lie above what was registered (below, where lower is better), as a share."""
    gaps = []
    for row in world.years[code, year].sheets["targets"]:
        if row["achieved"] is not None:
            gap = float(str(row["achieved"])) / float(str(row["planned"])) - 1
            gaps.append(gap if row["direction"] == "TANG" else -gap)
    return sum(gaps) / len(gaps)


def test_posting_is_missing_or_late_where_planted_only(world: World) -> None:
    def shares(code: str, first: int, last: int) -> tuple[float, float]:
        rows = [
            row
            for year in range(first, last + 1)
            if (code, year) in world.years
            for row in world.years[code, year].sheets["awards"]
            if row["achievement_year"] == year
        ]
        posted = [row for row in rows if row["published_on"]]
        late = sum(str(row["published_on"]) > str(row["submitted_on"]) for row in posted)
        return 1 - len(posted) / len(rows), late / len(posted)

    for planted in _planted(patterns.UNPUBLISHED):
        assert abs(shares(planted.unit_code, planted.first, planted.last)[0] - planted.size) < 0.1
    for planted in _planted(patterns.LATE_PUBLISHED):
        assert abs(shares(planted.unit_code, planted.first, planted.last)[1] - planted.size) < 0.1
    for code in _honest(world, patterns.UNPUBLISHED, patterns.LATE_PUBLISHED):
        missing, late = shares(code, 2014, 2025)
        assert missing < 0.05 and late == 0


def test_truth_is_cut_to_the_years_asked_for() -> None:
    cut = patterns.planted_between(2024, 2025)
    assert all(planted.first >= 2024 and planted.last <= 2025 for planted in cut)
    assert {planted.unit_code for planted in cut} >= {"T11", "V04", "V05", "V11", "V12"}
    assert "T48" not in {planted.unit_code for planted in cut}
