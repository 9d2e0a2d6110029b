"""From a choice to a row of `Khen thưởng`: numbers, votes, and dates in the order council, posting, submission,
decision.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.demo import phrases
from pipelines.demo.awards import Choice, Choices
from pipelines.demo.patterns import LATE_PUBLISHED, UNPUBLISHED, size_of
from pipelines.demo.ratings import Rated

Row = dict[str, object]
STATE = ("BKTTG", "HCLD3")  # decided above the organisation, usually after the report
_BAN = ("CSTDB", "BKB", "TTLDXS", "COB", "KNC")
_NINE_IN_TEN = {"CSTDB", "CSTDTQ"}  # of all members, NĐ 91/2017, Điều 45.8
_ORDER = ("LDTT", "CSTDCS", "CSTDB", "GK", "BKB", "KNC", "BKTTG", "HCLD3", "TTLDTT", "TTLDXS", "COB")


@dataclass(frozen=True)
class Session:
    """The council of a unit at the end of a year."""

    met_on: date
    published_on: date
    submitted_on: date
    decided_on: date
    size: int


def session(rng: Random, year: int) -> Session:
    """Everything between 5 November and 8 December, so that the report can state it before it is due."""
    met = date(year, 11, 5) + timedelta(days=rng.randrange(10))
    published = met + timedelta(days=rng.randint(1, 4))
    submitted = published + timedelta(days=rng.randint(3, 7))
    return Session(met, published, submitted, submitted + timedelta(days=rng.randint(4, 9)), rng.choice((7, 9, 9, 11)))


def rows_of(rng: Random, choices: Choices, scope: str, initiatives: list[Row]) -> list[Row]:
    """The rows of a unit's proposals, titles first, numbered as the template numbers them."""
    year, unit_code = choices.year, choices.unit_code
    council = session(rng, year)
    numbers: dict[str, str] = {}
    authors = {
        str(row["person_code"]): row["initiative_code"] for row in initiatives if row["initiative_level"] != "CHUA"
    }
    rows = []
    for number, choice in enumerate(sorted(choices.made, key=lambda c: _ORDER.index(c.award)), start=1):
        code = choice.who.stay.code if isinstance(choice.who, Rated) else choice.who
        row: Row = {
            "proposal_code": f"{unit_code}-{year}-{number:03d}", "achievement_year": year,
            "recipient": "CA_NHAN" if isinstance(choice.who, Rated) else "TAP_THE", "recipient_code": code,
            "award": choice.award, "award_kind": choice.kind, "achievement": _achievement(rng, choice, year),
            "initiative_code": authors.get(code) if choice.award in ("CSTDCS", "CSTDB") else None,
        }  # fmt: skip
        course = _sudden(rng, year, council) if choice.kind in ("DOT_XUAT", "CHUYEN_DE") else _regular(rng, council)
        decision = numbers.setdefault(f"{choice.award}/{choice.kind}", f"{rng.randint(20, 480)}-QĐ/{scope}")
        rows.append(row | course | _outcome(rng, choice, council, decision, course))
    return [row | _posting(rng, unit_code, year, row) for row in rows]


def _achievement(rng: Random, choice: Choice, year: int) -> str:
    if isinstance(choice.who, str):
        return phrases.team_achievement(rng, year)
    return phrases.achievement(rng, year, choice.award, choice.kind)


def _regular(rng: Random, council: Session) -> Row:
    return {
        "achieved_on": None, "council_on": council.met_on, "published_on": council.published_on,
        "submitted_on": council.submitted_on, "decided_on": council.decided_on,
    }  # fmt: skip


def _sudden(rng: Random, year: int, council: Session) -> Row:
    """Praise for a feat follows within weeks; some of it takes months."""
    achieved = date(year, 2, 1) + timedelta(days=rng.randrange(200))
    slow = 6 if rng.random() < 0.15 else 1
    days = [achieved]
    for low, high in ((3, 10), (1, 3), (1, 3), (2, 10)):
        days.append(min(days[-1] + timedelta(days=slow * rng.randint(low, high)), council.decided_on))
    return dict(zip(("achieved_on", "council_on", "published_on", "submitted_on", "decided_on"), days, strict=True))


def _outcome(rng: Random, choice: Choice, council: Session, decision: str, course: Row) -> Row:
    most = council.size
    if not choice.granted:
        votes = rng.randint(most // 3, round(most * 0.6))
        return {
            "result": "KHONG_DAT",
            "votes_for": votes,
            "council_size": most,
            "decided_on": None,
            "decision_no": None,
        }
    against = rng.choice((0, 0, 0, 1, 1)) if most > 5 else 0
    if choice.award in _NINE_IN_TEN and most < 10:
        against = 0
    row: Row = {"votes_for": most - against, "council_size": most}
    if choice.award in STATE:
        return row | {"result": "DE_NGHI", "decided_on": None, "decision_no": None}
    decided = course["decided_on"]
    assert isinstance(decided, date)
    later = timedelta(days=rng.randint(0, 1)) if choice.award in _BAN else timedelta()
    return row | {"result": "DA_KHEN", "decision_no": decision, "decided_on": decided + later}


def _posting(rng: Random, unit_code: str, year: int, row: Row) -> Row:
    """The planted faults of posting; elsewhere it is all but always there and in time."""
    if rng.random() < (size_of(UNPUBLISHED, unit_code, year) or 0.01):
        return {"published_on": None}
    submitted = row["submitted_on"]
    if isinstance(submitted, date) and rng.random() < size_of(LATE_PUBLISHED, unit_code, year):
        return {"published_on": submitted + timedelta(days=rng.randint(1, 3))}
    return {}


def decided_later(rng: Random, row: Row) -> Row:
    """The same proposal in the next year's workbook: decided by the state in the meantime, rarely refused."""
    year = row["achievement_year"]
    assert isinstance(year, int)
    if rng.random() < 0.1:
        return row | {"result": "KHONG_DAT"}
    on = date(year + 1, rng.randint(3, 9), rng.randint(1, 28))
    number = f"{rng.randint(300, 1900)}/QĐ-{'TTg' if row['award'] == 'BKTTG' else 'CTN'}"
    return row | {"result": "DA_KHEN", "decided_on": on, "decision_no": number}
