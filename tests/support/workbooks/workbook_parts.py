"""Workbooks made part by part and byte by byte, honest or not."""

import struct
import zlib
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NS = f'xmlns="{MAIN}" xmlns:r="{DOCUMENT}"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
PLAIN, MACRO = "vnd.openxmlformats-officedocument.spreadsheetml.sheet", "vnd.ms-excel.sheet.macroEnabled"
ONE_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c><c r="B1"><v>9.5</v></c></row>'
STYLES = (
    f"<styleSheet {NS}><numFmts><numFmt numFmtId='164' formatCode='000'/></numFmts>"
    "<fonts><font><name val='Calibri'/></font><font><name val='.VnTime'/></font></fonts>"
    "<cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='14' fontId='0'/><xf numFmtId='164' fontId='0'/>"
    "<xf numFmtId='0' fontId='1'/></cellXfs></styleSheet>"
)  # s: 0 general, 1 date, 2 "000", 3 .VnTime
Entry = tuple[str, bytes, int, int]  # name, packed bytes, declared size, checksum
SHEET1 = "xl/worksheets/sheet1.xml"


def packed(name: str, content: str | bytes) -> Entry:
    data = content.encode() if isinstance(content, str) else content
    return name, _deflate(data), len(data), zlib.crc32(data)


def zipped(entries: list[Entry]) -> bytes:
    """A zip file with exactly these entries: repeated names and false sizes are written as given."""
    body, directory = b"", b""
    for name, content, size, checksum in entries:
        raw, at = name.encode(), len(body)
        sizes = struct.pack("<III", checksum, len(content), size)
        body += b"PK\3\4" + struct.pack("<HHHHH", 20, 0x800, 8, 0, 33) + sizes
        body += struct.pack("<HH", len(raw), 0) + raw + content
        directory += b"PK\1\2" + struct.pack("<HHHHHH", 20, 20, 0x800, 8, 0, 33) + sizes
        directory += struct.pack("<HHHHHII", len(raw), 0, 0, 0, 0, 0, at) + raw
    count = len(entries)
    return body + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)


def parts(rows: str = ONE_ROW, strings: str = "", sheets: int = 1, kind: str = PLAIN) -> dict[str, str | bytes]:
    """The parts of an honest workbook whose sheets hold these rows. `strings` is the inside of the shared strings."""
    links = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)] + [("styles", "styles.xml")]
    links += [("sharedStrings", "sharedStrings.xml")] if strings else []
    tabs = "".join(f'<sheet name="Biểu {n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="application/{kind}.main+xml"/></Types>',
        "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f"{HEAD}<workbook {NS}><sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(links),
        "xl/styles.xml": STYLES,
    }
    made |= {f"xl/worksheets/sheet{n}.xml": sheet(rows) for n in range(1, sheets + 1)}
    return made | ({"xl/sharedStrings.xml": f"<sst {NS}>{strings}</sst>"} if strings else {})


def sheet(rows: str, head: str = "", tail: str = "") -> str:
    return f"{HEAD}<worksheet {NS}>{head}<sheetData>{rows}</sheetData>{tail}</worksheet>"


def relations(links: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def book(rows: str = ONE_ROW, more: Mapping[str, str | bytes] | None = None, **given: object) -> bytes:
    """An honest workbook, with parts added or replaced."""
    return zipped([packed(*part) for part in (parts(rows, **given) | dict(more or {})).items()])  # type: ignore[arg-type]


def bomb(name: str, megabytes: int, declared: int | None = None) -> bytes:
    """A workbook with one part of endless rows: small here, `megabytes` when inflated."""
    filling = (b"<row><c><v>1</v></c></row>" * 45_000)[: 1 << 20]
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = maker.compress(filling) + maker.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(filling, checksum)
    size = megabytes << 20 if declared is None else declared
    entry = (name, block * megabytes + maker.flush(), size, checksum)
    return zipped([packed(*part) for part in parts(strings="<si/>").items() if part[0] != name] + [entry])


def _deflate(data: bytes) -> bytes:
    maker = zlib.compressobj(6, zlib.DEFLATED, -15)
    return maker.compress(data) + maker.flush()
