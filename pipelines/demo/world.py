"""The invented organisation: every unit's year as rows of the contract's sheets, lived from 2014 on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from random import Random

from pipelines.contract.reference import Reference, Unit, members_on, period_of
from pipelines.demo import awards, collectives, proposals, work
from pipelines.demo.careers import FIRST_YEAR, Careers
from pipelines.demo.ratings import Rated, collective_rating, rate
from pipelines.demo.scores import first_of, scores
from pipelines.demo.units import rooms_of

Row = dict[str, object]
_REVOKED = 0.02  # of the departments' years take a certificate of the year before back


@dataclass(frozen=True)
class UnitYear:
    """A unit's year. `sheets`: sheet key of the unit workbook -> rows."""

    unit: Unit
    year: int
    rated: list[Rated]
    rating: str
    sheets: dict[str, list[Row]]


class World:
    """All unit-years from 2014 to `last_year`; a pure function of seed and reference lists."""

    def __init__(self, seed: int, reference: Reference, last_year: int) -> None:
        self.seed, self.reference = seed, reference
        self.careers = Careers(seed, reference)
        self.careers.run(last_year)
        self.years: dict[tuple[str, int], UnitYear] = {}
        self.cluster_scores: dict[tuple[str, int], list[Row]] = {}
        self._waiting: dict[str, list[Row]] = defaultdict(list)  # proposals the state has not decided
        self._granted: dict[str, list[Row]] = {}  # departments: certificates of the year before
        self._campaigns: dict[str, list[work.Campaign]] = defaultdict(list)
        self._exemplars: dict[str, list[work.Exemplar]] = defaultdict(list)
        for year in range(FIRST_YEAR, last_year + 1):
            flags = self._flags(year)
            for unit in self.careers.units(year):
                self.years[unit.unit_code, year] = self._live(unit, year, unit.unit_code in flags)

    def members(self, cluster_code: str, year: int) -> tuple[str, ...]:
        """Members on the due date of the year."""
        period = period_of(self.reference, str(year))
        return members_on(self.reference, cluster_code, period.due_on) if period else ()

    def rng(self, *what: object) -> Random:
        """A stream of its own for each subject, so that a change in one leaves the others as they were."""
        return Random("/".join(str(part) for part in (self.seed, *what)))

    def _flags(self, year: int) -> set[str]:
        """Who may get the flag: the first of each cluster and one department."""
        firsts = set()
        for cluster in self.reference.clusters:
            rows = scores(self.seed, cluster.cluster_code, year, self.members(cluster.cluster_code, year))
            self.cluster_scores[cluster.cluster_code, year] = rows
            firsts.add(first_of(rows))
        departments = [u.unit_code for u in self.careers.units(year) if u.unit_code.startswith("V")]
        return firsts | {self.rng("flag", year).choice(departments)}

    def _live(self, unit: Unit, year: int, flag: bool) -> UnitYear:
        code = unit.unit_code
        rated = rate(self.rng("ratings", code, year), code, year, self.careers.staff[code, year])
        rooms = rooms_of(code, self.careers.wanted(code, FIRST_YEAR))
        initiatives = work.initiatives(self.rng("initiatives", code, year), code, year, rated)
        choices = awards.choose(self.seed, code, year, rated)
        collectives.choose(self.rng("collectives", code, year), choices, rooms, flag)
        sheets: dict[str, list[Row]] = {
            "staff": [_staff_row(one) for one in rated],
            "collectives": collectives.rows_of(rooms, rated),
            "targets": work.targets(self.rng("targets", code, year), self.seed, code, year),
            "campaigns": self._campaign_rows(code, year, len(rated)),
            "initiatives": initiatives,
            "awards": self._award_rows(unit, year, choices, initiatives),
            "exemplars": self._exemplar_rows(code, year, rated),
        }
        return UnitYear(unit, year, rated, collective_rating([one for one in rated if one.stay.is_home]), sheets)

    def _award_rows(self, unit: Unit, year: int, choices: awards.Choices, initiatives: list[Row]) -> list[Row]:
        rng, code = self.rng("proposals", unit.unit_code, year), unit.unit_code
        scope = "BNCTW" if code.startswith("V") else "BNCTU"
        rows = proposals.rows_of(rng, choices, scope, initiatives)
        earlier = [proposals.decided_later(rng, row) for row in self._waiting[code]]
        self._waiting[code] = [row for row in rows if row["result"] == "DE_NGHI"]
        if self._granted.get(code) and rng.random() < _REVOKED:
            earlier.append(rng.choice(self._granted[code]) | {"result": "THU_HOI"})
        if code.startswith("V"):
            self._granted[code] = [row for row in rows if row["award"] == "GK" and row["result"] == "DA_KHEN"]
        return earlier + rows

    def _campaign_rows(self, code: str, year: int, people: int) -> list[Row]:
        rng, kept = self.rng("campaigns", code, year), self._campaigns[code]
        kept += work.new_campaigns(rng, code, year, ("CO_QUAN", "CO_QUAN", "BO_TINH", "TOAN_QUOC"))
        return [work.campaign_row(rng, one, year, people) for one in kept if one.last_year >= year]

    def _exemplar_rows(self, code: str, year: int, rated: list[Rated]) -> list[Row]:
        rng, kept = self.rng("exemplars", code, year), self._exemplars[code]
        kept += work.new_exemplars(rng, code, year, rated, rooms_of(code, self.careers.wanted(code, FIRST_YEAR)))
        return [work.exemplar_row(one, date(year, 12, 1)) for one in kept if work.alive(one, year)]


def _staff_row(one: Rated) -> Row:
    stay = one.stay
    return {
        "person_code": stay.code if stay.has_code else None,
        "full_name": stay.person.name,
        "position_group": stay.group,
        "job_title": stay.job_title,
        "team": stay.room.name,
        "arrived_on": stay.arrived_on,
        "left_on": stay.left_on,
        "rating": one.rating,
        "discipline": one.discipline or None,
        "disciplined_on": one.disciplined_on,
        "note": _note(one),
    }


def _note(one: Rated) -> str | None:
    if one.stay.left_on:
        return "Nghỉ hưu, chuyển công tác" if one.stay.is_home else "Chuyển sang đơn vị khác trong Ban"
    return "Chưa đủ thời gian xếp loại" if one.rating == "CXL" else None
