"""What other programs write differently and no harm is in: read, or told as what it is and never as damaged."""

import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from xlrd.compdoc import CompDoc

from pipelines.contract.checks import CHECKS, Finding
from pipelines.records.parsed import Parsed
from pipelines.submissions import guard, reader
from pipelines.submissions.copy import annotate
from pipelines.texts import say
from tests.support.workbooks import hostile
from tests.support.workbooks.filled_books import REFERENCE, book
from tests.support.workbooks.ole_files import Tree, ole
from tests.support.workbooks.other_formats import WRITERS, as_xls, as_xlsb
from tests.support.workbooks.workbook_parts import ONE_ROW, SHEET1, packed, parts, relations, sheet, zipped
from tests.support.workbooks.workbook_parts import book as plain_book

WRONG = {("Cán bộ", "H4"): "Rất tốt"}


def _parsed(data: bytes, name: str = "a.xlsx") -> Parsed:
    return reader.parse(data, name, REFERENCE)


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def _changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook", "WorkBook"])
def test_an_old_workbook_whose_stream_is_written_in_other_letters_is_read(name: str) -> None:
    data = as_xls(book()).replace("Workbook".encode("utf-16-le"), name.encode("utf-16-le"))
    assert _parsed(data, "a.xls").cells.equals(_parsed(as_xls(book()), "a.xls").cells)


@pytest.mark.parametrize("behind", [b"\n", b"\r\n", b"\0" * 100_000, b"\x1a", b"abc", b" \n" * 40_000])
def test_blank_or_few_bytes_behind_a_workbook_change_nothing(behind: bytes) -> None:
    data = book()
    there = _parsed(data + behind)
    assert there.form and there.cells.equals(_parsed(data).cells)


def test_enough_bytes_behind_for_another_directory_are_not_passed_over() -> None:
    assert _codes(_parsed(book() + b"PK\5\6" + bytes(18)).findings) != []
    assert _codes(_parsed(book() + b"x" * 22).findings) == ["file.zip_damaged"]


def test_cells_called_by_small_letters_or_dollars_are_the_same_cells_and_marked_as_such() -> None:
    def small(name: str, data: bytes) -> bytes:
        found = lambda m: m[1] + m[2].lower() + b'"'  # noqa: E731
        return re.sub(rb'(<c r=")([A-Z]+\d+)"', found, data) if "sheet2.xml" in name else data

    for change in (small, lambda name, data: re.sub(rb'<c r="([A-Z]+)(\d+)"', rb'<c r="$\1$\2"', data)):
        data = _changed(book(cells=WRONG), change)
        there = _parsed(data)
        assert there.cells.equals(_parsed(book(cells=WRONG)).cells)
        assert _codes(there.findings) == ["choice.unknown"] and there.findings[0].cell == "H4"
    made = annotate.copy(_changed(book(cells=WRONG), small), there.findings)
    assert (made.way, made.marked) == ("marked", 1)


def test_an_empty_part_that_is_called_packed_is_no_damage() -> None:
    empty = ("docProps/thumbnail.wmf", b"", 0, 0)
    data = zipped([*(packed(*part) for part in parts().items()), empty])
    assert guard.inspect(data, "a.xlsx").findings == ()


def test_a_part_packed_in_another_way_is_not_called_damaged() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as file:
        for name, content in parts().items():
            file.writestr(name, content)
    assert _codes(guard.inspect(target.getvalue(), "a.xlsx").findings) == ["file.read_failed"]


@pytest.mark.parametrize("state", ["show", "Hidden", ""])
def test_a_sheet_state_nobody_knows_is_visible(state: str) -> None:
    def stated(name: str, data: bytes) -> bytes:
        return data.replace(b"<sheet ", f'<sheet state="{state}" '.encode()) if name == "xl/workbook.xml" else data

    there = _parsed(_changed(book(), stated))
    assert there.form and there.cells.equals(_parsed(book()).cells) and there.findings == ()


