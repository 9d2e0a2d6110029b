"""The annotated copy as it opens: notes out of sight until asked for, sentences shown whole, problems in reading order."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import load_workbook

from pipelines.contract import reference as lists
from pipelines.contract.checks import Finding, Severity
from pipelines.contract.workbooks import PROBLEMS_SHEET, UNIT_REPORT
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import template
from pipelines.submissions.order import in_order
from tests import copies

MISSING = Finding("value.required", Severity.ERROR, "Cán bộ", "B20", "Họ và tên")


def _clerk(path: Path) -> Path:
    return template.write(path, lists.load(OWN_REFERENCE), UNIT_REPORT, "V01", "2025")


def test_notes_stay_hidden_in_a_workbook_whose_boxes_are_drawn_with_other_prefixes(tmp_path: Path) -> None:
    own = load_workbook(_clerk(tmp_path / "a.xlsx"))
    own.save(tmp_path / "o.xlsx")  # openpyxl without lxml numbers its prefixes
    copies.write(tmp_path / "o.xlsx", tmp_path / "b.xlsx", [MISSING])
    assert _boxes(tmp_path / "b.xlsx") == _boxes(tmp_path / "o.xlsx") + 1
    copies.write(tmp_path / "b.xlsx", tmp_path / "c.xlsx", [])
    assert _boxes(tmp_path / "c.xlsx") == _boxes(tmp_path / "o.xlsx"), "our boxes come out again with our notes"


def _boxes(path: Path) -> int:
    """How many boxes of notes the drawings hold; each drawing must be well-formed, each box hidden."""
    count = 0
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.endswith(".vml"):
                shapes = ElementTree.fromstring(parts.read(name)).findall("{urn:schemas-microsoft-com:vml}shape")
                assert all("visibility:hidden" in shape.get("style", "") for shape in shapes)
                count += len(shapes)
    return count


def test_the_list_gives_long_sentences_the_height_they_need(tmp_path: Path) -> None:
    long = Finding("value.required", Severity.ERROR, "Cán bộ", "B20", "Họ và tên", "x" * 300)
    copies.write(_clerk(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", [MISSING, long])
    page = load_workbook(tmp_path / "b.xlsx")[PROBLEMS_SHEET]
    assert page.row_dimensions[5].height < 20 < 60 < page.row_dimensions[6].height


def test_findings_come_sheet_by_sheet_and_down_the_rows() -> None:
    places = [("Nháp", ""), ("3. KHEN THUONG", "D4"), ("Cán bộ", "H9"), ("", ""), ("Cán bộ", ""), ("Cán bộ", "B4:B7")]
    found = [Finding("value.required", Severity.ERROR, sheet, cell) for sheet, cell in places]
    assert [(one.sheet, one.cell) for one in in_order(found, UNIT_REPORT.code)] == [
        *(("", ""), ("Cán bộ", ""), ("Cán bộ", "B4:B7"), ("Cán bộ", "H9"), ("3. KHEN THUONG", "D4"), ("Nháp", ""))
    ]
