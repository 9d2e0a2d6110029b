"""Workbooks are read and copied in processes of their own: a file that kills one takes nothing else with it."""

import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import BinaryIO, cast

import pyarrow as pa

from pipelines import platform
from pipelines.contract import reference as lists
from pipelines.contract.checks import CHECKS, Finding
from pipelines.places import PROGRAM
from pipelines.problems import ReadersUnavailable
from pipelines.records.parsed import CELLS_SCHEMA, Parsed, finding_to_json, from_table
from pipelines.submissions.container.refusal import MB
from pipelines.submissions.copy import annotate
from pipelines.submissions.copy.annotate import Annotated
from pipelines.submissions.workers.worker_pipe import Facts, receive, send

PARSE, COPY = "pipelines.submissions.reader:parse", "pipelines.submissions.copy.annotate:copy"
MEMORY = 1_500 * MB  # a worker may take so much beyond what it needs to be ready
_SECONDS, _SECONDS_PER_MB = 10.0, 1.0
_FILES_A_WORKER, _LARGE = 2_000, 4 * MB
_START_SECONDS = 60.0


class Readers:
    """Worker processes that guard, read and check workbooks and make their annotated copies.

    Threads may share it; each file has one worker to itself.

    Processes start when first needed, or all at `warm`. Close it, or use it as a context manager.
    """

    def __init__(
        self,
        processes: int = 2,
        parse: str = PARSE,
        memory: int = MEMORY,
        seconds: float = _SECONDS,
        copy: str = COPY,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="thidua-", ignore_cleanup_errors=True)
        self._places = [_Place((parse, copy), Path(self._folder.name), memory, seconds) for _ in range(processes)]
        self._idle: LifoQueue[_Place] = LifoQueue()
        for place in reversed(self._places):
            self._idle.put(place)

    @property
    def processes(self) -> int:
        """How many files are worked on at a time."""
        return len(self._places)

    def __enter__(self) -> "Readers":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def warm(self) -> None:
        """Start every process now, without waiting for it."""
        for place in self._places:
            place.start()

    def close(self) -> None:
        """End the processes."""
        for place in self._places:
            place.end()
        self._folder.cleanup()

    def parse(self, data: bytes, file_name: str, reference_folder: Path) -> Parsed:
        """What `reader.parse` says of the bytes; a worker that dies, hangs or overgrows makes it `file.read_failed`.

        `ReferenceInvalid` when the lists cannot be used; `ReadersUnavailable` when no worker can be started.
        """
        reference = reference_folder.absolute()
        answer = self._ask({"job": "parse", "file_name": file_name, "reference": str(reference)}, data)
        if answer is not None and "reference_invalid" in answer[0]:
            lists.load(reference)  # raises what the worker met
        if answer is None or "file" not in answer[0]:
            return _failed(answer[0]["failed"] if answer else "ended", lists.digest(reference))
        return _parsed(*answer)

    def copy(
        self, data: bytes, findings: Iterable[Finding], codes: Iterable[Finding] = (), lang: str = "vi"
    ) -> Annotated:
        """What `annotate.copy` makes of a workbook; where its worker fails in any way, the list of problems alone."""
        told, given = tuple(findings), tuple(codes)
        request = {"job": "copy", "lang": lang, "findings": _as_json(told), "codes": _as_json(given)}
        answer = self._ask(request, data)
        if answer is None or "way" not in answer[0]:
            return annotate.report((*told, *given), lang)
        facts, made = answer
        return Annotated(made, facts["way"], facts["marked"], tuple(facts["differences"]))

    def _ask(self, request: Facts, data: bytes) -> tuple[Facts, bytes] | None:
        place = self._idle.get()
        try:
            return place.ask(request, data)
        finally:
            self._idle.put(place)

    def parse_many(
        self, files: Iterable[tuple[str, Callable[[], bytes]]], reference_folder: Path
    ) -> Iterator[tuple[str, Parsed]]:
        """(name, how to get the bytes) of files -> (name, Parsed), in their order, every worker busy.

        Only a few files are held at a time.
        """
        waiting: deque[tuple[str, Future[Parsed]]] = deque()
        with ThreadPoolExecutor(len(self._places)) as pool:
            for name, data in files:
                waiting.append((name, pool.submit(self._parse_file, name, data, reference_folder)))
                if len(waiting) > 2 * len(self._places):
                    done, future = waiting.popleft()
                    yield done, future.result()
            for done, future in waiting:
                yield done, future.result()

    def _parse_file(self, name: str, data: Callable[[], bytes], reference_folder: Path) -> Parsed:
        return self.parse(data(), name, reference_folder)


