"""A code that could not be read has been told at its cell: it is no key that was given twice."""

from pipelines.contract.workbooks import CLUSTER_REPORT
from tests.support.workbooks.filled_books import CLUSTER_ROWS, book, read


def test_two_criteria_whose_codes_cannot_be_read_are_not_told_as_one() -> None:
    score = CLUSTER_ROWS["cluster_scores"][0]
    for code, told in (("001234567890", False), ("TC1", True)):
        rows = {"cluster_scores": [score | {"criterion_code": code}] * 2}
        found = [finding.code for finding in read(book(CLUSTER_REPORT, rows=rows)).findings]
        assert ("key.duplicate" in found) is told
