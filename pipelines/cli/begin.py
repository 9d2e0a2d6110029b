"""The verb `begin`: a data folder for real work, which takes nothing of a demo and is the one in use from then on."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines import settings
from pipelines.access import acting
from pipelines.cli import console
from pipelines.cli.console import LANG
from pipelines.locks import WRITE_LOCK, held
from pipelines.problems import HomeForeign, HomeTaken
from pipelines.records.bodies import DEMO, REAL, Beginning
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.texts import say

app = typer.Typer()


@app.command(help=say("begin", LANG))
def begin(
    folder: Annotated[Path, typer.Option("--home", help=say("begin.home", LANG))],
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.json", LANG))] = False,
) -> None:
    root = folder.expanduser().resolve()
    home, is_new = _begun(root)
    file = settings.remember(home.root)
    goes_first = settings.place() if settings.place() != home.root else None
    if as_json:
        told = {"home": str(home.root), "is_new": is_new, "settings": str(file)}
        console.document(told | {"in_use": str(goes_first or home.root)})
        return
    console.tell(say("begin.new" if is_new else "begin.again", LANG, home=home.root))
    console.tell(say("begin.lists", LANG, folder=home.reference), say("begin.remembered", LANG, file=file))
    if goes_first:
        console.aside(say("begin.goes_first", LANG, home=goes_first))


def _begun(root: Path) -> tuple[Home, bool]:
    """The folder, for real work from its first event on; whether it was not before.

    One of real work is left as it is.
    """
    if root == settings.DEMO_HOME or (Home(root).journal.exists() and Journal(Home(root).journal).holds(DEMO)):
        raise HomeTaken(home=root)
    if root.exists() and not (root.is_dir() and settings.is_home(root)):
        raise HomeForeign(home=root)
    root.mkdir(parents=True, exist_ok=True)
    home = Home(root).ready()
    with held(root / WRITE_LOCK, "lock.write", on_wait=console.waiting):
        journal = Journal(home.journal)
        if journal.holds(DEMO):  # received meanwhile
            raise HomeTaken(home=root)
        is_new = not journal.work()
        if is_new:
            journal.append(Beginning(REAL), acting())
    return home, is_new
