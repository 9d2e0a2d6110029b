"""What was known at a moment: the journal up to it, what counts by it, and the lists in force."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from pipelines.confirmations import is_the_demos
from pipelines.contract.reference import Period, Reference, code_scope
from pipelines.contract.rules import Rule
from pipelines.records.archive import Archive
from pipelines.records.bodies import REAL, Closing, ReceiptBody
from pipelines.records.journal import Event
from pipelines.records.ledger import Ledger, bears
from pipelines.texts import in_vietnam


@dataclass(frozen=True)
class Moment:
    """`seq`, `seal`: number and hash of the last event. `known_on`: day of the last
    event that bears on a row (or the day asked for). `closed_seq`: period -> journal number."""

    seq: int
    known_on: date
    as_of: datetime | None
    ledger: Ledger
    reference: Reference
    seal: str = ""
    closed_seq: dict[str, int] = field(default_factory=dict)

    @cached_property
    def counting(self) -> list[ReceiptBody]:
        """Receipts that count, by unit and period the newest accepted."""
        return self.ledger.all_current()

    @cached_property
    def spans(self) -> list[tuple[int, int, int | None]]:
        """When each receipt counted (`Ledger.spans`); nobody asks as long as no period is closed."""
        return list(self.ledger.spans()) if self.ledger.closed else []

    @cached_property
    def held(self) -> dict[int, tuple[str, ...]]:
        """Receipts that counted when a year was closed and no longer do -> the years they may have told of then.

        A closed year keeps what it counted, also when a later workbook that spoke of it is corrected or withdrawn.
        """
        there = {body.receipt_no for body in self.counting}
        told: dict[int, set[str]] = {}
        for number, start, end in self.spans:
            own = self.ledger.receipts[number].period
            if number not in there and own.isdigit():  # a six-month workbook bears on no year
                closed = {
                    p
                    for p in self.ledger.closed
                    if start <= self.closed_seq[p] and not (end and end <= self.closed_seq[p])
                }
                told.setdefault(number, set()).update(closed - {own})
        return {number: tuple(sorted(periods)) for number, periods in sorted(told.items()) if periods}

    @cached_property
    def loaded(self) -> list[ReceiptBody]:
        """Receipts whose rows are in the warehouse: those that count, and of the `held` those about closed years."""
        return [*self.counting, *(self.ledger.receipts[number] for number in self.held)]

    def periods(self) -> list[Period]:
        """Year periods that opened, from the first with a submission on; six-month ones only if something
        was accepted.
        """
        accepted = {body.period for body in self.counting}
        years = [row.year for row in self.reference.calendar if row.period in accepted]
        if not self.ledger.receipts:
            return []
        first = min(years, default=self.known_on.year)
        later = [row for row in self.reference.calendar if row.year >= first]
        return [row for row in later if row.period in accepted or _has_opened(row, self.known_on)]

    def code_scope(self, body: ReceiptBody) -> str:
        """Within which staff codes of a receipt's workbook mean one person."""
        return code_scope(self.reference, body.unit_code, body.period)


def known_at(events: Iterable[Event], archive: Archive, own: Reference, as_of: datetime | None) -> Moment:
    """Replay the journal up to `as_of` (all of it when None). `own`: the lists to use while none is journalled."""
    told = [event for event in events if as_of is None or event.at <= as_of]
    ledger = Ledger().follow(told)
    digest = ledger.reference_digest or _newest_digest(ledger)
    reference = archive.reference(digest) if digest else own
    if ledger.work == REAL:
        reference = replace(reference, rules=tuple(_by_an_office(rule) for rule in reference.rules))
    bearing = (event.at for event in reversed(told) if bears(event))
    last = as_of or next(bearing, datetime(1970, 1, 1, tzinfo=UTC))
    return Moment(
        seq=told[-1].seq if told else 0,
        known_on=day_in_vietnam(last),
        as_of=as_of,
        ledger=ledger,
        reference=reference,
        seal=told[-1].hash if told else "",
        closed_seq={e.body.period: e.seq for e in told if isinstance(e.body, Closing)},
    )


def _by_an_office(rule: Rule) -> Rule:
    """A rule the demo has confirmed is one nobody has confirmed, where real work is done."""
    return replace(rule, confirmed_by="", confirmed_on=None) if is_the_demos(rule.confirmed_by) else rule


def period_rows(moment: Moment) -> list[tuple[Any, ...]]:
    """Rows of the table `periods`."""
    ledger = moment.ledger
    return [
        (
            *(row.period, row.period_kind, row.year, row.starts_on, row.ends_on, row.opens_on, row.due_on),
            row.period in ledger.closed,
            moment.closed_seq[row.period] if row.period in ledger.closed else None,
            ledger.closed.get(row.period),
        )
        for row in moment.periods()
    ]


def day_in_vietnam(at: datetime) -> date:
    """The day of an instant, in Vietnam."""
    return in_vietnam(at).date()


def _has_opened(period: Period, on: date) -> bool:
    return period.period_kind == "year" and period.opens_on <= on


def _newest_digest(ledger: Ledger) -> str:
    digests = [body.reference_digest for body in ledger.receipts.values() if body.reference_digest]
    return str(digests[-1]) if digests else ""
