"""The figures of the demo are those that were reviewed, and the same however often the demo is made."""

import shutil
from pathlib import Path

import pytest

from pipelines.settings import Home
from pipelines.warehouse.connection import current
from tests import golden
from tests.conftest import receive_demo
from tests.versions import differences

pytestmark = pytest.mark.slow


def test_the_figures_of_the_demo_are_those_that_were_reviewed(received: Home) -> None:
    found, reviewed = (
        golden.summary(current(received)).splitlines(),
        golden.PATH.read_text(encoding="utf-8").splitlines(),
    )
    changed = sorted({*found} ^ {*reviewed})
    assert found == reviewed, f"{len(changed)} lines differ; `make golden`, then read the difference: {changed[:6]}"


def test_two_folders_that_receive_the_same_demo_have_the_same_rows(tmp_path: Path) -> None:
    one, other = Home(tmp_path / "one"), Home(tmp_path / "other")
    receive_demo(one.root, "2025")
    other.root.mkdir()
    shutil.copy(one.person_key_file, other.person_key_file)  # the one secret among what a build is made from
    receive_demo(other.root, "2025")
    assert differences(current(one), current(other)) == []
