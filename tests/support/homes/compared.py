"""A small data folder to compare units in: three years of departments, one far above the others, and one cluster."""

from datetime import date
from pathlib import Path

from pipelines.settings import Home
from pipelines.warehouse.building.build import build
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person

# unit -> (people, of them with the award) in 2023, 2024, 2025; V05 has four people and all of them got it.
YEARS: dict[str, tuple[tuple[int, int], ...]] = {
    "V01": ((20, 3), (20, 2), (20, 3)),
    "V02": ((24, 4), (24, 3), (24, 2)),
    "V03": ((30, 4), (30, 4), (30, 4)),
    "V04": ((20, 3), (20, 17), (20, 18)),
    "V05": ((4, 0), (4, 0), (4, 4)),
    "V06": ((18, 2), (18, 2), (18, 0)),
    "V09": ((30, 5), (30, 3), (30, 3)),
}


def three_years(root: Path) -> Home:
    """`YEARS` handed in and built; V09 late; C01 with T01 and T04 in 2025 only."""
    desk = HandedIn(root)
    for place, year in enumerate((2023, 2024, 2025)):
        for unit, years in YEARS.items():
            people, awarded = years[place]
            rows = {
                "staff": [person(f"{unit}{n}") for n in range(people)],
                "awards": [award(str(n), f"{unit}{n}", year=year) for n in range(awarded)],
                "exemplars": [_exemplar(unit, year)] if unit in ("V01", "V02") or (unit, year) == ("V03", 2023) else [],
            }
            desk.unit(unit, str(year), rows, on=date(year + 1, 1, 20) if unit == "V09" else date(year, 12, 1))
    members = {
        "cluster_members": [member("T01", 20), member("T04", 10)],
        "cluster_awards": [member_award("T01", 3), member_award("T04", 2)],
    }
    desk.cluster("C01", "2025", members, on=date(2026, 1, 20))
    build(desk.home)
    return desk.home


def _exemplar(unit: str, year: int) -> dict[str, object]:
    return {
        "exemplar_code": f"{unit}-{year}",
        "exemplar_name": "Mô hình",
        "exemplar_kind": "MO_HINH",
        "found_on": f"{year}-05-01",
    }
