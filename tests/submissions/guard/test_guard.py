"""The guard refuses what would harm a reader, names why, and hands on the rest in a form the reader survives."""

import random
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from pipelines.contract.checks import CHECKS, Severity
from pipelines.contract.workbooks import LIST_SHEET
from pipelines.submissions import guard
from pipelines.submissions.container import zip_checks
from pipelines.submissions.container.refusal import Refused
from pipelines.submissions.guard import Inspection
from tests.support.workbooks import hostile
from tests.support.workbooks.workbook_parts import book, packed, parts, sheet, zipped


def _values(inspection: Inspection) -> dict[str, object]:
    """What the cell reader finds in the data the guard hands on, by sheet and address."""
    file, found = CalamineWorkbook.from_filelike(BytesIO(inspection.data)), {}
    for scan in inspection.sheets:
        page = file.get_sheet_by_name(scan.name)
        top, left = page.start or (0, 0)
        for i, row in enumerate(page.to_python()):
            for j, value in enumerate(row):
                if value != "":
                    found[f"{scan.name}!{chr(65 + left + j)}{top + i + 1}"] = value
    return found


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_hostile_file_is_refused_with_one_finding_that_fits(name: str) -> None:
    make, code = hostile.REFUSED[name]
    inspection = guard.inspect(make(), name)
    assert [finding.code for finding in inspection.findings] == [code]
    assert (inspection.refused, inspection.data, inspection.sheets, inspection.container) == (True, b"", (), "")
    assert inspection.findings[0].severity is Severity.ERROR and code in CHECKS


@pytest.mark.parametrize("name", hostile.READ)
def test_an_odd_file_is_handed_on_so_that_the_reader_gets_every_value_it_should(name: str) -> None:
    inspection = guard.inspect(hostile.READ[name](), name)
    assert inspection.findings == () and not inspection.refused and inspection.container == "xlsx"
    values, scans = _values(inspection), inspection.sheets
    lost = sum(len(s.errors) + len(s.uncached) + len(s.unreadable) + len(s.duplicates) for s in scans)
    assert len(values) == sum(scan.cell_count for scan in scans) - lost
    assert values or lost


@pytest.mark.parametrize("name", hostile.WARNED)
def test_macros_and_links_to_other_files_are_a_warning_in_a_file_that_owns_up_to_them(name: str) -> None:
    make, code = hostile.WARNED[name]
    inspection = guard.inspect(make(), name)
    assert [(f.code, f.severity) for f in inspection.findings] == [(code, Severity.WARNING)]
    assert not inspection.refused and inspection.container == name.rpartition(".")[2]


def test_an_ordinary_file_is_handed_on_as_the_very_same_bytes() -> None:
    data = book()
    inspection = guard.inspect(data, "a.xlsx")
    assert inspection.data is data
    assert _values(inspection) == {"Biểu 1!A1": "Họ và tên", "Biểu 1!B1": 9.5}


def test_addresses_and_values_of_an_oddly_written_file_are_those_of_the_original() -> None:
    for name in ("utf16.xlsx", "comments_and_cdata.xlsx", "no_references.xlsx", "prefixed.xlsx", "single_quotes.xlsx"):
        inspection = guard.inspect(hostile.READ[name](), name)
        expected = {
            "utf16.xlsx": {"Biểu 1!A1": "Họ và tên", "Biểu 1!B1": 9.5},
            "comments_and_cdata.xlsx": {"Biểu 1!A1": 5.0},
            "no_references.xlsx": {"Biểu 1!A1": "a", "Biểu 1!B1": 2.0},
            "prefixed.xlsx": {"Biểu 1!B1": 2.0},
            "single_quotes.xlsx": {"Biểu 1!C1": "ba"},
        }[name]
        assert _values(inspection) == expected, name


def _codes(data: bytes) -> list[str]:
    return [finding.code for finding in guard.inspect(data, "a.xlsx").findings]


def test_a_part_known_from_another_workbook_is_still_refused_where_it_differs() -> None:
    ordinary = [packed(name, content) for name, content in parts().items()]
    name, content, size, checksum = packed("xl/theme/theme1.xml", "<theme>xanh</theme>")
    typed = packed(name, "<!DOCTYPE theme><theme/>")
    assert _codes(zipped([*ordinary, (name, content, size, checksum)])) == []
    for _ in range(2):
        assert _codes(zipped([*ordinary, (name, content, size, checksum ^ 1)])) == ["file.zip_damaged"]
        assert _codes(zipped([*ordinary, (name, content, size - 1, checksum)])) == ["file.zip_bomb"]
        assert _codes(zipped([*ordinary, typed])) == ["file.xml_doctype"]
        assert _codes(zipped([*ordinary, ("xl/media/theme1.bin", *typed[1:])])) == []


def test_our_own_list_sheet_is_proven_like_any_part_but_its_cells_are_nobodys() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    made = parts(sheets=2) | {"xl/worksheets/sheet2.xml": sheet(far)}
    assert _codes(zipped([packed(*part) for part in made.items()])) == ["file.range_too_wide"]
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace("Biểu 2", LIST_SHEET)
    inspection = guard.inspect(zipped([packed(*part) for part in made.items()]), "a.xlsx")
    assert [(scan.name, scan.cell_count) for scan in inspection.sheets] == [("Biểu 1", 2), (LIST_SHEET, 0)]
    made["xl/worksheets/sheet2.xml"] = "<!DOCTYPE worksheet>" + sheet("")
    assert _codes(zipped([packed(*part) for part in made.items()])) == ["file.xml_doctype"]


def test_as_many_parts_as_are_allowed_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book()
    with zipfile.ZipFile(BytesIO(data)) as file:
        there = len(file.infolist())
    for most, refused in ((there, False), (there - 1, True)):
        monkeypatch.setattr(zip_checks, "MAX_PARTS", most)
        assert guard.inspect(data, "a.xlsx").refused is refused


def test_a_part_that_grows_beyond_what_it_says_is_stopped_at_what_it_says() -> None:
    data, size = BytesIO(), 3 * zip_checks.MB
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.bin", random.Random(1).randbytes(size))
    lying = data.getvalue().replace(size.to_bytes(4, "little"), (2 * zip_checks.MB).to_bytes(4, "little"))
    archive = zip_checks.Archive(lying)
    with pytest.raises(Refused) as told:
        list(archive.chunks("a.bin"))
    assert told.value.finding.code == "file.zip_bomb"


def test_two_parts_whose_names_differ_in_case_alone_are_one_name() -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in ("a.xml", "A.XML"):
            file.writestr(name, "x")
    with pytest.raises(Refused) as told:
        zip_checks.Archive(data.getvalue())
    assert told.value.finding.code == "file.zip_duplicate_part"
