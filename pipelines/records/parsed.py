"""What one workbook says once it has been read: the value that passes between worker, desk and archive."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.contract.checks import CHECKS, Finding, Severity

INFO_TABLE = "info"  # table_name of the cells of `Thông tin`
_META = b"parsed"  # key of the schema metadata that holds everything of Parsed but the cells
_NAME = pa.dictionary(pa.int16(), pa.string())  # few names, many cells
CELLS_SCHEMA = pa.schema(
    [
        pa.field("sheet", _NAME, nullable=False),  # title as it stands in the workbook
        pa.field("table_name", _NAME, nullable=False),  # contract table or INFO_TABLE
        pa.field("column_name", _NAME, nullable=False),
        pa.field("column_letter", _NAME, nullable=False),  # with excel_row the address: "H" 17
        pa.field("excel_row", pa.int32(), nullable=False),
        pa.field("raw", pa.string(), nullable=False),  # as_written
        pa.field("value", pa.string()),  # canonical text: ISO date, "12.5", code, cleaned text; NULL if unusable
    ]
)


@dataclass(frozen=True)
class Parsed:
    """One workbook after guard, reader and validator; no stored data consulted.

    `sheets`: fact table -> "filled", "none" (marked Không phát sinh) or "unknown" (empty and unmarked).
    `cells`: one row a non-empty cell read (CELLS_SCHEMA). A refused file has form "" and one `file.*` finding.
    """

    form: str
    unit_code: str
    cluster_code: str
    period: str
    template_version: str
    prepared_on: date | None
    sheets: dict[str, str]
    cells: pa.Table
    findings: tuple[Finding, ...]
    reference_digest: str
    code_column: str = ""  # letter of `Mã cán bộ` on `Cán bộ`: where a code that is missing belongs

    @cached_property
    def columns(self) -> "Columns":
        """The cells by table and column."""
        return Columns(self.cells)


class Columns:
    """The cells of a workbook by table and column.

    Those of one column follow each other, so none is looked for or copied.
    """

    def __init__(self, cells: pa.Table) -> None:
        """`cells`: columns of CELLS_SCHEMA, `table_name` and `column_name` among them."""
        self._cells = cells
        self._runs: dict[tuple[str, str], list[tuple[int, int]]] = {}  # first row and number of rows
        start = 0
        for batch in filter(len, cells.select(["table_name", "column_name"]).to_batches()):
            codes = [column.indices.to_numpy() for column in batch.columns]
            tables, names = (column.dictionary.to_pylist() for column in batch.columns)
            changes = np.flatnonzero((np.diff(codes[0]) != 0) | (np.diff(codes[1]) != 0)) + 1
            for first, end in pairwise([0, *changes.tolist(), len(batch)]):
                place = (tables[codes[0][first]], names[codes[1][first]])
                self._runs.setdefault(place, []).append((start + first, end - first))
            start += len(batch)

    def tables(self) -> list[str]:
        """The tables with a cell, in the order read."""
        return list(dict.fromkeys(table for table, _ in self._runs))

    def has(self, table: str, name: str) -> bool:
        """Whether anything stands in a column."""
        return (table, name) in self._runs

    def first(self, table: str) -> pa.Table:
        """The first cell of a table."""
        return self._cells.slice(min(runs[0][0] for (of, _), runs in self._runs.items() if of == table), 1)

    def of(self, table: str, name: str) -> pa.Table:
        """The cells of one column from the top."""
        runs = self._runs.get((table, name), [(0, 0)])
        return pa.concat_tables([self._cells.slice(*run) for run in runs])


def refused(code: str, reference_digest: str) -> Parsed:
    """Nothing of a workbook, and why."""
    finding = Finding(code, CHECKS[code])
    return Parsed("", "", "", "", "", None, {}, CELLS_SCHEMA.empty_table(), (finding,), reference_digest)


def to_table(parsed: Parsed) -> pa.Table:
    """Parsed as one Arrow table: the cells, and everything else in the metadata of the schema."""
    rest = {
        "form": parsed.form,
        "unit_code": parsed.unit_code,
        "cluster_code": parsed.cluster_code,
        "period": parsed.period,
        "template_version": parsed.template_version,
        "prepared_on": parsed.prepared_on.isoformat() if parsed.prepared_on else None,
        "sheets": parsed.sheets,
        "findings": [finding_to_json(finding) for finding in parsed.findings],
        "reference_digest": parsed.reference_digest,
        "code_column": parsed.code_column,
    }
    return _as_cells(parsed.cells).replace_schema_metadata({_META: json.dumps(rest, ensure_ascii=False)})


def from_table(table: pa.Table) -> Parsed:
    """The Parsed of `to_table`. KeyError or TypeError: a table of something else."""
    rest = json.loads(table.schema.metadata[_META])
    day = rest.pop("prepared_on")
    findings = tuple(finding_from_json(body) for body in rest.pop("findings"))
    cells = _as_cells(table.replace_schema_metadata(None))
    return Parsed(**rest, prepared_on=date.fromisoformat(day) if day else None, findings=findings, cells=cells)


def _as_cells(table: pa.Table) -> pa.Table:
    return table if table.schema.equals(CELLS_SCHEMA) else table.cast(CELLS_SCHEMA)


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding as it stands in journal and archive."""
    return vars(finding) | {"params": dict(finding.params)}


def finding_from_json(body: Mapping[str, Any]) -> Finding:
    """The finding of `finding_to_json`."""
    return Finding(**{**body, "severity": Severity(body["severity"])})


def as_written(value: object) -> str:
    """The one rule for "the value as written", whichever library read the cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)
