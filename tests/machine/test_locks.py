"""Locks between processes: one at a time, the one who waits hears who is writing, and a lock dies with its process."""

import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from pipelines.locks import Holder, held
from pipelines.problems import Busy

_HOLD = """
import sys, time
from pathlib import Path
from pipelines.locks import held
with held(Path(sys.argv[1]), "lock.build"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "write.lock"


def _started(lock: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", _HOLD, str(lock)], stdout=subprocess.PIPE, text=True)
    out: IO[str] | None = process.stdout
    assert out and out.readline() == "held\n"
    return process


def test_who_waits_hears_who_is_writing_and_gives_up_in_the_end(lock: Path) -> None:
    other, heard = _started(lock), []
    try:
        with pytest.raises(Busy) as busy, held(lock, "lock.write", 0.05, heard.append):
            pass
    finally:
        other.kill()
        other.wait()
    (holder,) = heard
    assert isinstance(holder, Holder) and (holder.pid, holder.purpose) == (other.pid, "lock.build")
    assert busy.value.facts["pid"] == str(other.pid)


def test_a_killed_process_leaves_no_lock_behind(lock: Path) -> None:
    other = _started(lock)
    other.kill()
    other.wait()
    heard: list[Holder] = []
    with held(lock, "lock.write", 5, heard.append):
        assert heard == []
