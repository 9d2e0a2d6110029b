"""Workbooks that break readers, made when they are needed: bombs, lies, oddities. Each with what the guard must say."""

from collections.abc import Callable
from random import Random

from tests.support.workbooks.ole_files import ole
from tests.support.workbooks.other_formats import ods
from tests.support.workbooks.workbook_parts import (
    MACRO,
    MAIN,
    NS,
    ONE_ROW,
    SHEET1,
    bomb,
    book,
    packed,
    parts,
    relations,
    sheet,
    zipped,
)


def _cells(*cells: str) -> str:
    return '<row r="1">' + "".join(cells) + "</row>"


def _styled_blanks() -> bytes:
    rows = (f'<row r="{n}"><c r="A{n}" s="2"/><c r="XFD{n}" s="2"/></row>' for n in range(1_028_577, 1_048_577))
    return book(ONE_ROW + "".join(rows))


def _ods_of_repeats(rows: int, columns: int, kind: str = 'office:value-type="string"') -> bytes:
    """Millions of filled cells in a few hundred bytes."""
    cell = f'<table:table-cell {kind} table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return ods(f'<table:table table:name="B">{row}</table:table>')


def _duplicate_part() -> bytes:
    return zipped([*(packed(*part) for part in parts().items()), packed(SHEET1.upper(), sheet(""))])


def _bad_checksum() -> bytes:
    *rest, (name, content, size, checksum) = [packed(*part) for part in parts().items()]
    return zipped([*rest, (name, content, size, checksum ^ 1)])


def _shared_part() -> bytes:
    links = [("worksheet", "worksheets/sheet1.xml")] * 2
    return book(more={"xl/_rels/workbook.xml.rels": relations(links)}, sheets=2)


def _without(name: str) -> bytes:
    return zipped([packed(*part) for part in parts().items() if part[0] != name])


def _entity(declaration: str) -> bytes:
    text = f'<?xml version="1.0"?><!DOCTYPE a [{declaration}]><worksheet {NS}><sheetData>&a;</sheetData></worksheet>'
    return book(more={SHEET1: text})


def _far(cell: str) -> bytes:
    return book(f'<row r="1"><c r="A1"><v>1</v></c><c r="{cell}"><v>2</v></c></row>')


def _merges(count: int) -> bytes:
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, count + 2))
    return book(more={SHEET1: sheet(ONE_ROW, tail=f"<mergeCells>{areas}</mergeCells>")})


def _bad_deflate() -> bytes:
    *rest, (name, content, size, checksum) = [packed(*part) for part in parts().items()]
    return zipped([*rest, (name, b"\xff\xff\xff" + content[3:], size, checksum)])


