"""Counts of people held against the people they can be about, wherever both stand: never more awarded than there are.

Counts of a cluster are of the last day of the period: who left before explains one or two too many. So many that
nobody can be meant is an error.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.submissions.sheets.page import Page
from pipelines.submissions.sheets.submission import Submission
from pipelines.submissions.values.numbers import canonical

LEADERS = ("LD_BO", "LD_VU", "LD_PHONG")
_COUNTS = ("awarded_count", "proposed_count")  # of one row the second is told only where the first was not
_OWN, _CLUSTER = "CO_QUAN", "CUM"  # campaigns of nobody outside the unit, or the cluster
_TIMES, _MORE = 2, 5  # more than so many times the people, and so many more: an error
# Who joined a campaign and left before the last day. Of awards even one too many is told: such a share has no base.
_LEFT, _LEFT_SHARE = 2, 0.1


def check(submission: Submission) -> None:
    """Of a cluster: awards and campaigns by `Thành viên`. Of a unit: teams and campaigns by `Cán bộ`."""
    members = _Members.of(submission.pages.get("cluster_members"))
    awards, staff = submission.pages.get("cluster_awards"), submission.pages.get("staff")
    if members and awards and "unit_code" in awards.values:
        told: set[int] = set()
        for name in _COUNTS:
            if name in awards.values:
                told |= _awards(awards, name, members, told)
    if members and (campaigns := submission.pages.get("campaigns")):
        _campaigns_of_cluster(campaigns, members)
    if staff and staff.rows:
        everyone = _on_list(staff)
        _teams(submission.pages.get("collectives"), everyone, submission.info.value("unit_code"))
        if campaigns := submission.pages.get("campaigns"):
            _campaigns_of_unit(campaigns, everyone)


@dataclass(frozen=True)
class _People:
    """So many people, and where it says so."""

    number: float
    sheet: str
    place: str

    def told(self) -> dict[str, str]:
        return {"limit": canonical(self.number), "people_sheet": self.sheet, "other": self.place}


@dataclass
class _Members:
    """`Thành viên`: unit code -> place of its row."""

    page: Page
    places: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page | None) -> "_Members | None":
        if page is None or not {"unit_code", "staff_count", "leader_count"} <= page.values.keys():
            return None
        units = page.values["unit_code"]
        return cls(page, {unit: place for place, unit in reversed(list(enumerate(units))) if unit})

    def people(self, unit: str | None, name: str) -> _People | None:
        """The staff of a unit, its leaders, or the others ("other")."""
        place = self.places.get(unit or "")
        if place is None:
            return None
        staff, leaders = (self.page.values[one][place] for one in ("staff_count", "leader_count"))
        if not staff or (name != "staff_count" and not leaders):
            return None
        all_at, leaders_at = (self.page.address(one, place) for one in ("staff_count", "leader_count"))
        number, at = {
            "staff_count": (float(staff), all_at),
            "leader_count": (float(leaders or 0), leaders_at),
            "other": (max(float(staff) - float(leaders or 0), 0.0), f"{all_at} − {leaders_at}"),
        }[name]
        return _People(number, self.page.title, at)

    def everyone(self) -> _People | None:
        """The staff of all members together; None where one is not told."""
        counts = self.page.values["staff_count"]
        if not counts or not all(counts):
            return None
        ends = dict.fromkeys(self.page.address("staff_count", place) for place in (0, len(counts) - 1))
        return _People(sum(float(count) for count in counts if count), self.page.title, "–".join(ends))


def _on_list(staff: Page) -> _People:
    """Everybody on `Cán bộ`, who left in the period too."""
    column = next(iter(staff.columns))
    ends = dict.fromkeys(staff.address(column, place) for place in (0, len(staff.rows) - 1))
    return _People(float(len(staff.rows)), staff.title, "–".join(ends))


def _awards(page: Page, name: str, members: _Members, known: set[int]) -> set[int]:
    """One person gets an award of a kind once: rows of it add up by position group, then all together.

    Places told of.
    """
    nothing: list[str | None] = [""] * len(page.rows)
    keys = [page.values.get(one, nothing) for one in ("unit_code", "award", "award_kind", "recipient")]
    groups = page.values.get("position_group", nothing)
    places: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for place, key in enumerate(zip(*keys, strict=True)):
        if all(key) and page.values[name][place] and place not in known:
            places[key].append(place)
    found: set[int] = set()
    for (unit, *_), rows in places.items():
        leaders = [place for place in rows if groups[place] in LEADERS]
        others = [place for place in rows if groups[place] and place not in leaders]
        told = _compare(page, name, leaders, members.people(unit, "leader_count"))
        told += _compare(page, name, others, members.people(unit, "other"))
        found.update(told or _compare(page, name, rows, members.people(unit, "staff_count")))
    return found


def _compare(
    page: Page, name: str, places: list[int], people: _People | None, sure: bool = True, spare: float = 0.0
) -> list[int]:
    """The places, if together they are more than the people (and `spare`): told at the largest.

    `sure`: nobody else is meant.
    """
    total = sum(float(page.values[name][place] or 0) for place in places)
    if people is None or total <= people.number + spare:
        return []
    far = sure and total > _TIMES * people.number and total > people.number + _MORE
    cells = ", ".join(page.address(name, place) for place in places)
    code = "count.far_above_people" if far else "count.above_people"
    largest = max(places, key=lambda place: float(page.values[name][place] or 0))
    page.tell(code, name, largest, total=canonical(total), cells=cells, **people.told())
    return places


def _teams(page: Page | None, everyone: _People, unit: str) -> None:
    """Each team, and all of them; a unit that lists itself is no team of its own."""
    if page is None or not {"headcount", "team_code"} <= page.values.keys():
        return
    heads, codes = page.values["headcount"], page.values["team_code"]
    told = [place for place in range(len(heads)) if heads[place] and _compare(page, "headcount", [place], everyone)]
    teams = [place for place, head in enumerate(heads) if head and codes[place] != unit]
    if not told and teams:
        _compare(page, "headcount", teams, everyone, sure=False)


def _campaigns_of_unit(page: Page, everyone: _People) -> None:
    for place, scope in _joined(page):
        _compare(page, "participant_count", [place], everyone, sure=scope == _OWN)


def _campaigns_of_cluster(page: Page, members: _Members) -> None:
    units = page.values.get("unit_code", [""] * len(page.rows))
    for place, scope in _joined(page):
        unit = units[place]
        people = members.people(unit, "staff_count") if unit else members.everyone()
        sure = scope == _OWN if unit else scope in (_OWN, _CLUSTER)
        spare = max(_LEFT, _LEFT_SHARE * people.number) if people else 0.0
        _compare(page, "participant_count", [place], people, sure, spare)


def _joined(page: Page) -> Iterable[tuple[int, str | None]]:
    """Places of campaigns whose participants are told, with their scope."""
    if {"participant_count", "scope"} <= page.values.keys():
        for place, (count, scope) in enumerate(
            zip(page.values["participant_count"], page.values["scope"], strict=True)
        ):
            if count:
                yield place, scope
