"""What several test files share: the invented organisation, lived through once a worker."""

import pytest

from pipelines import demo
from pipelines.contract import reference as lists
from pipelines.demo.world import World
from pipelines.settings import OWN_REFERENCE


@pytest.fixture(scope="session")
def world() -> World:
    """The default demo's organisation, 2014 to 2025."""
    return World(demo.DEFAULT_SEED, lists.load(OWN_REFERENCE), 2025)
