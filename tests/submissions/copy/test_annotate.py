"""The annotated copy: wrong cells stand out, every problem is listed, and nothing else in the clerk's
workbook changes.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from pipelines.contract import reference as lists
from pipelines.contract.checks import Finding, Severity
from pipelines.contract.workbooks import PROBLEMS_SHEET, UNIT_REPORT
from pipelines.palette import FILL
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions.container.ooxml import Package
from pipelines.submissions.copy import annotate
from pipelines.submissions.copy.inventory import compared, differences, inventory
from pipelines.submissions.template import template
from tests.support.workbooks import copies

REFERENCE = lists.load(OWN_REFERENCE)
STAFF = [
    {"person_code": f"CB{n:03d}", "full_name": f"Nguyễn Văn {n}", "position_group": "TRUC_TIEP", "rating": "HTTNV"}
    for n in range(1, 5)
]
ERROR, WARNING, NOTE = Severity
FINDINGS = [
    Finding("value.required", ERROR, "Cán bộ", "B20", "Họ và tên"),
    Finding("choice.unknown", ERROR, "Cán bộ", "H4:H6", "Mức xếp loại", "Tot", 3),
    Finding("date.suspect", WARNING, "Cán bộ", "F5", "Ngày đến", "2025-03-02"),
    Finding("column.unknown", WARNING, "Khen thưởng", "C3", "Đối tượng"),
    Finding("sheet.missing", ERROR, "Sáng kiến khác"),
    Finding("text.cleaned", NOTE, "Cán bộ", "B4", "Họ và tên"),
]


def _words(finding: Finding, lang: str) -> tuple[str, str]:
    return f"Sai: {finding.code} & <{finding.value}>.", "Sửa lại."


def _write(source: Path, target: Path, findings: list[Finding]) -> annotate.Annotated:
    return copies.write(source, target, findings, words=_words)


def _clerk(path: Path) -> Path:
    rows = {"info": [{"prepared_on": date(2025, 12, 1)}], "staff": STAFF}
    return template.write(path, REFERENCE, UNIT_REPORT, "V01", "2025", rows=rows)


def _changed(one: Path, other: Path) -> list[str]:
    return differences(inventory(Package(one.read_bytes())), inventory(Package(other.read_bytes())))


def test_wrong_cells_are_coloured_and_noted_and_nothing_else_changes(tmp_path: Path) -> None:
    source, target = _clerk(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    result = _write(source, target, FINDINGS)
    assert (result.way, result.marked, result.differences) == ("marked", 6, ())
    marks = {"Cán bộ!B20", "Cán bộ!H4", "Cán bộ!H5", "Cán bộ!H6", "Cán bộ!F5", "Khen thưởng!C3"}
    assert set(_changed(source, target)) == {f"{at} {what}" for at in marks for what in ("look", "note")}
    page = load_workbook(target)["Cán bộ"]
    assert page["H4"].fill.fgColor.rgb == "FF" + FILL["error"]
    assert page["F5"].fill.fgColor.rgb == "FF" + FILL["warning"]
    assert "choice.unknown & <Tot>" in page["H5"].comment.text
    assert (page["H4"].value, page["F5"].number_format) == ("Hoàn thành tốt nhiệm vụ", "dd/mm/yyyy")
    assert not page["B20"].protection.locked and page.protection.sheet


def test_a_sheet_is_passed_over_in_comparing_only_if_its_bytes_mean_the_same(tmp_path: Path) -> None:
    source = _clerk(tmp_path / "a.xlsx")
    same = compared(
        Package(source.read_bytes()),
        Package(_rewritten(source, tmp_path / "b.xlsx", lambda _, x: x).read_bytes()),
        1 << 20,
    )
    assert not any(key.endswith((" value", " note")) for lines in same for key in lines)

    def changed(part: str, before: bytes, after: bytes) -> set[str]:
        other = _rewritten(
            source, tmp_path / "c.xlsx", lambda name, x: x.replace(before, after) if name.endswith(part) else x
        )
        old, new = compared(Package(source.read_bytes()), Package(other.read_bytes()), 1 << 20)
        return {key.partition(" ")[0] for key in differences(old, new)}

    person = STAFF[0]["full_name"]
    assert isinstance(person, str)
    assert changed("sharedStrings.xml", person.encode(), b"Ai khac") == {"Cán"}  # what a cell says stands elsewhere
    assert "Cán" in changed("styles.xml", b'locked="0"', b'locked="1"')  # so does what its style means
    assert changed("comments1.xml", "Họ".encode(), b"Ten")  # and its note


def test_the_first_sheet_lists_every_problem_with_a_link_to_its_cell(tmp_path: Path) -> None:
    _write(_clerk(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", FINDINGS)
    book = load_workbook(tmp_path / "b.xlsx")
    page = book[PROBLEMS_SHEET]
    assert book.sheetnames[0] == PROBLEMS_SHEET and book.active is page
    assert sum(bool(sheet.sheet_view.tabSelected) for sheet in book) == 1
    rows = list(page.iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in rows] == ["Cần sửa"] * 3 + ["Cần xem"] * 2 + ["Ghi chú"]
    assert rows[1] == (
        "2",
        "Cần sửa",
        "Cán bộ",
        "H4:H6",
        "Mức xếp loại",
        "Tot",
        "Sai: choice.unknown & <Tot>.",
        "Sửa lại.",
    )
    assert page["D6"].hyperlink.location == "'Cán bộ'!H4:H6"
    assert page["D7"].hyperlink is None, "a sheet that is missing cannot be linked"


def test_a_note_that_was_there_stays_below_ours(tmp_path: Path) -> None:
    source = _clerk(tmp_path / "a.xlsx")
    before = load_workbook(source)["Khen thưởng"]["C3"].comment.text
    _write(source, tmp_path / "b.xlsx", FINDINGS)
    after = load_workbook(tmp_path / "b.xlsx")["Khen thưởng"]["C3"].comment.text
    assert after.startswith("⚑ Cần xem") and after.endswith(before) and len(before) > 10


def test_annotating_again_replaces_the_old_marks_and_a_clean_copy_is_as_before(tmp_path: Path) -> None:
    source = _clerk(tmp_path / "a.xlsx")
    _write(source, tmp_path / "b.xlsx", FINDINGS)
    _write(tmp_path / "b.xlsx", tmp_path / "c.xlsx", FINDINGS)
    assert _changed(tmp_path / "b.xlsx", tmp_path / "c.xlsx") == []
    assert _write(tmp_path / "c.xlsx", tmp_path / "d.xlsx", FINDINGS[2:3]).marked == 1
    assert _changed(source, tmp_path / "d.xlsx") == ["Cán bộ!F5 look", "Cán bộ!F5 note"]
    _write(tmp_path / "d.xlsx", tmp_path / "e.xlsx", [])
    assert _changed(source, tmp_path / "e.xlsx") == []
    assert load_workbook(tmp_path / "e.xlsx").sheetnames.count(PROBLEMS_SHEET) == 1


def test_a_macro_workbook_keeps_its_macros(tmp_path: Path) -> None:
    source = _with_macro(_clerk(tmp_path / "a.xlsx"), tmp_path / "a.xlsm")
    assert _write(source, tmp_path / "b.xlsm", FINDINGS).way == "marked"
    with zipfile.ZipFile(tmp_path / "b.xlsm") as parts:
        assert parts.read("xl/vbaProject.bin") == b"macro bytes"
        assert b"macroEnabled" in parts.read("[Content_Types].xml")
    assert load_workbook(tmp_path / "b.xlsm", keep_vba=True).vba_archive


def test_charts_pictures_sparklines_buttons_and_rich_text_survive(tmp_path: Path) -> None:
    source = _messy(tmp_path / "a.xlsx")
    findings = [
        Finding("cell.error", ERROR, "Dữ liệu của tôi", at, "Cột", "x") for at in ("A1", "B2", "C3", "Z1", "A40", "E2")
    ]
    result = _write(source, tmp_path / "b.xlsx", findings)
    assert (result.way, result.marked) == ("marked", 6)
    kept = {"format", "value"}
    assert not {
        key
        for key in _changed(source, tmp_path / "b.xlsx")
        if key.split()[-1] in kept and "Z1" not in key and "A40" not in key
    }
    _write(tmp_path / "b.xlsx", tmp_path / "c.xlsx", [])
    left = {key for key in _changed(source, tmp_path / "c.xlsx") if "Z1" not in key and "A40" not in key}
    assert left == set(), "fills and notes of the clerk's own are back"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "b.xlsx") as new:
        untouched = [
            name for name in old.namelist() if re.search(r"media|charts|drawings/drawing|tables|theme|docProps", name)
        ]
        assert len(untouched) > 5 and all(old.read(name) == new.read(name) for name in untouched)


def test_a_workbook_written_with_element_prefixes_is_marked_too(tmp_path: Path) -> None:
    source = _rewritten(_clerk(tmp_path / "a.xlsx"), tmp_path / "p.xlsx", _prefixed)
    assert load_workbook(source).sheetnames
    assert _write(source, tmp_path / "b.xlsx", FINDINGS).way == "marked"
    page = load_workbook(tmp_path / "b.xlsx")["Cán bộ"]
    assert page["H4"].fill.fgColor.rgb == "FF" + FILL["error"] and page["H4"].comment


def test_rows_without_numbers_get_the_list_only_and_the_reason(tmp_path: Path) -> None:
    def unnumbered(name: str, data: bytes) -> bytes:
        return re.sub(rb'<row r="\d+"', b"<row", data) if "sheet2.xml" in name else data

    source = _rewritten(_clerk(tmp_path / "a.xlsx"), tmp_path / "p.xlsx", unnumbered)
    result = _write(source, tmp_path / "b.xlsx", FINDINGS)
    assert result.way == "listed" and result.differences == ("marked: rows without numbers",)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "b.xlsx") as new:
        assert old.read("xl/worksheets/sheet2.xml") == new.read("xl/worksheets/sheet2.xml")
    assert load_workbook(tmp_path / "b.xlsx")[PROBLEMS_SHEET]["G5"].value


def test_a_file_that_is_no_workbook_gets_a_list_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.xlsm").write_bytes(b"%PDF-1.7")
    result = _write(tmp_path / "a.xlsm", tmp_path / "b.xlsm", [Finding("file.pdf", ERROR, value="=1+1")])
    assert result.way == "report"
    page = load_workbook(tmp_path / "b.xlsx")[PROBLEMS_SHEET]
    assert (page["F5"].value, page["F5"].data_type) == ("=1+1", "s")


def test_an_edit_nobody_meant_is_found_and_not_handed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = annotate.restyled
    monkeypatch.setattr(annotate, "restyled", lambda *given: real(*given).replace(b'ySplit="3"', b'ySplit="4"'))
    source = _clerk(tmp_path / "a.xlsx")
    result = _write(source, tmp_path / "b.xlsx", FINDINGS)
    assert result.way == "listed"
    assert set(result.differences) == {"Cán bộ sheetViews 1", "Khen thưởng sheetViews 1"}
    assert _changed(source, tmp_path / "b.xlsx") == []


def _with_macro(source: Path, target: Path) -> Path:
    def more(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            macro = (
                b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            )
            main = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            return data.replace(b"</Types>", macro).replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", main
            )
        if name == "xl/_rels/workbook.xml.rels":
            kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
            return data.replace(
                b"</Relationships>",
                b'<Relationship Id="rIdM" Type="' + kind + b'" Target="vbaProject.bin"/></Relationships>',
            )
        return data

    _rewritten(source, target, more)
    with zipfile.ZipFile(target, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"macro bytes")
    return target


def _rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def _prefixed(name: str, data: bytes) -> bytes:
    if not re.search(r"xl/(worksheets/sheet|styles|workbook|comments|sharedStrings)", name) or name.endswith(".rels"):
        return data
    text = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1x:\2", data)
    return text.replace(b"xmlns=", b"xmlns:x=", 1)


def _messy(path: Path) -> Path:
    """A clerk's own workbook with everything people put into one."""
    with xlsxwriter.Workbook(str(path)) as file:
        page, other = file.add_worksheet("Dữ liệu của tôi"), file.add_worksheet("Ẩn")
        bold, fill = file.add_format({"bold": True}), file.add_format({"bg_color": "#abcdef", "num_format": "0.00%"})
        page.write_rich_string("A1", "Ghi ", bold, "đậm", " nhạt")
        page.write("B2", 0.5, fill)
        page.write("C3", "=B2*2", fill, 1.0)
        page.write("E2", "nền hoa văn", file.add_format({"pattern": 4, "fg_color": "#ff0000", "bg_color": "#00ff00"}))
        page.write_comment("C3", "ghi chú của tôi")
        page.write_comment("D9", "ghi chú khác")
        page.insert_button("F9", {"caption": "Bấm", "macro": "Tinh"})
        page.insert_textbox("H3", "hộp chữ")
        page.add_sparkline("D2", {"range": "'Dữ liệu của tôi'!A1:C1"})
        page.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True})
        page.conditional_format("A2:A9", {"type": "cell", "criteria": ">", "value": 3, "format": bold})
        page.add_table("H20:I25", {"name": "Bang1"})
        page.merge_range("A10:C10", "gộp ô", bold)
        page.write_url("A12", "https://vidu.vn")
        chart = file.add_chart({"type": "column"})
        chart.add_series({"values": "='Dữ liệu của tôi'!$B$2:$B$9"})
        page.insert_chart("K2", chart)
        page.print_area("A1:F20")
        page.repeat_rows(0)
        page.protect("mat khau")
        other.hide()
        file.define_name("'Ẩn'!rieng", "='Ẩn'!$A$1")
        file.add_worksheet("Cuối").activate()
    return path
