"""How proposals come about and what units do: councils, posting, days, discipline, exemplars, targets, ceilings; what
is a fact.
"""

import csv
import re
from pathlib import Path

import pytest

from pipelines.settings import PROJECT, Home
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer
from tests.support.counted.versions import table
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.homes.judged import ALL, told, year


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("units"))
    _councils_and_days(desk)
    _units(desk)
    return build(desk.home)


def _councils_and_days(desk: HandedIn) -> None:
    """V05: votes, posting, days, the same achievement twice, people under discipline."""
    staff = [person("N"), person("O", discipline="KHIEN_TRACH", disciplined_on="2024-06-01")]
    most = {"votes_for": 9, "council_size": 11}
    for then in (2017, 2023):
        days = ("2017-09-30", "2017-10-01") if then == 2017 else ("2023-12-31", "2024-01-01")
        awards = [award(day, "N", "CSTDB", then, submitted_on=day, **most) for day in days]
        desk.unit("V05", str(then), year(*staff, awards=awards))
    feat = {"award_kind": "DOT_XUAT", "achieved_on": "2024-03-01", "achievement": "Dập lửa"}
    awards = [
        award("posted", "N", "LDTT", 2024, published_on="2024-11-05", submitted_on="2024-11-05", votes_for=4, council_size=8),
        award("late", "N", "KNC", 2024, published_on="2024-11-06", submitted_on="2024-11-05", votes_for=5, council_size=8),
        award("silent", "N", "CSTDCS", 2024, submitted_on="2024-11-05"),
        award("waits", "N", "CSTDTQ", 2024, result="DE_NGHI"),
        award("30", "N", "GK", 2024, **feat, decided_on="2024-03-31"),
        award("31", "N", "BKB", 2024, **feat | {"achievement": "Dập  LỬA."}, decided_on="2024-04-01"),
        award("32", "N", "BKTTG", 2024, **feat | {"achievement": "Việc khác"}, decided_on="2024-02-28"),
        award("before", "O", "GK", 2024, decided_on="2024-05-31"), award("after", "O", "LDTT", 2024, decided_on="2024-06-01"),
        award("gone", "P", "LDTT", 2024),
        award("between", "O", "BKB", 2024, submitted_on="2024-05-01", decided_on="2024-07-01"),
    ]  # fmt: skip
    desk.unit("V05", "2024", year(*staff, awards=awards))


def test_the_council_agrees_as_the_law_of_the_day_asks(version: Version) -> None:
    assert told(version, "HOI_DONG_CSTD", "V05", "2017", "2017-09-30") is None
    assert told(version, "HOI_DONG_CSTD", "V05", "2017", "2017-10-01") == ("breach", 9 / 11, 0.9)
    assert told(version, "HOI_DONG_CSTD", "V05", "2023", "2023-12-31") == ("breach", 9 / 11, 0.9)
    assert told(version, "HOI_DONG_CSTD", "V05", "2023", "2024-01-01") == ("met", 9 / 11, 0.8)
    assert told(version, "HOI_DONG_DA_SO", "V05", "2024", "posted") == (
        "breach",
        0.5,
        0.5,
    )  # half is not more than half
    assert told(version, "HOI_DONG_DA_SO", "V05", "2024", "late") == ("met", 5 / 8, 0.5)
    assert told(version, "HOI_DONG_DA_SO", "V05", "2024", "silent") == ("unknown", None, 0.5)
    assert told(version, "HOI_DONG_DA_SO", "V05", "2024", "waits") == ("not_applicable", None, 0.5)


def test_what_is_posted_by_the_day_it_is_submitted_is_posted_first(version: Version) -> None:
    rule = "CONG_KHAI_TRUOC_KHI_TRINH"
    assert told(version, rule, "V05", "2024", "posted") == ("met", 0, 0)
    assert told(version, rule, "V05", "2024", "late") == ("breach", -1, 0)
    assert told(version, rule, "V05", "2024", "silent") == ("unknown", None, 0)
    assert told(version, rule, "V05", "2024", "waits") == ("not_applicable", None, 0)


