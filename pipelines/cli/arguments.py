"""What people type at the command line, taken as they mean it: days, periods, units and clusters."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import typer

from pipelines.cli.console import LANG
from pipelines.contract.reference import Reference, in_force
from pipelines.problems import ReporterUnclear
from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.dates import read_date
from pipelines.submissions.values.nearest import nearest
from pipelines.texts import VIETNAM, say

_MOST = 40  # units named when none was meant


def day(text: str) -> date:
    """31/12/2025, 31-12-2025, 31.12.2025 as in the workbooks, or 2025-12-31."""
    value = read_date(text.strip()).value
    if value is None:
        raise typer.BadParameter(say("cli.as_of.wrong", LANG, value=text))
    return date.fromisoformat(value)


def moment(text: str) -> datetime | None:
    """End of a day in Vietnam, or an instant; None for nothing said."""
    if not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        at = datetime.combine(day(text), datetime.min.time())
    if at.time() == datetime.min.time() and "T" not in text.upper() and ":" not in text:
        at += timedelta(days=1, microseconds=-1)
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def period(text: str) -> str:
    """2025 or 2025H1, in whatever letters."""
    return "".join(text.split()).upper()


def reporter(reference: Reference, text: str, offered: Mapping[str, str], on: date) -> str:
    """The code of a unit or cluster given by its code or its name, without accents or in part; `ReporterUnclear` offers
    the list.

    `offered`: code -> name of those who report. A code that reports elsewhere or no longer is a code all the same.
    """
    code = text.strip().upper()
    known = {unit.unit_code: unit.name for unit in reference.units} | {
        c.cluster_code: c.name for c in reference.clusters
    }
    if code in known:
        return code
    today = {unit.unit_code: unit.name for unit in reference.units if in_force(unit, on)} | dict(offered)
    names = {fold(name): code for code, name in today.items()}
    asked = fold(text)
    found = [names[asked]] if asked in names else [code for name, code in names.items() if asked and asked in name]
    if not found and (near := nearest(text, names)):
        found = [near]
    if len(found) == 1:
        return found[0]
    listed = found or list(offered)
    lines = [f"{code} {today[code]}" for code in listed[:_MOST]] + (["…"] if len(listed) > _MOST else [])
    raise ReporterUnclear(name=text.strip(), known="\n  ".join(lines))
