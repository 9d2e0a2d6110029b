"""Every chart of every page, found in the document: a click on a point leads to the very cell of the archived workbook,
and all stays readable.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import BrowserContext
from plotly.offline import get_plotlyjs

from dashboard.charts import grid
from dashboard.charts.figure import Look
from dashboard.streamlit_inside.parts import APP_CLASS
from pipelines.access import sees_all
from pipelines.records.archive import Archive
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.records.parsed import as_written
from pipelines.settings import Home
from pipelines.warehouse.connection import Version, current
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.conftest import Readers
from tests.support.pages import accessible, chart_frames
from tests.support.pages.browser import Server
from tests.support.pages.charts_seen import CHART, Point, Shown, click, points, shown

pytestmark = pytest.mark.slow
Profiles = Callable[..., BrowserContext]
PLACES = {  # every page, and how many charts it has at least
    "": 3, "khen-thuong": 6, "dien-hinh": 3, "so-sanh": 6, "truoc-phien-hop": 0, "can-xem-xet": 1, "ho-so-don-vi": 3,
    "bang-quy-dinh": 0, "phuong-phap": 0, "tinh-hinh-nop": 0, "nop-bao-cao": 0, "du-lieu": 0,
}  # fmt: skip


# As Plotly marks what is selected, and in every other series that nothing is.
_CHOOSE = """() => Plotly.restyle('grid', { selectedpoints:
  document.getElementById('grid').data.map((trace) => trace.customdata ? CHOSEN : []) })"""


@pytest.fixture(scope="module")
def version(received: Home) -> Iterator[Version]:
    yield current(received)


def test_every_chart_leads_from_a_point_to_the_cell_as_written(
    served: Server, received: Home, version: Version, readers: Readers
) -> None:
    """Nothing fades either when a point is chosen: every word of the charts can still be read."""
    who = readers(served, height=2000).open()
    seen = set()
    for place in who.walk():
        seen.add(place)
        charts = who.page.locator(CHART)
        assert charts.count() >= PLACES[place], place
        for number in range(charts.count()):
            panel = who.page.locator('[class*="st-key-panel-"]', has=who.page.locator(CHART)).nth(number)
            point = first_with_rows(version, points(panel.locator(CHART)))
            click(who, point)
            leads_to_its_cell(version, received, point, shown(panel))
        assert accessible.pale_words(who.page) == [], place
    assert seen == PLACES.keys()
    assert who.faults() == []


def leads_to_its_cell(version: Version, received: Home, point: Point, seen: Shown) -> None:
    """What a panel shows of a point is the cell of the archived workbook."""
    row = evidence(version, point).iloc[0]
    assert f"{row['file_name']} › {row['sheet']} › {row['cell']}" in seen.first, point
    assert (seen.receipt_no, seen.sheet, seen.row) == (row["receipt_no"], row["sheet"], row["excel_row"])
    cells = row["cell"].split(", ")  # a sum names every cell that was added up
    assert " + ".join(seen.cells[cell] for cell in cells) == row["value"]
    for cell in cells:
        assert seen.cells[cell] == in_archive(received, seen.receipt_no, row["sheet"], cell)
    assert row["value"] in seen.first


def evidence(version: Version, point: Point) -> pd.DataFrame:
    """The rows behind a mark, as the reading door gives them."""
    return queries.evidence(version, sees_all(), Question.of_point(point.address))


def first_with_rows(version: Version, marks: list[Point]) -> Point:
    """The rightmost mark behind which rows lie: the newest year, the largest share."""
    return next(mark for mark in reversed(marks) if len(evidence(version, mark)))


def in_archive(home: Home, receipt_no: int, sheet: str, cell: str) -> str:
    """The cell of the archived workbook as another library reads it."""
    sha = Ledger().follow(Journal(home.journal).events()).receipts[receipt_no].sha256
    book = openpyxl.load_workbook(Archive(home).path_of(sha), data_only=True)
    return as_written(book[sheet][cell].value)


def test_a_number_can_be_read_on_every_cell_of_a_grid_whichever_are_chosen(profiles: Profiles) -> None:
    """On both grounds, in every colour a cell may have: drawn alone, as no page has them all."""
    rows = chart_frames.heat_rows()
    shades = rows.assign(value=[place / (len(rows) - 1) for place in range(len(rows))], denominator=20)
    with closing(profiles().new_page()) as page:
        page.set_content(f'<div class="{APP_CLASS[1:]}"><div id="grid"></div></div>')
        page.add_script_tag(content=get_plotlyjs())
        for look in (Look(), Look(dark=True)):
            page.locator(APP_CLASS).evaluate("(app, colour) => { app.style.background = colour; }", look.ground)
            for figure in (grid.heat(shades, look), grid.at_least_one(chart_frames.exemplar_rows(), look)):
                page.evaluate(
                    "({ data, layout }) => Plotly.newPlot('grid', data, layout)", json.loads(figure.to_json())
                )
                for chosen in ("[]", "[0]", "trace.customdata.map((_, place) => place)"):
                    page.evaluate(_CHOOSE.replace("CHOSEN", chosen))
                    assert accessible.pale_words(page) == [], (look, chosen)