def test_days_are_counted_from_the_feat_and_one_feat_is_praised_once(version: Version) -> None:
    assert told(version, "DOT_XUAT_DAYS", "V05", "2024", "30") == ("met", 30, 30)
    assert told(version, "DOT_XUAT_DAYS", "V05", "2024", "31") == ("breach", 31, 30)
    assert told(version, "DOT_XUAT_DAYS", "V05", "2024", "32") == ("unknown", -2, 30)
    once = "MOT_THANH_TICH_MOT_HINH_THUC"
    assert told(version, once, "V05", "2024", "30") == told(version, once, "V05", "2024", "31") == ("breach", 2, 1)
    assert told(version, once, "V05", "2024", "32") == ("met", 1, 1)


def test_discipline_bars_from_its_day_and_is_told_to_who_may_see_people(version: Version) -> None:
    rule = "KHONG_KHEN_KHI_KY_LUAT"
    assert told(version, rule, "V05", "2024", "before") == ("met", 0, 0)
    assert told(version, rule, "V05", "2024", "after") == ("breach", 1, 0)
    assert told(version, rule, "V05", "2024", "gone") == ("unknown", None, 0)
    assert told(version, rule, "V05", "2024", "between") == ("breach", 1, 0)  # by the day of the decision
    [row] = queries.rule_results(version, Viewer("x", None, False), "2024", "V05", rules=[rule]).itertuples()
    assert (row.status, row.value, row.subject, row.proposal_code, row.cell) == ("breach", 2, "", "", "B6")


def _units(desk: HandedIn) -> None:
    """V09-V11: exemplars, targets of 100 %, ceilings in both readings and with proposals nobody has decided yet."""
    aims: list[tuple[str, str, str, object]] = [
        ("1", "Tỷ lệ cán bộ HTXSNV", "%", 100),
        ("2", "Tỷ lệ CSTĐ cơ sở", "%", 90),
        ("3", "Bằng khen", "%", 100),
    ]
    aims += [
        ("4", "100% cán bộ đạt Hoàn thành xuất sắc nhiệm vụ (HTXSNV)", "", 100),
        ("5", "Hồ sơ CSTĐ cơ sở gửi đúng hạn", "%", 100),
    ]
    aims += [("6", "Tỷ lệ HTTNV và HTXSNV", "%", 100), ("7", "CSTĐ cơ sở", "người", ("100%", 1))]
    aims += [("8", "CSTĐ cơ sở", "người", 100)]
    targets = [
        {"target_code": code, "content": text, "measure_unit": unit, "direction": "TANG", "planned": planned}
        for code, text, unit, planned in aims
    ]
    found = {"exemplar_code": "1", "exemplar_name": "M", "exemplar_kind": "MO_HINH", "found_on": "2024-02-01"}
    rated = [person(f"q{n}", rating="HTXSNV" if n < 2 else "HTTNV") for n in range(11)]
    titles = [award(f"q{n}", f"q{n}", "LDTT", 2024, result="DE_NGHI" if n > 5 else "DA_KHEN") for n in range(8)]
    awards = [*titles, award("c", "q0", year=2024), award("d", "q0", year=2024)]  # one award, told twice
    desk.unit("V11", "2024", year(*rated, targets=targets, exemplars=[found], awards=awards))
    desk.unit("V09", "2024", year(person("R"), exemplars=[found | {"found_on": "2023-12-31"}]))
    desk.unit("V10", "2024", {"staff": [person("S")]})


def test_every_unit_finds_an_exemplar_a_year(version: Version) -> None:
    assert told(version, "DIEN_HINH_MOI_NAM", "V11", "2024") == ("met", 1, 1)
    assert told(version, "DIEN_HINH_MOI_NAM", "V09", "2024") == ("breach", 0, 1)
    assert told(version, "DIEN_HINH_MOI_NAM", "V10", "2024") == ("unknown", None, 1)


