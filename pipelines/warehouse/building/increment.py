"""What a new version takes over from the version before: rows of workbooks and periods that nothing has touched since.

The files are copied, the rows of changed workbooks replaced, and every statement of the warehouse run again, where
it works period by period only for periods that are not `settled`. What becomes of receipts can be followed so: after
any other event, under other code or lists, or with other periods, a version is built from nothing.
"""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version as installed

import duckdb

from pipelines.contract.workbooks import tables
from pipelines.places import PACKAGE, REFERENCE
from pipelines.platform import digest
from pipelines.records.bodies import Override, ReceiptBody, Withdrawal
from pipelines.records.journal import Event
from pipelines.warehouse.building.moment import Moment, period_rows
from pipelines.warehouse.building.persons import identity, person_key
from pipelines.warehouse.building.tables import PERSON_COLUMN, people_columns
from pipelines.warehouse.connection import OFFLINE, Version, attach, frame
from pipelines.warehouse.viewer import PROGRAM

_PACKAGES = ("duckdb", "numpy", "pandas", "pyarrow", "scipy")
_FOLLOWED = {"receipt", "withdrawal", "override", "deletion", "pin", "review", "explanation"}
# What is kept row by row; every other table is dropped and made again.
_OF_WORKBOOKS = (
    *("cells", "people.cells", "sheet_states", "findings", "people.finding_values"),
    *tables(),
    *(f"people.{table}" for table in tables() if people_columns(table)),
)
_OF_PERIODS = ("metric_records", "metric_values")
_OF_PEOPLE = ("people.people",)
_OF_UNITS = ("rule_results", "people.rule_results")  # what rules say, made again for the units concerned
_OF_YEARS = ("signal_rows", "council_rows")  # what signals say at the end of a year; `signals` drops what is stale


@dataclass(frozen=True)
class Base:
    """The version to start from.

    `kept`, `gone`: receipts whose rows stay or go; `touched`: periods of what came or went.
    """

    version: Version
    kept: frozenset[int]
    gone: tuple[int, ...]
    touched: tuple[str, ...]


@lru_cache
def recipe() -> str:
    """SHA-256 over all that decides what is in a version beside what was received: what was built under another is
    built from nothing.

    Code, statements, lists, the texts sentences are made of, and the packages that count and keep.
    """
    own = (path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".sql", ".csv", ".po"))
    code = digest(PACKAGE, (path for path in own if not path.is_relative_to(REFERENCE)))
    packages = "".join(f" {name}=={installed(name)}" for name in _PACKAGES)
    return hashlib.sha256((code + digest(REFERENCE, REFERENCE.glob("*.csv")) + packages).encode()).hexdigest()


def is_alike(version: Version) -> bool:
    """Whether the code, statements, texts, lists and packages of today would build it; `VersionUnusable` of an earlier
    form.
    """
    result: bool = frame(version, PROGRAM, "SELECT recipe FROM builds")["recipe"].tolist() == [recipe()]
    return result


def base_of(version: Version, moment: Moment, events: Sequence[Event], key: bytes) -> Base | None:
    """How to come from a version to the moment; None when only a build from nothing can.

    `events`: the whole journal.
    """
    try:
        with duckdb.connect(":memory:", config=OFFLINE) as db:
            attach(db, version, read_only=True)
            seq = _followed_from(db, version, moment, events, key)
            there = {
                number for (number,) in db.execute("SELECT DISTINCT submission_id FROM facts.sheet_states").fetchall()
            }
            before = dict(db.execute(_HELD).fetchall())
    except duckdb.Error:  # damaged, or of an earlier form
        return None
    if seq is None:
        return None
    counting = frozenset(body.receipt_no for body in moment.counting)
    held = {number for number, periods in moment.held.items() if before.get(number) == list(periods)}
    kept = (counting & there) | held
    return Base(version, kept, tuple(sorted((there | before.keys()) - kept)), _periods_of(events[seq:], moment))


def _followed_from(
    db: duckdb.DuckDBPyConnection, version: Version, moment: Moment, events: Sequence[Event], key: bytes
) -> int | None:
    """Journal number of the version if everything since can be followed."""
    made = db.execute(_MADE, [version.name]).fetchone()
    if made is None or moment.as_of:
        return None
    seq, *told = made
    if not 0 < seq <= moment.seq or told != [events[seq - 1].hash, None, recipe(), moment.reference.digest]:
        return None
    if {event.kind for event in events[seq:]} - _FOLLOWED:
        return None
    if sorted(db.execute("SELECT * FROM facts.periods").fetchall()) != sorted(period_rows(moment)):
        return None
    person = db.execute("SELECT code_scope, person_code, person_key FROM people.people LIMIT 1").fetchone()
    is_same_secret = person is None or person_key(key, identity(*person[:2])) == person[2]
    return int(seq) if is_same_secret else None


