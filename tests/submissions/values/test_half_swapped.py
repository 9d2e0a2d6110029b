"""Dates a month-first Excel swapped where it could and left as text where it could not are told, in any sheet of both
workbooks.
"""

from collections.abc import Sequence
from datetime import date

import pytest

from pipelines.contract.checks import Severity
from pipelines.contract.shape import Kind, Sheet, Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.submissions.choice_lists import column_letter
from tests.support.workbooks.filled_books import ROWS, UNIT_ROWS, Row, book, read

DATED = [
    (form, sheet, column.name)
    for form in (UNIT_REPORT, CLUSTER_REPORT)
    for sheet in form.sheets
    for column in sheet.columns
    if column.kind is Kind.DATE
]


def told(form: Workbook, sheet: Sheet, rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    parsed = read(book(form, rows={sheet.key: rows}))
    return [(f.sheet, f.cell, f.params["other"]) for f in parsed.findings if f.code == "date.suspect"]


def lines(form: Workbook, sheet: Sheet, days: Sequence[dict[str, object]]) -> list[Row]:
    """So many rows of a sheet, alike but for their key and these dates."""
    row = {name: value for name, value in ROWS[form.code][sheet.key][0].items() if not isinstance(value, date)}
    keys = [name for names in sheet.unique for name in names[:1]]
    return [{**row, **{key: f"{row[key]}{n}" for key in keys}, **day} for n, day in enumerate(days)]


@pytest.mark.parametrize(("form", "sheet", "name"), DATED, ids=lambda one: getattr(one, "title", str(one)))
def test_every_column_of_dates_is_looked_at(form: Workbook, sheet: Sheet, name: str) -> None:
    letter = column_letter([column.name for column in sheet.columns].index(name))
    days = [{name: date(2025, 5, 11)}, {name: "14/11/2025"}]
    assert told(form, sheet, lines(form, sheet, days)) == [(sheet.title, f"{letter}4", f"{letter}5")]


@pytest.mark.parametrize(
    "days",
    [
        [date(2025, 5, 11), date(2025, 6, 10)],  # all real
        ["14/11/2025", "20/11/2025", "05/11/2025"],  # all typed
        [date(2025, 11, 14), "14/11/2025"],  # a real one that cannot have been swapped
        [date(2025, 5, 11), "05/11/2025", "14/11/2025"],  # a text that would have been
        [date(2025, 5, 11), "14.11.2025"],  # no Excel converts dots
        [date(2025, 5, 11), "2025-11-14"],
    ],
)
def test_a_column_that_does_not_fit_is_left_alone(days: Sequence[object]) -> None:
    sheet = next(sheet for sheet in UNIT_REPORT.sheets if sheet.key == "exemplars")
    assert told(UNIT_REPORT, sheet, lines(UNIT_REPORT, sheet, [{"found_on": day} for day in days])) == []


def test_a_pasted_block_below_honest_rows_is_told() -> None:
    sheet = next(sheet for sheet in UNIT_REPORT.sheets if sheet.key == "exemplars")
    honest: list[object] = [date(2025, 3, 20), date(2025, 4, 5), date(2025, 3, 21)]
    pasted = [date(2025, 5, 11), "14/11/2025", date(2025, 6, 10), "20/10/2025", date(2025, 7, 9)]
    days = [{"found_on": day} for day in [*honest, *pasted]]
    assert told(UNIT_REPORT, sheet, lines(UNIT_REPORT, sheet, days)) == [(sheet.title, "E7, E9, E11", "E8, E10")]
    assert told(UNIT_REPORT, sheet, lines(UNIT_REPORT, sheet, days[:5])) == []  # one of each may be chance


def test_columns_pasted_together_are_one_block() -> None:
    sheet = next(sheet for sheet in UNIT_REPORT.sheets if sheet.key == "awards")
    day = {"council_on": date(2025, 10, 11), "published_on": "14/11/2025", "decided_on": "26/11/2025"}
    rows = [{**UNIT_ROWS["awards"][0], "achieved_on": None, "submitted_on": None, **day}]
    assert told(UNIT_REPORT, sheet, rows) == [(sheet.title, "J4", "M4, Q4")]
    parsed = read(book(rows={"awards": [{**rows[0], "published_on": None}]}))  # two cells say too little
    assert [f for f in parsed.findings if f.severity is Severity.WARNING] == []


def test_the_order_that_fails_is_named_where_all_days_are_small() -> None:
    sheet = next(sheet for sheet in UNIT_REPORT.sheets if sheet.key == "campaigns")
    days = {"launched_on": date(2025, 6, 1), "closed_on": date(2025, 5, 11), "reviewed_on": None}
    found = told(UNIT_REPORT, sheet, [{**UNIT_ROWS["campaigns"][0], **days}])
    assert found == [(sheet.title, "E4", "E4"), (sheet.title, "G4", "G4")]
