"""The dashboard as its readers meet it: a real server over a data folder, a real browser without a network."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright, Request

from dashboard.streamlit_inside import places
from dashboard.streamlit_inside.parts import AT_REST, STALE, Part
from pipelines.settings import Home
from tests import ROOT

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"  # without a window to draw: a fifth less work
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
OWN_HOST = "127.0.0.1"
START, SETTLE = 120, 60  # seconds a server may take to answer, and a page to come to rest
_LOOKED = 100  # milliseconds between looks at whether it has: at every frame they would be a tenth of all work
# A page is at rest when its script has ended, every chart is drawn and nothing is waiting or fading.
_AT_REST = """({ rest, waiting, charts }) => document.querySelector(rest) && !document.querySelector(waiting)
  && [...document.querySelectorAll(charts)].every(chart => chart.querySelector('.js-plotly-plot .main-svg'))
  && document.fonts.status === 'loaded'"""
_RESTING = {
    "rest": AT_REST,
    "waiting": ", ".join((Part.SKELETON, Part.APP_SKELETON, Part.SPINNER, STALE)),
    "charts": Part.CHART,
}


@dataclass(frozen=True)
class Server:
    """A running dashboard: where it is, and the file its words go to."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def failures(self) -> list[str]:
        """Lines of the log that tell of an error nobody foresaw."""
        told = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in told if "Traceback" in line or "page failed" in line]


@contextmanager
def demo_server(
    home: Home,
    log: Path | None = None,
    port: int = 0,
    command: Sequence[str | Path] = (sys.executable, "-m", "dashboard"),
    folder: Path = ROOT,
    **environment: str,
) -> Iterator[Server]:
    """`python -m dashboard` over a data folder on a loopback port (0: a free one), from its first answer until the
    block ends.
    """
    port, log = port or free_port(), log or home.root.with_name(f"{home.root.name}.server.log")
    own = {"THIDUA_HOME": str(home.root), "STREAMLIT_SERVER_PORT": str(port)}
    with log.open("wb") as words:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | own | environment,
            stdout=words,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://{OWN_HOST}:{port}", log, process)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium of the system, without a screen."""
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    with closing(launched):
        yield launched


_ON_THE_BAR, _MENU, _IN_A_MENU = Part.NAVIGATION_LINK, Part.NAVIGATION_MENU, Part.NAVIGATION_MENU_LINK


def _place(link: Locator) -> tuple[str, str]:
    """Where a link leads, and its name without the word that draws its icon."""
    return urlsplit(link.get_attribute("href") or "").path.strip("/"), link.inner_text().strip().splitlines()[
        -1
    ].strip()


@dataclass
class Reader:
    """One reader at a page, and what went wrong on the way."""

    page: Page
    url: str
    outside: list[str] = field(default_factory=list)  # requests that left the machine or wanted to
    complaints: list[str] = field(default_factory=list)  # what the browser itself complained of

    def open(self, path: str = "", **chosen: str) -> "Reader":
        """Open a page by its place in the URL (the first page without one), with filters; wait until it is at rest."""
        query = f"?{urlencode(chosen)}" if chosen else ""
        self.page.goto(f"{self.url}/{quote(path)}{query}", wait_until="domcontentloaded")
        return self.rest()

    def go(self, name: str) -> "Reader":
        """Follow the navigation to a page by its name."""
        self.link(name).click()
        return self.rest()

    def link(self, name: str) -> Locator:
        """The link to a page by its name, its menu opened."""
        on_the_bar = self.page.locator(_ON_THE_BAR, has_text=name)
        if on_the_bar.count():
            return on_the_bar
        for menu in self.page.locator(_MENU).all():
            menu.click()
            found = self.page.locator(_IN_A_MENU, has_text=name)
            self.page.locator(_IN_A_MENU).first.wait_for()
            if found.count():
                return found
            self.page.keyboard.press("Escape")
            self.page.locator(_IN_A_MENU).first.wait_for(state="detached")
        raise LookupError(name)

    def walk(self) -> Iterator[str]:
        """Follow the navigation to every page: the place in the URL of each, once the reader is there."""
        for place, name in self.pages().items():
            self.go(name)
            yield place

    def unfold(self) -> "Reader":
        """Open everything on the page that is folded."""
        folded = self.page.locator("details:not([open]) > summary")
        while folded.count():  # one that is opened is no longer among them
            folded.first.click()
            self.page.wait_for_timeout(100)
        return self.rest()

    def rest(self) -> "Reader":
        """Wait until the page is at rest, and still is a moment later: a choice takes a moment to be noticed."""
        for _ in range(2):
            self._at_rest()
            self.page.wait_for_timeout(250)
        self._at_rest()
        return self

    def _at_rest(self) -> None:
        self.page.wait_for_function(_AT_REST, arg=_RESTING, timeout=SETTLE * 1000, polling=_LOOKED)

    def pages(self) -> dict[str, str]:
        """The pages of the navigation: place in the URL -> name. The first page lies at ""."""
        links = self.page.locator(_ON_THE_BAR).all()
        told = dict(_place(link) for link in links)
        for menu in self.page.locator(_MENU).all():
            menu.click()
            self.page.locator(_IN_A_MENU).first.wait_for()
            told |= dict(_place(link) for link in self.page.locator(_IN_A_MENU).all())
            self.page.keyboard.press("Escape")
            self.page.locator(_IN_A_MENU).first.wait_for(state="detached")
        return told

    def faults(self) -> list[str]:
        """Everything a reader must never meet, met so far: empty when all is well."""
        shown = self.page.locator(f"{Part.EXCEPTION}, {Part.ALERT_ERROR}").all_inner_texts()
        return [*self.outside, *self.complaints, *shown]


def profile(
    chromium: Browser, *, dark: bool = False, width: int = 1440, height: int = 1000, locale: str = "vi-VN"
) -> BrowserContext:
    """A browser profile of its own: its cache, its cookies, what pages keep."""
    return chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale=locale,
        timezone_id="Asia/Ho_Chi_Minh",
        accept_downloads=True,
    )


@contextmanager
def reader(used: BrowserContext, url: str) -> Iterator[Reader]:
    """A reader at a new page of a profile. He leaves nothing behind but what the browser has loaded."""
    with closing(used.new_page()) as page:
        who = Reader(page, url)
        page.on("request", lambda request: _note_request(who, request))
        page.on("console", lambda message: _note_complaint(who, message))
        page.on("pageerror", lambda error: who.complaints.append(str(error)))
        yield who
        if page.url.startswith(url):
            page.evaluate("localStorage.clear()")
    used.clear_cookies()


def _note_request(who: Reader, request: Request) -> None:
    place = urlsplit(request.url)
    if place.scheme not in ("data", "blob") and place.hostname != OWN_HOST:
        who.outside.append(request.url)


def _note_complaint(who: Reader, message: ConsoleMessage) -> None:
    """Errors only."""
    if message.type == "error":
        who.complaints.append(f"{message.text} {message.location.get('url', '')}")


def free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind((OWN_HOST, 0))
        return int(listening.getsockname()[1])


def _wait_until_healthy(server: Server) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}{places.HEALTH}", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not start:\n{server.log.read_text(encoding='utf-8', errors='replace')}")
