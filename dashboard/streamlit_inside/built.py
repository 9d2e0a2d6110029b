"""Streamlit's own files as its package brings them: where they lie, what is preloaded, where the document takes what is ours."""

from pathlib import Path

import streamlit

FOLDER = Path(streamlit.__file__).with_name("static")
SCRIPTS = FOLDER / "static" / "js"
CHART_SCRIPT = "PlotlyChart.*.js"  # Plotly and the element around it: 5 MB
DOCUMENT = FOLDER / "index.html"
OPENING, END_OF_HEAD = b'<html lang="en">', b"</head>"  # each stands in the document once
# Without it a page below the root first looks for the server below its own name, in vain, and waits to ask again.
SERVER = "<script>window.__streamlit = { BACKEND_BASE_URL: new URL('.', document.baseURI).href };</script>"


def scripts(name: str) -> list[Path]:
    """The scripts that a pattern names, here one: its name ends in a hash that differs from version to version."""
    return sorted(SCRIPTS.glob(name))


def address(path: Path) -> str:
    """Where a file is found from the document."""
    return f"./{path.relative_to(FOLDER).as_posix()}"
