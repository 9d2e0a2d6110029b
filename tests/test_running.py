"""The server starts whatever state the figures are in, and the pages say what is wrong."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import running
from pipelines.settings import Home
from pipelines.texts import catalogue

APP = Path(__file__).parent.parent / "dashboard" / "app.py"


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