def test_a_target_of_everybody_for_a_selective_title_is_told_at_its_cell(version: Version) -> None:
    rows = queries.rule_results(version, ALL, "2024", "V11", rules=["CHI_TIEU_KHONG_100"])
    assert list(zip(rows["subject"], rows["status"], rows["cell"], strict=True)) == [
        ("1", "breach", "F5"),
        ("2", "met", "F6"),
        ("4", "breach", "F8"),
        ("5", "unknown", "F9"),  # of the files, not of who is chosen
        ("6", "unknown", "F10"),
        ("7", "breach", "F11"),  # typed "100%", which is kept as 1; a hundred people are no share
    ]
    for row in rows.itertuples():
        [aimed] = queries.rule_cells(version, ALL, row).itertuples()
        assert (aimed.name, aimed.amount / 100, aimed.cell) == ("aimed", pytest.approx(row.value), row.cell)


def test_a_ceiling_leads_to_what_is_counted_and_to_what_it_is_a_share_of(version: Version) -> None:
    [row] = queries.rule_results(version, ALL, "2024", "V11", rules=["CSTDCS_LDTT"]).itertuples()
    found = queries.rule_cells(version, ALL, row)
    assert found.groupby("name")["amount"].sum().to_dict() == {"counted": 1, "base": 8}  # one award, told twice
    assert found[found["name"] == "counted"]["amount"].tolist() == [1, 0]


def test_a_ceiling_that_two_readings_or_open_proposals_decide_is_unknown(version: Version) -> None:
    assert told(version, "HTXSNV_HTTNV", "V11", "2024") == ("unknown", 2, 1)  # 2 of 9: over
    assert told(version, "HTXSNV_HTTNV_HTXSNV", "V11", "2024") == ("unknown", 2, 2)  # 2 of 11: within
    assert told(version, "CSTDCS_LDTT", "V11", "2024") == ("unknown", 1, 1)  # 15 % of 6 is none, of 8 one
    assert told(version, "CSTDCS_LDTT", "V10", "2024") == ("unknown", None, None)
    assert told(version, "CSTDCS_LDTT", "V09", "2024") == ("not_applicable", 0, 0)


def test_only_a_statutory_rule_somebody_confirmed_is_a_fact(tmp_path: Path) -> None:
    home = Home(tmp_path).ready()
    path = home.reference / "rules.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sealed = {"confirmed_by": "Vụ Tổ chức - Cán bộ", "confirmed_on": "2026-01-05"}
    rows = [row | sealed if row["rule_id"] in ("LDTT_XEP_LOAI", "CONG_KHAI_TRUOC_KHI_TRINH") else row for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    desk = HandedIn(tmp_path)
    desk.unit("V01", "2024", year(person("A"), awards=[award("1", "A", "LDTT", 2024, submitted_on="2024-11-01")]))
    told_of = queries.rule_results(build(desk.home), ALL, "2024", "V01", "1").set_index("rule_id")
    assert dict(told_of["confirmed"]) == {
        "LDTT_XEP_LOAI": True, "KHONG_KHEN_KHI_KY_LUAT": False, "CONG_KHAI_TRUOC_KHI_TRINH": True, "HOI_DONG_DA_SO": False,
    }  # fmt: skip
    assert list(told_of.index[told_of["is_fact"]]) == ["LDTT_XEP_LOAI"]


def test_no_table_of_the_version_is_hidden_behind_one_of_the_judging(version: Version) -> None:
    ground = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "pipelines/rules/ground").glob("*.sql"))
    made = set(re.findall(r"CREATE TEMP (?:TABLE|VIEW) (\w+)", ground))
    there = set(table(version, "SELECT table_name FROM information_schema.tables")["table_name"])
    assert {"proposals", "merits"} <= made and made & there == set()
