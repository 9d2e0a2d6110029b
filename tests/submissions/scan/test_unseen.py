"""What nobody sees on the sheet though nothing is hidden is read and told, in every format as far as it says."""

import struct
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.colors import COLOR_INDEX
from xlwt.BIFFRecords import EOFRecord

from pipelines.submissions import guard
from pipelines.submissions.scan.biff12 import record
from pipelines.submissions.scan.colours import STANDARD, rgb_of
from pipelines.submissions.scan.scan import SheetScan
from pipelines.submissions.values.number_formats import drawn_by, draws_nothing
from tests.support.workbooks.filled_books import book, read
from tests.support.workbooks.other_formats import as_ods, as_xls, as_xlsb, ods
from tests.support.workbooks.workbook_parts import book as plain_book

Look = Callable[[Cell], None]
_WHITE, _DARK = "FFFFFFFF", "FF1F4E79"


def scanned(data: bytes) -> SheetScan:
    inspection = guard.inspect(data, "a.xlsx")
    assert not inspection.refused, inspection.findings
    return inspection.sheets[0]


def saved(file: openpyxl.Workbook) -> bytes:
    data = BytesIO()
    file.save(data)
    return data.getvalue()


def looking(*looks: Look) -> openpyxl.Workbook:
    """A workbook with a text in A1, A2, … that looks in this way."""
    file = openpyxl.Workbook()
    for row, look in enumerate(looks, start=1):
        file.worksheets[0].cell(row, 1, "x")
        look(file.worksheets[0].cell(row, 1))
    return file


