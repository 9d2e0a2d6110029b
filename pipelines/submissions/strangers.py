"""A workbook that is none of ours, looked through all the same: what stands in its cells that nobody could read as it shows."""

from collections.abc import Iterable, Sequence
from datetime import date

from pipelines.submissions.codes import text_column
from pipelines.submissions.dates import looks_like_date, read_date
from pipelines.submissions.fold import Problems
from pipelines.submissions.grid import Cell, Piece, columns_of, place_of
from pipelines.submissions.scan import SheetScan
from pipelines.submissions.typed import Broken, Memo, OldFont, through


def look(scan: SheetScan, parts: Iterable[Piece], problems: Problems) -> None:
    """Every odd cell of a sheet at its place: errors, unreadable values, texts that hide something, impossible dates."""
    if scan.visibility != "visible":
        problems.add("sheet.hidden", scan.name)
    for part in parts:
        width = max(map(len, part.rows), default=0)
        for index, column in enumerate(columns_of(part.rows, list(range(width)))):
            _look_down(scan.name, index, part.first_row, column, problems)
    for address in scan.duplicates:
        row, index = place_of(address)
        problems.add("cell.duplicate_address", scan.name, index, [row])


def _look_down(title: str, index: int, first_row: int, column: Sequence[Cell], problems: Problems) -> None:
    """One column. Ordinary texts are passed over together; only the others are looked at one by one."""
    places = [place for place, cell in enumerate(column) if isinstance(cell, (str, OldFont)) and cell]
    cells = [column[place] for place in places]
    texts = text_column(cells, set(map(type, cells)))
    found = [(places[at], texts.raws[at], problem) for at, problem in texts.problems]
    odd = [place for place, cell in enumerate(column) if isinstance(cell, (Broken, date))]
    odd += [place for place in places if looks_like_date(str(column[place]))]
    others = through(Memo(read_date), [column[place] for place in odd])
    found += [(odd[at], others.raws[at], problem) for at, problem in others.problems]
    for place, raw, problem in found:
        problems.add(problem.code, title, index, [first_row + place], value=raw, params=problem.params)
