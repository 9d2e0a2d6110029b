"""The page on the rules in a real browser: from a rule to a case to the row of the workbook, and another day by the
address.
"""

import pytest
from playwright.sync_api import Locator, expect

from dashboard.streamlit_inside.parts import Part
from tests.conftest import Readers
from tests.support.pages.browser import Reader, Server

pytestmark = pytest.mark.slow
_GRID = Part.TABLE


def _choose_first(who: Reader, grid: Locator) -> None:
    """Tick the first row: tables are drawn on a canvas."""
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    who.page.mouse.click(box["x"] + 14, box["y"] + 52)
    who.rest()


def test_a_rule_leads_to_its_cases_and_a_case_to_the_row_of_the_workbook(served: Server, readers: Readers) -> None:
    who = readers(served).open("bang-quy-dinh")
    _choose_first(who, who.page.locator(f".st-key-panel-rules-list {_GRID}"))
    cases = who.page.locator(".st-key-panel-rules-cases")
    expect(cases.locator("h2")).to_contain_text("HTXSNV không quá 20% số HTTNV: trường hợp cần xem xét")
    expect(cases).to_contain_text("Để tham khảo")
    _choose_first(who, cases.locator(_GRID))
    expect(cases.locator("table.listing").last).to_contain_text("Hoàn thành xuất sắc nhiệm vụ")
    assert who.faults() == [] and served.failures() == []


def test_another_day_has_other_rules(served: Server, readers: Readers) -> None:
    who = readers(served).open("bang-quy-dinh", **{"period": "2023"})
    listed = who.page.locator(".st-key-paper-rules-rows")
    expect(listed).to_contain_text("TTLĐTT: hơn 50% người có LĐTT")
    who.open("bang-quy-dinh", **{"period": "2025"})
    expect(listed).to_contain_text("TTLĐTT: ít nhất 70% người có LĐTT")