def edited(data: bytes, part: str, *changes: tuple[bytes, bytes]) -> bytes:
    with ZipFile(BytesIO(data)) as old, ZipFile(made := BytesIO(), "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in changes if name.endswith(part) else ():
                assert before in content
                content = content.replace(before, after)
            new.writestr(name, content)
    return made.getvalue()


def coloured(ink: str | Color, ground: str | Color | None = None) -> Look:
    def look(cell: Cell) -> None:
        cell.font = Font(color=ink)
        if ground is not None:
            cell.fill = PatternFill("solid", fgColor=ground)

    return look


def under(code: str) -> Look:
    def look(cell: Cell) -> None:
        cell.number_format = code

    return look


@pytest.mark.parametrize(
    ("code", "hidden"),
    [
        (";;;", ("x", 5, -5, 0)),
        ("0;;;@", (-5, 0)),
        ("0;-0;;@", (0,)),
        ("#,##0;-#,##0;;", ("x", 0)),
        (";;", (5, -5, 0)),
        (";;@", (5, -5, 0)),
        ("0;", (-5,)),
        ('[=0]"";General', (0,)),
        ("[>0]0;[<0]-0;", (0,)),
        ("[Red]0;[Blue]-0;[$-42A] _-;@", (0,)),
        ('"";" ";\\ ;""', ("x", 5, -5, 0)),
        ("#,###", (0,)),
        ("#,", (5, -5, 0)),
        ("", ()),
        ("General", ()),
        ("@", ()),
        ("#,##0.##", ()),
        ("dd/mm/yyyy", ()),
        ("[h]:mm;-[h]:mm", ()),
        ("[$₫-42A]", ()),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', ()),
        ("***;***;***;***", ()),
        ("0.00;[Red]-0.00", ()),
    ],
)
def test_a_format_draws_nothing_of_the_values_its_part_is_empty_for(code: str, hidden: tuple[object, ...]) -> None:
    numbers: list[float | None] = [None, 5, -5, 0]
    found = [number for number in numbers if draws_nothing(drawn_by(number, code), number or 0)]
    assert found == [None if one == "x" else one for one in hidden]


def test_formats_that_draw_nothing_are_told_in_every_format() -> None:
    file = looking(under(";;;"), under("0;;;@"), under("General"))
    page = file.worksheets[0]
    for row in (1, 2, 3):
        for column, value in enumerate((5, 0, -5), start=2):
            page.cell(row, column, value).number_format = page.cell(row, 1).number_format
    made, expected = saved(file), {"A1", "B1", "C1", "D1", "C2", "D2"}
    for data in (made, edited(made, "sheet1.xml", (b"<sheetData>", b"<sheetData >")), as_xls(made), as_xlsb(made)):
        assert scanned(data).unseen == expected


def test_letters_in_the_colour_of_their_ground_are_told() -> None:
    theme, darker = Color(theme=0), Color(theme=0, tint=-0.5)
    lost = [
        coloured(_WHITE),
        coloured(_WHITE, _WHITE),
        coloured("FFFDFEFF"),
        coloured(theme),
        coloured(Color(indexed=9)),
        coloured(Color(indexed=1), theme),
        coloured("FFFF0000", "FFFF0000"),
        coloured(Color(theme=4, tint=0.4), Color(theme=4, tint=0.4)),
        coloured(Color(theme=3), "FF1F497D"),
        coloured(Color(theme=1), "FF000000"),
        coloured(darker, "FF808080"),
        coloured(Color(auto=True), "FF000000"),
        under("[White]General;[White]General;[White]General;[White]@"),
    ]
    seen = [
        coloured(_WHITE, _DARK),
        coloured(theme, Color(theme=4)),
        coloured(Color(theme=1)),
        coloured(Color(auto=True)),
        coloured("FFFF0000"),
        coloured(darker),
        coloured("FFF2F2F2"),
        coloured(Color(indexed=64)),
        coloured("FF000000", Color(indexed=13)),
    ]

    def pattern(cell: Cell) -> None:
        cell.font, cell.fill = Font(color=_WHITE), PatternFill("gray125", fgColor="FF000000")

    def red(cell: Cell) -> None:
        cell.font, cell.number_format = Font(color=_WHITE), "General;General;General;[Red]@"

    data = saved(looking(*lost, *seen, pattern, red))
    assert scanned(data).unseen == {f"A{row}" for row in range(1, len(lost) + 1)}
    odd = edited(data, "sheet1.xml", (b"<sheetData>", b"<sheetData >"))
    assert scanned(odd).unseen == scanned(data).unseen


def test_the_palette_is_that_of_excel_and_a_workbook_may_have_its_own_and_another_theme() -> None:
    assert [rgb_of(COLOR_INDEX[number]) for number in range(64)] == [*STANDARD]
    data = saved(looking(coloured(Color(indexed=10)), coloured(Color(theme=0))))
    white, red = b'<rgbColor rgb="00FFFFFF"/>', b'<rgbColor rgb="00FF0000"/>'
    palette = b"<colors><indexedColors>" + white * 11 + red + b"</indexedColors></colors></styleSheet>"
    assert scanned(edited(data, "styles.xml", (b"</styleSheet>", palette))).unseen == {"A1", "A2"}
    blue = edited(data, "theme1.xml", (b'lastClr="FFFFFF"', b'lastClr="0000FF"'))
    assert (scanned(data).unseen, scanned(blue).unseen) == ({"A2"}, set())


def test_a_run_of_a_text_counts_by_its_own_colour() -> None:
    file = openpyxl.Workbook()
    page = file.worksheets[0]
    white, red = (TextBlock(InlineFont(color=colour), " (thôi)") for colour in (_WHITE, "FFFF0000"))
    for row, text in enumerate((CellRichText("An", white), CellRichText("An", red), CellRichText(red)), start=1):
        page.cell(row, 1, text)
    page["A3"].font = Font(color=_WHITE)
    page["A4"] = CellRichText("An", red)
    page["A4"].font = Font(color=_WHITE)
    data = saved(file)
    assert scanned(data).unseen == {"A1", "A4"}


def test_where_a_conditional_format_may_give_another_colour_only_number_formats_are_told() -> None:
    file = looking(coloured(_WHITE), coloured(_WHITE), under(";;;"))
    dark = FormulaRule(formula=["TRUE"], fill=PatternFill(bgColor=_DARK))
    file.worksheets[0].conditional_formatting.add("A2:C9 F1", dark)
    data = saved(file)
    for made in (data, edited(data, "sheet1.xml", (b"<sheetData>", b"<sheetData >"))):
        assert scanned(made).unseen == {"A1", "A3"}
    newer = (
        b"<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule/>"
        b"<xm:sqref>A1:A2</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    assert scanned(edited(data, "sheet1.xml", (b"</worksheet>", newer))).unseen == {"A3"}


def in_xls(rules: bytes = b"") -> SheetScan:
    file, data = xlwt.Workbook(), BytesIO()
    page = file.add_sheet("a")
    looks = ("font: colour white", "font: colour white; pattern: pattern solid, fore_colour dark_blue")
    looks += ("font: colour red; pattern: pattern solid, fore_colour red", "font: colour red")
    for row, look in enumerate(looks):
        page.write(row, 0, "x", xlwt.easyxf(look))
    white, red = xlwt.easyfont("colour white"), xlwt.easyfont("colour red")
    page.write_rich_text(4, 0, ["An", (" (thôi)", white)])
    page.write_rich_text(5, 0, [("An", red)], xlwt.easyxf(looks[0]))
    content, end = page.get_biff_data(), EOFRecord().get()
    page.get_biff_data = lambda: content.removesuffix(end) + rules + end
    file.save(data)
    return scanned(data.getvalue())


def test_in_xls() -> None:
    assert in_xls().unseen == {"A1", "A3", "A5"}
    for kind in (0x01B0, 0x0879):  # a conditional format over A1:B2
        assert in_xls(struct.pack("<13H", kind, 22, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1)).unseen == {"A3", "A5"}


def colour(kind: int, number: int = 0, rgb: str = "000000", tint: int = 0) -> bytes:
    return struct.pack("<BBh", kind << 1, number, tint) + bytes.fromhex(rgb) + b"\xff"


@pytest.mark.parametrize(
    ("ink", "ground", "is_lost"),
    [
        (colour(2, rgb="ffffff"), b"", True),
        (colour(3, 0), b"", True),
        (colour(3, 0, tint=-16384), b"", False),
        (colour(1, 9), b"", True),
        (colour(0), b"", False),
        (colour(2, rgb="ffffff"), colour(2, rgb="1f4e79"), False),
        (colour(2, rgb="ff0000"), colour(1, 10), True),
    ],
)
def test_in_xlsb(ink: bytes, ground: bytes, is_lost: bool) -> None:
    data = as_xlsb(plain_book('<row r="1"><c r="A1"><v>1</v></c></row>'))
    font = record(43, bytes(12) + ink + bytes(1) + struct.pack("<I", 7) + "Calibri".encode("utf-16-le"))
    fills = record(45, bytes(68)) + record(45, struct.pack("<I", 1) + ground + bytes(56))
    style = record(617, b"") + record(47, struct.pack("<HHHH", 0, 0, 0, bool(ground)) + bytes(8)) + record(618, b"")
    styles = ZipFile(BytesIO(data)).read("xl/styles.bin")
    made = edited(data, "styles.bin", (styles, font + fills + style))
    assert scanned(made).unseen == ({"A1"} if is_lost else set())
    rules = record(461, struct.pack("<III4I", 1, 0, 1, 0, 0, 0, 0))
    ruled = edited(made, "sheet1.bin", (record(146, b""), record(146, b"") + rules))
    assert scanned(ruled).unseen == set()


def test_in_ods() -> None:
    fo = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    number = 'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'

    def style(name: str, ink: str = "", ground: str = "", more: str = "", family: str = "table-cell") -> str:
        inside = f'<style:table-cell-properties {fo} fo:background-color="{ground}"/>' if ground else ""
        inside += f'<style:text-properties {fo} fo:color="{ink}"/>' if ink else ""
        parent = ' style:parent-style-name="white"' if name.startswith("like") else ""
        return f'<style:style style:name="{name}" style:family="{family}"{parent}>{inside}{more}</style:style>'

    styles = (
        style("white", "#ffffff")
        + style("likewhite")
        + style("likedark", ground="#1f4e79")
        + style("clear", "#FFFFFF", "transparent")
        + style("red", "#ff0000", "#ff0000")
        + style("plain", "#000000")
        + f'<number:number-style {number} style:name="N1"><style:text-properties {fo} fo:color="#ffffff"/></number:number-style>'
        + style("likeruled", more='<style:map style:condition="x" style:apply-style-name="red"/>')
        + style("run", "#ffffff", family="text")
        + style("free", more='<style:text-properties style:use-window-font-color="true"/>')
    )
    names = ("white", "likewhite", "likedark", "clear", "red", "plain", "likeruled", "free", "nowhere")
    text = 'office:value-type="string"'
    cells = "".join(
        f'<table:table-cell table:style-name="{name}" {text}><text:p>x</text:p></table:table-cell>' for name in names
    )
    cells += f'<table:table-cell {text}><text:p>An<text:span text:style-name="run"> (thôi)</text:span></text:p></table:table-cell>'
    cells += '<table:table-cell office:value-type="float" office:value="5"><text:p/></table:table-cell>' * 2
    cells += f'<table:table-cell {text} office:string-value="x"><text:p/></table:table-cell>'
    cells += '<table:table-cell office:value-type="float" office:value="5"/>'
    cells += f"<table:table-cell {text}><text:p/></table:table-cell>"
    found = scanned(
        ods(f'<table:table table:name="a"><table:table-row>{cells}</table:table-row></table:table>', styles)
    )
    assert found.unseen == {"A1", "B1", "D1", "E1", "J1", "K1", "L1", "M1"}


@pytest.mark.parametrize("shown", [True, False])
def test_zeros_on_a_sheet_that_does_not_show_them(shown: bool) -> None:
    def written(text: str) -> bytes:
        data = BytesIO()
        with xlsxwriter.Workbook(data) as file:
            page = file.add_worksheet()
            page.write_row("A1", (text, 0, 5, 0.5, False, "0"))
            page.write_formula("G1", "=1-1", None, 0)
            if not shown:
                page.hide_zero()
        return data.getvalue()

    hidden: set[str] = set() if shown else {"B1", "G1"}
    plain = written("x")
    for data in (plain, edited(plain, "sheet1.xml", (b"<sheetData>", b"<sheetData >"))):
        assert scanned(data).unseen == hidden

    file, made = xlwt.Workbook(), BytesIO()
    page = file.add_sheet("a")
    page.show_zero_values = shown
    for column, value in enumerate(("x", 0, 5, False, "0")):
        page.write(0, column, value)
    file.save(made)
    assert scanned(made.getvalue()).unseen == hidden - {"G1"}

    cells = "".join(f'<c r="{at}1"><v>{value}</v></c>' for at, value in (("A", 1), ("B", 0), ("C", 0.5)))
    begins, view = record(145, b""), record(137, struct.pack("<H", 0x0C | shown << 4) + bytes(28))
    binary = edited(as_xlsb(plain_book(f'<row r="1">{cells}</row>')), "sheet1.bin", (begins, view + begins))
    assert scanned(binary).unseen == hidden - {"G1"}

    item = f'<config-item config:name="ShowZeroValues" config:type="boolean">{str(shown).lower()}</config-item>'
    kinds = ('office:value-type="string"', *(f'office:value-type="float" office:value="{n}"' for n in (0, 5)))
    table = "".join(f"<table:table-cell {kind}><text:p>0</text:p></table:table-cell>" for kind in kinds)
    table = f'<table:table table:name="a"><table:table-row>{table}</table:table-row></table:table>'
    assert scanned(ods(table, more={"settings.xml": f"<settings>{item}</settings>"})).unseen == hidden - {"G1"}


def test_what_nobody_sees_is_a_warning_told_once_a_column_and_still_read() -> None:
    file = openpyxl.load_workbook(BytesIO(book()))
    page = file["Cán bộ"]
    for row in (1, 3, 4, 5, 6):  # the title and the header are no data
        page.cell(row, 2).font = Font(color=_WHITE)
        page.cell(row, 2).fill = PatternFill()
    page["H5"].number_format = page["N5"].number_format = ";;;"
    page["N5"] = "x"
    parsed = read(saved(file))
    told = [(f.code, f.cell, f.count) for f in parsed.findings if f.code == "cell.unseen"]
    assert told == [("cell.unseen", "B4:B6", 3), ("cell.unseen", "H5", 1)]
    assert parsed.cells["value"].to_pylist() == read(book()).cells["value"].to_pylist()


def test_templates_and_what_is_made_from_them_are_all_seen() -> None:
    for data in (book(), as_xls(book()), as_xlsb(book()), as_ods(book())):
        inspection = guard.inspect(data, "a.xlsx")
        assert not any(sheet.unseen for sheet in inspection.sheets)


def test_cells_written_the_plain_way_are_not_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def written(look: dict[str, object]) -> SheetScan:
        data = BytesIO()
        with xlsxwriter.Workbook(data) as file:
            page, made = file.add_worksheet(), file.add_format(look)
            for column, value in enumerate(("x", 0, 7, 0.25, " ", None)):
                page.write(0, column, value, made)
            page.write_formula("G1", "=1-1", made, 0)
            page.write_formula("H1", '="a"', made, "a")
        return scanned(data.getvalue())

    def closely(*_: object) -> None:
        raise AssertionError("cells are looked at one by one")

    monkeypatch.setattr("pipelines.submissions.scan.scan.read_rows", closely)
    assert written({"font_color": "white", "bg_color": "#1f4e79"}).unseen == set()
    assert written({"font_color": "white"}).unseen == {"A1", "B1", "C1", "D1", "G1", "H1"}
    assert written({"num_format": "#,###"}).unseen == {"B1", "D1", "G1"}
    assert written({"num_format": "0;;;@"}).unseen == {"B1", "G1"}
    with pytest.raises(AssertionError, match="one by one"):
        written({"font_strikeout": True})
