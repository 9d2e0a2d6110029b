"""How many a ceiling allows, as a person reckons and not as a computer does: the statement that judges and the page
before a meeting.
"""

import duckdb
import pandas as pd
import pytest

from pipelines.settings import PROJECT
from pipelines.warehouse.door import what_if

GROUND = (PROJECT / "pipelines/rules/ground/2_proposals.sql").read_text(encoding="utf-8")
MACRO = GROUND[GROUND.index("CREATE TEMP MACRO allowed") :].partition(";")[0]


@pytest.mark.parametrize(
    ("share", "people", "rounding", "min_one", "limit"),
    [
        (0.15, 20, "down", False, 3), (0.58, 50, "down", False, 29), (0.55, 100, "up", False, 55), (0.7, 90, "down", False, 63),
        (0.15, 19, "down", False, 2), (0.15, 19, "up", False, 3), (0.2, 2, "down", True, 1), (0.2, 2, "down", False, 0),
        (0.2, 0, "down", True, 0), (0.5, 5, "nearest", False, 3), (0.5, 4, "up", False, 2),
    ],
)  # fmt: skip
def test_what_a_ceiling_allows(share: float, people: int, rounding: str, min_one: bool, limit: int) -> None:
    with duckdb.connect() as db:
        db.execute(MACRO)
        asked = "SELECT allowed($1::DOUBLE, $2, $3, $4)"
        assert db.execute(asked, [share, people, rounding, min_one]).fetchall() == [(limit,)]
    assert what_if.allowed(pd.Series([people]), share, rounding, min_one).tolist() == [limit]
