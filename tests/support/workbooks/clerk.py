"""What a clerk does with a template: fill it in with another program, overlook one thing, mend it in the
marked copy.
"""

import io
from collections.abc import Mapping
from datetime import date

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 3
MISTAKE = ("Khen thưởng", "Q5", "31/2/2025")  # sheet, cell and what stands there: no such day
EVERY_ROW = (
    ("Cán bộ", "Mức xếp loại", "Hoàn thành tốt nhiệm vụ"),
    ("Tập thể", "Mức xếp loại", "Hoàn thành tốt nhiệm vụ"),
    ("Tập thể", "Số người", 8),
    ("Chỉ tiêu", "Đăng ký", 90),
)
GRANTED = ("Giấy khen", "Giấy khen", "Chiến sĩ thi đua cơ sở")


def filled(template: bytes) -> bytes:
    """A year's report of a unit: everybody rated, three awards with one impossible date, campaigns go on, no
    initiatives.
    """
    book = openpyxl.load_workbook(io.BytesIO(template))
    _answer(book["Thông tin"], {"Ngày lập": date(2025, 12, 10), "Mức xếp loại tập thể": "Hoàn thành tốt nhiệm vụ"})
    _answer(book["Thông tin"], {"Không phát sinh: Sáng kiến": "x"})
    for title, header, value in EVERY_ROW:
        for row in _rows(book[title]):
            book[title].cell(row, _column(book[title], header), value)
    people = [str(book["Cán bộ"].cell(row, 1).value) for row in _rows(book["Cán bộ"])]
    for row, (person, award) in enumerate(zip(people, GRANTED, strict=False), start=HEADER_ROW + 1):
        _award(book["Khen thưởng"], row, person, award)
    sheet, cell, wrong = MISTAKE
    book[sheet][cell] = wrong
    return _saved(book)


def mended(marked: bytes) -> bytes:
    """The marked copy with the date put right."""
    book = openpyxl.load_workbook(io.BytesIO(marked))
    sheet, cell, _ = MISTAKE
    book[sheet][cell] = date(2025, 12, 20)
    return _saved(book)


def _award(sheet: Worksheet, row: int, person: str, award: str) -> None:
    told = {
        "Mã đề nghị": f"TD-{row}", "Năm thành tích": 2025, "Đối tượng": "Cá nhân", "Mã cán bộ hoặc mã tập thể": person,
        "Danh hiệu, hình thức": award, "Loại hình": "Thường xuyên (công trạng)", "Thành tích": "Hoàn thành tốt nhiệm vụ năm 2025",
        "Kết quả": "Đã khen", "Số quyết định": "12/QĐ", "Ngày quyết định": date(2025, 12, 20),
    }  # fmt: skip
    for header, value in told.items():
        sheet.cell(row, _column(sheet, header), value)


def _answer(sheet: Worksheet, answers: Mapping[str, object]) -> None:
    for row in range(1, sheet.max_row + 1):
        label = str(sheet.cell(row, 1).value)
        if label in answers:
            sheet.cell(row, 2, answers[label])


def _column(sheet: Worksheet, header: str) -> int:
    return next(cell.column for cell in sheet[HEADER_ROW] if cell.value == header)


def _rows(sheet: Worksheet) -> list[int]:
    """Rows that say something already."""
    return [row for row in range(HEADER_ROW + 1, sheet.max_row + 1) if sheet.cell(row, 1).value]


def _saved(book: Workbook) -> bytes:
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()
