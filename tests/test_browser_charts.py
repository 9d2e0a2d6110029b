"""Every chart of every page, found in the document: a click on a point leads to the very cell of the archived workbook."""

from collections.abc import Iterator

import openpyxl
import pandas as pd
import pytest

from pipelines.journal import Journal
from pipelines.settings import Home
from pipelines.submissions.archive import Archive
from pipelines.submissions.ledger import Ledger
from pipelines.submissions.parsed import as_written
from pipelines.warehouse import queries
from pipelines.warehouse.connection import Version, current
from pipelines.warehouse.viewer import sees_all
from tests.browser import Server
from tests.charts_seen import CHART, Point, click, points, shown
from tests.conftest import Readers

pytestmark = pytest.mark.slow
PLACES = (
    *("", "khen-thuong", "dien-hinh", "so-sanh", "truoc-phien-hop", "can-xem-xet", "ho-so-don-vi"),
    *("bang-quy-dinh", "phuong-phap", "tinh-hinh-nop", "nop-bao-cao", "du-lieu"),
)


@pytest.fixture(scope="module")
def version(received: Home) -> Iterator[Version]:
    yield current(received)


def test_these_are_all_pages(served: Server, readers: Readers) -> None:
    assert set(readers(served).open().pages()) == set(PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_every_chart_leads_from_a_point_to_the_cell_as_written(
    place: str, served: Server, received: Home, version: Version, readers: Readers
) -> None:
    who = readers(served, height=2000).open(place)
    charts = who.page.locator(CHART)
    assert charts.count() >= {
        "": 3,
        "khen-thuong": 6,
        "dien-hinh": 3,
        "so-sanh": 6,
        "can-xem-xet": 1,
        "ho-so-don-vi": 3,
    }.get(place, 0)
    for number in range(charts.count()):
        panel = who.page.locator('[class*="st-key-panel-"]', has=who.page.locator(CHART)).nth(number)
        point = first_with_rows(version, points(panel.locator(CHART)))
        click(who, point)
        seen = shown(panel)
        row = evidence(version, point).iloc[0]
        assert f"{row['file_name']} › {row['sheet']} › {row['cell']}" in seen.first, point
        assert (seen.receipt_no, seen.sheet, seen.row) == (row["receipt_no"], row["sheet"], row["excel_row"])
        cells = row["cell"].split(", ")  # a sum names every cell that was added up
        assert " + ".join(seen.cells[cell] for cell in cells) == row["value"]
        for cell in cells:
            assert seen.cells[cell] == in_archive(received, seen.receipt_no, row["sheet"], cell)
        assert row["value"] in seen.first
    assert who.faults() == []


def evidence(version: Version, point: Point) -> pd.DataFrame:
    """The rows behind a mark, as the reading door gives them."""
    metric, unit, period, breakdown, stratum = point.address
    return queries.evidence(version, sees_all(), metric, unit, period, breakdown, stratum or None, 5000)


def first_with_rows(version: Version, marks: list[Point]) -> Point:
    """The rightmost mark behind which rows lie: the newest year, the largest share."""
    return next(mark for mark in reversed(marks) if len(evidence(version, mark)))


def in_archive(home: Home, receipt_no: int, sheet: str, cell: str) -> str:
    """The cell of the archived workbook as another library reads it."""
    sha = Ledger().follow(Journal(home.journal).events()).receipts[receipt_no]["sha256"]
    book = openpyxl.load_workbook(Archive(home).path_of(sha), data_only=True)
    return as_written(book[sheet][cell].value)
