"""Is everything where it should be?

Packages, journal, archive and warehouse against each other; what a crash left is cleaned.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

import duckdb
from packaging.requirements import Requirement

from pipelines.confirmations import is_the_demos
from pipelines.contract import reference as lists
from pipelines.desk.leftovers import clean
from pipelines.locks import Holder, held
from pipelines.packages import needed
from pipelines.platform import close_to_others, is_open_to_others
from pipelines.problems import (
    FileHeld,
    JournalBroken,
    NoCurrentBuild,
    PersonKeyMissing,
    PersonKeyWrong,
    Problem,
    ReferenceInvalid,
    Unknown,
    VersionUnusable,
    of_machine,
)
from pipelines.records.archive import PARSED, Archive
from pipelines.records.bodies import REAL, PersonKey, ReceiptBody, ReferenceChange
from pipelines.records.journal import Event, Journal
from pipelines.records.ledger import ACCEPTED, Ledger, bears
from pipelines.settings import Home, language
from pipelines.submissions.rows import parsed_of
from pipelines.texts import instant
from pipelines.warehouse.building import seal, verify
from pipelines.warehouse.building.moment import known_at
from pipelines.warehouse.building.persons import secret
from pipelines.warehouse.building.publish import BUILD_LOCK
from pipelines.warehouse.building.trust import trusted
from pipelines.warehouse.connection import Version, current, named
from pipelines.warehouse.connection import version as version_of


@dataclass(frozen=True)
class Told:
    """A fault or a note: the sentence is `doctor.<code>`, what to do about a fault `doctor.<fix>`."""

    code: str
    facts: dict[str, object]

    @property
    def fix(self) -> str:
        shared = {"package_missing": "package", "package_differs": "package"}
        shared |= dict.fromkeys(("journal_broken", "journal_cut", "journal_lost", "journal_replaced"), "journal")
        return f"{shared.get(self.code, self.code)}.fix"


@dataclass(frozen=True)
class Report:
    """Faults need somebody; notes need nobody. `receipts`, `events`: how much the journal holds."""

    faults: tuple[Told, ...]
    notes: tuple[Told, ...]
    receipts: int = 0
    events: int = 0


def examine(
    home: Home, wanted: Iterable[Requirement] | None = None, on_wait: Callable[[Holder], None] | None = None
) -> Report:
    """Look at everything and clean what a crash left. Nothing is published meanwhile; files may still be received.

    `wanted`: the packages that should be here, else all that the program needs.
    """
    with held(home.root / BUILD_LOCK, "lock.build", on_wait=on_wait):
        faults = list(_packages(needed() if wanted is None else wanted))
        journal = Journal(home.journal)
        try:
            journal.verify()
            trusted(home)
        except JournalBroken as broken:
            return Report((*faults, Told(broken.code, dict(broken.facts))), ())
        patient = _Patient(home, journal.events())
        faults += [*_key_faults(home), *_clock_faults(journal), *_right_faults(home)]
        faults += [*patient.archive_faults(), *patient.pinned_faults(), *patient.warehouse_faults()]
        if cleaned := clean(home, patient.ledger.kept_versions):
            patient.notes.append(Told("note.cleaned", {"count": cleaned}))
        return Report(tuple(faults), tuple(patient.notes), len(patient.ledger.receipts), len(patient.events))


def _packages(wanted: Iterable[Requirement]) -> Iterator[Told]:
    for one in wanted:
        which = str(one.specifier).removeprefix("==")
        try:
            found = installed(one.name)
        except PackageNotFoundError:
            yield Told("package_missing", {"package": one.name, "wanted": which})
            continue
        if not one.specifier.contains(found, prereleases=True):
            yield Told("package_differs", {"package": one.name, "found": found, "wanted": which})


def _key_faults(home: Home) -> Iterator[Told]:
    try:
        if Journal(home.journal).newest(PersonKey):
            secret(home)
    except (PersonKeyMissing, PersonKeyWrong) as problem:
        yield Told(problem.code, dict(problem.facts))


def _right_faults(home: Home) -> Iterator[Told]:
    """What a program has opened to others (a list saved from a spreadsheet) is closed; nobody could reach it in a
    closed folder.
    """
    close_to_others(home.root)
    if is_open_to_others(home.root):
        yield Told("open", {"home": home.root})


def _clock_faults(journal: Journal) -> Iterator[Told]:
    if last := journal.ahead_of(now := datetime.now(UTC)):
        yield Told("clock", {"now": instant(now, "vi"), "last": instant(last, "vi")})


class _Patient:
    """One data folder under examination: its journal read once, its caches made again where they are lost."""

    def __init__(self, home: Home, events: list[Event]) -> None:
        self.home, self.events, self.archive = home, events, Archive(home)
        self.ledger = Ledger().follow(events)
        self.notes: list[Told] = []
        self._is_readable = True  # every parsed workbook and every reference set can be read

    def archive_faults(self) -> Iterator[Told]:
        """Bytes that are not those received, contents that cannot be read again, lists that are gone or unusable."""
        told = [*self._reference_faults(), *self._mixed_faults(), *self._content_faults()]
        self._is_readable = all(one.code in ("bytes", "mixed", "confirmed_by_demo") for one in told)
        yield from told

    def _content_faults(self) -> Iterator[Told]:
        seen: set[str] = set()
        remade = 0
        received = {body.sha256 for body in self.ledger.receipts.values()}
        for sha, paths in sorted(self.archive.files().items()):
            if sha not in received and any(path.suffix == PARSED for path in paths):
                yield Told("unreceipted", {"path": self.archive.path_of(sha)})
        for number, body in self.ledger.receipts.items():
            facts: dict[str, object] = {"receipt_no": number, "file": body.file_name}
            if body.sha256 not in seen and not self._is_as_received(body):
                yield Told("bytes", facts)
            seen.add(body.sha256)
            if body.status in ACCEPTED and not self.archive.is_proven(body.sha256, body.reference_digest):
                try:
                    parsed_of(self.archive, body.sha256, body.reference_digest)
                    remade += 1
                except (Problem, OSError):
                    yield Told("parsed", facts)
        if remade:
            self.notes.append(Told("note.remade", {"count": remade}))

    def _is_as_received(self, body: ReceiptBody) -> bool:
        """Bytes of which the journal says that they were deleted, when their time was over, need not be there."""
        sha = body.sha256
        return self.archive.is_whole(sha) or (sha in self.ledger.deleted and not self.archive.keeps(sha))

    def _mixed_faults(self) -> Iterator[Told]:
        """Real reports and invented ones in one folder, as could come about before each kind was refused
        the other's.
        """
        synthetic = [body.synthetic for body in self.ledger.receipts.values() if body.status in ACCEPTED]
        if 0 < sum(synthetic) < len(synthetic):
            yield Told("mixed", {"real": len(synthetic) - sum(synthetic), "invented": sum(synthetic)})

    def _reference_faults(self) -> Iterator[Told]:
        named = [event.body.digest for event in self.events if isinstance(event.body, ReferenceChange)]
        named += [body.reference_digest for body in self.ledger.receipts.values()]
        for digest in filter(None, dict.fromkeys(named)):
            if lists.digest(self.archive.reference_folder(digest)) != digest:
                yield Told("reference", {"digest": digest[:12]})
        try:
            rules = self.archive.checked(self.home.reference).rules
            count = sum(is_the_demos(rule.confirmed_by) for rule in rules)
            if count and self.home.work_by(self.ledger.work) == REAL:
                yield Told("confirmed_by_demo", {"count": count})
        except ReferenceInvalid as invalid:
            for one in invalid.faults:
                place = {"file": one.file, "row": one.row, "column": one.column, "value": one.value}
                yield Told("lists", place | {"told": one.sentence(language())})

    def pinned_faults(self) -> Iterator[Told]:
        """Versions that were to be kept for ever and cannot be opened, or are not what they were."""
        for name in sorted(self.ledger.kept_versions):
            try:
                kept = version_of(self.home, name)
                verify.made_from(kept)
            except (Unknown, duckdb.Error):
                yield Told("pinned", {"version": name})
                continue
            if seal.is_written(kept) and (changed := seal.changed(kept)):
                yield Told("pinned_changed", {"version": name, "files": ", ".join(changed)})

    def warehouse_faults(self) -> Iterator[Told]:
        """The version in use: can it be opened, does it know no more than the journal, has it the rows of
        the archive?
        """
        try:
            version = current(self.home)
            made = verify.made_from(version)
        except NoCurrentBuild:
            self._note_what_waits(after=0)
            return
        except (VersionUnusable, duckdb.Error) as error:
            held = isinstance(of_machine(error), FileHeld)
            yield Told("held" if held else "pointer", {"version": named(self.home)})
            return
        if changed := seal.changed(version):
            yield Told("changed", {"version": version.name, "files": ", ".join(changed)})
        if made.as_of:
            yield Told("as_of", {"version": version.name, "as_of": instant(made.as_of, "vi")})
        self._note_what_waits(after=made.seq)
        if self._is_readable:
            yield from self._row_faults(version, made)

    def _row_faults(self, version: Version, made: verify.Made) -> Iterator[Told]:
        moment = known_at(self.events[: made.seq], self.archive, lists.load(self.home.reference), made.as_of)
        for one in verify.differences(version, moment, self.archive):
            facts: dict[str, object] = {"table": one.table, "receipt_no": one.receipt_no}
            yield Told("rows", facts | {"found": one.found, "wanted": one.wanted, "wrong": one.wrong})

    def _note_what_waits(self, after: int) -> None:
        if any(bears(event) for event in self.events[after:]):
            self.notes.append(Told("note.not_built", {}))
