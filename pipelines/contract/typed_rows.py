"""A reference list read into dataclasses: each text becomes what its field says, and whatever does not is a fault of
its place.
"""

import csv
import os
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.contract.list_faults import Fault

_SEPARATORS = {";": ";", "\t": "Tab"}  # what a spreadsheet may write instead of commas
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CODE = re.compile(r"\w[\w.-]*")
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})|(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})", re.ASCII)
_WHOLE, _DECIMAL = re.compile(r"-?\d+", re.ASCII), re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FIRST_YEAR = 1900


@dataclass(frozen=True)
class Shape:
    """How a list is to be: `row` its dataclass; the rest are names of its columns.

    key: no two rows share it (at one time, where rows are `dated` by valid_from and valid_to; then they also follow
    one another). codes: capital letters without spaces. optional: may be empty. later: may be missing, earlier
    releases did not have them. choices: what may stand there. refers: (list, column) that must hold the code. spans:
    first and last day.
    """

    row: type
    key: tuple[str, ...]
    codes: tuple[str, ...]
    optional: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    spans: tuple[tuple[str, str], ...] = ()
    dated: bool = False


@dataclass(frozen=True)
class Table:
    """A list as read: its rows with their numbers, and what is wrong in it."""

    file: str
    rows: tuple[tuple[int, Any], ...] = ()
    faults: tuple[Fault, ...] = ()
    is_whole: bool = True  # every row could be made


def read(path: Path, shape: Shape) -> Table:
    """Every row that can be made, columns by name; empty rows are passed over.

    Surrounding spaces of words are taken away.
    """
    file = path.name
    if not os.path.lexists(path):
        return Table(file, faults=(Fault(file, "missing"),))
    if (data := content(path)) is None:
        return Table(file, faults=(Fault(file, "unreadable"),))
    text, fault = _decoded(file, data)
    if fault:
        return Table(file, faults=(fault,))
    try:
        lines = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except csv.Error:
        return Table(file, faults=(Fault(file, "broken"),))
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if any(map(str.strip, line))]
    if not numbered:
        return Table(file, faults=(Fault(file, "empty"),))
    (at, header), *records = numbered
    names = [name.strip() for name in header]
    if faults := _header_faults(file, at, names, shape):
        return Table(file, faults=tuple(faults))
    if not records:
        return Table(file, faults=(Fault(file, "header_only"),))
    return _typed(file, names, records, shape)


def content(path: Path) -> bytes | None:
    """The bytes of a list; None for what cannot be read as a file: a folder, a pipe, a link to nothing, a file closed
    to this account.
    """
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _decoded(file: str, data: bytes) -> tuple[str, Fault | None]:
    if data.startswith(_UTF16) or b"\0" in data:
        return "", Fault(file, "utf16")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        return "", Fault(file, "not_utf8", row=data[: error.start].count(b"\n") + 1)


def _header_faults(file: str, at: int, names: Sequence[str], shape: Shape) -> list[Fault]:
    wanted = [one.name for one in fields(shape.row)]
    for sign, told in _SEPARATORS.items():
        if len(names) == 1 and sign in names[0]:
            return [Fault(file, "separator", row=at, more={"sign": told})]
    faults = [Fault(file, "column_missing", at, name) for name in wanted if name not in (*names, *shape.later)]
    faults += [Fault(file, "column_twice", at, name) for name in dict.fromkeys(names) if names.count(name) > 1]
    return faults + [Fault(file, "column_unknown", at, name) for name in names if name not in wanted]


def _typed(file: str, names: Sequence[str], records: Sequence[tuple[int, list[str]]], shape: Shape) -> Table:
    rows: list[tuple[int, Any]] = []
    faults: list[Fault] = []
    for number, record in records:
        if len(record) != len(names):
            faults.append(Fault(file, "cells", number, more={"found": len(record), "wanted": len(names)}))
            continue
        values, found = _values(dict(zip(names, record, strict=True)), shape)
        faults += [Fault(file, code, number, column, text, more) for code, column, text, more in found]
        if any(text is _NOTHING for text in values.values()):
            continue
        try:
            rows.append((number, shape.row(**values)))
        except ValueError as error:  # the row says itself what does not fit: "column=value"
            column, _, text = str(error).partition("=")
            faults.append(Fault(file, "misfit", number, column, text.strip("'")))
    return Table(file, tuple(rows), tuple(faults), len(rows) == len(records))


_NOTHING = object()  # instead of a value that cannot be made
_Found = tuple[str, str, str, dict[str, object]]


def _values(record: Mapping[str, str], shape: Shape) -> tuple[dict[str, Any], list[_Found]]:
    """A row's values by field, and (code, column, text, more) of what is wrong with them."""
    values: dict[str, Any] = {}
    found: list[_Found] = []
    for one in fields(shape.row):
        written = unicodedata.normalize("NFC", record.get(one.name, ""))
        text = written.strip()
        values[one.name] = _value(one.type, text)
        if values[one.name] is _NOTHING:
            found.append(("needed", one.name, "", {}) if not text else (_KINDS[one.type][0], one.name, text, {}))
        elif (
            one.name in shape.codes and text and (text != written or not _CODE.fullmatch(text) or text != text.upper())
        ):
            found.append(("code", one.name, written, {}))
        elif not text and one.type is str and one.name not in shape.optional:
            found.append(("needed", one.name, "", {}))
        elif text not in shape.choices.get(one.name, (text,)):
            found.append(("choice", one.name, text, {"choices": " | ".join(filter(None, shape.choices[one.name]))}))
    return values, found


def _value(kind: Any, text: str) -> Any:
    if kind is str:
        return text
    if kind == date | None and not text:
        return None
    return _KINDS[kind][1](text)


def _day(text: str) -> Any:
    told = _DAY.fullmatch(text)
    if told is None:
        return _NOTHING
    year, month, day = (int(told[name] or told[f"{name}2"]) for name in "ymd")
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else _NOTHING
    except ValueError:
        return _NOTHING


# What a field's text is called when it is none, and what it becomes.
_KINDS: dict[Any, tuple[str, Callable[[str], Any]]] = {
    bool: ("yes_no", lambda text: {"1": True, "0": False}.get(text, _NOTHING)),
    int: ("number", lambda text: int(text) if _WHOLE.fullmatch(text) else _NOTHING),
    float: ("number", lambda text: float(text) if _DECIMAL.fullmatch(text) else _NOTHING),
    date: ("date", _day),
    date | None: ("date", _day),
}
