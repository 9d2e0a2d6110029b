"""The years a chart looks back on."""

from pipelines.warehouse import queries
from pipelines.warehouse.connection import Version
from pipelines.warehouse.viewer import Viewer

LOOK_BACK = 12


def until(version: Version, viewer: Viewer, period: str) -> list[str]:
    """This period and those of its kind before it, oldest first, at most twelve."""
    known = queries.periods(version, viewer).sort_values("period")
    kind = known.loc[known["period"] == period, "period_kind"]
    return [code for code in known.loc[known["period_kind"].isin(kind), "period"] if code <= period][-LOOK_BACK:]
