"""What counts as a fact beside the signals: breaches of statutory, confirmed rules in what was granted, never in a
proposal.
"""

import csv
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import Home
from pipelines.warehouse.building import signals
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version, attach
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.homes.judged import year

RULE = "KHONG_KHEN_KHI_KY_LUAT"
BARRED = person("A", discipline="KHIEN_TRACH", disciplined_on="2024-06-01")


@pytest.fixture
def desk(tmp_path: Path) -> HandedIn:
    """Every row of the rule about discipline is statutory and confirmed; of no other rule."""
    path = Home(tmp_path).ready().reference / "rules.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["rule_id"] == RULE:
            row.update(status="statutory", confirmed_by="Vụ Tổ chức - Cán bộ", confirmed_on="2026-01-05")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return HandedIn(tmp_path)


def _facts(version: Version) -> dict[str, int]:
    with duckdb.connect(":memory:") as db:
        attach(db, version, read_only=True)
        db.execute("USE facts")
        return {unit: int(count) for unit, count in signals.facts(db, 2024).items()}


def test_who_was_granted_an_award_under_discipline_is_a_fact_and_who_is_proposed_is_none(desk: HandedIn) -> None:
    after = {"year": 2024, "decided_on": "2024-07-01"}
    granted = [award(code, "A", code, **after) for code in ("GK", "BKB")]
    desk.unit("V01", "2024", year(BARRED, awards=[*granted, award("3", "A", "LDTT", 2024, result="DE_NGHI")]))
    desk.unit(
        "V02", "2024", year(BARRED | {"person_code": "B"}, awards=[award("1", "B", "GK", 2024, result="DE_NGHI")])
    )
    version = build(desk.home)
    assert _facts(version) == {"V01": 2}
    told = queries.rule_results(version, Viewer("x", None, False), "2024", rules=[RULE]).set_index("unit_code")
    assert list(told["status"]) == ["breach", "unknown"] and list(told["value"]) == [2, 0]


def test_rows_of_a_rule_that_changes_within_a_year_are_told_each_with_its_own_standing(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    days = ("2025-06-30", "2025-07-01")
    awards = [award(day, "A", "GK", 2025, submitted_on=day, decided_on="2025-07-02") for day in days]
    desk.unit("V01", "2025", year(BARRED | {"disciplined_on": "2025-01-05"}, awards=awards))
    told = queries.rule_results(build(desk.home), Viewer("x", None, False), "2025", rules=[RULE])
    assert list(told["rule_status"]) == ["internal benchmark", "statutory"] and list(told["value"]) == [1, 1]