def test_an_old_workbook_our_second_reader_stumbles_over_is_not_called_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(**_: object) -> None:
        raise AssertionError("formula")

    monkeypatch.setattr("xlrd.open_workbook", stumbles)
    [finding] = _parsed(as_xls(book()), "a.xls").findings
    assert (finding.code, finding.params["reason"]) == ("file.read_failed", "AssertionError: formula")


@pytest.mark.parametrize("kind", ["xlsx", *WRITERS])
def test_a_workbook_that_is_none_of_ours_is_told_that_alone(kind: str) -> None:
    errors = '<row r="1">' + "".join(f'<c r="{c}1" t="e"><v>#REF!</v></c>' for c in "ABCDEFGH") + "</row>"
    data = plain_book(errors, sheets=2)
    [finding] = _parsed({"xlsx": bytes, **WRITERS}[kind](data), f"a.{kind}").findings
    assert (finding.code, finding.params) == ("workbook.not_ours", {"sheets": "2", "cells": "16"})


def test_a_workbook_that_is_none_of_ours_is_told_nothing_of_its_macros_or_links() -> None:
    macro = {"xl/vbaProject.bin": b"\0" * 99, "xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    data = plain_book(ONE_ROW, more=macro, kind="vnd.ms-excel.sheet.macroEnabled")
    assert _codes(guard.inspect(data, "a.xlsm").findings) == ["workbook.macro", "workbook.external_link"]
    assert _codes(_parsed(data, "a.xlsm").findings) == ["workbook.not_ours"]


def test_a_workbook_of_charts_alone_is_not_called_our_list_of_problems() -> None:
    chart = {
        "xl/_rels/workbook.xml.rels": relations([("chartsheet", "chartsheets/sheet1.xml"), ("styles", "styles.xml")])
    }
    made = parts() | chart | {"xl/chartsheets/sheet1.xml": "<chartsheet/>"}
    del made[SHEET1]
    assert _codes(_parsed(zipped([packed(*part) for part in made.items()])).findings) == ["workbook.not_ours"]


def test_a_workbook_of_libreoffice_with_line_breaks_between_its_elements_is_read() -> None:
    def pretty(name: str, data: bytes) -> bytes:
        return re.sub(rb">(?=<(?!text:|/text:))", b">\n   ", data) if name == "content.xml" else data

    data = WRITERS["ods"](book(cells=WRONG))
    there = _parsed(_changed(data, pretty), "a.ods")
    assert there.form and there.cells.equals(_parsed(data, "a.ods").cells)
    assert _codes(there.findings) == ["choice.unknown"]


@pytest.mark.parametrize(
    "more",
    [
        {"Basic/Standard/Module1.xml": "<script:module/>", "Basic/Standard/script-lb.xml": "<a/>"},
        {"content.xml": None},
    ],
)
def test_basic_in_a_workbook_of_libreoffice_is_told_as_macros(more: dict[str, str | None]) -> None:
    def coded(name: str, data: bytes) -> bytes:
        code = b'<office:scripts><s:module xmlns:s="u"><s:source-code>Sub A</s:source-code></s:module></office:scripts>'
        return data.replace(b"<office:automatic-styles>", code + b"<office:automatic-styles>") if name in more else data

    data = _changed(WRITERS["ods"](book()), coded)
    with zipfile.ZipFile(memory := BytesIO(data), "a") as file:
        for name, text in more.items():
            if text:
                file.writestr(name, text)
    assert _codes(_parsed(memory.getvalue(), "a.ods").findings) == ["workbook.macro"]


def test_a_macro_sheet_of_excel_4_is_told_as_macros_and_the_report_is_read() -> None:
    data = bytearray(as_xls(book(more=["Macro1"])))
    data[data.index(b"\6\0Macro1") - 1] = 1  # the kind of the tab
    old = _parsed(bytes(data), "a.xls")
    assert old.form and _codes(old.findings) == ["workbook.macro"]

    def macro(name: str, data: bytes) -> bytes:
        data = data.replace(b"spreadsheetml.sheet.main", b"x").replace(
            b"vnd.openxmlformats-officedocument.x", b"vnd.ms-excel.sheet.macroEnabled.main"
        )
        return re.sub(
            rb"[\w./:]+/worksheet(\" Target=\"worksheets/sheet9)",
            rb"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet\1",
            data,
        )

    new = _parsed(_changed(book(more=["Macro1"]), macro), "a.xlsm")
    assert new.cells.equals(_parsed(book()).cells) and _codes(new.findings) == ["workbook.macro"]

    binary = _parsed(_with_macro_sheet(as_xlsb(book(more=["Macro1"]))), "a.xlsb")
    assert binary.cells.equals(_parsed(book()).cells) and _codes(binary.findings) == ["workbook.macro"]


def _with_macro_sheet(xlsb: bytes) -> bytes:
    """The last sheet as Excel keeps a macro sheet: by its relation and in a folder of its own."""
    with zipfile.ZipFile(BytesIO(xlsb)) as file:
        last = max(name for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
        links = file.read("xl/_rels/workbook.bin.rels").decode()
    moved = last.replace("xl/worksheets", "xl/macrosheets")
    old = re.search(rf'Type="[^"]*" Target="[^"]*{last[3:]}"', links)
    assert old
    kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    links = links.replace(old[0], f'Type="{kind}" Target="{moved[3:]}"')
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsb)) as file, zipfile.ZipFile(target, "w") as new:
        for name in file.namelist():
            content = links.encode() if name.endswith("workbook.bin.rels") else file.read(name)
            new.writestr(moved if name == last else name, content)
    return target.getvalue()


