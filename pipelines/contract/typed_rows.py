"""A reference list read into dataclasses: each text becomes what its field says."""

import csv
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.problems import ReferenceInvalid


def read(path: Path, row: type) -> tuple[Any, ...]:
    """One `row` (a frozen dataclass) a line, columns by name; `ReferenceInvalid` names the file, the line and what is wrong."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_row(path.name, line, record, row) for line, record in enumerate(csv.DictReader(file), start=2))


def _row(file: str, line: int, record: dict[str, str], row: type) -> Any:
    values: dict[str, Any] = {}
    for field in fields(row):
        text = (record.get(field.name) or "").strip()
        try:
            values[field.name] = _value(field.type, text)
        except ValueError as error:
            raise ReferenceInvalid(file=file, line=line, what=f"{field.name}={text!r}") from error
    try:
        return row(**values)
    except ValueError as error:
        raise ReferenceInvalid(file=file, line=line, what=str(error)) from error


def _value(kind: Any, text: str) -> Any:
    if kind is str:
        return text
    if kind is bool:
        return {"1": True, "0": False}[text] if text in ("0", "1") else _refuse(text)
    if kind is int or kind is float:
        return kind(text)
    if kind is date:
        return date.fromisoformat(text)
    return date.fromisoformat(text) if text else None  # date | None


def _refuse(text: str) -> bool:
    raise ValueError(text)
