"""A template begins with what the last version said: people, teams, targets and exemplars, never last
year's results.
"""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.contract.reference import members_on
from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.desk import Desk, templates
from pipelines.records.parsed import Parsed
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions import reader
from pipelines.submissions.choice_lists import FIRST_ROW
from pipelines.submissions.template import template
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version, current
from pipelines.warehouse.viewer import Viewer
from tests.support import TESTER
from tests.support.homes.handed_in import HandedIn, award, member, person
from tests.support.workbooks.filled_books import book

REFERENCE = lists.load(OWN_REFERENCE)
EXEMPLAR = {"exemplar_code": "DH1", "exemplar_name": "Mô hình", "exemplar_kind": "MO_HINH", "found_on": "2024-02-20"}
TARGET = {"target_code": "CT1", "content": "Kiểm tra", "measure_unit": "cuộc", "direction": "TANG", "planned": 5, "achieved": 4}  # fmt: skip
GOES_ON = {"campaign_code": "PT1", "campaign_name": "Thi đua", "campaign_mode": "THUONG_XUYEN", "scope": "CO_QUAN", "launched_on": "2023-01-15", "reviewed_on": "2024-06-20", "participant_count": 3}  # fmt: skip
PLEDGE = {"pledge_code": "GU1", "content": "Án trọng điểm", "target": 4, "outcome": 3}
SCORE = {
    "criterion_code": "A",
    "criterion_name": "Nội dung 1",
    "score_kind": "CO_BAN",
    "max_score": 40,
    "self_score": 3,
}


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("home"))
    desk.unit(
        "V01",
        "2024",
        {
            "staff": [person("A1", "LD_VU"), person("A2", left_on="2024-05-01"), person("A3", team="P1")],
            "collectives": [{"team_code": "P1", "team_name": "Phòng 1", "headcount": 3, "rating": "HTTNV"}],
            "targets": [TARGET],
            "awards": [award("D1", "A1", year=2024)],
            "exemplars": [EXEMPLAR],
            "campaigns": [GOES_ON, GOES_ON | {"campaign_code": "PT2", "closed_on": "2024-11-25"}],
            "initiatives": [],
        },
    )
    desk.cluster(
        "C01",
        "2024",
        {
            "cluster_members": [member("T01", 20, 3), member("T02", 10)],
            "cluster_scores": [SCORE | {"unit_code": "T01"}, SCORE | {"unit_code": "T02"}],  # T02 was merged in 2025
            "pledges": [PLEDGE, PLEDGE | {"pledge_code": "GU2", "unit_code": "T02"}],
            "exemplars": [EXEMPLAR | {"unit_code": "T01"}],
        },
    )
    build(desk.home)
    return current(desk.home)


def filled(folder: Path, code: str, period: str, version: Version | None) -> tuple[Parsed, dict[str, list[dict]]]:
    """The template as the reader sees it, and its rows by table: column -> value."""
    who = next(one for one in templates.reporters(REFERENCE, period) if one.code == code)
    path = templates.write(folder / "a.xlsx", REFERENCE, who, period, version, sees_all())
    parsed = reader.parse(path.read_bytes(), path.name, REFERENCE)
    rows: dict[tuple[str, int], dict] = {}
    for cell in parsed.cells.to_pylist():
        rows.setdefault((cell["table_name"], cell["excel_row"]), {})[cell["column_name"]] = cell["value"]
    tables: dict[str, list[dict]] = {}
    for (table, _), row in rows.items():
        tables.setdefault(table, []).append(row)
    return parsed, tables


def test_next_year_starts_with_people_still_there_teams_targets_and_exemplars(version: Version, tmp_path: Path) -> None:
    _, rows = filled(tmp_path, "V01", "2025", version)
    assert [row["person_code"] for row in rows["staff"]] == ["A1", "A3"]
    assert rows["staff"][1] == {
        "person_code": "A3", "full_name": "Nguyễn Văn A3", "position_group": "TRUC_TIEP", "team": "P1",
    }  # fmt: skip
    assert rows["collectives"] == [{"team_code": "P1", "team_name": "Phòng 1"}]
    assert rows["targets"] == [{name: str(value) for name, value in TARGET.items() if name != "achieved"}]
    assert rows["campaigns"] == [{name: value for name, value in GOES_ON.items() if name != "participant_count"}]
    assert rows["exemplars"] == [EXEMPLAR]
    assert "D1" not in {row.get("proposal_code") for row in rows.get("awards", [])}


