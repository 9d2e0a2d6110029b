"""The command line: one verb is one call. Exit 0 good, 1 the data has errors, 2 cannot run."""

import logging
import sys
import traceback

import duckdb
import typer

from pipelines import settings
from pipelines.cli import begin, console, demo, evaluate, office, run, safekeeping, submissions, usage, versions
from pipelines.cli.console import LANG
from pipelines.encodings import speak_plainly, visible_lines
from pipelines.problems import Problem
from pipelines.texts import say

app = typer.Typer(
    cls=usage.Verbs,
    help=say("cli.help", LANG),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for part in (submissions, versions, begin, office, safekeeping, demo, run, evaluate):
    app.add_typer(part.app)


def main() -> None:
    """Run a verb; a problem is told once, here."""
    logging.getLogger("pipelines").addHandler(console.Notes())
    speak_plainly()
    try:
        settings.check()
        sys.exit(usage.run(usage.in_words(app)))
    except (Problem, OSError, MemoryError, duckdb.Error) as problem:
        console.problem(problem)
        sys.exit(2)
    except Exception:  # ours: told whole, and never mistaken for wrong data, which is 1
        sys.stderr.write(visible_lines(traceback.format_exc()))
        sys.exit(2)
