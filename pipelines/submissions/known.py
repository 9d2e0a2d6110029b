"""Checks of one workbook against what is already stored. What bears on it comes in as `Known`: no database here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipelines.contract.checks import Finding
from pipelines.contract.reference import Reference, period_of
from pipelines.contract.workbooks import INFO_TITLE
from pipelines.submissions.fold import Problems
from pipelines.submissions.parsed import Parsed


@dataclass(frozen=True)
class Known:
    """What is stored and bears on one workbook.

    `people`: person_code -> full name in the unit's code_scope, from other accepted submissions. `own_counts`: for a
    cluster workbook, unit_code -> {"staff_count": 12, …} from the unit's own workbook of the period.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    closed_periods: frozenset[str] = frozenset()
    own_counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def check_stored(parsed: Parsed, reference: Reference, known: Known, received_on: date) -> tuple[Finding, ...]:
    """Findings that only what is stored can show. To be added to `parsed.findings`."""
    problems = Problems()
    _period(parsed, reference, known, received_on, problems)
    return problems.findings()


def _period(parsed: Parsed, reference: Reference, known: Known, received_on: date, problems: Problems) -> None:
    row = period_of(reference, parsed.period)
    closed = parsed.period in known.closed_periods
    if closed or (row is not None and received_on < row.opens_on):
        problems.add("period.not_open", INFO_TITLE, value=parsed.period, params={"period": parsed.period})
