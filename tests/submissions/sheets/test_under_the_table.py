"""Lines for signatures under a table are told from data: skipped with one note, and no data row with them."""

import pytest

from pipelines.submissions.sheets.signatures import is_signature
from tests.support.workbooks.filled_books import book, found, read

LINES = [
    "Thủ trưởng đơn vị", "THỦ TRƯỞNG CƠ QUAN", "KT. VỤ TRƯỞNG", "Phó Vụ trưởng", "TM. LÃNH ĐẠO VỤ", "Chánh Văn phòng", "Trưởng phòng",
    "Người lập biểu", "Người lập báo cáo:", "NGƯỜI LẬP", "Người duyệt", "(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", "Đã ký",
    "Xác nhận của thủ trưởng đơn vị", "Hà Nội, ngày 10 tháng 12 năm 2025", "Ngày … tháng … năm …", "…, ngày ..... tháng ..... năm 2025",
    "Thñ tr­ëng ®¬n vÞ",
]  # fmt: skip
DATA = [
    "Thủ trưởng đơn vị chỉ đạo tổ công tác", "Trưởng phòng 2 được khen", "Nguyễn Văn An", "Người tốt việc tốt", "CB001", "Phòng 1", "P1", "Vụ 1",
    "Kết quả ngày hội", "Họp ngày 5 tháng 3 năm 2025 tại trụ sở", "Ký kết giao ước thi đua", "Lãnh đạo cấp vụ, sở", "", "x", 7.0,
]  # fmt: skip


@pytest.mark.parametrize("text", LINES)
def test_a_line_for_a_signature_is_known(text: str) -> None:
    assert is_signature(text)


@pytest.mark.parametrize("text", DATA)
def test_what_only_begins_like_one_is_data(text: object) -> None:
    assert not is_signature(text)


SIGNED = {
    ("Tập thể", "C6"): "Hà Nội, ngày 10 tháng 12 năm 2025",
    ("Tập thể", "A7"): "Người lập biểu", ("Tập thể", "C7"): "Thủ trưởng đơn vị",
    ("Tập thể", "A8"): "(Ký, ghi rõ họ tên)", ("Tập thể", "C8"): "(Ký tên, đóng dấu)",
    ("Tập thể", "A12"): "Lê Hoà", ("Tập thể", "C12"): "Trần Thị Bình",
}  # fmt: skip


def test_the_whole_block_with_the_names_makes_notes_and_no_error() -> None:
    parsed, plain = read(book(cells=SIGNED)), read(book())
    assert {f.code for f in parsed.findings} == {"row.signature"} and plain.findings == ()
    assert {cell for f in parsed.findings for cell in f.cell.split(", ")} == {"C6", "A7:A8", "A12"}
    assert parsed.cells.equals(plain.cells)


def test_a_row_of_data_is_never_taken_for_one() -> None:
    name = {("Cán bộ", "B7"): "Nguyễn Văn Bính"}  # no line above: an unfinished row
    assert {f.code for f in read(book(cells=name)).findings} == {"value.required"}
    whole = {
        ("Tập thể", f"{letter}5"): value for letter, value in zip("ABCD", ("P2", "Thủ trưởng", 4, "HTTNV"), strict=True)
    }
    assert "row.signature" not in {f.code for f in read(book(cells=whole)).findings}
    above = {("Tập thể", "B5"): "Phòng 9", ("Tập thể", "B6"): "Thủ trưởng đơn vị", ("Tập thể", "A4"): "P1\u00a0"}
    parsed = read(book(cells=above))
    assert found(parsed, "row.signature").cell == "B6"
    assert {f.cell for f in parsed.findings if f.code == "value.required"} == {"A5", "C5", "D5"}
    below = {("Tập thể", "B6"): "Thủ trưởng đơn vị"} | {
        ("Tập thể", f"{letter}9"): value for letter, value in zip("ABCD", ("P2", "Phòng 2", 4, "HTTNV"), strict=True)
    }
    assert "P2" in read(book(cells=below)).cells["value"].to_pylist()
