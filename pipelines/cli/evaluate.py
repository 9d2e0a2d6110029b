"""The verb `evaluate`: the statistical methods on invented worlds, and the page that tells what came of it."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import console
from pipelines.cli.console import LANG
from pipelines.texts import say

app = typer.Typer()


@app.command(help=say("cli.evaluate", LANG))
def evaluate(
    out: Annotated[Path | None, typer.Option("--out", help=say("cli.evaluate.out", LANG))] = None,
    worlds: Annotated[float, typer.Option("--worlds", min=0, help=say("cli.evaluate.worlds", LANG))] = 1.0,
    processes: Annotated[int, typer.Option("--processes", min=1, help=say("cli.evaluate.processes", LANG))] = 2,
) -> None:
    from pipelines.evaluation import document  # the statistics take a second to import

    path = _place(out, worlds, document.PATH)
    with console.progress(say("cli.evaluating", LANG)) as step:
        console.tell(str(document.write(path, worlds, processes, step)))


def _place(out: Path | None, worlds: float, page: Path) -> Path:
    """Where the page goes: what people are shown is measured on all worlds, a look at a few of them goes elsewhere."""
    if worlds >= 1:
        return page if out is None else out.resolve()
    if out is None:
        return Path(tempfile.mkdtemp(prefix="evaluation-")) / page.name
    if out.resolve() == page:
        raise typer.BadParameter(say("cli.evaluate.whole", LANG, worlds=f"{worlds:g}"))
    return out.resolve()
