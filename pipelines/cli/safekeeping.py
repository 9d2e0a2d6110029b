"""Verbs that keep what cannot be made again: backup, restore, another secret behind person keys."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines import settings
from pipelines.access import acting
from pipelines.cli import console
from pipelines.cli.console import LANG
from pipelines.desk import backup as copies
from pipelines.desk import keys
from pipelines.desk.backup import Kept
from pipelines.settings import Home
from pipelines.texts import in_vietnam, number, say
from pipelines.warehouse.building.publish import publish

app = typer.Typer()
Json = Annotated[bool, typer.Option("--json", help=say("cli.json", LANG))]
Reason = Annotated[str, typer.Option("--reason", help=say("office.reason", LANG))]


@app.command(help=say("office.backup", LANG))
def backup(
    out: Annotated[Path | None, typer.Option("--out", help=say("office.backup.out", LANG))] = None,
    as_json: Json = False,
) -> None:
    path = out or Path(say("office.backup.name", LANG, day=f"{in_vietnam(datetime.now(UTC)):%Y-%m-%d}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with console.progress(say("office.backing_up", LANG)) as step:
        kept = copies.backup(settings.home(), path.absolute(), step, console.waiting)
    _answer(as_json, "office.backed_up", kept)


@app.command(help=say("office.restore", LANG))
def restore(
    file: Annotated[Path, typer.Argument(help=say("office.restore.file", LANG))],
    folder: Annotated[Path, typer.Option("--home", help=say("office.restore.home", LANG))],
    as_json: Json = False,
) -> None:
    with console.progress(say("office.restoring", LANG)) as step:
        kept = copies.restore(file, folder.absolute(), step)
    version = publish(Home(kept.path), interval=0, on_wait=console.waiting)
    console.aside(say("cli.built", LANG, version=version.name))
    _answer(as_json, "office.restored", kept)


@app.command(help=say("office.rekey", LANG))
def rekey(reason: Reason, as_json: Json = False) -> None:
    home = settings.home()
    event = keys.rekey(home, acting(), reason, console.waiting)
    version = publish(home, fresh=True, interval=0, on_wait=console.waiting)
    console.aside(say("cli.built", LANG, version=version.name))
    if as_json:
        console.document({"event": event.seq, "version": version.name})
    else:
        console.tell(say("office.rekeyed", LANG))


def _answer(as_json: bool, key: str, kept: Kept) -> None:
    size = {"events": kept.events, "receipts": kept.receipts, "files": kept.files}
    if as_json:
        console.document({"path": str(kept.path), **size, "size": kept.size})
    else:
        console.tell(say(key, LANG, path=kept.path, megabytes=number(kept.size / 1e6, LANG, 1), **size))
