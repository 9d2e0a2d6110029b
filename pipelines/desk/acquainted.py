"""The people each code scope knows: taken from the figures once, and kept up with what is accepted or
withdrawn since.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable

from pipelines.contract.reference import Reference, code_scope
from pipelines.problems import NoCurrentBuild, VersionUnusable
from pipelines.records.bodies import ReceiptBody
from pipelines.records.ledger import Ledger
from pipelines.records.parsed import Parsed
from pipelines.settings import Home
from pipelines.submissions.values.directory import Directory, Place
from pipelines.warehouse import connection
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import PROGRAM

NamedIn = Callable[[ReceiptBody], Iterable[tuple[str, str]]]  # receipt -> (code, name) of everyone listed
_MOST = 8  # scopes remembered at a time
_COLUMNS = ("submission_id", "person_code", "full_name")


class Acquainted:
    """Directories by code scope. A list is read when it comes to count, never again for each workbook that follows."""

    def __init__(self, home: Home, named_in: NamedIn) -> None:
        self._home, self._named_in = home, named_in
        self._seq, self._source = 0, ("", "")
        self._directories: OrderedDict[str, Directory] = OrderedDict()
        self._since: dict[str, set[Place]] = {}  # scope -> places that changed after the version was built

    def people_of(self, parsed: Parsed, reference: Reference, ledger: Ledger) -> Directory:
        """Everyone in the lists that count now within the code scope of a unit's workbook."""
        version, built = _current(self._home)
        source = (reference.digest, version.name if version else "")
        if source != self._source:
            self._source, self._seq = source, built
            self._directories.clear()
            self._since.clear()
        self._follow(reference, ledger)
        scope = code_scope(reference, parsed.unit_code, parsed.period)
        if scope not in self._directories:
            self._directories[scope] = self._read(scope, reference, ledger, version if built else None)
        self._directories.move_to_end(scope)
        if len(self._directories) > _MOST:
            self._directories.popitem(last=False)
        return self._directories[scope]

    def _follow(self, reference: Reference, ledger: Ledger) -> None:
        for place in ledger.touched_since(self._seq):
            scope = code_scope(reference, *place)
            self._since.setdefault(scope, set()).add(place)
            if scope in self._directories:
                self._put(self._directories[scope], place, ledger)
        self._seq = ledger.seq

    def _read(self, scope: str, reference: Reference, ledger: Ledger, version: Version | None) -> Directory:
        directory = Directory()
        for number, people in _built(version, scope).items() if version else ():
            body = ledger.receipts.get(number)
            if body and ledger.counts(body) and code_scope(reference, body.unit_code, body.period) == scope:
                directory.put((body.unit_code, body.period), number, people)
        for place in self._since.get(scope, ()):
            self._put(directory, place, ledger)
        return directory

    def _put(self, directory: Directory, place: Place, ledger: Ledger) -> None:
        body = ledger.current(*place)
        if body is None or body.cluster_code:
            directory.drop(place)
            return
        directory.put(place, body.receipt_no, self._named_in(body))


def _current(home: Home) -> tuple[Version | None, int]:
    """The current version and the journal number it knows."""
    try:
        version = connection.current(home)
        fresh = queries.freshness(version, PROGRAM)
    except (NoCurrentBuild, VersionUnusable):  # the archive knows as much
        return None, 0
    return version, 0 if fresh.as_of else fresh.journal_seq


def _built(version: Version, scope: str) -> dict[int, list[tuple[str, str]]]:
    """Receipt -> (code, name) of everyone a version knows in a scope."""
    frame = queries.known_people(version, PROGRAM, scope)
    found: dict[int, list[tuple[str, str]]] = {}
    for number, *person in zip(*(frame[name].tolist() for name in _COLUMNS), strict=True):
        if person[1]:
            found.setdefault(number, []).append((person[0], person[1]))
    return found
