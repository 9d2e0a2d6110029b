"""The server starts whatever state the figures are in, and the pages say what is wrong."""

import asyncio
import gc
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.serving import running
from pipelines.settings import Home
from pipelines.texts import catalogue
from tests import ROOT

APP = ROOT / "dashboard" / "app.py"


def test_figures_that_are_gone_stop_neither_the_server_nor_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home").ready()
    (home.warehouse / "CURRENT").write_text("20260101T000000Z-000001", encoding="utf-8")
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    running.warm_up()
    running.shut_down()
    for lang in ("vi", "en"):
        page = AppTest.from_file(APP, default_timeout=60)
        page.session_state["lang"] = lang
        page.run()
        assert not page.exception and catalogue(lang)["what.version"] in page.error[0].value


def test_rubbish_is_not_looked_for_among_what_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit would go through everything after each view: a third to a half of a view's time."""
    from dashboard.serving import server

    for name in ("warm_up", "shut_down"):
        monkeypatch.setattr(running, name, lambda: None)

    async def kept_while_it_serves() -> int:
        async with server._lifespan(server.app):
            return gc.get_freeze_count()

    before = gc.get_freeze_count()
    try:
        assert asyncio.run(kept_while_it_serves()) > before + 10_000
    finally:
        gc.unfreeze()
    config = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["runner"]["postScriptGC"] is False
