"""The door in front of the server: which requests get an answer, and what every answer forbids the browser.

A web page elsewhere can send a browser to this machine, also under a host name that it controls. The door refuses such
a request before Streamlit sees it: to compare the origin with its own, Streamlit would ask an outside address for the
address of this machine, and everybody would wait.
"""

import re
from collections.abc import Collection
from http import HTTPStatus
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.streamlit_inside.places import CORE, MEDIA, NEEDED
from pipelines.texts import say

# With it the browser refuses requests to other machines, and refuses to show these pages inside others.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+?)\.?(:\d{1,5})?")
_PORTS = {"http": ":80", "https": ":443"}  # a browser leaves them out


class Door:
    """ASGI application around another: checks host and origin of all requests and WebSockets, adds headers."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        answer = _Signing(send, scope["path"])
        if refused := self._refused(scope):
            lang = "en" if QueryParams(scope.get("query_string", b"")).get("lang") == "en" else "vi"
            await PlainTextResponse(say(refused, lang), HTTPStatus.FORBIDDEN)(scope, receive, answer)
        elif _is_closed(scope["path"]):
            await PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND)(scope, receive, answer)
        else:
            await self._app(_as_one(scope), receive, answer)

    def _refused(self, scope: Scope) -> str:
        """Key of the sentence that says why the request is refused; "" if it is allowed."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        match = _HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
        if match is None or not (match[1] in self._hosts or _is_own_address(match[1], scope)):
            return "dashboard.refused.host"
        if any(not _is_same(origin, hosts[0].lower()) for origin in origins):
            return "dashboard.refused.origin"
        return ""


def _is_own_address(host: str, scope: Scope) -> bool:
    """Whether the host is the IP address that the connection came to; an address cannot lead to another machine."""
    try:
        return ip_address(host.strip("[]")) == ip_address((scope.get("server") or ("",))[0])
    except ValueError:
        return False


def _is_same(origin: str, host: str) -> bool:
    """Whether an origin (scheme://host:port) is the requested host; "null" is not."""
    scheme, _, place = origin.lower().partition("://")
    usual = _PORTS.get(scheme)
    return usual is not None and place.removesuffix(usual) == host.removesuffix(usual)


def _as_one(scope: Scope) -> Scope:
    """The request with its origin spelled like its host.

    Streamlit compares both as text, and asks an outside address if they differ (":443", capitals).
    """
    headers = Headers(scope=scope)
    if "origin" not in headers:
        return scope
    spelled = f"{headers['origin'].partition('://')[0].lower()}://{headers['host']}".encode("latin-1")
    others = [(name, value) for name, value in headers.raw if name != b"origin"]
    return {**scope, "headers": [*others, (b"origin", spelled)]}


def _is_closed(path: str) -> bool:
    """Whether it is a path of Streamlit's that no page of ours needs: metrics, settings, answers for programs."""
    return path.startswith(CORE) and path.removeprefix(CORE).partition("/")[0] not in NEEDED


class _Signing:
    """Adds our headers to the start of every answer; messages on a WebSocket pass unchanged."""

    def __init__(self, send: Send, path: str) -> None:
        self._send, self._path = send, path

    async def __call__(self, message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            headers = MutableHeaders(raw=[*message.get("headers", ())])
            headers.update(_HEADERS)
            if self._path.startswith(MEDIA):  # names, figures: the browser must not keep them
                headers["cache-control"] = "no-store"
            message = {**message, "headers": headers.raw}
        await self._send(message)
