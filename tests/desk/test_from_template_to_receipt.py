"""The whole way of a workbook that is no year's .xlsx: half a year, a year long past, another format; sent, kept,
built.
"""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from pipelines.access import sees_all
from pipelines.desk import Desk, templates
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import current
from pipelines.warehouse.door import queries
from tests.support import TESTER
from tests.support.workbooks.filled_books import REFERENCE, book
from tests.support.workbooks.other_formats import WRITERS

HEADER_ROW = 3


def _filled(path: Path, year: int, rating: str, prepared: date) -> bytes:
    """What a clerk makes of a unit's template: two people, an award, and an x wherever nothing happened."""
    file = openpyxl.load_workbook(path)
    info = file["Thông tin"]
    for row in range(1, info.max_row + 1):
        label = str(info.cell(row, 1).value)
        if label == "Ngày lập":
            info.cell(row, 2, prepared)
        elif label.startswith("Không phát sinh") and label.partition(": ")[2] not in ("Cán bộ", "Khen thưởng"):
            info.cell(row, 2, "x")
    people = [
        {"Mã cán bộ": f"CB{n}", "Họ và tên": f"Người {n}", "Nhóm chức vụ": "TRUC_TIEP", "Mức xếp loại": rating}
        for n in (1, 2)
    ]
    award = {"Mã đề nghị": "D1", "Năm thành tích": year, "Đối tượng": "Cá nhân", "Mã cán bộ hoặc mã tập thể": "CB1"}
    award |= {"Danh hiệu, hình thức": "Giấy khen", "Loại hình": "CHUYEN_DE", "Thành tích": "Tốt", "Kết quả": "Đề nghị"}
    for title, rows in {"Cán bộ": people, "Khen thưởng": [award]}.items():
        places = {cell.value: cell.column for cell in file[title][HEADER_ROW]}
        for at, values in enumerate(rows, start=HEADER_ROW + 1):
            for header, value in values.items():
                file[title].cell(at, places[header], value)
    target = BytesIO()
    file.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("period", "history", "rating", "on"),
    [("2025H1", False, "CXL", date(2025, 6, 10)), ("2016", True, "HTTNV", date(2025, 3, 1))],
    ids=["six months", "history"],
)
def test_six_months_and_history_go_the_whole_way(
    desk: Desk, tmp_path: Path, period: str, history: bool, rating: str, on: date
) -> None:
    who = next(one for one in templates.reporters(REFERENCE, period) if one.code == "V01")
    path = templates.write(tmp_path / "mau.xlsx", REFERENCE, who, period, None, sees_all(), history=history)
    checked = desk.check(_filled(path, int(period[:4]), rating, on), "V01.xlsx", sees_all(), on)
    assert (checked.status, checked.parsed.period, checked.findings) == ("accepted", period, ())
    desk.accept(checked, TESTER, received_at=datetime(on.year, on.month, on.day, tzinfo=UTC))
    publish(desk.home)
    version = current(desk.home)
    assert len(queries.stored_rows(version, sees_all(), "awards", "V01", period)) == 1
    states = queries.sheet_states(version, sees_all(), "V01")
    told = dict(zip(states["table_name"], states["state"], strict=True))
    assert (told["staff"], told["awards"]) == ("filled", "filled")
    assert told["campaigns"] == (
        "unknown" if history else "none"
    )  # what a history does not hold is unknown, never zero


@pytest.mark.parametrize("kind", WRITERS)
def test_another_format_is_kept_as_it_came_and_answered_with_a_list(desk: Desk, kind: str) -> None:
    on = date(2025, 12, 3)
    wrong = WRITERS[kind](book(cells={("Cán bộ", "H5"): "rất tốt"}))
    copy = desk.annotated(desk.check(wrong, f"V01.{kind}", sees_all(), on))
    listed = openpyxl.load_workbook(BytesIO(copy.data)).active
    assert listed is not None and (copy.name, copy.way) == ("V01 - danh sách.xlsx", "report")
    assert ["Cán bộ", "H5"] in [[row[2], row[3]] for row in listed.iter_rows(values_only=True)]
    receipt = desk.accept(
        desk.check(WRITERS[kind](book()), f"V01.{kind}", sees_all(), on),
        TESTER,
        received_at=datetime(2025, 12, 3, tzinfo=UTC),
    )
    assert receipt.checked.status == "accepted" and receipt.copy is None
    [kept] = list((desk.home.submissions / receipt.checked.sha256[:2]).glob(f"*.{kind}"))
    assert kept.read_bytes() == receipt.checked.data
