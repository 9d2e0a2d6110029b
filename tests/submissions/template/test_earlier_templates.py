"""A workbook of an earlier template version is read by the layout of its time and accepted with a note."""

import pytest

from pipelines.contract import earlier
from pipelines.contract.earlier import Layout, as_of
from pipelines.contract.workbooks import TEMPLATE_VERSION, UNIT_REPORT
from pipelines.submissions import reader
from tests.support.workbooks.filled_books import REFERENCE, book, read

BEFORE = Layout(
    titles={"initiatives": "Đề tài"},
    headers={("staff", "rating"): "Kết quả đánh giá", ("awards", "award"): "Hình thức đề nghị"},
    labels={"prepared_on": "Ngày báo cáo"},
    without=frozenset({("awards", "published_on"), ("staff", "note")}),
)
ADDRESSES = {
    ("Cán bộ", "H3"): "Kết quả đánh giá", ("Cán bộ", "K3"): None,
    ("Khen thưởng", "E3"): "Hình thức đề nghị", ("Khen thưởng", "M3"): None, ("Khen thưởng", "M4"): None,
    ("Thông tin", "A12"): "Ngày báo cáo", ("Thông tin", "A18"): "Không phát sinh: Đề tài",
}  # fmt: skip


def _old_book(version: str) -> bytes:
    return book(cells=ADDRESSES, info={"template_version": version}, named={"Sáng kiến": "Đề tài"})


@pytest.fixture
def layout_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(earlier.EARLIER, "0", BEFORE)


def test_the_addresses_changed_in_the_test_are_those_of_the_layout(layout_of_before: None) -> None:
    today = {f.code for f in read(_old_book(TEMPLATE_VERSION)).findings}
    assert {"column.missing", "column.optional_missing", "sheet.missing", "column.unknown"} <= today


def test_it_is_accepted_with_one_note_and_gives_the_same_values(layout_of_before: None) -> None:
    old, new = reader.parse(_old_book("0"), "a.xlsx", REFERENCE), read(book())
    assert [(f.code, f.severity) for f in old.findings] == [("workbook.old_version", "note")]
    assert old.sheets == new.sheets and old.template_version == "0"
    told = lambda parsed: {  # noqa: E731
        (c["table_name"], c["column_name"], c["excel_row"], c["value"])
        for c in parsed.cells.to_pylist()
        if c["column_name"] not in ("template_version", "published_on")
    }
    assert told(old) == told(new)


def test_a_problem_is_told_in_the_words_of_the_workbook_sent(layout_of_before: None) -> None:
    data = book(
        cells=ADDRESSES | {("Cán bộ", "H5"): "rất tốt"}, info={"template_version": "0"}, named={"Sáng kiến": "Đề tài"}
    )
    [wrong] = [f for f in reader.parse(data, "a.xlsx", REFERENCE).findings if f.severity == "error"]
    assert (wrong.code, wrong.cell, wrong.column) == ("choice.unknown", "H5", "Kết quả đánh giá")


def test_layouts_are_applied_one_after_the_other_back_to_the_version_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "TEMPLATE_VERSION", "3")
    monkeypatch.setitem(earlier.EARLIER, "2", Layout(titles={"staff": "Nhân sự", "awards": "Thưởng"}))
    monkeypatch.setitem(earlier.EARLIER, "1", Layout(titles={"staff": "Danh sách"}))
    titles = {
        v: [s.title for s in as_of(UNIT_REPORT, v).sheets if s.key in ("staff", "awards")] for v in ("3", "2", "1", "x")
    }
    today = ["Cán bộ", "Khen thưởng"]
    assert titles == {"3": today, "2": ["Nhân sự", "Thưởng"], "1": ["Danh sách", "Thưởng"], "x": today}


def test_every_layout_names_sheets_and_columns_of_the_contract() -> None:
    for version, layout in earlier.EARLIER.items():
        assert int(version) < int(TEMPLATE_VERSION) and as_of(UNIT_REPORT, version) and layout


@pytest.mark.parametrize("version", ["0", "00", "abc", "1.5", "v1"])
def test_a_version_that_was_never_handed_out_is_told_at_its_cell_and_the_rest_is_checked_too(version: str) -> None:
    parsed = read(book(info={"template_version": version}, cells={("Cán bộ", "H5"): "rất tốt"}))
    assert [(one.code, one.cell) for one in parsed.findings] == [
        ("info.version_unknown", "B5"),
        ("choice.unknown", "H5"),
    ]


@pytest.mark.parametrize("version", ["9" * 400, "9" * 5_000])
def test_a_version_that_is_no_number_anybody_counts_to_is_told_at_its_cell(version: str) -> None:
    parsed = read(book(info={"template_version": version}))
    assert [(one.code, one.cell) for one in parsed.findings if one.column == "Phiên bản biểu mẫu"] == [
        ("code.invalid", "B5")
    ]
