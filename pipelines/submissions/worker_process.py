"""The inside of a worker: reads one workbook after another under limits, and may die of any of them."""

import os
import signal
import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import pyarrow as pa

from pipelines import platform
from pipelines.contract import reference as lists
from pipelines.contract.reference import Reference
from pipelines.problems import ReferenceInvalid
from pipelines.submissions.parsed import to_table
from pipelines.submissions.worker_pipe import receive, send

_IN_MESSAGE = 1 << 20  # bytes of cells up to which an answer travels in the pipe; beyond as a file to be mapped


def main(task: str, folder: Path, memory: int) -> None:
    """Answer requests from standard input until it ends. `task` is "module:function" with the signature of reader.parse."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when a worker ends
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    pa.set_memory_pool(pa.system_memory_pool())  # the other pools reserve a gigabyte of addresses
    module, _, name = task.partition(":")
    read = getattr(import_module(module), name)
    platform.limit_worker(memory)
    send(answers, {"ready": True})
    while message := receive(sys.stdin.buffer):
        request, data = message
        platform.limit_time(request["seconds"])
        _answer(answers, read, request, data, folder)
        del message, data


def _answer(answers: BinaryIO, read: Any, request: dict[str, Any], data: bytes, folder: Path) -> None:
    try:
        reference = _reference(request["reference"])
    except ReferenceInvalid:
        send(answers, {"reference_invalid": True})
        return
    try:
        table = to_table(read(data, request["file_name"], reference))
    except MemoryError:
        os._exit(1)
    except BaseException as error:  # a panic of the cell reader is no Exception
        send(answers, {"failed": f"{type(error).__name__}: {error}"[:500]})
        return
    _send_table(answers, table, folder)


def _send_table(answers: BinaryIO, table: pa.Table, folder: Path) -> None:
    if table.nbytes <= _IN_MESSAGE:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        send(answers, {"file": ""}, sink.getvalue().to_pybytes())
        return
    path = folder / f"{uuid4().hex}.arrow"
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)
    send(answers, {"file": str(path)})


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
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