def _filling(megabytes: int) -> str:
    """Letters that pack badly enough to stay under the ratio of a bomb."""
    return (Random(1).randbytes(20_000).hex() + "a" * (4 << 20)) * (megabytes // 4)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb_sheet.xlsx": (lambda: bomb(SHEET1, 24), "file.zip_bomb"),
    "bomb_strings.xlsx": (lambda: bomb("xl/sharedStrings.xml", 24), "file.zip_bomb"),
    "bomb_that_declares_little.xlsx": (lambda: bomb(SHEET1, 24, declared=900), "file.zip_bomb"),
    "bomb_of_200_megabytes.xlsx": (lambda: bomb("xl/media/image1.png", 2, declared=200 << 20), "file.zip_bomb"),
    "sheets_share_a_part.xlsx": (_shared_part, "file.sheet_missing"),
    "sheets_300.xlsx": (lambda: book(sheets=300), "file.too_many_sheets"),
    "parts_2100.xlsx": (lambda: book(more={f"a/{n}.bin": b"" for n in range(2_100)}), "file.too_many_parts"),
    "two_cells_far_apart.xlsx": (lambda: _far("XFD1048576"), "file.range_too_wide"),
    "two_cells_in_10_columns.xlsx": (lambda: _far("J1048576"), "file.range_too_wide"),
    "column_zzzzzz.xlsx": (lambda: _far("ZZZZZZ1"), "file.cell_reference"),
    "column_xfe.xlsx": (lambda: _far("XFE1"), "file.cell_reference"),
    "row_4294967295.xlsx": (lambda: _far("A4294967295"), "file.cell_reference"),
    "row_1048577.xlsx": (lambda: _far("A1048577"), "file.cell_reference"),
    "merge_beyond_sheet.xlsx": (
        lambda: book(more={SHEET1: sheet(ONE_ROW, tail='<mergeCells><mergeCell ref="A1:ZZZ9"/></mergeCells>')}),
        "file.cell_reference",
    ),
    "billion_laughs.xlsx": (lambda: _entity('<!ENTITY b "ha"><!ENTITY a "&b;&b;">'), "file.xml_doctype"),
    "external_entity.xlsx": (lambda: _entity('<!ENTITY a SYSTEM "file:///etc/hostname">'), "file.xml_doctype"),
    "doctype_in_strings.xlsx": (
        lambda: book(strings="<si><t>a</t></si>", more={"xl/sharedStrings.xml": f"<!DOCTYPE sst><sst {NS}/>"}),
        "file.xml_doctype",
    ),
    "doctype_in_an_unread_part.xlsx": (lambda: book(more={"xl/comments1.xml": "<!DOCTYPE x><x/>"}), "file.xml_doctype"),
    "sheet_cut_off.xlsx": (lambda: book(more={SHEET1: sheet(ONE_ROW)[:-40]}), "file.xml_damaged"),
    "sheet_not_utf8.xlsx": (lambda: book(more={SHEET1: sheet(ONE_ROW).encode("cp1258", "replace")}), "file.xml_damaged"),
    "path_traversal.xlsx": (lambda: book(more={"../../evil.txt": "x"}), "file.zip_path"),
    "absolute_path.xlsx": (lambda: book(more={"/etc/evil": "x"}), "file.zip_path"),
    "backslash.xlsx": (lambda: book(more={"xl\\evil.xml": "x"}), "file.zip_path"),
    "duplicate_part.xlsx": (_duplicate_part, "file.zip_duplicate_part"),
    "half.xlsx": (lambda: book()[: len(book()) // 2], "file.zip_damaged"),
    "bytes_before.xlsx": (lambda: b"PK" + b"x" * 9 + book(), "file.zip_damaged"),
    "bad_deflate.xlsx": (_bad_deflate, "file.zip_damaged"),
    "bytes_behind.xlsx": (lambda: book() + b"junk" * 6, "file.zip_damaged"),
    "only_pk.xlsx": (lambda: b"PK\3\4", "file.zip_damaged"),
    "bad_checksum.xlsx": (_bad_checksum, "file.zip_damaged"),
    "no_workbook.xlsx": (lambda: _without("xl/workbook.xml"), "file.workbook_missing"),
    "no_sheet_part.xlsx": (lambda: _without(SHEET1), "file.sheet_missing"),
    "no_sheets.xlsx": (lambda: book(sheets=0), "file.workbook_missing"),
    "merges_20001.xlsx": (lambda: _merges(20_001), "file.too_many_merges"),
    "styles_70000.xlsx": (
        lambda: book(more={"xl/styles.xml": f"<styleSheet {NS}><cellXfs>{'<xf />' * 70_000}</cellXfs></styleSheet>"}),
        "file.too_many_styles",
    ),
    "styles_nested_deep.xlsx": (
        lambda: book(more={"xl/styles.xml": f"<styleSheet {NS}>{'<a>' * 99_999}{'</a>' * 99_999}</styleSheet>"}),
        "file.xml_damaged",
    ),
    "empty.xlsx": (lambda: b"", "file.empty"),
    "21_megabytes.xlsx": (lambda: b"PK\3\4" + bytes(21 << 20), "file.too_large"),
    "csv.xlsx": (lambda: "Họ và tên;Điểm\nNguyễn Văn An;9,5\n".encode(), "file.text"),
    "csv_utf16.xlsx": (lambda: "Họ và tên\tĐiểm\n".encode("utf-16"), "file.text"),
    "html.xls": (lambda: b"\n<html><table><tr><td>1</td></tr></table></html>", "file.web_page"),
    "xml_2003.xls": (lambda: b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "file.web_page"),
    "pdf.xlsx": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "file.pdf"),
    "picture.xlsx": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.not_excel"),
    "archive.xlsx": (lambda: zipped([packed("thu.txt", "a")]), "file.not_excel"),
    "word.xlsx": (lambda: zipped([packed("[Content_Types].xml", ""), packed("word/document.xml", "")]), "file.other_office"),
    "word_97.xls": (lambda: ole({"WordDocument": b""}), "file.other_office"),
    "password.xlsx": (lambda: ole({"EncryptedPackage": b""}), "file.encrypted"),
    "excel_97.xls": (lambda: ole({"Workbook": b""}), "file.zip_damaged"),
    "binary.xlsb": (
        lambda: zipped([packed("[Content_Types].xml", ""), packed("xl/workbook.bin", "")]),
        "file.workbook_missing",
    ),
    "libre.ods": (
        lambda: zipped([packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), packed("content.xml", "")]),
        "file.workbook_missing",
    ),
    "repeats.ods": (lambda: _ods_of_repeats(1_048_576, 16_384), "file.range_too_wide"),
    "excel_4.xls": (lambda: b"\x09\x04\x06\x00" + bytes(99), "file.format_not_supported"),
    "macro_hidden.xlsx": (lambda: book(more={"xl/vbaProject.bin": b"\0" * 99}), "file.macro_hidden"),
}  # fmt: skip

