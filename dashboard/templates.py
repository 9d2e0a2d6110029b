"""The workbook to fill in, for whoever reports for a period."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines import settings
from pipelines.contract import reference
from pipelines.contract.reference import Reference, in_force, members_on, period_of
from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.submissions import template


@dataclass(frozen=True)
class Reporter:
    """A unit that reports itself, or a cluster."""

    code: str
    name: str
    form: Workbook


def periods() -> list[str]:
    """Periods of the calendar, newest first."""
    return [row.period for row in sorted(_lists().calendar, key=lambda row: row.ends_on, reverse=True)]


def reporters(period: str) -> list[Reporter]:
    """Who hands in a workbook for a period: units that report themselves, then clusters with members."""
    lists = _lists()
    row = period_of(lists, period)
    if row is None:
        return []
    units = [u for u in lists.units if in_force(u, row.due_on) and u.obliged and u.reports_by != "cluster"]
    clusters = [c for c in lists.clusters if in_force(c, row.due_on) and members_on(lists, c.cluster_code, row.due_on)]
    own = [Reporter(unit.unit_code, unit.name, UNIT_REPORT) for unit in units]
    return own + [Reporter(cluster.cluster_code, cluster.name, CLUSTER_REPORT) for cluster in clusters]


def workbook(reporter: Reporter, period: str) -> bytes:
    """The template, ready to be sent to a browser."""
    with TemporaryDirectory() as folder:
        path = template.write(Path(folder) / "mau.xlsx", _lists(), reporter.form, reporter.code, period)
        return path.read_bytes()


def _lists() -> Reference:
    folder = settings.home().reference
    return _loaded(folder, reference.digest(folder))


@lru_cache(maxsize=4)
def _loaded(folder: Path, digest: str) -> Reference:
    return reference.load(folder)
