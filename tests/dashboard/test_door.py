"""Who the server answers, and what its answers tell a browser: on a real server, whose look-up of outside names never
ends.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from dashboard.serving import uploads
from dashboard.serving.door import POLICY, Door
from dashboard.streamlit_inside import places
from dashboard.streamlit_inside.parts import Part
from pipelines import settings
from pipelines.problems import HostWrong
from pipelines.settings import Home
from pipelines.texts import say
from tests.conftest import Readers
from tests.support.pages.browser import Reader, Server, demo_server
from tests.support.pages.sessions import asked, session

# Python imports this before the server begins: whoever looks an outside name up is written down and waits.
_HANGING = """
import pathlib, socket, time
own = socket.getaddrinfo
def getaddrinfo(host, *rest, **named):
    if host not in ("127.0.0.1", "localhost", "::1", None):
        with pathlib.Path({log!r}).open("a") as log:
            log.write(f"{{host}}\\n")
        time.sleep(60)
    return own(host, *rest, **named)
socket.getaddrinfo = getaddrinfo
"""
FOREIGN = "http://trang-khac.example"
_HANDSHAKE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
_SIGNED = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


@pytest.fixture(scope="module")
def looked_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outside names the server has looked up."""
    return tmp_path_factory.mktemp("resolver") / "names"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, looked_up: Path) -> Iterator[Server]:
    (looked_up.parent / "sitecustomize.py").write_text(_HANGING.format(log=str(looked_up)))
    home = Home(tmp_path_factory.mktemp("door") / "home").ready()
    with demo_server(home, PYTHONPATH=str(looked_up.parent), THIDUA_HOSTS="thidua.noibo, may-chu") as running:
        yield running


def shake(server: Server, **headers: str) -> int:
    return asked(server.url, places.STREAM, **{**_HANDSHAKE, **headers})[0]


def own(server: Server) -> str:
    return urlsplit(server.url).netloc


@pytest.mark.slow
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.nip.io",
                                  "192.0.2.7", "0.0.0.0", "[::2]", "user@localhost", "localhost/x", "thidua.noibo.evil", "nội.bộ"])  # fmt: skip
def test_a_name_that_is_not_listed_gets_a_sentence_and_no_session(server: Server, host: str) -> None:
    """A name of the sender's own choosing that leads to this machine (DNS rebinding)."""
    host = host.encode().decode("latin-1")
    status, headers, text = asked(server.url, "/", host=host)
    assert (status, text) == (403, say("dashboard.refused.host", "vi")) and _SIGNED.items() <= headers.items()
    assert asked(server.url, "/?lang=en", host=host)[2] == say("dashboard.refused.host", "en")
    assert shake(server, Host=host) == 403


@pytest.mark.slow
@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}", "localhost.", "thidua.noibo", "May-Chu:80"])  # fmt: skip
def test_the_names_of_this_machine_and_those_of_the_setting_are_answered(server: Server, host: str) -> None:
    host = host.format(port=urlsplit(server.url).port)
    assert asked(server.url, "/", host=host)[0] == 200
    assert shake(server, Host=host, Origin=f"http://{host}") == 101


@pytest.mark.slow
def test_an_origin_of_another_place_is_turned_away_at_once_and_nobody_else_waits(
    server: Server, looked_up: Path
) -> None:
    port = urlsplit(server.url).port
    for origin in (
        FOREIGN,
        "null",
        f"http://localhost:{port}",
        f"http://127.0.0.1:{port}9",
        "file://",
        f"ftp://{own(server)}",
        f"{server.url}.evil",
    ):
        began = time.monotonic()
        assert shake(server, Origin=origin) == 403, origin
        status, _, text = asked(server.url, "/media/x", Origin=origin)
        assert (status, text) == (403, say("dashboard.refused.origin", "vi")), origin
        assert asked(server.url, places.HEALTH)[0] == 200 and time.monotonic() - began < 5, origin
    assert not looked_up.exists(), looked_up.read_text()
    assert shake(server, Origin=server.url) == 101 and shake(server) == 101  # programs name no origin


@pytest.mark.slow
def test_what_lies_behind_a_proxy_that_speaks_https_keeps_its_origin(server: Server) -> None:
    assert shake(server, Host="thidua.noibo", Origin="https://thidua.noibo") == 101
    assert shake(server, Host="thidua.noibo:443", Origin="https://thidua.noibo") == 101
    assert shake(server, Host="thidua.noibo:8443", Origin="https://thidua.noibo") == 403


@pytest.mark.slow
def test_every_answer_is_signed_and_what_tells_of_the_server_is_closed(server: Server) -> None:
    found = {
        "/": 200,
        "/tong-quan": 307,
        "/khen-thuong/": 301,
        "//evil.example": 400,
        "/media/none.xlsx": 404,
        places.HEALTH: 200,
        "/app/static/icon.png": 200,
        "/app/static/none": 404,
        "/static/js/none.js": 200,
        f"{places.CORE}metrics": 404,
        f"{places.CORE}metrics?families=active_sessions": 404,
        f"{places.CORE}host-config": 404,
        f"{places.CORE}agent/openapi.json": 404,
        f"{places.CORE}agent/interact": 404,
        f"{places.CORE}script-health-check": 404,
        f"{places.CORE}bidi-components/x/y": 404,
        places.CORE: 404,
    }
    for path, wanted in found.items():
        status, headers, text = asked(server.url, path)
        assert status == wanted, path
        assert _SIGNED.items() <= headers.items(), path
        assert wanted == 200 or ("# TYPE" not in text and "allowedOrigins" not in text), path
    assert asked(server.url, "/media/none.xlsx")[1]["cache-control"] == "no-store"
    assert asked(server.url, f"{places.CORE}metrics", "OPTIONS")[0] == 404
    status, headers, _ = asked(server.url, f"{places.UPLOADS}a/b", "PUT", b"x")
    assert status == 403 and _SIGNED.items() <= headers.items()


