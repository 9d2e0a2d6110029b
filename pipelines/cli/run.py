"""The verb `run`: the dashboard, on the demo as long as no real work was begun; it opens upon the first
years of one.
"""

import subprocess
import sys
from typing import Annotated

import typer

from pipelines import places, platform
from pipelines.cli import console, demo
from pipelines.cli.console import LANG
from pipelines.demo import DEFAULT_SEED
from pipelines.texts import say

app = typer.Typer()


@app.command(help=say("cli.run", LANG))
def run(
    years: Annotated[str, typer.Option("--years", help=say("cli.demo.years", LANG))] = "2014-2025",
    seed: Annotated[int, typer.Option("--seed", help=say("cli.demo.seed", LANG))] = DEFAULT_SEED,
) -> None:
    if demo.begin_with(years, seed):
        console.aside(say("cli.run.rest", LANG))
        rest = ["demo", "--if-empty", "--years", years, "--seed", str(seed)]
        subprocess.Popen([sys.executable, "-m", "pipelines", *rest], cwd=places.PROGRAM, stdin=subprocess.DEVNULL)
    platform.become([sys.executable, "-m", "dashboard"], places.PROGRAM)
