"""An initiative belongs to the year it was recognised in, and serves for one year's awards: told, and never counted
twice.
"""

from datetime import date
from pathlib import Path

import pytest

from pipelines.records.ledger import Ledger
from pipelines.submissions.checks.known import check_stored
from pipelines.warehouse import connection
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.homes.judged import ALL, initiative, told, year
from tests.support.workbooks.filled_books import REFERENCE, UNIT_ROWS, book, read

BKB_PAIR = [
    initiative("SK1", "B", recognised_on="2023-12-28"),
    initiative("SK2", "B", title="Hai", recognised_on="2024-06-01"),
]


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("initiatives"))
    staff = [person(one, rating="HTXSNV" if one == "B" else "HTTNV") for one in "ABCD"]
    for then in range(2019, 2024):
        desk.unit("V01", str(then), year(*staff))
    awards = [award("A", "A", year=2024), award("C", "C", year=2024), award("D", "D", year=2024)]
    awards.append(award("B", "B", "BKB", 2024))
    own = [
        initiative("SK3", "A", title="Ba", recognised_on="2023-12-28"),
        initiative("SK4", "C", title="Bốn", recognised_on="2024-03-01"),
        initiative("SK5", "D", title="Năm"),
    ]
    desk.unit("V01", "2024", year(*staff, awards=awards, initiatives=[*BKB_PAIR, *own]))
    return build(desk.home)


def test_one_of_another_year_is_none_of_this_years(version: Version) -> None:
    found = queries.metric(version, ALL, "initiative_rate", ["2024"], ["V01"], ["CO_SO"])
    assert (found["numerator"].iloc[0], found["denominator"].iloc[0]) == (3, 4)  # SK2, SK4 and the undated SK5


def test_whether_it_counts_in_the_year_is_unknown_and_over_several_years_it_does(version: Version) -> None:
    assert told(version, "CSTDCS_SANG_KIEN", "V01", "2024", "A") == ("unknown", 0, 1)
    assert told(version, "CSTDCS_SANG_KIEN", "V01", "2024", "C") == ("met", 1, 1)
    assert told(version, "CSTDCS_SANG_KIEN", "V01", "2024", "D") == ("met", 1, 1)
    status, *_ = told(version, "BKB_DIEU_KIEN", "V01", "2024", "B")
    assert status == "met"  # 2023 and 2024 both lie within the five years of that condition


def test_the_date_is_what_shows_it(version: Version) -> None:
    found = connection.frame(
        version,
        ALL,
        "SELECT raw FROM cells WHERE table_name = 'initiatives' AND column_name = 'recognised_on' AND raw < '2024'",
    )
    assert len(found) == 2
    rows = queries.rule_evidence(version, ALL, "CSTDCS_SANG_KIEN", "V01", "2024", "A")
    assert rows["written"].tolist() == ["2023-12-28"]


def test_the_same_initiative_for_awards_of_two_years_is_told_with_both_cells(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    before = [
        award("1", "CB002", year=2024, initiative_code="X1"), award("2", "CB003", year=2024, initiative_code="X2"),
        award("3", "CB003", "GK", 2024, initiative_code="X3", result="KHONG_DAT"),
    ]  # fmt: skip
    listed = [
        initiative("X1", "CB002", title="SỔ  TAY"),
        initiative("X2", "CB003", title="Khác"),
        initiative("X3", "CB003", title="Rớt"),
    ]
    desk.unit("V01", "2024", year(person("CB002"), person("CB003"), awards=before, initiatives=listed))

    def used(**title: str) -> list[tuple[str, str, str, str]]:
        rows = {"initiatives": [{**UNIT_ROWS["initiatives"][0], **title}]}
        parsed = read(book(rows=rows))
        known = desk.memory.known(parsed, REFERENCE, Ledger().follow(desk.journal.events()))
        told = check_stored(parsed, REFERENCE, known, date(2025, 12, 10))
        return [
            (f.cell, f.value, f.params["year"], f.params["other"]) for f in told if f.code == "initiative.used_before"
        ]

    assert used() == [("I4", "SK1", "2024", "2024 · Khen thưởng!J5")]  # another code, the same title
    assert used(title="Một việc mới") == used(title="Rớt") == []
