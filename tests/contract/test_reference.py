"""The reference lists of the project are complete, dated without overlap, and refuse nonsense with a line number."""

import csv
import os
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.contract import reference as lists
from pipelines.problems import ReferenceInvalid
from pipelines.settings import OWN_REFERENCE

REFERENCE = lists.load(OWN_REFERENCE)


def test_sixty_three_provinces_become_thirty_four() -> None:
    assert len({p.old_code for p in REFERENCE.provinces}) == 63
    assert len({p.code for p in REFERENCE.provinces}) == 34
    assert sum(1 for n in Counter(p.code for p in REFERENCE.provinces).values() if n > 1) == 23


@pytest.mark.parametrize(("on", "committees"), [(date(2024, 12, 15), 63), (date(2025, 12, 15), 34)])
def test_every_committee_in_force_belongs_to_exactly_one_cluster(on: date, committees: int) -> None:
    units = {u.unit_code for u in REFERENCE.units if u.kind == "provincial" and lists.in_force(u, on)}
    members = Counter(m.unit_code for m in REFERENCE.cluster_membership if lists.in_force(m, on))
    assert len(units) == committees
    assert members == Counter(units)


@pytest.mark.parametrize("year", range(2014, 2027))
def test_thirteen_departments_report_in_every_year(year: int) -> None:
    assert sum(u.kind == "department" and lists.in_force(u, date(year, 12, 15)) for u in REFERENCE.units) == 13


def test_rows_of_one_unit_never_overlap_in_time() -> None:
    for unit in REFERENCE.units:
        for other in REFERENCE.units:
            if other is not unit and other.unit_code == unit.unit_code and other.valid_from >= unit.valid_from:
                assert unit.valid_to is not None
                assert other.valid_from == unit.valid_to + timedelta(days=1)


def test_the_unit_and_the_province_of_the_map_agree() -> None:
    now = {p.old_code: p.code for p in REFERENCE.provinces}
    for unit in REFERENCE.units:
        if unit.kind == "provincial":
            assert unit.province_code == now[unit.unit_code[1:]]


def test_a_bad_value_is_refused_with_its_file_and_line(tmp_path: Path) -> None:
    folder = shutil.copytree(OWN_REFERENCE, tmp_path / "reference")
    calendar = folder / "calendar.csv"
    calendar.write_text(calendar.read_text().replace("2014-06-15", "6/15/2014"))
    with pytest.raises(ReferenceInvalid) as caught:
        lists.load(folder)
    (fault,) = caught.value.faults
    assert (fault.file, fault.row, fault.column, fault.value) == ("calendar.csv", 2, "due_on", "6/15/2014")


def test_the_digest_ignores_line_ends_and_sees_every_other_change(tmp_path: Path) -> None:
    folder = shutil.copytree(OWN_REFERENCE, tmp_path / "reference")
    units = folder / "units.csv"
    units.write_bytes(units.read_bytes().replace(b"\n", b"\r\n"))
    assert lists.digest(folder) == REFERENCE.digest
    units.write_bytes(units.read_bytes().replace(b"V01", b"V99"))
    assert lists.digest(folder) != REFERENCE.digest


