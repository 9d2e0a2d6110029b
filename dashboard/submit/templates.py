"""The workbook to fill in, for whoever reports for a period."""

from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.shell import asking
from pipelines import settings
from pipelines.access import sees_all
from pipelines.contract import reference
from pipelines.contract.reference import Reference
from pipelines.desk import templates
from pipelines.desk.templates import Reporter
from pipelines.problems import NoCurrentBuild
from pipelines.records.bodies import DEMO
from pipelines.warehouse.building.moment import day_in_vietnam
from pipelines.warehouse.connection import Version


def lists() -> Reference:
    """The lists in force, read again only when they change."""
    folder = settings.home().reference
    return _loaded(folder, reference.digest(folder))


def periods() -> list[str]:
    """Periods that take reports by now, newest first."""
    opened = [row for row in lists().calendar if row.opens_on <= day_in_vietnam(datetime.now(UTC))]
    return [row.period for row in sorted(opened, key=lambda row: row.ends_on, reverse=True)]


def due(period: str) -> date | None:
    """The last day of handing in for a period."""
    row = reference.period_of(lists(), period)
    return row.due_on if row else None


def reporters(period: str) -> dict[str, Reporter]:
    """Who hands in a workbook for a period, by code."""
    return {one.code: one for one in templates.reporters(lists(), period)}


def workbook(reporter: Reporter, period: str) -> bytes:
    """The template, filled in from the last version, ready to be sent to a browser."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mau.xlsx"
        demo = settings.home().work == DEMO
        return templates.write(path, lists(), reporter, period, _version(), sees_all(), demo=demo).read_bytes()


def _version() -> Version | None:
    try:
        return asking.current()
    except NoCurrentBuild:
        return None


@lru_cache(maxsize=4)
def _loaded(folder: Path, digest: str) -> Reference:
    return reference.load(folder)
