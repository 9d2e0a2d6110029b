"""500 small workbooks: guard, read and validate in two workers, against the cell reader alone in two processes."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from pipelines.contract import reference as lists
from pipelines.settings import OWN_REFERENCE, PROJECT
from pipelines.submissions.worker import Readers
from tests.bench import workbooks
from tests.bench.options import Options
from tests.bench.results import Result, seconds

PROCESSES = 2
LIMIT = 3.0  # times the cell reader alone


def measure(options: Options) -> Iterator[Result]:
    """The two take turns over the same files, so that what else the machine does meets both."""
    count = 100 if options.quick else 500
    with tempfile.TemporaryDirectory() as folder, Readers(PROCESSES) as readers, _bare_readers() as read_bare:
        paths = workbooks.small(Path(folder), lists.load(OWN_REFERENCE), count)

        def read_ours() -> None:
            for _, parsed in readers.parse_many([(path.name, path.read_bytes) for path in paths], OWN_REFERENCE):
                assert parsed.form and not parsed.findings, parsed.findings[:3]

        read_bare(paths), read_ours()  # start the processes, fill their caches and the system's
        bare, ours = [], []
        for _ in range(options.repeats):
            bare.append(seconds(lambda: read_bare(paths)))
            ours.append(seconds(read_ours))
    what = f"{count} workbooks: guard, read, validate ÷ cell reader alone"
    yield Result("parsing", what, "×", [min(ours) / min(bare)], LIMIT)
    yield Result("parsing", "the same, run by run", "×", [a / b for a, b in zip(ours, bare, strict=True)])
    yield Result("parsing", "guard, read, validate", "s", ours)
    yield Result("parsing", "cell reader alone", "s", bare)


@contextmanager
def _bare_readers() -> Iterator[object]:
    """A function that has the files read by two bare processes, whichever is free taking the next."""
    command = [sys.executable, "-m", "tests.bench.bare_reader"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    processes = [subprocess.Popen(command, cwd=PROJECT, **pipes) for _ in range(PROCESSES)]  # type: ignore[call-overload]
    idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
    for process in processes:
        idle.put(process)

    def read_one(path: Path) -> int:
        process = idle.get()
        assert process.stdin and process.stdout
        process.stdin.write(f"{path}\n")
        cells = int(process.stdout.readline())
        idle.put(process)
        return cells

    def read(paths: Sequence[Path]) -> None:
        with ThreadPoolExecutor(PROCESSES) as pool:
            assert all(pool.map(read_one, paths))

    try:
        yield read
    finally:
        for process in processes:
            process.communicate()
