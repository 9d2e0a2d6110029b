"""docs/faults.md: how many faults the tests noticed, part by part, and which they did not."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests import ROOT
from tests.faults import Fault

PATH = ROOT / "docs" / "faults.md"
_HEAD = """# Faults put in by hand

{counted} small mistakes were put into the code, one at a time, and the tests that concern the place were run: {caught} were noticed, {missed} were not
({share:.1f} %; at most 8 % is the goal). Measured on {day}, the last of it at commit {commit}, by `python -m tests.faults`, which writes this page.
A mistake that was noticed is not tried again while its file is the same. The mistakes stand in `tests/faults/`, each beside the tests
that must notice it; why it is done so stands in [decision 061](decisions/061-faults.md).

| part | faults | noticed | missed |
|---|---:|---:|---:|
"""


def write(path: Path, faults: Sequence[Fault], missed: Sequence[Fault], commit: str) -> Path:
    """Write the page; its path."""
    counted = [one for one in faults if not one.alike]
    every, not_seen = Counter(one.part for one in counted), Counter(one.part for one in missed)
    head = _HEAD.format(
        counted=len(counted), caught=len(counted) - len(missed), missed=len(missed), commit=commit,
        share=100 * len(missed) / len(counted), day=date.today().isoformat(),
    )  # fmt: skip
    table = [f"| {part} | {n} | {n - not_seen[part]} | {not_seen[part]} |" for part, n in every.items()]
    alike = [one for one in faults if one.alike]
    parts = [head + "\n".join(table), *_listed("No test noticed", [(one, "") for one in missed])]
    parts += _listed("Changes nothing anybody could see, and is not counted", [(one, one.alike) for one in alike])
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def _listed(title: str, faults: Sequence[tuple[Fault, str]]) -> list[str]:
    if not faults:
        return []
    return [f"## {title}", "\n".join(_line(one, why) for one, why in faults)]


def _line(fault: Fault, why: str) -> str:
    text, instead = (f"`` {' '.join(part.split())} ``" for part in (fault.text, fault.instead))
    change = f"{text} → {instead}" if fault.instead.strip() else f"{text} left out"
    return f"- `{fault.file}`: {change}" + (f": {why}" if why else "")
