"""Tables made from the contract and the reference lists: no column is written twice."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

import pyarrow as pa

from pipelines.contract.reference import ROW_OF, Reference
from pipelines.contract.shape import Column, Kind
from pipelines.contract.vocabulary import LEADER_GROUPS, VOCABULARIES
from pipelines.contract.workbooks import WORKBOOKS, tables
from pipelines.records.parsed import INFO_TABLE

SQL_TYPE = {
    Kind.TEXT: "VARCHAR",
    Kind.CODE: "VARCHAR",
    Kind.CHOICE: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.DATE: "DATE",
}
# Where a row stands; unit_code is the unit the row is about, period that of the workbook.
PLACE = {
    "submission_id": "INTEGER",
    "sheet": "VARCHAR",
    "excel_row": "INTEGER",
    "unit_code": "VARCHAR",
    "period": "VARCHAR",
}
# What the build works out for a row, beside what its cells say.
WORKED_OUT: dict[str, dict[str, str]] = {
    "staff": {"person_key": "VARCHAR", "is_home": "BOOLEAN"},
    "initiatives": {"person_key": "VARCHAR"},
    "awards": {
        "person_key": "VARCHAR",
        "team_code": "VARCHAR",
        "home_unit_code": "VARCHAR",
        "award_period": "VARCHAR",
        "is_late": "BOOLEAN",
        "is_effective": "BOOLEAN",
    },
    "exemplars": {"found_period": "VARCHAR", "is_late": "BOOLEAN", "is_effective": "BOOLEAN"},
}
# Where a row belongs that may be told of in the workbook of another period.
DATED = {"awards": "award_period", "exemplars": "found_period"}
PERSON_COLUMN = {"staff": "person_code", "initiatives": "person_code", "awards": "recipient_code"}
_REFERENCE_TYPE: dict[Any, pa.DataType] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int32(),
    float: pa.float64(),
    date: pa.date32(),
    date | None: pa.date32(),
}


def columns_of(table: str) -> tuple[Column, ...]:
    """Contract columns of a fact table but unit_code, in the order of the sheet."""
    widest = max((sheet.columns for sheet in tables()[table]), key=len)
    return tuple(column for column in widest if column.name != "unit_code")


def comes_from_clusters(table: str) -> bool:
    """Whether a cluster's workbook feeds the table."""
    return any(sheet.table == table for sheet in WORKBOOKS["BaoCaoCum"].sheets)


def fact_columns(table: str) -> dict[str, str]:
    """Column -> SQL type of a table of the facts file: place, what anybody may read, what is worked out."""
    cluster = {"cluster_code": "VARCHAR"} if comes_from_clusters(table) else {}
    told = {column.name: SQL_TYPE[column.kind] for column in columns_of(table) if not column.private}
    return PLACE | cluster | told | WORKED_OUT.get(table, {})


def people_columns(table: str) -> dict[str, str]:
    """The same of the people file; empty when nothing in the sheet is private."""
    told = {column.name: SQL_TYPE[column.kind] for column in columns_of(table) if column.private}
    person = {"person_key": "VARCHAR"} if table in PERSON_COLUMN else {}
    return PLACE | person | told if told else {}


def statements() -> Iterator[str]:
    """CREATE TABLE for every fact table, in both files; one taken over is left alone."""
    for table in tables():
        yield _create(table, fact_columns(table))
        if people := people_columns(table):
            yield _create(f"people.{table}", people)


def leaders_macro() -> str:
    """The macro `is_leader` of the statements: which position groups are leaders, as the vocabulary has it."""
    groups = ", ".join(f"'{group}'" for group in LEADER_GROUPS)
    return f"CREATE OR REPLACE MACRO is_leader(position_group) AS position_group IN ({groups})"


def _create(table: str, columns: dict[str, str]) -> str:
    return f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"


def reference_tables(reference: Reference) -> dict[str, pa.Table]:
    """Each reference list as it is, and `list_order`: its line, because lists come in their official order."""
    made = {}
    for name, row in ROW_OF.items():
        rows = getattr(reference, name)
        columns = {
            field.name: pa.array([getattr(one, field.name) for one in rows], _REFERENCE_TYPE[field.type])
            for field in fields(row)
        }
        made[name] = pa.table({**columns, "list_order": pa.array(range(1, len(rows) + 1), pa.int32())})
    return made


def column_rows() -> list[tuple[str, str, str, str, str, str | None, bool]]:
    """Rows of the table `columns`: what every column is called in the workbooks."""
    rows = {
        (INFO_TABLE, info.name): (info.label, info.english, info.kind, info.vocabulary, info.private)
        for book in WORKBOOKS.values()
        for info in book.info
    }
    for table, sheets in tables().items():
        for column in (column for sheet in sheets for column in sheet.columns):
            told = (column.header, column.english, column.kind, column.vocabulary, column.private)
            rows[(table, column.name)] = told
    return [
        (*key, header, english, str(kind), words, private)
        for key, (header, english, kind, words, private) in rows.items()
    ]


def vocabulary_rows() -> list[tuple[str, str, str, str, int]]:
    """Rows of the table `vocabulary`."""
    return [
        (name, code.code, code.label, code.english, order)
        for name, codes in VOCABULARIES.items()
        for order, code in enumerate(codes, start=1)
    ]


def private_cells() -> set[tuple[str, str]]:
    """(table, column) of every cell that belongs in the people file."""
    return {(table, name) for table, name, *_, private in column_rows() if private}
