"""What people decide about submissions, periods and versions: each decision is one journal entry, made under the lock
of writing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pipelines.contract import reference as lists
from pipelines.locks import WRITE_LOCK, OnWait, held
from pipelines.problems import (
    AlreadyWithdrawn,
    NeverAccepted,
    PeriodClosed,
    PeriodNotClosed,
    PinTaken,
    ReasonMissing,
    Unknown,
)
from pipelines.records.actor import Actor
from pipelines.records.bodies import Closing, Opening, Pin, ReceiptBody, Withdrawal
from pipelines.records.journal import Event, Journal
from pipelines.records.ledger import ACCEPTED, Ledger, bears
from pipelines.settings import Home
from pipelines.warehouse.building.publish import BUILD_LOCK, publish
from pipelines.warehouse.building.trust import trusted
from pipelines.warehouse.building.verify import made_from
from pipelines.warehouse.connection import Version, current
from pipelines.warehouse.connection import version as version_of


class Withdrawn(NamedTuple):
    """A version taken back, and the one that counts now for its reporter and period: their receipts.

    None: none counts.
    """

    taken_back: ReceiptBody
    counts: ReceiptBody | None


def withdraw(home: Home, actor: Actor, receipt_no: int, reason: str, on_wait: OnWait = None) -> Withdrawn:
    """Take an accepted version back; the one before counts again.

    `Unknown`, `AlreadyWithdrawn`, `NeverAccepted`, `PeriodClosed`, `ReasonMissing`.
    """
    reason = given(reason)
    with deciding(home, on_wait) as (journal, ledger):
        body = ledger.receipts.get(receipt_no)
        if body is None:
            raise Unknown(what="receipt", name=receipt_no)
        if body.status not in ACCEPTED:
            raise NeverAccepted(receipt_no=receipt_no)
        if receipt_no in ledger.withdrawn:
            raise AlreadyWithdrawn(receipt_no=receipt_no)
        if body.period in ledger.closed:
            raise PeriodClosed(period=body.period)
        ledger.follow([journal.append(Withdrawal(receipt_no, reason), actor)])
        return Withdrawn(body, ledger.current(body.reporter, body.period))


def close(home: Home, actor: Actor, period: str, on_wait: OnWait = None) -> Version:
    """Close a period; the version that is pinned with it, which knows everything up to here.

    `Unknown`, `PeriodClosed`.
    """
    _must_be_in_calendar(home, period)
    _must_be_open(Ledger().follow(Journal(home.journal).events()), period)
    with deciding_upon_figures(home, on_wait) as (version, journal, ledger):
        _must_be_open(ledger, period)
        journal.append(Closing(period, version.name), actor)
        return version


def open_again(home: Home, actor: Actor, period: str, reason: str, on_wait: OnWait = None) -> Event:
    """Open a closed period; the version pinned then is kept. `Unknown`, `PeriodNotClosed`, `ReasonMissing`."""
    reason = given(reason)
    _must_be_in_calendar(home, period)
    with deciding(home, on_wait) as (journal, ledger):
        if period not in ledger.closed:
            raise PeriodNotClosed(period=period)
        return journal.append(Opening(period, reason), actor)


def pin(home: Home, actor: Actor, name: str, version: str | None = None, on_wait: OnWait = None) -> Version:
    """Keep a version (default: the current one) for ever under a name.

    `Unknown`, `NoCurrentBuild`, `PinTaken`, `ReasonMissing`.
    """
    name = given(name)
    with held(home.root / BUILD_LOCK, "lock.build", on_wait=on_wait):  # nothing is pruned meanwhile
        chosen = version_of(home, version) if version else current(home)
        with deciding(home, on_wait) as (journal, ledger):
            taken = ledger.pins.get(name)
            if taken not in (None, chosen.name):
                raise PinTaken(name=name, version=taken)
            if taken is None:
                journal.append(Pin(name, chosen.name), actor)
        return chosen


@contextmanager
def deciding(home: Home, on_wait: OnWait) -> Iterator[tuple[Journal, Ledger]]:
    """The journal and what it adds up to; nobody else writes meanwhile."""
    with held(home.root / WRITE_LOCK, "lock.write", on_wait=on_wait):
        journal = trusted(home)
        yield journal, Ledger().follow(journal.events())


@contextmanager
def deciding_upon_figures(home: Home, on_wait: OnWait) -> Iterator[tuple[Version, Journal, Ledger]]:
    """The same with a version that knows everything: what was accepted between publishing and the lock is published
    first.
    """
    while True:
        version = publish(home, interval=0, on_wait=on_wait)
        with deciding(home, on_wait) as (journal, ledger):
            if not any(bears(event) for event in journal.events(after=made_from(version).seq)):
                yield version, journal, ledger
                return


def given(text: str) -> str:
    if not text.strip():
        raise ReasonMissing()
    return text.strip()


def _must_be_in_calendar(home: Home, period: str) -> None:
    if lists.period_of(lists.load(home.reference), period) is None:
        raise Unknown(what="period", name=period)


def _must_be_open(ledger: Ledger, period: str) -> None:
    if period in ledger.closed:
        raise PeriodClosed(period=period)
