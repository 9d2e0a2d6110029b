"""The verb `run`: the dashboard, on the demo as long as no real work was begun."""

import sys
from typing import Annotated

import typer

from pipelines import places, platform
from pipelines.cli import demo
from pipelines.cli.console import LANG
from pipelines.demo import DEFAULT_SEED
from pipelines.texts import say

app = typer.Typer()


@app.command(help=say("cli.run", LANG))
def run(
    years: Annotated[str, typer.Option("--years", help=say("cli.demo.years", LANG))] = "2014-2025",
    seed: Annotated[int, typer.Option("--seed", help=say("cli.demo.seed", LANG))] = DEFAULT_SEED,
) -> None:
    demo.fill(years, seed, if_empty=True)
    platform.become([sys.executable, "-m", "dashboard"], places.PROGRAM)
