"""The verb `demo`: an empty data folder filled with invented submissions; one that was stopped half way goes on where it was."""

import tempfile
from datetime import UTC, datetime
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
from pipelines.records.bodies import Beginning
from pipelines.records.inbox import Incoming
from pipelines.records.journal import DEMO, REAL, Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.texts import say
from pipelines.warehouse.building.publish import publish

app = typer.Typer()
_BEGINS = datetime(2014, 1, 1, tzinfo=UTC)  # before the first of the invented reports
_UNFINISHED = "demo.unfinished"  # in the data folder: years and seed of the demo that is being received


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
        (home.root / _UNFINISHED).unlink()
    elif not if_empty:
        raise typer.BadParameter(say("cli.demo.not_empty", LANG, home=home.root))
    console.tell(say("cli.built", LANG, version=publish(home, interval=0, on_wait=console.waiting).name))


def _receipts_to_follow(home: Home, span: range, seed: int) -> int | None:
    """How many of the demo's workbooks were received before it was stopped, 0 at its beginning; None where all is received."""
    if home.reference.resolve() == OWN_REFERENCE.resolve():
        raise HomeOfWork(home=home.root)  # its rules are the project's own: they are not for a demo to confirm
    receipts = Ledger().follow(Journal(home.journal).events()).receipts
    mark, which = home.root / _UNFINISHED, f"{span.start}-{span.stop - 1} {seed}"
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


def _written(folder: Path, span: range, seed: int) -> Truth:
    """The demo's workbooks, with a bar beside the writing."""
    folder.mkdir(parents=True, exist_ok=True)
    with console.progress(say("cli.writing", LANG)) as step:
        return demo.write(folder, span, seed, step)


def _receive(home: Home, span: range, seed: int, before: int) -> None:
    """Everything the demo sends, in its order, but for the first so many, which were received before."""
    with tempfile.TemporaryDirectory() as folder:
        files = [
            Incoming(Path(folder) / one.file, datetime.fromisoformat(one.received_at), synthetic=True)
            for one in _written(Path(folder), span, seed).submissions
        ]
        with Desk(home, on_wait=console.waiting) as desk, console.progress(say("cli.receiving", LANG)) as step:
            for done, _ in enumerate(desk.receive(files[before:], acting()), start=before + 1):
                step(done, len(files))
