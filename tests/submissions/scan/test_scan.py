"""The scan names every cell the reader loses; the quick look and the close look never disagree."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from pipelines.contract import reference as lists
from pipelines.contract.workbooks import CLUSTER_REPORT, LIST_SHEET, UNIT_REPORT
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import guard
from pipelines.submissions.scan import scan
from pipelines.submissions.scan.cell_reader import read_rows
from pipelines.submissions.scan.plain_cells import plain_tally
from pipelines.submissions.scan.scan import SheetScan
from pipelines.submissions.scan.string_facts import StringFacts
from pipelines.submissions.scan.style_facts import StyleFacts
from pipelines.submissions.scan.tally import CellFacts, Tally
from pipelines.submissions.template import template
from tests.support.workbooks.workbook_parts import SHEET1, book, sheet

FACTS = CellFacts(StringFacts(3, blank=frozenset({2})), StyleFacts(dates=frozenset({1})))


def _scan(rows: str, head: str = "", tail: str = "", strings: str = "") -> SheetScan:
    inspection = guard.inspect(book(strings=strings, more={SHEET1: sheet(rows, head, tail)}), "a.xlsx")
    assert not inspection.refused, inspection.findings
    return inspection.sheets[0]


def _row(*cells: str) -> str:
    return '<row r="3" spans="1:9">' + "".join(cells) + "</row>"


def test_error_cells_are_named_with_their_error() -> None:
    found = _scan(_row('<c r="B3" t="e"><v>#N/A</v></c>', '<c r="C3" t="e"><f>1/0</f><v>#SPILL!</v></c>'))
    assert found.errors == {"B3": "#N/A", "C3": "#SPILL!"} and found.cell_count == 2


def test_a_formula_without_value_is_named_and_an_empty_text_is_a_value() -> None:
    cells = [
        '<c r="A3"><f>SUM(B1:B2)&amp;"x"</f></c>',
        '<c r="B3"><f>A1&lt;2</f><v></v></c>',
        '<c r="C3" t="str"><f>""</f><v></v></c>',
        '<c r="D3"><f t="shared" si="0"/></c>',
        '<c r="E3"><f>1+1</f><v>2</v></c>',
        '<c r="F3"><f/><v/></c>',
    ]
    for some in (cells[:5], cells):  # the last one needs the close look
        found = _scan(_row(*some))
        assert {"A3": 'SUM(B1:B2)&"x"', "B3": "A1<2", "D3": ""}.items() <= found.uncached.items()
        assert found.cell_count == len(found.uncached) + 1 == len(some) - 1


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A3" t="b"><v>2</v></c>', "2"),
        ('<c r="A3"><v>NaN</v></c>', "NaN"),
        ('<c r="A3"><v>-inf</v></c>', "-inf"),
        ('<c r="A3"><v>1e999</v></c>', "1e999"),
        ('<c r="A3" t="s"><v>1</v></c>', "1"),
        ('<c r="A3" t="s"><v>-1</v></c>', "-1"),
        ('<c r="A3" t="s"><v>x</v></c>', "x"),
        ('<c r="A3" s="1"><v>-1</v></c>', "-1"),
        ('<c r="A3" t="zz"><v>1</v></c>', "1"),
    ],
)
def test_a_value_no_reader_understands_is_named_as_it_stands(cell: str, value: str) -> None:
    assert _scan(_row(cell), strings="<si><t>một</t></si>").unreadable == {"A3": value}


@pytest.mark.parametrize("value", ["0", "7", "1234567.25", "-3", "1E-05", "2.5e-7", "1E+20"])
def test_an_ordinary_number_is_nothing_to_report(value: str) -> None:
    found = _scan(_row(f'<c r="A3"><v>{value}</v></c>'))
    assert (found.cell_count, found.unreadable) == (1, {})


def test_a_number_under_a_format_of_zeros_says_what_the_cell_shows() -> None:
    cells = ['<c r="A3" s="2"><v>7</v></c>', '<c r="B3" s="2"><v>1234</v></c>', '<c r="C3"><v>7</v></c>']
    assert _scan(_row(*cells, '<c r="D3" s="2"><v>7.5</v></c>')).shown == {"A3": "007", "B3": "1234"}


def test_text_in_an_old_font_is_named_with_the_font_and_numbers_are_not() -> None:
    cells = ['<c r="A3" s="3" t="str"><v>NguyÔn</v></c>', '<c r="B3" s="3"><v>7</v></c>']
    rich = '<si><r><rPr><rFont val="VNI-Times"/></rPr><t>Nguyeãn</t></r></si>'
    found = _scan(_row(*cells, '<c r="C3" t="s"><v>0</v></c>'), strings=rich)
    assert found.legacy_fonts == {"A3": ".VnTime", "C3": "VNI-Times"}


def test_hidden_rows_and_columns_merges_and_repeated_addresses_are_named() -> None:
    cells = ['<c r="A3"><v>1</v></c>', '<c r="C3"><v>2</v></c>', '<c r="C3"><v>3</v></c>']
    rows = _row(*cells) + '<row r="5" hidden="1"/><row r="6" hidden="0"/>'
    head = '<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="16384" hidden="1"/></cols>'
    found = _scan(rows, head, '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>')
    assert (found.hidden_rows, found.hidden_columns) == ({5}, {"B", "C"})
    assert (found.merged, found.duplicates, found.last_row, found.last_column) == (("A1:C1",), ("C3",), 3, 3)


@pytest.mark.parametrize("given", ["", "9" * 5_000, "١", "-1"])
def test_a_number_nobody_can_mean_hides_no_column_and_stops_nothing(given: str) -> None:
    for rows in ('<row r="3"><c r="A3"><v>1</v></c></row>', '<row r="3"><c r="A3"><v>1</v></c><!-- --></row>'):
        found = _scan(rows, f'<cols><col min="{given}" max="{given}" hidden="1"/><col max="3" hidden="1"/></cols>')
        assert (found.hidden_columns, found.cell_count) == (frozenset(), 1)
    styled = _scan(f'<row r="3"><c r="A3" s="{given}"><v>1</v></c><c r="B3" t="s"><v>{given}</v></c></row>')
    assert styled.unreadable == ({"B3": given} if given else {})


@pytest.mark.parametrize(("form", "code"), [(UNIT_REPORT, "V01"), (CLUSTER_REPORT, "C01")])
def test_our_template_takes_the_quick_look_only(
    tmp_path: Path, form: object, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closer(*_: object) -> None:
        raise AssertionError("closer look")

    monkeypatch.setattr(scan, "read_rows", closer)
    monkeypatch.setattr(scan, "read_whole", closer)
    data = template.write(tmp_path / "a.xlsx", lists.load(OWN_REFERENCE), form, code, "2025").read_bytes()  # type: ignore[arg-type]
    inspection = guard.inspect(data, "a.xlsx")
    assert inspection.data is data and inspection.findings == ()
    hidden = {found.name: found.visibility for found in inspection.sheets if found.visibility != "visible"}
    assert hidden == {LIST_SHEET: "very_hidden"}


_VALUES = st.one_of(
    st.integers(-10, 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8),
    st.booleans(),
    st.sampled_from(["=1+1", "#N/A", "=NA()", "  ", "<c r=", "Cụm: có", "&amp;"]),
    st.dates(min_value=date(1901, 1, 1)),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(_VALUES, max_size=5), min_size=1, max_size=5), st.booleans())
def test_what_is_counted_is_what_the_reader_gets_and_loses(rows: list[list[object]], by_openpyxl: bool) -> None:
    data = _by_openpyxl(rows) if by_openpyxl else _by_xlsxwriter(rows)
    inspection = guard.inspect(data, "a.xlsx")
    assert not inspection.refused, inspection.findings
    found = inspection.sheets[0]
    page = CalamineWorkbook.from_filelike(BytesIO(inspection.data)).get_sheet_by_index(0)
    read = [value for row in page.to_python() for value in row if not (isinstance(value, str) and not value.strip())]
    assert len(read) == found.cell_count - len(found.errors) - len(found.uncached) - len(found.unreadable)
    assert found.duplicates == ()


def _by_xlsxwriter(rows: list[list[object]]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "dd/mm/yyyy"}) as file:
        page = file.add_worksheet()
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                page.write(i * 2, j, value)
    return target.getvalue()


def _by_openpyxl(rows: list[list[object]]) -> bytes:
    file, target = Workbook(), BytesIO()
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            file.active.cell(i * 2 + 1, j + 1, value)  # type: ignore[union-attr]
    file.save(target)
    return target.getvalue()


_PIECES = st.sampled_from(
    [
        '<c r="{}"><v>{}</v></c>', '<c r="{}" s="4" t="s"><v>1</v></c>', '<c r="{}" s="4"/>', '<c r="{}"></c>',
        '<c r="{}" t="s"><v>2</v></c>', '<c r="{}" t="s"><v>9</v></c>', '<c r="{}" t="str"><f>A1</f><v>x {}</v></c>',
        '<c r="{}"><f>A1</f></c>', '<c r="{}"><f>A1</f><v>{}</v></c>', '<c r="{}" t="n"><v>{}.5</v></c>',
        '<c r="{}" t="inlineStr"><is><t>a</t></is></c>', '<c r="{}" t="inlineStr"><is><t> </t></is></c>',
        '<c r="{}" t="e"><v>#REF!</v></c>', '<c r="{}" t="b"><v>1</v></c>', '<c r="{}"><v>-{}</v></c>', '<c r="{}"><v></v></c>',
        "<c r='{}'><v>1</v></c>", '<c  r="{}"><v>1</v></c>', '<x:c r="{}"><x:v>1</x:v></x:c>', '<c t="str" r="{}"><v>a</v></c>',
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_PIECES, st.sampled_from("ABC"), st.integers(0, 99)), max_size=8), st.booleans())
def test_the_quick_look_says_the_same_as_the_close_look_or_nothing(
    cells: list[tuple[str, str, int]], hidden: bool
) -> None:
    rows = "".join(
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if hidden else ""}>{piece.format(f"{letter}{n}", number)}</row>'
        for n, (piece, letter, number) in enumerate(cells, start=2)
    ).encode()
    quick, close = plain_tally(rows, FACTS, "a"), read_rows(rows, FACTS, "a", 0).tally
    if quick is not None:
        assert _reach(quick) == _reach(close)
        for name in ("count", "errors", "uncached", "unreadable", "duplicates", "hidden_rows", "legacy_fonts"):
            assert getattr(quick, name) == getattr(close, name), name


def _reach(tally: Tally) -> tuple[int, ...]:
    return tally.first_column, tally.last_column, tally.first_row, tally.last_row


def test_a_big_sheet_is_scanned_in_pieces_and_only_the_odd_piece_is_written_again() -> None:
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}" t="inlineStr"><is><t>Nguyễn Văn An</t></is></c></row>'
    rows = [row.format(n) for n in range(1, 40_001)]
    rows[29_999] = (
        '<row r="30000" hidden="1"><c r="A30000" t="e"><v>#CALC!</v></c><c r="C30000" t="b"><v>5</v></c></row>'
    )
    inspection = guard.inspect(book("".join(rows)), "a.xlsx")
    found = inspection.sheets[0]
    assert (found.errors, found.unreadable, found.hidden_rows) == ({"A30000": "#CALC!"}, {"C30000": "5"}, {30_000})
    assert (found.cell_count, found.last_row, found.last_column) == (80_000, 40_000, 3)
    page = CalamineWorkbook.from_filelike(BytesIO(inspection.data)).get_sheet_by_index(0).to_python()
    assert page[29_999] == ["", ""] and page[39_999] == [40_000.0, "Nguyễn Văn An"]


def test_a_row_out_of_place_in_a_big_sheet_is_found_again() -> None:
    rows = [f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 40_001)]
    inspection = guard.inspect(book("".join([*rows, '<row r="7"><c r="A7"><v>0</v></c></row>'])), "a.xlsx")
    assert inspection.sheets[0].duplicates == ("A7",) and inspection.sheets[0].cell_count == 40_001


def test_a_workbook_saved_again_by_another_program_keeps_its_scan(tmp_path: Path) -> None:
    path = template.write(tmp_path / "a.xlsx", lists.load(OWN_REFERENCE), UNIT_REPORT, "V01", "2025")
    before = guard.inspect(path.read_bytes(), "a.xlsx").sheets
    load_workbook(path).save(path)
    after = guard.inspect(path.read_bytes(), "a.xlsx").sheets
    assert [(s.name, s.visibility, s.merged) for s in after] == [(s.name, s.visibility, s.merged) for s in before]
    assert all(re.fullmatch("[A-Z]+[0-9]+", address) for found in after for address in found.uncached)
