"""Tables sort numbers as numbers, dates as dates, words by the Vietnamese alphabet; tables and pickers are searched
without accents.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.shell import listing
from dashboard.streamlit_inside.parts import Part
from tests.conftest import Readers
from tests.support.pages.browser import Reader, Server

ALPHABET = [
    "an", "àn", "ản", "ãn", "án", "ạn", "ăn", "ân", "ba", "ca", "da", "đa", "em", "êm", "ga", "hà", "Hà Nội", "kê", "la", "na", "oa",
    "ôm", "ơn", "pa", "ra", "Sơn La", "ta", "Tuyên Quang", "ung", "ưng", "va", "Vụ 2", "Vụ 10", "xa", "yên",
]  # fmt: skip
NUMBERS = ["–", "−13,6", "−12,5", "0,0", "7", "46,5", "1.234,5"]
DAYS = ["–", "30/11/2024", "01/12/2024", "01/12/2024 07:05", "02/01/2025"]
_SORTED = "(texts) => texts.sort(window.vietnamese.compare)"
_FOUND = "([typed, texts]) => texts.filter((text) => window.vietnamese.finder(typed).test(text))"


def table(page: Page) -> Locator:
    return page.locator(Part.TABLE).first


def column(page: Page, heading: str) -> list[str]:
    """What stands below a heading, from the table that is read aloud beside the canvas."""
    rows = table(page).locator("table tr").all()
    cells = [row.locator("th, td").all_inner_texts() for row in rows]
    place = next(i for i, text in enumerate(cells[0]) if heading in text)
    return [row[place].strip() for row in cells[1:] if len(row) > place]


def press(who: Reader, heading: str) -> None:
    """Press a heading: the canvas is asked where its columns are by trying from left to right."""
    box = table(who.page).bounding_box()
    assert box
    for x in range(int(box["x"]) + 20, int(box["x"] + box["width"]) - 10, 60):
        who.page.mouse.click(x, box["y"] + 16)
        who.page.wait_for_timeout(500)
        heads = table(who.page).locator("table tr").first.locator("th").all_inner_texts()
        if any(heading in text and ("↑" in text or "↓" in text) for text in heads):
            return
    raise LookupError(heading)


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["vi-VN", "en-US"])
def test_order_and_search_do_not_hang_on_the_language_of_the_browser(
    served: Server, readers: Readers, locale: str
) -> None:
    page = readers(served, locale=locale).open("phuong-phap").page
    for right in (ALPHABET, NUMBERS, DAYS):
        assert page.evaluate(_SORTED, [*reversed(right)]) == right
    assert page.evaluate(_FOUND, ["so y te", ["Sở Y tế", "Số 1", "SỞ Y TẾ 2"]]) == ["Sở Y tế", "SỞ Y TẾ 2"]
    assert page.evaluate(_FOUND, ["Đắk", ["Dak Lak", "ĐẮK LẮK", "Đà Nẵng"]]) == ["Dak Lak", "ĐẮK LẮK"]
    page.locator(".st-key-lang button", has_text="en").click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.evaluate(_SORTED, ["1,234.5", "–", "46.5", "-12.5"]) == ["–", "-12.5", "46.5", "1,234.5"]


@pytest.mark.slow
def test_a_table_is_sorted_by_keyboard_and_by_its_headings(served: Server, readers: Readers) -> None:
    """S sorts the column of the cell one is in: up, down, and back; the table says so while it has the keyboard."""
    who = readers(served).open("can-xem-xet", period="2025")
    canvas = table(who.page).locator(Part.TABLE_CANVAS)
    first = column(who.page, "Đơn vị")
    canvas.focus()
    for key in ("ArrowDown", "ArrowRight", "s"):
        who.page.keyboard.press(key)
    who.page.wait_for_timeout(500)
    heads = table(who.page).locator("table tr").first.locator("th").all_inner_texts()
    (heading,) = [text for text in heads if "↑" in text]
    hint = "(table) => getComputedStyle(table, '::after').content"
    assert "S: " in table(who.page).evaluate(hint)
    rising = column(who.page, heading.strip(" ↑"))
    who.page.keyboard.press("S")
    who.page.wait_for_timeout(500)
    assert column(who.page, heading.strip(" ↑")) != rising
    who.page.keyboard.press("s")
    who.page.wait_for_timeout(500)
    assert column(who.page, "Đơn vị") == first

    table(who.page).scroll_into_view_if_needed()
    press(who, "Vượt dự kiến")
    shown = [text for text in column(who.page, "Vượt dự kiến") if text != "–"]
    values = [float(text.replace(".", "").replace(",", ".").replace("−", "-")) for text in shown]
    assert len(values) > 5 and values == sorted(values)


@pytest.mark.slow
def test_a_table_is_searched_without_accents_and_none_offers_a_file_that_is_not_ours(
    served: Server, readers: Readers
) -> None:
    """Streamlit's own CSV has English headings, no period, no version, and makes formulas of names."""
    who = readers(served).open("tinh-hinh-nop", period="2025")
    offers_search_and_no_file(who)
    who.page.locator(f'{Part.ELEMENT_TOOLBAR} button[aria-label^="Tìm"]').first.click()
    found = []
    for words in ("văn phòng", "van phong"):
        who.page.keyboard.press("Control+A")
        who.page.keyboard.type(words)
        who.page.wait_for_timeout(1500)
        found.append(who.page.locator(Part.TABLE_SEARCH_RESULT).first.inner_text())
    assert found[0] == found[1] and found[0].startswith("Có ") and "Có 0" not in found[0], found
    names = who.pages()
    for place in ("can-xem-xet", "dien-hinh", "bang-quy-dinh"):
        offers_search_and_no_file(who.go(names[place]))


def offers_search_and_no_file(who: Reader) -> None:
    """The tools of the first table."""
    table(who.page).hover()
    tools = who.page.locator(f"{Part.ELEMENT_TOOLBAR} button")
    names = [tool.get_attribute("aria-label") or "" for tool in tools.all()]
    assert any("Tìm" in name for name in names) and not [name for name in names if "CSV" in name], (who.page.url, names)


@pytest.mark.slow
def test_a_picker_is_searched_without_accents(served: Server, readers: Readers) -> None:
    """One that takes one unit, then one that takes several."""
    who = readers(served).open("ho-so-don-vi", period="2025")
    finds_son_la(who, f"{Part.SELECTBOX} >> nth=1")
    finds_son_la(who.open("so-sanh", period="2025", peers="BNCTU"), f"{Part.MULTISELECT} >> nth=1")


def finds_son_la(who: Reader, picker: str) -> None:
    typed = who.page.locator(picker).locator("input").first
    typed.click()
    typed.press_sequentially("son la")
    expect(who.page.locator("[role=option]", has_text="Sơn La").first).to_be_visible()


@pytest.mark.slow
def test_a_long_heading_leaves_what_was_noted_its_place(served: Server, readers: Readers) -> None:
    """A council's note stood one letter a line beside a long name."""
    page = readers(served, width=820).open("phuong-phap").page
    head = "01/12/2026 · Cần tìm hiểu thêm, đã hỏi đơn vị (Hội đồng Thi đua - Khen thưởng của toàn ngành, phiên thứ tư năm 2026)"
    page.evaluate(
        "(html) => document.body.insertAdjacentHTML('afterbegin', html)",
        listing.facts([(head, "Đơn vị đã giải trình." * 5)]),
    )
    box = page.locator("body > .facts td").bounding_box()
    assert box and box["width"] > 400
