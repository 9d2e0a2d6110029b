"""People and where they work: who they are, their post in a unit, and what stands in a staff list."""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from random import Random

from pipelines.demo.names import full_name
from pipelines.demo.units import Room


class Rank(IntEnum):
    """Place in a unit. Everything above STAFF is a leader in the official statistics."""

    STAFF = 0
    ROOM_DEPUTY = 1
    ROOM_HEAD = 2
    DEPUTY = 3
    HEAD = 4


_GROUP = {Rank.HEAD: "LD_VU", Rank.DEPUTY: "LD_VU", Rank.ROOM_HEAD: "LD_PHONG", Rank.ROOM_DEPUTY: "LD_PHONG"}


@dataclass
class Person:
    """One invented person. `merit` is standard normal and lasts; ratings and awards lean on it."""

    name: str
    female: bool
    born: int
    joined: int
    merit: float
    standing: float  # what speaks for a post besides merit
    codes: dict[str, str] = field(default_factory=dict)  # code_scope -> Mã cán bộ
    ratings: dict[int, str] = field(default_factory=dict)
    won: dict[int, set[str]] = field(default_factory=dict)  # achievement year -> awards
    initiatives: dict[int, set[str]] = field(default_factory=dict)  # year -> levels recognised


@dataclass
class Post:
    """Where a person works now."""

    person: Person
    rank: Rank
    room: int
    since: date


@dataclass(frozen=True)
class Stay:
    """A person's year in a unit: one row of `Cán bộ`."""

    person: Person
    code: str
    rank: Rank
    room: Room
    job_title: str
    arrived_on: date | None = None
    left_on: date | None = None
    is_home: bool = True  # here on 31/12 or last here
    has_code: bool = True  # some drivers on contract have none in the staff list; nobody proposes them

    @property
    def group(self) -> str:
        return _GROUP.get(self.rank, "TRUC_TIEP")

    @property
    def is_leader(self) -> bool:
        return self.rank > Rank.STAFF


def new_person(rng: Random, year: int, rank: Rank) -> Person:
    """Somebody who joins in `year`; leaders are older."""
    female = rng.random() < 0.42
    age = rng.randint(24, 44) if rank is Rank.STAFF else rng.randint(38, 54)
    if rank is Rank.STAFF and rng.random() < 0.35:
        age = rng.randint(40, 55)
    joined = max(year - max(0, age - 24), 1985) if rank else year - rng.randint(0, max(0, age - 26))
    return Person(full_name(rng, female), female, year - age, joined, rng.gauss(0, 1), rng.gauss(0, 1))


def on_contract(unit_code: str, room: int, post: Post) -> bool:
    """Whether the staff list gives somebody no code: some of the drivers."""
    return (unit_code, room) == ("V10", 4) and post.rank is Rank.STAFF and post.person.standing < -0.5


def is_specialist(unit_code: str, room: int) -> bool:
    """Rooms of `Văn phòng` whose people do not move to other departments: accounts, records, cars."""
    return unit_code == "V10" and room in (2, 3, 4)


def job_title(unit_code: str, rank: Rank, room: int, person: Person, year: int) -> str:
    """The title as a decision would write it."""
    if rank >= Rank.DEPUTY:
        head = {"V10": "Chánh Văn phòng", "V11": "Tổng Biên tập"}.get(unit_code)
        head = head or ("Vụ trưởng" if unit_code.startswith("V") else "Trưởng Ban")
        return head if rank is Rank.HEAD else f"Phó {head}"
    if rank >= Rank.ROOM_DEPUTY:
        return _room_title(unit_code, room, rank)
    return _staff_title(unit_code, room, person, year)


def _room_title(unit_code: str, room: int, rank: Rank) -> str:
    head = "Trưởng phòng"
    if unit_code == "V10" and room == 4:
        head = "Đội trưởng"
    elif unit_code == "V11" and room == 0:
        head = "Trưởng ban Biên tập"
    elif not unit_code.startswith("V") and room == 0:
        head = "Chánh Văn phòng"
    return head if rank is Rank.ROOM_HEAD else f"Phó {head}"


def _staff_title(unit_code: str, room: int, person: Person, year: int) -> str:
    special = {("V10", 2): "Kế toán viên", ("V10", 3): "Văn thư viên", ("V10", 4): "Lái xe", ("V11", 2): "Phóng viên"}
    if (unit_code, room) in special:
        return special[unit_code, room]
    served = year - person.joined
    if unit_code == "V11":
        return "Biên tập viên chính" if served > 14 else "Biên tập viên"
    return "Chuyên viên cao cấp" if served > 26 else "Chuyên viên chính" if served > 12 else "Chuyên viên"
