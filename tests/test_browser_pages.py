"""Every page in a real browser, in both languages, on both grounds, with and without figures.

Nothing fails, nothing leaves the machine, everybody can read it, and a Vietnamese page is Vietnamese to the last tooltip.
"""

from collections.abc import Iterator

import pytest

from pipelines.settings import Home
from tests import accessible
from tests.browser import Server, demo_server
from tests.conftest import Readers
from tests.test_browser_words import leaks

pytestmark = pytest.mark.slow
# Each page once a look, so that it is met in both languages, on both grounds, on a screen and a tablet, by click and by address.
LOOKS = [
    ("vi", "light", 1440, "click"), ("vi", "dark", 820, "address"),
    ("en", "light", 820, "address"), ("en", "dark", 1440, "click"),
]  # fmt: skip
# Without figures there is less to see: both languages, grounds, widths and ways, each in one of two walks.
OTHER_LOOKS = [("vi", "dark", 1440, "click"), ("en", "light", 820, "address")]

WIDER_THAN_THE_WINDOW = """() => [...document.querySelectorAll('[data-testid="stMain"], [class*="st-key-panel-"]')]
  .filter(part => part.scrollWidth > part.clientWidth + 2).map(part => part.className)"""
# Words of a chart that reach beyond its edge.
CUT_LABELS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('.main-svg text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2 || box.top < frame.top - 2);
  }).map(text => text.textContent);
})"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with demo_server(Home(tmp_path_factory.mktemp("empty") / "home").ready()) as server:
        yield server


@pytest.mark.parametrize(("lang", "ground", "width", "by"), LOOKS)
def test_no_page_fails_nothing_is_cut_off_everybody_can_read_it_and_no_request_leaves_the_machine(
    lang: str, ground: str, width: int, by: str, served: Server, readers: Readers
) -> None:
    walk(served, readers, lang, ground, width, by)


@pytest.mark.parametrize(("lang", "ground", "width", "by"), OTHER_LOOKS)
def test_without_figures_no_page_fails_either_and_everybody_can_read_it(
    lang: str, ground: str, width: int, by: str, empty: Server, readers: Readers
) -> None:
    walk(empty, readers, lang, ground, width, by)


def walk(server: Server, readers: Readers, lang: str, ground: str, width: int, by: str) -> None:
    """Visit every page of the navigation and look at it."""
    who = readers(server, dark=ground == "dark", width=width, locale="en-US").open(lang=lang)
    places = who.pages()
    assert len(places) == 12 and "" in places
    for place, name in places.items():
        who.go(name) if by == "click" else who.open(place, lang=lang)
        assert who.page.locator("h1").count() == 1, place
        assert who.page.evaluate(WIDER_THAN_THE_WINDOW) == [], place
        assert who.page.evaluate(CUT_LABELS) == [], place
        assert accessible.faults(who.page) == [], place
        assert who.page.locator("html").get_attribute("lang") == lang, place
        assert lang == "en" or leaks(who.page) == [], place
    assert who.faults() == []
    assert server.failures() == []


def test_a_request_that_wants_to_leave_is_seen_and_stopped(served: Server, readers: Readers) -> None:
    who = readers(served).open()
    assert who.page.evaluate("fetch('https://example.org/').then(() => 'left', () => 'stopped')") == "stopped"
    assert any("example.org" in fault for fault in who.faults())
