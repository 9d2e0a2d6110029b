"""A page of the dashboard opened in a test, and what its reader sees."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.streamlit_inside.trying import html
from pipelines.settings import Home
from tests import ROOT

APP = ROOT / "dashboard" / "app.py"


def opened(
    home: Home, monkeypatch: pytest.MonkeyPatch, name: str = "", script: Path = APP, **chosen: object
) -> AppTest:
    """The page of that room (none: the first) over a data folder, with these choices made."""
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    page = AppTest.from_file(script, default_timeout=30)
    if name:
        page.run().switch_page(f"{name}/page.py").run()
    for key, value in chosen.items():
        page.session_state[key] = value
    return page.run()


def pages() -> list[Path]:
    """The script of every page: one in each room but the shell, which is what they are made of."""
    return sorted(path for path in APP.parent.glob("*/page.py") if path.parent.name != "shell")


def words(page: AppTest) -> str:
    """Everything a page says in words, part under part."""
    parts = [*page.title, *page.header, *page.subheader, *page.markdown, *page.caption, *page.info, *page.error]
    return "\n".join([*(str(part.value) for part in parts), *html(page)])
