"""The web server around the pages, with its middleware; it answers when everything is loaded."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import anyio.to_thread
import streamlit as st
from starlette.middleware import Middleware
from starlette.types import Receive, Scope, Send
from streamlit import App

from dashboard.serving.adapting import AdaptedScripts
from dashboard.serving.document import FirstPage, OwnPage
from dashboard.serving.door import Door
from dashboard.serving.uploads import UploadLimit
from dashboard.shell.markup import marked
from pipelines import settings, texts

HERE = Path(__file__).parent.parent
STATIC = HERE / "static"
_log = logging.getLogger("dashboard")


@asynccontextmanager
async def _lifespan(_: App) -> AsyncIterator[None]:
    """Warm up, then serve; at the end finish what is running."""
    from dashboard.serving import running

    await anyio.to_thread.run_sync(running.warm_up)
    running.settle()
    try:
        yield
    finally:
        await anyio.to_thread.run_sync(running.shut_down)


def _failed(error: Exception) -> bool:
    """Handle an unexpected error: the log gets all of it, the reader a sentence."""
    from dashboard.shell import filters

    _log.error("page failed", exc_info=error)
    moment = texts.instant(datetime.now(UTC), "vi")
    st.error(marked("dashboard.error", filters.language(), moment=moment), icon=":material/error:")
    return True


class Guarded(App):
    """Streamlit's application behind our door. It is around all middleware, so its headers are on failures too."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _door(scope, receive, send)

    async def within(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streamlit's application with its middleware, without the door."""
        await super().__call__(scope, receive, send)


app = Guarded(
    HERE / "app.py",
    lifespan=_lifespan,
    middleware=[
        Middleware(UploadLimit),
        Middleware(AdaptedScripts),
        Middleware(FirstPage, name="tong-quan"),
        Middleware(OwnPage, static=STATIC),
    ],
    on_script_error=_failed,
)
_door = Door(app.within, settings.hosts())
