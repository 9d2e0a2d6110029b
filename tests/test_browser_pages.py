"""Every page in a real browser: nothing fails, nothing leaves the machine, in both languages, on both grounds, with and without figures."""

from collections.abc import Iterator

import pytest

from pipelines.settings import Home
from tests.browser import Server, demo_server
from tests.conftest import Readers

pytestmark = pytest.mark.slow
LOOKS = [(lang, ground) for lang in ("vi", "en") for ground in ("light", "dark")]

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


@pytest.mark.parametrize(("lang", "ground"), LOOKS)
def test_no_page_fails_and_no_request_leaves_the_machine(
    lang: str, ground: str, served: Server, readers: Readers
) -> None:
    walk(served, readers, lang, ground)


@pytest.mark.parametrize(("lang", "ground"), LOOKS)
def test_without_figures_no_page_fails_either(lang: str, ground: str, empty: Server, readers: Readers) -> None:
    walk(empty, readers, lang, ground)


def walk(server: Server, readers: Readers, lang: str, ground: str) -> None:
    """Visit every page of the navigation, by its own address and by a click."""
    who = readers(server, dark=ground == "dark").open(lang=lang)
    places = who.pages()
    assert len(places) >= 2 and "" in places
    for place in places:
        who.open(place, lang=lang)
        assert who.page.locator("h1").count() == 1, place
    for name in places.values():
        who.go(name)
    assert who.faults() == []
    assert server.failures() == []


def test_a_request_that_wants_to_leave_is_seen_and_stopped(served: Server, readers: Readers) -> None:
    who = readers(served).open()
    assert who.page.evaluate("fetch('https://example.org/').then(() => 'left', () => 'stopped')") == "stopped"
    assert any("example.org" in fault for fault in who.faults())


@pytest.mark.parametrize("width", [1440, 820])
def test_nothing_is_cut_off_on_a_screen_or_a_tablet(width: int, served: Server, readers: Readers) -> None:
    who = readers(served, width=width).open()
    places = who.pages()
    assert len(places) == 12
    for place in places:
        who.open(place)
        assert who.page.evaluate(WIDER_THAN_THE_WINDOW) == [], place
        assert who.page.evaluate(CUT_LABELS) == [], place
