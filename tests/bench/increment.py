"""With 10,000 submissions that count: one more received and published, and what a workbook costs there against 500."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.contract.workbooks import UNIT_REPORT
from pipelines.desk import Checked, Desk
from pipelines.settings import Home
from pipelines.submissions.template import template
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from tests.bench import large_home, workbooks
from tests.bench.options import Options
from tests.bench.results import Result, seconds
from tests.support import TESTER

SMALL, LARGE = 500, 10_000
PUBLISHED, DEARER = 5.0, 1.2  # seconds; times
_FIRST = 100  # number of the first workbook that is really received: its people are nobody's yet
_TOGETHER = 5  # workbooks that come between two versions; the first after a new one waits until it is opened
_NEWEST = str(large_home.YEARS[-1])


@dataclass(frozen=True)
class Costs:
    """Seconds: building everything from nothing, receiving a workbook (checked, accepted; of five, and the first),
    publishing them.
    """

    count: int
    built: float
    received: list[float]
    first: list[float]
    published: list[float]


def measure(options: Options) -> Iterator[Result]:
    """Both data folders hold the same kind of workbooks of ten years; the larger one has more units."""
    large = LARGE // 10 if options.quick else LARGE
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_costs(Path(folder) / str(count), count, options.repeats) for count in (SMALL, large))
    where = f"{large:,} submissions"
    yield Result("increment", f"{where}: five more published", "s", many.published, PUBLISHED)
    yield Result("increment", f"{SMALL} submissions: five more published", "s", few.published)
    received = min(many.received) / min(few.received)
    yield Result("increment", f"one workbook received at {large:,} ÷ at {SMALL}", "×", [received], DEARER)
    built = (many.built / many.count) / (few.built / few.count)
    yield Result("increment", f"built from nothing, a workbook, {large:,} ÷ {SMALL}", "×", [built], DEARER)
    for one in (few, many):
        yield Result("increment", f"{one.count:,} submissions: one workbook checked and accepted", "s", one.received)
        yield Result("increment", f"{one.count:,} submissions: the first after a new version", "s", one.first)
        yield Result("increment", f"{one.count:,} submissions: built from nothing", "s", [one.built])


def _costs(root: Path, count: int, repeats: int) -> Costs:
    home = large_home.make(root, count)
    built = seconds(lambda: build(home, full=True))
    received, first, published = [], [], []
    with Desk(home) as desk:
        _receive(desk, _workbook(home, root, _FIRST))  # the desk reads journal and known people once
        publish(home, interval=0)
        for number in range(_FIRST + 1, _FIRST + 1 + repeats * _TOGETHER, _TOGETHER):
            coming = [_workbook(home, root, number + more) for more in range(_TOGETHER)]
            took = [seconds(lambda data=data: _receive(desk, data)) for data in coming]
            received.append(sum(took) / _TOGETHER)
            first.append(took[0])
            published.append(seconds(lambda: publish(home, interval=0)))
    return Costs(count, built, received, first, published)


def _workbook(home: Home, folder: Path, number: int) -> bytes:
    """Another unit corrects its newest workbook."""
    rows, unit = workbooks.content(number, workbooks.ROWS, large_home.YEARS[-1]), large_home.unit_code(number % 40)
    path = folder / "sua.xlsx"
    return template.write(path, lists.load(home.reference), UNIT_REPORT, unit, _NEWEST, rows=rows).read_bytes()  # type: ignore[arg-type]


def _receive(desk: Desk, data: bytes) -> Checked:
    checked = desk.check(data, "bao_cao.xlsx", sees_all())
    assert checked.status == "accepted", checked.findings
    desk.accept(checked, TESTER)
    return checked
