"""The template a reporter starts from: what its last version says and still holds is filled in already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipelines.contract.reference import Period, Reference, cluster_on, in_force, members_on, period_of
from pipelines.contract.shape import Kind, Sheet, Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.problems import NotObliged, Problem, ReportsThroughCluster, UnitEnded, UnitNotBegun, Unknown
from pipelines.submissions.template import template
from pipelines.submissions.template.pages import INFO
from pipelines.texts import EMPTY, day
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer

if TYPE_CHECKING:
    import pandas as pd  # stored rows bring it along

Row = Mapping[str, object]
# What stays true from one year to the next, and what was promised, to be looked at again. Results, counts and ratings
# are new.
_CARRIED: Final[dict[str, tuple[str, ...]]] = {
    "staff": ("person_code", "full_name", "position_group", "job_title", "team"),
    "collectives": ("team_code", "team_name"),
    "targets": ("target_code", "content", "measure_unit", "direction", "planned"),
    "campaigns": (
        "unit_code",
        "campaign_code",
        "campaign_name",
        "campaign_mode",
        "scope",
        "launched_on",
        "reviewed_on",
    ),
    "cluster_members": ("unit_code", "role"),
    "cluster_scores": ("unit_code", "criterion_code", "criterion_name", "score_kind", "max_score"),
    "pledges": ("pledge_code", "content", "unit_code", "target"),
}
_NEW_EACH_TIME: Final = {"year", "period_kind", "prepared_on", "unit_code", "unit_name", "cluster_code", "cluster_name"}
_WHOLE: Final = {"exemplars"}  # an exemplar is repeated every year while it lives, its dates with it
_ENDED: Final = ("left_on", "closed_on")  # rows with such a date are not repeated the next year
_OF_THE_WHOLE_YEAR: Final = frozenset(
    {"rating", "headcount", "achieved", "outcome", "participant_count", "self_score", "cross_score", "final_score"}
    | {"staff_count", "leader_count", "htxsnv_count", "httnv_count", "htnv_count", "khtnv_count", "cxl_count"}
    | {"proposed_count", "awarded_count"}
)


@dataclass(frozen=True)
class Reporter:
    """A unit that reports itself, or a cluster."""

    code: str
    name: str
    form: Workbook


def reporters(reference: Reference, period: str) -> list[Reporter]:
    """Who hands in a workbook for a period: units that report themselves, then clusters with members."""
    row = period_of(reference, period)
    if row is None:
        return []
    units = [u for u in reference.units if in_force(u, row.due_on) and u.obliged and u.reports_by != "cluster"]
    clusters = [
        c for c in reference.clusters if in_force(c, row.due_on) and members_on(reference, c.cluster_code, row.due_on)
    ]
    own = [Reporter(unit.unit_code, unit.name, UNIT_REPORT) for unit in units]
    return own + [Reporter(cluster.cluster_code, cluster.name, CLUSTER_REPORT) for cluster in clusters]


def why_none(reference: Reference, period: Period, code: str) -> Problem:
    """Why there is no template for a unit or cluster: what it is, and who reports instead."""
    rows = sorted((unit for unit in reference.units if unit.unit_code == code), key=lambda unit: unit.valid_from)
    if not rows:
        return Unknown(what="reporter", name=code)
    then = next((unit for unit in rows if in_force(unit, period.due_on)), None)
    facts = {"code": code, "name": (then or rows[-1]).name}
    if then and then.reports_by == "cluster":
        return ReportsThroughCluster(**facts, cluster=cluster_on(reference, code, period.due_on) or EMPTY)
    if then:
        return NotObliged(**facts)
    if rows[0].valid_from > period.due_on:
        return UnitNotBegun(**facts, begins=day(rows[0].valid_from, "vi"))
    heirs = dict.fromkeys(one.new_code for one in reference.unit_lineage if one.old_code == code)
    return UnitEnded(**facts, ended=day(rows[-1].valid_to, "vi"), heirs=", ".join(heirs) or EMPTY)


def unused(path: Path) -> Path:
    """The path, or the first of "name (2)", "name (3)", … that is not there: a workbook somebody has begun is never
    written over.
    """
    names = (path.with_stem(f"{path.stem} ({number})") for number in count(2))
    return next(one for one in chain([path], names) if not one.exists())


def write(
    path: Path,
    reference: Reference,
    reporter: Reporter,
    period: str,
    version: Version | None,
    viewer: Viewer,
    history: bool = False,
    demo: bool = False,
) -> Path:
    """Write the template, filled in from the figures of `version` (None: nothing is stored yet).

    `history`: the short form that brings a year long past in. `demo`: the data folder holds invented reports.
    """
    rows = starting_rows(reference, reporter, period, version, viewer) if version else {}
    return template.write(path, reference, reporter.form, reporter.code, period, rows=rows, history=history, demo=demo)


def starting_rows(
    reference: Reference, reporter: Reporter, period: str, version: Version, viewer: Viewer
) -> dict[str, list[Row]]:
    """Rows by sheet, each from the last workbook that says anything of it.

    Of the same period: everything as sent. Of its first six months: everything but what only the whole year can
    show. Of an earlier year: people still there, teams, targets and pledges without results, campaigns that go on,
    members, exemplars.
    """
    if not viewer.may_see_people:
        return {}  # a list of people without their names could not be sent back
    states = queries.sheet_states(version, viewer, reporter.code)
    told = states[states["state"] != "unknown"]
    content: dict[str, list[Row]] = {}
    if period in set(states["period"]):
        content[INFO] = [_information(reporter, queries.stored_information(version, viewer, reporter.code, period))]
    for sheet in reporter.form.sheets:
        of_sheet = told[told["table_name"] == sheet.table]
        source = _newest(reference, of_sheet["period"], period)
        if source == period and "none" in set(of_sheet.loc[of_sheet["period"] == period, "state"]):
            content[sheet.key] = []
        stored = queries.stored_rows(version, viewer, sheet.table, reporter.code, source)
        rows = _still_true(sheet, stored, source, period)
        if "unit_code" in rows:
            rows = rows[rows["unit_code"].isin(["", *_members(reference, reporter, period)]) | rows["unit_code"].isna()]
        plain = _plain(rows)
        if sheet.key == "cluster_members" and plain and source != period:
            plain = _with_new_members(plain, _members(reference, reporter, period))
        if plain:
            content[sheet.key] = plain
    return content


def _information(reporter: Reporter, stored: Mapping[str, str]) -> Row:
    """What stood on `Thông tin`, but for what the template fills in itself and the date, which is new."""
    kept = [
        one for one in reporter.form.info if one.name in stored and one.name not in _NEW_EACH_TIME and not one.locked
    ]
    return {one.name: _day(stored[one.name]) if one.kind is Kind.DATE else stored[one.name] for one in kept}


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _newest(reference: Reference, handed_in: Iterable[str], period: str) -> str:
    """The last period handed in that does not come after the one asked for; "" when there is none."""
    asked = period_of(reference, period)
    rows = [row for row in reference.calendar if row.period in set(handed_in)]
    before = [row for row in rows if asked and row.ends_on <= asked.ends_on]
    return max(before, key=lambda row: (row.ends_on, row.period == period)).period if before else ""


def _still_true(sheet: Sheet, stored: pd.DataFrame, source: str, period: str) -> pd.DataFrame:
    """The stored rows of a sheet, narrowed to the columns that hold for the period asked for; without those that say
    nothing then.
    """
    known = stored[[column.name for column in sheet.columns if column.name in stored]]
    if source == period or sheet.key in _WHOLE:
        return known
    if source[:4] == period[:4]:
        return known[[name for name in known if sheet.key == "awards" or name not in _OF_THE_WHOLE_YEAR]]
    for name in _ENDED:
        if name in known:
            known = known[known[name].isna()]
    return known[[name for name in _CARRIED.get(sheet.key, ()) if name in known]].dropna(how="all")


def _members(reference: Reference, reporter: Reporter, period: str) -> tuple[str, ...]:
    row = period_of(reference, period)
    return members_on(reference, reporter.code, row.due_on) if row else ()


def _with_new_members(rows: list[Row], members: Sequence[str]) -> list[Row]:
    before = {row["unit_code"]: row for row in rows}
    return [before.get(code, {"unit_code": code}) for code in members]


def _plain(rows: pd.DataFrame) -> list[Row]:
    """Plain Python values, None for nothing."""
    values = rows.astype(object)
    return [
        {str(name): value for name, value in row.items()}
        for row in values.where(values.notna(), None).to_dict("records")
    ]
