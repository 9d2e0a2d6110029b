"""Which awards say something of the year's merit is a column of the catalogue; lists from before it mean what they
meant then.
"""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.contract import reference
from pipelines.problems import ReferenceInvalid
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.warehouse.building.build import build
from pipelines.warehouse.door import queries
from tests.support.homes.handed_in import HandedIn, award, person

COLUMN = "counts_as_merit"


def _written(path: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [change(row) for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _without(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name != COLUMN}


def _merit(row: dict[str, str]) -> dict[str, str]:
    return row | {COLUMN: "0" if row["award"] == "GK" else "1"}


def test_a_list_from_before_the_column_means_what_it_meant(tmp_path: Path) -> None:
    folder = shutil.copytree(OWN_REFERENCE, tmp_path / "reference")
    _written(folder / "award_catalogue.csv", _without)
    own = reference.load(OWN_REFERENCE).award_catalogue
    assert {row.award for row in own if not row.counts_as_merit} == {"LDTT", "KNC"}
    assert reference.load(folder).award_catalogue == own == reference.recorded(folder).award_catalogue


@pytest.mark.parametrize(("text", "code"), [("", "needed"), ("x", "yes_no")])
def test_a_row_says_it_with_one_or_nought(tmp_path: Path, text: str, code: str) -> None:
    folder = shutil.copytree(OWN_REFERENCE, tmp_path / "reference")
    _written(folder / "award_catalogue.csv", lambda row: row | {COLUMN: text} if row["award"] == "GK" else row)
    with pytest.raises(ReferenceInvalid) as invalid:
        reference.load(folder)
    assert [(fault.code, fault.column, fault.value) for fault in invalid.value.faults] == [(code, COLUMN, text)]


def test_rows_of_one_award_agree(tmp_path: Path) -> None:
    folder = shutil.copytree(OWN_REFERENCE, tmp_path / "reference")
    path = folder / "award_catalogue.csv"
    _written(path, lambda row: row | {"valid_to": "2024-12-31"} if row["award"] == "KNC" else row)
    path.write_text(
        path.read_text(encoding="utf-8") + "KNC,Kỷ niệm chương,Medal,CA_NHAN,BAN,hinh_thuc,,11,2025-01-01,,,x,1\n",
        encoding="utf-8",
    )
    with pytest.raises(ReferenceInvalid) as invalid:
        reference.load(folder)
    [fault] = invalid.value.faults
    assert (fault.code, fault.column, fault.value, fault.more["award"]) == ("merit", COLUMN, "1", "KNC")
    assert "KNC" in fault.sentence("vi") and "KNC" in fault.sentence("en")


@pytest.mark.parametrize(("change", "awarded"), [(_without, 1), (_merit, 2)], ids=["before the column", "another list"])
def test_figures_ask_the_catalogue(
    tmp_path: Path, change: Callable[[dict[str, str]], dict[str, str]], awarded: int
) -> None:
    _written(Home(tmp_path).ready().reference / "award_catalogue.csv", change)
    desk = HandedIn(tmp_path)
    won = [award("1", "A", "GK"), award("2", "B", "LDTT"), award("3", "C", "KNC")]
    desk.unit("V01", "2025", {"staff": [person("A"), person("B"), person("C")], "awards": won})
    version = build(desk.home)
    told = queries.metric(version, sees_all(), "any_award_rate", ["2025"], ["V01"])
    assert told["numerator"].tolist() == [awarded]
