"""`python -m tests.bench [PART…]`: measure, print a table; exit 1 when a goal is missed."""

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from rich.console import Console

from tests.bench import demo_home
from tests.bench.options import Options
from tests.bench.results import Result, show

PARTS = (
    "parsing",
    "idiom",
    "intake",
    "growth",
    "accepting",
    "increment",
    "memory",
    "signals",
    "figures",
    "serving",
    "load",
)
ON_THE_DEMO = {"accepting", "signals", "figures", "serving", "load"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--home", type=Path, help="a data folder with the demo in it; it is copied, not touched")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each measurement (5)")
    parser.add_argument("--quick", action="store_true", help="a look only: fewer files, uploads closer together")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts, home = asked.parts or PARTS, asked.home
    console = Console(width=None if sys.stdout.isatty() else 140)
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        if home is None and ON_THE_DEMO & set(parts):
            console.print("[dim]making the demo …[/]")
            home = demo_home.make(Path(folder) / "demo")
        for part in parts:
            console.print(f"[dim]{part} …[/]")
            found = list(import_module(f"tests.bench.{part}").measure(Options(home, asked.repeats, asked.quick)))
            show(found, console)
            results += found
    return int(any(result.is_over for result in results))


if __name__ == "__main__":
    sys.exit(main())
