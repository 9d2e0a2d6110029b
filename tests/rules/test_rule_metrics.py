"""What is held against a dated rule: ceilings by their base and by the number they allow, and days; counted by hand."""

import csv
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.records.archive import Archive
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.support.homes.handed_in import HandedIn, award, member, member_award, person, relisted
from tests.warehouse.test_metric_cases import figure

ALL = sees_all()
TEAM = {"recipient": "TAP_THE"}


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("rules"))
    feat = {"award_kind": "DOT_XUAT", "achieved_on": "2025-03-01"}
    awards = [
        *(award("1", "A", "LDTT"), award("2", "B", "LDTT"), award("3", "A"), award("4", "A")),
        *(award("5", "P1", "TTLDTT", **TEAM), award("6", "V01", "TTLDTT", **TEAM), award("7", "P1", "TTLDXS", **TEAM)),
        award("8", "A", "GK", **feat, decided_on="2025-03-31"),  # the thirtieth day
        award("9", "P1", "GK", **TEAM | feat, decided_on="2025-04-01"),
        award("10", "B", "GK", **feat),  # the decision has no day yet
        award("11", "B", "GK", **feat, decided_on="2025-03-02", result="KHONG_DAT"),
        award("12", "B", "GK", **feat, decided_on="2025-02-28"),  # before the feat: one of the days is a slip
    ]
    desk.unit("V01", "2025", {"staff": [person("A", rating="HTXSNV"), person("B", rating="HTXSNV")], "awards": awards})
    desk.unit("V02", "2025", {"staff": [person("C", rating="HTNV")], "awards": []})
    desk.unit("V01", "2014", {"staff": [person("A")], "awards": [award("1", "A", "LDTT", 2014)]})
    # Twenty good, four outstanding of 24: 20 % or 16.7 %, as the two readings have it.
    rated = {"htxsnv_count": 4, "httnv_count": 20}
    counted = [member_award("T01", 20, "LDTT"), member_award("T01", 3), member_award("T01", 2, award_kind="DOT_XUAT")]
    desk.cluster("C01", "2025", {"cluster_members": [member("T01", 24, **rated)], "cluster_awards": counted})
    return build(desk.home)


def test_a_ceiling_is_a_share_of_its_base_in_both_readings(version: Version) -> None:
    assert figure(version, "cap_share", "T01", "2025", "HTXSNV_HTTNV") == (4, 20)
    assert figure(version, "cap_share", "T01", "2025", "HTXSNV_HTTNV_HTXSNV") == (4, 24)
    assert figure(version, "cap_share", "T01", "2025", "CSTDCS_LDTT") == (3, 20)  # for regular merit only
    assert figure(version, "cap_share", "V01", "2025", "CSTDCS_LDTT") == (1, 2)  # A once
    assert figure(version, "cap_share", "V01", "2025", "TTLDXS_TTLDTT") == (1, 2)
    assert figure(version, "cap_share", "ALL", "2025", "CSTDCS_LDTT") == (4, 22)


def test_what_a_ceiling_allows_is_a_whole_number(version: Version) -> None:
    assert figure(version, "cap_use", "T01", "2025", "CSTDCS_LDTT") == (3, 3)  # 15 % of 20 is 3, also for a computer
    assert figure(version, "cap_use", "T01", "2025", "HTXSNV_HTTNV_HTXSNV") == (4, 4)  # of 4.8
    assert figure(version, "cap_use", "V01", "2025", "TTLDXS_TTLDTT") == (1, 1)  # 20 % of 2, but one at least
    assert figure(version, "cap_use", "V01", "2025", "CSTDCS_LDTT") == "not_applicable"  # none is allowed
    assert figure(version, "cap_use", "ALL", "2025", "CSTDCS_LDTT") == (3, 3)  # V01 has nothing to divide by


def test_a_ceiling_that_a_computer_would_miss_by_a_hair_is_what_a_person_reckons(tmp_path: Path) -> None:
    """58 % of 50 is 29, and 55 % of 100 is 55: in binary one comes out below, the other above."""
    of_ldtt = {"58": {"value": "0.58"}, "55": {"value": "0.55", "rounding": "up"}}
    told = {}
    for name, changed in of_ldtt.items():
        root = tmp_path / name
        relisted(root, "rules", lambda row, new=changed: row | new if row["rule_id"] == "CSTDCS_LDTT" else row)
        desk = HandedIn(root)
        people = 50 if name == "58" else 100
        counted = [member_award("T01", people, "LDTT"), member_award("T01", 5)]
        desk.cluster("C01", "2025", {"cluster_members": [member("T01", people)], "cluster_awards": counted})
        told[name] = figure(build(desk.home), "cap_use", "T01", "2025", "CSTDCS_LDTT")
    assert told == {"58": (5, 29), "55": (5, 55)}


