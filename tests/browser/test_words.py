"""A Vietnamese page is Vietnamese to the last tooltip, though Streamlit has no translations; the English one is
English.

What each page says as it stands is looked at where all are visited: test_browser_pages.
"""

import pytest
from playwright.sync_api import Page, expect

from dashboard.streamlit_inside.parts import Part
from tests.conftest import Readers
from tests.support.pages.browser import Reader, Server
from tests.support.pages.vietnamese import foreign

BOARD = "tinh-hinh-nop"
pytestmark = pytest.mark.slow
# Everything said on a page, seen or read aloud, but for icons (letters that a font turns into pictures), data and SQL.
_DATA = f'[role=gridcell], td, {Part.ICON}, [aria-hidden="true"], code, script, style, noscript'
_SAID = """(data) => {
  const said = [];
  const nodes = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode())
    if (node.data.trim() && node.parentElement.checkVisibility() && !node.parentElement.closest(data)) said.push(node.data.trim());
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
    for (const part of document.querySelectorAll(`[${name}]:not([aria-hidden="true"])`)) said.push(part.getAttribute(name));
  return said;
}"""


def leaks(page: Page) -> list[str]:
    """What is said in another language, two seconds after the last change at the latest."""
    for _ in range(10):
        page.wait_for_timeout(200)
        said = sorted({text for text in page.evaluate(_SAID, _DATA) if foreign(text)})
        if not said:
            break
    return said


def test_an_address_without_a_page_is_told_in_vietnamese(served: Server, readers: Readers) -> None:
    who = readers(served, locale="en-US").open("khong-co-trang")
    expect(who.page.locator(Part.DIALOG)).to_contain_text("Không có trang này")
    assert leaks(who.page) == []


def test_menu_and_controls_of_tables_speak_vietnamese(served: Server, readers: Readers) -> None:
    who = readers(served, locale="en-US").open(BOARD)
    who.page.locator(Part.MAIN_MENU_BUTTON).click()
    assert leaks(who.page) == []
    who.page.keyboard.press("Escape")
    buttons = who.page.locator(f"{Part.ELEMENT_TOOLBAR} button")
    for number in range(buttons.count()):
        who.page.locator(Part.TABLE).first.hover()
        buttons.nth(number).hover()
        assert leaks(who.page) == []
    for opened, there in (("Hiện/ẩn cột", Part.TABLE_COLUMNS_SHOWN), ("Tìm trong bảng", Part.TABLE_SEARCH)):
        who.page.locator(Part.TABLE).first.hover()
        # By keyboard: on a busy machine the table may lie over its tools for as long as it is drawn.
        who.page.locator(f'{Part.ELEMENT_TOOLBAR} button[aria-label^="{opened}"]').first.press("Enter")
        expect(who.page.locator(there)).to_be_visible()
        assert leaks(who.page) == []
        who.page.keyboard.press("Escape")
        expect(who.page.locator(there)).not_to_be_visible()
    assert column_menu(who) and leaks(who.page) == []


def test_a_list_without_a_match_says_so_in_vietnamese(served: Server, readers: Readers) -> None:
    who = readers(served, locale="en-US").open(BOARD)
    choice = who.page.locator(f"{Part.SELECTBOX} input").first
    choice.click()
    choice.press_sequentially("zzz")
    expect(who.page.locator('[role="listbox"]')).to_contain_text("Không tìm thấy")
    assert leaks(who.page) == []


def test_a_list_of_several_speaks_vietnamese_open_searched_and_full(served: Server, readers: Readers) -> None:
    who = readers(served, locale="en-US").open("so-sanh")
    for label, typed, told in (
        ("Chỉ tiêu", "", "Tỷ lệ"),
        ("Chỉ tiêu", "Hoàn thành", "Hoàn thành xuất sắc"),
        ("Chỉ tiêu", "zzz", "Không tìm thấy"),
        ("Đơn vị", "", "Chọn tất cả"),
        ("Đơn vị", "Địa phương", "Chọn cả 2 mục"),
    ):
        choice = who.page.locator(Part.MULTISELECT, has_text=label).locator("input").first
        listed = who.page.locator(f'[role="listbox"][aria-label="{label}"]')
        choice.click()
        choice.fill(typed)
        expect(listed).to_contain_text(told)
        assert leaks(who.page) == [], typed
        if label == "Chỉ tiêu":  # four at most are taken: "all" would not be all
            expect(listed).not_to_contain_text("Chọn cả")
        choice.press("Escape")
    four = "any_award_rate,rating_share.HTXSNV,rating_share.HTTNV,rating_share.HTNV"
    who.open("so-sanh", figures=four)
    who.page.locator(f"{Part.MULTISELECT} input").first.click()
    expect(who.page.locator('[role="listbox"]')).to_contain_text("Chọn nhiều nhất 4 mục")
    assert leaks(who.page) == []


def test_the_english_page_is_english_and_the_switch_leads_back(served: Server, readers: Readers) -> None:
    who = readers(served).open("phuong-phap", lang="en")
    assert who.page.locator("html").get_attribute("lang") == "en"
    menu = who.page.locator(Part.MAIN_MENU_BUTTON)
    assert menu.get_attribute("aria-label") == "Main menu"
    who.page.locator(".st-key-lang button", has_text="vi").click()
    who.rest()
    assert menu.get_attribute("aria-label") == "Trình đơn"
    assert who.page.locator("html").get_attribute("lang") == "vi"
    who.page.locator(".st-key-lang button", has_text="en").click()
    who.rest()
    assert menu.get_attribute("aria-label") == "Main menu"


def column_menu(who: Reader) -> bool:
    """Open the menu of the first column by the arrow at the right end of its heading."""
    table = who.page.locator(Part.TABLE).first
    box = table.bounding_box()
    assert box
    for x in range(60, int(box["width"]), 8):
        who.page.mouse.click(box["x"] + x, box["y"] + 17)
        if who.page.locator(Part.TABLE_COLUMN_MENU).count():
            return True
    return False
