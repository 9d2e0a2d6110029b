"""A new version of the warehouse from journal, archive and reference lists: written aside, checked, closed, then
current.

A build is a pure function of what was known at a moment: the same journal gives the same rows (all tables but
`builds`).
"""

import logging
import shutil
from collections.abc import Container, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import duckdb

from pipelines import __version__, rules
from pipelines.platform import make_folder, remove_tree, sync_folder
from pipelines.problems import (
    BaseUnusable,
    DiskFull,
    FilesChanged,
    NoCurrentBuild,
    OriginalDamaged,
    VersionUnusable,
    of_machine,
)
from pipelines.records.archive import Archive
from pipelines.records.journal import Event
from pipelines.settings import Home
from pipelines.texts import say
from pipelines.warehouse.building import checks, increment, receipts, seal, signals, tables
from pipelines.warehouse.building.increment import Base
from pipelines.warehouse.building.load import insert, load
from pipelines.warehouse.building.moment import Moment, known_at, period_rows
from pipelines.warehouse.building.persons import secret
from pipelines.warehouse.building.trust import trusted
from pipelines.warehouse.connection import OFFLINE, SPILL, Version, attach, beside_each_other, current, make_current
from pipelines.warehouse.metrics import SQL, Metric, metric_hash, metrics

# DuckDB's share in megabytes, and more for each workbook that counts; most of what does not fit is spilled into the
# version's folder.
MEMORY, MORE = 200, 0.2
THREADS = 2
_log = logging.getLogger("pipelines")


def build(home: Home, as_of: datetime | None = None, full: bool = False, thorough: bool = False) -> Version:
    """Make a new version of everything known and let CURRENT name it; one `as_of` a moment is opened by its name alone.

    Starts from the version before where that gives the same rows, from nothing if `full`. Originals that are damaged
    are noted: those read anew, if `thorough` all that count. Takes no lock: two builds at once waste time, nothing
    else. A journal that is not `trusted` is not built from. `BuildFailed` (a check) or `ArchiveDamaged` leave the
    old version current; a crash leaves a stray folder that no one reads.
    """
    archive, journal = Archive(home), trusted(home)
    secret(home)  # known to the journal before it is read
    events = journal.events()
    moment = known_at(events, archive, archive.checked(home.reference), as_of)
    base = None if full else _base(home, moment, events)
    _note_damaged(archive, moment, frozenset() if thorough or base is None else base.kept)
    try:
        version = _made(home, moment, archive, base)
    except Exception as error:  # whatever a base nobody may rely on leads to
        if base is None or isinstance(of_machine(error), DiskFull):
            raise
        for told in (of_machine(error), BaseUnusable(version=base.version.name)):
            _log.warning(told)
        version = _made(home, moment, archive, None)
    sync_folder(version.folder)
    sync_folder(version.folder.parent)
    if as_of is None:
        make_current(home, version)
    return version


def _base(home: Home, moment: Moment, events: Sequence[Event]) -> Base | None:
    try:
        return increment.base_of(current(home), moment, events, secret(home))
    except NoCurrentBuild:
        return None
    except VersionUnusable as unusable:
        _log.warning(unusable)
        return None


def _note_damaged(archive: Archive, moment: Moment, kept: Container[int]) -> None:
    """Say which originals are lost or changed: their rows still come from what was read of them, which is proven by
    itself.
    """
    for body in moment.loaded:
        if body.receipt_no not in kept and not archive.is_whole(body.sha256):
            _log.warning(OriginalDamaged(receipt_no=body.receipt_no, file=body.file_name))


def _made(home: Home, moment: Moment, archive: Archive, base: Base | None) -> Version:
    version = _new_version(home, moment)
    try:
        _write(version, home, moment, archive, base)
    except BaseException:
        remove_tree(version.folder)
        raise
    return version


def _new_version(home: Home, moment: Moment) -> Version:
    """A folder of its own: instant (UTC) and journal number, and a letter if two are made in one second."""
    stem = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{moment.seq:06d}"
    for suffix in ("", *"abcdefghijklmnopqrstuvwxyz"):
        folder = home.warehouse / f"{stem}{suffix}"
        try:
            make_folder(folder, exist_ok=False)
        except FileExistsError:
            continue
        return Version(folder.name, folder)
    raise FileExistsError(stem)


def _write(version: Version, home: Home, moment: Moment, archive: Archive, base: Base | None) -> None:
    spill = version.folder / SPILL
    make_folder(spill)
    if base:
        increment.copy(base, version)
    memory = MEMORY + round(MORE * len(moment.counting))
    # Written to the files once, at the end: what is not finished is thrown away, not recovered.
    limits: dict[str, Any] = {
        "memory_limit": f"{memory}MB", "threads": THREADS, "temp_directory": str(spill), "checkpoint_threshold": "1TB",
    }  # fmt: skip
    with _proven(base), duckdb.connect(":memory:", config=OFFLINE | limits) as db:
        attach(db, version)
        db.execute("USE facts")
        _fill(db, version.name, home, moment, archive, base)
        _judge(db, home)
        beside_each_other(db, [f"CHECKPOINT {name}" for name in ("facts", "people")])
        db.execute("USE memory")
        for name in ("facts", "people"):
            db.execute(f"DETACH {name}")
    seal.write(version)
    shutil.rmtree(spill)


@contextmanager
def _proven(base: Base | None) -> Iterator[None]:
    """Reckon meanwhile what the files of the base hold; `FilesChanged` at the end if that is not what was published."""
    with ThreadPoolExecutor(1) as beside:
        proof = beside.submit(seal.changed, base.version) if base else None
        yield
        if base and proof and (changed := proof.result()):
            raise FilesChanged(version=base.version.name, files=", ".join(changed))


