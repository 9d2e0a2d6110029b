"""`Thông tin` with a column or a row put in is read where it stands; one that cannot be found is one finding."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import INFO_TITLE, WORKBOOKS
from pipelines.records.parsed import Parsed
from tests.support.workbooks.filled_books import book, found, read

FORMS = list(WORKBOOKS.values())
HINT = "Đã điền sẵn; cần kiểm tra lại."


def changed(form: Workbook, change: Callable[[Worksheet], object], **how: object) -> Parsed:
    file = openpyxl.load_workbook(BytesIO(book(form, **how)))  # type: ignore[arg-type]
    for row in range(4, 4 + len(form.info)):
        file[INFO_TITLE].cell(row, 3, HINT)
    change(file[INFO_TITLE])
    data = BytesIO()
    file.save(data)
    return read(data.getvalue())


def said(parsed: Parsed) -> dict[str, str]:
    return {c["column_name"]: c["value"] for c in parsed.cells.to_pylist() if c["table_name"] == "info"}


def numbered(page: Worksheet) -> None:
    page.insert_cols(1)
    for row in range(4, 30):
        page.cell(row, 1, row - 3)


def numbers_in_labels(page: Worksheet) -> None:
    for row in range(4, page.max_row + 1):
        page.cell(row, 1, f"{row - 3}. {page.cell(row, 1).value}")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.insert_cols(1),
        numbered,
        lambda page: page.insert_cols(2),
        lambda page: page.insert_cols(1, 2),
        lambda page: (page.insert_cols(2), page.insert_cols(1)),
        lambda page: page.insert_rows(6, 2),
        numbers_in_labels,
    ],
    ids=["before", "numbers", "between", "two before", "both", "rows", "numbers in the labels"],
)
def test_a_column_or_row_put_in_changes_nothing(form: Workbook, change: Callable[[Worksheet], object]) -> None:
    parsed, plain = changed(form, change), read(book(form))
    assert parsed.findings == ()
    assert said(parsed) == said(plain)
    assert (parsed.unit_code, parsed.cluster_code, parsed.period) == (plain.unit_code, plain.cluster_code, plain.period)


def test_problems_and_marks_are_told_where_the_values_stand() -> None:
    parsed = changed(
        FORMS[0], lambda page: page.insert_cols(1), info={"unit_code": "V99"}, cells={(INFO_TITLE, "B14"): "x"}
    )
    assert (found(parsed, "info.unit_unknown").cell, found(parsed, "sheet.marked_but_filled").cell) == ("C6", "C14")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_labels_that_cannot_be_found_are_one_finding(form: Workbook) -> None:
    def renamed(page: Worksheet) -> None:
        for row in range(4, 4 + len(form.info)):
            page.cell(row, 1, f"Field {row}")

    parsed = changed(form, renamed)
    assert [f.code for f in parsed.findings] == ["info.labels_missing"]
    assert form.info[2].label in found(parsed, "info.labels_missing").params["missing"]


def test_one_label_that_is_missing_is_named() -> None:
    parsed = changed(FORMS[0], lambda page: page.delete_rows(8))
    assert [(f.code, f.column) for f in parsed.findings] == [("column.missing", "Năm")]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
@pytest.mark.parametrize("move", [lambda page: page.insert_cols(2, 6), lambda page: page.move_range("B4:B13", rows=20)])
def test_values_that_stand_elsewhere_are_one_finding(form: Workbook, move: Callable[[Worksheet], object]) -> None:
    parsed = changed(form, move)
    assert [f.code for f in parsed.findings if f.sheet == INFO_TITLE] == ["info.values_missing"]
    finding = found(parsed, "info.values_missing")
    assert finding.cell.startswith("B4") and form.info[2].label in finding.params["missing"]


def test_one_value_that_is_missing_is_told_at_its_cell() -> None:
    parsed = changed(FORMS[0], lambda page: page.__setitem__("B8", None))
    assert [(f.code, f.cell) for f in parsed.findings] == [("value.required", "B8")]


@pytest.mark.parametrize(("again", "told"), [("V02", [("info.label_twice", "B30")]), ("V01", []), (None, [])])
def test_a_label_with_two_values_is_told(again: str | None, told: list[tuple[str, str]]) -> None:
    parsed = read(book(cells={(INFO_TITLE, "A30"): "Mã đơn vị:", (INFO_TITLE, "B30"): again}))
    assert [(f.code, f.cell) for f in parsed.findings] == told
