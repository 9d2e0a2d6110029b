"""A file that kills, hangs or bloats its reader costs only itself; big and small answers arrive whole."""

import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from pipelines.contract import reference as lists
from pipelines.contract.workbooks import UNIT_REPORT
from pipelines.problems import ReadersUnavailable, ReferenceInvalid
from pipelines.records.parsed import Parsed
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import reader
from pipelines.submissions.copy.statements import statement
from pipelines.submissions.template import template
from pipelines.submissions.workers.worker import Readers
from tests.support.workbooks import hostile
from tests.support.workbooks.workbook_parts import book

STAND_IN = "tests.support.workbooks.reader_stand_ins:parse"
SLOW = pytest.mark.slow
DIGEST = lists.digest(OWN_REFERENCE)


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1, STAND_IN, memory=300 << 20) as readers:
        yield readers


@pytest.fixture(scope="module")
def real() -> Iterator[Readers]:
    with Readers() as readers:
        readers.warm()
        yield readers


def _say(readers: Readers, file_name: str, data: bytes = b"") -> Parsed:
    return readers.parse(data, file_name, OWN_REFERENCE)


def _is_lost(parsed: Parsed) -> bool:
    assert parsed.reference_digest == DIGEST
    return parsed.form == "" and [finding.code for finding in parsed.findings] == ["file.read_failed"]


@pytest.mark.parametrize("file_name", ["abort", "raise", "memory 900"])
def test_a_worker_that_dies_or_overgrows_loses_only_that_file(readers: Readers, file_name: str) -> None:
    assert _is_lost(_say(readers, file_name))
    assert _say(readers, "memory 50").form == str(50 << 20)


@SLOW
@pytest.mark.parametrize("file_name", ["sleep", "spin"])
def test_a_worker_that_hangs_is_ended_when_its_time_is_over(file_name: str) -> None:
    with Readers(1, STAND_IN, seconds=1.0) as readers:
        assert _is_lost(_say(readers, file_name))
        assert _say(readers, "next").form


def test_a_worker_killed_in_the_middle_of_a_file_loses_only_that_file(tmp_path: Path) -> None:
    note = tmp_path / "pid"

    def kill() -> None:
        while not (note.exists() and note.read_text()):
            time.sleep(0.01)
        os.kill(int(note.read_text()), signal.SIGKILL)

    with Readers(1, STAND_IN) as readers:
        killer = threading.Thread(target=kill)
        killer.start()
        assert _is_lost(_say(readers, "pid", str(note).encode()))
        killer.join()
        assert _say(readers, "next").period != note.read_text()


def test_a_worker_that_died_between_two_files_loses_none(readers: Readers) -> None:
    before = int(_say(readers, "a").form)
    os.kill(before, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(before)] if psutil.pid_exists(before) else [], timeout=0.2)
    assert int(_say(readers, "b").form) != before


def test_what_a_reader_prints_does_not_reach_the_answers(readers: Readers) -> None:
    assert _say(readers, "print").sheets == {"staff": "filled"}


@pytest.mark.parametrize("rows", [3, 300_000])
def test_small_and_big_answers_arrive_whole(readers: Readers, rows: int) -> None:
    cells = _say(readers, f"cells {rows}").cells
    assert cells.num_rows == rows and cells["excel_row"][-1].as_py() == rows - 1
    assert set(cells.slice(rows - 2)["raw"].to_pylist()) == {"x"}


@SLOW
def test_a_worker_is_replaced_after_so_many_files(readers: Readers) -> None:
    workers = {_say(readers, "a").form for _ in range(2_001)}
    assert len(workers) == 2


def test_lists_that_cannot_be_used_are_our_problem_not_the_files(readers: Readers, tmp_path: Path) -> None:
    with pytest.raises(ReferenceInvalid):
        readers.parse(b"", "a", tmp_path)
    assert _say(readers, "a").form


def test_a_worker_that_cannot_start_says_why() -> None:
    with Readers(1, "tests.no_such_reader:parse") as readers, pytest.raises(ReadersUnavailable) as problem:
        _say(readers, "a")
    assert "no_such_reader" in problem.value.facts["reason"]


def test_the_worker_says_what_the_reader_says(real: Readers, tmp_path: Path) -> None:
    reference = lists.load(OWN_REFERENCE)
    data = template.write(tmp_path / "V01.xlsx", reference, UNIT_REPORT, "V01", "2025").read_bytes()
    here, there = reader.parse(data, "V01.xlsx", reference), real.parse(data, "V01.xlsx", OWN_REFERENCE)
    assert there.cells.equals(here.cells) and there.cells.num_rows > 0
    assert (there.form, there.findings, there.sheets) == (here.form, here.findings, here.sheets)


def test_threads_share_the_workers_and_each_gets_its_own_answer(real: Readers) -> None:
    def answer(name: str) -> list[str]:
        make, code = hostile.REFUSED[name]
        return [code] if [f.code for f in real.parse(make(), name, OWN_REFERENCE).findings] == [code] else [name]

    names = list(hostile.REFUSED)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(answer, names)) == [[hostile.REFUSED[name][1]] for name in names]


@SLOW
def test_no_hostile_file_takes_a_worker_two_gigabytes_and_each_has_its_answer() -> None:
    made = {name: make for name, (make, _) in hostile.REFUSED.items()} | hostile.READ | hostile.HEAVY
    with Readers(1) as readers:
        for name, make in made.items():
            parsed = _say(readers, name, make())
            assert parsed.form == "" and parsed.findings, name
            assert all(statement(finding, "vi")[1] for finding in parsed.findings), name
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # kilobytes, of the largest that has ended
    assert most < 2 << 20


@SLOW
def test_many_files_come_back_in_their_order_with_the_lost_one_among_them(tmp_path: Path) -> None:
    names = [*(f"file {n}" for n in range(7)), "abort", *(f"file {n}" for n in range(7, 12))]
    for name in names:
        (tmp_path / name).write_bytes(book())
    with Readers(2, STAND_IN) as readers:
        answers = list(readers.parse_many([(name, (tmp_path / name).read_bytes) for name in names], OWN_REFERENCE))
    assert [name for name, _ in answers] == names
    assert [name for name, parsed in answers if parsed.findings] == ["abort"]
    assert len({parsed.period for _, parsed in answers if parsed.period}) >= 2
