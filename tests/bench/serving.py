"""The dashboard in a real browser over the full demo: from a click to the first chart, and from a choice to the chart
it changes.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dashboard.streamlit_inside.parts import Part
from tests.bench import demo_home
from tests.bench.options import Options
from tests.bench.results import Result
from tests.support.pages import browser
from tests.support.pages.browser import Reader

FIRST_CHART, INTERACTION = 1.5, 0.5  # seconds
_CHART = '[class*="st-key-panel-{name}"] .js-plotly-plot .cartesianlayer .subplot'
_ROWS = ".st-key-{name} canvas"
_WORDS = f"{Part.PROGRESS}, {Part.TABLE}, {Part.MARKDOWN}"
_OPTION = '[role="option"]'


@dataclass(frozen=True)
class Place:
    """A page: where it is, what a reader waits for there (CSS), what can be chosen there (keys), and what a choice
    changes (CSS).
    """

    path: str
    shows: str
    choices: tuple[str, ...] = ()
    changes: str = ".js-plotly-plot"


# In the order of the navigation.
PLACES = (
    Place("tong-quan", _CHART.format(name="overview"), ("period", "group")),
    Place("khen-thuong", _CHART.format(name="awards"), ("period", "series")),
    Place("dien-hinh", _CHART.format(name="exemplars"), ("period", "group")),
    Place("so-sanh", _CHART.format(name="compare"), ("period", "peers")),
    Place("truoc-phien-hop", _ROWS.format(name="meeting-rows"), ("period", "proposer"), _WORDS),
    Place("can-xem-xet", _ROWS.format(name="council-list"), ("group", "unit"), _WORDS),
    Place("ho-so-don-vi", _CHART.format(name="profile"), ("period", "unit")),
    Place("bang-quy-dinh", _ROWS.format(name="rules-rows"), ("period",), _WORDS),
    Place("phuong-phap", ".st-key-method-levels"),
    Place("tinh-hinh-nop", _ROWS.format(name="board-rows"), ("period",), _WORDS),
    Place("du-lieu", ".st-key-data-way", ("metric",), _WORDS),
    Place("nop-bao-cao", Part.UPLOADER),
)
# The clock runs in the page itself: from a click (or from the start of a navigation) to the first frame that shows it.
_CLOCK = """
addEventListener('click', () => { window.clickedAt = performance.now(); window.changedAt = 0; }, true);
new MutationObserver(records => {
  const inside = one => (one.target.closest ? one.target : one.target.parentElement)?.closest(window.watched);
  if (!window.changedAt && window.watched && records.some(inside)) window.changedAt = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
"""
_SHOWN = """selector => [...document.querySelectorAll(selector)].some(one => one.getBoundingClientRect().height > 0)
  && performance.now() - (window.clickedAt ?? 0)"""
_CHANGED = "() => window.changedAt && window.changedAt - window.clickedAt"


def measure(options: Options) -> Iterator[Result]:
    """The server is warm and each page has been seen once; it answers one reader.

    "First time": that choice was never made.
    """
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = demo_home.copy(options.home, Path(folder))
        with (
            browser.demo_server(home) as server,
            browser.browser(playwright) as chromium,
            browser.profile(chromium) as used,
            browser.reader(used, server.url) as reader,
        ):
            reader.page.add_init_script(_CLOCK)
            for place in PLACES:
                reader.open(place.path)
            yield from _arrivals(reader, options.repeats)
            for place in PLACES:
                for key in place.choices:
                    yield from _choices(reader, place, key, options.repeats)


def _arrivals(reader: Reader, repeats: int) -> Iterator[Result]:
    names = reader.open().pages()
    for number, place in enumerate(PLACES):
        by_link, by_address = [], []
        for _ in range(repeats):
            reader.open(PLACES[number - 1].path)
            reader.link(names["" if number == 0 else place.path]).click()
            by_link.append(_clocked(reader.page, _SHOWN, place.shows))
            reader.page.goto(f"{reader.url}/{place.path}", wait_until="commit")
            by_address.append(_clocked(reader.page, _SHOWN, place.shows))
        what = "first chart" if "plotly" in place.shows else "first content"
        yield Result("serving", f"{place.path}: by its link → {what}", "s", by_link, FIRST_CHART)
        yield Result("serving", f"{place.path}: by its address → {what}", "s", by_address, FIRST_CHART)


def _choices(reader: Reader, place: Place, key: str, repeats: int) -> Iterator[Result]:
    reader.open(place.path)
    names = _offered(reader.page, key)[:repeats]
    first = [_choose(reader, place, key, name) for name in names]
    again = [_choose(reader, place, key, name) for name in names[:-1]]
    for when, told in (("the first time", first), ("again", again)):
        if told:  # a list of one or two has nothing more to choose
            yield Result("serving", f"{place.path}: {key} chosen {when} → changed", "s", told, INTERACTION)


def _offered(page: Page, key: str) -> list[str]:
    """The options below the one that is chosen."""
    _open(page, key)
    names = page.locator(_OPTION).all_inner_texts()
    chosen = page.locator(f'{_OPTION}[aria-selected="true"]').inner_text()
    page.keyboard.press("Escape")
    return names[names.index(chosen) + 1 :]


def _open(page: Page, key: str) -> None:
    """Open a list of choices; one that is scrolled to by the click itself closes again at once."""
    box = page.locator(f".st-key-{key}").get_by_role("combobox")
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    box.click()


def _choose(reader: Reader, place: Place, key: str, name: str) -> float:
    """Seconds from the choice to the first change of what it changes; then the page comes to rest."""
    page = reader.page
    page.evaluate("selector => { window.watched = selector }", place.changes)
    _open(page, key)
    page.locator(_OPTION).get_by_text(name, exact=True).click()
    took = _clocked(page, _CHANGED)
    reader.rest()
    return took


def _clocked(page: Page, clock: str, argument: str = "") -> float:
    return float(page.wait_for_function(clock, arg=argument, polling="raf").json_value()) / 1000
