"""The two DuckDB files of a version, as they come out of a build: tables, views, columns."""

import tempfile
from pathlib import Path

import duckdb

from pipelines.contract.workbooks import tables as contract_tables
from pipelines.dictionary.examples import EXAMPLES
from pipelines.dictionary.page import both, code, heading, pair, paragraphs, table, titled
from pipelines.settings import Home
from pipelines.texts import catalogue
from pipelines.warehouse.building.build import build

# What others may build on, in the order of the document; the rest may change with any release.
PUBLIC = (
    *(
        "signals",
        "council_list",
        "metric_values",
        "metric_rows",
        "rule_results",
        "submission_status",
        "submissions",
        "findings",
    ),
    *("staff", "collectives", "targets", "campaigns", "initiatives", "awards", "exemplars"),
    *("cluster_members", "cluster_scores", "cluster_awards", "pledges"),
    *(
        "units",
        "unit_lineage",
        "peer_groups",
        "clusters",
        "cluster_membership",
        "provinces",
        "award_catalogue",
        "rules",
        "calendar",
    ),
    *("periods", "builds"),
)
_COLUMNS = """
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'main' ORDER BY table_name, ordinal_position
"""
_OPENED = (
    "```python",
    "import duckdb, subprocess, sys",
    "",
    'path = subprocess.check_output([sys.executable, "-m", "pipelines", "current"], text=True).strip()',
    "facts = duckdb.connect(path, read_only=True)",
    "```",
    "",
)
Columns = list[tuple[str, str]]  # (name, SQL type)


def lines() -> list[str]:
    """How to open a version, then its tables: public ones column by column, the inner ones in a line each."""
    facts, people = _schema()
    told = [*heading(3, "dictionary.pseudonymous", "pseudonymous"), *paragraphs("dictionary.pseudonymous.text")]
    told += [*heading(3, "dictionary.examples", "examples"), both("dictionary.examples.open"), "", *_OPENED]
    for name, sql in EXAMPLES.items():
        told += [both(f"dictionary.example.{name}"), "", "```sql", sql.strip(), "```", ""]
    told += heading(3, "dictionary.facts", "facts")
    for name in PUBLIC:
        told += _table(name, facts[name])
    told += [*heading(3, "dictionary.inner", "inner"), both("dictionary.inner.note"), ""]
    inner = [
        (code(name), both(f"dictionary.table.{name}"), _names(facts[name])) for name in facts if name not in PUBLIC
    ]
    told += [*table(("table", "means", "columns"), inner), *heading(3, "dictionary.people", "people")]
    for name, columns in people.items():
        told += _table(name, columns, "people.")
    return told


def _schema() -> tuple[dict[str, Columns], dict[str, Columns]]:
    """Facts and people: table -> columns, of a version built from nothing."""
    with tempfile.TemporaryDirectory(prefix="thidua-", ignore_cleanup_errors=True) as folder:
        version = build(Home(Path(folder)).ready())
        return _columns_of(version.facts), _columns_of(version.people)


def _columns_of(path: Path) -> dict[str, Columns]:
    found: dict[str, Columns] = {}
    with duckdb.connect(str(path), read_only=True) as db:
        for name, column, kind in db.execute(_COLUMNS).fetchall():
            found.setdefault(name, []).append((column, kind))
    return found


def _table(name: str, columns: Columns, file: str = "") -> list[str]:
    told = titled(4, f"`{file}{name}`", both(f"dictionary.table.{file}{name}"), f"table-{file}{name}")
    return told + table(
        ("name", "type", "means"), [(code(column), code(kind), _means(name, column)) for column, kind in columns]
    )


def _means(name: str, column: str) -> str:
    """What the workbook calls a column; else its text, that of the very table before that of its name."""
    own = f"dictionary.column.{name}.{column}"
    if own in catalogue("vi"):
        return both(own)
    for sheet in contract_tables().get(name, ()):
        for one in sheet.columns:
            if one.name == column:
                return pair(one.header, one.english)
    return both(f"dictionary.column.{column}")


def _names(columns: Columns) -> str:
    return ", ".join(code(column) for column, _ in columns)