def _periods_of(events: Sequence[Event], moment: Moment) -> tuple[str, ...]:
    receipts = moment.ledger.receipts
    bodies = (event.body for event in events)
    numbers = (body.receipt_no for body in bodies if isinstance(body, ReceiptBody | Withdrawal | Override))
    return tuple(sorted({receipts[number].period for number in numbers}))


def copy(base: Base, version: Version) -> None:
    """The files of the version before under the new name."""
    for source, target in ((base.version.facts, version.facts), (base.version.people, version.people)):
        shutil.copyfile(source, target)


def clear(db: duckdb.DuckDBPyConnection, base: Base) -> None:
    """Drop what every build makes anew and delete the rows of `gone`. Temporary tables keep what those bore on:

    `touched` periods, `met` people, and whose workbooks are `gone`.
    """
    kept = {*_OF_WORKBOOKS, *_OF_PERIODS, *_OF_PEOPLE, *_OF_UNITS, *_OF_YEARS}
    gone = ", ".join(map(str, base.gone)) or "NULL"
    db.execute(
        f"CREATE TEMP TABLE gone AS SELECT unit_code, cluster_code FROM submissions WHERE submission_id IN ({gone})"
    )
    for kind, name in db.execute(_THERE).fetchall():
        if name.removeprefix("facts.") not in kept:
            db.execute(f"DROP {kind} {name}")
    db.execute(_TOUCHED.format(gone=gone), {"periods": list(base.touched)})
    db.execute(f"CREATE TEMP TABLE met AS {_people_of(gone)}")
    for table in _OF_WORKBOOKS:
        db.execute(f"DELETE FROM {table} WHERE submission_id IN ({gone})")


def settle(db: duckdb.DuckDBPyConnection) -> None:
    """Once the new workbooks are loaded: say which periods are settled, delete what is to be worked out again."""
    db.execute(_DATED)
    db.execute(_SETTLED)
    for table in _OF_PERIODS:
        db.execute(f"DELETE FROM {table} WHERE period NOT IN (SELECT period FROM settled)")
    db.execute(f"INSERT INTO met {_people_of('SELECT submission_id FROM books')}")
    db.execute(f"INSERT INTO persons SELECT code_scope, person_code, person_key FROM people.people WHERE {_MET}")
    db.execute(f"DELETE FROM people.people WHERE {_MET}")


def _people_of(submissions: str) -> str:
    """A question: keys of the people some submissions speak of."""
    found = (f"SELECT person_key FROM {table} WHERE submission_id IN ({submissions})" for table in PERSON_COLUMN)
    return " UNION ".join(found)


_MADE = "SELECT journal_seq, journal_hash, as_of, recipe, reference_digest FROM facts.builds WHERE name = $1"
_HELD = "SELECT submission_id, list(period ORDER BY period) FROM facts.held GROUP BY submission_id"
_THERE = """
SELECT 'VIEW', database_name || '.' || view_name FROM duckdb_views() WHERE NOT internal
UNION ALL
SELECT 'TABLE', CASE database_name WHEN 'facts' THEN '' ELSE 'people.' END || table_name FROM duckdb_tables()
WHERE database_name IN ('facts', 'people')
"""
_TOUCHED = """
CREATE TEMP TABLE touched AS
SELECT unnest($periods::VARCHAR[]) AS period
UNION SELECT award_period FROM awards WHERE submission_id IN ({gone})
UNION SELECT found_period FROM exemplars WHERE submission_id IN ({gone}) AND is_effective
"""
# An award of a new workbook bears on the year of its achievement, an exemplar on the year it was found in, unless an
# earlier workbook counts: the same ones are listed every year. To which period a row belongs is worked out later.
_DATED = """
INSERT INTO touched
SELECT CAST(achievement_year AS VARCHAR) FROM awards WHERE award_period IS NULL
UNION
SELECT CAST(year(e.found_on) AS VARCHAR) FROM exemplars e
ANTI JOIN exemplars told
  ON told.is_effective AND told.found_period = CAST(year(e.found_on) AS VARCHAR) AND told.unit_code = e.unit_code
 AND told.exemplar_code = e.exemplar_code AND told.period < e.period
WHERE e.found_period IS NULL
"""
_SETTLED = """
INSERT INTO settled
SELECT period FROM periods UNION SELECT award_period FROM awards WHERE award_period IS NOT NULL
UNION SELECT found_period FROM exemplars WHERE found_period IS NOT NULL
EXCEPT SELECT period FROM touched
"""
_MET = "person_key IN (SELECT person_key FROM met)"
