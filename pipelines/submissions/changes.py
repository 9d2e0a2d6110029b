"""What a new workbook would change: row by row against the version that counts now."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contract.shape import Column, InfoField, Kind
from pipelines.contract.workbooks import INFO_TITLE, WORKBOOKS
from pipelines.records.parsed import INFO_TABLE, Parsed
from pipelines.texts import day

COLUMNS = ["sheet", "key", "column", "before", "after", "change"]
_BETWEEN = " · "
_SUMMARY = 3  # filled cells that introduce a row added or removed
Columns = Sequence[Column | InfoField]


def changes(before: Parsed | None, after: Parsed) -> pd.DataFrame:
    """COLUMNS, in the order of the workbook.

    `change`: added | removed (one line a row, no column) | changed (one a cell).

    Cells are compared by what they mean and shown as written (dates day first); rows are matched by the key of their
    sheet, or by their first filled cell where the key is empty.
    """
    form = WORKBOOKS.get(after.form)
    if form is None:
        return pd.DataFrame(columns=COLUMNS)
    parts = [_compare(INFO_TITLE, INFO_TABLE, (), form.info, before, after)]
    for sheet in form.sheets:
        keys = sheet.unique[0] if sheet.unique else ()
        parts.append(_compare(sheet.title, sheet.table, keys, sheet.columns, before, after))
    return _joined(parts, COLUMNS)


def _compare(
    title: str, table: str, keys: tuple[str, ...], columns: Columns, before: Parsed | None, after: Parsed
) -> pd.DataFrame:
    """The lines of one sheet, in the order of the new workbook, rows removed last."""
    old, new = _cells(before, table, keys, columns), _cells(after, table, keys, columns)
    cells = new.merge(old, on=["key", "place"], how="outer", suffixes=("_new", "_old"))
    added, removed = ~cells["key"].isin(set(old["key"])), ~cells["key"].isin(set(new["key"]))
    differs = cells["said_new"].fillna("") != cells["said_old"].fillna("")
    changed = cells[~added & ~removed & differs]
    names = [column.label if isinstance(column, InfoField) else column.header for column in columns]
    lines = _joined(
        [
            pd.DataFrame(
                {
                    "key": changed["key"],
                    "column": [names[place] for place in changed["place"]],
                    "before": changed["shown_old"].fillna(""),
                    "after": changed["shown_new"].fillna(""),
                    "change": "changed",
                }
            ),
            _whole_rows(new[~new["key"].isin(set(old["key"]))], "after", "added"),
            _whole_rows(old[~old["key"].isin(set(new["key"]))], "before", "removed"),
        ],
        COLUMNS[1:],
    )
    order = {key: number for number, key in enumerate(dict.fromkeys([*new["key"], *old["key"]]))}
    lines = lines.sort_values("key", key=lambda column: column.map(order), kind="stable")
    return lines.assign(sheet=title)[COLUMNS] if len(lines) else lines.assign(sheet=[])[COLUMNS]


def _cells(parsed: Parsed | None, table: str, keys: tuple[str, ...], columns: Columns) -> pd.DataFrame:
    """key, place (number of the column), said (what is compared), shown; in order of row and column."""
    if parsed is None:
        return pd.DataFrame({"key": [], "place": [], "said": [], "shown": []}, dtype=str).astype({"place": int})
    cells = parsed.cells.filter(pc.equal(parsed.cells["table_name"].cast(pa.string()), table))
    frame = cells.select(["excel_row", "column_name", "raw", "value"]).to_pandas()
    places = {column.name: place for place, column in enumerate(columns)}
    frame["place"] = frame["column_name"].astype(str).map(places)
    frame = frame.dropna(subset=["place"]).astype({"place": int, "raw": str})
    frame = frame.drop_duplicates(["excel_row", "place"])
    dates = {places[column.name] for column in columns if column.kind is Kind.DATE}
    frame["said"] = frame["value"].fillna(frame["raw"])
    is_date = frame["place"].isin(dates) & frame["value"].notna()
    frame["shown"] = frame["raw"].where(~is_date, frame["value"].where(is_date).map(_day, na_action="ignore"))
    if table == INFO_TABLE:
        return frame.assign(key="").sort_values("place")[["key", "place", "said", "shown"]]
    frame = frame.sort_values(["excel_row", "place"])
    frame["key"] = frame["excel_row"].map(_keys(frame, [places[name] for name in keys])).astype(str)
    return frame[["key", "place", "said", "shown"]]


def _keys(frame: pd.DataFrame, places: list[int]) -> pd.Series:
    """excel_row -> key; the first filled cell where the key is empty; repeats are numbered."""
    parts = frame[frame["place"].isin(places)].groupby("excel_row")["said"].agg(_BETWEEN.join)
    keys = frame.groupby("excel_row")["said"].first()
    keys.update(parts)
    repeats = keys.groupby(keys).cumcount()
    return keys.where(repeats == 0, keys + " (" + (repeats + 1).astype(str) + ")")


def _whole_rows(cells: pd.DataFrame, side: str, change: str) -> pd.DataFrame:
    """One line a row, introduced by its first filled cells."""
    rows = cells.groupby("key", sort=False)["shown"].agg(lambda shown: _BETWEEN.join(shown.iloc[:_SUMMARY]))
    sides = {"before": "", "after": ""} | {side: rows.to_numpy()}
    return pd.DataFrame({"key": rows.index, "column": "", **sides, "change": change})


def _joined(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True)[columns] if filled else pd.DataFrame(columns=columns)


def _day(text: str) -> str:
    return day(date.fromisoformat(text), "vi")
