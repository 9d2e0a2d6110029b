"""A workbook that is none of ours is returned, and told at each place what nobody could read as it shows."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from pipelines.submissions import reader
from tests.filled_books import REFERENCE
from tests.other_formats import WRITERS

CELLS: dict[str, tuple[object, str | None]] = {  # address -> what is written there, and the finding
    "A1": ("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", None),
    "A2": ("Nguyễn\u00a0Văn An", "text.cleaned"),
    "B2": ("a\u200bb", "text.cleaned"),
    "A3": ("x" * 6_000, "text.too_long"),
    "A4": ("31/02/1990", "date.invalid"),
    "B4": ("1.2.85", "date.two_digit_year"),
    "C4": ("15/9/1984", None),
    "D4": (date(1901, 1, 1), "date.invalid"),
    "E4": (date(2014, 9, 15), None),
    "A5": ("NguyÔn V¨n An", "text.legacy_encoding"),
    "B5": ("Nguyeãn Vaên An", "text.legacy_encoding"),
    "A6": ("=cmd|' /c calc'!A1", None),
    "B6": (9.5, None),
    "C6": (0, None),
}


def _book() -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}) as file:
        page = file.add_worksheet("Biểu 1")
        for address, (value, _) in CELLS.items():
            page.write(address, value)
        file.add_worksheet("Danh mục").hide()
    return target.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", *WRITERS])
def test_each_odd_cell_is_named_at_its_place_and_no_other(kind: str) -> None:
    said = reader.parse({"xlsx": bytes, **WRITERS}[kind](_book()), f"a.{kind}", REFERENCE).findings
    told = {cell: f.code for f in said if f.sheet == "Biểu 1" for cell in f.cell.split(", ")}
    assert told == {address: code for address, (_, code) in CELLS.items() if code}
    assert [(f.code, f.sheet) for f in said if not f.cell] == [("workbook.not_ours", ""), ("sheet.hidden", "Danh mục")]
    assert said[0].params == {"sheets": "2", "cells": str(len(CELLS))}
