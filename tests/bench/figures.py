"""What leads from the archive to the charts, by processor time: the build of the warehouse, and each page's own run.

For the trend.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
from streamlit.testing.v1 import AppTest

from pipelines.settings import PROJECT, Home
from pipelines.warehouse import connection
from pipelines.warehouse.building.build import build
from tests.bench import demo_home
from tests.bench.options import Options
from tests.bench.results import Result, seconds

_APP = PROJECT / "dashboard" / "app.py"
_PAGES = (
    *("overview", "awards", "exemplars", "compare", "meeting", "council", "profile"),
    *("rules", "method", "board", "data", "submit"),
)


def measure(options: Options) -> Iterator[Result]:
    """A page "asked" builds every figure anew; "again" has them all at hand and is what a reader meets
    who comes later.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = demo_home.copy(options.home, Path(folder))
        builds = [seconds(lambda: build(home)) for _ in range(min(options.repeats, 3))]
        yield Result("figures", f"the whole warehouse built: {_rows(home):,} metric rows", "s", builds)
        os.environ["THIDUA_HOME"] = str(home.root)
        for name in _PAGES:
            page = AppTest.from_file(_APP, default_timeout=120).run()
            page = page.switch_page(f"{name}/page.py")
            asked = _spent(page.run)
            assert not page.exception, page.exception
            yield Result("figures", f"{name}: asked the first time", "s", [asked])
            yield Result("figures", f"{name}: again", "s", [_spent(page.run) for _ in range(options.repeats)])


def _spent(act: Callable[[], object]) -> float:
    """Processor seconds of this process, whatever else the machine does."""
    before = time.process_time()
    act()
    return time.process_time() - before


def _rows(home: Home) -> int:
    with duckdb.connect(str(connection.current(home).facts), read_only=True) as facts:
        found = facts.execute("SELECT count(*) FROM metric_rows").fetchone()
    return int(found[0]) if found else 0
