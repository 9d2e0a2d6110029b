"""What the journal adds up to: which submission counts for each reporter and period, what is closed, what is pinned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from pipelines.records.bodies import (
    Beginning,
    Closing,
    Deletion,
    Explanation,
    Issued,
    Opening,
    Override,
    PersonKey,
    PersonLink,
    PersonUnlink,
    Pin,
    ReceiptBody,
    ReferenceChange,
    Review,
    Withdrawal,
)
from pipelines.records.journal import Event, decides

_WITHOUT_ROWS = (Pin, Review, Explanation, Beginning, PersonKey)
ACCEPTED = ("accepted", "accepted_with_warnings")


def bears(event: Event) -> bool:
    """Whether an event can change a row of the warehouse: a pin, say, or a file that was there already cannot."""
    body = event.body
    return not isinstance(body, _WITHOUT_ROWS) and not (isinstance(body, ReceiptBody) and body.status == "unchanged")


@dataclass
class Ledger:
    """The journal replayed in order. `follow` takes further events, so a ledger may be kept and brought up to date."""

    seq: int = 0
    receipts: dict[int, ReceiptBody] = field(default_factory=dict)  # receipt_no -> body, in order
    seq_of: dict[int, int] = field(default_factory=dict)  # receipt_no -> seq of its event
    withdrawn: dict[int, int] = field(default_factory=dict)  # receipt_no -> seq of its withdrawal
    closed: dict[str, str] = field(default_factory=dict)  # period -> pinned version
    pins: dict[str, str] = field(default_factory=dict)  # name -> version
    kept_versions: set[str] = field(default_factory=set)  # pinned by name or by a close, even if reopened since
    issued: dict[str, list[tuple[str, Issued]]] = field(default_factory=dict)  # unit -> (period, code given), in order
    codes_given: set[str] = field(default_factory=set)  # every one of them
    links: dict[int, PersonLink] = field(
        default_factory=dict
    )  # journal number -> link of persons that was not taken back
    overridden: set[int] = field(default_factory=set)  # receipt_no whose warnings somebody has looked at
    notes: list[Event] = field(default_factory=list)  # of reviews and explanations, in order
    deleted: dict[str, list[int]] = field(default_factory=dict)  # sha256 of bytes that are gone -> their receipts
    reference_digest: str = ""
    work: str = ""  # what the data folder is for (`journal.decides`), "" as long as nothing said so
    _versions: dict[str, dict[str, list[int]]] = field(
        default_factory=dict
    )  # reporter -> period -> receipt_no, oldest first
    _by_bytes: dict[str, list[ReceiptBody]] = field(default_factory=dict)  # sha256 -> accepted receipts
    _not_accepted: dict[str, list[ReceiptBody]] = field(default_factory=dict)  # sha256 -> other receipts

    def follow(self, events: Iterable[Event]) -> "Ledger":
        """Apply events in order."""
        for event in events:
            self.seq = event.seq
            self.work = self.work or decides(event.body)
            self._apply(event)
        return self

    def current(self, reporter: str, period: str) -> ReceiptBody | None:
        """The newest accepted version not withdrawn, or None."""
        numbers = reversed(self._versions.get(reporter, {}).get(period, []))
        return next((self.receipts[number] for number in numbers if number not in self.withdrawn), None)

    def spans(self) -> Iterator[tuple[int, int, int | None]]:
        """(receipt_no, seq, seq): from which event of the journal on a receipt counted, and from which on no more
        (None: it does).
        """
        for periods in self._versions.values():
            for numbers in periods.values():
                yield from self._spans_of(numbers)

    def _spans_of(self, numbers: list[int]) -> Iterator[tuple[int, int, int | None]]:
        """Those of the versions of one period of one reporter."""
        turns = sorted(
            {*(self.seq_of[n] for n in numbers), *(self.withdrawn[n] for n in numbers if n in self.withdrawn)}
        )
        ends: list[int | None] = [*turns[1:], None]
        for start, end in zip(turns, ends, strict=True):
            there = (n for n in numbers if self.seq_of[n] <= start < self.withdrawn.get(n, start + 1))
            if number := max(there, default=0):
                yield number, start, end

    def all_current(self, reporters: Iterable[str] | None = None) -> list[ReceiptBody]:
        """The current version of every period of some reporters (default: all), in order of receipt."""
        wanted = self._versions if reporters is None else [code for code in reporters if code in self._versions]
        bodies = (self.current(code, period) for code in wanted for period in self._versions[code])
        return sorted((body for body in bodies if body), key=lambda body: body.receipt_no)

    def counts(self, body: ReceiptBody) -> bool:
        """Whether a receipt is the one that counts for its reporter and period."""
        return self.current(body.reporter, body.period) is body

    def since(self, seq: int) -> Iterator[ReceiptBody]:
        """Receipts entered after a number of the journal, newest first."""
        return takewhile(lambda body: self.seq_of[body.receipt_no] > seq, reversed(self.receipts.values()))

    def touched_since(self, seq: int) -> set[tuple[str, str]]:
        """Reporter and period of every version entered or withdrawn after a number of the journal."""
        late = takewhile(lambda one: one[1] > seq, reversed(self.withdrawn.items()))
        bodies = (*self.since(seq), *(self.receipts[number] for number, _ in late))
        return {(body.reporter, body.period) for body in bodies if body.status in ACCEPTED}

    def current_with(self, sha256: str) -> ReceiptBody | None:
        """The current version made of these very bytes, or None."""
        places = {(body.reporter, body.period) for body in self._by_bytes.get(sha256, ())}
        found = (self.current(*place) for place in places)
        return next((body for body in found if body and body.sha256 == sha256), None)

    def newest_with(self, sha256: str, reporter: str, period: str) -> ReceiptBody | None:
        """The newest version of a reporter and period made of these very bytes, whether it counts or not; or None."""
        bodies = reversed(self._by_bytes.get(sha256, ()))
        return next((body for body in bodies if (body.reporter, body.period) == (reporter, period)), None)

    def outlived(self, now: datetime) -> list[str]:
        """SHA-256 of bytes never accepted whose time is over and that are not deleted yet."""
        return [sha for sha in self._not_accepted if self.has_outlived(sha, now)]

    def has_outlived(self, sha: str, now: datetime) -> bool:
        """Whether bytes are among these."""
        is_open = sha in self._not_accepted and sha not in self._by_bytes and sha not in self.deleted
        return is_open and all(_is_over(body, now) for body in self._not_accepted[sha])

    def next_receipt_no(self) -> int:
        """One more than the highest number given so far."""
        return next(reversed(self.receipts), 0) + 1

    def next_version(self, reporter: str, period: str) -> int:
        """Version number the next accepted workbook gets; a withdrawn number is not given again."""
        return len(self._versions.get(reporter, {}).get(period, [])) + 1

    def _apply(self, event: Event) -> None:
        match event.body:
            case ReceiptBody() as receipt:
                self._receive(receipt, event.seq)
            case Withdrawal(receipt_no):
                self.withdrawn[receipt_no] = event.seq
            case Closing(period, version):
                self.closed[period] = version
                self.kept_versions.add(version)
            case Opening(period):
                self.closed.pop(period, None)
            case Pin(name, version):
                self.pins[name] = version
                self.kept_versions.add(version)
            case Override(receipt_no):
                self.overridden.add(receipt_no)
            case Deletion(sha256):
                self.deleted[sha256] = [receipt.receipt_no for receipt in self._not_accepted.get(sha256, ())]
            case PersonLink() as link:
                self.links[event.seq] = link
            case PersonUnlink(link_no):
                self.links.pop(link_no, None)
            case Review() | Explanation():
                self.notes.append(event)
            case ReferenceChange(digest):
                self.reference_digest = digest

    def _receive(self, receipt: ReceiptBody, seq: int) -> None:
        number = receipt.receipt_no
        self.receipts[number], self.seq_of[number] = receipt, seq
        self.issued.setdefault(receipt.unit_code, []).extend((receipt.period, code) for code in receipt.issued)
        self.codes_given.update(code.person_code for code in receipt.issued)
        if receipt.status in ACCEPTED:
            self._versions.setdefault(receipt.reporter, {}).setdefault(receipt.period, []).append(number)
            self._by_bytes.setdefault(receipt.sha256, []).append(receipt)
        else:
            self._not_accepted.setdefault(receipt.sha256, []).append(receipt)
        self.deleted.pop(receipt.sha256, None)  # the same bytes came again


def _is_over(receipt: ReceiptBody, now: datetime) -> bool:
    return receipt.delete_after is not None and receipt.delete_after < now
