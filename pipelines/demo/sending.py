"""Who sends what and when: on time, late, corrected, faulty at first, or not at all."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from pipelines.contract.reference import period_of, unit_on
from pipelines.demo.world import World

# Nothing came from these.
NOT_SENT = frozenset(
    {("V13", 2016), ("V08", 2018), ("C07", 2017), ("T54", 2021), ("C05", 2021), ("V01", 2020), ("V15", 2025)}
)
# First sent with a fault that sends it back; `mended` after so many days (0: not yet).
FAULTY = {
    ("V03", 2016): ("date", 9),
    ("C02", 2019): ("sum", 12),
    ("V05", 2023): ("choice", 6),
    ("V06", 2025): ("duplicate", 5),
    ("V13", 2025): ("date", 0),
    ("C06", 2025): ("sum", 8),
}
LATE = {("V10", 2025): 18, ("C07", 2025): 9, ("V12", 2024): 25}  # days after the due date
_OFTEN_LATE, _LATE_SHARE, _CORRECTED_SHARE = {"V12", "V10", "C03"}, 0.07, 0.08


@dataclass(frozen=True)
class Sending:
    """One file on its way. `version` from 1; `fault` names what is wrong with it ("" = acceptable)."""

    reporter: str
    year: int
    received_at: datetime
    version: int = 1
    fault: str = ""
    corrected: bool = False  # another version follows


def plan(world: World, years: range) -> list[Sending]:
    """Everything sent about the given years, in the order it is received."""
    sendings = [
        sending
        for year in years
        for reporter in reporters(world, year)
        if (reporter, year) not in NOT_SENT
        for sending in _of(world, reporter, year)
    ]
    return sorted(sendings, key=lambda sending: (sending.received_at, sending.reporter))


def reporters(world: World, year: int) -> list[str]:
    """Units with a workbook of their own in force on the due date, then the clusters."""
    due = due_on(world, year)
    own = [u.unit_code for u in world.careers.units(year) if u.reports_by in ("own", "both")]
    assert all(unit_on(world.reference, code, due) for code in own)
    return own + [cluster.cluster_code for cluster in world.reference.clusters]


def due_on(world: World, year: int) -> date:
    """The day the year's workbook is due."""
    period = period_of(world.reference, str(year))
    assert period is not None
    return period.due_on


def _of(world: World, reporter: str, year: int) -> list[Sending]:
    rng, due = world.rng("sending", reporter, year), due_on(world, year)
    share = 0.3 if reporter in _OFTEN_LATE else 0.0 if reporter.startswith("T") else _LATE_SHARE
    before = rng.randint(6, 8) if reporter.startswith(("T", "M")) else rng.randint(0, 5 if reporter[0] == "C" else 7)
    late = LATE.get((reporter, year)) or (rng.randint(1, 40) if rng.random() < share else 0)
    first = due + timedelta(days=late) if late else due - timedelta(days=before)
    fault, mended = FAULTY.get((reporter, year), ("", 0))
    corrected = not fault and rng.random() < _CORRECTED_SHARE
    sent = [Sending(reporter, year, _at(rng, first), fault=fault, corrected=corrected)]
    if fault and mended:
        sent.append(Sending(reporter, year, _at(rng, first + timedelta(days=mended))))
    elif corrected:
        sent.append(Sending(reporter, year, _at(rng, first + timedelta(days=rng.randint(12, 40))), version=2))
    return sent


def _at(rng: Random, on: date) -> datetime:
    """A moment of the working day in Hà Nội (UTC+7), in UTC."""
    return datetime(on.year, on.month, on.day, rng.randint(1, 9), rng.randrange(60), rng.randrange(60), tzinfo=UTC)


def prepared_on(sending: Sending) -> date:
    """The date on the workbook: the day before it came, never before the last decisions of the year."""
    return max(date(sending.year, 12, 6), sending.received_at.date() - timedelta(days=1))


def file_name(world: World, sending: Sending) -> str:
    """Folder of the year and a name as people give files."""
    rng = world.rng("name", sending.reporter, sending.year)
    code, year = sending.reporter, sending.year
    name = rng.choice(
        (
            f"{code}_{year}",
            f"{code}_{year}",
            f"{code} - Báo cáo thi đua khen thưởng {year}",
            f"BC TĐKT {year} {code}",
            f"bao cao {code.lower()} nam {year}",
            f"{code}.{year}.chính thức",
            f"Bieu mau {year} ({code})",
        )
    )
    later = " (sửa lần 1)" if sending.version > 1 or _second(sending) else ""
    return f"{year}/{name}{later}.xlsx"


def _second(sending: Sending) -> bool:
    return not sending.fault and (sending.reporter, sending.year) in FAULTY
