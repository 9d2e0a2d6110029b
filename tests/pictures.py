"""Pictures of every page, to be looked at, and the three of the README.

`python -m tests.pictures --home H` writes the three into docs/pictures; with `--out DIR` every page in light and
dark, wide and narrow.
"""

import argparse
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dashboard.streamlit_inside.parts import Part
from pipelines import settings
from pipelines.settings import Home
from tests import ROOT
from tests.support.pages.browser import Reader, Server, browser, demo_server, profile, reader
from tests.support.pages.charts_seen import CHART, click, points

README = ROOT / "docs" / "pictures"
WIDTHS = (1440, 820)


def all_pages(chromium: Browser, server: Server, folder: Path) -> None:
    """Every page × light, dark × 1440, 820, whole."""
    folder.mkdir(parents=True, exist_ok=True)
    for dark in (False, True):
        for width in WIDTHS:
            with profile(chromium, dark=dark, width=width) as used, reader(used, server.url) as who:
                for place in who.open().pages():
                    who.open(place)
                    name = f"{place or 'tong-quan'}-{'dark' if dark else 'light'}-{width}.png"
                    _whole(who, folder / name)


def overview(who: Reader) -> None:
    """The first screenful of the first page."""
    who.open().page.screenshot(path=README / "overview.png")


def evidence(who: Reader) -> None:
    """A point of the awards page, chosen, with the cells behind it."""
    who.open("khen-thuong")
    panel = who.page.locator('[class*="st-key-panel-"]', has=who.page.locator(CHART)).first
    click(who, max(points(panel.locator(CHART))))
    panel.locator("table.listing").last.wait_for()
    panel.evaluate("panel => panel.scrollIntoView({block: 'start', behavior: 'instant'})")
    who.page.locator(Part.MAIN).evaluate("main => main.scrollBy(0, -64)")  # out from under the navigation
    who.page.mouse.move(4, 4)
    who.rest().page.screenshot(path=README / "evidence.png")


def council(who: Reader) -> None:
    """The first screenful of the council's list."""
    who.open("can-xem-xet").page.screenshot(path=README / "council.png")


def _whole(who: Reader, path: Path) -> None:
    """The page from top to bottom: the window is made as high as the page."""
    main = who.page.locator(Part.MAIN)
    size = who.page.viewport_size
    assert size
    height = main.evaluate("main => main.scrollHeight")
    who.page.set_viewport_size({"width": size["width"], "height": max(height + 60, 600)})
    who.rest()
    who.page.screenshot(path=path)
    who.page.set_viewport_size(size)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--home", type=Path, help="data folder (default: THIDUA_HOME)")
    wanted.add_argument("--out", type=Path, help="folder for pictures of every page")
    asked = wanted.parse_args()
    home = Home(asked.home.resolve()).ready() if asked.home else settings.home()
    with demo_server(home) as server, sync_playwright() as playwright, browser(playwright) as chromium:
        if asked.out:
            all_pages(chromium, server, asked.out)
            return
        README.mkdir(parents=True, exist_ok=True)
        for picture in (overview, evidence, council):
            with profile(chromium, height=1180) as used, reader(used, server.url) as who:
                picture(who)


if __name__ == "__main__":
    main()