def heard_by(app: ASGIApp, host: str, server: str = "127.0.0.1", path: str = "/x", **more: str) -> list[Message]:
    """What an application says through the door to who asks for a host."""
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "server": (server, 8501)}
    headers = [(name.encode(), value.encode()) for name, value in {"host": host, **more}.items()]
    asking = Door(app, settings.hosts())({**scope, "headers": headers}, receive, send)
    with suppress(RuntimeError):
        asyncio.run(asking)
    return told


def test_a_failure_of_ours_is_signed_too() -> None:
    def fails(_: Request) -> Response:
        raise RuntimeError("nobody foresaw it")

    start = heard_by(Starlette(routes=[Route("/x", fails)]), "localhost")[0]
    assert start["status"] == 500 and _SIGNED.items() <= dict(Headers(raw=start["headers"])).items()


@pytest.mark.parametrize(
    ("host", "origin", "comes_in"),
    [
        ("localhost:8501", "http://localhost:8501", True),
        ("localhost:8501", "http://127.0.0.1:8501", False),
        ("localhost:8501", "http://localhost", False),
        ("localhost:80", "http://localhost", True),
        ("localhost", "https://localhost:443", True),
        ("localhost", "http://localhost:443", False),
        ("localhost", "http://localhost.evil.example", False),
        ("localhost", "http://user@localhost", False),
        ("localhost", "null", False),
        ("localhost", "", False),
        ("evil.example", "http://evil.example", False),
        ("localhost.evil.example", "http://localhost.evil.example", False),
    ],
)
def test_an_origin_is_the_host_that_was_asked_for(host: str, origin: str, comes_in: bool) -> None:
    (start, *_) = heard_by(PlainTextResponse("page"), host, origin=origin)
    assert start["status"] == (200 if comes_in else 403)


def test_of_streamlits_own_places_those_the_pages_need_are_open() -> None:
    page = PlainTextResponse("page")
    found = {path: heard_by(page, "localhost", path=f"{places.CORE}{path}")[0]["status"]
             for path in ("health", "stream", "upload_file/a/b", "metrics", "host-config", "healthy", "agent/mcp", "")}  # fmt: skip
    assert [path for path, status in found.items() if status == 200] == ["health", "stream", "upload_file/a/b"]
    (start, *_) = heard_by(page, "localhost", path="/media/a.xlsx")
    assert Headers(raw=start["headers"])["cache-control"] == "no-store"


def test_the_address_a_connection_came_to_needs_no_setting() -> None:
    """The server is open to others, and they type the number of the machine: no name, so nobody can lead
    it elsewhere.
    """
    page = PlainTextResponse("page")
    statuses = [heard_by(page, f"{host}:8501", "10.1.2.3")[0]["status"] for host in ("10.1.2.3", "10.1.2.4")]
    assert statuses == [200, 403]


@pytest.mark.parametrize("value", ["*", "http://a.b", "a.b:80", "a/b", "-a", "tên máy", "a;b"])
def test_a_setting_that_is_no_name_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("THIDUA_HOSTS", f"dung.noibo, {value}")
    with pytest.raises(HostWrong):
        settings.hosts()


@pytest.mark.slow
def test_a_session_that_has_sent_too_much_is_told_and_others_are_not_touched(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(server.url) as one, session(server.url) as other:
        one.view("nop-bao-cao"), other.view("nop-bao-cao")
        for _ in range(3):
            assert one.upload(99_000_000)[0] == 204
        status, text = one.upload(99_000_000)
        assert status == 413 and say("dashboard.refused.uploads", "vi") in text
        assert one.upload(1_000_000)[0] == 204 and other.upload(99_000_000)[0] == 204
    with session(server.url) as many:
        many.view("nop-bao-cao")
        answers = [many.upload(10)[0] for _ in range(uploads.MOST_FILES + 1)]
        assert answers == [204] * uploads.MOST_FILES + [413]


@pytest.mark.slow
def test_a_browser_meets_no_closed_door_and_says_what_was_too_much(
    server: Server, readers: Readers, tmp_path: Path
) -> None:
    """A page in Chromium under these headers (every page: test_browser_pages); then a session that is full, in both
    languages.
    """
    who: Reader = readers(server).open("nop-bao-cao")
    assert who.faults() == []
    who.page.route(f"**{places.UPLOADS}**", lambda route: route.fulfill(status=413))
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(b"PK" + bytes(1000))
    for lang in ("vi", "en"):
        who.open("nop-bao-cao", lang=lang)
        who.page.locator(f'{Part.UPLOADER} input[type="file"]').set_input_files(path)
        chip = who.page.get_by_text(say("dashboard.refused.uploads", lang))
        try:
            chip.first.wait_for(timeout=10_000)
        except Exception:
            print(who.page.locator(Part.UPLOADER).inner_html())
            raise
