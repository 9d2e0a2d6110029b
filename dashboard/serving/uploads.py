"""A limit for the files of one session: the server keeps them in memory until the session ends."""

from collections import defaultdict
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.streamlit_inside import held
from dashboard.streamlit_inside.places import UPLOADS
from pipelines.texts import say

MOST_BYTES, MOST_FILES = 300_000_000, 300  # of one session: three of the largest files that the page accepts


class UploadLimit:
    """ASGI middleware: refuses an upload that exceeds the limit of its session, and keeps nothing of it.

    Streamlit shows the reader no more than the status code; streamlit_inside/words.js replaces it by a sentence.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._coming: defaultdict[str, list[int]] = defaultdict(list)  # session -> sizes of running uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT" or not scope["path"].startswith(UPLOADS):
            await self._app(scope, receive, send)
            return
        session, _, file = scope["path"].removeprefix(UPLOADS).partition("/")
        told = Headers(scope=scope).get("content-length", "")
        if not (told.isascii() and told.isdecimal()):
            await PlainTextResponse("Length Required", HTTPStatus.LENGTH_REQUIRED)(scope, receive, send)
            return
        under_way = self._coming[session]
        sizes = [int(told), *under_way, *held.sizes(session, file)]
        if sum(sizes) > MOST_BYTES or len(sizes) > MOST_FILES:
            await _let_pass(receive)
            text = f"{say('dashboard.refused.uploads', 'vi')}\n{say('dashboard.refused.uploads', 'en')}"
            await PlainTextResponse(text, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)(scope, receive, send)
            return
        under_way.append(int(told))
        try:
            await self._app(scope, receive, send)
        finally:
            under_way.remove(int(told))
            if not under_way:
                self._coming.pop(session, None)


async def _let_pass(receive: Receive) -> None:
    """Read the upload to its end and keep nothing: a browser that is cut off shows a network error, not our answer."""
    while (await receive()).get("more_body"):
        pass
