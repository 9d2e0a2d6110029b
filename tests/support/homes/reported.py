"""A small data folder to look at: a year in which some reported in time, some late, some not at all, one with points to
look at.
"""

from datetime import date
from pathlib import Path

from pipelines.contract.checks import Finding, Severity
from pipelines.settings import Home
from pipelines.warehouse.building.build import build
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person

_FINDINGS = (
    Finding("date.invalid", Severity.ERROR, "Khen thưởng", "F17", "Ngày quyết định", "31/2/2025"),
    Finding("staff.same_name", Severity.WARNING, "Cán bộ", "C7", "Họ và tên", "Nguyễn Văn A"),
)


def small_year(root: Path) -> Home:
    """V01 in time, V02 in time with a warning, V03 late, V04 returned, C01 in time; 2024 only V01. Built."""
    desk = HandedIn(root)
    for year in (2024, 2025):
        staff = [person(f"A{n}", "LD_VU" if n < 3 else "TRUC_TIEP") for n in range(12)]
        desk.unit("V01", str(year), {"staff": staff, "awards": [award(str(n), f"A{n}", year=year) for n in range(3)]})
    small = {"staff": [person("B1"), person("B2")], "awards": []}
    desk.unit("V02", "2025", small, status="accepted_with_warnings", findings=_FINDINGS[1:])
    desk.unit("V03", "2025", {"staff": [person("C1")], "awards": [award("1", "C1")]}, on=date(2026, 3, 30))
    desk.unit("V04", "2025", small, status="returned", findings=_FINDINGS)
    desk.cluster(
        "C01",
        "2025",
        {
            "cluster_members": [member("T01", 20, 3), member("T04", 10)],
            "cluster_awards": [member_award("T01", 3, group="TRUC_TIEP"), member_award("T04", 2)],
        },
    )
    build(desk.home)
    return desk.home
