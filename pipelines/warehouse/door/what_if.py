"""A ceiling moved: what each unit would be allowed then, from the figures its ceiling has today."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import figures
from pipelines.warehouse.viewer import Viewer

_ROUND: dict[str, Callable[[pd.Series], pd.Series]] = {
    "down": np.floor,
    "up": np.ceil,
    "nearest": lambda exact: np.floor(exact + 0.5),
}
_DIGITS = 6  # 0.15 × 20 is 3, whatever binary fractions say; as the SQL of the ceilings
# Proposals for regular merit not decided yet, each person or collective once an award, at the unit whose ceiling counts
# it.
_PENDING = """
WITH told AS (
    SELECT unit_code, award, person_key AS subject, result FROM home_proposals
    WHERE period = $period AND award_kind = 'THUONG_XUYEN'
    UNION ALL
    SELECT unit_code, award, subject, result FROM unit_proposals
    WHERE period = $period AND award_kind = 'THUONG_XUYEN' AND recipient = 'TAP_THE'
)
SELECT unit_code, count(DISTINCT subject) FILTER (WHERE award = $counted) AS pending,
       count(DISTINCT (award, subject)) FILTER (WHERE list_contains($base::VARCHAR[], award)) AS pending_base
FROM told t
WHERE result = 'DE_NGHI' AND NOT EXISTS (
    SELECT 1 FROM told g
    WHERE g.unit_code = t.unit_code AND g.award = t.award AND g.subject = t.subject AND g.result = 'DA_KHEN')
GROUP BY unit_code
"""


def ceiling_moved(version: Version, viewer: Viewer, period: str, rule_id: str, share: float) -> pd.DataFrame:
    """[unit_code, unit_name, counted, pending, base, allowed_now, allowed_then, over_now, over_then] of the units that
    reported.

    `share` (0–1) instead of the rule's own. counted: awarded or rated already, as `cap_share`; pending: proposals
    not decided yet; base, allowed and over (how many beyond the limit) as if all of them were granted. Most over
    first. Empty where the rule does not hold in the period.
    """
    rules = figures.rules(version, viewer, period)
    told = figures.metric(version, viewer, "cap_share", [period], None, [rule_id])
    told = told[(told["unit_kind"] == "unit") & (told["state"] == "reported")]
    rule = rules[(rules["rule_id"] == rule_id) & (rules["kind"] == "ceiling")]
    rows = told[["unit_code", "unit_name"]].assign(counted=told["numerator"])
    if rule.empty:
        none = dict.fromkeys(("pending", "base", "allowed_now", "allowed_then", "over_now", "over_then"), 0.0)
        return rows.iloc[:0].assign(**none)
    one = rule.iloc[0]
    asked = {"period": period, "counted": one["counted"], "base": one["base"].split("|")}
    open_ones = frame(version, viewer, _PENDING, asked).set_index("unit_code")
    pending, more = (rows["unit_code"].map(open_ones[name]).fillna(0) for name in ("pending", "pending_base"))
    rows = rows.assign(pending=pending, base=told["denominator"] + more)
    for name, value in (("now", float(one["value"])), ("then", share)):
        limit = allowed(rows["base"], value, one["rounding"], bool(one["min_one"]))
        over = (rows["counted"] + pending - limit).clip(lower=0)
        rows = rows.assign(**{f"allowed_{name}": limit, f"over_{name}": over})
    return rows.sort_values(["over_then", "counted"], ascending=False, kind="stable").reset_index(drop=True)


def allowed(base: pd.Series, share: float, rounding: str, min_one: bool) -> pd.Series:
    """How many a ceiling allows of each base, as the SQL that judges; `rounding`: down | up | nearest."""
    limit = _ROUND[rounding]((base * share).round(_DIGITS))
    return limit.clip(lower=1).where(base > 0, 0) if min_one else limit