@pytest.mark.parametrize(
    ("there", "wrong", "line", "what"),
    [
        ("HTXSNV,HTTNV,0.2,down,0,unit,2019-01-01", "HTXS,HTTNV,0.2,down,0,unit,2019-01-01", 2, "counted='HTXS'"),
        ("HTXSNV,HTTNV,0.2,down,0,unit,2019-01-01", "HTXSNV,BKB,0.2,down,0,unit,2019-01-01", 2, "base='BKB'"),
        ("unit,2024-01-01,2025-12-31", "unit,2023-12-31,2025-12-31", 3, "valid_from='2023-12-31'"),
        ("0.15,down,0,unit,2014", "15%,down,0,unit,2014", 8, "value='15%'"),
        ("0.15,down,0,unit,2014", "0.15,,0,unit,2014", 8, "rounding=''"),
        ("0,unit,2014-10-15", "0,units,2014-10-15", 8, "scope='units'"),
        (
            "unit,2024-01-01,2025-12-31",
            "unit,2024-01-02,2025-12-31",
            3,
            "valid_from='2024-01-02'",
        ),  # nothing holds on 1 January
        ("CA_NHAN,-3..0,in a row", "CA_NHAN,3,in a row", 24, "years='3'"),
        ("CSTDCS,3,,0,unit,2004", "CSTDQ,3,,0,unit,2004", 24, "base='CSTDQ'"),
        ("published_on|submitted_on", "published_on", 69, "base='published_on'"),
        ("BKB_DIEU_KIEN,b1,", "BKB_DIEU_KIEN,1b,", 32, "condition='1b'"),
        (",HTXSNV_HTTNV,,", ",HTXSNV,,", 5, "reading_of='HTXSNV'"),
        ("HTXSNV,,0,,0,organisation,2020", "HTXSNV,,0,,0,unit,2020", 80, "scope='unit'"),  # words are judged nowhere
    ],
)
def test_a_rule_that_fits_no_code_or_another_rule_is_refused_with_its_line(
    tmp_path: Path, there: str, wrong: str, line: int, what: str
) -> None:
    folder = shutil.copytree(OWN_REFERENCE, tmp_path / "reference")
    rules = folder / "rules.csv"
    text = rules.read_text(encoding="utf-8")
    assert there in text
    rules.write_text(text.replace(there, wrong, 1), encoding="utf-8")
    with pytest.raises(ReferenceInvalid) as caught:
        lists.load(folder)
    (fault,) = caught.value.faults
    assert (fault.file, fault.row, f"{fault.column}={fault.value!r}") == ("rules.csv", line, what)


def test_a_list_of_rules_from_before_later_columns_is_read_as_before(tmp_path: Path) -> None:
    folder = shutil.copytree(OWN_REFERENCE, tmp_path / "reference")
    with (folder / "rules.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["kind"] in ("ceiling", "days") and row["base"] != "submitted_on|decided_on"
        ]
    first = ("rule_id", "kind", "name", "english", "counted", "base", "value", "rounding", "min_one", "scope")
    columns = (*first, "valid_from", "valid_to", "basis", "status", "note")
    with (folder / "rules.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(row | {"base": ""} if row["kind"] == "days" else row for row in rows)
    told = lists.load(folder).rules
    assert len(told) == len(rows) and {(one.condition, one.years, one.confirmed_on) for one in told} == {("", "", None)}


def test_the_ceiling_for_party_members_held_against_staff_is_a_reading_to_be_confirmed() -> None:
    assert "statutory" not in {rule.status for rule in REFERENCE.rules if rule.rule_id.startswith("HTXSNV_HTTNV")}


def test_every_rule_says_where_it_comes_from_or_that_nobody_has_confirmed_it() -> None:
    assert {rule.status for rule in REFERENCE.rules} == {
        *("statutory", "internal benchmark", "sample, to be confirmed"),
    }
    for rule in REFERENCE.rules:
        assert rule.basis if rule.status == "statutory" else rule.note, rule
        assert rule.status != "statutory" or "cần xác nhận" not in rule.note, (
            rule
        )  # a reading of ours is no text of the law


def test_a_list_is_hashed_again_only_after_it_was_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(OWN_REFERENCE, tmp_path / "lists"))
    path, read = folder / "units.csv", []
    content = lists.typed_rows.content
    monkeypatch.setattr(lists.typed_rows, "content", lambda one: read.append(one) or content(one))
    monkeypatch.setattr(lists, "_SETTLED", 0)
    first = lists.digest(folder)
    assert lists.digest(folder) == first and len(read) == len(lists.files(folder))
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"V01", b"V1O"))  # as long as before, and dated as before
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert lists.digest(folder) != first
    monkeypatch.setattr(lists, "_SETTLED", 10**18)
    read.clear()
    assert lists.digest(folder) == lists.digest(folder) and len(read) == 2 * len(lists.files(folder))
