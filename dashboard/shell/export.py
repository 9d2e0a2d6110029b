"""A table as a formatted Excel workbook that an official can pass on.

It says whose it is, what it shows, how to read it and who signs it.
"""

import io
import math
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format

from dashboard.shell.columns import Column, Columns, utc
from dashboard.shell.imprint import Imprint
from pipelines import palette, texts
from pipelines.texts import day_in_words, say

_WIDEST, _NARROWEST = 60, 10
_LINE, _TITLE_LINE = 16.0, 21.0  # height of a line of text, in points
_FEW = 5000  # tables with more rows get no room for signatures
_FORMATS = {
    "count": "#,##0",
    "share": "0.0%",
    "points": "#,##0.0",
    "exact": "General",
    "day": "dd/mm/yyyy",
    "instant": "dd/mm/yyyy hh:mm",
}
_FONT: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12}
_LOOKS: tuple[dict[str, Any], ...] = ({"italic": True}, {"bold": True})
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    imprint: Imprint, title: str, table: pd.DataFrame, columns: Columns, caption: str = "", every: int | None = None
) -> bytes:
    """Agency, title, lines of the imprint, then the table with real numbers and dates, then room for two signatures.

    `every` is the number of rows without filters.
    """
    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as file:
        file.set_properties({"title": title, "company": imprint.agency, "comments": imprint.caveat})
        sheet = file.add_worksheet(say("imprint.sheet", imprint.lang))
        widths = [_width(table[name], column) for name, column in columns.items()]
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        lines = [line for line in (*imprint.lines(len(table), every), caption) if line]
        head = _head(file, sheet, imprint.agency, title, lines, widths)
        _rows(file, sheet, head, table, columns)
        if len(table) <= _FEW:
            _signers(file, sheet, head + len(table) + 2, imprint, len(columns))
        sheet.freeze_panes(head + 1, 0)
        if len(table):
            sheet.autofilter(head, 0, head + len(table), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.set_footer(f"&L{_of_footer(imprint.source)}&R{say('imprint.page', imprint.lang)} &P/&N")
    return memory.getvalue()


def _head(file: Any, sheet: Any, agency: str, title: str, lines: list[str], widths: list[float]) -> int:
    """Write the lines above the table, each across all its columns; returns the row of the headings."""
    small: dict[str, Any] = {"italic": True, "font_color": palette.INK}
    looks: list[tuple[str, dict[str, Any], float]] = [(agency, {"bold": True}, _LINE)]
    looks += [(title, {"bold": True, "font_size": 14}, _TITLE_LINE), *((line, small, _LINE) for line in lines)]
    for row, (text, look, height) in enumerate(looks):
        style = file.add_format(_FONT | {"text_wrap": True, "valign": "top"} | look)
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", style)
        sheet.write_string(row, 0, text, style)
        sheet.set_row(row, height * math.ceil(len(text) / max(sum(widths), 1)))
    return len(looks) + 1


def _rows(file: Any, sheet: Any, head: int, table: pd.DataFrame, columns: Columns) -> None:
    frame = _FONT | {"border": 1, "border_color": palette.LINE, "valign": "top"}
    heading = {"bold": True, "bg_color": palette.BLUE, "font_color": palette.GROUND, "text_wrap": True}
    header = file.add_format(frame | heading | {"valign": "vcenter", "align": "center"})
    for index, (name, column) in enumerate(columns.items()):
        sheet.write_string(head, index, column.label, header)
        look = {"align": "right"} if column.is_number else {"align": "left", "text_wrap": True}
        style = file.add_format(frame | look | {"num_format": _FORMATS.get(column.kind, "@"), "indent": 1})
        for row, value in enumerate(table[name], start=head + 1):
            _put(sheet, row, index, value, column, style)


def _signers(file: Any, sheet: Any, row: int, imprint: Imprint, columns: int) -> None:
    """Write the day, and leave room for the signatures of the author and of the approver."""
    right = max(columns - 2, 1)
    plain, bold = (file.add_format(_FONT | {"align": "center"} | look) for look in _LOOKS)
    sheet.write_string(row, right, day_in_words(imprint.on, imprint.lang), plain)
    for column, who in ((0, "made_by"), (right, "approved_by")):
        sheet.write_string(row + 1, column, say(f"imprint.{who}", imprint.lang), bold)
        sheet.write_string(row + 2, column, say("imprint.sign", imprint.lang), plain)


def _of_footer(text: str) -> str:
    """The text of a footer: "&" begins a command there, and Excel takes at most 255 characters."""
    return text.replace("&", "&&")[:200]


def _width(values: pd.Series, column: Column) -> float:
    """The width of a column: about that of its longest value."""
    fixed = {"instant": 17, "day": 12}.get(column.kind, 10 if column.is_number else 0)
    longest = fixed or max((len(line) for value in values.dropna() for line in str(value).splitlines()), default=0)
    word = max(map(len, column.label.split()), default=0)
    return min(max(longest, word + 2, min(len(column.label), 16), _NARROWEST) + 3, _WIDEST)


def _put(sheet: Any, row: int, index: int, value: Any, column: Column, style: Format) -> None:
    """Write one value as a number, date or text, by the kind of its column."""
    if pd.isna(value):
        sheet.write_blank(row, index, None, style)
    elif column.kind == "instant":
        sheet.write_datetime(row, index, texts.in_vietnam(utc(value)).replace(tzinfo=None), style)
    elif column.kind == "day":
        sheet.write_datetime(row, index, pd.Timestamp(value).to_pydatetime(), style)
    elif column.is_number:
        sheet.write_number(row, index, float(value), style)
    else:
        sheet.write_string(row, index, str(value), style)
