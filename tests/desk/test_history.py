"""Earlier years brought in with the short form: figures and trends have those years, and what the form does not hold is
unknown.
"""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from pipelines.access import sees_all
from pipelines.cli.entry import main
from pipelines.contract import reference as lists
from pipelines.contract.workbooks import UNIT_REPORT
from pipelines.desk import Desk, templates
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions.template import template
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.conftest import Typed
from tests.support import TESTER
from tests.support.homes.handed_in import award, person
from tests.warehouse.test_metric_cases import figure

ALL, REFERENCE = sees_all(), lists.load(OWN_REFERENCE)
ON = datetime(2026, 1, 5, 2, tzinfo=UTC)
AWARDED = {2014: 1, 2015: 2, 2016: 0}  # of five people
NO_LIST = 2017  # awards alone were found of that year


def _workbook(folder: Path, year: int) -> Path:
    rows: dict = {"info": [{"prepared_on": date(2026, 1, 5)}]}
    rows["awards"] = [
        award(f"{year}-{n}", f"A{n}", year=year, decision_no="1/QĐ", decided_on=date(year, 12, 20))
        | {"award": "CSTDCS"}
        for n in range(AWARDED.get(year, 0))
    ]
    if year != NO_LIST:
        rows["staff"] = [person(f"A{n}", "LD_VU" if n == 0 else "TRUC_TIEP") for n in range(5)]
    return template.write(folder / f"{year}.xlsx", REFERENCE, UNIT_REPORT, "V01", str(year), rows=rows, history=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("history")
    home = Home(folder / "home").ready()
    with Desk(home) as desk:
        for year in (*AWARDED, NO_LIST):
            data = _workbook(folder, year).read_bytes()
            receipt = desk.accept(desk.check(data, f"{year}.xlsx", sees_all(), ON.date()), TESTER, received_at=ON)
            assert receipt.checked.is_accepted, receipt.checked.findings
    publish(home, interval=0)
    return home


@pytest.fixture(scope="module")
def version(home: Home) -> Version:
    return publish(home, interval=0)


def test_every_year_brought_in_has_its_figures(version: Version) -> None:
    for year, count in AWARDED.items():
        assert figure(version, "award_rate", "V01", str(year), "CSTDCS") == (count, 5)
        assert figure(version, "leader_staff_share", "V01", str(year)) == (1, 5)
        assert figure(version, "rating_share", "V01", str(year), "HTTNV") == (5, 5)
    assert figure(version, "award_rate", "ALL", "2015", "CSTDCS") == (2, 5)


def test_what_the_short_form_does_not_hold_is_unknown_and_not_zero(version: Version) -> None:
    for metric, part in (("exemplar_count", "MO_HINH"), ("exemplar_stage", "PHAT_HIEN")):
        assert figure(version, metric, "V01", "2015", part) == "not_submitted"
    assert figure(version, "award_rate", "V01", str(NO_LIST), "CSTDCS") == "not_submitted"
    assert figure(version, "award_rate", "V01", "2018", "CSTDCS") == "not_submitted"  # a year nobody brought
    assert figure(version, "award_rate", "V02", "2015", "CSTDCS") == "not_submitted"


def test_trends_begin_with_the_first_year_brought_in_and_evidence_leads_to_its_workbook(version: Version) -> None:
    frame = queries.metric(version, ALL, "award_rate", units=["V01"], breakdowns=["CSTDCS"], strata=[""])
    told = frame[frame["state"] == "reported"].set_index("period")["value"].to_dict()
    assert told == {str(year): count / 5 for year, count in AWARDED.items()}
    assert set(
        queries.evidence(version, ALL, Question("award_rate", "2015", breakdown="CSTDCS", unit="V01"))["file_name"]
    ) == {"2015.xlsx"}


def test_each_year_begins_with_the_people_of_the_year_before(version: Version, tmp_path: Path) -> None:
    who = next(one for one in templates.reporters(REFERENCE, "2018") if one.code == "V01")
    path = templates.write(tmp_path / "a.xlsx", REFERENCE, who, "2018", version, ALL, history=True)
    page = openpyxl.load_workbook(path)["Cán bộ"]
    assert [page.cell(row, 1).value for row in range(4, 9)] == [f"A{n}" for n in range(5)]


def test_the_verb_writes_the_short_form_of_a_year_for_one_unit_or_all(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: Typed
) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    for whom, names in ((("--unit", "V01"), {"V01_2016.xlsx"}), (("--all",), None)):
        out = tmp_path / whom[0]
        arguments = ["template", *whom, "--year", "2016", "--period", "history", "--out", str(out)]
        code = typed(*arguments)[0]
        written = {path.name for path in out.iterdir()}
        assert code == 0 and (written == names or len(written) > 10)
        book = openpyxl.load_workbook(out / "V01_2016.xlsx")
        assert book.sheetnames == ["Thông tin", "Cán bộ", "Khen thưởng", "DanhMuc"]
        assert not any(name.startswith("C0") for name in written)  # a cluster has no short form


def test_a_workbook_somebody_has_begun_to_fill_in_is_not_written_over(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(home.root))
    monkeypatch.setattr(
        sys, "argv", ["pipelines", "template", "--unit", "V01", "--year", "2016", "--out", str(tmp_path)]
    )
    begun = tmp_path / "V01_2016.xlsx"
    begun.write_bytes(b"filled in")
    for _ in range(2):
        with pytest.raises(SystemExit):
            main()
    assert begun.read_bytes() == b"filled in"
    written = [tmp_path / "V01_2016 (2).xlsx", tmp_path / "V01_2016 (3).xlsx"]
    assert all("Cán bộ" in openpyxl.load_workbook(path).sheetnames for path in written)
