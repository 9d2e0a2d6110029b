"""The figures of the demo are those that were reviewed."""

import pytest

from pipelines.settings import Home
from pipelines.warehouse.connection import current
from tests import golden

pytestmark = pytest.mark.slow


def test_the_figures_of_the_demo_are_those_that_were_reviewed(received: Home) -> None:
    found, reviewed = (
        golden.summary(current(received)).splitlines(),
        golden.PATH.read_text(encoding="utf-8").splitlines(),
    )
    changed = sorted({*found} ^ {*reviewed})
    assert found == reviewed, f"{len(changed)} lines differ; `make golden`, then read the difference: {changed[:6]}"
