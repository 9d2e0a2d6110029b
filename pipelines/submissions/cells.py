"""The cells of one workbook gathered as Arrow columns (CELLS_SCHEMA), in pieces, without an object a cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
import pyarrow as pa

from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.parsed import CELLS_SCHEMA

_FLUSH = 100_000  # cells held as Python strings
_NAMES = ("sheet", "table_name", "column_name", "column_letter")


@dataclass
class Cells:
    """Add columns, then ask for the `table`."""

    _runs: list[tuple[tuple[str, str, str, str], int]] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _raws: list[str] = field(default_factory=list)
    _values: list[str | None] = field(default_factory=list)
    _done: list[tuple[pa.Array, pa.Array, pa.Array]] = field(default_factory=list)

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
        self._rows.extend(compress(rows, raws))
        self._raws.extend(filter(None, raws))
        self._values.extend(compress(values, raws))
        self._runs.append(((sheet, table, name, column_letter(index)), len(self._rows) - before))
        if len(self._rows) >= _FLUSH:
            self._flush()

    def _flush(self) -> None:
        arrays = (
            pa.array(self._rows, pa.int32()),
            pa.array(self._raws, pa.string()),
            pa.array(self._values, pa.string()),
        )
        self._done.append(arrays)
        self._rows, self._raws, self._values = [], [], []

    def table(self) -> pa.Table:
        """CELLS_SCHEMA, in the order the columns were added."""
        if self._rows or not self._done:
            self._flush()
        counts = [count for _, count in self._runs]
        names = [_repeated([run[place] for run, _ in self._runs], counts) for place in range(len(_NAMES))]
        rest = [pa.chunked_array([done[place] for done in self._done]) for place in range(3)]
        return pa.Table.from_arrays([*names, *rest], schema=CELLS_SCHEMA)


def _repeated(names: Sequence[str], counts: Sequence[int]) -> pa.Array:
    distinct = list(dict.fromkeys(names))
    code_of = {name: code for code, name in enumerate(distinct)}
    codes = np.array([code_of[name] for name in names], dtype=np.int16)
    return pa.DictionaryArray.from_arrays(np.repeat(codes, counts), pa.array(distinct, pa.string()))