def test_a_ceiling_of_all_staff_counts_those_not_rated_too(tmp_path: Path) -> None:
    relisted(tmp_path, "rules", lambda row: row | {"base": "STAFF"} if row["rule_id"] == "CSTDCS_LDTT" else row)
    desk = HandedIn(tmp_path)
    people = [person(code, rating=rating) for code, rating in zip("ABC", ("HTXSNV", "HTNV", "CXL"), strict=True)]
    desk.unit("V01", "2025", {"staff": people, "awards": [award("1", "A")]})
    assert figure(build(desk.home), "cap_share", "V01", "2025", "CSTDCS_LDTT") == (1, 3)


def test_without_a_base_there_is_no_share_and_a_wider_base_says_so(version: Version) -> None:
    assert figure(version, "cap_share", "V01", "2025", "HTXSNV_HTTNV") == "not_applicable"  # all are outstanding
    assert figure(version, "cap_share", "V01", "2025", "HTXSNV_HTTNV_HTXSNV") == (2, 2)
    assert figure(version, "cap_share", "V02", "2025", "TTLDXS_TTLDTT") == "not_applicable"


def test_rules_are_those_in_force_on_the_last_day_that_bind_a_unit(version: Version) -> None:
    assert set(queries.metric(version, ALL, "cap_share", ["2014"])["breakdown"]) == {"CSTDCS_LDTT"}
    rules = queries.rules(version, ALL, "2025")
    assert list(rules[rules["kind"] == "ceiling"]["rule_id"]) == [
        "HTXSNV_HTTNV", "HTXSNV_HTTNV_HTXSNV", "CSTDCS_LDTT", "TTLDXS_TTLDTT",
    ]  # fmt: skip
    assert list(rules[rules["kind"] == "days"]["rule_id"]) == ["DOT_XUAT_DAYS", "BAN_QUYET_DINH_DAYS"]


def test_of_two_rows_of_a_rule_in_one_year_that_of_its_last_day_holds(version: Version) -> None:
    rules = queries.rules(version, ALL, "2017")
    assert list(rules.loc[rules["rule_id"] == "CSTDCS_LDTT", "basis"]) == ["Nghị định 91/2017/NĐ-CP, Điều 9 khoản 3"]


def test_a_ceiling_is_offered_by_its_name(version: Version) -> None:
    offered = queries.offered(version, ALL, "2025", "ALL").set_index(["metric", "breakdown"])["name"]
    assert offered["cap_share", "CSTDCS_LDTT"] == "CSTĐCS không quá 15% số LĐTT"


def test_praise_is_timely_within_the_days_of_the_rule(version: Version) -> None:
    assert figure(version, "timely_share", "V01", "2025") == (1, 2)  # 8 of 8 and 9
    assert figure(version, "timely_share", "V02", "2025") == "not_applicable"
    assert figure(version, "timely_share", "T01", "2025") == "not_computable"


@pytest.mark.parametrize(("rounding", "steps"), [("down", [0, 1, 0]), ("up", [1, 0, 1]), ("nearest", [1, 0, 1])])
def test_a_record_of_the_base_counts_by_how_much_it_raises_what_is_allowed(
    tmp_path: Path, rounding: str, steps: list[int]
) -> None:
    home = Home(tmp_path).ready()
    with (home.reference / "rules.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = [row | {"value": "0.5", "rounding": rounding} for row in rows if row["rule_id"] == "CSTDCS_LDTT"]
    with (home.reference / "rules.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(changed)
    desk = HandedIn(tmp_path)
    awards = [*(award(code, code, "LDTT") for code in "ABC"), award("4", "A")]
    desk.unit("V01", "2025", {"staff": [person(code) for code in "ABC"], "awards": awards})
    version = build(desk.home)
    rows_behind = queries.evidence(version, ALL, Question("cap_use", "2025", breakdown="CSTDCS_LDTT", unit="V01"))
    base = rows_behind[rows_behind["part"] == "den"]
    assert list(base["amount"]) == steps and set(base["value"]) == {"LDTT"}
    assert figure(version, "cap_use", "V01", "2025", "CSTDCS_LDTT") == (1, sum(steps))


def test_a_data_folder_from_before_the_list_of_rules_has_the_projects_own(tmp_path: Path) -> None:
    home = Home(tmp_path).ready()
    (home.reference / "rules.csv").unlink()
    desk = HandedIn(tmp_path)
    desk.unit("V01", "2025", {"staff": [person("A")], "awards": [award("1", "A", "LDTT"), award("2", "A")]})
    kept = Archive(home).reference_folder(desk.digest)
    assert not (kept / "rules.csv").exists() and lists.digest(kept) == desk.digest
    assert lists.load(kept).rules == lists.load(OWN_REFERENCE).rules
    assert figure(build(home), "cap_share", "V01", "2025", "CSTDCS_LDTT") == (1, 1)