def _fill(
    db: duckdb.DuckDBPyConnection, name: str, home: Home, moment: Moment, archive: Archive, base: Base | None
) -> None:
    kept = base.kept if base else frozenset()
    if base:
        increment.clear(db, base)
    _run(db, "10_tables")
    for statement in tables.statements():
        db.execute(statement)
    _tell_what_is_known(db, name, moment)
    _tell_what_was_read(db, moment, archive, kept)
    load(db, moment, archive, secret(home), kept)
    if base:
        increment.settle(db)
    _run(db, "20_current")
    _run_metrics(db)
    _run(db, "40_views")


def _judge(db: duckdb.DuckDBPyConnection, home: Home) -> None:
    """What rules and signals say of the figures, and the checks: signals count in Python while the others
    ask DuckDB.
    """
    years = signals.missing_years(db)
    with db.cursor() as reading, ThreadPoolExecutor(1) as beside:
        reading.execute("USE facts")
        found = beside.submit(signals.found, reading, years)
        rules.judge(db)
        checks.run(db, home.warehouse)
        signals.store(db, found.result())


def _run(db: duckdb.DuckDBPyConnection, folder: str) -> None:
    for path in sorted((SQL / folder).glob("*.sql")):
        db.execute(path.read_text(encoding="utf-8"))


def _tell_what_is_known(db: duckdb.DuckDBPyConnection, name: str, moment: Moment) -> None:
    """The build itself, lists, periods, receipts, metrics."""
    for table, rows in tables.reference_tables(moment.reference).items():
        db.register("given", rows)
        db.execute(f"CREATE TABLE {table} AS SELECT * FROM given")
        db.unregister("given")
    insert(db, "builds", [_build_row(name, moment)])
    insert(db, "periods", period_rows(moment))
    insert(db, "columns", tables.column_rows())
    insert(db, "vocabulary", tables.vocabulary_rows())
    clusters = {row.cluster_code: row.name for row in sorted(moment.reference.clusters, key=lambda row: row.name)}
    named = [(code, name, say("group.cluster", "en", code=code), "cluster", 2) for code, name in clusters.items()]
    insert(db, "groups", [("ALL", say("group.ALL", "vi"), say("group.ALL", "en"), "all", 0), *named])
    insert(db, "submissions", receipts.submission_rows(moment))
    insert(db, "counted", moment.spans)
    insert(db, "held", [(number, period) for number, periods in moment.held.items() for period in periods])
    senders = [(number, body.sender) for number, body in moment.ledger.receipts.items() if body.sender]
    insert(db, "people.senders", senders)
    _tell_metrics(db)


def _tell_what_was_read(db: duckdb.DuckDBPyConnection, moment: Moment, archive: Archive, kept: Container[int]) -> None:
    """States of sheets and findings of every receipt that is shown, but those `kept`."""
    states, findings = [], []
    for body, parsed in receipts.summaries(archive, moment, kept):
        states += receipts.sheet_states(body, parsed)
        findings += receipts.finding_rows(body, parsed)
    insert(db, "sheet_states", states)
    insert(db, "findings", [facts for facts, _ in findings])
    insert(db, "people.finding_values", [values for _, values in findings])


def _build_row(name: str, moment: Moment) -> Sequence[Any]:
    now, as_of = (
        datetime.now(UTC).replace(tzinfo=None),
        moment.as_of and moment.as_of.astimezone(UTC).replace(tzinfo=None),
    )
    synthetic = any(body.synthetic for body in moment.counting)
    return (
        name,
        now,
        as_of,
        moment.known_on,
        moment.seq,
        moment.seal,
        __version__,
        metric_hash(),
        rules.rule_hash(),
        increment.recipe(),
        moment.reference.digest,
        synthetic,
    )


def _tell_metrics(db: duckdb.DuckDBPyConnection) -> None:
    """The headers of the metric files become tables: a version explains itself."""
    every, needs, cells = list(metrics().values()), [], []
    for one in every:
        needs += [(one.name, "own", table) for table in one.own or ()]
        needs += [(one.name, "cluster", table) for table in one.cluster or ()]
        cells += [(one.name, c.part, c.breakdown, c.table, c.column) for c in one.cells]
    insert(db, "metrics", [_metric_row(one) for one in every])
    insert(db, "metric_needs", needs)
    insert(db, "metric_cells", cells)


def _metric_row(one: Metric) -> Sequence[Any]:
    kind = (one.kind, one.is_share, one.has_own_bases)
    return (one.name, *kind, one.breakdown, one.recipient, one.own is not None, one.cluster is not None)


def _run_metrics(db: duckdb.DuckDBPyConnection) -> None:
    """The source records of all metrics, in the periods that are not settled: those are `open_records` to
    what follows.
    """
    open_ones = "SELECT period FROM periods WHERE period NOT IN (SELECT period FROM settled) ORDER BY period"
    # Literals reach down to the tables, a question within the question would not.
    wanted = ", ".join(f"'{period}'" for (period,) in db.execute(open_ones).fetchall()) or "NULL"
    questions = [
        f"INSERT INTO metric_records BY NAME SELECT '{one.name}' AS metric, * FROM ({one.sql}) "
        f"WHERE period IN ({wanted}) ORDER BY period, unit_code, part, breakdown, submission_id, sheet, excel_row"
        for one in metrics().values()
    ]
    beside_each_other(db, questions)
    db.execute(f"CREATE TEMP VIEW open_records AS SELECT * FROM metric_records WHERE period IN ({wanted})")
