"""Many workbooks at once: what the last costs against the first, and from files to published figures against the
everyday script.
"""

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipelines.contract import reference as lists
from pipelines.contract.workbooks import UNIT_REPORT
from pipelines.desk import Desk
from pipelines.records.inbox import Incoming
from pipelines.settings import PROJECT, Home
from pipelines.submissions.template import template
from tests.bench import large_home, workbooks
from tests.bench.options import Options
from tests.bench.results import Result, seconds
from tests.support import TESTER

FEW, MANY, GROWTH = 100, 400, 4.4  # four times as many may take so many times as long
ALL, SHARE = 500, 1 / 3  # of the script's time
WARNED = 0.8  # of the workbooks have warnings in the second round
_SCOPE = "CHUNG"  # all units share their staff codes: everyone is to be held against everyone else
_OURS, _PEOPLE = "D0000", "CB00"  # unit and people of the workbook that the others are copies of


def measure(options: Options) -> Iterator[Result]:
    """Every workbook comes from another unit and names other people."""
    few, many, everything = (FEW // 10, MANY // 10, ALL // 10) if options.quick else (FEW, MANY, ALL)
    repeats = 1 if options.quick else min(options.repeats, 3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        received = {count: [_received(folder, count, run) for run in range(repeats)] for count in (few, many)}
        growth = [min(received[many]) / min(received[few])]
        yield Result("intake", f"{many} workbooks received ÷ {few}", "×", growth, GROWTH)
        for count, took in received.items():
            yield Result("intake", f"{count} workbooks received, without a build", "s", took)
        for warned in (0.0, WARNED):
            home, files = _home(folder / f"whole-{warned}", everything, warned)
            script = seconds(lambda files=files: _run("tests.bench.pandas_script", str(files)))
            ours = seconds(lambda home=home, files=files: _run("pipelines", "receive", str(files), home=home))
            what = f"{everything} workbooks, {warned:.0%} with warnings, from files to published"
            yield Result("intake", f"{what} ÷ the script", "×", [ours / script], SHARE)
            yield Result("intake", what, "s", [ours])
            yield Result("intake", "the script over the same files", "s", [script])


def _received(folder: Path, count: int, run: int) -> float:
    home, files = _home(folder / f"{count}-{run}", count, 0.0)
    with Desk(home) as desk:
        desk.readers.warm()
        coming = [Incoming(path) for path in sorted(files.iterdir())]
        return seconds(lambda: [_accepted(one.checked.status) for one in desk.receive(coming, TESTER)])


def _accepted(status: str) -> None:
    assert status.startswith("accepted"), status


def _home(root: Path, count: int, warned: float) -> tuple[Home, Path]:
    """A data folder without a submission, and the workbooks that come."""
    home, files = Home(root / "home").ready(), root / "files"
    files.mkdir()
    units = [large_home.unit_code(number) for number in range(count)]
    large_home.write_units(home, units, _SCOPE)
    originals = [_original(home, root / f"{late}.xlsx", late) for late in (False, True)]
    for number, unit in enumerate(units):
        has_warnings = number % 10 < warned * 10
        _copy(originals[has_warnings], files / f"{unit}.xlsx", {_OURS: unit, _PEOPLE: f"P{number:04d}"})
    return home, files


def _original(home: Home, path: Path, has_warnings: bool) -> Path:
    rows = workbooks.content(0, workbooks.ROWS)
    if has_warnings:
        late = {"council_on": date(2025, 12, 28)}  # after the decision
        rows["awards"] = [row | late if place < 3 else row for place, row in enumerate(rows["awards"])]  # type: ignore[arg-type,operator]
    return template.write(path, lists.load(home.reference), UNIT_REPORT, _OURS, "2025", rows=rows)  # type: ignore[arg-type]


def _copy(source: Path, target: Path, names: dict[str, str]) -> None:
    """The same workbook of another unit with other people: their codes stand in the shared texts."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            for before, after in names.items():
                data = data.replace(before.encode(), after.encode()) if part.endswith("sharedStrings.xml") else data
            new.writestr(part, data)


def _run(module: str, *words: str, home: Home | None = None) -> None:
    environment = os.environ | ({"THIDUA_HOME": str(home.root)} if home else {})
    subprocess.run([sys.executable, "-m", module, *words], cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)  # fmt: skip
