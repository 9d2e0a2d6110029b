"""Years of a unit written by hand, and what a rule says of one proposal or of the unit."""

from collections.abc import Mapping, Sequence

from pipelines.access import sees_all
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from tests.support.homes.handed_in import Row

ALL = sees_all()
Told = tuple[str, float | None, float | None]  # status, value, limit


def initiative(code: str, to: str, level: str = "CO_SO", **more: object) -> Row:
    """A row of `Sáng kiến`."""
    return {"initiative_code": code, "title": "Sổ tay", "person_code": to, "initiative_level": level, **more}


def year(*staff: Row, **sheets: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    """A year's workbook in which every sheet says something."""
    return {"staff": list(staff), "awards": [], "initiatives": [], "collectives": [], "exemplars": [], **sheets}


def told(version: Version, rule: str, unit: str, period: str, proposal: str = "") -> Told | None:
    """What a rule says of one proposal, or of a unit; None: nothing."""
    rows = queries.rule_results(version, ALL, period, unit, rules=[rule])
    rows = rows[rows["proposal_code"] == proposal]
    if rows.empty:
        return None
    [row] = rows.itertuples()
    value, limit = (None if one != one else one for one in (row.value, row.limit_value))
    return row.status, value, limit
