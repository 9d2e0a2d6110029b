"""`python -m tests.bench [PART…]`: measure, print a table; exit 1 when a goal is missed."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from rich.console import Console

from tests.bench.options import Options
from tests.bench.results import Result, show

PARTS = ("parsing",)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--home", type=Path, help="a data folder with the demo in it; it is copied, not touched")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each measurement (5)")
    parser.add_argument("--quick", action="store_true", help="a look only: fewer files, uploads closer together")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    options, console = Options(asked.home, asked.repeats, asked.quick), Console()
    results: list[Result] = []
    for part in asked.parts or PARTS:
        console.print(f"[dim]{part} …[/]")
        found = list(import_module(f"tests.bench.{part}").measure(options))
        show(found, console)
        results += found
    return int(any(result.is_over for result in results))


if __name__ == "__main__":
    sys.exit(main())