def test_the_same_period_starts_with_everything_as_sent(version: Version, tmp_path: Path) -> None:
    parsed, rows = filled(tmp_path, "V01", "2024", version)
    assert [row["rating"] for row in rows["staff"]] == ["HTTNV"] * 3
    assert rows["staff"][1]["left_on"] == "2024-05-01"
    assert rows["targets"][0]["planned"] == "5" and rows["awards"][0]["proposal_code"] == "D1"
    assert parsed.sheets["initiatives"] == "none"
    assert {finding.sheet for finding in parsed.findings if finding.severity == "error"} == {
        "Thông tin"
    }  # nobody signed


def test_a_cluster_starts_with_its_criteria_for_those_who_are_still_members(version: Version, tmp_path: Path) -> None:
    _, rows = filled(tmp_path, "C01", "2025", version)
    assert [(row["unit_code"], row["criterion_code"]) for row in rows["cluster_scores"]] == [("T01", "A")]
    assert "self_score" not in rows["cluster_scores"][0]
    members = {row["unit_code"]: row for row in rows["cluster_members"]}
    assert set(members) == set(members_on(REFERENCE, "C01", date(2026, 1, 15))) and "T02" not in members
    assert members["T01"] == {"unit_code": "T01", "role": "THANH_VIEN"} and members["T04"] == {"unit_code": "T04"}
    assert rows["pledges"] == [{"pledge_code": "GU1", "content": "Án trọng điểm", "target": "4"}]
    assert rows["exemplars"] == [EXEMPLAR | {"unit_code": "T01"}]


