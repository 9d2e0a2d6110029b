"""The annotated copy as it opens: notes out of sight until asked for, sentences shown whole, problems in
reading order.
"""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import load_workbook

from pipelines.contract import reference as lists
from pipelines.contract.checks import CHECKS, Finding, Severity
from pipelines.contract.workbooks import PROBLEMS_SHEET, UNIT_REPORT
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions.checks.order import in_order
from pipelines.submissions.template import template
from tests.support.pages.vietnamese import foreign
from tests.support.workbooks import copies

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


def test_notes_speak_vietnamese_only_and_an_earlier_one_is_taken_back_whatever_words_it_used(tmp_path: Path) -> None:
    source = _clerk(tmp_path / "a.xlsx")
    header = Finding("column.unknown", Severity.WARNING, "Khen thưởng", "C3", "Đối tượng", params={"letter": "C"})
    kinds = [
        Finding(code, Severity.ERROR, "Cán bộ", f"B{row}", "Cột", "x")
        for row, code in enumerate(CHECKS, 20)
        if not code.startswith("file.")
    ]
    copies.write(source, tmp_path / "b.xlsx", [header, *kinds])
    told = [
        cell.comment.text for page in load_workbook(tmp_path / "b.xlsx") for row in page for cell in row if cell.comment
    ]
    ours = [text.partition("――")[0] for text in told if text.startswith("⚑")]
    assert len(ours) == len(kinds) + 1 and all("Ô trước khi đánh dấu: " in text for text in ours[-1:])
    for text in ours:
        assert foreign(text) == [] and not re.search(r"rgb|theme|indexed|locked|none|yyyy|Text|Save", text), text
    book = load_workbook(source)["Khen thưởng"]["C3"]
    for lang in ("vi", "en", "old"):
        copies.write(source, tmp_path / "c.xlsx", [header], lang="en" if lang == "en" else "vi")
        if lang == "old":
            _as_of_old(tmp_path / "c.xlsx")
        copies.write(tmp_path / "c.xlsx", tmp_path / "d.xlsx", [])
        again = load_workbook(tmp_path / "d.xlsx")["Khen thưởng"]["C3"]
        assert (again.fill.fgColor.rgb, again.protection.locked) == (book.fill.fgColor.rgb, True), lang


def _as_of_old(path: Path) -> None:
    """The note of a copy as it was written before: with the words of the file format."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    new = re.compile(r"Ô trước khi đánh dấu: tô màu ([0-9A-F]{8}), khóa")
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            said = (
                data
                if not name.startswith("xl/comments")
                else new.sub(r"Ô trước khi đánh dấu = rgb \1 · locked", data.decode()).encode()
            )
            target.writestr(name, said)
