"""Careers: who is where in every year.

People are hired, promoted, move between departments, retire, follow a reorganisation.
"""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from pipelines.contract.reference import Reference, Unit, in_force, period_of, unit_on
from pipelines.demo.people import Person, Post, Rank, Stay, is_specialist, job_title, new_person, on_contract
from pipelines.demo.units import Room, limit_of, rooms_of, wanted_size

FIRST_YEAR = 2014
_LEAVES = 0.03  # a year, for other reasons than age
_MOVES = 0.03  # a year, between departments
_RETIRES_AT = {False: 60, True: 57}


class Careers:
    """The staff of all units, carried from year to year. `staff[unit_code, year]` holds the finished staff lists."""

    def __init__(self, seed: int, reference: Reference) -> None:
        self.seed, self.reference = seed, reference
        self.posts: dict[str, list[Post]] = {}
        self.staff: dict[tuple[str, int], list[Stay]] = {}
        self._issued: dict[str, int] = defaultdict(int)

    def units(self, year: int) -> list[Unit]:
        """Units in force on the due date of a year: those that report."""
        due = _due(self.reference, year)
        return [unit for unit in self.reference.units if in_force(unit, due)]

    def predecessors(self, unit_code: str, year: int) -> tuple[str, ...]:
        """Committees that were merged into a unit (share 1); empty for a unit that simply goes on."""
        rows = self.reference.unit_lineage
        return tuple(r.old_code for r in rows if r.new_code == unit_code and r.share == 1 and unit_code.startswith("M"))

    def run(self, last_year: int) -> None:
        """Live through all years up to `last_year`."""
        for year in range(FIRST_YEAR, last_year + 1):
            gone: dict[str, list[Stay]] = defaultdict(list)
            if year > FIRST_YEAR:
                self._reorganise(year, gone)
                self._departures(year, gone)
                self._moves(year, gone)
            for unit in self.units(year):
                self._fill(unit, year, len(gone[unit.unit_code]))
                here = [self._stay(unit, post, year) for post in self.posts[unit.unit_code]]
                self.staff[unit.unit_code, year] = sorted(here + gone[unit.unit_code], key=_staff_order)

    def _rng(self, *what: object) -> Random:
        return Random("/".join(str(part) for part in (self.seed, *what)))

    def _stay(self, unit: Unit, post: Post, year: int, left_on: date | None = None, is_home: bool = True) -> Stay:
        person, rooms = post.person, self._rooms(unit, year)
        if unit.code_scope not in person.codes:
            self._issued[unit.code_scope] += 1
            person.codes[unit.code_scope] = f"{unit.code_scope}-{self._issued[unit.code_scope]:04d}"
        room = post.room % len(rooms)
        title = job_title(unit.unit_code, post.rank, room, person, year)
        arrived = post.since if post.since.year == year else None
        coded = not on_contract(unit.unit_code, room, post)
        code = person.codes[unit.code_scope]
        return Stay(person, code, post.rank, rooms[room], title, arrived, left_on, is_home, coded)

    def _rooms(self, unit: Unit, year: int) -> tuple[Room, ...]:
        return rooms_of(unit.unit_code, self.wanted(unit.unit_code, FIRST_YEAR))

    def wanted(self, unit_code: str, year: int) -> int:
        """How many people a unit wants at the end of a year."""
        return wanted_size(self.seed, unit_code, year, self.predecessors(unit_code, year))

    def _reorganise(self, year: int, gone: dict[str, list[Stay]]) -> None:
        """People follow their unit into its successor; of a unit that goes on, the stated share goes."""
        for row in self.reference.unit_lineage:
            if row.from_on.year != year:
                continue
            posts = self.posts[row.old_code]
            going = [post for post in posts if post.rank is not Rank.HEAD or row.share == 1]
            going = going[: round(len(posts) * row.share)] if row.share < 1 else going
            old = unit_on(self.reference, row.old_code, row.from_on)
            for post in going:
                posts.remove(post)
                if old:  # the old unit goes on and lists the people who left it
                    leaves = row.from_on - timedelta(days=1)
                    gone[row.old_code].append(self._stay(old, post, year, leaves, is_home=False))
                self.posts.setdefault(row.new_code, []).append(Post(post.person, post.rank, post.room, row.from_on))

    def _departures(self, year: int, gone: dict[str, list[Stay]]) -> None:
        for unit in self.units(year):
            rng = self._rng("departures", unit.unit_code, year)
            posts = self.posts.get(unit.unit_code, [])
            excess = max(0, len(posts) - self.wanted(unit.unit_code, year) - 1)
            oldest = sorted(posts, key=lambda post: post.person.born)[:excess]
            for post in list(posts):
                age = year - post.person.born
                if age >= _RETIRES_AT[post.person.female] or rng.random() < _LEAVES or post in oldest:
                    posts.remove(post)
                    earliest = max(date(year, 1, 15), post.since + timedelta(days=30))
                    left = earliest + timedelta(days=rng.randrange((date(year, 11, 30) - earliest).days))
                    gone[unit.unit_code].append(self._stay(unit, post, year, left))

    def _moves(self, year: int, gone: dict[str, list[Stay]]) -> None:
        """Between departments, which share one set of staff codes."""
        departments = [unit for unit in self.units(year) if unit.unit_code.startswith("V")]
        for unit in departments:
            rng = self._rng("moves", unit.unit_code, year)
            for post in list(self.posts.get(unit.unit_code, [])):
                settled = post.rank > Rank.ROOM_HEAD or is_specialist(unit.unit_code, post.room % 6)
                if settled or post.since.year == year or rng.random() >= _MOVES:
                    continue
                goal = rng.choice([other for other in departments if other is not unit])
                on = date(year, rng.randint(2, 10), rng.randint(1, 28))
                self.posts[unit.unit_code].remove(post)
                gone[unit.unit_code].append(self._stay(unit, post, year, on - timedelta(days=1), is_home=False))
                rank = Rank.STAFF if post.rank is Rank.ROOM_DEPUTY else post.rank
                self.posts.setdefault(goal.unit_code, []).append(Post(post.person, rank, rng.randrange(6), on))

    def _fill(self, unit: Unit, year: int, left: int) -> None:
        """Hire up to the wanted size (rows of the year stay within the limit), then fill the posts of leaders."""
        rng = self._rng("fill", unit.unit_code, year)
        posts = self.posts.setdefault(unit.unit_code, [])
        limit = limit_of(unit.unit_code, self.predecessors(unit.unit_code, year))
        wanted = min(self.wanted(unit.unit_code, year), limit - left)
        rooms = len(self._rooms(unit, year))
        names = {post.person.name for post in posts}
        while len(posts) < wanted:
            first = year == FIRST_YEAR
            person = _unlike(rng, year, names, Rank.ROOM_HEAD if first and len(posts) < 3 + rooms else Rank.STAFF)
            since = date(year - 1, 6, 1) if first else date(year, rng.randint(1, 9), rng.randint(1, 28))
            posts.append(Post(person, Rank.STAFF, len(posts) % rooms, since))
        _appoint(posts, rooms, year)


