"""Check, accept, receive. Accepting is archive + journal + receipt and never waits for a build."""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING

from pipelines.contract import reference as lists
from pipelines.desk import retention
from pipelines.desk.arrived import Arrived
from pipelines.desk.known import Memory
from pipelines.desk.owed import Owed
from pipelines.desk.receipts import (
    ACCEPTED,
    LATER,
    REFUSED,
    UNCHANGED,
    Before,
    Checked,
    Copy,
    Receipt,
    body_of,
    recalled,
    status_of,
)
from pipelines.locks import WRITE_LOCK, OnWait, held
from pipelines.platform import make_folder, write_whole
from pipelines.problems import ArchiveDamaged, NotPermitted, Problem
from pipelines.records.actor import PROGRAM, Actor
from pipelines.records.archive import Archive
from pipelines.records.bodies import DEMO, ReceiptBody, ReferenceChange
from pipelines.records.inbox import MAX_FILE, Incoming
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger, bears
from pipelines.records.parsed import Parsed, refused
from pipelines.settings import Home
from pipelines.submissions.checks.known import check_stored, codes_for
from pipelines.submissions.copy import annotate
from pipelines.submissions.copy.annotate import REPORT
from pipelines.submissions.file_names import listed, marked, readable
from pipelines.submissions.issuing import filled_in
from pipelines.submissions.origin import is_of_a_demo
from pipelines.submissions.rows import parsed_of
from pipelines.submissions.workers.worker import Readers
from pipelines.warehouse.building.moment import day_in_vietnam
from pipelines.warehouse.building.trust import trusted
from pipelines.warehouse.viewer import PROGRAM as THE_PROGRAM
from pipelines.warehouse.viewer import Viewer

if TYPE_CHECKING:
    import pandas as pd  # for who asks what would change

_OWED_AT_ONCE = 3  # copies of others made while somebody waits for a receipt
_log = logging.getLogger("pipelines")


