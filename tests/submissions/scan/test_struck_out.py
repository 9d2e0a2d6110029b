"""What is struck out or hidden is read and told, in every format as far as it says."""

import struct
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font

from pipelines.submissions import guard
from pipelines.submissions.scan.biff12 import record
from pipelines.submissions.scan.scan import SheetScan
from tests.support.workbooks.filled_books import book, read
from tests.support.workbooks.other_formats import as_xlsb, ods
from tests.support.workbooks.workbook_parts import book as plain_book


def scanned(data: bytes) -> SheetScan:
    inspection = guard.inspect(data, "a.xlsx")
    assert not inspection.refused, inspection.findings
    return inspection.sheets[0]


def written(write: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]) -> SheetScan:
    data = BytesIO()
    with xlsxwriter.Workbook(data) as file:
        page = file.add_worksheet()
        page.write("A1", "plain")
        write(file, page)
    return scanned(data.getvalue())


def test_a_font_with_a_line_through_it_is_seen_for_texts_numbers_and_dates() -> None:
    def write(file: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        lined, dated = (
            file.add_format({"font_strikeout": True}),
            file.add_format({"font_strikeout": True, "num_format": "dd/mm/yyyy"}),
        )
        page.write("B2", "x", lined)
        page.write("C2", 5, lined)
        page.write("D2", 45000, dated)
        page.write_blank("E2", None, lined)
        page.write("F2", "x", file.add_format({"bold": True}))

    assert written(write).struck == {"B2", "C2", "D2"}


def test_runs_of_a_text_count_when_all_of_it_is_struck() -> None:
    def write(file: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        lined, bold = file.add_format({"font_strikeout": True}), file.add_format({"bold": True})
        page.write_rich_string("A2", lined, "all ", lined, "of it")
        page.write_rich_string("A3", lined, "some", bold, " of it")
        page.write_rich_string("A4", "plain ", lined, "rest")
        page.write_rich_string("A5", "plain ", bold, "bold", lined)

    assert (written(write).struck, written(write).partly_struck) == ({"A2"}, {"A3", "A4", "A5"})


def test_columns_hidden_without_width_and_in_a_folded_group() -> None:
    def write(_: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write_row("A1", list("abcdef"))
        page.set_column("B:B", None, None, {"hidden": True})
        page.set_column("C:C", 0)
        page.set_column("E:E", None, None, {"level": 1, "hidden": True})
        page.set_column("F:F", None, None, {"collapsed": True})

    assert written(write).hidden_columns == {"B", "C", "E"}


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize(
    ("height", "hidden"),
    [
        ("0", True),
        ("0.0", True),
        ("00", True),
        ("0.75", True),
        ("1.99", True),
        ("1", True),
        ("2", False),
        ("2.25", False),
        ("15", False),
    ],
)
def test_rows_too_low_to_be_read_are_hidden_though_nothing_says_so(height: str, hidden: bool, odd: bool) -> None:
    cells = '<c r="A2"><v>1</v></c><c r="B2" t="zz"><v>2</v></c>' if odd else '<c r="A2"><v>1</v></c>'
    flat = f'<row r="2" spans="1:2" ht="{height}" customHeight="1">{cells}</row><row r="3"><c r="A3"><v>1</v></c></row>'
    for rows in (flat, flat.replace('r="2" spans="1:2"', 'spans="1:2" x="y"').replace(' ht="', ' r="2" ht="')):
        found = scanned(plain_book(f'<row r="1" ht="15"><c r="A1"><v>1</v></c></row>{rows}'))
        assert found.hidden_rows == ({2} if hidden else set())


def test_a_row_with_something_in_it_is_shown_though_unused_rows_are_hidden() -> None:
    def write(_: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.set_default_row(hide_unused_rows=True)  # zeroHeight: of rows that do not stand in the file
        page.write("A4", "x")

    assert written(write).hidden_rows == set()


@pytest.mark.parametrize(("twips", "inches", "wide"), [(0, "0cm", "0.00in"), (39, "0.02in", ".5mm")])
def test_rows_too_low_to_be_read_are_hidden_in_xls_xlsb_and_ods(twips: int, inches: str, wide: str) -> None:
    file, made = xlwt.Workbook(), BytesIO()
    page = file.add_sheet("a")
    for row, height in enumerate((255, twips, 40)):
        page.write(row, 0, "x")
        page.row(row).height, page.row(row).height_mismatch = height, True
    file.save(made)
    assert scanned(made.getvalue()).hidden_rows == {2}

    binary = as_xlsb(plain_book("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, 2, 3))))
    with ZipFile(BytesIO(binary)) as old, ZipFile(made := BytesIO(), "w") as new:
        for name in old.namelist():
            tall = struct.pack("<IIH", 1, 0, 300)
            assert "sheet1" not in name or tall in old.read(name)
            flat = struct.pack("<IIH", 1, 0, twips)
            new.writestr(name, old.read(name).replace(tall, flat) if "sheet1" in name else old.read(name))
    assert scanned(made.getvalue()).hidden_rows == {2}

    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-{kind}"><style:table-{kind}-properties style:{side}="{size}"/></style:style>'
        for name, kind, side, size in (
            ("flat", "row", "row-height", inches), ("low", "row", "row-height", "0.05in"), ("thin", "column", "column-width", wide),
        )
    )  # fmt: skip
    cell = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
    rows = "".join(f'<table:table-row table:style-name="{name}">{cell * 2}</table:table-row>' for name in ("low", "flat", "other"))  # fmt: skip
    columns = '<table:table-column/><table:table-column table:style-name="thin"/>'
    sheet = scanned(ods(f'<table:table table:name="a">{columns}{rows}</table:table>', styles))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {"B"})


@pytest.mark.parametrize(
    ("width", "hidden"), [("0", True), ("0.14", True), ("0.29", True), ("0.3", False), ("1", False)]
)
@pytest.mark.parametrize("odd", ["", " "])
def test_columns_too_narrow_to_be_read_are_hidden(width: str, hidden: bool, odd: str) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>'
    columns = f'<cols><col min="2" max="2" width="{width}" customWidth="1"/></cols>'
    with ZipFile(BytesIO(plain_book(row))) as old, ZipFile(made := BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<sheetData>", f"{columns}<sheetData{odd}>".encode()))
    assert scanned(made.getvalue()).hidden_columns == ({"B"} if hidden else set())
    begins, told = record(145, b""), record(60, struct.pack("<IIIIH", 1, 1, int(float(width) * 256 + 0.5), 0, 0))
    with ZipFile(BytesIO(as_xlsb(plain_book(row)))) as old, ZipFile(made := BytesIO(), "w") as new:
        for name in old.namelist():
            assert "sheet1" not in name or begins in old.read(name)
            new.writestr(name, old.read(name).replace(begins, told + begins) if "sheet1" in name else old.read(name))
    assert scanned(made.getvalue()).hidden_columns == ({"B"} if hidden else set())


def test_in_xls() -> None:
    file, data = xlwt.Workbook(), BytesIO()
    page, lined = file.add_sheet("a"), xlwt.XFStyle()
    lined.font.struck_out = True
    page.write(0, 0, "x")
    page.write(1, 1, "x", lined)
    page.write(1, 2, 5, lined)
    page.write_rich_text(2, 0, [("all", lined.font), (" of it", lined.font)])
    page.write_rich_text(3, 0, [("some", lined.font), " of it"])
    page.col(1).width = 76
    page.col(2).width = 77
    file.save(data)
    found = scanned(data.getvalue())
    assert (found.struck, found.partly_struck, found.hidden_columns) == ({"B2", "C2", "A3"}, {"A4"}, {"B"})


def test_runs_in_xlsb() -> None:
    """Three texts: all of one struck out, the beginning of one, and one whose last run alone is."""

    def shared(words: str, *runs: tuple[int, int]) -> bytes:
        said = struct.pack("<I", len(words)) + words.encode("utf-16-le")
        return record(
            19, b"\1" + said + struct.pack("<I", len(runs)) + b"".join(struct.pack("<HH", *run) for run in runs)
        )

    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, 2, 3))
    with ZipFile(BytesIO(as_xlsb(plain_book(cells)))) as old, ZipFile(made := BytesIO(), "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.bin"):
                for n in (1, 2, 3):
                    number = record(2, struct.pack("<IIi", 0, 0, n << 2 | 2))
                    assert number in data
                    data = data.replace(number, record(7, struct.pack("<III", 0, 0, n - 1)))
            elif name.endswith("styles.bin"):
                data += record(43, b"\0\0\x08" + bytes(18) + struct.pack("<I", 1) + "x".encode("utf-16-le"))
            elif name.endswith("workbook.bin.rels"):
                link = b'<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.bin"/></Relationships>'
                data = data.replace(b"</Relationships>", link)
            new.writestr(name, data)
        texts = shared("all", (0, 1)) + shared("some", (0, 1), (2, 0)) + shared("last", (2, 1))
        new.writestr("xl/sharedStrings.bin", texts)
    scan = scanned(made.getvalue())
    assert (scan.struck, scan.partly_struck) == ({"A1"}, {"A2", "A3"})


def test_a_conditional_format_that_strikes_out_is_told_with_its_area() -> None:
    def write(file: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        red, lined = file.add_format({"font_color": "red"}), file.add_format({"font_strikeout": True})
        page.conditional_format("A1:B3", {"type": "formula", "criteria": "=TRUE", "format": red})
        page.conditional_format(
            "C2:D9", {"type": "formula", "criteria": "=TRUE", "format": lined, "multi_range": "C2:D9 F5"}
        )

    assert written(write).struck_rules == ("C2:D9", "F5")


def test_a_conditional_format_of_a_newer_kind_or_in_an_oddly_written_sheet_is_told_too() -> None:
    newer = (
        "<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule><x14:dxf><font><strike/></font></x14:dxf>"
        "</x14:cfRule><xm:sqref>B2:B9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    with ZipFile(BytesIO(plain_book(cells))) as old, ZipFile(made := BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</worksheet>", newer.encode() + b"</worksheet>"))
    assert scanned(made.getvalue()).struck_rules == ("B2:B9",)
    file, data = openpyxl.load_workbook(BytesIO(book())), BytesIO()
    rule = FormulaRule(formula=["$H4=1"], font=Font(strike=True))
    file["Cán bộ"].conditional_formatting.add("A4:K200", rule)
    file.save(data)
    with ZipFile(data) as old, ZipFile(made := BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<sheetData>", b"<sheetData >"))
    for one in (data.getvalue(), made.getvalue()):
        told = [(f.code, f.cell, f.params) for f in read(one).findings]
        assert told == [("sheet.struck_by_rule", "A3", {"area": "A4:K6"})]


def test_in_ods() -> None:
    style = '<style:style style:name="lined" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    style += '<style:style style:name="run" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    text, run = 'office:value-type="string"', '<text:span text:style-name="run">'
    cells = f"<table:table-cell {text}><text:p>a</text:p></table:table-cell>"
    cells += f'<table:table-cell table:style-name="lined" {text}><text:p>b</text:p></table:table-cell>'
    cells += f"<table:table-cell {text}><text:p>{run}c</text:span></text:p></table:table-cell>"
    cells += f"<table:table-cell {text}><text:p>{run}d</text:span> e</text:p></table:table-cell>"
    table = f'<table:table table:name="a"><table:table-row>{cells}</table:table-row></table:table>'
    assert scanned(ods(table, style)).struck == {"B1", "C1"}
    assert scanned(ods(table, style)).partly_struck == {"D1"}


def test_a_conditional_format_that_strikes_out_is_told_in_ods() -> None:
    def style(name: str, line: str, parent: str = "") -> str:
        names = (
            f'style:name="{name.replace("_", "_5f_")}" style:display-name="{name}" style:parent-style-name="{parent}"'
        )
        return f'<style:style {names} style:family="table-cell"><style:text-properties style:text-line-through-style="{line}"/></style:style>'

    def rule(area: str, look: str) -> str:
        condition = f'<calcext:condition calcext:apply-style-name="{look}" calcext:value="formula-is(1)"/>'
        return f'<calcext:conditional-format calcext:target-range-address="{area}">{condition}</calcext:conditional-format>'

    rules = rule("a.A1:a.A9", "Plain_1") + rule("'Cán. ''x'' bộ'.B2:'Cán. ''x'' bộ'.C9 a.$E$1", "Lined_1")
    cell = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
    table = f'<table:table table:name="a"><table:table-row>{cell}</table:table-row><calcext:conditional-formats>{rules}'
    table += '</calcext:conditional-formats></table:table><table:table table:name="b"/>'
    data = ods(table, style("Plain_1", "none", "Lined_5f_1") + style("Lined_1", "solid"))
    assert scanned(data).struck_rules == ("B2:C9", "E1:E1")


def test_a_struck_person_is_a_warning_and_still_read() -> None:
    file = openpyxl.load_workbook(BytesIO(book()))
    for cell in file["Cán bộ"][5]:
        cell.font = Font(strike=True)
    file["Tập thể"]["C4"].font = Font(strike=True)
    data = BytesIO()
    file.save(data)
    parsed = read(data.getvalue())
    assert [(f.code, f.cell) for f in parsed.findings] == [("row.struck_out", "A5"), ("cell.struck_out", "C4")]
    assert parsed.cells["value"].to_pylist() == read(book()).cells["value"].to_pylist()


@pytest.mark.parametrize("letters", ["H", "J"])
def test_a_hidden_column_is_told_when_it_holds_something(letters: str) -> None:
    parsed = read(book(), {"Cán bộ": {"hidden_columns": frozenset(letters)}})
    assert [f.code for f in parsed.findings] == (["column.hidden"] if letters == "H" else [])
    assert replace(parsed, findings=()).cells.equals(read(book()).cells)
