"""Every check of a build finds what it is there for: a built version is spoilt, and the check answers."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.metrics import SQL
from tests.support.homes.handed_in import HandedIn, award, person

CHECKS = {path.stem: path.read_text(encoding="utf-8") for path in (SQL / "90_checks").glob("*.sql")}
_OF = "WHERE metric = 'cap_use' AND unit_code = 'V01' AND breakdown = 'CSTDCS_LDTT'"
SPOILT = {
    "ceilings_agree": f"UPDATE metric_values SET denominator = denominator + 1 {_OF}",
    "codes_distinct": "INSERT INTO groups (code) VALUES ('V01')",
    "metric_rows_complete": "UPDATE metric_records SET amount = -1 WHERE metric = 'cap_use'",
    "metric_rows_show_cells": "DELETE FROM cells WHERE column_name = 'rating'",
    "metric_rows_unique": "INSERT INTO metric_records SELECT * FROM metric_records",
    "one_home": "UPDATE staff SET is_home = FALSE",
    "one_workbook_counts": "INSERT INTO builds SELECT * FROM builds",
    "people_have_keys": "UPDATE staff SET person_key = NULL",
    "people_within_base": "UPDATE metric_values SET numerator = denominator + 1 WHERE metric = 'award_rate'",
    "rule_results_show_cells": "UPDATE rule_results SET column_name = 'note'",
    "units_known": "UPDATE cells SET unit_code = 'V99'",
    "values_are_sums": f"UPDATE metric_values SET numerator = numerator + 1 {_OF}",
    "values_have_one_state": "UPDATE metric_values SET state = 'not_submitted'",
}


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("checks"))
    people = [f"N{number}" for number in range(8)]
    awards = [award(code, code, "LDTT") for code in people]
    desk.unit("V01", "2025", {"staff": [person(code) for code in people], "awards": [*awards, award("C", "N1")]})
    return build(desk.home)


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_a_check_answers_when_what_it_guards_is_spoilt_and_only_then(
    version: Version, tmp_path: Path, check: str
) -> None:
    with duckdb.connect(str(shutil.copy(version.facts, tmp_path / "facts.duckdb"))) as db:
        db.execute("CREATE TEMP TABLE settled (period VARCHAR)")  # as in a build from nothing
        db.execute("CREATE TEMP VIEW open_records AS SELECT * FROM metric_records")
        db.execute("CREATE TEMP TABLE books AS SELECT submission_id FROM submissions")
        db.execute("CREATE TEMP TABLE judged AS SELECT unit_code FROM units")
        assert db.execute(CHECKS[check]).fetchall() == []
        db.execute(SPOILT[check])
        assert db.execute(CHECKS[check]).fetchall() != []