class Desk:
    """The desk of one data folder. Threads may share it; close it, or use it as a context manager."""

    def __init__(self, home: Home, readers: Readers | None = None, on_wait: OnWait = None) -> None:
        self.home = home
        self.readers = readers or Readers()
        self._archive, self._journal = Archive(home), Journal(home.journal)
        self._journal.begin()
        self._memory, self._owed = Memory(home, self._archive), Owed(home)
        self._ledger, self._thinking = Ledger(), RLock()  # the ledger grows: one thread looks at it at a time
        self._on_wait = on_wait

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the reading processes."""
        self.readers.close()

    def check(
        self, data: bytes, file_name: str, viewer: Viewer, received_on: date | None = None, synthetic: bool = False
    ) -> Checked:
        """Everything that receiving would say. Nothing is kept.

        `synthetic`: of a demo, even if the workbook does not say so.

        `NotPermitted`: a report of a unit or cluster the viewer does not see, whose stored rows it is held against.
        """
        file_name = readable(file_name)
        parsed = self.readers.parse(data[: MAX_FILE + 1], file_name, self.home.reference)  # enough to refuse it
        if parsed.form:
            _must_see(viewer, _reporter(parsed))
        return self._judged(data, file_name, parsed, received_on or day_in_vietnam(datetime.now(UTC)), synthetic)

    def changes(self, checked: Checked, viewer: Viewer) -> pd.DataFrame:
        """What accepting would change against the version that counts now (`submissions.changes.COLUMNS`).

        `NotPermitted`.
        """
        _must_see(viewer, _reporter(checked.parsed))
        with self._thinking:
            before = self._followed().current(_reporter(checked.parsed), checked.parsed.period)
        old = parsed_of(self._archive, before.sha256, before.reference_digest) if before else None
        if before and old:
            old = filled_in(old, before.issued)
        from pipelines.submissions.changes import changes

        return changes(old, filled_in(checked.parsed, checked.issued))

    def accept(
        self, checked: Checked, actor: Actor, *, received_at: datetime | None = None, sender: str = ""
    ) -> Receipt:
        """Keep the bytes, enter the receipt, whatever its status; on return both are on the disk.

        Nothing is entered into a journal that is not `trusted`. Checked again first if anything was decided or a list
        changed since. `received_at` is for demonstration data only. Once a day what was not accepted and has
        outlived its time is deleted afterwards.
        """
        at = received_at or datetime.now(UTC)
        checked, number = self._entered(checked, actor, at, sender)
        receipt = Receipt(checked, number, at, *self._hand_back(checked, number))
        self.hand_back_owed(_OWED_AT_ONCE)
        if not checked.synthetic:
            retention.sweep_daily(self.home, at, self._on_wait)
        return receipt

    def receive(self, files: Iterable[Incoming], actor: Actor) -> Iterator[Receipt]:
        """Archive, read, accept or return each file, in their order; all readers are busy, a few files are held at a
        time.

        Copies are made beside what follows: the receipts of a few files are entered before that of an earlier one is
        handed out.
        """
        self.hand_back_owed()
        most, made, last = 2 * self.readers.processes, deque[Future[Receipt]](), None
        with ThreadPoolExecutor(self.readers.processes) as pool:
            for one, checked in self._each_judged(files):
                at = one.received_at or datetime.now(UTC)
                last = last if checked.synthetic else at
                made.append(pool.submit(self._handed_back, *self._entered(checked, actor, at), at))
                while made and (len(made) > most or made[0].done()):
                    yield made.popleft().result()
            for future in made:
                yield future.result()
        if last:
            retention.sweep_daily(self.home, last, self._on_wait)

    def hand_back_owed(self, most: int | None = None) -> None:
        """Make the copies that could not be made when their receipts were entered; the first that fails
        again ends it.
        """
        for number in islice(self._owed.open(), most):
            with self._thinking:
                body = self._followed().receipts.get(number)
            try:
                if body and self._is_due(checked := self._recalled(body)):
                    if not self._hand_back(checked, number)[0]:
                        return
                else:
                    self._owed.strike(number)
            except ArchiveDamaged:  # deleted since: its time is over
                self._owed.strike(number)

    def _each_judged(self, files: Iterable[Incoming]) -> Iterator[tuple[Incoming, Checked]]:
        """Each file archived, read by whichever worker is free, and judged by what is known when its turn comes."""
        waiting: deque[Arrived] = deque()

        def arriving() -> Iterator[tuple[str, Callable[[], bytes]]]:
            for one in files:
                waiting.append(Arrived(one, self._archive))
                yield readable(one.path.name), waiting[-1].data

        for name, parsed in self.readers.parse_many(arriving(), self.home.reference):
            arrived = waiting.popleft()
            one, data = arrived.incoming, arrived.data()
            if arrived.has_changed:
                parsed = self.readers.parse(data, name, self.home.reference)
            at = one.received_at or datetime.now(UTC)
            yield one, self._judged(data, name, parsed, day_in_vietnam(at), one.synthetic)

    def annotated(self, checked: Checked, lang: str = "vi") -> Copy:
        """The annotated copy, made by a worker; of a file that is refused or none of our forms the list of what is
        wrong alone.
        """
        findings = checked.findings
        is_ours = checked.status != REFUSED and checked.parsed.form
        made = (
            self.readers.copy(checked.data, findings, checked.codes, lang)
            if is_ours
            else annotate.report(findings, lang)
        )
        name_of = listed if made.way == REPORT else marked
        return Copy(name_of(checked.file_name, lang), made.data, made.way)

    def _followed(self) -> Ledger:
        """The ledger brought up to date; for threads that hold `_thinking`."""
        return self._ledger.follow(self._journal.events(after=self._ledger.seq))

    def _judged(self, data: bytes, file_name: str, parsed: Parsed, on: date, synthetic: bool) -> Checked:
        sha, reference = hashlib.sha256(data).hexdigest(), self._archive.checked(self.home.reference)
        synthetic = synthetic or bool(parsed.form and is_of_a_demo(data))
        with self._thinking:
            ledger = self._followed()
            work = self.home.work_by(ledger.work)
            if parsed.form and work and synthetic != (work == DEMO):
                parsed = refused("file.of_a_demo" if synthetic else "file.not_of_a_demo", parsed.reference_digest)
            known = self._memory.known(parsed, reference, ledger)
            issued = codes_for(parsed, reference, known)
            stored = check_stored(parsed, reference, known, on, issued)
            status, place = status_of((*parsed.findings, *stored)), (_reporter(parsed), parsed.period)
            found = Checked(
                data, file_name, sha, parsed, stored, status, None, None, ledger.seq, issued, synthetic=synthetic
            )
            if status != REFUSED and (same := _before(ledger.current_with(sha))):
                return replace(found, status=UNCHANGED, version=same.version, earlier=same.receipt_no)
            if not found.is_accepted:
                return found
            again, replaces = _before(ledger.newest_with(sha, *place)), _before(ledger.current(*place))
            return replace(found, version=ledger.next_version(*place), again=again, replaces=replaces)

    def _afresh(self, checked: Checked, on: date) -> Checked:
        """The same file judged by what is known now; the lock is held, so it stays so."""
        parsed = checked.parsed
        if parsed.form and lists.digest(self.home.reference) != parsed.reference_digest:
            return self.check(checked.data, checked.file_name, THE_PROGRAM, on, checked.synthetic)
        if any(bears(event) for event in self._journal.events(after=checked.seq)):
            return self._judged(checked.data, checked.file_name, parsed, on, checked.synthetic)
        return checked

    def _entered(self, checked: Checked, actor: Actor, at: datetime, sender: str = "") -> tuple[Checked, int]:
        """Keep the bytes and enter the receipt: what was decided, and its number."""
        if len(checked.data) <= MAX_FILE:
            self._archive.put(checked.data, checked.file_name)
        with held(self.home.root / WRITE_LOCK, "lock.write", on_wait=self._on_wait):
            trusted(self.home)
            if len(checked.data) <= MAX_FILE and not self._archive.keeps(checked.sha256):
                self._archive.put(
                    checked.data, checked.file_name
                )  # deleted meanwhile: returned long ago, and sent again
            checked = self._afresh(checked, day_in_vietnam(at))
            return checked, self._enter(checked, actor, at, sender)

    def _enter(self, checked: Checked, actor: Actor, at: datetime, sender: str) -> int:
        """Journal the receipt; its number. The lock is held."""
        digest = self._archive.put_reference(self.home.reference)
        if checked.status not in (REFUSED, UNCHANGED):
            self._archive.put_parsed(checked.sha256, checked.parsed)
        with self._thinking:
            ledger = self._followed()
            if checked.is_accepted:
                self._memory.keep(checked.sha256, checked.parsed)
            if digest != ledger.reference_digest:
                self._journal.append(ReferenceChange(digest), PROGRAM, at)
            number = ledger.next_receipt_no()
            if checked.status != UNCHANGED and self._is_due(checked):
                self._owed.note(number)
            self._journal.append(body_of(checked, number, at, sender), actor, at)
        return number

    def _is_due(self, checked: Checked) -> bool:
        """Whether the clerk gets a copy: there is something to see in it, and that of an earlier receipt does not lie
        there.
        """
        if not checked.issued and status_of(checked.findings) == ACCEPTED:
            return False
        if not checked.earlier:
            return True
        return not any(self.home.returned.glob(f"{checked.earlier:06d} *.xls?"))  # by whatever name

    def _name_of(self, receipt_no: int) -> str:
        with self._thinking:
            return self._followed().receipts[receipt_no].file_name

    def _handed_back(self, checked: Checked, number: int, at: datetime) -> Receipt:
        return Receipt(checked, number, at, *self._hand_back(checked, number))

    def _hand_back(self, checked: Checked, number: int) -> tuple[Path | None, str]:
        """The copy for the clerk. The receipt stands: what goes wrong here is made good later."""
        if not self._is_due(checked):
            return None, ""
        if checked.earlier:
            number, checked = checked.earlier, replace(checked, file_name=self._name_of(checked.earlier))
        try:
            made = self.annotated(checked)
            copy = self.home.returned / f"{number:06d} {made.name}"
            make_folder(self.home.returned)
            write_whole(copy, made.data)  # a clerk finds a whole workbook or none
        except (OSError, Problem) as error:
            _log.warning("copy of receipt %s not made", number, exc_info=error)
            self._owed.failed(number)
            return None, LATER
        self._owed.strike(number)
        return copy, made.way

    def _recalled(self, body: ReceiptBody) -> Checked:
        """A receipt's file as it was looked at; `ArchiveDamaged` when its bytes are gone."""
        kept, refused = body.size <= MAX_FILE, body.status == REFUSED
        data = self._archive.bytes_of(body.sha256) if kept else b""
        return recalled(body, data, None if refused else parsed_of(self._archive, body.sha256, body.reference_digest))


def _before(body: ReceiptBody | None) -> Before | None:
    return Before(body.receipt_no, body.version or 0) if body else None


def _reporter(parsed: Parsed) -> str:
    return parsed.cluster_code or parsed.unit_code


def _must_see(viewer: Viewer, reporter: str) -> None:
    if reporter and not viewer.sees(reporter):
        raise NotPermitted(reporter=reporter)
