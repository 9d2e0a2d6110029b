"""`receive` of one workbook with 200,000 rows, its build included: memory of the command and all its processes
together.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from pipelines.contract import reference as lists
from pipelines.settings import OWN_REFERENCE, PROJECT
from tests.bench import workbooks
from tests.bench.options import Options
from tests.bench.results import Result

ROWS, LIMIT = 200_000, 600.0  # megabytes
_LOOKS_EVERY = 0.02


def measure(options: Options) -> Iterator[Result]:
    """Proportional set sizes (PSS) are added: a page that two processes share counts once."""
    rows = ROWS // 10 if options.quick else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = workbooks.large(Path(folder) / "lon.xlsx", lists.load(OWN_REFERENCE), rows)
        peaks, took = [], []
        for number in range(min(options.repeats, 3)):
            start = time.perf_counter()
            peaks.append(_peak(["receive", str(path)], Path(folder) / f"home{number}"))
            took.append(time.perf_counter() - start)
        size = path.stat().st_size / 1e6
    what = f"receive of {rows:,} rows × 17 columns ({size:.1f} MB), with its build"
    yield Result("memory", f"{what}: peak PSS of all its processes", "MB", peaks, LIMIT)
    yield Result("memory", "the same: time", "s", took)


def _peak(arguments: list[str], home: Path) -> float:
    """Megabytes (of 1,000,000 bytes) that a command of ours and its children hold at most."""
    command = [sys.executable, "-m", "pipelines", *arguments]
    environment = os.environ | {"THIDUA_HOME": str(home)}
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    root, most = psutil.Process(process.pid), 0
    while process.poll() is None:
        most = max(most, _held(root))
        time.sleep(_LOOKS_EVERY)
    if process.returncode:
        raise RuntimeError(f"receive ended with {process.returncode}")
    return most / 1e6


def _held(root: psutil.Process) -> int:
    total = 0
    try:
        for one in (root, *root.children(recursive=True)):
            rollup = Path(f"/proc/{one.pid}/smaps_rollup")
            lines = rollup.read_text().splitlines() if rollup.exists() else []
            sizes = [int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")]
            total += sizes[0] if sizes else one.memory_info().rss
    except (psutil.Error, OSError):  # one ended while it was looked at: the next look counts the rest
        return total
    return total