def _unlike(rng: Random, year: int, names: set[str], rank: Rank) -> Person:
    """A new person whose name nobody in the unit has yet."""
    while True:
        person = new_person(rng, year, rank)
        if person.name not in names:
            names.add(person.name)
            return person


def _appoint(posts: list[Post], rooms: int, year: int) -> None:
    """One head, the deputies the size allows, a head a room, a deputy in large rooms.

    Nobody loses rank but spare heads.
    """
    heads = _ranked([post for post in posts if post.rank is Rank.HEAD], year)
    for spare in heads[1:]:
        spare.rank = Rank.DEPUTY
    deputies = 1 if len(posts) < 13 else 2 if len(posts) < 30 else 3
    _promote(posts, Rank.DEPUTY, Rank.HEAD, 1, year)
    _promote(posts, Rank.ROOM_HEAD, Rank.DEPUTY, deputies, year)
    for number in range(rooms):
        inside = [post for post in posts if post.room % rooms == number]
        _promote(inside, Rank.ROOM_DEPUTY, Rank.ROOM_HEAD, 1, year)
        if len(inside) >= 7:
            _promote(inside, Rank.STAFF, Rank.ROOM_DEPUTY, 1, year)


def _promote(posts: list[Post], lowest: Rank, to: Rank, wanted: int, year: int) -> None:
    """Fill a rank from the best of those below it, nearest rank first."""
    while sum(post.rank is to for post in posts) < wanted:
        below = [post for post in posts if post.rank < to]
        if not below:
            return
        near = [post for post in below if post.rank >= lowest] or below
        _ranked(near, year)[0].rank = to


def _ranked(posts: list[Post], year: int) -> list[Post]:
    """Seniority and standing count more than merit, as they do: else every leader would also be the best."""

    def claim(post: Post) -> float:
        person = post.person
        return person.standing + 0.15 * person.merit + 0.06 * (year - person.joined)

    return sorted(posts, key=lambda post: (-claim(post), post.person.name))


def _staff_order(stay: Stay) -> tuple[int, str, str]:
    return (-stay.rank, stay.room.code, stay.code)


def _due(reference: Reference, year: int) -> date:
    period = period_of(reference, str(year))
    assert period is not None
    return period.due_on
