"""The years a chart looks back on."""

from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons
from pipelines.warehouse.viewer import Viewer

LOOK_BACK = 12


def until(version: Version, viewer: Viewer, period: str) -> list[str]:
    """This period and earlier periods of the same kind, oldest first, at most twelve."""
    return comparisons.same_kind(version, viewer, period)[-LOOK_BACK:]
