"""The script an office would write: pandas with openpyxl, sheet by sheet, cleaned a little, put together, one rate
worked out.

It proves nothing, keeps nothing and finds no mistakes; it only gets the tables out. `python -m
tests.bench.pandas_script FOLDER`.
"""

import sys
from pathlib import Path

import pandas as pd

HEADER = 2  # the row with the headers, from 0
SHEETS = {
    "Cán bộ": ["Ngày đến", "Ngày đi"],
    "Tập thể": [],
    "Chỉ tiêu": [],
    "Phong trào": ["Ngày phát động", "Ngày sơ kết", "Ngày tổng kết"],
    "Sáng kiến": ["Ngày công nhận"],
    "Khen thưởng": ["Ngày họp Hội đồng", "Ngày công khai", "Ngày trình", "Ngày quyết định"],
    "Điển hình": ["Ngày phát hiện", "Ngày bồi dưỡng"],
}


def tables_of(folder: Path) -> dict[str, pd.DataFrame]:
    """Sheet -> the rows of all workbooks, with the name of the file they come from."""
    found: dict[str, list[pd.DataFrame]] = {sheet: [] for sheet in SHEETS}
    for path in sorted(folder.glob("*.xlsx")):
        book = pd.read_excel(path, sheet_name=list(SHEETS), header=HEADER, dtype=object, engine="openpyxl")
        for sheet, rows in book.items():
            rows = rows.loc[:, ~rows.columns.str.startswith("Unnamed")].dropna(how="all")
            for column in set(SHEETS[sheet]) & set(rows.columns):
                rows[column] = pd.to_datetime(rows[column], errors="coerce")
            found[sheet].append(rows.assign(file=path.name))
    return {sheet: pd.concat(frames, ignore_index=True) for sheet, frames in found.items()}


def award_rate(tables: dict[str, pd.DataFrame]) -> pd.Series:
    """People awarded ÷ people, file by file."""
    awards, staff = tables["Khen thưởng"], tables["Cán bộ"]
    code = next(column for column in awards.columns if "Mã cán bộ" in column)
    return awards.groupby("file")[code].nunique() / staff.groupby("file").size()


if __name__ == "__main__":
    read = tables_of(Path(sys.argv[1]))
    print({sheet: len(rows) for sheet, rows in read.items()}, award_rate(read).mean())
