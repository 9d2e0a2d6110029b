"""Copies are made in the worker processes: whatever a workbook does to one, the list is handed back and the work goes
on.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.contract.checks import Finding, Severity
from pipelines.contract.workbooks import PROBLEMS_SHEET
from pipelines.desk import Desk
from pipelines.records.inbox import Incoming
from pipelines.settings import Home
from pipelines.submissions import reader
from pipelines.submissions.copy import annotate
from pipelines.submissions.workers.worker import Readers
from tests.support import TESTER
from tests.support.workbooks.filled_books import REFERENCE, book
from tests.support.workbooks.grown_books import GROWN

STAND_IN = "tests.support.workbooks.reader_stand_ins:copy"
WRONG = {("Cán bộ", "H4"): "Rất tốt"}
ON = datetime(2025, 12, 3, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def failing() -> Iterator[Readers]:
    with Readers(1, copy=STAND_IN, memory=300 << 20, seconds=1.0) as readers:
        yield readers


def _finding(value: str = "", cell: str = "H4") -> Finding:
    return Finding("choice.unknown", Severity.ERROR, "Cán bộ", cell, "Mức xếp loại", value)


def _listed(data: bytes) -> list[str]:
    """The cells named in the first sheet of a copy."""
    return [str(row[3]) for row in load_workbook(BytesIO(data))[PROBLEMS_SHEET].iter_rows(min_row=5, values_only=True)]


@pytest.mark.parametrize("failure", ["abort", "raise", "memory", "sleep"])
def test_a_workbook_that_ends_its_copyist_gets_the_list_alone_and_the_next_one_its_copy(
    failing: Readers, failure: str
) -> None:
    made = failing.copy(b"x", [_finding(failure)], [_finding("V01-CB001", "A4")])
    assert (made.way, _listed(made.data)) == ("report", ["H4", "A4"])
    assert failing.copy(b"x", [_finding()]) == annotate.Annotated(b"x", "marked", 7)


def test_the_worker_makes_the_copy_that_would_be_made_here_also_for_many_at_once() -> None:
    data, findings = book(cells=WRONG), [_finding("Rất tốt")]
    here = annotate.copy(data, findings)
    with Readers(2) as readers, ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: readers.copy(data, findings), range(4)))
    assert {(one.way, one.marked, one.differences) for one in made} == {("marked", 1, ())}
    assert {len(one.data) for one in made} == {len(here.data)}


def test_a_receipt_stands_and_the_next_file_is_received_when_a_copy_cannot_be_made(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for path, value in zip(files, ("abort", "Rất tốt"), strict=True):
        path.write_bytes(book(cells={("Cán bộ", "H4"): value}))
    with Desk(Home(tmp_path / "home").ready(), Readers(1, copy=STAND_IN)) as desk:
        receipts = list(desk.receive((Incoming(path, received_at=ON) for path in files), TESTER))
    assert [(one.receipt_no, one.checked.status, one.way) for one in receipts] == [
        (1, "returned", "report"),
        (2, "returned", "marked"),
    ]
    assert receipts[0].copy and "H4" in _listed(receipts[0].copy.read_bytes())


@pytest.mark.parametrize("name", GROWN)
def test_a_workbook_with_many_of_one_thing_is_marked_like_any_other(name: str) -> None:
    few, make = GROWN[name]
    data = make(few)
    assert annotate.copy(data, reader.parse(data, "a.xlsx", REFERENCE).findings).way == "marked"
