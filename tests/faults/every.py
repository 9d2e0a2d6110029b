"""All faults, part by part, and where each is put in."""

from pathlib import Path

from tests.faults import Fault, analysis, desk, figures, pages, reading, rules, signals, warehouse

FAULTS: list[Fault] = [
    *figures.FAULTS,
    *rules.FAULTS,
    *analysis.FAULTS,
    *signals.FAULTS,
    *reading.FAULTS,
    *desk.FAULTS,
    *warehouse.FAULTS,
    *pages.FAULTS,
]


def place(root: Path, fault: Fault) -> int:
    """Where its text begins in its file; a stale fault ends the work by name."""
    path = root / fault.file
    told = path.read_text(encoding="utf-8") if path.exists() else ""
    if told.count(fault.text) != 1 or fault.text == fault.instead:
        raise SystemExit(f"stale, its text stands {told.count(fault.text)} times: {fault.name}")
    return told.index(fault.text)
