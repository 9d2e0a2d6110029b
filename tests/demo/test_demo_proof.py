"""The whole chain over a received demo: workbooks as truth says, values as their rows, rows as their cells, builds as
the journal.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from openpyxl import load_workbook

from pipelines.access import sees_all
from pipelines.contract import reference as lists
from pipelines.demo import contents, patterns, sending
from pipelines.demo.world import World
from pipelines.records.archive import Archive
from pipelines.records.bodies import ReceiptBody
from pipelines.records.journal import Journal
from pipelines.records.parsed import as_written
from pipelines.settings import Home
from pipelines.submissions.rows import parsed_of
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.metrics import metrics
from tests.support.counted.recomputed import Recomputed
from tests.support.counted.versions import archive_and_journal, differences, table
from tests.support.homes import planted
from tests.support.homes.planted import YEARS

pytestmark = pytest.mark.slow
ALL, EVERYTHING = sees_all(), 10_000_000
# Warnings and notes the demo means to raise; anything else would be a false alarm or a fault of the demo.
INTENDED = {
    *(
        "text.cleaned",
        "number.as_text",
        "column.unknown",
        "column.hidden",
        "row.total",
        "sheet.empty_unmarked",
    ),  # how people type
    *("award.year_differs", "award.decision_missing", "reference.person_from_earlier_year"),  # decided a year later
    *("staff.code_issued", "staff.code_taken_over"),  # listed without a code
    *("order.council", "date.suspect"),  # posted after submission, where planted
    "member.differs_from_own",  # where planted
    "count.above_people",  # awarded in the year, gone by its last day
}
# What sends a workbook back; "": an award to someone who left before the first year that was sent.
FAULTS = {
    "": "reference.person_unknown",
    "date": "date.invalid",
    "sum": "count.sum",
    "choice": "choice.unknown",
    "duplicate": "key.duplicate",
}


@pytest.fixture(scope="module")
def home(received: Home) -> Home:
    return received


@pytest.fixture(scope="module")
def receipts(home: Home) -> list[ReceiptBody]:
    return [event.body for event in Journal(home.journal).events() if event.kind == "receipt"]


def _corrected(receipts: list[ReceiptBody]) -> Iterator[tuple[ReceiptBody, ReceiptBody]]:
    """Accepted workbooks and the versions that replaced them."""
    sent: dict[tuple[str, str], list[ReceiptBody]] = defaultdict(list)
    for body in receipts:
        if body.version:
            sent[body.cluster_code or body.unit_code, body.period].append(body)
    for versions in sent.values():
        yield from pairwise(versions)


def test_every_workbook_is_accepted_or_returned_as_its_truth_says(
    home: Home, receipts: list[ReceiptBody], world: World
) -> None:
    archive, sent = Archive(home), sending.plan(world, YEARS)
    names = [Path(sending.file_name(world, one)).name for one in sent]
    assert names == [body.file_name for body in receipts]
    for one, body in zip(sent, receipts, strict=True):
        expected = contents.expected(world, one, YEARS[0])
        assert body.status.startswith(expected), (body.file_name, body.status)
        codes = {finding.code for finding in parsed_of(archive, body.sha256, body.reference_digest).findings}
        codes |= {finding["code"] for finding in body.findings}
        wrong = {FAULTS[one.fault]} if expected == "returned" else set()
        assert codes - INTENDED == wrong, (body.file_name, codes)


def test_cluster_and_unit_differ_where_planted_only(receipts: list[ReceiptBody]) -> None:
    told = {
        (finding["params"]["unit"], int(body.period), finding["column"])
        for body in receipts
        for finding in body.findings
        if finding["code"] == "member.differs_from_own"
    }
    meant = {
        (one.unit_code, one.first, column) for one in planted.of(patterns.DIFFERS) for column in ("Số cán bộ", "HTXSNV")
    }
    mended = {(later.unit_code, int(later.period)) for _, later in _corrected(receipts)}
    assert meant <= told and {place[:2] for place in told - meant} <= mended


@pytest.fixture(scope="module")
def recomputed(home: Home, version: Version) -> Recomputed:
    return Recomputed(version, lists.load(home.reference))


def test_the_rows_of_every_metric_are_those_counted_again_from_the_cells(
    version: Version, recomputed: Recomputed
) -> None:
    assert recomputed.records.keys() == metrics().keys()
    read = table(version, "SELECT * EXCLUDE subject FROM metric_rows")
    stored = Counter((*row[:7], row[7:]) for row in read.itertuples(index=False, name=None))
    counted = Counter(
        (name, *record) for name, records in recomputed.records.items() for record in records if record[4] != "gap"
    )
    assert stored == counted, (list((stored - counted).items())[:5], list((counted - stored).items())[:5])
    assert len({name for name, *_ in stored}) == len(metrics()), "the demo has no rows of a metric"


def test_every_value_and_state_is_what_its_rows_the_receipts_and_the_lists_make_it(
    version: Version, recomputed: Recomputed
) -> None:
    stored = table(version, "SELECT * EXCLUDE (unit_kind, units_reported, units_obliged) FROM metric_values").astype(
        object
    )
    rows = stored.where(stored.notna(), None).itertuples(index=False, name=None)
    found = {tuple(row[:5]): tuple(row[5:]) for row in rows}
    expected = recomputed.values()
    assert found.keys() == expected.keys()
    assert {key: (found[key], expected[key]) for key in found if found[key] != expected[key]} == {}
    assert {state for *_, state in found.values()} == {
        *("reported", "not_submitted", "not_applicable", "not_computable"),
    }


def test_every_value_says_of_how_many_units_it_is(version: Version) -> None:
    told = table(version, "SELECT v.*, kind FROM metric_values v JOIN metrics USING (metric)")
    units = told[told["unit_kind"] == "unit"]
    assert (units["units_obliged"] == 1).all() and (units["units_reported"] == (units["state"] == "reported")).all()
    kinds = dict(table(version, "SELECT code, kind FROM groups").itertuples(index=False, name=None))
    groups = told[told["unit_kind"] != "unit"]
    assert (groups["unit_code"].map(kinds) == groups["unit_kind"]).all() and not units["unit_code"].isin(kinds).any()
    members = table(version, "SELECT period, code AS unit_code, unit_code AS member FROM group_units")
    obliged = members.groupby(["period", "unit_code"])["member"].size().rename("obliged")
    assert (groups.join(obliged, on=["period", "unit_code"])["obliged"] == groups["units_obliged"]).all()
    figure = ["metric", "period", "breakdown", "stratum"]
    summed = units[units["kind"] != "points"].merge(
        members, left_on=["period", "unit_code"], right_on=["period", "member"], suffixes=("", "_of")
    )
    reported = summed.groupby([*figure, "unit_code_of"])["units_reported"].sum().rename("summed")
    counted = groups[groups["kind"] != "points"].join(reported, on=[*figure, "unit_code"])
    assert (counted["summed"] == counted["units_reported"]).all()


@pytest.fixture(scope="module")
def evidence(version: Version) -> pd.DataFrame:
    """The rows behind every value of every metric, as the reading door gives them, with `metric`, `period`,
    `breakdown`.
    """
    asked = table(version, "SELECT DISTINCT metric, period, breakdown FROM metric_values ORDER BY ALL")
    frames = [
        queries.evidence(version, ALL, Question(metric, period, breakdown=breakdown, unit="ALL"), EVERYTHING).assign(
            metric=metric, period=period, breakdown=breakdown
        )
        for metric, period, breakdown in asked.itertuples(index=False)
    ]
    return pd.concat(frames, ignore_index=True)


def test_the_evidence_of_every_value_adds_up_to_it(version: Version, evidence: pd.DataFrame) -> None:
    places = ["metric", "unit_code", "period", "breakdown"]
    sums = evidence.groupby([*places, "part"])["amount"].sum().to_dict()
    values = table(version, "SELECT * FROM metric_values JOIN reporting USING (unit_code, period) WHERE stratum = ''")
    for row in values[values["state"] == "reported"].itertuples():
        key = (row.metric, row.unit_code, row.period, row.breakdown)
        assert sums.get((*key, "num"), 0) == row.numerator, key
        assert metrics()[row.metric].kind != "ratio" or sums.get((*key, "den"), 0) == row.denominator, key


def test_every_cell_read_and_so_every_evidence_cell_shows_the_stored_value_in_the_workbook(
    home: Home, version: Version, evidence: pd.DataFrame
) -> None:
    stored = _stored_cells(version)
    places = evidence[["submission_id", "sheet", "cell", "value"]].drop_duplicates()
    assert places.notna().all().all() and len(places) > 3000
    for number, sheet, cell, value in places.itertuples(index=False):
        parts = [stored[number][sheet, one] for one in cell.split(", ")]  # a sum names every cell that was added up
        assert " + ".join(parts) == value, (number, sheet, cell)
    files = table(version, "SELECT submission_id, sha256, file_name FROM submissions WHERE is_current")
    wrong = []
    for number, sha, name in files.itertuples(index=False):
        book = load_workbook(Archive(home).path_of(sha), data_only=True)
        for (sheet, cell), raw in stored[number].items():
            if as_written(book[sheet][cell].value) != raw:
                wrong.append((name, sheet, cell, raw, book[sheet][cell].value))
        book.close()
    assert wrong == []


def _stored_cells(version: Version) -> dict[int, dict[tuple[str, str], str]]:
    """submission -> (sheet, address) -> raw, of both files."""
    found: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for path in (version.facts, version.people):
        with duckdb.connect(str(path), read_only=True) as db:
            asked = "SELECT submission_id, sheet, column_letter || excel_row, raw FROM cells"
            for number, sheet, cell, raw in db.execute(asked).fetchall():
                assert (sheet, cell) not in found[number]
                found[number][sheet, cell] = raw
    return found


def test_archive_and_journal_alone_give_the_same_rows_again(home: Home, version: Version, tmp_path: Path) -> None:
    copy = archive_and_journal(home, tmp_path / "copy", with_caches=False)
    assert not list(copy.submissions.glob("*/*.parquet"))
    assert differences(version, build(copy)) == []


def test_a_build_as_of_a_moment_is_the_build_of_a_journal_that_ends_there(
    home: Home, version: Version, receipts: list[ReceiptBody], tmp_path: Path
) -> None:
    first, second = next(_corrected(receipts))
    moment = first.received_at
    copy, then = (archive_and_journal(home, tmp_path / name) for name in ("copy", "then"))
    then.journal.unlink()
    Journal(then.journal).head_path.write_text('[0, ""]', encoding="utf-8")  # a folder that has received nothing yet
    for event in Journal(home.journal).events():
        if event.at <= moment:
            Journal(then.journal).append(event.body, event.actor, event.at)
    built = build(copy, as_of=moment)
    assert differences(built, build(then)) == []
    counts = dict(table(built, "SELECT receipt_no, is_current FROM submissions").itertuples(index=False))
    assert counts[first.receipt_no] and second.receipt_no not in counts
    assert "facts.metric_values" in differences(built, version)


def test_names_and_texts_about_people_are_not_in_the_facts(version: Version) -> None:
    with duckdb.connect(str(version.people), read_only=True) as db:
        names = {name for (name,) in db.execute("SELECT full_name FROM people WHERE full_name IS NOT NULL").fetchall()}
        codes = {code for (code,) in db.execute("SELECT person_code FROM people").fetchall()}
    with duckdb.connect(str(version.facts), read_only=True) as db:
        asked = "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'VARCHAR'"
        for name, column in db.execute(asked).fetchall():
            told = {text for (text,) in db.execute(f'SELECT DISTINCT "{column}" FROM "{name}"').fetchall() if text}
            assert not told & (names | codes), (name, column)


def test_the_journal_of_the_demo_is_whole_and_each_period_has_its_late_and_missing(
    home: Home, version: Version
) -> None:
    assert Journal(home.journal).verify() == Journal(home.journal).last_seq()
    board = table(version, "SELECT * FROM submission_status WHERE is_reporter AND period < '2026'")
    standing = Counter(board["status"])
    assert standing["accepted"] > 15 and standing["accepted_with_warnings"] > 15
    assert standing["not_submitted"] and standing["returned"]
    assert (board["days_late"] > 0).sum() > 5
