"""A table as a formatted Excel workbook that says where it comes from."""

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format

from dashboard.columns import Column, Columns, utc
from pipelines import palette, texts

_WIDEST, _NARROWEST = 60, 10
_FORMATS = {
    "count": "#,##0",
    "share": "0.0%",
    "points": "#,##0.0",
    "exact": "General",
    "day": "dd/mm/yyyy",
    "instant": "dd/mm/yyyy hh:mm",
}
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, table: pd.DataFrame, columns: Columns, notes: Sequence[str]) -> bytes:
    """Title in row 1, notes (source, version, moment) in the rows below, then the table with real numbers and dates."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as file:
        sheet = file.add_worksheet()
        font = {"font_name": "Times New Roman", "font_size": 12}
        sheet.write_string(0, 0, title, file.add_format(font | {"bold": True, "font_size": 14}))
        quiet = file.add_format(font | {"italic": True, "font_color": palette.GREY})
        for row, note in enumerate(notes, start=1):
            sheet.write_string(row, 0, note, quiet)
        head = len(notes) + 2
        frame = font | {"border": 1, "border_color": palette.LINE, "valign": "top"}
        header = frame | {"bold": True, "bg_color": palette.BLUE, "font_color": palette.GROUND, "text_wrap": True}
        for index, (name, column) in enumerate(columns.items()):
            sheet.write_string(head, index, column.label, file.add_format(header))
            style = file.add_format(frame | {"num_format": _FORMATS.get(column.kind, "@")})
            longest = max(
                [_put(sheet, head + 1 + n, index, value, column, style) for n, value in enumerate(table[name])] or [0]
            )
            sheet.set_column(index, index, min(max(longest, len(column.label), _NARROWEST) + 2, _WIDEST))
        sheet.freeze_panes(head + 1, 1)
        if len(table):
            sheet.autofilter(head, 0, head + len(table), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
    return memory.getvalue()


def _put(sheet: Any, row: int, index: int, value: Any, column: Column, style: Format) -> int:
    """Write one value as what it is; about how many letters wide it is."""
    if pd.isna(value):
        sheet.write_blank(row, index, None, style)
        return 0
    if column.kind == "instant":
        sheet.write_datetime(row, index, texts.in_vietnam(utc(value)).replace(tzinfo=None), style)
        return 17
    if column.kind == "day":
        sheet.write_datetime(row, index, pd.Timestamp(value).to_pydatetime(), style)
        return 12
    if column.is_number:
        sheet.write_number(row, index, float(value), style)
        return 10
    sheet.write_string(row, index, str(value), style)
    return len(str(value))
