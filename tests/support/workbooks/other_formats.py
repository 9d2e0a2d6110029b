"""Small workbooks written again as .xls, .xlsb and .ods: the same sheets, addresses and values."""

import io
import struct
from collections.abc import Callable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.workbooks.workbook_parts import packed, relations, zipped

Cell = tuple[int, int, object, str, str]  # row and column from 1, value, font, number format
_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(f'xmlns:{name}="{_ODS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = f'<m:manifest xmlns:m="{_ODS}:manifest:1.0"/>'
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


def _cells(page: Worksheet) -> Iterator[Cell]:
    for _, cell in sorted(page._cells.items()):  # those that are there: one may stand far from all others
        if cell.value not in (None, ""):
            yield cell.row, cell.column, cell.value, cell.font.name or "Calibri", cell.number_format


def as_xls(xlsx: bytes, since_1904: bool = False) -> bytes:
    target, made = xlwt.Workbook(), io.BytesIO()
    target.dates_1904 = since_1904
    styles: dict[tuple[str, str], xlwt.XFStyle] = {}
    for page in openpyxl.load_workbook(io.BytesIO(xlsx)):
        sheet = target.add_sheet(page.title)
        sheet.visibility = {"visible": 0, "hidden": 1, "veryHidden": 2}[page.sheet_state]
        for row, column, value, font, shown in _cells(page):
            if (font, shown) not in styles:
                style = styles[font, shown] = xlwt.XFStyle()
                style.font.name, style.num_format_str = font, shown
            if value in _ERRORS:
                sheet.row(row - 1).set_cell_error(column - 1, _ERRORS[str(value)], styles[font, shown])
            else:
                sheet.write(row - 1, column - 1, value, styles[font, shown])
    target.save(made)
    return made.getvalue()


def as_ods(xlsx: bytes) -> bytes:
    return ods("".join(_table(page) for page in openpyxl.load_workbook(io.BytesIO(xlsx))))


def ods(tables: str, styles: str = "", more: dict[str, str] | None = None) -> bytes:
    """An .ods with these tables. `styles`: the inside of its automatic styles."""
    content = (
        f"<office:document-content {_SPACES} {_CALC}><office:automatic-styles>{styles}"
        '<style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="old" style:family="table-cell"><style:text-properties style:font-name=".VnTime"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": _MIMETYPE, "META-INF/manifest.xml": _MANIFEST, "content.xml": content} | (more or {})
    return zipped([packed(*part) for part in parts.items()])


def _table(page: Worksheet) -> str:
    hidden = "" if page.sheet_state == "visible" else ' table:style-name="unseen"'
    rows, at = [], 1
    for row in page.iter_rows():
        inside = "".join(_ods_cell(cell.value, cell.font.name or "") for cell in row)
        rows.append(f"<table:table-row>{inside}</table:table-row>")
        at += 1
    return f"<table:table table:name={quoteattr(page.title)}{hidden}>{''.join(rows)}</table:table>"


def _ods_cell(value: object, font: str) -> str:
    if value in (None, ""):
        return "<table:table-cell/>"
    style = ' table:style-name="old"' if font == ".VnTime" else ""
    shown = "" if value is None else escape(str(value))
    if value in _ERRORS:
        kind = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
    elif isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, datetime):
        kind = f'office:value-type="date" office:date-value="{value.date().isoformat()}"'
    elif isinstance(value, (int, float)):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell{style} {kind}><text:p>{shown}</text:p></table:table-cell>"


def as_xlsb(xlsx: bytes, short: bool = False) -> bytes:
    """`short`: cells beside each other are written as the records that leave their column out."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    looks: list[tuple[str, str]] = [("Calibri", "General")]
    sheets = [_sheet(page, looks, short) for page in book]
    links = [("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)] + [("styles", "styles.bin")]
    states = {"visible": 0, "hidden": 1, "veryHidden": 2}
    tabs = b"".join(
        _record(156, struct.pack("<II", states[page.sheet_state], n) + _text(f"rId{n}") + _text(page.title))
        for n, page in enumerate(book, start=1)
    )
    content = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{content}"><Default Extension="bin" ContentType="application/octet-stream"/></Types>',
        "_rels/.rels": relations([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": _record(131) + _record(153, bytes(12)) + _record(143) + tabs + _record(144) + _record(132),
        "xl/_rels/workbook.bin.rels": relations(links),
        "xl/styles.bin": _styles(looks),
    }
    parts |= {f"xl/worksheets/sheet{n}.bin": data for n, data in enumerate(sheets, start=1)}
    return zipped([packed(*part) for part in parts.items()])


def _record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while length > 127:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return number + size + bytes([length]) + body


def _text(value: str) -> bytes:
    return struct.pack("<I", len(value.encode("utf-16-le")) // 2) + value.encode("utf-16-le")


def _sheet(page: Worksheet, looks: list[tuple[str, str]], short: bool) -> bytes:
    size = struct.pack("<IIII", 0, page.max_row - 1, 0, page.max_column - 1)
    data, row_before = _record(129) + _record(148, size) + _record(145), 0
    column_before = -1
    for row, column, value, font, shown in _cells(page):
        if row != row_before:
            data += _record(0, struct.pack("<IIH", row - 1, 0, 300) + bytes(7))
            row_before, column_before = row, -1
        if (font, shown) not in looks:
            looks.append((font, shown))
        head = struct.pack("<II", column - 1, looks.index((font, shown)))
        kind, body = _xlsb_cell(head, value)
        is_short = short and column - 1 == column_before
        data += _record(kind + 11, body[4:]) if is_short else _record(kind, body)
        column_before = column
    return data + _record(146) + _record(130)


def _xlsb_cell(head: bytes, value: object) -> tuple[int, bytes]:
    """Number and body of the record of a cell."""
    if value in _ERRORS:
        return 3, head + bytes([_ERRORS[str(value)]])
    if isinstance(value, bool):
        return 4, head + bytes([value])
    if isinstance(value, datetime):
        value = to_excel(value)
    if isinstance(value, int) and abs(value) < 1 << 29:
        return 2, head + struct.pack("<i", value << 2 | 2)
    if isinstance(value, (int, float)):
        return 5, head + struct.pack("<d", value)
    return 6, head + _text(str(value))


def _styles(looks: list[tuple[str, str]]) -> bytes:
    fonts = b"".join(_record(43, bytes(21) + _text(font)) for font, _ in looks)
    formats = b"".join(_record(44, struct.pack("<H", 164 + n) + _text(shown)) for n, (_, shown) in enumerate(looks))
    styles = b"".join(_record(47, struct.pack("<HHH", 0, 164 + n, n) + bytes(10)) for n in range(len(looks)))
    count = struct.pack("<I", len(looks))
    body = _record(615, count) + formats + _record(616) + _record(611, count) + fonts + _record(612)
    return _record(278) + body + _record(617, count) + styles + _record(618) + _record(279)


WRITERS: dict[str, Callable[[bytes], bytes]] = {"xls": as_xls, "xlsb": as_xlsb, "ods": as_ods}