@pytest.mark.parametrize("state", [3, 7, 0x3F])
def test_a_sheet_state_nobody_knows_is_visible_in_xls_and_xlsb_too(state: int) -> None:
    old = bytearray(as_xls(book()))
    place = old.index("Cán bộ".encode("utf-16-le")) - 4  # before the length of the name
    old[place] = state
    record = struct.pack("<II", 0, 2) + struct.pack("<I", 4) + "rId2".encode("utf-16-le")

    def stated(name: str, data: bytes) -> bytes:
        assert name != "xl/workbook.bin" or record in data
        return data.replace(record, struct.pack("<I", state) + record[4:])

    for data, name in ((bytes(old), "a.xls"), (_changed(as_xlsb(book()), stated), "a.xlsb")):
        there = _parsed(data, name)
        assert there.cells.equals(_parsed(book()).cells) and there.findings == (), name


def test_an_old_workbook_of_charts_alone_is_not_said_to_lack_its_main_part() -> None:
    data = bytearray(as_xls(plain_book(ONE_ROW)))
    data[data.index(b"\x85\0") + 9] = 2  # the kind of its only tab
    assert _codes(_parsed(bytes(data), "a.xls").findings) == ["workbook.not_ours"]


SHEET_WITHIN = {"Workbook": b"\x09\x08\x10\0\0\x06\x05\0"}


@pytest.mark.parametrize(
    ("tree", "said", "program"),
    [
        ({"WordDocument": b"", "ObjectPool": {"_1234567890": SHEET_WITHIN}}, "file.other_office", "Word"),
        ({"PowerPoint Document": b"", "MBD0001": SHEET_WITHIN}, "file.other_office", "PowerPoint"),
        ({"VisioDocument": b"", "Book": {}}, "file.other_office", "Visio"),
        (
            {"__properties_version1.0": b"", "__attach_version1.0_#00000000": {"__substg1.0_3701000D": SHEET_WITHIN}},
            "file.other_office",
            "Outlook",
        ),
        ({"Catalog": b"", "1": b"Workbook\0".decode().encode("utf-16-le")}, "file.not_excel", ""),  # Thumbs.db
    ],
)
def test_a_document_or_letter_that_holds_a_worksheet_is_no_workbook(tree: Tree, said: str, program: str) -> None:
    [finding] = guard.inspect(ole(tree), "a.xls").findings
    assert (finding.code, finding.value) == (said, program)


def test_a_container_of_the_other_version_is_not_called_damaged() -> None:
    data = bytearray(ole({"Workbook": b""}))
    data[26], data[30] = 4, 12
    assert _codes(guard.inspect(bytes(data), "a.xls").findings) == ["file.read_failed"]


