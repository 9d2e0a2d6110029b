"""Yearly ratings by merit, within the ceiling that held in the year, and the few disciplinary measures."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.demo.patterns import EXCELLENT, size_of
from pipelines.demo.people import Stay

# Mean mix of HTXSNV, HTTNV, HTNV, KHTNV and how much units differ around it (Dirichlet weight).
_MIX, _WEIGHT = (0.19, 0.64, 0.16, 0.01), 14.0
_NAMES = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
_CEILING, _CEILING_FROM = 0.20, 2019  # HTXSNV of those rated HTTNV (HD 21-HD/BTCTW 2019); no number known before
_DISCIPLINE = 0.004  # of the people a year


@dataclass(frozen=True)
class Rated:
    """A stay with its rating and, rarely, a disciplinary measure."""

    stay: Stay
    rating: str
    discipline: str = ""
    disciplined_on: date | None = None


def rate(rng: Random, unit_code: str, year: int, stays: list[Stay]) -> list[Rated]:
    """Rate everybody in a unit; who was there too short is CXL. Ratings are noted on the people."""
    held = [stay for stay in stays if not _too_short(stay, year)]
    disciplined = {stay.code: _discipline(rng, year) for stay in held if rng.random() < _DISCIPLINE}
    ranked = sorted(held, key=lambda stay: -_merit(rng, stay, stay.code in disciplined))
    counts = _counts(rng, unit_code, year, len(held))
    names = [name for name, count in zip(_NAMES, counts, strict=True) for _ in range(count)]
    given = {stay.code: name for stay, name in zip(ranked, names, strict=True)}
    for code in disciplined:
        given[code] = "HTNV" if given[code] in ("HTXSNV", "HTTNV") else given[code]
    for stay in held:
        stay.person.ratings[year] = given[stay.code]
    return [Rated(stay, given.get(stay.code, "CXL"), *disciplined.get(stay.code, ("", None))) for stay in stays]


def _too_short(stay: Stay, year: int) -> bool:
    newcomer = (
        stay.arrived_on is not None and stay.arrived_on >= date(year, 7, 1) and year - 1 not in stay.person.ratings
    )
    return newcomer or not stay.is_home or (stay.left_on is not None and stay.left_on < date(year, 7, 1))


def _merit(rng: Random, stay: Stay, disciplined: bool) -> float:
    return stay.person.merit + rng.gauss(0, 0.6) - 3 * disciplined


def _counts(rng: Random, unit_code: str, year: int, people: int) -> list[int]:
    """How many get each rating."""
    share = size_of(EXCELLENT, unit_code, year)
    if share:
        best = sum(rng.random() < share for _ in range(people))
        return [best, people - best, 0, 0]
    drawn = [rng.gammavariate(_WEIGHT * part, 1) for part in _MIX]
    best, good, fair, poor = (round(people * part / sum(drawn)) for part in drawn)
    poor = min(poor, 1)
    fair = min(fair, people - poor)
    best = min(best, people - poor - fair)
    good = people - best - fair - poor
    if year >= _CEILING_FROM:
        while best > int(_CEILING * good):
            best, good = best - 1, good + 1
    return [best, good, fair, poor]


def _discipline(rng: Random, year: int) -> tuple[str, date]:
    on = date(year, 1, 10) + timedelta(days=rng.randrange(290))
    return rng.choice(("KHIEN_TRACH", "KHIEN_TRACH", "CANH_CAO")), on


def collective_rating(rated: list[Rated]) -> str:
    """The rating of a unit or team, from the ratings of its people."""
    known = [r.rating for r in rated if r.rating != "CXL"]
    if not known:
        return "CXL"
    best, weak = known.count("HTXSNV") / len(known), (known.count("HTNV") + known.count("KHTNV")) / len(known)
    if best >= 0.12 and weak <= 0.2 and not any(r.discipline == "CANH_CAO" for r in rated):
        return "HTXSNV"
    return "HTTNV" if weak <= 0.4 else "HTNV"
