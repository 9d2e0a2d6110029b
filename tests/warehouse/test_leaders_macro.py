"""The macro of the statements names the leaders the vocabulary names, and nobody else."""

import duckdb

from pipelines.contract.vocabulary import LEADER_GROUPS, POSITION_GROUP
from pipelines.warehouse.building.tables import leaders_macro


def test_leaders_are_those_of_the_vocabulary() -> None:
    with duckdb.connect() as db:
        db.execute(leaders_macro())
        codes = [one.code for one in POSITION_GROUP]
        told = [code for code in codes if db.execute("SELECT is_leader(?)", [code]).fetchone() == (True,)]
    assert tuple(told) == LEADER_GROUPS
