"""Charts as they lie on a page: found in the document, their points at the place of the screen where a hand would
click.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Locator

from dashboard.streamlit_inside.parts import Part
from pipelines.texts import catalogue
from tests.support.pages.browser import SETTLE, Reader

CHART = Part.CHART
_APART = 7  # pixels to the nearest other point: closer ones cannot be told apart by a click
# Marks lie where Plotly's own axes put them; pieces of bars are clicked in their middle.
_POINTS = """chart => {
  chart.scrollIntoView({block: 'center', behavior: 'instant'});
  const plot = chart.querySelector('.js-plotly-plot'), layout = plot._fullLayout, frame = plot.getBoundingClientRect();
  const found = [];
  for (const marks of plot.calcdata) {
    const trace = marks[0].trace;
    if (!trace.customdata) continue;
    const across = layout['xaxis' + trace.xaxis.slice(1)], down = layout['yaxis' + trace.yaxis.slice(1)];
    for (const mark of marks) {
      let [x, y] = [mark.x, mark.y];
      if (trace.type === 'bar') {
        const place = (mark.p0 + mark.p1) / 2, size = (mark.s0 + mark.s1) / 2;
        [x, y] = trace.orientation === 'h' ? [size, place] : [place, size];
        const sized = trace.orientation === 'h' ? across : down;
        if (Math.abs(sized.c2p(mark.s1) - sized.c2p(mark.s0)) < 8) continue;
      }
      const address = trace.customdata[mark.i ?? marks.indexOf(mark)];
      if (!address) continue;
      found.push([frame.x + across._offset + across.c2p(x), frame.y + down._offset + down.c2p(y), address.map(String)]);
    }
  }
  return found;
}"""
_ROW = re.compile(
    re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(catalogue("vi")["dashboard.evidence.row"]))
)  # which row of which workbook


@dataclass(frozen=True, order=True)
class Point:
    """A mark: where it is on the screen, and the address of its figure."""

    x: float
    y: float
    address: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What a panel shows of the source row: which workbook, and cell -> value as written."""

    receipt_no: int
    sheet: str
    row: int
    first: tuple[str, ...]  # the first line of the list of rows
    cells: dict[str, str]


def points(chart: Locator) -> list[Point]:
    """Marks that can be hit without hitting another, from left to right."""
    marks = sorted(Point(x, y, tuple(address[:5])) for x, y, address in chart.evaluate(_POINTS))
    crowded = {
        mark
        for one, other in pairwise(marks)
        for mark in (one, other)
        if abs(one.x - other.x) + abs(one.y - other.y) < _APART
    }
    return [mark for mark in marks if mark not in crowded] or marks


def click(who: Reader, point: Point) -> None:
    """Point and click, as a hand does."""
    who.page.mouse.move(point.x + 2, point.y + 2)
    who.page.mouse.move(point.x, point.y)
    who.page.wait_for_timeout(150)
    who.page.mouse.click(point.x, point.y)
    who.rest()


def shown(panel: Locator) -> Shown:
    """The evidence a panel shows below its chart, once it is there."""
    lines, first = (
        panel.locator("table.listing").last.locator("tbody tr"),
        panel.locator(f"{Part.TABLE} tbody tr").first,
    )
    for part in (lines.first, first):
        part.wait_for(state="attached", timeout=SETTLE * 1000)
    captions = panel.locator(Part.CAPTION).all_inner_texts()
    told = next(match for text in captions if (match := _ROW.search(text)))
    return Shown(
        int(told["receipt"].replace(".", "")), told["sheet"], int(told["row"].replace(".", "")),
        tuple(first.locator("td").all_text_contents()),
        {cells[0]: cells[-1] for cells in (line.locator("td").all_inner_texts() for line in lines.all())},
    )  # fmt: skip
