"""The cell reader alone: every sheet of every file to Python lists, in a process that waits for file names."""

import sys

from python_calamine import CalamineWorkbook


def cells_of(path: str) -> int:
    """Read a workbook whole; how many places its rows have."""
    with CalamineWorkbook.from_path(path) as book:
        return sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


if __name__ == "__main__":
    for line in sys.stdin:
        print(cells_of(line.rstrip("\n")), flush=True)
