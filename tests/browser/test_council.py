"""The council's page in a browser: what is picked in one place is seen in the others, and a note is there at once."""

import pytest

from dashboard.streamlit_inside.parts import Part
from pipelines.texts import catalogue
from tests.conftest import Readers
from tests.support.pages.browser import Reader, Server
from tests.support.pages.charts_seen import CHART, click, points

pytestmark = pytest.mark.slow
TEXTS = catalogue("vi")


def unit_looked_at(who: Reader) -> str:
    return who.page.locator(".st-key-unit").get_by_role("combobox").input_value()


def test_a_point_of_the_funnel_takes_the_page_to_its_unit(served: Server, readers: Readers) -> None:
    who = readers(served, height=2400).open("can-xem-xet")
    before = unit_looked_at(who)
    chart = who.page.locator(".st-key-panel-council-funnel").locator(CHART)
    others = [point for point in points(chart) if f"unit={point.address[1]}" not in who.page.url]
    click(who, others[-1])
    assert f"unit={others[-1].address[1]}" in who.page.url and unit_looked_at(who) != before
    assert who.page.locator(f".st-key-panel-council-funnel {Part.TABLE}").count() == 1  # its rows
    assert who.faults() == []
