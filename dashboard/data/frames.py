"""What the page on the data shows: one figure followed from its cell, what can be taken away, the versions that are
kept.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.shell.columns import Column, Columns
from pipelines.contract.shape import Column as SheetColumn
from pipelines.contract.vocabulary import VOCABULARIES
from pipelines.contract.workbooks import tables
from pipelines.texts import catalogue, say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.viewer import Viewer

PREVIEW = 100  # rows
_VALUES, _TABLE, _ALL = "values", "table", "ALL"
_SAID = {
    "state": "charts.state",
    "metric": "dictionary.metric",
    "unit_kind": "data.unit_kind",
}  # column -> texts of its codes
_OF_BREAKDOWNS = VOCABULARIES["score_source"]  # whose codes are no abbreviations of the law's own words


@dataclass(frozen=True)
class Example:
    """One row behind a figure of all units: where it was written, what it counts, the unit's value and that of all."""

    row: pd.Series
    unit: pd.Series
    whole: pd.Series


def example(version: Version, viewer: Viewer, metric: str, period: str) -> Example | None:
    """The first row of the first figure that is above zero; None where there is none."""
    every = queries.metric(version, viewer, metric, [period], [_ALL])
    found = every[every["numerator"] > 0]
    if found.empty:
        return None
    whole = found.iloc[0]
    rows = queries.evidence(version, viewer, Question(metric, period, breakdown=whole["breakdown"], unit=_ALL), 1)
    if rows.empty:
        return None
    unit = queries.metric(version, viewer, metric, [period], [rows.iloc[0]["unit_code"]], [whole["breakdown"]])
    return Example(rows.iloc[0], unit.iloc[0], whole)


def offered(version: Version, viewer: Viewer, lang: str) -> dict[str, str]:
    """What can be taken away, code -> name: the values of all metrics, of one, the rows of a table."""
    metrics = queries.metrics(version, viewer)["metric"]
    values = {f"{_VALUES}.{name}": f"{say('data.values', lang)}: {metric_name(name, lang)}" for name in metrics}
    rows = {
        f"{_TABLE}.{name}": f"{say('data.table', lang)}: {_told_apart(name, lang)}"
        for name in queries.table_names(version, viewer)
    }
    return {_VALUES: say("data.values.all", lang)} | values | rows


def _told_apart(table: str, lang: str) -> str:
    """The title of a table; where units and clusters fill in sheets of one title, whose it is."""
    title = table_title(table, lang)
    alike = [name for name in tables() if table_title(name, lang) == title]
    return say("data.of_clusters", lang, table=title) if table in alike[1:] else title


def is_table(what: str) -> bool:
    """Whether rows of a table are meant, which may hold names."""
    return what.startswith(f"{_TABLE}.")


def is_long(what: str) -> bool:
    """Whether of all periods so many rows are meant that a workbook takes its time: each of its cells is written by
    itself.
    """
    return what == _VALUES


def preview(version: Version, viewer: Viewer, what: str, period: str, names: bool) -> pd.DataFrame:
    """The first rows of `taken`; of all metrics the first one's."""
    first = f"{_VALUES}.{queries.metrics(version, viewer)['metric'].iloc[0]}" if what == _VALUES else what
    return taken(version, viewer, first, period, names, PREVIEW).head(PREVIEW)


def taken(
    version: Version, viewer: Viewer, what: str, period: str | None, names: bool, limit: int | None = None
) -> pd.DataFrame:
    """Everything of that code (of one period), without names unless they are wanted and the viewer may see people."""
    kind, _, name = what.partition(".")
    if kind == _VALUES:
        return queries.metric_rows(version, viewer, name, period)
    allowed = replace(viewer, may_see_people=viewer.may_see_people and names)
    return queries.table_rows(version, allowed, name, period, limit)


def headings(frame: pd.DataFrame, what: str, lang: str) -> Columns:
    """Headings as in the workbooks; what the table's own sheet has not is called as elsewhere, or has a name of its own
    here.
    """
    of_sheets = {name: one.header if lang == "vi" else one.english for name, one in _columns(what).items()}
    told = _own_headings(lang) | of_sheets
    return {column: Column(told.get(column, column), _kind(frame[column])) for column in frame.columns}  # type: ignore[arg-type]


def in_words(frame: pd.DataFrame, what: str, lang: str) -> pd.DataFrame:
    """The same rows for people: choices by their labels, states and metrics by their names."""
    told = {name: _words(name, frame[name], column, lang) for name, column in _columns(what).items() if name in frame}
    told |= {name: _words(name, frame[name], None, lang) for name in frame if name not in told}
    return frame.assign(**told)


def _words(name: str, values: pd.Series, column: SheetColumn | None, lang: str) -> pd.Series:
    words: dict[object, str]
    if pd.api.types.is_bool_dtype(values):
        words = {flag: say(f"data.{'yes' if flag else 'no'}", lang) for flag in (True, False)}
    elif name in _SAID:
        words = {code: say(f"{_SAID[name]}.{code}", lang) for code in values.dropna().unique()}
    else:
        listed = VOCABULARIES.get(column.vocabulary or "", ()) if column else ()
        codes = _OF_BREAKDOWNS if name == "breakdown" else listed
        words = {code.code: code.label if lang == "vi" else code.english for code in codes}
    return values.map(lambda value: words.get(value, value)) if words else values


def _columns(what: str) -> dict[str, SheetColumn]:
    """Columns of the sheets by name: those of the table's own sheet before those of others."""
    sheets = tables()
    own = sheets.get(what.partition(".")[2], ()) if is_table(what) else ()
    elsewhere = [sheet for of in sheets.values() for sheet in of] if own else []
    return {column.name: column for sheet in [*elsewhere, *own] for column in sheet.columns}


def _own_headings(lang: str) -> dict[str, str]:
    """Names of what the warehouse adds."""
    begin = "data.heading."
    return {key.removeprefix(begin): text for key, text in catalogue(lang).items() if key.startswith(begin)}


def parquet(frame: pd.DataFrame, told: Sequence[str]) -> bytes:
    """The table as a Parquet file, columns by their names in the warehouse; what is told with it lies in its metadata,
    `told`.
    """
    memory, table = io.BytesIO(), pa.Table.from_pandas(frame, preserve_index=False)
    kept = {**(table.schema.metadata or {}), b"told": "\n".join(told).encode()}
    pq.write_table(table.replace_schema_metadata(kept), memory)
    return memory.getvalue()


def metric_name(metric: str, lang: str) -> str:
    """A metric in words."""
    return say(f"dictionary.metric.{metric}", lang)


def table_title(table: str, lang: str) -> str:
    """The sheet a table is read from."""
    sheet = tables()[table][0]
    return sheet.title if lang == "vi" else sheet.english


def _kind(values: pd.Series) -> str:
    if pd.api.types.is_datetime64_any_dtype(values):
        return "day"
    if str(values.name).endswith("year"):
        return "year"
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 != 0).any():
        return "exact"
    return "count" if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values) else "text"
