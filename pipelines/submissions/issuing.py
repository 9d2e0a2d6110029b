"""Staff codes for people listed without one: given once, for good.

The journal keeps them; the clerk finds them in the copy.
"""

import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.records.bodies import Issued
from pipelines.records.parsed import CELLS_SCHEMA, Parsed
from pipelines.submissions.values.cleaning import name_key


def issue(
    unit_code: str,
    rows: Sequence[tuple[int, str]],
    given: Mapping[str, Sequence[str]],
    before: Mapping[str, Sequence[str]],
    is_taken: Callable[[str], bool],
) -> tuple[Issued, ...]:
    """Codes for rows (Excel row, name), in their order.

    `given`: key of a name -> codes it got in earlier workbooks of this unit and period: those first, namesakes in
    their order. `before`: -> codes the unit's lists of other periods have for it: taken over where one person and
    one code are meant. Everyone else gets a code that is not taken.
    """
    used, issued = set[str](), list[Issued]()
    keys = [name_key(name) for _, name in rows]
    times = Counter(keys)
    waiting = {key: iter(given.get(key, ())) for key in times}
    for key, (row, name) in zip(keys, rows, strict=True):
        known = before.get(key, ())
        code = next(waiting[key], None)
        if code is None and times[key] == len(known) == 1 and key not in given:
            code = known[0]
        if code is None:
            code = next(one for one in _candidates(unit_code, key) if one not in used and not is_taken(one))
        used.add(code)
        issued.append(Issued(row, code, name))
    return tuple(issued)


def _candidates(unit_code: str, key: str) -> Iterable[str]:
    for number in count(1):
        digest = hmac.new(unit_code.encode(), f"{key}|{number}".encode(), "sha256").hexdigest()
        yield f"{unit_code}-{digest[:6].upper()}"


def filled_in(parsed: Parsed, issued: Sequence[Issued]) -> Parsed:
    """The workbook as if its codes had stood in it: what it is compared with afterwards."""
    if not issued:
        return parsed
    cells = parsed.cells
    sheet = cells.filter(pc.equal(cells["table_name"], "staff"))["sheet"][0].as_py()
    place = {"sheet": sheet, "table_name": "staff", "column_name": "person_code", "column_letter": parsed.code_column}
    rows = [place | {"excel_row": r, "raw": code, "value": code} for r, code, _ in issued]
    return replace(
        parsed, cells=pa.concat_tables([cells, pa.Table.from_pylist(rows, CELLS_SCHEMA)]).unify_dictionaries()
    )
