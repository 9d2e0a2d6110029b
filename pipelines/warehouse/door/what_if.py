"""A ceiling moved: what each unit would be allowed then, from the figures its ceiling has today."""

import pandas as pd

from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import figures
from pipelines.warehouse.viewer import Viewer

_ALLOWED = """
SELECT allowed($share::DOUBLE, people, $rounding, $min_one) AS allowed
FROM (SELECT unnest($people::DOUBLE[]) AS people, generate_subscripts($people::DOUBLE[], 1) AS place) ORDER BY place
"""
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
        limit = _allowed(version, viewer, rows["base"], value, one)
        over = (rows["counted"] + pending - limit).clip(lower=0)
        rows = rows.assign(**{f"allowed_{name}": limit, f"over_{name}": over})
    return rows.sort_values(["over_then", "counted"], ascending=False, kind="stable").reset_index(drop=True)


def _allowed(version: Version, viewer: Viewer, people: pd.Series, share: float, rule: pd.Series) -> pd.Series:
    """How many the ceiling allows of each base: the version is asked, with the macro it was judged by."""
    asked = {"people": people.tolist(), "rounding": rule["rounding"], "min_one": bool(rule["min_one"])}
    told = frame(version, viewer, _ALLOWED, asked | {"share": share})["allowed"]
    return told.set_axis(people.index)
