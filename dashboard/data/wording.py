"""What the page on the data says: a metric in words, the way of a figure from its cell to its point, the
versions kept.
"""

import re
from collections.abc import Sequence

import pandas as pd

from dashboard.data.frames import Example, metric_name, table_title
from dashboard.shell.columns import Column, Columns
from pipelines.contract.workbooks import INFO_TITLE
from pipelines.records.parsed import INFO_TABLE
from pipelines.texts import number, percent, say
from pipelines.warehouse.metrics import Metric

_HASH = 8  # letters of a hash, enough to tell two apart
_BREAKDOWNS_NAMED = 4
_EMPHASIS = re.compile(
    r"\*([^*]+)\*"
)  # marked in texts for places that read Markdown; a table shows letters as they are


def facts(metric: Metric, kinds: Sequence[str], lang: str) -> list[tuple[str, str]]:
    """What a metric is: kind, what it is split by, which sheets it needs."""
    named = ", ".join(kinds[:_BREAKDOWNS_NAMED]) + ("…" if len(kinds) > _BREAKDOWNS_NAMED else "")
    return [
        (say("dictionary.metric.kind", lang), say(f"dictionary.metric.kind.{metric.kind}", lang)),
        (say("dictionary.metric.breakdown", lang), named or say("dictionary.metric.whole", lang)),
        (say("dictionary.metric.own", lang), _sheets(metric.own, lang)),
        (say("dictionary.metric.cluster", lang), _sheets(metric.cluster, lang)),
    ]


def way(
    cells: pd.DataFrame, volume: dict[str, int], found: Example | None, lang: str
) -> list[tuple[str, list[str], str]]:
    """From the cell to the point: what each step holds, and one row followed through all of them."""
    told = _followed(found, lang)
    parts = {name: number(volume[name], lang) for name in ("workbooks", "num", "den")}
    names = [_sheet(table, lang) for table in dict.fromkeys(cells["table_name"])]
    steps = [
        ("cell", _cells(cells, lang)),
        ("row", [say("data.way.row.what", lang, tables=", ".join(names), workbooks=parts["workbooks"])]),
        ("source", [say("data.way.source.what", lang, num=parts["num"], den=parts["den"])]),
        ("unit", [say("data.way.unit.what", lang)]),
        ("group", [say("data.way.group.what", lang)]),
        ("point", [say("data.way.point.what", lang)]),
    ]
    return [(say(f"data.way.{name}", lang), lines, told.get(name, "")) for name, lines in steps]


def definitions(metrics: Sequence[str], lang: str) -> pd.DataFrame:
    """Every metric with its meaning."""
    means = [_EMPHASIS.sub(r"\1", say(f"dictionary.metric.{name}.means", lang)) for name in metrics]
    return pd.DataFrame({"name": [metric_name(name, lang) for name in metrics], "means": means, "code": list(metrics)})


def definition_columns(lang: str) -> Columns:
    """Headings of the list of definitions."""
    return {name: Column(say(f"data.column.{name}", lang)) for name in ("name", "means", "code")}


def versions(kept: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The versions that are kept, in words."""
    state = [_state(row, lang) for row in kept.itertuples()]
    hashes = {name: kept[name].str[:_HASH] for name in ("metric_hash", "reference_digest")}
    return kept.assign(state=state, **hashes)


def version_columns(kept: pd.DataFrame, lang: str) -> Columns:
    """Headings of the list of versions; "as of" only where one was built for an earlier moment."""
    kinds = {"built_at": "instant", "as_of": "instant", "journal_seq": "count"}
    moment = ["as_of"] if kept["as_of"].notna().any() else []
    made = ["journal_seq", "product_version", "metric_hash", "reference_digest"]
    names = ["version", "state", "built_at", *moment, *made]
    return {name: Column(say(f"data.column.{name}", lang), kinds.get(name, "text")) for name in names}  # type: ignore[arg-type]


def _state(row: object, lang: str) -> str:
    pins, current = row.pins, row.is_current  # type: ignore[attr-defined]
    parts = [say("data.version.current", lang)] if current else []
    parts += [say("data.version.pinned", lang, names=pins)] if pins else []
    return "; ".join(parts) or say("data.version.kept", lang)


def _sheets(names: Sequence[str] | None, lang: str) -> str:
    if names is None:
        return say("dictionary.state.not_computable", lang)
    return ", ".join(_sheet(name, lang) for name in names)


def _sheet(name: str, lang: str) -> str:
    return INFO_TITLE if name == INFO_TABLE else table_title(name, lang)


def _cells(cells: pd.DataFrame, lang: str) -> list[str]:
    """Sheet › column of the numerator and the denominator, each once."""
    told = []
    for part, rows in cells.groupby("part", sort=False):
        column = rows["header" if lang == "vi" else "english"].fillna(rows["column_name"])
        places = [f"{_sheet(table, lang)} › {name}" for table, name in zip(rows["table_name"], column, strict=True)]
        told.append(f"{say(f'data.part.{part}', lang)}: {'; '.join(dict.fromkeys(places))}")
    return told


def _followed(found: Example | None, lang: str) -> dict[str, str]:
    if found is None:
        return {}
    row = found.row
    return {
        "cell": f"{row['file_name']} › {row['sheet']} › {row['cell']}: {row['value']}",
        "row": say("data.way.row.one", lang, receipt=row["receipt_no"], row=row["excel_row"]),
        "source": say("data.way.source.one", lang, amount=number(row["amount"], lang)),
        "unit": f"{found.unit['unit_name']}: {_value(found.unit, lang)}",
        "group": f"{say('group.ALL', lang)}: {_value(found.whole, lang)}",
    }


def _value(row: pd.Series, lang: str) -> str:
    if row["denominator"] != row["denominator"]:
        return number(row["value"], lang)
    return f"{percent(row['value'], lang)} ({number(row['numerator'], lang)}/{number(row['denominator'], lang)})"
