"""How long bytes that were not accepted are kept: then they go, and a record of it stays. Accepted bytes are never touched."""

from datetime import UTC, datetime

from pipelines.desk.decisions import OnWait, deciding
from pipelines.settings import Home
from pipelines.submissions.archive import Archive


def sweep(home: Home, now: datetime | None = None, on_wait: OnWait = None) -> int:
    """Delete what has outlived its time, with the copies that were handed back; how many files had been received.

    The journal is told first: after a crash the next sweep finds the record and deletes what is left.
    """
    with deciding(home, on_wait) as (journal, ledger):
        over = ledger.outlived((now or datetime.now(UTC)).astimezone(UTC))
        ledger.follow([journal.append("deletion", {"sha256": sha}) for sha in over])
        archive = Archive(home)
        for sha, numbers in ledger.deleted.items():
            archive.remove(sha)
            for number in numbers:
                for copy in home.returned.glob(f"{number:06d} *"):
                    copy.unlink(missing_ok=True)
        return len(over)
