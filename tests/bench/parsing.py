"""500 small workbooks: guard, read and validate in two workers, against the cell reader alone in two processes."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import SimpleQueue

import numpy as np

from pipelines.contract import reference as lists
from pipelines.settings import OWN_REFERENCE, PROJECT
from pipelines.submissions.workers.worker import Readers
from tests.bench import workbooks
from tests.bench.options import Options
from tests.bench.results import Result, seconds

PROCESSES = 2
LIMIT = 3.0  # times the cell reader alone


def measure(options: Options) -> Iterator[Result]:
    """The two take turns over the same files, a few at a time, so that what else the machine does meets both."""
    count, few = (100, 50) if options.quick else (500, 50)
    with tempfile.TemporaryDirectory() as folder, Readers(PROCESSES) as readers, _bare_readers() as read_bare:
        paths = workbooks.small(Path(folder), lists.load(OWN_REFERENCE), count)

        def read_ours(some: Sequence[Path]) -> None:
            for _, parsed in readers.parse_many([(path.name, path.read_bytes) for path in some], OWN_REFERENCE):
                assert parsed.form and not parsed.findings, parsed.findings[:3]

        read_bare(paths), read_ours(paths)  # start the processes, fill their caches and the system's
        turns = [paths[start : start + few] for start in range(0, count, few)]
        took = np.array([
            [[seconds(partial(read, some)) for read in (read_bare, read_ours)] for some in turns]
            for _ in range(options.repeats)
        ])  # fmt: skip
    bare, ours = took.min(axis=0).sum(axis=0)  # of the repeats of each turn the least
    runs = took.sum(axis=1)
    what = f"{count} workbooks: guard, read, validate ÷ cell reader alone"
    yield Result("parsing", what, "×", [ours / bare], LIMIT)
    yield Result("parsing", "the same, run by run", "×", list(runs[:, 1] / runs[:, 0]))
    yield Result("parsing", "guard, read, validate", "s", list(runs[:, 1]))
    yield Result("parsing", "cell reader alone", "s", list(runs[:, 0]))


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
