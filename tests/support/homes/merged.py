"""A data folder of units that were merged and divided: in 2020 two departments became one and one was divided, in 2025
two provinces.
"""

from datetime import date
from pathlib import Path

from pipelines.settings import Home
from pipelines.warehouse.building.build import build
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person


def merged_years(root: Path) -> Home:
    """2019: V06 20/2, V07 10/3, V08 30/1, in 2018 V07 alone; 2024: T02 16/4 and T08 9/1, in 2023 T02 alone; 2025: M08
    20/3. Built.

    people/awarded. T08 raised one exemplar in 2024, nobody else any.
    """
    desk = HandedIn(root)
    hand_in(desk, "V07", 2018, 10, 2)
    for code, people, awarded in (("V06", 20, 2), ("V07", 10, 3), ("V08", 30, 1)):
        hand_in(desk, code, 2019, people, awarded)
    for code, people, awarded in (("V06", 12, 1), ("V14", 40, 4), ("V15", 8, 0)):
        hand_in(desk, code, 2025, people, awarded)
    _cluster(desk, 2023, {"T02": (15, 3)})
    _cluster(desk, 2024, {"T02": (16, 4), "T08": (9, 1)}, "T08")
    _cluster(desk, 2025, {"M08": (20, 3)})
    build(desk.home)
    return desk.home


def hand_in(desk: HandedIn, code: str, year: int, people: int, awarded: int) -> None:
    """A unit's workbook: so many people, two of them leaders, the first so many awarded."""
    staff = [person(f"{code}{n}", "LD_VU" if n < 2 else "TRUC_TIEP") for n in range(people)]
    awards = [award(str(n), f"{code}{n}", year=year) for n in range(awarded)]
    desk.unit(code, str(year), {"staff": staff, "awards": awards, "exemplars": []}, on=date(year, 12, 1))


def _cluster(desk: HandedIn, year: int, units: dict[str, tuple[int, int]], exemplary: str = "") -> None:
    found = {"exemplar_code": "D1", "exemplar_name": "Mô hình", "exemplar_kind": "MO_HINH", "found_on": f"{year}-05-01"}
    rows = {
        "cluster_members": [member(code, people) for code, (people, _) in units.items()],
        "cluster_awards": [member_award(code, awarded) for code, (_, awarded) in units.items()],
        "exemplars": [{"unit_code": exemplary, **found}] if exemplary else [],
    }
    desk.cluster("C01", str(year), rows)
