"""One workbook to disk: typed into the template, or laid out by hand as people do when they keep last year's file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.contract.reference import Reference
from pipelines.contract.shape import Column, Sheet, Workbook
from pipelines.contract.workbooks import EMPTY_LABEL, INFO_TITLE, TEMPLATE_VERSION
from pipelines.demo.mess import Hand, Style
from pipelines.submissions import origin
from pipelines.submissions.template import template

Row = dict[str, object]
_EXTRA = ("Ghi chú của phòng", "Đã đối chiếu", "Người nhập")


@dataclass(frozen=True)
class Content:
    """What a workbook says. A sheet with no rows is marked "Không phát sinh" unless it is in `unmarked`."""

    form: Workbook
    code: str
    name: str
    year: int
    info: Row
    sheets: dict[str, list[Row]]
    names: dict[str, str]
    made_on: date
    unmarked: frozenset[str] = frozenset()


def write(path: Path, reference: Reference, content: Content, style: Style, rng: Random) -> None:
    """Write a workbook in a style. Same arguments, same bytes."""
    hand = Hand(style, rng, reference, content.names)
    path.parent.mkdir(parents=True, exist_ok=True)
    if style.by_hand:
        _by_hand(path, content, hand)
        return
    typed = {
        sheet.key: [_typed(sheet, row, hand) for row in content.sheets[sheet.key]] for sheet in content.form.sheets
    }
    info = {item.name: hand.typed(item, content.info.get(item.name)) for item in content.form.info}
    given: dict[str, list[Row]] = {key: rows for key, rows in typed.items() if key not in content.unmarked}
    given["info"] = [{name: value for name, value in info.items() if value is not None}]
    made_at = datetime.combine(content.made_on, datetime.min.time())
    template.write(
        path, reference, content.form, content.code, str(content.year), rows=given, made_at=made_at, demo=True
    )


def _typed(sheet: Sheet, row: Row, hand: Hand) -> Row:
    return {column.name: hand.typed(column, row.get(column.name)) for column in sheet.columns}


def _by_hand(path: Path, content: Content, hand: Hand) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as file:
        file.set_custom_property(origin.MARK, origin.MARKED)
        file.set_properties({"created": datetime.combine(content.made_on, datetime.min.time())})
        base = {"font_name": hand.style.font, "font_size": 12}
        formats = {
            "text": file.add_format(base),
            "head": file.add_format(base | {"bold": True, "text_wrap": True, "border": 1}),
            "date": file.add_format(base | {"num_format": "dd/mm/yyyy"}),
        }
        _info(file.add_worksheet(INFO_TITLE), content, hand, formats)
        for number, sheet in enumerate(content.form.sheets, start=2):
            title = f"{number}. {sheet.title}" if hand.style.numbered else sheet.title
            _sheet(file.add_worksheet(title), sheet, content, hand, formats)


def _info(page: Worksheet, content: Content, hand: Hand, formats: dict[str, Format]) -> None:
    page.set_column(0, 1, 34)
    reporter = content.form.reporter
    values: Row = {
        "form": content.form.code, "template_version": TEMPLATE_VERSION, f"{reporter}_code": content.code,
        f"{reporter}_name": content.name, "year": content.year, "period_kind": "year",
    } | content.info  # fmt: skip
    page.write(0, 0, content.form.title.upper(), formats["head"])
    at = 2
    for item in content.form.info:
        page.write(at, 0, item.label, formats["text"])
        _put(page, at, 1, hand.typed(item, values.get(item.name)), formats)
        at += 1
    for sheet in content.form.sheets:
        marked = not content.sheets[sheet.key] and sheet.key not in content.unmarked
        page.write(at, 0, EMPTY_LABEL.format(sheet=sheet.title), formats["text"])
        _put(page, at, 1, "x" if marked else None, formats)
        at += 1


def _sheet(page: Worksheet, sheet: Sheet, content: Content, hand: Hand, formats: dict[str, Format]) -> None:
    style, rng = hand.style, hand.rng
    columns: list[Column] = list(sheet.columns)
    if style.shuffled:
        moved = columns.pop(rng.randrange(2, len(columns)))
        columns.insert(rng.randrange(1, len(columns)), moved)
    first = 1 if style.ordinal else 0
    top = style.header_row - 1
    if top:
        page.write(0, 0, f"{sheet.title.upper()} NĂM {content.year}", formats["head"])
    if style.ordinal:
        page.write(top, 0, "STT", formats["head"])
    for index, column in enumerate(columns, start=first):
        page.set_column(index, index, column.width, None, {"hidden": style.hidden and column.name == "note"})
        page.write(top, index, _header(rng, column), formats["head"])
    if style.extra:
        page.write(top, first + len(columns), rng.choice(_EXTRA), formats["head"])
    rows = [] if sheet.key in content.unmarked else content.sheets[sheet.key]
    for at, row in enumerate(rows, start=top + 1):
        if style.ordinal:
            page.write(at, 0, at - top, formats["text"])
        for index, column in enumerate(columns, start=first):
            _put(page, at, index, hand.typed(column, row.get(column.name)), formats)
    if style.total and style.ordinal and rows:
        page.write(top + 1 + len(rows), 0, "Tổng cộng", formats["head"])
        for index in _summed(columns, first):
            page.write(top + 1 + len(rows), index, len(rows), formats["head"])


def _header(rng: Random, column: Column) -> str:
    """The header as it stands in old files: now and then in capitals, with a star, or broken over two lines."""
    habit = rng.random()
    if habit < 0.05:
        return column.header.upper()
    if habit < 0.1 and " " in column.header:
        return column.header.replace(" ", "\n", 1)
    return f"{column.header} *" if habit > 0.95 and column.required else column.header


def _summed(columns: list[Column], first: int) -> Iterator[int]:
    """Where a total row shows a number: the first column of counts."""
    return (index for index, column in enumerate(columns, start=first) if column.name in ("headcount", "staff_count"))


def _put(page: Worksheet, row: int, column: int, value: object, formats: dict[str, Format]) -> None:
    if value is None:
        return
    if isinstance(value, date):
        page.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value, formats["text"])
    else:
        page.write_string(row, column, str(value), formats["text"])
