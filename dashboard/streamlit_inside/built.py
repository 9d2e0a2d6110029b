"""The files that Streamlit's package serves, and the places of its HTML document where ours is inserted."""

from pathlib import Path

import streamlit

FOLDER = Path(streamlit.__file__).with_name("static")
SCRIPTS = FOLDER / "static" / "js"
CHART_SCRIPT = "PlotlyChart.*.js"  # Plotly and the element around it: 5 MB
DOCUMENT = FOLDER / "index.html"
OPENING, END_OF_HEAD = b'<html lang="en">', b"</head>"  # each stands in the document once
# Without it a page below the root first looks for the server below its own path, in vain, and waits before it retries.
SERVER = "<script>window.__streamlit = { BACKEND_BASE_URL: new URL('.', document.baseURI).href };</script>"


def scripts(name: str) -> list[Path]:
    """The scripts that match a pattern, normally one: its name has a hash that differs between versions."""
    return sorted(SCRIPTS.glob(name))


def address(path: Path) -> str:
    """The address of a file, relative to the document."""
    return f"./{path.relative_to(FOLDER).as_posix()}"
