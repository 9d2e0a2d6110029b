"""What may need a look: never a verdict, always with the figure, its n and how often it was so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from pipelines.palette import SMALL_UNIT
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import figures
from pipelines.warehouse.door.evidence import evidence_of_places
from pipelines.warehouse.door.peers import funnel
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.door.reporting import board
from pipelines.warehouse.door.trends import same_kind
from pipelines.warehouse.viewer import Viewer

LOOK_BACK = 3  # years; what was so more often comes first


def unusual_rates(version: Version, viewer: Viewer, question: Question) -> pd.DataFrame:
    """Units, then or now, beyond what chance and the usual difference between their peers explain, in this period.

    Columns of `funnel` points and level (of the peers), times (how many of the last three years on the same side,
    this one included) and years (how many of these it could be judged in); most often first, then farthest. Declare
    the award beforehand: of many awards one is always extreme.
    """
    years = same_kind(version, viewer, question.period)[-LOOK_BACK:]
    judged = [_judged(version, viewer, replace(question, period=year)) for year in years]
    now, every = judged[-1], pd.concat(judged)[["unit_code", "beyond"]]
    counted = now[now["beyond"] != 0]
    counted = counted.merge(every.groupby(["unit_code", "beyond"]).size().rename("times").reset_index(), how="left")
    counted = counted.merge(every.groupby("unit_code").size().rename("years").reset_index(), how="left")
    counted = counted.assign(far=counted["distance"].abs())
    ordered = counted.sort_values(["times", "far"], ascending=False, kind="stable").drop(columns="far")
    return ordered.reset_index(drop=True)


def _judged(version: Version, viewer: Viewer, question: Question) -> pd.DataFrame:
    groups = [question.peer_group] if question.peer_group else _peer_groups(version, viewer, question.period)
    funnels = [funnel(version, viewer, replace(question, peer_group=group)) for group in groups]
    points = pd.concat([found.points.assign(level=found.level) for found in funnels], ignore_index=True)
    return points[points["n"] >= SMALL_UNIT]


def _peer_groups(version: Version, viewer: Viewer, period: str) -> list[str]:
    groups = figures.groups(version, viewer, period)
    return [str(code) for code in groups.loc[groups["kind"] == "peer_group", "code"]]


_WITHOUT = """
WITH years AS (
    SELECT v.unit_code, v.period, sum(v.value) AS found
    FROM metric_values v
    WHERE v.metric = 'exemplar_count' AND v.stratum = '' AND list_contains($periods::VARCHAR[], v.period)
      AND v.state = 'reported'
    GROUP BY v.unit_code, v.period
), run AS (
    SELECT unit_code, count(*) FILTER (WHERE period > last_found) AS years_without
    FROM (SELECT *, coalesce(max(period) FILTER (WHERE found > 0) OVER (PARTITION BY unit_code), '') AS last_found
        FROM years)
    GROUP BY unit_code
)
SELECT r.unit_code, r.unit_name, r.peer_group, r.period, w.years_without
FROM reporting r
JOIN years y ON y.unit_code = r.unit_code AND y.period = r.period AND y.found = 0
JOIN run w ON w.unit_code = r.unit_code
WHERE r.period = $period AND ($units::VARCHAR[] IS NULL OR list_contains($units::VARCHAR[], r.unit_code))
ORDER BY w.years_without DESC, r.unit_order
"""


def without_exemplar(version: Version, viewer: Viewer, period: str) -> pd.DataFrame:
    """[unit_code, unit_name, peer_group, period, years_without]: units that reported no exemplar found in the period.

    years_without counts the reported years up to this one without any, since the last one that had one; most first.
    """
    places = {"period": period, "periods": same_kind(version, viewer, period)}
    return frame(version, viewer, _WITHOUT, places | viewer.places)


def overdue(version: Version, viewer: Viewer, period: str, on: date) -> pd.DataFrame:
    """Rows of the `board` whose workbook is past its date on a day and not accepted yet, the longest overdue first."""
    told = board(version, viewer, period, on)
    late = told[told["status"].isin(["not_submitted", "returned"]) & (told["days_late"] > 0)]
    return late.sort_values("days_late", ascending=False, kind="stable").reset_index(drop=True)


def units_with_exemplar(version: Version, viewer: Viewer, period: str, units: Sequence[str]) -> pd.DataFrame:
    """Of which units something was found in a period, as rows of `evidence` with name: num the exemplars, of each unit
    one row with
    amount 1; den what each unit that tells of exemplars reported."""
    places = [f"{unit}/{period}" for unit in units]
    found = evidence_of_places(version, viewer, "exemplar_count", places)
    found = found.assign(name="num", amount=(~found.duplicated("unit_code")).astype(int))
    told = figures.metric(version, viewer, "exemplar_count", [period], units)
    known = told.loc[told["value"].notna(), "unit_code"]
    reported = evidence_of_places(version, viewer, "submitted_on_time", places)
    reported = reported[(reported["part"] == "den") & reported["unit_code"].isin(known)]
    return pd.concat([found, reported.assign(name="den")], ignore_index=True)
