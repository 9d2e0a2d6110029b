"""What each metric says of itself in the header of its SQL file. A metric is one file; nothing else lists them.

-- kind: ratio | count | points
-- share: no                        of a ratio: the numerator is no part of the denominator and may exceed it
-- base: own                        every code of the breakdown has denominators of its own (else they serve all)
-- breakdown: award CA_NHAN          code list the figures are split by; for awards, who can get them
-- own: staff, awards               fact tables needed from a unit's own workbook; "none": only clusters report it
-- cluster: cluster_members         the same for a unit its cluster reports for; "none": not computable for it
-- cell: num awards.award           the cell that shows what a row says, by part (and "for CODE" by breakdown)
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines.platform import digest

SQL = Path(__file__).parent / "sql"
_NOT_TOLD = "none"
_KEYS = {"kind", "share", "base", "breakdown", "own", "cluster", "cell"}
_HEADER = re.compile(r"^-- (\w+): *(.*)$", re.MULTILINE)
_CELL = re.compile(r"(num|den) (\w+)\.(\w+)(?: for (\w+))?")


@dataclass(frozen=True)
class EvidenceCell:
    """The column that shows what a numerator or denominator row says. `breakdown` "": for every breakdown."""

    part: str
    table: str
    column: str
    breakdown: str = ""


@dataclass(frozen=True)
class Metric:
    """`own` None: the cluster tells it of all its members.

    `cluster` None: not computable for units their cluster reports for.

    `recipient` narrows the award breakdown.
    """

    name: str
    kind: str
    is_share: bool
    has_own_bases: bool
    breakdown: str
    recipient: str
    own: tuple[str, ...] | None
    cluster: tuple[str, ...] | None
    cells: tuple[EvidenceCell, ...]
    sql: str


@lru_cache
def metrics() -> dict[str, Metric]:
    """All metrics by name."""
    return {path.stem: metric_of(path) for path in sorted((SQL / "30_metrics").glob("*.sql"))}


@lru_cache
def metric_hash() -> str:
    """SHA-256 over every statement of the warehouse: a build made under another hash is not comparable unseen."""
    return digest(SQL, SQL.rglob("*.sql"))


def metric_of(path: Path) -> Metric:
    """What the header of a metric file says. `ValueError` for a line that no one reads."""
    text = path.read_text(encoding="utf-8")
    said: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        said.setdefault(key, []).append(value.strip())
    if unknown := said.keys() - _KEYS:
        raise ValueError(f"{path.name}: {', '.join(sorted(unknown))}")
    breakdown, _, recipient = said.get("breakdown", [""])[0].partition(" ")
    return Metric(
        name=path.stem,
        kind=said["kind"][0],
        is_share=said["kind"] == ["ratio"] and "share" not in said,
        has_own_bases="base" in said,
        breakdown=breakdown,
        recipient=recipient,
        own=_needs(said["own"][0]),
        cluster=_needs(said["cluster"][0]),
        cells=tuple(_cell(path, value) for value in said["cell"]),
        sql=text,
    )


def _needs(text: str) -> tuple[str, ...] | None:
    return None if text == _NOT_TOLD else tuple(name.strip() for name in text.split(","))


def _cell(path: Path, text: str) -> EvidenceCell:
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError(f"{path.name}: cell: {text}")
    part, table, column, breakdown = match.groups()
    return EvidenceCell(part, table, column, breakdown or "")
