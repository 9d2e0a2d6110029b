"""How large each unit is and how it is made up: sizes, rooms, titles.

Limits as in the public notices of 2013 on provincial staff.
"""

from dataclasses import dataclass
from random import Random

DEPARTMENT_SIZE = {
    "V01": 18, "V02": 24, "V03": 16, "V04": 22, "V05": 28, "V06": 21, "V07": 14, "V08": 12, "V09": 19, "V10": 56,
    "V11": 26, "V12": 13, "V13": 15, "V14": 24, "V15": 12,
}  # fmt: skip
LARGE_PROVINCES = ("T01", "T38", "T40", "T79")  # at most 30 people
SMALL_PROVINCES = ("T06", "T08", "T12", "T58", "T62", "T67", "T93")  # fewer than the ordinary 21
LIMIT_LARGE, LIMIT_ORDINARY, LIMIT_SMALL = 30, 21, 15
DEPARTMENT_LIMIT = 60
MERGED_SHARE = 0.82  # of the predecessors' people are still wanted after provinces merge


@dataclass(frozen=True)
class Room:
    """A room or team inside a unit. The code is kept through the years."""

    code: str
    name: str


_OFFICE_ROOMS = ("Phòng Tổng hợp", "Phòng Hành chính - Quản trị", "Phòng Tài chính - Kế toán", "Phòng Văn thư - Lưu trữ", "Đội xe", "Phòng Công nghệ thông tin")  # fmt: skip
_JOURNAL_ROOMS = ("Ban Biên tập", "Ban Thư ký - Trị sự", "Phòng Phóng viên", "Phòng Điện tử")
_PROVINCIAL_ROOMS = ("Văn phòng", "Phòng Theo dõi công tác nội chính", "Phòng Theo dõi công tác phòng, chống tham nhũng")  # fmt: skip
_DEPARTMENT_ROOMS = ("Phòng Tổng hợp", "Phòng Nghiệp vụ 1", "Phòng Nghiệp vụ 2", "Phòng Nghiệp vụ 3", "Phòng Nghiệp vụ 4")  # fmt: skip


def limit_of(unit_code: str, predecessors: tuple[str, ...] = ()) -> int:
    """The most people a unit may have; of a merged committee, what its predecessors might have together."""
    if unit_code.startswith("V"):
        return DEPARTMENT_LIMIT
    if predecessors:
        return sum(limit_of(code) for code in predecessors)
    if unit_code in LARGE_PROVINCES:
        return LIMIT_LARGE
    return LIMIT_SMALL if unit_code in SMALL_PROVINCES else LIMIT_ORDINARY


def wanted_size(seed: int, unit_code: str, year: int, predecessors: tuple[str, ...] = ()) -> int:
    """How many people the unit wants at the end of a year: a level of its own with a slow drift, within its limit."""
    if predecessors:
        return round(MERGED_SHARE * sum(wanted_size(seed, code, year) for code in predecessors))
    limit = limit_of(unit_code)
    rng = Random(f"{seed}/size/{unit_code}")
    level = DEPARTMENT_SIZE.get(unit_code) or round(limit * rng.uniform(0.7, 0.97))
    drift = rng.choice((-1, 0, 0, 1, 2)) * (year - 2014) // 6
    yearly = Random(f"{seed}/size/{unit_code}/{year}").choice((-1, 0, 0, 0, 1))
    return max(8, min(limit, level + drift + yearly))


def rooms_of(unit_code: str, size: int) -> tuple[Room, ...]:
    """The rooms of a unit; small departments have two or three."""
    names: tuple[str, ...] = _PROVINCIAL_ROOMS
    if unit_code == "V10":
        names = _OFFICE_ROOMS
    elif unit_code == "V11":
        names = _JOURNAL_ROOMS
    elif unit_code.startswith("V"):
        names = _DEPARTMENT_ROOMS[: max(2, min(5, size // 6))]
    return tuple(Room(f"{unit_code}-P{number}", name) for number, name in enumerate(names, start=1))
