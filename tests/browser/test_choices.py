"""What a reader chose stands in the URL and stays; charts can be read without a mouse."""

from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.streamlit_inside.parts import Part
from pipelines.texts import say
from tests.conftest import Readers
from tests.support.pages.browser import Reader, Server

pytestmark = pytest.mark.slow
PERIOD = "Kỳ báo cáo"


def in_url(who: Reader) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(who.page.url).query).items()}


def chosen(who: Reader, label: str = PERIOD) -> str:
    return who.page.get_by_role("combobox", name=label).input_value()


def choose(who: Reader, option: str, label: str = PERIOD) -> None:
    box = who.page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)  # of a long list only a part is there
    who.page.get_by_role("option", name=option, exact=True).click()
    who.rest()


def test_a_choice_survives_reload_another_page_and_the_language_and_the_way_back_undoes_it(
    served: Server, readers: Readers
) -> None:
    who = readers(served).open()
    assert (chosen(who), in_url(who)) == (
        "Năm 2025",
        {"period": "2025"},
    )  # also where nobody chose it: the default moves on
    choose(who, "Năm 2024")
    assert in_url(who) == {"period": "2024"}
    choose(who, "Năm 2023")
    who.page.go_back()
    who.page.wait_for_function("() => location.search.includes('2024')")
    assert chosen(who.rest()) == "Năm 2024"
    who.page.reload()
    assert chosen(who.rest()) == "Năm 2024"
    assert chosen(who.go("Điển hình, mô hình")) == "Năm 2024"
    who.page.locator(".st-key-lang button", has_text="en").click()
    who.rest()
    assert chosen(who, "Period") == "Year 2024"
    assert in_url(who) == {"period": "2024", "lang": "en"}
    who.page.go_back()  # undoes the language
    assert chosen(who.rest()) == "Năm 2024"
    who.page.go_back()  # one step to the page before, not to the same page without its filters
    assert in_url(who.rest()) == {"period": "2024"} and urlsplit(who.page.url).path == "/"
    assert who.faults() == []


def test_the_way_back_undoes_the_language_too_and_page_and_url_agree(served: Server, readers: Readers) -> None:
    who = readers(served).open("tinh-hinh-nop")
    who.page.locator(".st-key-lang button", has_text="en").click()
    who.rest()
    assert (
        in_url(who) == {"period": "2025", "lang": "en"} and who.page.get_by_role("combobox", name="Period").count() == 1
    )
    who.page.go_back()
    who.page.wait_for_function("() => !location.search.includes('lang')")
    assert chosen(who.rest()) == "Năm 2025" and in_url(who) == {"period": "2025"}
    assert chosen(who.go("Dữ liệu")) == "Năm 2025" and in_url(who) == {"period": "2025"}
    assert chosen(who.open("tinh-hinh-nop", lang="en"), "Period") == "Year 2025"
    assert chosen(who.go("Overview"), "Period") == "Year 2025" and in_url(who) == {"period": "2025", "lang": "en"}
    assert who.faults() == []


def test_a_link_opens_what_its_sender_saw(served: Server, readers: Readers) -> None:
    first = readers(served).open("du-lieu")
    choose(first, "Năm 2024")
    label, metric = "Chỉ tiêu", say("dictionary.metric.exemplar_count", "vi")
    assert chosen(first, label) != metric
    choose(first, metric, label)
    second = readers(served)
    second.page.goto(first.page.url)
    assert (chosen(second.rest()), chosen(second, label)) == ("Năm 2024", metric)


def test_the_first_step_back_leaves_the_page_one_arrived_at(served: Server, readers: Readers) -> None:
    who = readers(served).open("phuong-phap").open("tinh-hinh-nop")
    assert in_url(who) == {"period": "2025"}
    who.page.go_back()
    who.rest()
    assert urlsplit(who.page.url).path == "/phuong-phap"


def test_a_link_is_handed_on_with_its_words(served: Server, readers: Readers) -> None:
    who = readers(served).open("can-xem-xet", group="VU")
    who.page.get_by_role("button", name="Liên kết").click()
    told = who.page.locator(f"{Part.POPOVER_BODY} code").inner_text()
    assert "Vụ Tổ chức - Cán bộ" in told and "Đã lọc" in told and "không phải kết luận" in told
    address = told.split()[-1]
    assert {"period", "group", "unit", "version"} == set(parse_qs(urlsplit(address).query))
    second = readers(served)
    second.page.goto(address)
    assert chosen(second.rest(), "Khối, cụm, tỉnh") == "Các vụ, đơn vị" and second.faults() == []


def test_an_unknown_value_in_the_url_falls_back_to_the_default(served: Server, readers: Readers) -> None:
    who = readers(served).open(period="1999", group="nobody", lang="xx")
    assert chosen(who) == "Năm 2025" and who.faults() == []


def test_the_table_behind_a_chart_is_reached_and_picked_by_keyboard(served: Server, readers: Readers) -> None:
    who = readers(served).open()
    panel = who.page.locator(".st-key-panel-overview-awards")
    panel.get_by_role("radio", name="bảng").focus()
    who.page.keyboard.press("Space")
    who.rest()
    table = panel.locator(Part.TABLE).first
    table.locator("tbody tr").nth(1).wait_for(state="attached")
    table.locator("canvas").first.focus()
    for key in ("ArrowDown", "Shift+Space"):
        who.page.keyboard.press(key)
        who.page.wait_for_timeout(200)
    who.rest()
    panel.get_by_text("Căn cứ:").wait_for()
    assert panel.locator("table.listing tbody tr").count() > 1


def test_the_board_leads_who_has_to_send_to_the_page_with_unit_and_period(served: Server, readers: Readers) -> None:
    who = readers(served).open("nop-bao-cao", template_period="2024", template_reporter="V01")  # looked at before
    who.go("Tình hình nộp")
    assert in_url(who) == {"period": "2025"}
    assert who.page.get_by_text("Biên nhận số").count() == 1  # of the report that was returned
    name = who.page.locator(f"{Part.MAIN} h2").last.inner_text().split(":")[0]
    who.page.locator(f"{Part.MAIN} {Part.PAGE_LINK} a").click()
    who.rest()
    assert chosen(who) == "Năm 2025" and chosen(who, "Đơn vị, cụm báo cáo") == name
    assert in_url(who)["template_period"] == "2025" and in_url(who)["template_reporter"]