def test_what_the_last_workbook_does_not_say_comes_from_the_one_before(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2023", {"staff": [person("OLD")], "targets": [TARGET], "exemplars": [EXEMPLAR]})
    desk.unit("V01", "2024", {"staff": [person("A1")], "awards": [], "exemplars": []})  # nothing of targets
    build(desk.home)
    _, rows = filled(tmp_path, "V01", "2025", current(desk.home))
    assert [row["person_code"] for row in rows["staff"]] == ["A1"] and [row["planned"] for row in rows["targets"]] == [
        "5"
    ]
    assert "exemplars" not in rows  # none lives, says 2024


def test_a_later_version_never_fills_an_earlier_period(version: Version, tmp_path: Path) -> None:
    _, rows = filled(tmp_path, "V01", "2023", version)
    assert "staff" not in rows


def test_the_first_template_of_all_is_empty(tmp_path: Path) -> None:
    parsed, _ = filled(tmp_path, "V01", "2025", None)
    assert set(parsed.sheets.values()) == {"unknown"}


def test_who_may_not_see_people_gets_an_empty_template(version: Version) -> None:
    who = templates.reporters(REFERENCE, "2025")[0]
    assert templates.starting_rows(REFERENCE, who, "2025", version, Viewer("reader", may_see_people=False)) == {}


def test_the_year_starts_from_its_first_six_months_without_ratings(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2024", {"staff": [person("OLD")]})
    half: dict = {"staff": [person("A1", rating="CXL", left_on="2025-03-01")], "awards": [award("D1", "A1")]}
    half |= {"targets": [TARGET], "campaigns": [GOES_ON | {"closed_on": "2025-05-30"}]}
    desk.unit("V01", "2025H1", half, on=date(2025, 6, 10))
    home: Home = desk.home
    build(home)
    _, rows = filled(tmp_path, "V01", "2025", current(home))
    assert [(row["person_code"], row["left_on"]) for row in rows["staff"]] == [("A1", "2025-03-01")]
    assert (rows["targets"][0]["planned"], rows["campaigns"][0]["closed_on"]) == ("5", "2025-05-30")
    assert "achieved" not in rows["targets"][0] and "participant_count" not in rows["campaigns"][0]
    assert "rating" not in rows["staff"][0] and rows["awards"][0]["proposal_code"] == "D1"


@pytest.mark.parametrize("form", [UNIT_REPORT, CLUSTER_REPORT])
def test_a_template_of_a_period_already_sent_changes_nothing_but_the_date(form: Workbook, tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ready()
    told = {"collective_rating": "HTTNV", "prepared_by": "Lê Hoà", "pledge_signed_on": date(2025, 3, 1)}
    with Desk(home) as desk:
        desk.accept(desk.check(book(form, info=told), "a.xlsx", sees_all()), TESTER)
        build(home)
        code = {UNIT_REPORT: "V01", CLUSTER_REPORT: "C01"}[form]
        who = next(one for one in templates.reporters(REFERENCE, "2025") if one.code == code)
        path = templates.write(tmp_path / "b.xlsx", REFERENCE, who, "2025", current(home), sees_all())
        changes = desk.changes(desk.check(path.read_bytes(), path.name, sees_all()), sees_all())
    told_apart = changes[changes["column"] != "Ngày lập"]
    assert told_apart[["sheet", "column", "before", "after"]].values.tolist() == []


def test_a_history_template_is_the_short_form_and_is_accepted_with_the_rest_unknown(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ready()
    path = tmp_path / "cu.xlsx"
    rows = {
        "info": [{"prepared_on": date(2017, 1, 5)}],
        "staff": [person("A1")],
        "awards": [award("D1", "A1", year=2016, decision_no="1/QĐ", decided_on=date(2016, 12, 20))],
    }
    template.write(path, REFERENCE, UNIT_REPORT, "V01", "2016", rows=rows, history=True)
    assert load_workbook(path).sheetnames == ["Thông tin", "Cán bộ", "Khen thưởng", "DanhMuc"]
    with Desk(home) as desk:
        checked = desk.check(path.read_bytes(), path.name, sees_all())
    assert (checked.status, checked.findings, checked.parsed.period) == ("accepted", (), "2016")
    assert checked.parsed.sheets["staff"] == "filled" and checked.parsed.sheets["exemplars"] == "unknown"
    book = load_workbook(path)
    rules = [rule for page in book for rule in page.data_validations.dataValidation if rule.type == "list"]
    named = {rule.formula1 for rule in rules if rule.formula1.startswith("DM_")}
    assert "DM_people" in named and named <= set(book.defined_names)


PREFILLED = [sheet for form in (UNIT_REPORT, CLUSTER_REPORT) for sheet in form.sheets if any(c.prefilled for c in sheet.columns)]  # fmt: skip


@pytest.mark.parametrize(
    ("reported", "asked", "history", "kept"),
    [
        ([], "2026", False, 0),
        (["2025"], "2026", False, 0),
        (["2025"], "2026H1", False, 0),
        (["2026H1"], "2026", False, 32),
        (["2025", "2026H1"], "2026", False, 32),
        (["2026"], "2026", False, 32),
        (["2015"], "2016", True, 0),
    ],
)
def test_a_clerk_who_types_from_the_first_empty_row_on_finds_a_code_there(
    reported: list[str], asked: str, history: bool, kept: int, tmp_path: Path
) -> None:
    desk = HandedIn(tmp_path / "home")
    for period in reported:
        told = [award(f"V04-{period[:4]}-{n:03d}", "A1", year=int(period[:4]), result="DE_NGHI") for n in range(1, 33)]
        first_half = {"staff": [person("A1", "LD_VU")], "awards": told}
        desk.unit("V04", period, first_half, on=date(int(period[:4]), 6, 1))
    version = current(desk.home) if reported and build(desk.home) else None
    who = next(one for one in templates.reporters(REFERENCE, asked) if one.code == "V04")
    path = templates.write(tmp_path / "a.xlsx", REFERENCE, who, asked, version, sees_all(), history)
    book, codes = load_workbook(path), []
    assert [sheet.key for sheet in PREFILLED] == ["awards"]  # another one is tried like this one
    for at in range(FIRST_ROW + kept, FIRST_ROW + kept + 20):
        codes.append(book["Khen thưởng"].cell(at, 1).value)
        for index, value in enumerate(("Cá nhân", "A1", "Chiến sĩ thi đua cơ sở", "Thường xuyên (công trạng)", "Hoàn thành", *[None] * 7, "Đề nghị"), start=3):  # fmt: skip
            book["Khen thưởng"].cell(at, index, value)
    assert codes == [f"V04-{asked[:4]}-{n:03d}" for n in range(kept + 1, kept + 21)]
    for index, value in enumerate(("A1", "Nguyễn Văn A1", "Lãnh đạo cấp vụ, sở"), start=1):
        book["Cán bộ"].cell(FIRST_ROW, index, value)
    book["Cán bộ"].cell(FIRST_ROW, 8, "Hoàn thành tốt nhiệm vụ")
    for name in ("Cán bộ", "Khen thưởng"):
        assert not any(cell.value for cell in book[name][FIRST_ROW + kept + 60])
    for row in book["Thông tin"].iter_rows():
        if row[0].value == "Ngày lập":
            row[1].value = date(int(asked[:4]), 12, 1)
    book.save(path)
    with Desk(desk.home) as at_desk:
        checked = at_desk.check(path.read_bytes(), path.name, sees_all(), date(2027, 1, 1))
    assert [f for f in checked.findings if f.severity == "error"] == []
    rows = checked.parsed.cells.to_pylist()
    assert len({cell["excel_row"] for cell in rows if cell["table_name"] == "awards"}) == kept + 20
