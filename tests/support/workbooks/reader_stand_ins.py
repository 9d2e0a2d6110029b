"""Readers and copyists that misbehave on purpose. A worker process runs them instead of the real ones."""

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from pipelines.contract.checks import Finding
from pipelines.contract.reference import Reference
from pipelines.records.parsed import CELLS_SCHEMA, Parsed
from pipelines.submissions.copy.annotate import Annotated


def parse(data: bytes, file_name: str, reference: Reference) -> Parsed:
    """Do what the file name says.

    "pid …" leaves the number of the process in the file named by the bytes, then sleeps.
    """
    word, _, number = file_name.partition(" ")
    if word == "abort":
        os.abort()
    if word == "raise":
        raise KeyboardInterrupt
    if word == "print":
        print("between the answers", flush=True)
        os.write(1, b"between the answers")
    if word == "sleep":
        time.sleep(60)
    if word == "spin":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            pass
    if word == "memory":
        return _said(str(len(bytearray(int(number) << 20))), reference)
    if word == "pid":
        Path(data.decode()).write_text(str(os.getpid()))
        time.sleep(60)
    if word == "cells":
        return _said(str(os.getpid()), reference, int(number))
    return _said(str(os.getpid()), reference)


def copy(data: bytes, findings: Iterable[Finding], lang: str, codes: Iterable[Finding]) -> Annotated:
    """Fail in the way the value of the first finding says."""
    match next(iter(findings)).value:
        case "abort":
            os.abort()
        case "raise":
            raise RecursionError
        case "memory":
            return Annotated(bytes(900 << 20), "marked")
        case "sleep":
            time.sleep(60)
    return Annotated(data, "marked", 7)


def _said(what: str, reference: Reference, rows: int = 0) -> Parsed:
    """A Parsed whose form is a word of ours; the period is the number of the process."""
    columns = [["x"] * rows if field.name != "excel_row" else range(rows) for field in CELLS_SCHEMA]
    cells = pa.table([pa.array(c, f.type) for c, f in zip(columns, CELLS_SCHEMA, strict=True)], schema=CELLS_SCHEMA)
    return Parsed(what, "", "", str(os.getpid()), "", None, {"staff": "filled"}, cells, (), reference.digest)
