"""Workbooks in which one thing stands so many times, or so deep, against the same with ten times as much: what reading
and copying cost.
"""

import time
from collections.abc import Iterator

from pipelines.submissions import reader
from pipelines.submissions.copy import annotate
from tests.bench.options import Options
from tests.bench.results import Result
from tests.support.workbooks.filled_books import REFERENCE
from tests.support.workbooks.grown_books import GROWN

TEN_TIMES = 15.0  # × the cost: it grows with the work; with its square it would be 100 ×


def measure(options: Options) -> Iterator[Result]:
    """Processor time of this process; a run of the small and one of the large workbook take turns."""
    for name, (few, make) in GROWN.items():
        small, large = make(few), make(10 * few)
        costs = [(_cost(small), _cost(large)) for _ in range(2 if options.quick else options.repeats)]
        little, much = (tuple(map(min, zip(*side, strict=True))) for side in zip(*costs, strict=True))
        for what, less, more in zip(("read", "copied"), little, much, strict=True):
            yield Result("growth", f"ten times as much, {what}: {name}", "×", [more / less], TEN_TIMES)


def _cost(data: bytes) -> tuple[float, float]:
    """Processor seconds of reading a workbook and of making its copy."""
    began = time.process_time()
    findings = reader.parse(data, "a.xlsx", REFERENCE).findings
    read = time.process_time()
    annotate.copy(data, findings)
    return read - began, time.process_time() - read
