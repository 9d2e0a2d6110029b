"""What a unit did: targets, campaigns and exemplars that live for years, initiatives with their authors."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.demo import phrases
from pipelines.demo.ratings import Rated
from pipelines.demo.units import Room

Row = dict[str, object]
_GAP = 0.12  # of the unit-years find no exemplar
_RECOGNISED = ("CO_SO", "BAN", "TOAN_QUOC")


@dataclass(frozen=True)
class Campaign:
    """A campaign from its launch to the year it is closed in."""

    code: str
    name: str
    mode: str
    scope: str
    launched_on: date
    last_year: int


@dataclass(frozen=True)
class Exemplar:
    """An exemplar with the days it reached its stages (None: it never does)."""

    code: str
    name: str
    kind: str
    field: str
    found_on: date
    developed_on: date | None
    summarised_on: date | None
    replicated_on: date | None
    adopter_count: int
    adopters: str


def targets(rng: Random, seed: int, unit_code: str, year: int) -> list[Row]:
    """Rows of `Chỉ tiêu`. Results stay level through the years in every unit."""
    chosen = Random(f"{seed}/targets/{unit_code}").sample(range(len(phrases.TARGETS)), 6)
    rows: list[Row] = []
    for number in sorted(chosen)[: rng.randint(4, 6)]:
        content, measure, direction, level = phrases.TARGETS[number]
        planned = float(max(1, round(level * rng.uniform(0.85, 1.1))))
        better = rng.gauss(0.05, 0.12) * (1 if direction == "TANG" else -1)
        result: float | None = round(planned * (1 + better), 0 if level > 9 and measure != "%" else 1)
        if measure == "%":
            planned, result = min(planned, 100.0), min(result or 0.0, 100.0)
        if rng.random() < 0.05:
            result = None
        code = f"{unit_code}-CT{number + 1:02d}"
        rows.append(
            {"target_code": code, "content": content, "measure_unit": measure, "direction": direction}
            | {"planned": planned, "achieved": max(0.0, result) if result is not None else None}
        )
    return rows


def new_campaigns(rng: Random, prefix: str, year: int, scopes: tuple[str, ...]) -> list[Campaign]:
    """Campaigns launched in a year: a yearly one, and now and then one that lives for three to five years."""
    made = [(year, rng.choice(("THUONG_XUYEN", "THUONG_XUYEN", "THEO_DOT", "CHUYEN_DE")))]
    if rng.random() < 0.3:
        made.append((year + rng.randint(2, 4), "CHUYEN_DE"))
    return [
        Campaign(
            f"{prefix}-PT{year % 100:02d}{number}",
            phrases.campaign_name(rng, mode, year, until),
            mode,
            rng.choice(scopes),
            date(year, rng.randint(1, 5), rng.randint(1, 28)),
            until,
        )
        for number, (until, mode) in enumerate(made, start=1)
    ]


def campaign_row(rng: Random, campaign: Campaign, year: int, people: int) -> Row:
    """A row of `Phong trào`: reviewed in the summer, closed in the last year (a few never are)."""
    reviewed = date(year, rng.randint(6, 8), rng.randint(1, 28)) if rng.random() < 0.8 else None
    closed = date(year, rng.randint(10, 11), rng.randint(1, 24)) if year == campaign.last_year else None
    return {
        "campaign_code": campaign.code,
        "campaign_name": campaign.name,
        "campaign_mode": campaign.mode,
        "scope": campaign.scope,
        "launched_on": campaign.launched_on,
        "reviewed_on": reviewed,
        "closed_on": closed if rng.random() < 0.88 else None,
        "participant_count": max(1, round(people * rng.uniform(0.7, 1))),
        "outcome": "Đã tổng kết, khen thưởng" if closed else "Đang triển khai",
    }


def new_exemplars(
    rng: Random, prefix: str, year: int, rated: list[Rated], rooms: tuple[Room, ...], share: float = 1.0
) -> list[Exemplar]:
    """Exemplars found in a year (usually one or two, sometimes none) with the course each will take."""
    if rng.random() < _GAP:
        return []
    good = [one for one in rated if one.rating in ("HTXSNV", "HTTNV")]
    found = []
    for number in range(1, rng.choice((1, 1, 1, 2, 2, 3)) + 1):
        if number > 1 and rng.random() > share:
            break
        kind = rng.choices(("CA_NHAN", "TAP_THE", "MO_HINH", "CACH_LAM"), (4, 2, 3, 3))[0]
        if kind == "CA_NHAN" and good:
            name = rng.choice(good).stay.person.name
        elif kind == "TAP_THE":
            name = rng.choice(rooms).name
        else:
            kind = kind if kind != "CA_NHAN" else "CACH_LAM"
            name = phrases.model_name(rng, kind)
        found.append(_course(rng, f"{prefix}-DH{year % 100:02d}{number}", name, kind, year))
    return found


def _course(rng: Random, code: str, name: str, kind: str, year: int) -> Exemplar:
    found = date(year, rng.randint(1, 10), rng.randint(1, 28))
    developed = found + timedelta(days=rng.randint(20, 120)) if rng.random() < 0.9 else None
    summarised = developed + timedelta(days=rng.randint(60, 330)) if developed and rng.random() < 0.8 else None
    replicated = summarised + timedelta(days=rng.randint(20, 240)) if summarised and rng.random() < 0.7 else None
    places = rng.sample(phrases.PLACES, rng.randint(1, 3)) if replicated else []
    return Exemplar(
        code,
        name,
        kind,
        rng.choice(phrases.FIELDS),
        found,
        developed,
        summarised,
        replicated,
        rng.randint(len(places), 9) if places else 0,
        "; ".join(places),
    )


def exemplar_row(exemplar: Exemplar, known_on: date) -> Row:
    """A row of `Điển hình` as it stood on a day: later stages are not written yet."""
    e = exemplar
    days = {"found_on": e.found_on, "developed_on": e.developed_on, "summarised_on": e.summarised_on}
    days |= {"replicated_on": e.replicated_on}
    row: Row = {"exemplar_code": e.code, "exemplar_name": e.name, "exemplar_kind": e.kind, "field": e.field}
    row |= {name: day if day and day <= known_on else None for name, day in days.items()}
    if row["replicated_on"]:
        row |= {"adopter_count": e.adopter_count, "adopters": e.adopters}
    return row | {"summary": f"Được phát hiện và theo dõi từ tháng {e.found_on.month}/{e.found_on.year}"}


def alive(exemplar: Exemplar, year: int) -> bool:
    """Repeated each year until the year it was replicated in; a stalled one is carried for two years."""
    until = exemplar.replicated_on.year if exemplar.replicated_on else exemplar.found_on.year + 2
    return exemplar.found_on.year <= year <= until


def initiatives(rng: Random, prefix: str, year: int, rated: list[Rated]) -> list[Row]:
    """Rows of `Sáng kiến`, one an author; recognised levels are noted on the people."""
    able = [one for one in rated if one.stay.is_home and one.stay.has_code and one.rating in ("HTXSNV", "HTTNV")]
    decisions = {level: (rng.randint(5, 90), date(year, 10, rng.randint(5, 31))) for level in _RECOGNISED}
    rows: list[Row] = []
    for number in range(1, sum(rng.random() < 0.22 for _ in able) + 1):
        weights = [2.0 ** (one.stay.person.merit + (one.rating == "HTXSNV")) for one in able]
        authors = {one.stay.code: one for one in rng.choices(able, weights, k=rng.choice((1, 1, 1, 2, 3)))}
        level = rng.choices(("CO_SO", "BAN", "TOAN_QUOC", "CHUA"), (76, 15, 1, 8))[0]
        number_of, on = decisions.get(level, (0, None))
        if on:
            for one in authors.values():
                one.stay.person.initiatives.setdefault(year, set()).add(level)
        shared: Row = {
            "initiative_code": f"{prefix}-SK{year % 100:02d}{number:02d}",
            "title": phrases.initiative_title(rng),
            "initiative_level": level,
            "recognised_on": on,
            "decision_no": f"{number_of}-QĐ/HĐSK" if on else None,
        }
        rows += [shared | {"person_code": code} for code in authors]
    return rows
