"""What a corrected workbook would change is told row by row, in the words of the workbook."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pipelines.contract import reference as lists
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.records.parsed import Parsed
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import reader
from pipelines.submissions.changes import COLUMNS, changes
from pipelines.submissions.template import template

REFERENCE = lists.load(OWN_REFERENCE)
Row = Mapping[str, object]


def _person(code: str | None, name: str, **more: object) -> Row:
    return {"person_code": code, "full_name": name, "position_group": "TRUC_TIEP", "rating": "HTTNV"} | more


def _parsed(folder: Path, staff: Sequence[Row], **rows: Sequence[Row]) -> Parsed:
    path = template.write(folder / "a.xlsx", REFERENCE, UNIT_REPORT, "V01", "2025", rows={"staff": staff} | rows)
    return reader.parse(path.read_bytes(), path.name, REFERENCE)


def _told(before: Parsed | None, after: Parsed) -> list[tuple[str, ...]]:
    frame = changes(before, after)
    assert list(frame.columns) == COLUMNS
    return [tuple(line) for line in frame.to_numpy().tolist()]


def test_a_changed_cell_an_added_and_a_removed_row_are_each_one_line(tmp_path: Path) -> None:
    first = [_person("CB001", "Nguyễn Văn An", arrived_on=date(2025, 2, 3)), _person("CB002", "Trần Thị Bình")]
    second = [_person("CB003", "Lê Cường"), _person("CB001", "Nguyễn Văn An", arrived_on=date(2025, 3, 2))]
    assert _told(_parsed(tmp_path, first), _parsed(tmp_path, second)) == [
        ("Cán bộ", "CB003", "", "", "CB003 · Lê Cường · Người trực tiếp công tác, lao động", "added"),
        ("Cán bộ", "CB001", "Ngày đến", "03/02/2025", "02/03/2025", "changed"),
        ("Cán bộ", "CB002", "", "CB002 · Trần Thị Bình · Người trực tiếp công tác, lao động", "", "removed"),
    ]


def test_the_same_value_written_otherwise_and_rows_in_another_order_are_no_change(tmp_path: Path) -> None:
    first = [_person("CB001", "Nguyễn Văn An", arrived_on=date(2025, 2, 3)), _person("CB002", "Trần Thị Bình")]
    second = [_person("CB002", " Trần  Thị Bình"), _person("CB001", "Nguyễn Văn An", arrived_on="3/2/2025")]
    assert _told(_parsed(tmp_path, first), _parsed(tmp_path, second)) == []


def test_people_without_a_code_are_matched_by_name_and_namesakes_are_told_apart(tmp_path: Path) -> None:
    first = [_person(None, "Nguyễn Văn An"), _person(None, "Nguyễn Văn An")]
    second = [_person(None, "Nguyễn Văn An"), _person(None, "Nguyễn Văn An", rating="HTXSNV")]
    assert [line[1:] for line in _told(_parsed(tmp_path, first), _parsed(tmp_path, second))] == [
        ("Nguyễn Văn An (2)", "Mức xếp loại", "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ", "changed")
    ]


def test_a_cell_filled_or_emptied_is_a_change_of_its_row(tmp_path: Path) -> None:
    first, second = [_person("CB001", "An", note="cũ")], [_person("CB001", "An", team="Phòng 1")]
    assert [line[2:] for line in _told(_parsed(tmp_path, first), _parsed(tmp_path, second))] == [
        ("Phòng, tổ", "", "Phòng 1", "changed"),
        ("Ghi chú", "cũ", "", "changed"),
    ]


def test_lines_of_the_information_sheet_are_compared_too(tmp_path: Path) -> None:
    before = _parsed(tmp_path, [_person("CB001", "An")], info=[{"prepared_on": date(2025, 12, 1)}])
    after = _parsed(tmp_path, [_person("CB001", "An")], info=[{"prepared_on": date(2025, 12, 20)}])
    assert _told(before, after) == [("Thông tin", "", "Ngày lập", "01/12/2025", "20/12/2025", "changed")]


def test_a_first_workbook_adds_everything_and_a_file_that_is_not_ours_changes_nothing(tmp_path: Path) -> None:
    path = template.write(tmp_path / "c.xlsx", REFERENCE, CLUSTER_REPORT, "C01", "2025")
    cluster = reader.parse(path.read_bytes(), path.name, REFERENCE)
    told = _told(None, cluster)
    assert {line[5] for line in told} == {"added"}
    assert len([line for line in told if line[0] == "Thành viên"]) > 3
    assert _told(cluster, reader.parse(b"x", "x.xlsx", REFERENCE)) == []
