"""At the desk of the full demo: checking and accepting one workbook, and how many versions a rush of uploads makes."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.contract.workbooks import UNIT_REPORT
from pipelines.desk import Checked, Desk
from pipelines.settings import Home
from pipelines.submissions.template import template
from pipelines.warehouse.building.publish import INTERVAL, Publisher
from tests.bench import demo_home, workbooks
from tests.bench.options import Options
from tests.bench.results import Result, seconds
from tests.support import TESTER

CHECK, ACCEPT = 0.3, 1.0  # seconds
UPLOADS, SPREAD, VERSIONS = 75, 300.0, 30  # so many accepted uploads in so many seconds end in at most so many versions
_QUICK = 10  # times shorter
_FIRST = 100  # number of the first workbook: its people are not those of the demo


def measure(options: Options) -> Iterator[Result]:
    """Every workbook is another one, sent by one unit for the newest period of the demo; all are accepted."""
    with tempfile.TemporaryDirectory() as folder:
        home = demo_home.copy(options.home, Path(folder))
        with Desk(home) as desk:
            desk.readers.warm()
            desk.check(_workbook(home, Path(folder), _FIRST), "nong_may.xlsx", sees_all())
            yield from _one_by_one(desk, Path(folder), options.repeats)
            yield from _rush(desk, Path(folder), _QUICK if options.quick else 1)


def _workbook(home: Home, folder: Path, number: int) -> bytes:
    rows = workbooks.content(number, workbooks.ROWS)
    path = folder / f"{number}.xlsx"
    return template.write(path, lists.load(home.reference), UNIT_REPORT, "V01", "2025", rows=rows).read_bytes()  # type: ignore[arg-type]


def _one_by_one(desk: Desk, folder: Path, repeats: int) -> Iterator[Result]:
    checks, accepts = [], []
    for number in range(_FIRST + 1, _FIRST + 1 + 2 * repeats):
        data, checked = _workbook(desk.home, folder, number), list[Checked]()
        checks.append(seconds(lambda data=data, into=checked: into.append(desk.check(data, "a.xlsx", sees_all()))))
        accepts.append(seconds(lambda one=checked: desk.accept(one[0], TESTER)))
        assert checked[0].status == "accepted", checked[0].findings
    yield Result("accepting", "one workbook checked, warm", "s", checks, CHECK)
    yield Result("accepting", "one workbook accepted: on the disk with its receipt", "s", accepts, ACCEPT)


def _rush(desk: Desk, folder: Path, faster: int) -> Iterator[Result]:
    """Uploads at even distances, each asking for a version as the page does, until the figures know the last one."""
    every, first = SPREAD / UPLOADS / faster, _FIRST + 1_000
    files = [_workbook(desk.home, folder, first + number) for number in range(UPLOADS)]
    before = _versions(desk.home)
    publisher, slowest = Publisher(desk.home, INTERVAL / faster), 0.0
    publisher.start()
    start = time.perf_counter()
    for number, data in enumerate(files):
        time.sleep(max(0.0, start + number * every - time.perf_counter()))
        slowest = max(slowest, seconds(lambda data=data: desk.accept(desk.check(data, "a.xlsx", sees_all()), TESTER)))
        publisher.request()
    took = time.perf_counter() - start
    publisher.stop()
    made = len(_versions(desk.home) - before)
    what = f"versions from {UPLOADS} accepted uploads in {took:.0f} s"
    yield Result("accepting", what, "versions", [made], VERSIONS)
    yield Result("accepting", "slowest check and accept among them, while versions are built", "s", [slowest])


def _versions(home: Home) -> set[str]:
    return {path.name for path in home.warehouse.iterdir() if path.is_dir()}
