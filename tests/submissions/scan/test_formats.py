"""A workbook in another format says the same, problem by problem: .xls, .xlsb and .ods beside .xlsx."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipelines.contract.workbooks import CLUSTER_REPORT, LIST_SHEET, UNIT_REPORT
from pipelines.records.parsed import Parsed
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import guard, reader
from pipelines.submissions.workers.worker import Readers
from tests.support.workbooks import copies
from tests.support.workbooks.filled_books import REFERENCE, book, found
from tests.support.workbooks.other_formats import WRITERS, as_ods, as_xls, as_xlsb, ods

FORMATS = pytest.mark.parametrize("kind", WRITERS)
MESS = {
    ("Cán bộ", "B5"): "Trần  Thị\u00a0Bình",
    ("Cán bộ", "F4"): date(2026, 2, 1),
    ("Tập thể", "C4"): "ba",
    ("Khen thưởng", "A5"): 77,
    ("Khen thưởng", "J4"): "31/2/2025",
    ("Điển hình", "E4"): "20/02/25",
}


def _read(data: bytes, name: str) -> Parsed:
    return reader.parse(data, name, REFERENCE)


def _cells(parsed: Parsed) -> list[tuple[object, ...]]:
    names = ["sheet", "table_name", "column_name", "column_letter", "excel_row", "raw", "value"]
    return list(zip(*(parsed.cells[name].to_pylist() for name in names), strict=True))


@FORMATS
@pytest.mark.parametrize("form", [UNIT_REPORT, CLUSTER_REPORT], ids=["unit", "cluster"])
def test_cells_and_problems_are_those_of_the_xlsx(kind: str, form: object) -> None:
    ours = book(form, cells=MESS if form is UNIT_REPORT else {})  # type: ignore[arg-type]
    expected, other = _read(ours, "a.xlsx"), _read(WRITERS[kind](ours), f"a.{kind}")
    assert _cells(other) == _cells(expected) and expected.cells.num_rows > 50
    assert other.findings == expected.findings and (form is CLUSTER_REPORT or len(expected.findings) >= 6)
    assert (other.form, other.unit_code, other.period) == (expected.form, expected.unit_code, expected.period)


@FORMATS
def test_the_content_says_the_format_and_not_the_name(kind: str) -> None:
    data = WRITERS[kind](book())
    for name in ("a.xlsx", "a.xls", "a.ods", "a"):
        inspection = guard.inspect(data, name)
        assert (inspection.container, inspection.findings, inspection.data) == (kind, (), data)


@FORMATS
def test_error_cells_are_found_at_their_place(kind: str) -> None:
    data = WRITERS[kind](book(cells={("Cán bộ", "B5"): "#N/A", ("Khen thưởng", "Q4"): "#REF!"}))
    errors = {(f.sheet, f.cell) for f in _read(data, f"a.{kind}").findings if f.code == "cell.error"}
    assert errors == {("Cán bộ", "B5"), ("Khen thưởng", "Q4")}


@FORMATS
def test_the_templates_own_list_sheet_is_nobodys_business_and_another_hidden_sheet_is_named(kind: str) -> None:
    hidden = [LIST_SHEET, "Khác"]
    data = WRITERS[kind](_hiding(book(more=hidden), hidden))
    parsed, scans = _read(data, f"a.{kind}"), guard.inspect(data, "a").sheets
    assert {scan.name for scan in scans if scan.visibility != "visible"} == set(hidden)
    assert [(f.code, f.sheet) for f in parsed.findings] == [("sheet.unknown", "Khác")]


def test_the_report_for_the_clerk_is_a_workbook_of_its_own(tmp_path: Path) -> None:
    for kind, write in WRITERS.items():
        source = tmp_path / f"a.{kind}"
        source.write_bytes(write(book(cells=MESS)))
        parsed = _read(source.read_bytes(), source.name)
        made = copies.write(source, tmp_path / f"{kind}.xlsx", parsed.findings)
        assert made.way == "report"
        lines = guard.inspect(made.data, "b.xlsx").sheets
        assert [scan.name for scan in lines] == ["Lỗi cần sửa"]


def _hiding(xlsx: bytes, titles: list[str]) -> bytes:
    from io import BytesIO

    from openpyxl import load_workbook

    file, target = load_workbook(BytesIO(xlsx)), BytesIO()
    for title in titles:
        file[title].sheet_state = "veryHidden"
    file.save(target)
    return target.getvalue()


def _row(cell: str, rows: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def _filled(columns: int = 1, text: str = "x") -> str:
    return f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell>'


def _codes(data: bytes) -> list[str]:
    return [finding.code for finding in guard.inspect(data, "a").findings]


def test_cells_repeated_beyond_measure_are_refused_and_empty_ones_cost_nothing() -> None:
    table = '<table:table table:name="B">{}</table:table>'
    assert _codes(ods(table.format(_row(_filled(16_384), 1_048_576)))) == ["file.range_too_wide"]
    assert _codes(ods(table.format(_row(_filled(1), 2_000_000)))) == ["file.cell_reference"]
    far = (
        _row(_filled())
        + _row("<table:table-cell/>", 1_000_000)
        + _row('<table:table-cell table:number-columns-repeated="99"/>' + _filled())
    )
    assert _codes(ods(table.format(far))) == ["file.range_too_wide"]
    empty = _row(_filled()) + _row('<table:table-cell table:number-columns-repeated="16384"/>', 1_048_575)
    inspection = guard.inspect(ods(table.format(empty)), "a")
    assert (inspection.findings, inspection.sheets[0].cell_count) == ((), 1)
    assert _read(ods(table.format(empty)), "a").findings[0].code == "workbook.not_ours"


def test_a_sheet_of_very_many_columns_cells_or_paragraphs_is_read_or_refused_and_ends_no_reader(
    one_reader: Readers,
) -> None:
    """A few kilobytes each: a walk that goes back to the beginning for every one of them is stopped by
    its time limit.
    """
    table, run = (
        '<table:table table:name="B">{}</table:table>',
        '<table:table-column table:default-cell-style-name="old"/>',
    )
    long = f'<table:table-cell office:value-type="string">{"<text:p/>" * 400_000}</table:table-cell>'
    wide = run * 16_384 + _row("<table:table-cell/>" * 16_384) * 30
    for inside, said in (
        (_row(long), "workbook.not_ours"),
        (wide, "workbook.not_ours"),
        (run * 16_385, "file.cell_reference"),
    ):
        parsed = one_reader.parse(ods(table.format(inside)), "a.ods", OWN_REFERENCE)
        assert [one.code for one in parsed.findings] == [said]


def test_a_password_no_sheet_and_damage_are_said_by_name() -> None:
    locked = {"META-INF/manifest.xml": "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>"}
    assert _codes(ods("", more=locked)) == ["file.encrypted"]
    assert _codes(ods("")) == ["file.workbook_missing"]
    assert _codes(ods("<table:table>")) == ["file.xml_damaged"]
    xls, xlsb = as_xls(book()), as_xlsb(book())
    assert _codes(xls[: len(xls) // 2]) == ["file.zip_damaged"]  # its directory stands at the end
    assert _codes(xls[:512] + bytes(4_096) + xls[4_608:]) == ["file.zip_damaged"]
    assert _codes(xlsb[: len(xlsb) // 2]) == ["file.zip_damaged"]


def test_numbers_shown_as_codes_and_old_fonts_are_seen_in_every_format() -> None:
    from io import BytesIO

    from openpyxl import Workbook
    from openpyxl.styles import Font

    file, target = Workbook(), BytesIO()
    page = file.active
    assert page is not None
    page["A1"], page["B2"] = 7, "NguyÔn"
    page["A1"].number_format, page["B2"].font = "000", Font(name=".VnTime")
    file.save(target)
    for write in (as_xls, as_xlsb):
        scan = guard.inspect(write(target.getvalue()), "a").sheets[0]
        assert (scan.shown, scan.legacy_fonts) == ({"A1": "007"}, {"B2": ".VnTime"})
    assert guard.inspect(as_ods(target.getvalue()), "a").sheets[0].legacy_fonts == {"B2": ".VnTime"}
    shown = '<table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell>'
    scan = guard.inspect(ods(f'<table:table table:name="B">{_row(shown)}</table:table>'), "a").sheets[0]
    assert scan.shown == {"A1": "007"}


def test_a_formula_of_an_ods_without_a_value_is_found_and_an_empty_result_is_none() -> None:
    cells = '<table:table-cell table:formula="of:=A1"/><table:table-cell table:formula="of:=B1"><text:p/></table:table-cell>'
    scan = guard.inspect(ods(f'<table:table table:name="B">{_row(cells)}</table:table>'), "a").sheets[0]
    assert (scan.uncached, scan.cell_count) == ({"A1": "of:=A1"}, 1)
    assert found(_read(as_ods(book(cells={("Cán bộ", "B4"): "#N/A"})), "a.ods"), "cell.error").cell == "B4"


def test_cells_of_an_xlsb_that_the_cell_reader_passes_over_are_an_error_and_not_a_silence() -> None:
    whole, short = (_read(as_xlsb(book(), short=short), "a.xlsb") for short in (False, True))
    assert whole.findings == () and short.cells.num_rows < whole.cells.num_rows
    lost = {f.sheet for f in short.findings if f.code == "sheet.cells_differ" and f.severity == "error"}
    assert {"Thông tin", "Cán bộ", "Khen thưởng"} <= lost


def test_a_text_of_an_ods_without_a_type_is_named_where_it_stands() -> None:
    scan = guard.inspect(
        ods(
            f'<table:table table:name="B">{_row("<table:table-cell><text:p>abc</text:p></table:table-cell>")}</table:table>'
        ),
        "a",
    )
    assert scan.sheets[0].unreadable == {"A1": "abc"}
    odd = '<table:table-cell office:value-type="float" office:value="x"><text:p>007</text:p></table:table-cell>'
    assert guard.inspect(ods(f'<table:table table:name="B">{_row(odd)}</table:table>'), "a").sheets[0].shown == {}


def test_days_of_an_xls_that_counts_from_1904_are_the_same_days() -> None:
    ours = book()
    assert _cells(_read(as_xls(ours, since_1904=True), "a.xls")) == _cells(_read(ours, "a.xlsx"))
    assert guard.inspect(as_xls(ours, since_1904=True), "a").date_1904


@pytest.mark.parametrize(
    ("was", "now", "said", "is_said"),
    [
        ("worksheets/", "tables/", "worksheets/", "tables/"),
        ("", "", '"worksheets/', '"/xl/worksheets/'),
        ("xl/", "book/", "xl/workbook.bin", "book/workbook.bin"),
        ("workbook.bin", "report.bin", "xl/workbook.bin", "/xl/report.bin"),
        ("styles.bin", "looks.bin", "styles.bin", "looks.bin"),
    ],
)
def test_the_parts_of_an_xlsb_may_stand_in_any_folder(was: str, now: str, said: str, is_said: str) -> None:
    target = BytesIO()
    with ZipFile(BytesIO(as_xlsb(book()))) as file, ZipFile(target, "w") as moved:
        for part in file.namelist():
            data = file.read(part)
            told = data.replace(said.encode(), is_said.encode()) if part.endswith(".rels") else data
            moved.writestr(part.replace(was, now), told)
    parsed = _read(target.getvalue(), "a.xlsb")
    assert parsed.findings == () and parsed.cells.equals(_read(book(), "a.xlsx").cells)
