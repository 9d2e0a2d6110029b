"""What a measurement found and what it was held against, as one line of the table that `make bench` prints."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Result:
    """One thing measured several times. `goal` None: measured for the trend, held against nothing."""

    part: str
    what: str
    unit: str  # "s", "MB", "×", "versions", "rows"
    values: Sequence[float]
    goal: float | None = None

    @property
    def least(self) -> float:
        return min(self.values)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def is_over(self) -> bool:
        """The least is judged: what else runs on the machine only ever adds."""
        return self.goal is not None and self.least > self.goal


def seconds(act: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def show(results: Sequence[Result], console: Console) -> None:
    """The table: goal, measured (least and median of the repeats), measured as a share of the goal, ok or over."""
    table = Table(title=machine(), title_justify="left")
    table.add_column("measured", overflow="fold")
    for name in ("goal", "least", "median", "runs", "of goal", ""):
        table.add_column(name, justify="right", no_wrap=True)
    for result in results:
        goal = "" if result.goal is None else f"≤ {_number(result.goal)} {result.unit}"
        share = "" if result.goal is None else f"{result.least / result.goal:.2f}"
        verdict = "" if result.goal is None else "[red]over[/]" if result.is_over else "[green]ok[/]"
        cells = (f"{_number(value)} {result.unit}" for value in (result.least, result.median))
        table.add_row(f"{result.part}: {result.what}", goal, *cells, str(len(result.values)), share, verdict)
    console.print(table)


def machine() -> str:
    """The machine in a line: processor, cores, memory, versions, how busy it is."""
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = [int(line.split()[1]) >> 20 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")]
    parts = [names[0] if names else platform.processor() or platform.machine(), f"{os.cpu_count()} cores"]
    parts += [f"{gigabytes} GiB" for gigabytes in memory]
    parts += [platform.system(), f"Python {platform.python_version()}"]
    if hasattr(os, "getloadavg"):
        parts.append(f"load {os.getloadavg()[0]:.1f}")
    return " · ".join(parts)


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or float(value).is_integer() else f"{value:.3g}"
