"""How the command line speaks: sentences, tables, progress; results to standard output, everything else to standard
error.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipelines import settings
from pipelines.contract.checks import REFUSAL, Finding
from pipelines.encodings import takes_everything, visible_json, visible_lines
from pipelines.locks import Holder
from pipelines.problems import Problem, of_machine
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.submissions.copy.statements import as_written, statement
from pipelines.texts import in_vietnam, instant, say, say_problem

LANG = settings.language()
_FOUND = ("severity", "sheet", "cell", "value", "what", "fix")
_MANY, _WHILE = 20, 10.0  # files, seconds
Step = Callable[[int, int], None]  # done, of how many
_out, _aside = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False)


def new_home() -> Home:
    """The data folder in use, for verbs that bring data in: one that was not there is made, and told."""
    is_there = settings.place().exists()
    home = settings.home(new=True)
    if not is_there:
        aside(say("cli.home_made", LANG, home=home.root))
    return home


def clock(home: Home) -> None:
    """A word if this machine's clock is behind the newest event of the journal: days late would be wrong."""
    if last := Journal(home.journal).ahead_of(now := datetime.now(UTC)):
        aside(say("doctor.clock", LANG, now=instant(now, LANG), last=instant(last, LANG)))
        aside(say("doctor.clock.fix", LANG))


def tell(*lines: str) -> None:
    """Sentences of a result."""
    for line in lines:
        _out.print(visible_lines(line), markup=False)


def aside(line: str) -> None:
    """A word beside the result."""
    _aside.print(visible_lines(line), markup=False, soft_wrap=True)


def document(content: Any) -> None:
    """The one JSON document of `--json`."""
    sys.stdout.write(visible_json(json.dumps(content, ensure_ascii=not takes_everything(), indent=1)) + "\n")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; in a terminal cells fold rather than being cut, in a file or a pipe every row is one line."""
    told = [[visible_lines(str(cell)) for cell in row] for row in (headings, *rows)]
    drawn = Console(highlight=False, markup=False)
    if not drawn.is_terminal:
        lines = [[" ".join(cell.split()) for cell in row] for row in told]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for row in lines:
            tell("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        return
    shown = Table(*told[0], header_style="bold", box=None, pad_edge=False)
    for row in told[1:]:
        shown.add_row(*row)
    drawn.print(shown)


def found(findings: Iterable[Finding]) -> None:
    """What was found in a workbook, cell by cell. Why a file was refused is said already: it has no cell."""
    rows = [
        (
            say(f"annotate.severity.{one.severity}", LANG),
            one.sheet,
            one.cell,
            as_written(one.value),
            *statement(one, LANG),
        )
        for one in findings
        if not one.code.startswith(REFUSAL)
    ]
    if rows:
        table([say(f"annotate.column.{name}", LANG) for name in _FOUND], rows)


def problem(what: Exception) -> None:
    """Why nothing could be done, and the remedy."""
    told = of_machine(what)
    aside(say_problem(told.code, told.facts, LANG))


class Notes(logging.Handler):
    """What the product notes while it works, as a sentence beside the result: never a trace of the program."""

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, Problem):
            problem(record.msg)
        else:
            aside(record.getMessage())


def waiting(holder: Holder) -> None:
    """Said once when another process holds what we need."""
    if holder.since is None:
        aside(say("lock.waiting_unknown", LANG))
        return
    since, purpose = f"{in_vietnam(holder.since):%H:%M:%S}", say(holder.purpose, LANG)
    aside(say("lock.waiting", LANG, pid=holder.pid, purpose=purpose, since=since))


@contextmanager
def progress(label: str) -> Iterator[Step]:
    """Beside what may take more than a second: call the step with how many of how many are done.

    In a terminal a bar; else a line for each quarter of many, and whenever a while has passed without one.
    """
    if not _aside.is_terminal:
        yield _lines_of(label)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_aside, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines_of(label: str) -> Step:
    quarter, told_at = 0, time.monotonic()

    def step(done: int, total: int) -> None:
        nonlocal quarter, told_at
        reached = 4 * done // total if total >= _MANY else quarter
        if reached > quarter or time.monotonic() - told_at > _WHILE:
            quarter, told_at = reached, time.monotonic()
            aside(f"{label}: {done}/{total}")

    return step
