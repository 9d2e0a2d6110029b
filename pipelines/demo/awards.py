"""Who is proposed for what, and what comes of it: the law's order of titles, the ceiling of 15 %, waits and favours as
planted.
"""

from dataclasses import dataclass, field
from math import exp, log
from random import Random

from pipelines.demo.patterns import EXCELLENT, HONEST_LEADER_ODDS, LEADERS, ROTATION, odds_shift, size_of
from pipelines.demo.people import Person
from pipelines.demo.ratings import Rated

GOOD = ("HTXSNV", "HTTNV")
_CHANCE = {"HTXSNV": 0.55, "HTTNV": 0.25, "HTNV": 0.06}  # of any award beyond LDTT
_CHANCE_ALIKE = 0.27  # where everyone is rated excellent, ratings say nothing about awards
_UNIT_SPREAD, _YEAR_SPREAD = 0.35, 0.25  # honest differences on the log-odds
_CEILING = 0.15  # CSTDCS of those with LDTT (TT 07/2014/TT-BNV; NĐ 91/2017)
_MERIT = 0.3
_ON_TOP = 0.4  # log-odds left for sudden feats, campaigns and leaders, which come on top
_MAIN = {"CSTDCS", "GK", "BKB", "CSTDB", "BKTTG", "HCLD3"}  # what counts as "won" for the next turn


@dataclass(frozen=True)
class Choice:
    """One proposal before it gets dates and numbers. `who`: a rated person, a team code or the unit's own code."""

    who: Rated | str
    award: str
    kind: str = "THUONG_XUYEN"
    granted: bool = True


@dataclass
class Choices:
    """The proposals of a unit and year."""

    unit_code: str
    year: int
    rated: list[Rated]
    made: list[Choice] = field(default_factory=list)

    def add(self, who: Rated | str, award: str, kind: str = "THUONG_XUYEN", granted: bool = True) -> None:
        self.made.append(Choice(who, award, kind, granted))
        if granted and isinstance(who, Rated):
            who.stay.person.won.setdefault(self.year, set()).add(award)

    def has(self, who: Rated, award: str) -> bool:
        return award in who.stay.person.won.get(self.year, ())


def choose(seed: int, unit_code: str, year: int, rated: list[Rated]) -> Choices:
    """All individual proposals of a unit in a year, in the order they are made."""
    rng = Random(f"{seed}/awards/{unit_code}/{year}")
    choices = Choices(unit_code, year, rated)
    able = [r for r in rated if r.rating in _CHANCE and not r.discipline and r.stay.is_home and r.stay.has_code]
    for one in able:
        if one.rating in GOOD and rng.random() < 0.97:
            choices.add(one, "LDTT")
    winners = _winners(rng, seed, unit_code, year, able)
    titled = _base_champions(rng, choices, winners)
    for one in winners:
        if one not in titled:
            choices.add(one, "BKB" if _may_have_certificate(rng, one.stay.person, year) else "GK")
    for one in titled:
        _higher(rng, choices, one)
    _moments(rng, choices, able)
    _long_service(rng, choices, rated)
    _refused(rng, choices, [r for r in able if r not in winners])
    return choices


def _winners(rng: Random, seed: int, unit_code: str, year: int, able: list[Rated]) -> list[Rated]:
    """Who gets more than LDTT. The number is drawn first, so that turns and favours do not change it."""
    shift = odds_shift(unit_code, year)
    if not shift:  # a planted unit shows its planted size, not also a habit of its own
        shift = Random(f"{seed}/habit/{unit_code}").gauss(0, _UNIT_SPREAD) + rng.gauss(0, _YEAR_SPREAD)
    alike = size_of(EXCELLENT, unit_code, year) > 0
    odds = {one.stay.code: exp(_log_odds(one, alike) + shift) for one in able}
    number = sum(rng.random() < odd / (1 + odd) for odd in odds.values())
    by_turn = round(size_of(ROTATION, unit_code, year) * number)
    waiting = sorted(able, key=lambda one: (-_waited(one.stay.person, year), rng.random()))
    won = waiting[:by_turn]
    favour = (size_of(LEADERS, unit_code, year) or HONEST_LEADER_ODDS) / HONEST_LEADER_ODDS
    rest = [one for one in able if one not in won]
    keys = {one.stay.code: odds[one.stay.code] * (favour if one.stay.is_leader else 1) for one in rest}
    rest.sort(key=lambda one: -(rng.random() ** (1 / keys[one.stay.code])))
    return won + rest[: number - by_turn]


def _log_odds(one: Rated, alike: bool) -> float:
    chance = _CHANCE_ALIKE if alike else _CHANCE[one.rating]
    leader = log(HONEST_LEADER_ODDS) * one.stay.is_leader
    return log(chance / (1 - chance)) + leader + _MERIT * one.stay.person.merit - _ON_TOP


