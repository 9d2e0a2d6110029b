"""A reader without a browser: the words that pass between a page and the server, over a WebSocket of its own."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from websockets.sync.client import ClientConnection, connect

from dashboard.streamlit_inside import places
from dashboard.streamlit_inside.messages import BackMsg, ForwardMsg

_PATIENCE = 120.0  # seconds a page may take


@dataclass
class Session:
    """One session with a server."""

    url: str
    line: ClientConnection
    number: str = ""
    told: list[ForwardMsg] = field(default_factory=list)  # by the last view

    def view(self, page: str = "", **chosen: str) -> "Session":
        """Ask for a page by its place in the URL and hear it out."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = urlencode(chosen)
        self.line.send(asked.SerializeToString())
        self.told = []
        while True:
            heard = ForwardMsg.FromString(self.line.recv(_PATIENCE, decode=False))
            self.told.append(heard)
            if heard.WhichOneof("type") == "new_session":
                self.number = heard.new_session.initialize.session_id
            if heard.WhichOneof("type") == "script_finished":
                return self

    def upload(self, size: int, name: str = "bao-cao.xlsx") -> tuple[int, str]:
        """Send a file of so many bytes, as the uploader does; status and words of the answer."""
        edge, token = uuid.uuid4().hex, _token(self.url)
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = head + bytes(size) + f"\r\n--{edge}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", places.TOKEN: token}
        place = f"{places.UPLOADS}{self.number}/{uuid.uuid4()}"
        return asked(self.url, place, "PUT", body, **headers, Cookie=f"{places.COOKIE}={token}")[::2]


@contextmanager
def session(url: str, **headers: str) -> Iterator[Session]:
    """A session that has not asked for anything yet."""
    place = f"ws://{urlsplit(url).netloc}{places.STREAM}"
    with connect(place, subprotocols=[places.PROTOCOL], additional_headers=headers, max_size=None) as line:  # type: ignore[list-item]
        yield Session(url, line)


def asked(
    url: str, path: str, method: str = "GET", body: bytes = b"", host: str = "", **headers: str
) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer, whatever host is asked for."""
    line = HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        line.putrequest(method, path, skip_host=True)
        told = {"Host": host or urlsplit(url).netloc, **headers}
        if method in ("PUT", "POST"):
            told["Content-Length"] = str(len(body))
        for name, value in told.items():
            line.putheader(name, value)
        line.endheaders(body or None)
        answer = line.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, fields, "" if answer.status == 101 else answer.read().decode(errors="replace")
    finally:
        line.close()


def _token(url: str) -> str:
    cookie = SimpleCookie(asked(url, places.HEALTH)[1]["set-cookie"])
    return cookie[places.COOKIE].value
