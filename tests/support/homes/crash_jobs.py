"""What is done to a data folder while it is killed: the same files and moments every time, so that rows can be
compared.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.contract.checks import Finding
from pipelines.contract.workbooks import CLUSTER_REPORT
from pipelines.desk import Desk, decisions, retention
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.records.parsed import Parsed
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions import reader
from pipelines.submissions.copy import annotate
from pipelines.submissions.copy.annotate import Annotated
from pipelines.warehouse.building.publish import prune, publish
from tests.support import TESTER
from tests.support.workbooks.filled_books import UNIT_ROWS, book

FIRST_DAY = datetime(2026, 1, 5, 2, tzinfo=UTC)
RECEIVED_BEFORE = 3  # of the files in the inbox, before anything is killed


_read: dict[tuple[bytes, str, str], Parsed] = {}  # what was read of a workbook under the lists of a digest


class AtOnce:
    """Reads in the process itself: those to be killed are the writers; readers of their own would take a
    second each.
    """

    def parse(self, data: bytes, file_name: str, reference_folder: Path) -> Parsed:
        """As `Readers.parse`; the same workbook is read once."""
        key = data, file_name, lists.digest(reference_folder)
        if key not in _read:
            _read[key] = reader.parse(data, file_name, lists.load(reference_folder))
        return _read[key]

    def copy(
        self, data: bytes, findings: Iterable[Finding], codes: Iterable[Finding] = (), lang: str = "vi"
    ) -> Annotated:
        """As `Readers.copy`."""
        return annotate.copy(data, findings, lang, codes=codes)

    def close(self) -> None:
        """Nothing to end."""


def begin(root: Path) -> None:
    """The data folder before anything is killed: seven workbooks in the inbox, three of them received and built."""
    home = Home(root).ready()
    for name, data in _workbooks().items():
        (home.inbox / name).write_bytes(data)
    _hand_in(home, _inbox(home)[:RECEIVED_BEFORE])
    publish(home, interval=0)


def hand_in(root: Path) -> None:
    """Hand in what has no receipt yet, in order."""
    home = Home(root).ready()
    _hand_in(home, _inbox(home))


def work(root: Path) -> None:
    """Hand in what has no receipt yet, and build: the whole job."""
    hand_in(root)
    publish(Home(root), interval=0)


def close_year(root: Path) -> None:
    """Close the year that was reported."""
    decisions.close(Home(root), TESTER, "2025")


def prune_all(root: Path) -> None:
    """Remove every version but the current one, as if a year had gone by."""
    prune(Home(root), Ledger(), datetime.now(UTC) + timedelta(days=365))


def sweep_all(root: Path) -> None:
    """Delete what was not accepted, as if a year had gone by."""
    retention.sweep(Home(root), TESTER, FIRST_DAY + timedelta(days=365))


def make_ready(root: Path) -> None:
    """A data folder used for the first time."""
    Home(root).ready()


def accept_many(root: Path, year: int) -> None:
    """The workbooks of twelve units for a year, one after the other."""
    home = Home(root)
    with Desk(home, AtOnce()) as desk:  # type: ignore[arg-type]
        for number in (*range(1, 7), *range(9, 15)):  # 7 and 8 are no more
            data = _unit(f"V{number:02}", year, 2)
            desk.accept(
                desk.check(data, f"V{number:02}.xlsx", sees_all(), FIRST_DAY.date()), TESTER, received_at=FIRST_DAY
            )


def read_ahead() -> None:
    """Make and read the workbooks of `begin` now, so that processes that begin as copies of this one need not."""
    for name, data in _workbooks().items():
        AtOnce().parse(data, name, OWN_REFERENCE)


@cache
def _workbooks() -> dict[str, bytes]:
    """Three that are received at first; then a correction, a new unit, one to be returned, a corrected cluster."""
    return {
        "1 V01 2024.xlsx": _unit("V01", 2024, 3),
        "2 V01 2025.xlsx": _unit("V01", 2025, 3),
        "3 C01 2025.xlsx": book(CLUSTER_REPORT),
        "4 V01 2025 sửa.xlsx": _unit("V01", 2025, 5),
        "5 V02 2025.xlsx": _unit("V02", 2025, 4),
        "6 V03 2025.xlsx": _unit("V03", 2025, 4, H4="Rất tốt"),
        "7 C01 2025 sửa.xlsx": book(CLUSTER_REPORT, cells={("Thành viên", "D4"): 12, ("Thành viên", "G4"): 9}),
    }


def _unit(code: str, year: int, people: int, **cells: object) -> bytes:
    """`cells`: address on `Cán bộ` -> what is written there instead."""
    kinds = UNIT_ROWS["staff"]
    staff = [
        {**kinds[n % len(kinds)], "person_code": f"CB{n + 1:03}", "full_name": f"Nguyễn Văn {n}"} for n in range(people)
    ]
    written = {("Cán bộ", at): what for at, what in cells.items()}
    return book(rows={"staff": staff}, info={"unit_code": code, "unit_name": None, "year": year}, cells=written)


def _inbox(home: Home) -> list[tuple[datetime, Path]]:
    return [(FIRST_DAY + timedelta(hours=n), path) for n, path in enumerate(sorted(home.inbox.iterdir()))]


def _hand_in(home: Home, files: Iterable[tuple[datetime, Path]]) -> None:
    receipts = [event for event in Journal(home.journal).events() if event.kind == "receipt"]
    known = {event.body.file_name for event in receipts}
    with Desk(home, AtOnce()) as desk:  # type: ignore[arg-type]
        desk.hand_back_owed()
        for at, path in files:
            if path.name not in known:
                desk.accept(desk.check(path.read_bytes(), path.name, sees_all(), at.date()), TESTER, received_at=at)
