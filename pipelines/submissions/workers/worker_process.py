"""The inside of a worker: reads or copies one workbook after another under limits, and may die of any of them."""

import os
import signal
import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa

from pipelines import platform
from pipelines.contract import reference as lists
from pipelines.contract.reference import Reference
from pipelines.problems import ReferenceInvalid
from pipelines.records.parsed import finding_from_json, to_table
from pipelines.submissions.workers.worker_pipe import Facts, receive, send

_IN_MESSAGE = 1 << 20  # bytes of cells up to which an answer travels in the pipe; beyond as a file to be mapped


def main(parse: str, copy: str, folder: Path, memory: int) -> None:
    """Answer requests from standard input until it ends.

    `parse` and `copy` are "module:function" with the signatures of reader.parse and annotate.copy.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when a worker ends
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    pa.set_memory_pool(pa.system_memory_pool())  # the other pools reserve a gigabyte of addresses
    read = _function(parse)
    platform.limit_worker(memory)
    send(answers, {"ready": True})
    while message := receive(sys.stdin.buffer):
        request, data = message
        platform.limit_time(request["seconds"])
        send(answers, *_answer(read, copy, request, data, folder))
        del message, data


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def _answer(read: Any, copy: str, request: Facts, data: bytes, folder: Path) -> tuple[Facts, bytes]:
    try:
        if request["job"] == "copy":
            return _copied(_function(copy), request, data)  # imported late: who only reads never needs it
        return _read(read, request, data, folder)
    except MemoryError:
        os._exit(1)
    except BaseException as error:  # a panic of the cell reader is no Exception
        return {"failed": f"{type(error).__name__}: {error}"[:500]}, b""


def _copied(copy: Any, request: Facts, data: bytes) -> tuple[Facts, bytes]:
    """The annotated copy of a workbook: how it was made, and its bytes."""
    findings, codes = ([finding_from_json(one) for one in request[name]] for name in ("findings", "codes"))
    made = copy(data, findings, request["lang"], codes=codes)
    return {"way": made.way, "marked": made.marked, "differences": made.differences}, made.data


def _read(read: Any, request: Facts, data: bytes, folder: Path) -> tuple[Facts, bytes]:
    """What a workbook says: as bytes in the message, or a file of them to be mapped."""
    try:
        reference = _reference(request["reference"])
    except ReferenceInvalid:
        return {"reference_invalid": True}, b""
    table = to_table(read(data, request["file_name"], reference))
    if table.nbytes <= _IN_MESSAGE:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        return {"file": ""}, sink.getvalue().to_pybytes()
    path = folder / f"{uuid4().hex}.arrow"
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)
    return {"file": str(path)}, b""


def _reference(folder: str) -> Reference:
    """The lists of a folder, read again only after one of them changed."""
    states = []
    if os.path.isdir(folder):  # noqa: PTH112  asked for every file: a Path for each list costs more than the asking
        with os.scandir(folder) as entries:
            states = [(one.name, one.stat()) for one in entries if one.name.endswith(".csv")]
    return _load(folder, tuple((name, state.st_mtime_ns, state.st_size) for name, state in sorted(states)))


@lru_cache(maxsize=4)
def _load(folder: str, _state: tuple[tuple[str, int, int], ...]) -> Reference:
    return lists.load(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
