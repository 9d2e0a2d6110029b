"""Streamlit's own scripts, served with a few expressions replaced: tables sort and search, and pickers search, as Vietnamese
is read; who sees little or uses no pointer finds names and reaches everything.

Its tables compare texts letter by letter, its search and its pickers know accents only as they are typed, and neither offers a
setting; headings are only pressed with a pointer. What stands in their place is in static/vietnamese.js. Its button for CSV is gone:
headings in English, neither period nor version, and a name that begins with "=" becomes a formula; the pages have workbooks of
their own. Small lines get names, the place for files and the choices taken a role beside their names, and a long statement scrolls
by keyboard. What its frontend asks the server about itself is answered in the script. The version of Streamlit is fixed; a test
finds every expression.
"""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"


# What Streamlit's frontend would ask the server for, which tells it to nobody: nobody else may steer a page.
_AS_SERVED = "{allowedOrigins:[location.origin],useExternalAuthToken:!1,enableCustomParentMessages:!1,metricsUrl:``}"


@dataclass(frozen=True)
class Change:
    """In the one script whose name fits: what stands there once, and what is served instead."""

    script: str
    found: str
    put: str


CHANGES = (
    Change("DataFrame.*.js", "o.localeCompare(s)", "vietnamese.compare(o,s)"),
    Change("DataFrame.*.js", r"new RegExp(e.replace(/([$()*+.?[\\\]^{|}-])/g,`\\$1`),`i`)", "vietnamese.finder(e)"),
    Change(
        "DataFrame.*.js",
        "onKeyDown:e=>{Ce&&(e.ctrlKey",
        "onKeyDown:e=>{let t=vietnamese.column(e);if(pt(at[t])&&!Dt){e.cancel();Ut(()=>ot(t,`auto`));return}"
        "Ce&&(e.ctrlKey",
    ),
    Change("DataFrame.*.js", "V&&s(Pe,{label:`Download as CSV`", "!1&&s(Pe,{label:`Download as CSV`"),
    Change("index.[!e]*.js", "RD(o,uD,p.signal)", f"({{data:{_AS_SERVED}}})"),
    Change("useSyncComboBoxEnterTargetFocus.*.js", "yn=e=>e.toLowerCase()", "yn=vietnamese.fold"),
    Change(
        "FileUploader.*.js",
        '...e({tabIndex:-1}),"data-testid":`stFileUploaderDropzone`',
        '...e({tabIndex:-1}),role:`group`,"data-testid":`stFileUploaderDropzone`',
    ),
    Change("Multiselect.*.js", "n(be,{tabIndex:!q&&t===st?0:-1", "n(be,{role:`group`,tabIndex:!q&&t===st?0:-1"),
    Change(
        "Metric.*.js",
        "n(`div`,{ref:K,children:[r(s,{styles:[ae]}),r(L,{ref:a,",
        'n(`div`,{ref:K,role:`img`,"aria-label":`Over the years: ${vietnamese.bare(h)}`,'
        'children:[r(s,{styles:[ae]}),r(L,{ref:a,"aria-hidden":!0,',
    ),
    Change(
        "StreamlitSyntaxHighlighter.*.js",
        '"data-testid":`stCode`,tabIndex:l?0:void 0,children:[s(d,{wrapLines',
        '"data-testid":`stCode`,children:[s(d,{tabIndex:l?0:void 0,wrapLines',
    ),
)


@dataclass(frozen=True)
class _Script:
    body: bytes
    packed: bytes
    tag: str


class AdaptedScripts:
    """ASGI middleware: answers for the scripts that are changed, passes everything else through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._scripts = {path.name: _adapted(path) for one in CHANGES for path in SCRIPTS.glob(one.script)}

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
    """The script, packed for who takes that; nothing for who has it already."""
    kept = {"etag": script.tag, "cache-control": "no-cache", "vary": "accept-encoding"}
    if asked.get("if-none-match") == script.tag:
        return Response(status_code=304, headers=kept)
    if "gzip" in asked.get("accept-encoding", ""):
        return Response(script.packed, headers=kept | {"content-encoding": "gzip"}, media_type="text/javascript")
    return Response(script.body, headers=kept, media_type="text/javascript")