def _waited(person: Person, year: int) -> int:
    last = max((y for y, awards in person.won.items() if awards & _MAIN), default=min(person.ratings) - 1)
    return year - last


def _base_champions(rng: Random, choices: Choices, winners: list[Rated]) -> list[Rated]:
    """CSTDCS: LDTT and an initiative (from 2024 also HTXSNV alone), at most 15 % of LDTT, rounded down."""
    year = choices.year
    titles = sum(choice.award == "LDTT" for choice in choices.made)
    room = int(_CEILING * titles) - (rng.random() < 0.3)
    fit = [
        one
        for one in winners
        if choices.has(one, "LDTT")
        and (one.stay.person.initiatives.get(year) or (year >= 2024 and one.rating == "HTXSNV"))
    ]
    fit.sort(key=lambda one: (one.rating != "HTXSNV", -one.stay.person.merit - rng.gauss(0, 0.4)))
    for one in fit[: max(0, room)]:
        choices.add(one, "CSTDCS")
    return fit[: max(0, room)]


def _count(person: Person, award: str, first: int, last: int) -> int:
    return sum(award in person.won.get(year, ()) for year in range(first, last + 1))


def _may_have_certificate(rng: Random, person: Person, year: int) -> bool:
    """BKB: two CSTDCS in a row, or two years HTXSNV with two initiatives within five; earlier years are unknown in the
    first two.
    """
    if _count(person, "BKB", year - 2, year - 1):
        return False
    titles = _count(person, "CSTDCS", year - 2, year - 1) == 2
    lately = range(year - 4, year + 1)
    best = sum(person.ratings.get(y) == "HTXSNV" for y in lately)
    merit = best >= 2 and sum(bool(person.initiatives.get(y)) for y in lately) >= 2
    unknown = year < 2016 and person.ratings.get(year) == "HTXSNV" and rng.random() < 0.3
    return (titles or merit or unknown) and rng.random() < 0.7


def _higher(rng: Random, choices: Choices, one: Rated) -> None:
    """What may follow CSTDCS: a certificate, CSTDB after three in a row, the Prime Minister's after five good years
    (from 2024).
    """
    person, year = one.stay.person, choices.year
    if _may_have_certificate(rng, person, year) and rng.random() < 0.4:
        choices.add(one, "BKB")
    three = _count(person, "CSTDCS", year - 2, year) == 3
    if three and "BAN" in set().union(*person.initiatives.values()) and rng.random() < 0.6:
        choices.add(one, "CSTDB")
    steady = year >= 2024 and all(person.ratings.get(y) in GOOD for y in range(year - 4, year + 1))
    earlier = _count(person, "BKB", 2014, year - 1) and not _count(person, "BKTTG", 2014, year)
    if steady and earlier and _count(person, "CSTDCS", 2014, year) >= 3 and rng.random() < 0.4:
        choices.add(one, "BKTTG")


def _moments(rng: Random, choices: Choices, able: list[Rated]) -> None:
    """A few awards for a sudden feat or a campaign; turns and favours hold for those too."""
    for kind, share in (("DOT_XUAT", 0.02), ("CHUYEN_DE", 0.02)):
        for _ in range(sum(rng.random() < share for _ in able)):
            free = [one for one in able if not one.stay.person.won.get(choices.year, set()) & _MAIN]
            if not free:
                return
            if size_of(ROTATION, choices.unit_code, choices.year):
                free = sorted(free, key=lambda one: -_waited(one.stay.person, choices.year))[:1]
            favour = size_of(LEADERS, choices.unit_code, choices.year) or 1
            weights = [exp(one.stay.person.merit) * (favour if one.stay.is_leader else 1) for one in free]
            choices.add(rng.choices(free, weights)[0], "GK", kind)


def _long_service(rng: Random, choices: Choices, rated: list[Rated]) -> None:
    """The medal at twenty years; an order for leaders who retire after a long service."""
    for one in rated:
        served = choices.year - one.stay.person.joined
        if not one.stay.is_home or not one.stay.has_code or one.discipline or one.rating == "KHTNV":
            continue
        if served == 20 and rng.random() < 0.8:
            choices.add(one, "KNC", "CONG_HIEN")
        if one.stay.left_on and one.stay.rank >= 3 and served >= 25 and one.rating in GOOD and rng.random() < 0.4:
            choices.add(one, "HCLD3", "CONG_HIEN")


def _refused(rng: Random, choices: Choices, others: list[Rated]) -> None:
    """Proposals the council did not support."""
    for one in rng.sample(others, min(len(others), rng.choice((0, 0, 1, 1, 2)))):
        if choices.has(one, "LDTT"):
            choices.add(one, rng.choice(("GK", "GK", "CSTDCS", "BKB")), granted=False)
