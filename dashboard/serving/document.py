"""Changes the one HTML document that Streamlit serves: language, words of Streamlit's controls, styles for print.

It also tells the browser early where the server is and which script draws charts.
"""

from pathlib import Path

from starlette.datastructures import URL, Headers, MutableHeaders, QueryParams
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.streamlit_inside import HISTORY, WORDS, built


class OwnPage:
    """ASGI middleware: changes answers of type text/html and passes all others on."""

    def __init__(self, app: ASGIApp, static: Path) -> None:
        self._app = app
        style = (static / "style.css").read_text(encoding="utf-8")
        scripts = [
            path.read_text(encoding="utf-8") for path in (static / "vietnamese.js", WORDS, static / "print.js", HISTORY)
        ]
        own = f"<style>{style}</style>{''.join(f'<script>{one}</script>' for one in scripts)}"
        self._own = f"{built.SERVER}{own}{_drawing()}".encode() + built.END_OF_HEAD

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self._app(scope, receive, send)
            return
        # Compressed or partial answers cannot be changed.
        dropped = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
        plain = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in dropped]}
        lang = "en" if QueryParams(scope["query_string"]).get("lang") == "en" else "vi"
        await self._app(plain, receive, _Rewriting(send, self._own, lang))


def _drawing() -> str:
    """A link that loads the script for charts (5 MB) while the server still makes the page."""
    return "".join(
        f'<link rel="modulepreload" crossorigin href="{built.address(one)}">'
        for one in built.scripts(built.CHART_SCRIPT)
    )


class FirstPage:
    """ASGI middleware: the first page has the address /; its own name redirects there."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self._app = app
        self._path = f"/{name}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") == self._path:
            there = URL(scope=scope).replace(path="/", scheme="", netloc="")
            await RedirectResponse(str(there))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class _Rewriting:
    """Holds an HTML answer back until it is complete, then sends it changed."""

    def __init__(self, send: Send, own: bytes, lang: str) -> None:
        self._send, self._own, self._lang = send, own, lang
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and Headers(raw=message["headers"]).get(
            "content-type", ""
        ).startswith("text/html"):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = self._body.replace(built.OPENING, f'<html lang="{self._lang}">'.encode(), 1)
        body = body.replace(built.END_OF_HEAD, self._own, 1)
        headers = MutableHeaders(raw=[*start["headers"]])
        for name in ("etag", "last-modified", "accept-ranges"):
            del headers[name]
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-cache"
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})
