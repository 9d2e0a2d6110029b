"""Every page in a real browser, in both languages, on both grounds, with and without figures.

Nothing fails, nothing leaves the machine, everybody can read it, it is set in its own type, and a Vietnamese page is
Vietnamese to the last tooltip.
"""

from collections.abc import Iterator

import pytest

from dashboard.streamlit_inside.parts import Part
from pipelines.settings import Home
from tests.browser.test_words import leaks
from tests.conftest import Readers
from tests.support.pages import accessible
from tests.support.pages.browser import Reader, Server, demo_server

pytestmark = pytest.mark.slow
# Each page once a look, so that it is met in both languages, on both grounds, on a screen and a tablet, by click and by
# address, and all that is folded on it closed and open.
LOOKS = [
    ("vi", "light", 1440, "click", "open"), ("vi", "dark", 820, "click", "closed"),
    ("en", "light", 820, "address", "closed"), ("en", "dark", 1440, "click", "open"),
]  # fmt: skip
# Without figures there is less to see: both languages, grounds, widths and ways, each in one of two walks.
OTHER_LOOKS = [("vi", "dark", 1440, "click", "open"), ("en", "light", 820, "address", "closed")]

PARTS = f'{Part.MAIN}, [class*="st-key-panel-"]'
WIDER_THAN_THE_WINDOW = """(parts) => [...document.querySelectorAll(parts)]
  .filter(part => part.scrollWidth > part.clientWidth + 2).map(part => part.className)"""
# Words of a chart that reach beyond its edge.
CUT_LABELS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('.main-svg text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2 || box.top < frame.top - 2);
  }).map(text => text.textContent);
})"""

# Titles and words of charts in another type than the one that travels with the pages.
OTHER_TYPE = """() => [...document.querySelectorAll('h1, .js-plotly-plot .xtick text')]
  .map(part => getComputedStyle(part).fontFamily.replaceAll('"', '')).filter(family => !family.startsWith('Be Vietnam Pro'))"""
LOADED = (
    "[...document.fonts].filter(f => f.status === 'loaded').map(f => `${f.family} ${f.weight}`.replaceAll('\"', ''))"
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with demo_server(Home(tmp_path_factory.mktemp("empty") / "home").ready()) as server:
        yield server


@pytest.mark.parametrize(("lang", "ground", "width", "by", "folds"), LOOKS)
def test_no_page_fails_nothing_is_cut_off_everybody_can_read_it_and_no_request_leaves_the_machine(
    lang: str, ground: str, width: int, by: str, folds: str, served: Server, readers: Readers
) -> None:
    look_at_all(served, readers, lang, ground, width, by, folds)


@pytest.mark.parametrize(("lang", "ground", "width", "by", "folds"), OTHER_LOOKS)
def test_without_figures_no_page_fails_either_and_everybody_can_read_it(
    lang: str, ground: str, width: int, by: str, folds: str, empty: Server, readers: Readers
) -> None:
    look_at_all(empty, readers, lang, ground, width, by, folds)


def look_at_all(server: Server, readers: Readers, lang: str, ground: str, width: int, by: str, folds: str) -> None:
    """Visit every page of the navigation and look at it."""
    who = readers(server, dark=ground == "dark", width=width, locale="en-US").open(lang=lang)
    seen = set()
    for place in who.walk() if by == "click" else by_address(who, lang):
        seen.add(place)
        if folds == "open":
            who.unfold()
        assert who.page.locator("h1").count() == 1, place
        assert who.page.evaluate(WIDER_THAN_THE_WINDOW, PARTS) == [], place
        assert who.page.evaluate(CUT_LABELS) == [], place
        assert who.page.evaluate(OTHER_TYPE) == [], place
        assert accessible.faults(who.page) == [], place
        assert who.page.locator("html").get_attribute("lang") == lang, place
        assert lang == "en" or leaks(who.page) == [], place
    assert {"Be Vietnam Pro 400", "Be Vietnam Pro 700"} <= {*who.page.evaluate(LOADED)}
    assert len(seen) == 12 and "" in seen
    assert who.faults() == []
    assert server.failures() == []


def by_address(who: Reader, lang: str) -> Iterator[str]:
    """Open every page by its place in the URL."""
    for place in who.pages():
        who.open(place, lang=lang)
        yield place


def test_a_request_that_wants_to_leave_is_seen_and_stopped(served: Server, readers: Readers) -> None:
    who = readers(served).open()
    assert who.page.evaluate("fetch('https://example.org/').then(() => 'left', () => 'stopped')") == "stopped"
    assert any("example.org" in fault for fault in who.faults())
