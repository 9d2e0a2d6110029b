"""The books balance: cells the scan sees = values delivered + losses named.

A difference is a finding, never a log line.
"""

from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.checks import Severity
from pipelines.submissions import guard, reader
from tests.support.workbooks import hostile
from tests.support.workbooks.filled_books import REFERENCE, book, found, read
from tests.support.workbooks.other_formats import WRITERS

DIFFERS = "sheet.cells_differ"
ODD = {**hostile.READ, **{name: make for name, (make, _) in hostile.WARNED.items()}}


def _codes(data: bytes, name: str = "a.xlsx") -> list[str]:
    return [finding.code for finding in reader.parse(data, name, REFERENCE).findings]


@pytest.mark.parametrize("name", ODD)
def test_of_a_file_that_is_not_ours_every_cell_is_counted_and_nothing_else_said(name: str) -> None:
    data = ODD[name]()
    inspection, said = guard.inspect(data, name), reader.parse(data, name, REFERENCE).findings
    [whole] = said
    assert whole.code == "workbook.not_ours"
    assert whole.params["cells"] == str(sum(scan.cell_count for scan in inspection.sheets)) != "0"


@pytest.mark.parametrize(("change", "seen"), [(1, "less"), (-1, "more")])
def test_one_cell_too_few_or_too_many_is_an_error_of_its_sheet(change: int, seen: str) -> None:
    data = book()
    [staff] = [scan for scan in guard.inspect(data, "a.xlsx").sheets if scan.name == "Cán bộ"]
    finding = found(read(data, {"Cán bộ": {"cell_count": staff.cell_count + change}}), DIFFERS)
    assert (finding.sheet, finding.severity) == ("Cán bộ", Severity.ERROR)
    assert int(finding.params["seen"]) - int(finding.params["read"]) == change


_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=8).filter(
    lambda t: t[0] not in "=<"
)
_VALUES = st.one_of(st.none(), st.integers(-(10**6), 10**6), st.floats(-1e9, 1e9), _TEXTS, st.booleans(), st.just("  "))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_VALUES, max_size=4), min_size=1, max_size=5), st.booleans())
def test_whatever_stands_in_a_workbook_the_books_balance_in_every_format(rows: list[list[object]], gaps: bool) -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as file:
        page = file.add_worksheet("Biểu")
        page.write_string(0, 0, "Biểu")
        for i, row in enumerate(rows, start=1):
            for j, value in enumerate(row):
                if value is not None:
                    page.write(i * (3 if gaps else 1), j, value)
    data = target.getvalue()
    for name, write in {"xlsx": bytes, **WRITERS}.items():
        assert not {DIFFERS, "file.read_failed"} & {*_codes(write(data), f"a.{name}")}, name


@pytest.mark.parametrize("kind", ["xlsx", *WRITERS])
def test_errors_and_blanks_among_the_cells_balance_too(kind: str) -> None:
    cells = {("Cán bộ", "K5"): "#DIV/0!", ("Cán bộ", "K6"): "   ", ("Tập thể", "A9"): "#N/A"}
    data = {"xlsx": bytes, **WRITERS}[kind](book(cells=cells))
    assert DIFFERS not in _codes(data, f"a.{kind}")