READ: dict[str, Callable[[], bytes]] = {
    "dimension_huge.xlsx": lambda: book(more={SHEET1: sheet(ONE_ROW, '<dimension ref="A1:XFD1048576"/>')}),
    "dimension_small.xlsx": lambda: book(more={SHEET1: sheet(ONE_ROW, '<dimension ref="A1"/>')}),
    "dimension_empty.xlsx": lambda: book(more={SHEET1: sheet(ONE_ROW, '<dimension ref=""/>')}),
    "styled_blanks.xlsx": _styled_blanks,
    "strings_lie.xlsx": lambda: book(
        _cells('<c r="A1" t="s"><v>0</v></c>'),
        strings="<si><t>một</t></si>",
        more={"xl/sharedStrings.xml": f'<sst {NS} count="9" uniqueCount="4294967295"><si><t>một</t></si></sst>'},
    ),
    "utf16.xlsx": lambda: book(more={SHEET1: sheet(ONE_ROW).replace("UTF-8", "UTF-16").encode("utf-16")}),
    "utf16_strings.xlsx": lambda: book(
        _cells('<c r="A1" t="s"><v>0</v></c>'),
        strings="<si><t>a</t></si>",
        more={"xl/sharedStrings.xml": f"<sst {NS}><si><t>một</t></si></sst>".encode("utf-16")},
    ),
    "utf16_workbook.xlsx": lambda: book(
        more={"xl/workbook.xml": str(parts()["xl/workbook.xml"]).replace("UTF-8", "UTF-16").encode("utf-16")}
    ),
    "no_references.xlsx": lambda: book('<row><c t="inlineStr"><is><t>a</t></is></c><c><v>2</v></c></row>'),
    "prefixed.xlsx": lambda: book(
        more={
            SHEET1: f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="B1"><x:v>2</x:v></x:c></x:row>'
            "</x:sheetData></x:worksheet>"
        }
    ),
    "comments_and_cdata.xlsx": lambda: book(
        '<!-- <c r="ZZZZZ1"/> --><row r="1"><c r="A1"><v><![CDATA[5]]></v></c></row>'
    ),
    "single_quotes.xlsx": lambda: book("<row r='1'><c  r='C1'\n t='str'><v>ba</v></c></row>"),
    "workbook_elsewhere.xlsx": lambda: zipped(
        [
            packed(name.replace("xl/", "so/"), str(text).replace("xl/workbook", "so/workbook"))
            for name, text in parts().items()
        ]
    ),
    "nested_a_million_deep.xlsx": lambda: book(
        more={SHEET1: sheet(ONE_ROW, "<a>" * 1_000_000 + "</a>" * 1_000_000)},
    ),
    "long_text.xlsx": lambda: book(_cells(f'<c r="A1" t="inlineStr"><is><t>{"ạ" * 32_767}</t></is></c>')),
    "formula_without_value.xlsx": lambda: book(_cells('<c r="A1"><f>1+1</f></c>', '<c r="B1"><v>2</v></c>')),
    "formula_strings.xlsx": lambda: book(_cells('<c r="A1" t="str"><v>=cmd|&apos;/c calc&apos;!A1</v></c>')),
    "errors.xlsx": lambda: book(_cells('<c r="A1" t="e"><v>#REF!</v></c>', '<c r="B1" t="e"><v>#CALC!</v></c>')),
    "text_called_number.xlsx": lambda: book(_cells('<c r="A1" t="n"><v>abc</v></c>', '<c r="B1"><v>NaN</v></c>')),
    "boolean_2.xlsx": lambda: book(_cells('<c r="A1" t="b"><v>2</v></c>', '<c r="B1" t="b"><v>1</v></c>')),
    "string_index.xlsx": lambda: book(
        _cells('<c r="A1" t="s"><v>-1</v></c>', '<c r="B1" t="s"><v>7</v></c>', '<c r="C1" t="s"><v>0</v></c>'),
        strings="<si><t>một</t></si>",
    ),
    "unknown_kind.xlsx": lambda: book(_cells('<c r="A1" t="zz"><v>2</v></c>', '<c r="B1"><v>3</v></c>')),
    "negative_date.xlsx": lambda: book(_cells('<c r="A1" s="1"><v>-5</v></c>', '<c r="B1"><v>-5</v></c>')),
    "duplicate_address.xlsx": lambda: book(_cells('<c r="A1"><v>1</v></c>', '<c r="A1"><v>2</v></c>')),
    "cell_extension.xlsx": lambda: book(_cells('<c r="A1"><v>1</v><extLst/></c>')),
}


