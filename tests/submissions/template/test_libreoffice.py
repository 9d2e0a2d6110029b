"""A template that LibreOffice saved is still our template: cells, lists, notes, protection, and it is accepted."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.contract import reference as lists
from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, INFO_TITLE, LIST_SHEET, UNIT_REPORT
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import guard, reader
from pipelines.submissions.template import template
from tests.bench.workbooks import content
from tests.support.workbooks.libreoffice import saved_again

pytestmark = pytest.mark.slow
REFERENCE = lists.load(OWN_REFERENCE)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("libreoffice")
    ours = template.write(folder / "mau.xlsx", REFERENCE, UNIT_REPORT, "V01", "2025", rows=content(0, 8))
    return ours, saved_again(ours, folder / "saved")


def test_cells_notes_lists_and_protection_are_kept(pair: tuple[Path, Path]) -> None:
    ours, saved = (load_workbook(path) for path in pair)
    assert saved.sheetnames == ours.sheetnames
    assert set(saved.defined_names) == set(ours.defined_names)
    assert saved[LIST_SHEET].sheet_state != "visible"
    for name in ours.sheetnames:
        assert _cells(saved[name]) == _cells(ours[name]), name
        assert _notes(saved[name]) == _notes(ours[name]), name
        assert _rules(saved[name]) == _rules(ours[name]), name
        assert saved[name].protection.sheet and not saved[name].protection.password
        assert saved[name].protection.insertRows == ours[name].protection.insertRows
        assert _locked(saved[name]) == _locked(ours[name]), name


def test_what_libreoffice_saved_reads_the_same_and_without_a_problem(pair: tuple[Path, Path]) -> None:
    ours, saved = (reader.parse(path.read_bytes(), path.name, REFERENCE) for path in pair)
    assert [f for f in saved.findings if f.severity != "note"] == []
    assert saved.sheets == ours.sheets
    assert _values(saved) == _values(ours)
    assert saved.cells.num_rows > 300


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_filled_template_saved_as_another_format_gives_the_same_values(
    pair: tuple[Path, Path], tmp_path: Path, kind: str
) -> None:
    path = saved_again(pair[0], tmp_path, kind)
    ours, saved = (reader.parse(one.read_bytes(), one.name, REFERENCE) for one in (pair[0], path))
    assert guard.inspect(path.read_bytes(), path.name).container == kind
    assert [f for f in saved.findings if f.severity != "note"] == [] and saved.sheets == ours.sheets
    assert _values(saved) == _values(ours)


@pytest.mark.parametrize(("form", "code"), [(UNIT_REPORT, "V03"), (CLUSTER_REPORT, "C02")])
def test_a_template_filled_after_libreoffice_saved_it_is_accepted(tmp_path: Path, form: Workbook, code: str) -> None:
    empty = template.write(tmp_path / "mau.xlsx", REFERENCE, form, code, "2025")
    book = load_workbook(saved_again(empty, tmp_path / "saved"))
    labels = {row[0].value: row[0].row for row in book[INFO_TITLE].iter_rows()}
    for info in form.info:
        if info.name in ("lead_unit_code", "prepared_on"):
            at = labels[info.label]
            book[INFO_TITLE][f"B{at}"] = date(2025, 12, 5) if info.name == "prepared_on" else _member()
    for sheet in form.sheets:
        if sheet.key != "cluster_members":
            book[INFO_TITLE][f"B{labels[f'Không phát sinh: {sheet.title}']}"] = "x"
    if form is CLUSTER_REPORT:
        _fill_members(book[form.sheets[0].title])
    book.save(tmp_path / "dien.xlsx")
    parsed = reader.parse((tmp_path / "dien.xlsx").read_bytes(), "dien.xlsx", REFERENCE)
    assert [f for f in parsed.findings if f.severity == "error"] == []
    assert parsed.unit_code + parsed.cluster_code == code


def _member() -> str:
    return lists.members_on(REFERENCE, "C02", date(2025, 12, 15))[0]


def _fill_members(page: Worksheet) -> None:
    lead = True
    for row in page.iter_rows(min_row=4):
        if row[0].value:
            row[1].value = "Cụm trưởng" if lead else "Thành viên"
            for cell, count in zip(row[2:9], (12, 4, 2, 8, 1, 0, 1), strict=True):
                cell.value = count
            lead = False


def _cells(page: Worksheet) -> dict[str, object]:
    return {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value not in (None, "")}


def _notes(page: Worksheet) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text.strip()
        for row in page.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def _rules(page: Worksheet) -> dict[str, tuple[str | None, str | None]]:
    """By first cell: LibreOffice ends the ranges at the last row it keeps formats for."""
    return {str(r.sqref).split(":")[0]: (r.type, r.formula1) for r in page.data_validations.dataValidation}


def _locked(page: Worksheet) -> dict[str, bool]:
    return {
        cell.coordinate: cell.protection.locked
        for row in page.iter_rows(max_row=min(page.max_row, 30))
        for cell in row
        if cell.value not in (None, "")
    }


def _values(parsed: reader.Parsed) -> list[tuple[object, ...]]:
    columns = ["table_name", "column_name", "column_letter", "excel_row", "raw", "value"]
    return sorted(zip(*(parsed.cells[c].to_pylist() for c in columns), strict=True), key=str)
