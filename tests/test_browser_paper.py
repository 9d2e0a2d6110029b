"""What a leader prints is whole: every chart within its place, every row of a list, no control and no hint."""

import pytest

from pipelines.texts import catalogue
from tests.browser import Reader, Server
from tests.conftest import Readers

pytestmark = pytest.mark.slow
_A4_ACROSS = {"width": 1062, "height": 733}  # pixels between the margins
_BESIDE = """() => [...document.querySelectorAll('.js-plotly-plot .main-svg')].filter(chart => {
  const place = chart.closest('[class*="st-key-panel-"]').getBoundingClientRect(), own = chart.getBoundingClientRect();
  const within = own.right <= place.right + 1 && own.bottom <= place.bottom + 1 && place.right <= innerWidth + 1;
  return !within || !chart.hasAttribute('viewBox');
}).length"""


def on_paper(who: Reader) -> None:
    """What the browser does when it prints: it tells the page, then lays it out for a sheet without drawing anew."""
    who.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    who.page.set_viewport_size(_A4_ACROSS)  # type: ignore[arg-type]
    who.page.emulate_media(media="print")


@pytest.mark.parametrize(
    ("place", "width"),
    [
        ("", 820), ("khen-thuong", 820), ("khen-thuong", 1920), ("dien-hinh", 1440),
        ("dien-hinh", 1920), ("ho-so-don-vi", 820), ("ho-so-don-vi", 1440),
    ],
)  # fmt: skip
def test_every_chart_lies_whole_on_the_sheet(place: str, width: int, served: Server, readers: Readers) -> None:
    who = readers(served, width=width).open(place)
    on_paper(who)
    assert who.page.locator(".js-plotly-plot").count() >= 3
    assert who.page.evaluate(_BESIDE) == 0


def test_the_sheet_has_every_report_due_and_the_screen_has_them_once(served: Server, readers: Readers) -> None:
    who = readers(served).open("tinh-hinh-nop")
    rows, table = who.page.locator(".st-key-paper-board tbody tr"), who.page.locator(".st-key-board-rows")
    assert table.is_visible() and not rows.first.is_visible()
    on_paper(who)
    assert rows.first.is_visible() and not table.is_visible()
    assert rows.count() >= 20  # 13 departments and 7 clusters


@pytest.mark.parametrize(
    ("place", "key"),
    [("can-xem-xet", "council-list"), ("truoc-phien-hop", "meeting-full"), ("bang-quy-dinh", "rules-rows")],
)
def test_a_list_that_is_picked_from_is_printed_as_a_table(
    place: str, key: str, served: Server, readers: Readers
) -> None:
    who = readers(served).open(place)
    rows, table = who.page.locator(f".st-key-paper-{key} tbody tr"), who.page.locator(f".st-key-{key}")
    assert table.is_visible() and not rows.first.is_visible()
    on_paper(who)
    assert rows.first.is_visible() and not table.is_visible()


def test_the_sheet_asks_nobody_to_choose_a_point(served: Server, readers: Readers) -> None:
    who = readers(served).open("khen-thuong")
    hints = who.page.locator('[class*="st-key-hint-"]')
    assert hints.first.is_visible()
    on_paper(who)
    assert not any(hint.is_visible() for hint in hints.all())


@pytest.mark.parametrize(("place", "lang"), [("can-xem-xet", "vi"), ("tinh-hinh-nop", "vi"), ("khen-thuong", "en")])
def test_the_first_sheet_says_whose_it_is_and_what_was_chosen_and_shows_no_boxes(
    place: str, lang: str, served: Server, readers: Readers
) -> None:
    who = readers(served).open(place, **({"lang": "en"} if lang == "en" else {}))
    head, boxes = who.page.locator(".imprint"), who.page.locator(".st-key-filters")
    assert boxes.is_visible() and not head.first.is_visible()
    on_paper(who)
    assert head.first.is_visible() and not boxes.is_visible()
    texts = catalogue(lang)
    told = head.first.inner_text()
    assert texts["imprint.agency"] in told and "2025" in told and texts["imprint.made"].partition(":")[0] in told
    assert (texts["imprint.caveat"] in told) is (place != "tinh-hinh-nop")
    assert texts["imprint.sign"] in head.last.inner_text()


def test_a_dark_screen_is_not_printed_dark(served: Server, readers: Readers) -> None:
    for dark in (True, False):
        who = readers(served, dark=dark).open()
        on_paper(who)
        turned = who.page.evaluate("getComputedStyle(document.querySelector('.stApp')).filter")
        assert (turned != "none") is dark


def test_no_chart_is_higher_than_a_sheet(served: Server, readers: Readers) -> None:
    who = readers(served).open("ho-so-don-vi", unit="T11")  # a peer group of more than thirty, one row each
    on_paper(who)
    heights = who.page.evaluate(
        "[...document.querySelectorAll('.svg-container')].map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 3 and max(heights) < _A4_ACROSS["height"] - 100


def test_the_list_of_exemplars_begins_on_a_sheet_of_its_own(served: Server, readers: Readers) -> None:
    who = readers(served).open("dien-hinh")
    on_paper(who)
    begins = who.page.locator(".st-key-panel-exemplars-list").evaluate("part => getComputedStyle(part).breakBefore")
    assert begins == "page", "a chart that is moved to the next sheet would lie over it"
