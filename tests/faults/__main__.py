"""Try every fault in a copy of the project, two at a time, and tell which no test noticed: docs/faults.md.

`python -m tests.faults` goes on where it was stopped: what was noticed is not tried again while the file is the same, what was not
noticed always is. `python -m tests.faults rules known` tries those whose name holds one of the words and leaves the
document alone; `--list` tries none.
"""

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Timer

from tests import ROOT
from tests.faults import Fault
from tests.faults.document import PATH, write
from tests.faults.every import FAULTS, place

AT_ONCE = 2
LONGEST = 600.0  # seconds: a fault that lets a test run for ever has been noticed
SURVIVED, FAILED = 0, 1  # what pytest returns
CAUGHT, MISSED, SOUND = "caught", "missed", "sound"
_QUIET = ("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0")


def main(asked: Sequence[str] | None = None) -> int:
    """0: every fault was tried, whatever was found."""
    told = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    told.add_argument("words", nargs="*", help="try only faults whose name holds one of these")
    told.add_argument("--list", action="store_true", help="say how many there are and which are stale")
    given = told.parse_args(asked)
    for fault in FAULTS:
        place(ROOT, fault)
    chosen = [one for one in FAULTS if not given.words or any(word in one.name for word in given.words)]
    counted = [one for one in chosen if not one.alike]
    print(f"{len(chosen)} faults, {len(chosen) - len(counted)} of them change nothing", flush=True)
    if given.list:
        return 0
    outcomes = Outcomes(Path(tempfile.gettempdir()) / "thidua-faults.jsonl")
    keys = {one: _key(one) for one in counted}
    untried = _try_all({one: key for one, key in keys.items() if outcomes.of(key) != CAUGHT}, outcomes)
    missed = [one for one, key in keys.items() if outcomes.of(key) == MISSED]
    for one in missed:
        print(f"missed  {one.name}")
    print(f"{len(missed)} of {len(counted) - len(untried)} missed, {len(untried)} could not be tried")
    if not given.words and not untried:
        print(write(PATH, FAULTS, missed, _commit()))
    return int(bool(untried))


class Outcomes:
    """What became of each fault and which tests pass without any, by what it rests on: a run goes on where it was stopped."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, Lock()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._told = dict(json.loads(line) for line in lines)

    def of(self, key: str) -> str | None:
        return self._told.get(key)

    def keep(self, key: str, outcome: str) -> None:
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            self._told[key] = outcome
            file.write(json.dumps([key, outcome]) + "\n")


class Tree:
    """A copy of the project in which faults are put in, and a process that runs its tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path in _files():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, folder / path)
        self._process = self._started()

    def pytest(self, tests: Sequence[str]) -> int:
        """The exit code of a run that ends at the first test that fails."""
        told = self._process
        clock = Timer(LONGEST, self.end)
        clock.start()
        told.stdin.write(json.dumps([*_QUIET, *tests]) + "\n")  # type: ignore[union-attr]
        told.stdin.flush()  # type: ignore[union-attr]
        answer = told.stdout.readline().strip()  # type: ignore[union-attr]
        clock.cancel()
        if not answer:
            self._process = self._started()
        return int(answer or FAILED)

    @contextmanager
    def changed(self, fault: Fault) -> Iterator[None]:
        """The fault is in the copy; then it is out again."""
        path = self.folder / fault.file
        before = path.read_text(encoding="utf-8")
        try:
            _written(path, before.replace(fault.text, fault.instead))
            yield
        finally:
            _written(path, before)

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _started(self) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": str(self.folder)}
        command = [sys.executable, "-m", "tests.faults.runner"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "start_new_session": True}
        started = subprocess.Popen(command, cwd=self.folder, env=environment, **pipes)  # type: ignore[call-overload]
        assert started.stdout.readline().strip() == "ready"
        return started  # type: ignore[no-any-return]


def _try_all(faults: Mapping[Fault, str], outcomes: Outcomes) -> list[Fault]:
    """Try faults, each kept by its key; those whose tests fail without any fault, or do not run with it."""
    untried: list[Fault] = []
    with tempfile.TemporaryDirectory(prefix="thidua-faults-") as folder:
        trees: SimpleQueue[Tree] = SimpleQueue()
        every = [Tree(Path(folder) / str(number)) for number in range(AT_ONCE if faults else 0)]
        for tree in every:
            trees.put(tree)

        def tried(fault: Fault) -> str:
            tree = trees.get()
            try:
                unsound = [test for test in fault.tests if not _is_sound(test, tree, outcomes)]
                with tree.changed(fault):
                    code = tree.pytest(fault.tests)
            finally:
                trees.put(tree)
            if unsound or code not in (SURVIVED, FAILED):
                untried.append(fault)
                return f"untried ({', '.join(unsound) or code})  {fault.name}"
            outcomes.keep(faults[fault], found := CAUGHT if code == FAILED else MISSED)
            return f"{found}  {fault.name}"

        with ThreadPoolExecutor(AT_ONCE) as pool:
            for line in pool.map(tried, faults):
                print(line, flush=True)
        for tree in every:
            tree.end()
    return untried


def _is_sound(test: str, tree: Tree, outcomes: Outcomes) -> bool:
    """Whether a test passes without any fault: else that it fails says nothing."""
    key = _hashed(test, [test.partition("::")[0]], tree.folder)
    if outcomes.of(key) is None and tree.pytest([test]) == SURVIVED:
        outcomes.keep(key, SOUND)
    return outcomes.of(key) == SOUND


def _written(path: Path, text: str) -> None:
    """Write a file of the copy. What Python compiled of it goes: within a second the file would look unchanged."""
    path.write_text(text, encoding="utf-8")
    if path.suffix == ".py":
        Path(cache_from_source(str(path))).unlink(missing_ok=True)


def _files() -> list[Path]:
    """What git follows, and what it would."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for path in map(Path, told.splitlines()) if (ROOT / path).is_file()]


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True)
    return told.stdout.strip()


def _key(fault: Fault) -> str:
    """What an outcome is kept by: the change, and the file it is made in."""
    return _hashed(f"{fault.text}\0{fault.instead}", [fault.file])


def _hashed(told: str, files: Sequence[str], root: Path = ROOT) -> str:
    found = hashlib.sha256(told.encode())
    for name in files:
        found.update(name.encode() + b"\0" + (root / name).read_bytes())
    return found.hexdigest()[:24]


if __name__ == "__main__":
    sys.exit(main())
