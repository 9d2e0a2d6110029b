"""The only reading door. Pages, reports, downloads and notebooks call these and nothing below them.

Every function takes the version that is open and who is looking: `(version, viewer, …)`. Frames come sorted; a
viewer of some units sees their rows only, plus the totals of all, of peer groups, of clusters and of the provinces
of those units. Without the right to see people a key stands for every name, and texts about people are empty.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.warehouse.door.award_history import award_history
    from pipelines.warehouse.door.council import council_list, judged_years, signals
    from pipelines.warehouse.door.definitions import cells, metrics, offered, statements, volume
    from pipelines.warehouse.door.evidence import evidence, source_cells, source_row
    from pipelines.warehouse.door.exemplars import exemplars
    from pipelines.warehouse.door.figures import (
        Freshness,
        award_catalogue,
        freshness,
        groups,
        metric,
        periods,
        rules,
        units,
    )
    from pipelines.warehouse.door.question import Question
    from pipelines.warehouse.door.reporting import board, findings, knows
    from pipelines.warehouse.door.rule_cells import rule_cells
    from pipelines.warehouse.door.rule_evidence import rule_evidence
    from pipelines.warehouse.door.rule_results import rule_counts, rule_results, rules_in_force
    from pipelines.warehouse.door.stored import code_places, known_people, sheet_states, stored_information, stored_rows
    from pipelines.warehouse.door.whole import metric_rows, table_names, table_rows

__all__ = [
    "Freshness",
    "Question",
    "award_catalogue",
    "award_history",
    "board",
    "cells",
    "code_places",
    "council_list",
    "evidence",
    "exemplars",
    "findings",
    "freshness",
    "groups",
    "judged_years",
    "known_people",
    "knows",
    "metric",
    "metric_rows",
    "metrics",
    "offered",
    "periods",
    "rule_cells",
    "rule_counts",
    "rule_evidence",
    "rule_results",
    "rules",
    "rules_in_force",
    "sheet_states",
    "signals",
    "source_cells",
    "source_row",
    "statements",
    "stored_information",
    "stored_rows",
    "table_names",
    "table_rows",
    "units",
    "volume",
]

_ROOMS = {
    "award_history": ("award_history",),
    "council": (
        "council_list",
        "judged_years",
        "signals",
    ),
    "definitions": (
        "cells",
        "metrics",
        "offered",
        "statements",
        "volume",
    ),
    "evidence": (
        "evidence",
        "source_cells",
        "source_row",
    ),
    "exemplars": ("exemplars",),
    "figures": (
        "Freshness",
        "award_catalogue",
        "freshness",
        "groups",
        "metric",
        "periods",
        "rules",
        "units",
    ),
    "question": ("Question",),
    "reporting": (
        "board",
        "findings",
        "knows",
    ),
    "rule_cells": ("rule_cells",),
    "rule_evidence": ("rule_evidence",),
    "rule_results": (
        "rule_counts",
        "rule_results",
        "rules_in_force",
    ),
    "stored": (
        "code_places",
        "known_people",
        "sheet_states",
        "stored_information",
        "stored_rows",
    ),
    "whole": (
        "metric_rows",
        "table_names",
        "table_rows",
    ),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """A question's module is imported when it is first asked: some need packages that take a second."""
    if name not in _HOMES:
        raise AttributeError(name)
    found = globals()[name] = getattr(import_module(f"pipelines.warehouse.door.{_HOMES[name]}"), name)
    return found
