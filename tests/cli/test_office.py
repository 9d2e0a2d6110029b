"""The verbs of who keeps the office, and `receive` killed half way, on the real command line."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from pipelines.contract.workbooks import tables
from pipelines.desk.doctor import examine
from pipelines.records.archive import Archive
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import PROJECT, Home
from pipelines.warehouse.connection import current
from tests.conftest import Typed
from tests.support.counted.every_row import every_row
from tests.support.homes.crash_jobs import begin

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office") / "begun"
    begin(root)
    return root


@pytest.fixture
def home(begun: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(begun, tmp_path / "home"))


@pytest.fixture
def run(home: Home, monkeypatch: pytest.MonkeyPatch, typed: Typed) -> Typed:
    """One verb on the data folder: exit code, what is said, what is said beside it."""
    monkeypatch.setenv("THIDUA_HOME", str(home.root))

    return typed


def test_a_period_is_closed_kept_and_opened_again(home: Home, run: Typed) -> None:
    before = current(home).name
    code, out, _ = run("close", "2025", "--json")
    assert (code, json.loads(out)) == (0, {"period": "2025", "version": before})
    code, _, aside = run("withdraw", "2", "--reason", "Nhầm")
    assert code == 2 and "2025" in aside
    assert run("receive", str(home.inbox / "4 V01 2025 sửa.xlsx"))[0] == 1
    assert run("open", "2025", "--reason", "Bổ sung")[0] == 0
    code, out, _ = run("withdraw", "2", "--reason", "Nhầm", "--json")
    told = json.loads(out)
    assert (code, told["receipt_no"], told["reporter"], told["counts_now"]) == (0, 2, "V01", None)
    status = json.loads(run("status", "--period", "2025", "--json")[1])
    assert {row["reporter_code"]: row["status"] for row in status["reporters"]}["V01"] == "returned"
    code, out, _ = run("pin", "--name", "Hội đồng 2025", "--json")
    assert (code, json.loads(out)) == (0, {"name": "Hội đồng 2025", "version": current(home).name})
    assert Ledger().follow(Journal(home.journal).events()).kept_versions == {before, current(home).name}


def test_a_withdrawal_says_what_counts_now_and_a_period_without_reports_is_still_a_period(
    home: Home, run: Typed
) -> None:
    code, out, _ = run("withdraw", "3", "--reason", "Nhầm")
    assert code == 0 and "C01 · Năm 2025 · lần nộp thứ 1" in out and "C01 không còn báo cáo nào" in out
    code, _, aside = run("withdraw", "3", "--reason", "Nhầm")
    assert code == 2 and "đã được rút từ trước" in aside
    for number in ("2", "1"):
        assert run("withdraw", number, "--reason", "Nhầm")[0] == 0
    for period in ("2025h1", "2024"):
        assert run("status", "--period", period)[0] == 0
    assert "6 tháng đầu năm 2025 · chưa có báo cáo nào được dùng" in run("status", "--period", "2025H1")[1]
    assert json.loads(run("status", "--period", "2025H1", "--json")[1])["reporters"] == []
    assert run("status", "--period", "2999")[0] == 2


def test_the_doctor_says_what_is_wrong_what_to_do_and_ends_with_one(home: Home, run: Typed) -> None:
    code, out, _ = run("doctor", "--json")
    assert (code, json.loads(out)) == (0, {"faults": [], "notes": [], "receipts": 3, "events": 5})
    archive = Archive(home)
    archive.path_of(next(iter(archive))).write_bytes(b"")
    code, out, _ = run("doctor", "--json")
    [fault] = json.loads(out)["faults"]
    code_told, told, _ = run("doctor")
    assert (code, code_told, fault["code"]) == (1, 1, "bytes")
    assert fault["message"] in told and fault["fix"] in told


def _receive(home: Home) -> subprocess.Popen[str]:
    environment = {"THIDUA_HOME": str(home.root), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "pipelines", "receive", str(home.inbox)]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdout=nothing, stderr=nothing, text=True, cwd=home.root)


def _facts(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """What the workbooks said, without the numbers of receipts, which a file sent twice moves on."""
    rows = every_row(current(home))
    names = [*(f"facts.{table}" for table in tables()), "people.staff", "people.awards", "facts.metric_values"]
    first = {name: 0 if name == "facts.metric_values" else 1 for name in names}
    return {name: sorted((row[first[name] :] for row in rows[name]), key=repr) for name in names}


@pytest.fixture(scope="module")
def facts(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What the figures say when nobody is killed."""
    home = Home(shutil.copytree(begun, tmp_path_factory.mktemp("office") / "undisturbed"))
    assert _receive(home).wait(120) == 1  # one of the seven is returned
    return _facts(home)


def _receipts(count: int) -> Callable[[Home], bool]:
    return lambda home: Journal(home.journal).last_seq() >= 1 + count


def _being_built(home: Home) -> bool:
    using = current(home).folder
    return any((folder / "facts.duckdb").exists() for folder in home.warehouse.iterdir() if folder != using)


@pytest.mark.parametrize(
    "moment",
    [lambda home: len(list(Archive(home))) > 3, _receipts(6), _being_built],
    ids=["archived", "third receipt", "building"],
)
def test_receive_killed_half_way_leaves_all_in_order_and_the_same_command_completes_it(
    home: Home, facts: dict[str, list[tuple[object, ...]]], moment: Callable[[Home], bool]
) -> None:
    process = _receive(home)
    while not moment(home):
        assert process.poll() is None
        time.sleep(0.001)
    readers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    _, left = psutil.wait_procs(readers, timeout=20)
    assert left == []  # nobody goes on reading for a process that is gone
    assert examine(home).faults == ()
    assert _receive(home).wait(120) == 1
    report, ledger = examine(home), Ledger().follow(Journal(home.journal).events())
    assert (report.faults, report.notes) == ((), ())
    assert {body.file_name for body in ledger.receipts.values()} == {path.name for path in home.inbox.iterdir()}
    assert _facts(home) == facts
