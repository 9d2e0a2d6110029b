"""What opens on a page can be read by everybody too; and what could not be read would be told.

What is folded is opened where all pages are visited: test_browser_pages.
"""

import pytest

from dashboard.streamlit_inside.parts import Part
from tests.conftest import Readers
from tests.support.pages import accessible
from tests.support.pages.browser import Server

pytestmark = pytest.mark.slow
PLANTED = {
    "image-alt": '<img src="data:,">',
    "color-contrast": '<p style="color: #999; background: #fff">nhạt</p>',
    "heading-order": "<h5>sâu</h5>",
    "target-size": "<button style='width: 9px; height: 9px; padding: 0'>a</button><button style='height: 9px; padding: 0'>b</button>",
}


def test_what_could_not_be_read_is_told(served: Server, readers: Readers) -> None:
    who = readers(served).open("phuong-phap")
    assert accessible.faults(who.page) == []
    for html in PLANTED.values():
        who.page.locator(Part.HEADING).first.evaluate(
            "(place, html) => place.insertAdjacentHTML('beforeend', html)", html
        )
    assert {fault.split(":")[0] for fault in accessible.faults(who.page)} >= PLANTED.keys()
    who.open().page.locator(".js-plotly-plot .main-svg text").first.evaluate("(word) => { word.style.fill = '#bbb'; }")
    assert [fault.split(":")[0] for fault in accessible.faults(who.page)] == ["chart"]


@pytest.mark.parametrize(("lang", "dark"), [("vi", False), ("en", True)])
def test_what_opens_can_be_read_too(lang: str, dark: bool, served: Server, readers: Readers) -> None:
    """The other parts of the page on data, menus and lists that open on it, the tables behind the charts of awards."""
    who = readers(served, dark=dark)
    for part in ("take", "versions"):
        assert accessible.faults(who.open("du-lieu", lang=lang, part=part).page) == [], part
    for opened in (Part.MAIN_MENU_BUTTON, Part.NAVIGATION_MENU, Part.SELECTBOX):
        who.page.locator(opened).last.click()
        who.page.wait_for_timeout(300)
        assert accessible.faults(who.page) == [], opened
        who.page.keyboard.press("Escape")
    who.go(who.pages()["khen-thuong"])
    for table in who.page.locator(f'[class*="st-key-panel-"] {Part.BUTTON_GROUP} button:nth-of-type(2)').all():
        table.click()
    assert accessible.faults(who.rest().page) == []
