"""What a clerk is offered instead of a wrong value: the very person, unit, sheet or column meant, or nothing."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from pipelines.contract.checks import Finding, Severity
from pipelines.contract.vocabulary import AWARD
from pipelines.contract.workbooks import CLUSTER_REPORT, WORKBOOKS
from pipelines.submissions.checks.known import Known, check_stored
from pipelines.submissions.copy.statements import as_written, statement
from pipelines.submissions.values.choices import codes_of, nearest_label
from pipelines.submissions.values.directory import Listed
from pipelines.submissions.values.nearest import nearest, nearest_person
from tests.support.workbooks.filled_books import REFERENCE, book, found, read

STAFF, AWARDS = "Cán bộ", "Khen thưởng"


def _offered(typed: str) -> str:
    """What is offered for a wrong code of a person; CB001 is Nguyễn Văn An of this workbook, CB900 of an
    earlier one.
    """
    parsed = read(book(cells={(AWARDS, "D4"): typed}))
    [finding] = check_stored(parsed, REFERENCE, Known(Listed({"CB900": "Phạm Thị Hòa"})), date(2025, 12, 10))
    return finding.params.get("nearest", "")


@pytest.mark.parametrize(
    "typed",
    [
        *("CB 001", "cb-001", "CB777 | Nguyễn Văn An", "Nguyễn Văn An", "Nguyen van An"),
        *("CB001 – Nguyễn Văn An", "CB001 Nguyễn Văn An", "CB001 (nguyễn văn an)"),
    ],
)
def test_a_person_is_offered_by_a_code_written_otherwise_or_by_the_name(typed: str) -> None:
    assert _offered(typed) == "CB001 | Nguyễn Văn An"


def test_a_code_with_the_name_of_another_behind_it_offers_nobody() -> None:
    assert _offered("CB001 – Phạm Thị Hòa") == ""


def test_a_wrong_code_does_not_offer_somebody_whose_name_is_missing() -> None:
    assert nearest_person("CB-999", Listed({"CB-001": "", "CB-002": "Trần Văn Bình"})) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bằng khen ngành", "Bằng khen của Bộ, ban, ngành, tỉnh"),
        ("Bằng khen bộ trưởng", ""),
        ("Bằng khen UBND tỉnh", ""),
        ("Huân chương Lao động", ""),  # of three classes
        ("Lao động tiên tiến xuất sắc", ""),
        ("CSTĐ", ""),
        ("CSTĐ-CS", "Chiến sĩ thi đua cơ sở"),
        ("Huân chương hạng Ba", "Huân chương Lao động hạng Ba"),
        ("Tập thể lao dộng xuát sắc", "Tập thể lao động xuất sắc"),
        ("Chiến sĩ thi đua cơ sởi", "Chiến sĩ thi đua cơ sở"),
    ],
)
def test_an_award_is_offered_where_one_alone_can_be_meant(typed: str, meant: str) -> None:
    assert nearest_label(codes_of(AWARD, REFERENCE), typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("BaoCao", ""), ("Báo cáo", ""), ("Báo cáo đơn vị", "BaoCaoDonVi"), ("BaoCaoCụmm", "BaoCaoCum")],
)
def test_a_kind_of_workbook_is_offered_where_one_alone_can_be_meant(typed: str, meant: str) -> None:
    assert nearest(typed, list(WORKBOOKS)) == meant


def test_a_person_of_an_earlier_year_is_offered_too() -> None:
    assert _offered("Phạm Thị Hoà") == "CB900 | Phạm Thị Hòa"


@pytest.mark.parametrize("typed", ["CB009", "CB901", "XX001"])
def test_a_code_that_differs_in_a_digit_is_somebody_else_and_offers_nobody(typed: str) -> None:
    assert _offered(typed) == ""


@pytest.mark.parametrize("typed", ["Hà Nội", "Thành ủy Hà Nội", "T001"])
def test_a_member_is_offered_by_a_part_of_its_name_or_a_code_like_it(typed: str) -> None:
    parsed = read(book(CLUSTER_REPORT, cells={("Chấm điểm", "A4"): typed}))
    assert found(parsed, "reference.unit_unknown").params["nearest"] == "T01 | Ban Nội chính Thành ủy Hà Nội"


def test_a_team_proposed_as_a_person_is_told_as_such() -> None:
    parsed = read(book(cells={(AWARDS, "C5"): "Cá nhân", (AWARDS, "E5"): "Giấy khen"}))
    [finding] = check_stored(parsed, REFERENCE, Known(), date(2025, 12, 10))
    assert (finding.code, finding.cell) == ("reference.recipient_swapped", "D5")
    assert "“Tập thể”" in statement(finding, "vi")[0]


def test_somebody_who_came_after_the_period_is_told_at_the_day_of_arrival() -> None:
    finding = found(read(book(cells={(STAFF, "F5"): date(2026, 2, 1)})), "staff.not_in_period")
    assert (finding.cell, finding.severity) == ("F5", Severity.WARNING)


def test_a_renamed_sheet_is_recognised_by_its_headers() -> None:
    parsed = read(book(named={AWARDS: "KT 2025"}))
    finding = found(parsed, "sheet.missing")
    assert (finding.sheet, finding.params["nearest"]) == (AWARDS, "KT 2025")
    assert "nearest" not in found(read(book(without=[AWARDS], more=["Nháp"])), "sheet.missing").params


def test_dates_are_shown_as_people_write_them() -> None:
    assert as_written("2026-10-27") == "27/10/2026"
    assert as_written(str(datetime(2026, 10, 27, 14, 30))) == "27/10/2026 14:30"
    assert as_written("2026-13-27") == "2026-13-27"
    finding = Finding("date.outside_year", Severity.ERROR, AWARDS, "H4", value="2024-03-14", params={"year": "2025"})
    assert "14/03/2024" in statement(finding, "vi")[0]


@pytest.mark.parametrize(
    ("changed", "code", "named"),
    [
        ({(STAFF, "H4"): "Q4"}, "choice.unknown", ["Hoàn thành tốt nhiệm vụ", "Chưa xếp loại"]),  # few: all of them
        ({(AWARDS, "E5"): "Huân chương Lao động"}, "choice.unknown", ["hạng Nhất”", "hạng Nhì”", "hạng Ba”"]),
        ({(AWARDS, "E5"): "??"}, "choice.unknown", ["15 giá trị", "Lao động tiên tiến"]),
        ({(AWARDS, "E5"): "Chiến sĩ thi đua cơ sởi"}, "choice.unknown", ["Có phải “Chiến sĩ thi đua cơ sở” không?"]),
        ({(AWARDS, "E5"): "CSTĐCS"}, "award.recipient_kind", ["“Tập thể lao động xuất sắc”"]),
        ({(AWARDS, "D5"): "TT99"}, "reference.team_unknown", ["“P1”", "“V01”"]),
        ({(AWARDS, "D5"): "CB001"}, "reference.recipient_swapped", ["“P1”", "“V01”"]),
        ({(AWARDS, "I4"): "SK99"}, "reference.initiative_unknown", ["“SK1”"]),
        ({("Thông tin", "B9"): "nửa năm"}, "choice.unknown", ["“Năm”", "“6 tháng”"]),
    ],
)
def test_who_is_told_to_choose_is_told_what_from(
    changed: dict[tuple[str, str], object], code: str, named: list[str]
) -> None:
    finding = found(read(book(cells=changed)), code)
    told = statement(finding, "vi")[1]
    assert all(one in told for one in named), told
    assert statement(finding, "en")[1].count("“") == told.count("“") > 0


def test_a_wrong_unit_cluster_or_person_is_told_those_there_are() -> None:
    cluster = statement(found(read(book(CLUSTER_REPORT, info={"cluster_code": "C99"})), "info.cluster_unknown"), "vi")[
        1
    ]
    assert "“C01 | Cụm thi đua số 1”" in cluster
    unit = statement(found(read(book(info={"unit_code": "X99", "unit_name": None})), "info.unit_unknown"), "vi")[1]
    assert "giá trị, ví dụ “" in unit
    parsed = read(book(cells={(AWARDS, "D4"): "XX001"}))
    [finding] = check_stored(parsed, REFERENCE, Known(), date(2025, 12, 10))
    assert "“CB001 | Nguyễn Văn An”" in statement(finding, "vi")[1]


def test_a_list_of_values_is_never_cut() -> None:
    told = statement(found(read(book(cells={(STAFF, "C4"): "Q4"})), "choice.unknown"), "vi")[1]
    assert "…" not in told and told.endswith("“Doanh nhân”.")


def test_a_number_in_place_of_a_code_offers_nobody_by_name() -> None:
    people = Listed({"A7": "Lê 12", "A8": "Trần Văn Bình"})
    assert nearest_person("Lê 012", people) == ""


def test_the_end_of_a_name_that_two_units_share_offers_neither() -> None:
    def offered(same: bool) -> str | None:
        name = "Ban Nội chính Tỉnh ủy Nam Bằng"
        units = [replace(unit, name=name) if same and unit.unit_code == "T11" else unit for unit in REFERENCE.units]
        parsed = read(
            book(CLUSTER_REPORT, cells={("Điển hình", "A4"): "Bằng"}), reference=replace(REFERENCE, units=units)
        )
        return found(parsed, "reference.unit_unknown").params.get("nearest")

    assert offered(same=False) == "T04 | Ban Nội chính Tỉnh ủy Cao Bằng" and offered(same=True) is None