def test_an_old_workbook_that_holds_a_document_of_word_is_read() -> None:
    stream = CompDoc(as_xls(book()), logfile=StringIO()).get_named_stream("Workbook")
    data = ole({"MBD0001": {"WordDocument": b""}, "Workbook": bytes(stream)})
    assert _parsed(data, "a.xls").cells.equals(_parsed(book()).cells)


def _vba(kind: str) -> bytes:
    return plain_book(ONE_ROW, more={"xl/vbaProject.bin": b"\0" * 99}, kind=kind)


def _padded_workbook() -> bytes:
    made = parts()
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]) + " " * (9 << 20)
    return zipped([packed(*part) for part in made.items()])


_MERGED_TOO_FAR = sheet(ONE_ROW, tail='<mergeCells count="1"><mergeCell ref="A1:A2000000"/></mergeCells>')
_SHARED = {"xl/_rels/workbook.xml.rels": relations([("worksheet", "worksheets/sheet1.xml")] * 2)}
# name -> what it is, the refusal, words that are true of it
INNOCENT: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "anh.xlsx": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.not_excel", "không phải là tệp Excel"),
    "cac bao cao.zip": (lambda: zipped([packed("V01.xlsx", book())]), "file.not_excel", "giải nén"),
    "do dang.xls": (lambda: as_xls(book())[:4_096], "file.zip_damaged", "tải về chưa đủ"),
    "kem chu ky thu.xlsx": (lambda: book() + b"-- da quet vi-rut, an toan --", "file.zip_damaged", "phần thừa"),
    "dau thu.xlsx": (lambda: b"PK-mail: xlsx\r\n\r\n" + book(), "file.zip_damaged", "phần thừa"),
    "gioi han quyen.xlsx": (
        lambda: ole({"EncryptedPackage": b"", "\x06DataSpaces": {"Version": b""}}),
        "file.encrypted",
        "giới hạn quyền",
    ),
    "khai nham.xlsm": (lambda: _vba("vnd.openxmlformats-officedocument.spreadsheetml.sheet"), "file.macro_hidden", "khai báo loại tệp"),
    "doi ten.xlsx": (lambda: _vba("vnd.ms-excel.sheet.macroEnabled"), "file.macro_hidden", "tên tệp"),
    "dem trang.xlsx": (_padded_workbook, "file.zip_bomb", "vượt mức"),
    "chung noi dung.xlsx": (lambda: plain_book(more=_SHARED, sheets=2), "file.sheet_missing", "nội dung riêng"),
    "gop qua xa.xlsx": (lambda: plain_book(more={SHEET1: _MERGED_TOO_FAR}), "file.cell_reference", "vùng gộp"),
    "khong vo.xls": (lambda: b"\x09\x08\x10\0\0\x06\x05\0" + bytes(999), "file.format_not_supported", "BIFF8"),
    "excel 5.xls": (lambda: b"\x09\x08\x08\0\0\x05\x05\0" + bytes(999), "file.format_not_supported", "Excel 2–5"),
    "bang.xls": (lambda: b"<table><tr><td>1</td></tr></table>", "file.web_page", "trang web"),
    "mau chu.xlsx": (lambda: "Họ và tên;Đơn vị".encode(), "file.text", "văn bản thuần"),
}  # fmt: skip


@pytest.mark.parametrize("name", INNOCENT)
def test_a_refusal_is_true_of_an_innocent_file_that_gets_it(name: str) -> None:
    made, code, words = INNOCENT[name]
    [finding] = guard.inspect(made(), name).findings
    told = [say(f"finding.{code}{part}", "vi", value=finding.value, sheet=finding.sheet) for part in ("", ".fix")]
    assert (finding.code, words in " ".join(told)) == (code, True), told


def test_every_refusal_is_met_by_a_file_that_is_made_for_it() -> None:
    met = {code for _, code in hostile.REFUSED.values()} | {code for _, code, _ in INNOCENT.values()}
    elsewhere = {"file.of_a_demo", "file.not_of_a_demo", "file.read_failed"}
    assert {code for code in CHECKS if code.startswith("file.")} - elsewhere == met
