"""Who had to report in a period and which workbook speaks, told from the reference lists and the receipts alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.contract.reference import Period, Reference, Unit, in_force
from pipelines.warehouse.connection import Version
from tests.support.counted.versions import table


@dataclass(frozen=True)
class Obliged:
    """A unit in a period: where it belongs, the submission that speaks for it, and its cluster's (None:
    there is none).
    """

    unit: Unit
    groups: tuple[str, ...]
    cluster: str
    submission: int | None
    member_submission: int | None

    @property
    def route(self) -> str:
        return "cluster" if self.unit.reports_by == "cluster" else "own"


def obliged(version: Version, reference: Reference, period: Period) -> Iterator[Obliged]:
    """The units obliged in a period. A cluster's workbook speaks for those it has a row of."""
    current = table(
        version,
        "SELECT reporter_code, submission_id FROM submissions WHERE is_current AND period = $1",
        [period.period],
    )
    books = dict(current.itertuples(index=False, name=None))
    members = set(
        table(version, "SELECT submission_id, unit_code FROM cluster_members").itertuples(index=False, name=None)
    )
    for unit in reference.units:
        if not unit.obliged or not in_force(unit, period.due_on):
            continue
        joined = (
            m for m in reference.cluster_membership if m.unit_code == unit.unit_code and in_force(m, period.due_on)
        )
        cluster = next((m.cluster_code for m in joined), "")
        groups = ("ALL", *filter(None, (unit.peer_group, cluster, unit.province_code)))
        member = books.get(cluster)
        if (member, unit.unit_code) not in members:
            member = None
        yield Obliged(
            unit, groups, cluster, member if unit.reports_by == "cluster" else books.get(unit.unit_code), member
        )
