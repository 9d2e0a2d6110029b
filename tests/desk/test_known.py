"""What is known of people when a workbook is checked: those of its own code scope, built or not yet, and who was still
there.
"""

from datetime import date
from pathlib import Path

import pytest

from pipelines.contract.reference import cluster_on
from pipelines.records.ledger import Ledger
from pipelines.submissions.checks.known import Known
from pipelines.submissions.rows import parsed_of
from pipelines.warehouse.building.build import build
from tests.support.homes.handed_in import HandedIn, member, person


@pytest.fixture
def desk(tmp_path: Path) -> HandedIn:
    return HandedIn(tmp_path)


def _known(desk: HandedIn, receipt: int) -> Known:
    """What the workbook of a receipt is checked against."""
    ledger = Ledger().follow(desk.journal.events())
    body = ledger.receipts[receipt]
    return desk.memory.known(parsed_of(desk.archive, body.sha256, body.reference_digest), desk.reference, ledger)


@pytest.mark.parametrize("built", [True, False])
def test_people_of_another_code_scope_are_not_known_whether_built_or_not(desk: HandedIn, built: bool) -> None:
    desk.unit("V02", "2024", {"staff": [person("A", full_name="Lê An")], "awards": []})
    desk.unit("M45", "2025", {"staff": [person("A", full_name="Trần Bình"), person("M")], "awards": []})
    if built:
        build(desk.home)
    asked = desk.unit("V01", "2025", {"staff": [person("A")], "awards": []})
    assert _known(desk, asked).people == {"A": "Lê An"}


def test_the_newest_name_is_known_and_none_of_a_workbook_that_no_longer_counts(desk: HandedIn) -> None:
    desk.unit("V01", "2023", {"staff": [person("A", full_name="Lê An"), person("B", full_name="Vũ Bảo")]})
    desk.unit("V02", "2024", {"staff": [person("A", full_name="Lê Thị An"), person("C", full_name="Đỗ Chi")]})
    desk.unit("V02", "2024", {"staff": [person("A", full_name="Lê Thị An")]})
    asked = desk.unit("V01", "2025", {"staff": [person("A")]})
    known = _known(desk, asked)
    assert known.people == {"A": "Lê Thị An", "B": "Vũ Bảo"}
    assert known.own_people == {"A": "Lê An", "B": "Vũ Bảo"}


def test_what_the_own_period_says_is_what_is_replaced_and_not_known(desk: HandedIn) -> None:
    desk.unit("V01", "2025", {"staff": [person("A", full_name="Lê An")]})
    asked = desk.unit("V01", "2025", {"staff": [person("A", full_name="Lê Ân")]})
    assert _known(desk, asked).people == {}


def test_codes_given_in_another_period_are_not_given_to_the_same_rows_again(desk: HandedIn) -> None:
    nameless = person(None, full_name="Lê An")
    desk.unit("V01", "2024", {"staff": [nameless, nameless]})
    known = _known(desk, desk.unit("V01", "2025", {"staff": [nameless]}))
    assert [len(codes) for codes in known.given.values()] == [1] and len(known.issued) == 3


def test_who_left_on_the_last_day_is_not_there_at_the_end_of_it(desk: HandedIn) -> None:
    leaves = {"left_on": date(2025, 12, 31)}, {"left_on": date(2026, 1, 1)}
    staff = [person("A", "LD_PHONG"), person("B", **leaves[0]), person("C", rating="KHTNV", **leaves[1])]
    desk.unit("M45", "2025", {"staff": staff, "awards": []})
    cluster = cluster_on(desk.reference, "M45", date(2025, 12, 15))
    asked = desk.cluster(cluster, "2025", {"cluster_members": [member("M45", 3)], "cluster_awards": []})
    assert _known(desk, asked).own_counts["M45"] == {
        "staff_count": 2, "leader_count": 1, "htxsnv_count": 0, "httnv_count": 1, "htnv_count": 0, "khtnv_count": 1,
        "cxl_count": 0,
    }  # fmt: skip