def _macros() -> bytes:
    return book(more={"xl/vbaProject.bin": b"\0" * 99}, kind=MACRO)


def _external() -> bytes:
    links = [("worksheet", "worksheets/sheet1.xml"), ("externalLink", "externalLinks/externalLink1.xml")]
    return book(
        more={"xl/_rels/workbook.xml.rels": relations(links), "xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    )


WARNED: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros.xlsm": (_macros, "workbook.macro"),
    "external_link.xlsx": (_external, "workbook.external_link"),
}

# Within the limits and heavy all the same: whatever is said of them, the worker stays within its own.
HEAVY: dict[str, Callable[[], bytes]] = {
    "text_of_48_megabytes.xlsx": lambda: book(_cells(f'<c r="A1" t="inlineStr"><is><t>{_filling(48)}</t></is></c>')),
    "comment_of_48_megabytes.xlsx": lambda: book(f"<!--{_filling(48)}-->{ONE_ROW}"),
    "strings_2_million.xlsx": lambda: book(_cells('<c r="A1" t="s"><v>0</v></c>'), strings="<si/>" * 2_000_000),
    "errors_250000.xlsx": lambda: book(
        "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#CALC!</v></c></row>' for n in range(1, 250_001))
    ),
    "errors_4_million.ods": lambda: _ods_of_repeats(1_000_000, 4, 'table:formula="of:=1/0" calcext:value-type="error"'),
    "rows_of_16384_cells.xlsx": lambda: book(
        "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 16_384 + "</row>" for n in range(1, 101))
    ),
}
