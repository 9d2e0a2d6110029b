"""The verb `demo`: an empty data folder filled with invented submissions; one that was stopped half way goes on where
it was.
"""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines import confirmations, demo
from pipelines.access import acting
from pipelines.cli import console
from pipelines.cli.console import LANG
from pipelines.demo import Truth
from pipelines.desk import Desk
from pipelines.platform import write_whole
from pipelines.problems import HomeOfWork
from pipelines.records.bodies import DEMO, REAL, Beginning
from pipelines.records.inbox import Incoming
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.texts import say
from pipelines.warehouse.building.publish import publish

app = typer.Typer()
_BEGINS = datetime(2014, 1, 1, tzinfo=UTC)  # before the first of the invented reports
_FIRST_YEARS = 2  # what `begin_with` receives


@app.command(name="demo", help=say("cli.demo", LANG))
def fill(
    years: Annotated[str, typer.Option("--years", help=say("cli.demo.years", LANG))] = "2014-2025",
    seed: Annotated[int, typer.Option("--seed", help=say("cli.demo.seed", LANG))] = demo.DEFAULT_SEED,
    out: Annotated[Path | None, typer.Option("--out", help=say("cli.demo.out", LANG))] = None,
    if_empty: Annotated[bool, typer.Option("--if-empty", help=say("cli.demo.if_empty", LANG))] = False,
) -> None:
    span = _span(years)
    if out is not None:
        _written(out, span, seed)
        console.tell(str(out / demo.TRUTH))
        return
    home = console.new_home()
    if home.work == REAL:
        if not if_empty:
            raise HomeOfWork(home=home.root)
    elif (number := _receipts_to_follow(home, span, seed)) is not None:
        _receive(home, span, seed, number)
        home.unfinished_demo.unlink()
    elif not if_empty:
        raise typer.BadParameter(say("cli.demo.not_empty", LANG, home=home.root))
    _build(home)


def begin_with(years: str, seed: int) -> bool:
    """The reports of the first two years, where there is nothing yet; whether `fill` has more to receive.

    They are there in a fraction of the time the whole takes: enough to open the dashboard upon.
    """
    span, home = _span(years), console.new_home()
    number = None if home.work == REAL else _receipts_to_follow(home, span, seed)
    if number is not None:
        more = len(span) > _FIRST_YEARS
        until = date(span.start + _FIRST_YEARS, 6, 1) if more else date.max  # reports come until the spring after
        console.aside(say("cli.run.first", LANG, first=span.start, last=min(span.start + _FIRST_YEARS, span.stop) - 1))
        _receive(home, span, seed, number, until)
        if not more:
            home.unfinished_demo.unlink()
            number = None
    _build(home)
    return number is not None


def _build(home: Home) -> None:
    console.tell(say("cli.built", LANG, version=publish(home, interval=0, on_wait=console.waiting).name))


def _receipts_to_follow(home: Home, span: range, seed: int) -> int | None:
    """How many of the demo's workbooks were received before it was stopped, 0 at its beginning; None where all is
    received.
    """
    if home.reference.resolve() == OWN_REFERENCE.resolve():
        raise HomeOfWork(home=home.root)  # its rules are the project's own: they are not for a demo to confirm
    receipts = Ledger().follow(Journal(home.journal).events()).receipts
    mark, which = home.unfinished_demo, f"{span.start}-{span.stop - 1} {seed}"
    if receipts and not (mark.exists() and mark.read_text(encoding="utf-8") == which):
        return None
    write_whole(mark, which.encode())
    if not Journal(home.journal).work():
        Journal(home.journal).append(Beginning(DEMO), acting(), _BEGINS)
    confirmations.confirm(home.reference)
    return len(receipts)


def _span(years: str) -> range:
    first, _, last = years.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal() and int(first) <= int(last or first)):
        raise typer.BadParameter(say("cli.demo.years.wrong", LANG, value=years))
    return range(int(first), int(last or first) + 1)


def _written(folder: Path, span: range, seed: int, skip: int = 0, until: date = date.max) -> Truth:
    """The demo's workbooks, with a bar beside the writing."""
    folder.mkdir(parents=True, exist_ok=True)
    with console.progress(say("cli.writing", LANG)) as step:
        return demo.write(folder, span, seed, step, skip, until)


def _receive(home: Home, span: range, seed: int, before: int, until: date = date.max) -> None:
    """What the demo sends before a day, in its order, but for the first so many, which were received before."""
    with tempfile.TemporaryDirectory() as folder:
        files = [
            Incoming(Path(folder) / one.file, datetime.fromisoformat(one.received_at), synthetic=True)
            for one in _written(Path(folder), span, seed, before, until).submissions
        ]
        with Desk(home, on_wait=console.waiting) as desk, console.progress(say("cli.receiving", LANG)) as step:
            for done, _ in enumerate(desk.receive(files, acting()), start=1):
                step(done, len(files))
