"""What a template says to the clerk who fills it in: plain words, and room for one more row."""

from pathlib import Path

from openpyxl import Workbook, load_workbook

from pipelines.contract import reference as lists
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions.template import template

REFERENCE = lists.load(OWN_REFERENCE)


def _unit(path: Path, period: str = "2025", staff: int = 0) -> Workbook:
    people = [{"person_code": f"CB{n:03d}", "full_name": f"Nguyễn Văn {n}"} for n in range(1, staff + 1)]
    return load_workbook(template.write(path / "a.xlsx", REFERENCE, UNIT_REPORT, "V01", period, people=people))


def test_the_heading_names_the_period_as_people_do(tmp_path: Path) -> None:
    assert _unit(tmp_path)["Cán bộ"]["C1"].value.endswith("Kỳ báo cáo: năm 2025")
    assert _unit(tmp_path, "2025H1")["Cán bộ"]["C1"].value.endswith("Kỳ báo cáo: 6 tháng đầu năm 2025")


def test_excel_never_asks_for_a_number_up_to_a_thousand_million(tmp_path: Path) -> None:
    told = {rule.error for sheet in _unit(tmp_path) for rule in sheet.data_validations.dataValidation if rule.error}
    assert "Nhập số nguyên từ 0 trở lên." in told
    assert not [sentence for sentence in told if "000000" in sentence]


def test_below_rows_filled_in_already_there_are_rows_ready_for_newcomers(tmp_path: Path) -> None:
    page = _unit(tmp_path, staff=27)["Cán bộ"]
    assert page["B30"].value == "Nguyễn Văn 27" and page["B31"].value is None
    assert page["B31"].border.bottom.style and page["B35"].border.bottom.style


def test_abbreviated_headers_are_spelt_out_in_their_notes(tmp_path: Path) -> None:
    book = load_workbook(template.write(tmp_path / "c.xlsx", REFERENCE, CLUSTER_REPORT, "C01", "2025"))
    assert "Hoàn thành xuất sắc nhiệm vụ" in book["Thành viên"]["E3"].comment.text
