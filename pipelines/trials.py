"""The verb `evaluate`: the statistical methods on invented worlds, and the page that tells what came of it."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines import console
from pipelines.console import LANG
from pipelines.evaluation import document
from pipelines.texts import say

app = typer.Typer()


@app.command(help=say("cli.evaluate", LANG))
def evaluate(
    out: Annotated[Path, typer.Option("--out", help=say("cli.evaluate.out", LANG))] = document.PATH,
    worlds: Annotated[float, typer.Option("--worlds", min=0, help=say("cli.evaluate.worlds", LANG))] = 1.0,
    processes: Annotated[int, typer.Option("--processes", min=1, help=say("cli.evaluate.processes", LANG))] = 2,
) -> None:
    with console.progress(say("cli.evaluating", LANG)) as step:
        console.tell(str(document.write(out, worlds, processes, step)))
