"""Faults put in by hand, one at a time: does a test notice? `python -m tests.faults` tries each, `make test` only that none is stale.

A fault is a small mistake somebody could really make: a boundary, a column, a condition, a default. Each is told as data beside
the tests that must notice it, in the file of its part: `figures` (statements of the warehouse), `rules`, `analysis`, `signals`,
`reading` (submissions), `desk`, `warehouse`, `pages`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tests import ROOT

Change = tuple[str, str] | tuple[str, str, str]  # text, instead, and why nothing can change if nothing can


@dataclass(frozen=True)
class Fault:
    """`text` stands once in `file`; `tests`: files and options of pytest that must fail with `instead` in its place.

    `alike`: why the fault changes nothing anybody could see; such a one is told and not counted.
    """

    part: str
    file: str
    text: str
    instead: str
    tests: tuple[str, ...]
    alike: str = ""

    @property
    def name(self) -> str:
        """A short name in reports."""
        return f"{self.file}: {' '.join(self.text.split())} → {' '.join(self.instead.split()) or '(nothing)'}"


def within(part: str, file: str, tests: str, changes: Sequence[Change]) -> list[Fault]:
    """Faults of one file that the same tests must notice.

    `tests`: "metrics rules::a_test" is test_metrics.py in whatever room of `tests/` it lies, and one test of test_rules.py.
    """
    files = tuple(_path(name) for name in tests.split())
    return [Fault(part, file, one[0], one[1], files, one[2] if len(one) > 2 else "") for one in changes]


def _path(name: str) -> str:
    file, _, test = name.partition("::")
    (path,) = (ROOT / "tests").rglob(f"test_{file}.py")
    return path.relative_to(ROOT).as_posix() + f"::test_{test}" * bool(test)
