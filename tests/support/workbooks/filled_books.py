"""Small filled workbooks for the tests of the reader: headers of the contract, rows as given, any cell replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO

import xlsxwriter

from pipelines.contract import reference as lists
from pipelines.contract.checks import Finding
from pipelines.contract.reference import Reference
from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, EMPTY_LABEL, INFO_TITLE, UNIT_REPORT
from pipelines.records.parsed import Parsed
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import reader

REFERENCE = lists.load(OWN_REFERENCE)
Row = Mapping[str, object]
Cells = Mapping[tuple[str, str], object]  # (sheet title, address) -> what is written there instead
UNIT_ROWS: dict[str, list[Row]] = {
    "staff": [
        {"person_code": "CB001", "full_name": "Nguyễn Văn An", "position_group": "TRUC_TIEP", "rating": "HTTNV"},
        {"person_code": "CB002", "full_name": "Trần Thị Bình", "position_group": "LD_VU", "rating": "HTXSNV"},
        {"person_code": "CB003", "full_name": "Lê Hoà", "position_group": "TRUC_TIEP", "rating": "HTNV"},
    ],
    "collectives": [{"team_code": "P1", "team_name": "Phòng 1", "headcount": 3, "rating": "HTTNV"}],
    "targets": [
        {"target_code": "CT1", "content": "Kiểm tra", "measure_unit": "cuộc", "direction": "TANG", "planned": 5}
    ],
    "campaigns": [
        {
            "campaign_code": "PT1",
            "campaign_name": "Thi đua",
            "campaign_mode": "THEO_DOT",
            "scope": "CO_QUAN",
            "launched_on": date(2025, 1, 15),
            "reviewed_on": date(2025, 6, 20),
            "closed_on": date(2025, 11, 25),
        }
    ],
    "initiatives": [
        {"initiative_code": "SK1", "title": "Sổ tay", "person_code": "CB001", "initiative_level": "CO_SO"},
    ],
    "awards": [
        {
            "proposal_code": "D1",
            "achievement_year": 2025,
            "recipient": "CA_NHAN",
            "recipient_code": "CB001",
            "award": "CSTDCS",
            "award_kind": "THUONG_XUYEN",
            "achievement": "Hoàn thành xuất sắc",
            "achieved_on": date(2025, 3, 14),
            "initiative_code": "SK1",
            "council_on": date(2025, 11, 3),
            "votes_for": 8,
            "council_size": 9,
            "published_on": date(2025, 11, 20),
            "submitted_on": date(2025, 11, 28),
            "result": "DA_KHEN",
            "decision_no": "12/QĐ",
            "decided_on": date(2025, 12, 20),
        },
        {
            "proposal_code": "D2",
            "achievement_year": 2025,
            "recipient": "TAP_THE",
            "recipient_code": "P1",
            "award": "TTLDTT",
            "award_kind": "THUONG_XUYEN",
            "achievement": "Hoàn thành tốt",
            "result": "DE_NGHI",
        },
    ],
    "exemplars": [
        {"exemplar_code": "DH1", "exemplar_name": "Mô hình", "exemplar_kind": "MO_HINH", "found_on": date(2025, 2, 20)}
    ],
}
_MEMBER = {"role": "THANH_VIEN", "staff_count": 10, "leader_count": 3, "htxsnv_count": 2, "httnv_count": 7}
_MEMBER |= {"htnv_count": 1, "khtnv_count": 0, "cxl_count": 0}
_SCORE = {"criterion_code": "TC1", "criterion_name": "Chuyên môn", "score_kind": "CO_BAN", "max_score": 60}
CLUSTER_ROWS: dict[str, list[Row]] = {
    "cluster_members": [{"unit_code": code, **_MEMBER} for code in ("T01", "T04", "T11", "M08", "M10")],
    "cluster_scores": [{"unit_code": "T01", **_SCORE, "self_score": 58.5}],
    "cluster_awards": [
        {
            "unit_code": "T01",
            "award": "CSTDCS",
            "award_kind": "THUONG_XUYEN",
            "recipient": "CA_NHAN",
            "proposed_count": 2,
            "awarded_count": 1,
        }
    ],
    "pledges": [{"pledge_code": "GU1", "content": "Án trọng điểm", "target": 4}],
    "campaigns": [{**UNIT_ROWS["campaigns"][0], "unit_code": "T04"}],
    "exemplars": [{**UNIT_ROWS["exemplars"][0], "unit_code": "T11"}],
}
INFO = {
    UNIT_REPORT.code: {
        "form": "BaoCaoDonVi",
        "template_version": "1",
        "unit_code": "V01",
        "unit_name": "Vụ 1 (mẫu)",
        "year": 2025,
        "period_kind": "Năm",
        "prepared_on": date(2025, 12, 1),
    },
    CLUSTER_REPORT.code: {
        "form": "BaoCaoCum",
        "template_version": "1",
        "cluster_code": "C01",
        "cluster_name": "Cụm thi đua số 1",
        "year": 2025,
        "period_kind": "Năm",
        "lead_unit_code": "T01",
        "prepared_on": date(2025, 12, 1),
    },
}
ROWS = {UNIT_REPORT.code: UNIT_ROWS, CLUSTER_REPORT.code: CLUSTER_ROWS}


def book(
    form: Workbook = UNIT_REPORT,
    rows: Mapping[str, Sequence[Row]] | None = None,
    info: Row | None = None,
    cells: Cells | None = None,
    without: Sequence[str] = (),
    named: Mapping[str, str] | None = None,
    more: Sequence[str] = (),
) -> bytes:
    """The good workbook of a form (headers in row 3) with other rows, fields, cells, sheet names, or
    sheets left out.
    """
    data = BytesIO()
    content = ROWS[form.code] | dict(rows or {})
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as file:
        styles = {"date": file.add_format({"num_format": "dd/mm/yyyy"})}
        grids = {INFO_TITLE: _info(form, INFO[form.code] | dict(info or {}), content)}
        for sheet in form.sheets:
            lines = [[row.get(column.name) for column in sheet.columns] for row in content.get(sheet.key, ())]
            grids[sheet.title] = [[sheet.title], [], [column.header for column in sheet.columns], *lines]
        for title, lines in [*grids.items(), *((title, [["?"]]) for title in more)]:
            if title in without:
                continue
            page = file.add_worksheet((named or {}).get(title, title))
            _replace(lines, {address: value for (place, address), value in (cells or {}).items() if place == title})
            for at, line in enumerate(lines):
                for index, value in enumerate(line):
                    _put(page, at, index, value, styles["date"])
    return data.getvalue()


def _info(form: Workbook, values: Row, content: Mapping[str, Sequence[Row]]) -> list[list[object]]:
    lines: list[list[object]] = [[form.title], [], []]
    lines += [[item.label, values.get(item.name)] for item in form.info]
    lines += [[EMPTY_LABEL.format(sheet=s.title), None if content.get(s.key) else "x"] for s in form.sheets]
    return lines


def _replace(lines: list[list[object]], cells: Mapping[str, object]) -> None:
    for address, value in cells.items():
        row, column = xlsxwriter.utility.xl_cell_to_rowcol(address)
        lines += [[] for _ in range(row + 1 - len(lines))]
        lines[row] += [None] * (column + 1 - len(lines[row]))
        lines[row][column] = value


def _put(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, dated: object) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, dated)
    elif value is not None:
        page.write(row, column, value)


def read(
    data: bytes, scans: Mapping[str, Mapping[str, object]] | None = None, reference: Reference = REFERENCE
) -> Parsed:
    """Parse; `scans` adds to what the guard saw: sheet title -> fields of SheetScan."""
    inspection = reader.guard.inspect(data, "a.xlsx")
    sheets = tuple(replace(s, **(scans or {}).get(s.name, {})) for s in inspection.sheets)  # type: ignore[arg-type]
    return reader.parse_inspected(replace(inspection, sheets=sheets), reference)


def found(parsed: Parsed, code: str) -> Finding:
    """The one finding of a code."""
    [finding] = [f for f in parsed.findings if f.code == code]
    return finding
