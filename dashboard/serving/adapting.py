"""Serves Streamlit's own scripts with a few expressions replaced (streamlit_inside/expressions.py)."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.streamlit_inside import built
from dashboard.streamlit_inside.expressions import CHANGES


@dataclass(frozen=True)
class _Script:
    body: bytes
    packed: bytes
    tag: str


class AdaptedScripts:
    """ASGI middleware: answers requests for the changed scripts and passes all other requests on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._scripts = {path.name: _adapted(path) for one in CHANGES for path in built.scripts(one.script)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        script = self._scripts.get(scope["path"].rpartition("/")[2]) if scope["type"] == "http" else None
        await (self._app if script is None else _answer(script, Headers(scope=scope)))(scope, receive, send)


def _adapted(path: Path) -> _Script:
    text = path.read_text(encoding="utf-8")
    for one in CHANGES:
        if path.match(one.script):
            text = text.replace(one.found, one.put)
    body = text.encode()
    return _Script(body, gzip.compress(body, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:20]}"')


def _answer(script: _Script, asked: Headers) -> Response:
    """The script, compressed if the browser accepts that; status 304 if the browser has it already."""
    kept = {"etag": script.tag, "cache-control": "no-cache", "vary": "accept-encoding"}
    if asked.get("if-none-match") == script.tag:
        return Response(status_code=304, headers=kept)
    if "gzip" in asked.get("accept-encoding", ""):
        return Response(script.packed, headers=kept | {"content-encoding": "gzip"}, media_type="text/javascript")
    return Response(script.body, headers=kept, media_type="text/javascript")
