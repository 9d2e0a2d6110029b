"""Reference lists are checked as hard as workbooks: every place that is wrong is named in one pass, with what to do."""

import csv
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.contract import reference as lists
from pipelines.contract.list_faults import Fault
from pipelines.contract.reference import SHAPES
from pipelines.desk.doctor import examine
from pipelines.problems import ReferenceInvalid
from pipelines.records.archive import Archive
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.texts import say_problem
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import current
from tests.conftest import Typed
from tests.support.homes.handed_in import HandedIn, person

LISTS = sorted(SHAPES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(OWN_REFERENCE, tmp_path / "reference")


def _faults(folder: Path) -> tuple[Fault, ...]:
    """What is wrong; every fault has its sentence in both languages."""
    try:
        lists.load(folder)
    except ReferenceInvalid as invalid:
        for lang in ("vi", "en"):
            told = say_problem(invalid.code, invalid.facts, lang)
            assert all(fault.sentence(lang) in told for fault in invalid.faults)
        return invalid.faults
    return ()


def _told(folder: Path) -> list[tuple[str, str, int, str, str]]:
    return [(one.file, one.code, one.row, one.column, one.value) for one in _faults(folder)]


def _edit(folder: Path, name: str, there: str, instead: str) -> None:
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert there in text, there
    path.write_text(text.replace(there, instead, 1), encoding="utf-8")


def _add(folder: Path, name: str, row: str) -> int:
    """One more row at the end; its number."""
    path = folder / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{row}\n", encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_lists_of_the_project_have_no_fault() -> None:
    assert _faults(OWN_REFERENCE) == ()


@pytest.mark.parametrize("name", LISTS)
def test_a_byte_order_mark_line_ends_of_windows_empty_rows_and_surrounding_spaces_are_no_fault(
    folder: Path, name: str
) -> None:
    path = folder / f"{name}.csv"
    data = path.read_bytes().rstrip(b"\n") + b"\n\n,,,\n"
    path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert _faults(folder) == ()
    before = lists.load(OWN_REFERENCE)
    assert getattr(lists.load(folder), name) == getattr(before, name)


def _encoded(encoding: str) -> Callable[[Path], object]:
    def harm(path: Path) -> None:
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n") + "\r\n# Đ"
        path.write_bytes(text.encode(encoding, errors="replace"))

    return harm


def _semicolons(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_encoded("cp1258"), "not_utf8"),
        (_encoded("utf-16"), "utf16"),
        (_encoded("utf-16-le"), "utf16"),
        (_semicolons, "separator"),
        (lambda path: path.write_text(path.read_text(encoding="utf-8").replace(",", "\t"), encoding="utf-8"), "separator"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"\xef\xbb\xbf\r\n\r\n"), "empty"),
        (lambda path: path.write_text(path.read_text(encoding="utf-8").splitlines()[0]), "header_only"),
        (lambda path: path.write_text(path.read_text(encoding="utf-8") + '"V99,', encoding="utf-8"), "broken"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_named_once_with_its_remedy(
    folder: Path, name: str, harm: Callable[[Path], object], code: str
) -> None:
    harm(folder / f"{name}.csv")
    assert [one[:2] for one in _told(folder)] == [(f"{name}.csv", code)]


@pytest.mark.parametrize("name", [name for name in LISTS if name != "rules"])
def test_a_list_that_is_gone_is_named(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink()
    assert _told(folder) == [(f"{name}.csv", "missing", 0, "", "")]


@pytest.mark.parametrize("name", LISTS)
def test_a_wrong_header_is_named_by_its_columns_and_nothing_else_is_said(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    first = path.read_text(encoding="utf-8").partition(",")[0]
    _edit(folder, name, f"{first},", "ten,ten,")
    told = _told(folder)
    assert told == [
        (path.name, "column_missing", 1, first, ""),
        (path.name, "column_twice", 1, "ten", ""),
    ]


@pytest.mark.parametrize(("name", "shape"), [(name, SHAPES[name]) for name in LISTS])
def test_a_row_given_twice_is_named_with_the_other_one(folder: Path, name: str, shape: object) -> None:
    row = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[-1]
    at = _add(folder, name, row)
    told = {(file, code, row) for file, code, row, *_ in _told(folder)}
    code = "twice" if not SHAPES[name].dated else "overlap"
    assert (f"{name}.csv", code, at) in told


@pytest.mark.parametrize(
    ("name", "row", "code", "column", "value"),
    [
        ("units", "V01,Vụ 1,department,VU,,,own,1,BNC,2020-01-01,,sample", "overlap", "valid_from", "01/01/2020"),
        ("units", "V99,Vụ 99,department,VU,,,own,1,BNC,2020-01-01,2019-12-31,x", "backwards", "valid_to", "31/12/2019"),
        ("units", "V99,Vụ 99,department,VUU,,,own,1,BNC,2020-01-01,,x", "nowhere", "peer_group", "VUU"),
        ("units", "V99,Vụ 99,department,VU,V98,,own,1,BNC,2020-01-01,,x", "nowhere", "parent", "V98"),
        ("units", "V99,Vụ 99,department,VU,,P00,own,1,BNC,2020-01-01,,x", "nowhere", "province_code", "P00"),
        ("units", "v99,Vụ 99,department,VU,,,own,1,BNC,2020-01-01,,x", "code", "unit_code", "v99"),
        ("units", "V99 ,Vụ 99,department,VU,,,own,1,BNC,2020-01-01,,x", "code", "unit_code", "V99 "),
        ("units", "V 99,Vụ 99,department,VU,,,own,1,BNC,2020-01-01,,x", "code", "unit_code", "V 99"),
        ("units", "V99,Vụ 99,department,Vu,,,own,1,BNC,2020-01-01,,x", "code", "peer_group", "Vu"),
        ("units", "V99,,department,VU,,,own,1,BNC,2020-01-01,,x", "needed", "name", ""),
        ("units", "V99,Vụ 99,department,VU,,,own,1,BNC,,,x", "needed", "valid_from", ""),
        ("units", "V99,Vụ 99,department,VU,,,ca hai,1,BNC,2020-01-01,,x", "choice", "reports_by", "ca hai"),
        ("units", "V99,Vụ 99,department,VU,,,own,x,BNC,2020-01-01,,x", "yes_no", "obliged", "x"),
        ("units", "V99,Vụ 99,department,VU,,,own,1,BNC,31/02/2020,,x", "date", "valid_from", "31/02/2020"),
        ("units", "V99,Vụ 99,department,VU,,,own,1,BNC,1/1/20,,x", "date", "valid_from", "1/1/20"),
        ("units", "V99,Vụ 99,department,VU,,,own,1,BNC,20200101,,x", "date", "valid_from", "20200101"),
        ("units", "V99,Vụ 99,department,VU,,,own,1", "cells", "", ""),
        ("unit_lineage", "V01,V97,2020-07-01,1,x", "nowhere", "new_code", "V97"),
        ("unit_lineage", "V01,V02,2020-07-01,1.5,x", "misfit", "share", "1.5"),
        ("unit_lineage", "V01,V02,2020-07-01,nan,x", "number", "share", "nan"),
        ("unit_lineage", "V01,V01,2020-07-01,1,x", "misfit", "new_code", "V01"),
        ("unit_lineage", "V06,V14,2020-07-01,0.7,x", "shares", "share", "0.7"),
        ("unit_lineage", "V07,V15,2023-07-01,0.5,x", "gone", "from_on", "01/07/2023"),
        ("unit_lineage", "V15,V06,2020-07-01,0.3,x", "circle", "new_code", "V06"),
        ("unit_lineage", "V01,T02,2025-07-01,0.5,x", "ended", "from_on", "01/07/2025"),
        ("units", "V99,Vụ 99,department,VU,V99,,own,1,BNC,2020-01-01,,x", "circle", "parent", "V99"),
        ("units", "V99,Vụ 99,department,VU,V07,,own,1,BNC,2020-01-01,,x", "ended", "valid_to", ""),
        ("units", "V99,Vụ 99,vu,VU,,,own,1,BNC,2020-01-01,,x", "choice", "kind", "vu"),
        ("clusters", "C01,Cụm,2020-01-01,,x", "overlap", "valid_from", "01/01/2020"),
        ("cluster_membership", "C99,V01,2020-01-01,,x", "nowhere", "cluster_code", "C99"),
        ("cluster_membership", "C01,V98,2020-01-01,,x", "nowhere", "unit_code", "V98"),
        ("cluster_membership", "C02,T01,2020-01-01,,x", "overlap", "valid_from", "01/01/2020"),
        ("cluster_membership", "C02,T02,2025-08-01,,x", "gap", "valid_from", "01/08/2025"),
        ("cluster_membership", "C02,V07,2019-01-01,,x", "ended", "valid_to", ""),
        ("cluster_membership", "C02,V07,2019-01-01,2020-12-31,x", "ended", "valid_to", "31/12/2020"),
        ("cluster_membership", "C02,V07,2021-01-01,2021-12-31,x", "ended", "valid_from", "01/01/2021"),
        ("provinces", "01,TP Hà Nội,P01,TP Hà Nội,,,x", "twice", "old_code", "01"),
        ("peer_groups", "VU,Các vụ,Departments,x", "twice", "peer_group", "VU"),
        ("calendar", "2025H1,year,2025,2025-01-01,2025-12-31,2025-01-01,2025-12-15,,x", "misfit", "period", "2025H1"),
        ("calendar", "2040,year,2040,2040-01-01,2039-12-31,2040-01-01,2040-12-15,,x", "backwards", "ends_on", "31/12/2039"),
        ("calendar", "2040,year,2040,2040-01-01,2040-12-31,2041-01-01,2040-12-15,,x", "backwards", "due_on", "15/12/2040"),
        ("award_catalogue", "XX,Thư khen,Letter,CA_NHAN,CO_SO,hinh_thuc,LĐTT,99,2020-01-01,,,x", "ambiguous", "synonyms", "LĐTT"),
        ("calendar", "2040,thang,2040,2040-01-01,2040-12-31,2040-01-01,2040-12-15,,x", "choice", "period_kind", "thang"),
        ("award_catalogue", "XX,Thư khen,Letter,,HUYEN,hinh_thuc,,99,2020-01-01,,,x", "choice", "level", "HUYEN"),
        ("award_catalogue", "XX,Thư khen,Letter,,CO_SO,khac,,99,2020-01-01,,,x", "choice", "award_group", "khac"),
        ("award_catalogue", "XX,Thư khen,Letter,AI,CO_SO,hinh_thuc,,99,2020-01-01,,,x", "choice", "recipient", "AI"),
        ("award_catalogue", "XX,Thư khen,Letter,CA_NHAN,CO_SO,hinh_thuc,,một,2020-01-01,,,x", "number", "sort_order", "một"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_named_by_file_row_column_and_value(
    folder: Path, name: str, row: str, code: str, column: str, value: str
) -> None:
    at = _add(folder, name, row)
    assert _told(folder) == [(f"{name}.csv", code, at, column, value)]


def _listed(code: str, parent: str, first: str, last: str = "") -> str:
    return f"{code},Vụ,department,VU,{parent},,own,1,BNC,{first},{last},x"


def test_units_that_are_above_each_other_on_one_day_are_told_once_with_the_way_round(folder: Path) -> None:
    _add(folder, "units", _listed("V97", "V98", "2020-01-01"))
    _add(folder, "units", _listed("V98", "V99", "2021-01-01"))
    at = _add(folder, "units", _listed("V99", "V97", "2022-01-01"))
    (fault,) = _faults(folder)
    assert (fault.code, fault.row, fault.more["path"]) == ("circle", at, "V99 → V97 → V98 → V99")


def test_units_that_became_each_other_as_a_whole_are_told_whenever_that_was(folder: Path) -> None:
    for code in ("V97", "V98"):
        _add(folder, "units", _listed(code, "", "2020-01-01"))
    _add(folder, "unit_lineage", "V97,V98,2021-07-01,1,x")
    at = _add(folder, "unit_lineage", "V98,V97,2023-07-01,1,x")
    (fault,) = _faults(folder)
    assert (fault.code, fault.row, fault.more["path"]) == ("circle", at, "V98 → V97 → V98")


def test_what_an_organisation_may_live_through_is_no_fault(folder: Path) -> None:
    """Parts that come back, thirds and tenths, parts of one unit on two days, a parent that changes sides, records
    younger than units.
    """
    for row in (
        _listed("V97", "V98", "2020-01-01", "2020-12-31"), _listed("V97", "", "2021-01-01"), _listed("V98", "V97", "2021-01-01"),
        _listed("V98", "", "2020-01-01", "2020-12-31"), _listed("V99", "", "2020-01-01"),
    ):  # fmt: skip
        _add(folder, "units", row)
    back = ("V15,V06,2024-01-01,1,x", "V06,V01,2022-01-01,0.7,x", "V01,V02,2010-01-01,1,x")
    parts = [f"V97,V{number:02},2021-07-01,0.1,x" for number in (1, 2, 3, 4, 5, 9, 10, 11, 12, 13)]
    for row in (*back, *parts, *(f"V99,V0{n},2023-07-01,{share},x" for n, share in enumerate((0.33, 0.33, 0.34), 1))):
        _add(folder, "unit_lineage", row)
    _add(folder, "cluster_membership", "C02,V07,2010-01-01,2020-06-30,x")
    assert _told(folder) == []


def test_a_membership_that_outlives_its_cluster_is_told(folder: Path) -> None:
    at = _add(folder, "clusters", "C99,Cụm,2020-01-01,2022-12-31,x")
    at = _add(folder, "cluster_membership", "C99,V01,2020-01-01,2023-06-30,x")
    assert _told(folder) == [("cluster_membership.csv", "ended", at, "valid_to", "30/06/2023")]


@pytest.mark.parametrize(
    ("column", "value"), [("kind", "tran"), ("scope", "vu"), ("status", "luat"), ("counting", "x")]
)
def test_a_word_of_a_rule_nobody_knows_is_told_with_the_words_there_are(folder: Path, column: str, value: str) -> None:
    header, row, *_ = (folder / "rules.csv").read_text(encoding="utf-8").splitlines()
    (cells,) = csv.reader([row])
    cells[0], cells[header.split(",").index(column)] = "MOI", value
    at = _add(folder, "rules", ",".join(f'"{cell}"' for cell in cells))
    (fault,) = _faults(folder)
    assert (fault.code, fault.row, fault.column, fault.value) == ("choice", at, column, value)
    assert "|" in str(fault.more["choices"]) or column == "counting"


def _folder_instead(path: Path) -> None:
    path.mkdir()


def _pipe_instead(path: Path) -> None:
    os.mkfifo(path)


def _link_instead(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.csv"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("instead", [_folder_instead, _pipe_instead, _link_instead])
def test_what_only_has_the_name_of_a_list_is_told_with_the_rest(
    folder: Path, name: str, instead: Callable[[Path], None], tmp_path: Path
) -> None:
    (folder / f"{name}.csv").unlink()
    before = lists.digest(folder)
    instead(folder / f"{name}.csv")
    assert _told(folder) == [(f"{name}.csv", "unreadable", 0, "", "")]
    assert lists.digest(folder) != before
    with pytest.raises(ReferenceInvalid):
        Archive(Home(tmp_path / "home").ready()).put_reference(folder)


def test_a_list_this_account_may_not_open_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> bytes:
        if path.name == "units.csv":
            raise PermissionError(path)
        return read(path)

    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", closed)
    assert _told(folder) == [("units.csv", "unreadable", 0, "", "")]


def test_days_of_units_that_do_not_follow_one_another_are_a_gap(folder: Path) -> None:
    _edit(
        folder,
        "units",
        "V01,Vụ 1 (mẫu),department,VU,,,own,1,BNC,2013-01-01,,",
        "V01,Vụ 1 (mẫu),department,VU,,,own,1,BNC,2013-01-01,2019-12-31,",
    )
    at = _add(folder, "units", "V01,Vụ 1 (mẫu),department,VU,,,own,1,BNC,02/01/2020,,sample")
    (fault,) = _faults(folder)
    assert (fault.code, fault.row, fault.more["ended"]) == ("gap", at, "31/12/2019")


def test_dates_as_spreadsheets_write_them_are_read_day_first(folder: Path) -> None:
    path = folder / "calendar.csv"
    lines = path.read_text(encoding="utf-8")
    path.write_text(lines.replace("2014-06-15", "15/6/2014").replace("2014-12-15", "15/12/2014"), encoding="utf-8")
    assert lists.load(folder).calendar == lists.load(OWN_REFERENCE).calendar


def test_every_fault_of_every_list_is_told_not_the_first(folder: Path) -> None:
    _add(folder, "units", "v99,Vụ 99,department,VUU,,,own,1,BNC,2020-13-01,,x")
    _add(folder, "clusters", "C01,Cụm,2020-01-01,,x")
    (folder / "provinces.csv").write_bytes("old_code\n".encode("utf-16"))
    (folder / "rules.csv").write_text(
        (folder / "rules.csv").read_text(encoding="utf-8").replace("HTXSNV,HTTNV,0.2,down", "HTXS,HTTNV,0.2,down"),
        encoding="utf-8",
    )
    told = {(file, code, column) for file, code, _, column, _ in _told(folder)}
    assert told == {
        ("units.csv", "code", "unit_code"), ("units.csv", "date", "valid_from"), ("clusters.csv", "overlap", "valid_from"),
        ("provinces.csv", "utf16", ""), ("rules.csv", "rule_code", "counted"),
    }  # fmt: skip


def test_a_set_that_was_in_use_once_is_read_as_it_was(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    recorded = Archive(desk.home).reference_folder(desk.digest)
    _add(recorded, "clusters", "C01,Cụm,2020-01-01,,x")
    assert len(lists.recorded(recorded).clusters) == len(desk.reference.clusters) + 1


def test_rules_that_are_gone_from_a_folder_that_had_them_are_missed_by_every_verb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: Typed
) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2025", {"staff": [person("A")]})
    (desk.home.reference / "rules.csv").unlink()
    monkeypatch.setenv("THIDUA_HOME", str(desk.home.root))
    file = tmp_path / "V02.xlsx"
    file.write_bytes(b"PK")
    for asked in (("build",), ("check", str(file)), ("receive", str(file)), ("doctor",)):
        code, *told = typed(*asked)
        assert code != 0 and "rules.csv" in "\n".join(told), asked
    assert [one.facts["file"] for one in examine(desk.home).faults] == ["rules.csv"]


def test_verbs_that_need_the_lists_stop_with_every_fault_and_figures_stay_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: Typed
) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2025", {"staff": [person("A")]})
    version = publish(desk.home, interval=0)
    _add(desk.home.reference, "units", "v99,Vụ 99,department,VUU,,,own,1,BNC,2020-13-01,,x")
    (desk.home.reference / "clusters.csv").write_bytes("Cụm".encode("cp1258", errors="replace") + b"\xf0")
    monkeypatch.setenv("THIDUA_HOME", str(desk.home.root))
    (tmp_path / "V02.xlsx").write_bytes(b"PK")

    def run(*arguments: str) -> tuple[int, str]:
        code, *told = typed(*arguments)
        said = "\n".join(told)
        assert "Traceback" not in said
        assert all(word in said for word in ("units.csv", "v99", "2020-13-01", "clusters.csv", "UTF-8")), said
        return code, said

    file = str(tmp_path / "V02.xlsx")
    for asked in (
        ("build",),
        ("check", file),
        ("receive", file),
        ("template", "--all", "--year", "2025"),
        ("close", "2025"),
    ):
        assert run(*asked)[0] == 2, asked
    assert run("doctor")[0] == 1
    assert {one.facts["file"] for one in examine(desk.home).faults} == {"units.csv", "clusters.csv"}
    code, said = run("status", "--period", "2025")
    assert code == 0 and "V01" in said
    assert current(Home(desk.home.root)) == version


@pytest.mark.parametrize(
    ("name", "column"), [("units", "obliged"), ("award_catalogue", "sort_order"), ("clusters", "valid_from")]
)
def test_a_row_that_cannot_be_made_is_told_and_not_that_others_point_nowhere(
    folder: Path, name: str, column: str
) -> None:
    path = folder / f"{name}.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[header.split(",").index(column)] = "?"
    path.write_text("\n".join([header, ",".join(cells), *rest]), encoding="utf-8")
    assert [(fault.row, fault.column) for fault in _faults(folder)] == [(2, column)]
