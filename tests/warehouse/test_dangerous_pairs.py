"""Pairs of events of which a build upon the version before could make something else than one from nothing."""

from pathlib import Path

import pytest

from tests.support.homes.followed import walk
from tests.support.homes.handed_in import HandedIn
from tests.support.homes.random_journals import DANGEROUS


@pytest.mark.slow
@pytest.mark.parametrize("pair", DANGEROUS)
def test_what_a_build_upon_the_one_before_could_get_wrong_it_gets_right(tmp_path: Path, pair: str) -> None:
    walk(HandedIn(tmp_path / "home"), *DANGEROUS[pair], prove_each=False)
