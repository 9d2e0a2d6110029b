"""One code, one spelling: small and wide letters, dashes of Word and lost zeros never make two people of one."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from pipelines.access import sees_all
from pipelines.contract.workbooks import CLUSTER_REPORT, INFO_TITLE, UNIT_REPORT, WORKBOOKS
from pipelines.desk import Desk
from pipelines.records.parsed import Parsed
from pipelines.submissions.checks.known import Known, check_stored
from pipelines.submissions.values.cleaning import code_key
from pipelines.submissions.values.directory import Listed
from pipelines.submissions.values.nearest import nearest_person
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import current, frame
from tests.desk.test_issued_codes import handed_in
from tests.support.workbooks.filled_books import REFERENCE, ROWS, Row, book, found, read

ON = date(2025, 12, 10)
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
SPELLINGS = [str.lower, str.capitalize, lambda code: code.translate(WIDE)]
SPELLINGS += [lambda code, dash=dash: code.replace("-", dash) for dash in "‐‑‒–—―−－﹣"]  # type: ignore[misc]
SPELLINGS += [lambda code: code.replace("-", " – ")]
CYRILLIC, GREEK = str.maketrans("BC", "\u0412\u0421"), str.maketrans("B", "\u0392")
ARABIC = {ord(str(digit)): 0x660 + digit for digit in range(10)}
SPELLINGS += [lambda code, table=table: code.translate(table) for table in (CYRILLIC, GREEK, ARABIC)]  # type: ignore[misc]
SPELLINGS += [lambda code: code.translate(CYRILLIC).lower()]
STAFF = {"position_group": "TRUC_TIEP", "rating": "HTTNV"}


def values(parsed: Parsed, column: str) -> list[str | None]:
    return [c["value"] for c in parsed.cells.to_pylist() if c["column_name"] == column]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_the_same_code(spelling: object) -> None:
    assert callable(spelling)
    assert code_key(spelling("V01-CB001")) == "V01-CB001"
    written = spelling("V01-CB001")
    parsed = read(
        book(
            rows={"staff": [{"person_code": written, "full_name": "Lê An", **STAFF}], "awards": [], "initiatives": []},
            cells={(INFO_TITLE, f"B{row}"): "x" for row in (18, 19)},
        )
    )
    assert values(parsed, "person_code") == ["V01-CB001"]
    assert (found(parsed, "code.spelling").cell, found(parsed, "code.spelling").value) == ("A4", written)


def test_codes_written_alike_everywhere_are_silent_and_others_one_finding_a_column() -> None:
    people: list[Row] = [{"person_code": f"v01–cb{n:03d}", "full_name": f"Lê {n}", **STAFF} for n in range(16)]
    parsed = read(book(rows={"staff": people, "awards": [], "initiatives": []}))
    assert (found(parsed, "code.spelling").cell, found(parsed, "code.spelling").count) == ("A4:A19", 16)
    assert read(book()).findings == ()


def test_a_sheet_with_both_spellings_has_the_code_twice() -> None:
    both: list[Row] = [{"person_code": code, "full_name": "Lê An", **STAFF} for code in ("V01-CB001", "v01-cb001")]
    parsed = read(book(rows={"staff": both, "awards": [], "initiatives": []}))
    assert found(parsed, "key.duplicate").cell == "A5" and found(parsed, "code.spelling").cell == "A5"


@pytest.mark.parametrize("form", list(WORKBOOKS.values()), ids=lambda form: form.code)
def test_codes_of_every_sheet_mean_the_same_in_small_letters(form: object) -> None:
    """People, teams, initiatives, proposals, targets, campaigns, exemplars, members, criteria, pledges, unit and
    cluster.
    """
    assert form in (UNIT_REPORT, CLUSTER_REPORT)
    coded = {
        column.name
        for sheet in form.sheets
        for column in sheet.columns
        if column.kind == "code"  # type: ignore[attr-defined]
    }
    rows = {
        key: [
            {name: value.lower() if name in coded and isinstance(value, str) else value for name, value in row.items()}
            for row in some
        ]
        for key, some in ROWS[form.code].items()  # type: ignore[attr-defined]
    }
    info = {name: "v01" if name == "unit_code" else "c01" for name in ("unit_code", "cluster_code")}
    small, plain = read(book(form, rows=rows, info=info)), read(book(form))  # type: ignore[arg-type]
    assert {f.code for f in small.findings} == {"code.spelling"}
    assert small.cells["value"].to_pylist() == plain.cells["value"].to_pylist()
    assert (small.unit_code, small.cluster_code) == (plain.unit_code, plain.cluster_code)


def test_units_are_called_as_the_list_has_them() -> None:
    units = tuple(replace(unit, unit_code="Vp-01") if unit.unit_code == "V01" else unit for unit in REFERENCE.units)
    reference = replace(REFERENCE, units=units, digest="lists with a small letter")
    parsed = read(book(info={"unit_code": "VP-01"}), reference=reference)
    assert parsed.unit_code == "Vp-01" and "info.unit_unknown" not in {f.code for f in parsed.findings}


def test_sixteen_people_stay_sixteen_over_two_years(desk: Desk) -> None:
    names = [f"Lê {chr(65 + n)}" for n in range(16)]
    first = handed_in(desk, 2024, [(f"V01-CB{n:03d}", name) for n, name in enumerate(names)])
    second = handed_in(desk, 2025, [(f"v01−cb{n:03d}", name) for n, name in enumerate(names)])
    assert [one.checked.status for one in (first, second)] == ["accepted", "accepted_with_warnings"]
    publish(desk.home)
    sql = "SELECT count(DISTINCT person_key) AS people FROM people.people"
    assert frame(current(desk.home), sees_all(), sql)["people"].tolist() == [16]


def test_another_name_under_a_code_in_small_letters_is_told() -> None:
    parsed = read(
        book(
            rows={
                "staff": [{"person_code": "cb001", "full_name": "Nguyễn Văn Ân", **STAFF}],
                "awards": [],
                "initiatives": [],
            }
        )
    )
    known = Known(Listed({"CB001": "Nguyễn Văn An"}))
    assert [f.code for f in check_stored(parsed, REFERENCE, known, ON)] == ["staff.name_differs"]


def test_lost_zeros_are_offered_where_a_known_code_has_them() -> None:
    people: list[Row] = [
        {"person_code": 12, "full_name": "Lê An", **STAFF},
        {"person_code": 7, "full_name": "Lê Bình", **STAFF},
    ]
    parsed = read(book(rows={"staff": people, "awards": [], "initiatives": []}))
    [finding] = check_stored(parsed, REFERENCE, Known(Listed({"0012": "Lê An", "0070": "Trần Tú"})), ON)
    assert (finding.code, finding.cell, finding.params["nearest"]) == ("staff.code_alike", "A4", "0012 | Lê An")
    assert check_stored(parsed, REFERENCE, Known(Listed({"0012": "Lê An", "12": "Lê An", "7": "Lê Bình"})), ON) == ()
    assert (
        nearest_person("12", Listed({"0012": "Lê An"})) == "0012 | Lê An"
        and nearest_person("12", Listed({"0012": "A", "012": "B"})) == ""
    )


def test_the_key_leaves_other_marks_alone() -> None:
    assert [code_key(code) for code in ("TD-4/QĐ", "P.1 (a)", unicodedata.normalize("NFD", "tổ_1"))] == [
        "TD-4/QĐ",
        "P.1 (A)",
        "TỔ_1",
    ]
