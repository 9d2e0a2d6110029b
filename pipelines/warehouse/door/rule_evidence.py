"""What a condition of an award was counted from: the ratings, awards and initiatives of its years, each
with its cell.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pipelines.contract.rules import span
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door.rule_results import rule_results
from pipelines.warehouse.viewer import Viewer

_COLUMNS = [
    "year",
    "unit_code",
    "code",
    "name",
    "result",
    "file_name",
    "sheet",
    "cell",
    "written",
    "submission_id",
    "excel_row",
]
# as the rules compare words
FOLDED = "trim(regexp_replace(replace(strip_accents(lower({})), 'đ', 'd'), '[^a-z0-9]+', ' ', 'g'))"
_RATING = FOLDED.format("split_part(o.raw, '|', 1)")
# Ratings, awards and initiatives of people and collectives: what a rule asks for. item: told again, it is the same one;
# happened: its year.
HELD = f"""held AS (
    SELECT s.person_key AS holder, s.period, s.unit_code, s.rating AS code, NULL AS award_kind, NULL AS result,
        'rating' AS item,
           s.period AS happened, 'rating' AS column_name, s.submission_id, s.sheet, s.excel_row
    FROM staff s
    JOIN reporting r ON r.submission_id = s.submission_id AND r.unit_code = s.unit_code
    WHERE s.is_home
    UNION ALL
    SELECT c.unit_code || '/' || c.team_code, c.period, c.unit_code, c.rating, NULL, NULL, 'rating', c.period,
           'rating', c.submission_id, c.sheet, c.excel_row
    FROM collectives c
    WHERE c.team_code <> c.unit_code
    UNION ALL
    -- The unit itself as a collective is rated in `Thông tin`.
    SELECT r.unit_code || '/' || r.unit_code, r.period, r.unit_code, v.code, NULL, NULL, 'rating', r.period,
           o.column_name, o.submission_id, o.sheet, o.excel_row
    FROM reporting r
    JOIN cells o ON o.submission_id = r.submission_id AND o.table_name = 'info' AND o.column_name = 'collective_rating'
    JOIN vocabulary v ON v.vocabulary = 'rating' AND {_RATING} IN ({FOLDED.format("v.code")},
        {FOLDED.format("v.label")})
    WHERE r.route = 'own'
    UNION ALL
    SELECT coalesce(a.person_key, a.unit_code || '/' || a.team_code), a.award_period, a.unit_code, a.award,
        a.award_kind, a.result,
           a.award, a.award_period, 'award', a.submission_id, a.sheet, a.excel_row
    FROM awards a
    WHERE a.is_effective AND a.result IN ('DA_KHEN', 'DE_NGHI')
    UNION ALL
    SELECT i.person_key, i.period, i.unit_code, i.initiative_level, NULL, NULL,
           concat_ws('/', i.unit_code, i.initiative_code, coalesce(CAST(i.recognised_on AS VARCHAR), i.period)),
           coalesce(CAST(year(i.recognised_on) AS VARCHAR), i.period),
           CASE WHEN CAST(year(i.recognised_on) AS VARCHAR) <> i.period THEN 'recognised_on'
               ELSE 'initiative_level' END, i.submission_id, i.sheet, i.excel_row
    FROM initiatives i
)"""
_HELD = f"""
WITH judged AS (
    SELECT coalesce(a.person_key, a.unit_code || '/' || a.team_code) AS holder, p.year
    FROM awards a JOIN periods p ON p.period = a.award_period
    WHERE a.submission_id = $submission AND a.sheet = $sheet AND a.excel_row = $row
),
{HELD}
SELECT TRY_CAST(h.period AS INTEGER) AS year, h.unit_code, h.code, coalesce(n.name, v.label) AS name, h.result,
    s.file_name, h.sheet,
       c.column_letter || c.excel_row AS cell, c.raw AS written, h.submission_id, h.excel_row
FROM held h
JOIN judged j ON j.holder = h.holder AND TRY_CAST(h.period AS INTEGER) BETWEEN j.year + $first AND j.year + $last
JOIN submissions s ON s.submission_id = h.submission_id
LEFT JOIN (SELECT award, any_value(name) AS name FROM award_catalogue GROUP BY award) n ON n.award = h.code
LEFT JOIN vocabulary v ON v.vocabulary IN ('rating', 'initiative_level') AND v.code = h.code
LEFT JOIN cells c ON c.submission_id = h.submission_id AND c.sheet = h.sheet AND c.excel_row = h.excel_row
 AND c.column_name = h.column_name
WHERE list_contains($codes, h.code) AND NOT list_contains($left_out, coalesce(h.award_kind, '-'))
  AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], h.unit_code))
ORDER BY year, h.code, h.submission_id, h.sheet, h.excel_row
"""
_CONDITIONS = """
SELECT years, base, not_counted FROM rules WHERE rule_id = $rule AND valid_from = $valid_from ORDER BY condition
"""


def rule_evidence(
    version: Version,
    viewer: Viewer,
    rule: str,
    unit: str,
    period: str,
    proposal: str,
    place: tuple[int, str, int] | None = None,
) -> pd.DataFrame:
    """What was found in the years of a prerequisite for one proposal, over all its conditions, the earliest year first.

    place: (submission_id, sheet, excel_row) of the proposal. The unit that came after may have used its code for
    somebody else: without a place, all who were proposed under the code.

    [year, unit_code, code (rating, award, level of an initiative), name, result (of an award: DE_NGHI does not count
    yet), file_name, sheet, cell, written, submission_id, excel_row]. Empty where nothing was found, and for every
    other kind of rule. Years of which nothing is known leave no row.
    """
    told = rule_results(version, viewer, period, unit, proposal, [rule])
    told = told[told["kind"] == "prerequisite"]
    found = [
        held
        for row in told.itertuples()
        if place in (None, (row.submission_id, row.sheet, row.excel_row))
        for held in _held(version, viewer, rule, row)
    ]
    if not found:
        return pd.DataFrame(columns=_COLUMNS)
    return pd.concat(found).drop_duplicates().sort_values(["year", "code"], kind="stable", ignore_index=True)


def _held(version: Version, viewer: Viewer, rule: str, row: Any) -> Iterator[pd.DataFrame]:
    """For each condition of the row of a rule what was found for one result of it."""
    place = {"submission": int(row.submission_id), "sheet": row.sheet, "row": int(row.excel_row)}
    for one in frame(version, viewer, _CONDITIONS, {"rule": rule, "valid_from": row.valid_from}).itertuples():
        first, last = span(one.years)
        wanted = {"first": first, "last": last, "codes": one.base.split("|"), "left_out": one.not_counted.split("|")}
        yield frame(version, viewer, _HELD, place | wanted | viewer.places)
