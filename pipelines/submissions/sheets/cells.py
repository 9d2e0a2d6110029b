"""The cells of one workbook gathered as Arrow columns (CELLS_SCHEMA), in pieces, without an object a cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
import pyarrow as pa

from pipelines.records.parsed import CELLS_SCHEMA
from pipelines.submissions.choice_lists import column_letter

_HELD = 40_000  # cells held as Python strings; beyond, they are packed until the workbook has been read
_NAMES = ("sheet", "table_name", "column_name", "column_letter")
_REST = pa.schema([CELLS_SCHEMA.field(name) for name in ("excel_row", "raw", "value")])
_PACKED = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)


@dataclass
class Cells:
    """Add columns, then ask for the `table`.

    A workbook of millions of cells is open at the same time: hence the packing.
    """

    _runs: list[tuple[tuple[str, str, str, str], int]] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _raws: list[str] = field(default_factory=list)
    _values: list[str | None] = field(default_factory=list)
    _packs: list[bytes] = field(default_factory=list)
    _table: pa.Table | None = None

    def add(
        self,
        sheet: str,
        table: str,
        name: str,
        index: int,
        rows: Sequence[int],
        raws: Sequence[str],
        values: Sequence[str | None],
    ) -> None:
        """The cells of one column (or a piece of it); those with nothing written are left out."""
        before = len(self._rows)
        if not all(raws):
            rows, values, raws = list(compress(rows, raws)), list(compress(values, raws)), list(filter(None, raws))
        self._rows.extend(rows)
        self._raws.extend(raws)
        self._values.extend(values)
        self._runs.append(((sheet, table, name, column_letter(index)), len(self._rows) - before))
        if len(self._rows) >= _HELD:
            self._pack()

    def _batch(self) -> pa.RecordBatch:
        arrays = [
            pa.array(held, kind.type) for held, kind in zip((self._rows, self._raws, self._values), _REST, strict=True)
        ]
        self._rows, self._raws, self._values = [], [], []
        return pa.record_batch(arrays, schema=_REST)

    def _pack(self) -> None:
        target = pa.BufferOutputStream()
        with pa.ipc.new_stream(target, _REST, options=_PACKED) as stream:
            stream.write_batch(self._batch())
        self._packs.append(target.getvalue().to_pybytes())
        pa.default_memory_pool().release_unused()

    def table(self) -> pa.Table:
        """CELLS_SCHEMA, in the order the columns were added. Nothing can be added afterwards."""
        if self._table is None:
            batches = []
            if self._packs:
                pa.default_memory_pool().release_unused()
            while self._packs:
                with pa.ipc.open_stream(self._packs.pop(0)) as stream:
                    batches += list(stream)
            rest = pa.Table.from_batches([*batches, self._batch()], _REST)
            counts = [count for _, count in self._runs]
            names = [_repeated([run[place] for run, _ in self._runs], counts) for place in range(len(_NAMES))]
            self._table = pa.Table.from_arrays([*names, *rest.columns], schema=CELLS_SCHEMA)
        return self._table

    def raw(self, sheet: str, name: str, row: int) -> str:
        """What is written in a cell, "" if nothing; asked when there is something to say about it."""
        if (sheet, name) not in self._asked:
            table, start = self.table(), 0
            found: dict[int, str] = {}
            for (title, _, column, _), count in self._runs:
                if (title, column) == (sheet, name):
                    part = table.slice(start, count)
                    found.update(zip(part["excel_row"].to_pylist(), part["raw"].to_pylist(), strict=True))
                start += count
            self._asked[sheet, name] = found
        return self._asked[sheet, name].get(row, "")

    _asked: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)


def _repeated(names: Sequence[str], counts: Sequence[int]) -> pa.Array:
    distinct = list(dict.fromkeys(names))
    code_of = {name: code for code, name in enumerate(distinct)}
    codes = np.array([code_of[name] for name in names], dtype=np.int16)
    return pa.DictionaryArray.from_arrays(np.repeat(codes, counts), pa.array(distinct, pa.string()))
