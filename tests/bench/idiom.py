"""500 workbooks in two ways: ours, and the script with pandas and openpyxl that an office would write."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pipelines.contract import reference as lists
from pipelines.settings import OWN_REFERENCE, PROJECT
from pipelines.submissions.workers.worker import Readers
from tests.bench import workbooks
from tests.bench.options import Options
from tests.bench.results import Result, seconds

FASTER = 15  # times
_PROCESSES = 2


def measure(options: Options) -> Iterator[Result]:
    """From files to rows, which is all the script does; ours are guarded, typed and checked besides."""
    count, scripts = (50, 1) if options.quick else (500, 2)  # the script takes a minute
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = workbooks.small(folder, lists.load(OWN_REFERENCE), count)
        script = [seconds(lambda: _script(folder)) for _ in range(scripts)]
        with Readers(_PROCESSES) as readers:
            readers.warm()
            named = [(path.name, path.read_bytes) for path in paths]
            ours = [seconds(lambda: _read(readers, named)) for _ in range(options.repeats)]
    what = f"{count} workbooks to rows: ours ÷ pandas and openpyxl"
    yield Result("idiom", f"{what} (1/{FASTER} = {1 / FASTER:.3f})", "×", [min(ours) / min(script)], 1 / FASTER)
    yield Result("idiom", "the script", "s", script)
    yield Result("idiom", "ours: guard, read, validate", "s", ours)


def _script(folder: Path) -> None:
    command = [sys.executable, "-m", "tests.bench.pandas_script", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)


def _read(readers: Readers, named: list[tuple[str, Callable[[], bytes]]]) -> None:
    for _, parsed in readers.parse_many(named, OWN_REFERENCE):
        assert parsed.form and not parsed.findings, parsed.findings[:3]
