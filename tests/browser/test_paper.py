"""What a leader prints is whole: every chart within its place, every row of a list, no control and no hint.

Each reader goes from page to page, prints each once, and looks at everything that concerns its sheet.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dashboard.streamlit_inside.parts import APP_CLASS
from pipelines.texts import catalogue
from tests.conftest import Readers
from tests.support.pages.browser import Reader, Server

pytestmark = pytest.mark.slow
_A4_ACROSS = {"width": 1062, "height": 733}  # pixels between the margins
_BESIDE = """() => [...document.querySelectorAll('.js-plotly-plot .main-svg')].filter(chart => {
  const place = chart.closest('[class*="st-key-panel-"]').getBoundingClientRect(), own = chart.getBoundingClientRect();
  const within = own.right <= place.right + 1 && own.bottom <= place.bottom + 1 && place.right <= innerWidth + 1;
  return !within || !chart.hasAttribute('viewBox');
}).length"""
_GROUND_TURNED = "(app) => getComputedStyle(document.querySelector(app)).filter"
_HEIGHTS = "[...document.querySelectorAll('.svg-container')].map(one => one.getBoundingClientRect().height)"


@contextmanager
def on_paper(who: Reader) -> Iterator[None]:
    """What the browser does when it prints: it tells the page, then lays it out for a sheet without drawing anew."""
    screen = who.page.viewport_size
    who.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    who.page.set_viewport_size(_A4_ACROSS)  # type: ignore[arg-type]
    who.page.emulate_media(media="print")
    yield
    who.page.emulate_media(media="screen")
    who.page.set_viewport_size(screen)  # type: ignore[arg-type]
    who.page.evaluate("dispatchEvent(new Event('afterprint'))")
    who.rest()


def charts_are_whole(who: Reader) -> None:
    """On the sheet: every chart lies in its place."""
    assert who.page.locator(".js-plotly-plot").count() >= 3
    assert who.page.evaluate(_BESIDE) == 0


def says_whose_it_is(who: Reader, lang: str, caveat: bool) -> None:
    """On the sheet: whose it is and what was chosen."""
    texts, head = catalogue(lang), who.page.locator(".imprint")
    assert head.first.is_visible() and not who.page.locator(".st-key-filters").is_visible()
    told = head.first.inner_text()
    assert texts["imprint.agency"] in told and "2025" in told and texts["imprint.made"].partition(":")[0] in told
    assert (texts["imprint.caveat"] in told) is caveat
    assert texts["imprint.sign"] in head.last.inner_text()


def shows_boxes(who: Reader) -> bool:
    """On the screen: what is chosen stands in boxes, not in words."""
    return who.page.locator(".st-key-filters").is_visible() and not who.page.locator(".imprint").first.is_visible()


def test_lists_that_are_picked_from_are_printed_as_tables_and_the_sheet_says_whose_it_is(
    served: Server, readers: Readers
) -> None:
    """Reports due, units to be looked at, the meeting, rules: on the screen each list stands once, and so it does on
    the sheet.
    """
    who = readers(served).open()
    names = who.pages()
    for place, listed, picked_from, least, caveat in (
        ("tinh-hinh-nop", "board", "board-rows", 20, False),  # 13 departments and 7 clusters
        ("can-xem-xet", "council-list", "council-list", 1, True),
        ("truoc-phien-hop", "meeting-full", "meeting-full", 1, True),
        ("bang-quy-dinh", "rules-rows", "rules-rows", 1, True),
    ):
        who.go(names[place])
        rows = who.page.locator(f".st-key-paper-{listed} tbody tr")
        table = who.page.locator(f".st-key-{picked_from}")
        assert table.is_visible() and not rows.first.is_visible() and shows_boxes(who), place
        with on_paper(who):
            assert rows.first.is_visible() and not table.is_visible(), place
            assert rows.count() >= least, place
            says_whose_it_is(who, "vi", caveat)


def test_a_tablet_in_english_and_dark_prints_whole_charts_on_white(served: Server, readers: Readers) -> None:
    """The overview, the awards, the profile of a unit; the sheet of awards says whose it is and asks nobody to choose a
    point.
    """
    who = readers(served, width=820, dark=True).open(lang="en")
    names = who.pages()
    with on_paper(who):
        charts_are_whole(who)
        assert who.page.evaluate(_GROUND_TURNED, APP_CLASS) != "none"
    who.go(names["khen-thuong"])
    hints = who.page.locator('[class*="st-key-hint-"]')
    assert hints.first.is_visible() and shows_boxes(who)
    with on_paper(who):
        charts_are_whole(who)
        says_whose_it_is(who, "en", caveat=True)
        assert not any(hint.is_visible() for hint in hints.all())
    who.go(names["ho-so-don-vi"])
    with on_paper(who):
        charts_are_whole(who)


def test_a_wide_screen_prints_whole_charts_too_and_the_list_of_exemplars_begins_on_a_sheet_of_its_own(
    served: Server, readers: Readers
) -> None:
    who = readers(served, width=1920).open("khen-thuong")
    with on_paper(who):
        charts_are_whole(who)
        assert who.page.evaluate(_GROUND_TURNED, APP_CLASS) == "none"
    who.go(who.pages()["dien-hinh"])
    with on_paper(who):
        charts_are_whole(who)
        begins = who.page.locator(".st-key-panel-exemplars-list").evaluate("part => getComputedStyle(part).breakBefore")
        assert begins == "page", "a chart that is moved to the next sheet would lie over it"


def test_no_chart_is_higher_than_a_sheet_and_each_is_whole(served: Server, readers: Readers) -> None:
    """At a usual width: a unit whose peer group has more than thirty, one row each; then the exemplars."""
    who = readers(served).open("ho-so-don-vi", unit="T11")
    with on_paper(who):
        charts_are_whole(who)
        heights = who.page.evaluate(_HEIGHTS)
        assert len(heights) == 3 and max(heights) < _A4_ACROSS["height"] - 100
    who.go(who.pages()["dien-hinh"])
    with on_paper(who):
        charts_are_whole(who)
