"""Rooms and teams of a unit, their ratings, and the titles of collectives."""

from random import Random

from pipelines.demo.awards import Choices
from pipelines.demo.ratings import Rated, collective_rating
from pipelines.demo.units import Room

Row = dict[str, object]
_ENOUGH_TITLES = 0.7  # of the people must have LDTT (law of 2022, articles 27-28, as the press states it)


def rows_of(rooms: tuple[Room, ...], rated: list[Rated]) -> list[Row]:
    """Rows of `Tập thể`: people there on 31/12 and the rating."""
    rows: list[Row] = []
    for room in rooms:
        inside = [one for one in rated if one.stay.room.code == room.code]
        here = sum(one.stay.left_on is None for one in inside)
        rows.append(
            {"team_code": room.code, "team_name": room.name, "headcount": here, "rating": collective_rating(inside)}
        )
    return rows


def choose(rng: Random, choices: Choices, rooms: tuple[Room, ...], flag: bool) -> None:
    """Add the collective titles: TTLDTT, the best of them TTLDXS, a certificate now and then, the flag where it was
    won.
    """
    good = []
    for room in rooms:
        inside = [one for one in choices.rated if one.stay.room.code == room.code and one.stay.is_home]
        if len(inside) >= 3 and _titled(choices, inside) and rng.random() < 0.9:
            choices.add(room.code, "TTLDTT")
            good.append((room, inside))
    best = [room for room, inside in good if _outstanding(choices, inside)]
    for room in best[: max(1, len(good) // 5)]:
        choices.add(room.code, "TTLDXS")
    for room, _ in good:
        if rng.random() < 0.06:
            choices.add(room.code, rng.choice(("GK", "BKB")), rng.choice(("DOT_XUAT", "CHUYEN_DE", "THUONG_XUYEN")))
    own = [one for one in choices.rated if one.stay.is_home]
    if _titled(choices, own):
        choices.add(choices.unit_code, "TTLDTT")
        if _outstanding(choices, own) and (flag or rng.random() < 0.35):
            choices.add(choices.unit_code, "TTLDXS")
            if flag:
                choices.add(choices.unit_code, "COB")


def _titled(choices: Choices, people: list[Rated]) -> bool:
    titles = sum(choices.has(one, "LDTT") for one in people)
    warned = any(one.discipline in ("CANH_CAO", "CACH_CHUC") for one in people)
    return bool(people) and titles / len(people) >= _ENOUGH_TITLES and not warned


def _outstanding(choices: Choices, people: list[Rated]) -> bool:
    return (
        collective_rating(people) == "HTXSNV"
        and any(choices.has(one, "CSTDCS") for one in people)
        and not any(one.rating == "KHTNV" or one.discipline for one in people)
    )