class _Place:
    """The place of one worker, which is replaced when it dies or has read enough."""

    def __init__(self, tasks: tuple[str, str], folder: Path, memory: int, seconds: float) -> None:
        self._tasks, self._folder, self._memory, self._seconds = tasks, folder, memory, seconds
        self._worker: _Worker | None = None

    def start(self) -> None:
        if self._worker is None:
            self._worker = _Worker([*self._tasks, str(self._folder), str(self._memory)], self._memory)

    def end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def ask(self, request: Facts, data: bytes) -> tuple[Facts, bytes] | None:
        """The worker's answer; None if it died of the file, and another stands in its place."""
        worker = self._ready()
        seconds = self._seconds + _SECONDS_PER_MB * len(data) / MB
        answer = None
        try:
            answer = worker.ask(request | {"seconds": seconds}, data, seconds)
        finally:
            if answer is None:  # dead, or stopped in the middle of a sentence
                self.end()
                self.start()
        if len(data) > _LARGE:
            self.end()  # what it grew to would stay with it; the next file starts another
        return answer

    def _ready(self) -> "_Worker":
        if self._worker is not None and (self._worker.files >= _FILES_A_WORKER or not self._worker.is_alive()):
            self.end()
        self.start()
        worker = cast(_Worker, self._worker)
        try:
            worker.wait_until_ready()
        except ReadersUnavailable:
            self.end()
            raise
        return worker


class _Worker:
    """One worker process."""

    def __init__(self, arguments: list[str], memory: int) -> None:
        self._memory = memory
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the process
        command = [sys.executable, "-X", "utf8", "-m", "pipelines.submissions.workers.worker_process", *arguments]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, cwd=PROGRAM
        )
        self._to = cast(BinaryIO, self._process.stdin)
        self._from = cast(BinaryIO, self._process.stdout)
        self._is_ready = False
        self.files = 0

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        if not self._is_ready:
            with platform.Watch(self._process.pid, _START_SECONDS, self._memory, self._process.kill):
                self._is_ready = receive(self._from) is not None
        if not self._is_ready:
            self._complaints.seek(0)
            raise ReadersUnavailable(reason=self._complaints.read().decode(errors="replace")[-2_000:])

    def ask(self, request: Facts, data: bytes, seconds: float) -> tuple[Facts, bytes] | None:
        """The answer, None if the worker died of it or had to be killed. `seconds` of the processor."""
        self.files += 1
        with platform.Watch(self._process.pid, seconds * platform.PATIENCE, self._memory, self._process.kill):
            try:
                send(self._to, request, data)
                return receive(self._from)
            except (OSError, ValueError):
                return None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._to, self._from, self._complaints):
            try:
                stream.close()
            except OSError:  # bytes for the dead are still in the buffer
                continue


def _as_json(findings: Iterable[Finding]) -> list[Facts]:
    return [finding_to_json(finding) for finding in findings]


def _parsed(facts: Facts, body: bytes) -> Parsed:
    if not facts["file"]:
        return from_table(pa.ipc.open_stream(body).read_all())
    path = Path(facts["file"])
    with pa.memory_map(str(path)) as file:
        table = pa.ipc.open_stream(file).read_all()
    platform.discard(path)
    return from_table(table)


def _failed(reason: str, reference_digest: str) -> Parsed:
    finding = Finding("file.read_failed", CHECKS["file.read_failed"], params={"reason": reason})
    return Parsed("", "", "", "", "", None, {}, CELLS_SCHEMA.empty_table(), (finding,), reference_digest)
