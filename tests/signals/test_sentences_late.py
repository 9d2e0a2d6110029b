"""The sentence of a signal is made when it is read: a text that changes shows in a version built before."""

import pytest

from pipelines.access import sees_all
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse.connection import current
from pipelines.warehouse.door import queries


def test_a_text_that_changes_shows_in_a_version_built_before(received: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    version = current(received)
    monkeypatch.setitem(catalogue("vi"), "signal.verdict.none", "Câu mới.")
    monkeypatch.setitem(catalogue("en"), "council.headline.none", "New words.")
    assert queries.signals(version, sees_all())["headline_vi"].str.contains("Câu mới.").any()
    assert queries.council_list(version, sees_all())["headline_en"].eq("New words.").any()
