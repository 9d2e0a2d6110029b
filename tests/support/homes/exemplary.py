"""A data folder with exemplars: some units raise one every year, one never does, one is not heard of."""

from pathlib import Path

from pipelines.settings import Home
from pipelines.warehouse.building.build import build
from tests.support.homes.handed_in import HandedIn, Row, award, person


def exemplar(code: str, kind: str, found: str, developed: str | None = None, summarised: str | None = None) -> Row:
    """A row of `Điển hình`."""
    return {
        "exemplar_code": code, "exemplar_kind": kind, "exemplar_name": f"Mô hình {code}", "field": "Chuyển đổi số",
        "found_on": found, "developed_on": developed, "summarised_on": summarised,
    }  # fmt: skip


def two_years(root: Path, blank: str = "") -> Home:
    """V01 one in 2024 and two in 2025, V02 none in both, V03 one in 2024 and none in 2025, V04 only 2024. Built.

    blank: a unit that reported in 2025 and left the sheet empty.
    """
    desk = HandedIn(root)
    first, second = exemplar("D1", "CA_NHAN", "2024-03-01", "2024-06-01"), exemplar("D2", "MO_HINH", "2025-02-01")
    third = exemplar("D3", "MO_HINH", "2025-03-01", "2025-05-01", "2025-09-01")
    told: dict[str, dict[int, list[Row] | None]] = {
        "V01": {2024: [first], 2025: [first, second, third]},
        "V02": {2024: [], 2025: []},
        "V03": {2024: [exemplar("D4", "TAP_THE", "2024-04-01")], 2025: []},
        "V04": {2024: [exemplar("D5", "CACH_LAM", "2024-04-01")]},
        **({blank: {2025: None}} if blank else {}),
    }
    for unit, years in told.items():
        for year, rows in years.items():
            staff = [person(f"{unit}{n}", "LD_VU" if n < 2 else "TRUC_TIEP") for n in range(10)]
            awards = [award("1", f"{unit}0", year=year)]
            of_exemplars = {} if rows is None else {"exemplars": rows}
            desk.unit(unit, str(year), {"staff": staff, "awards": awards} | of_exemplars)
    build(desk.home)
    return desk.home
