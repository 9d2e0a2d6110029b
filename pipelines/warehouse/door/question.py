"""What is asked of one metric: the address that goes through the reading door, charts and evidence as one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self

Organisation = Literal["then", "now"]
THEN: Final = "then"  # units as they were in each period
NOW: Final = "now"  # the units of the newest period


@dataclass(frozen=True)
class Question:
    """One metric in one period, by name, so that no two of its parts can be mistaken for each other.

    `peer_group` "": every one of them. `breakdown` "": the metric is not broken down, or in evidence the rows of
    every kind; "A|B": those of some kinds. `stratum`: a position group, "" for everybody. `unit`: a unit, or a group
    whose units are meant. `period` of evidence may name several: "2024|2025".
    """

    metric: str
    period: str
    peer_group: str = ""
    breakdown: str = ""
    stratum: str = ""
    unit: str = ""
    organisation: Organisation = THEN

    @classmethod
    def of_point(cls, point: Sequence[str | None], organisation: Organisation = THEN) -> Self:
        """What a point on a chart stands for: (metric, unit, period, breakdown, stratum), as `charts` writes it."""
        metric, unit, period, breakdown, stratum = (part or "" for part in (*point, "", "")[:5])
        return cls(metric, period, breakdown=breakdown, stratum=stratum, unit=unit, organisation=organisation)
