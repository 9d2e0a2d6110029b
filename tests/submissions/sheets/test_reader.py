"""The reader: a workbook in, typed cells with their addresses and every problem out."""

from datetime import date
from pathlib import Path

from pipelines.contract import reference as lists
from pipelines.contract.workbooks import UNIT_REPORT
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import reader
from pipelines.submissions.template import template

REFERENCE = lists.load(OWN_REFERENCE)
STAFF = {"person_code": "CB001", "full_name": "Nguyễn Văn An", "position_group": "TRUC_TIEP", "rating": "HTTNV"}
AWARD = {
    "proposal_code": "D1",
    "achievement_year": 2025,
    "recipient": "CA_NHAN",
    "recipient_code": "CB001",
    "award": "LDTT",
    "award_kind": "THUONG_XUYEN",
    "achievement": "Hoàn thành tốt",
    "result": "DA_KHEN",
    "decision_no": "12/QĐ",
    "decided_on": date(2025, 12, 20),
}


def test_a_filled_template_is_read_with_typed_values_at_their_addresses(tmp_path: Path) -> None:
    rows = {"info": [{"prepared_on": date(2025, 12, 1)}], "staff": [STAFF], "awards": [AWARD], "exemplars": []}
    path = template.write(tmp_path / "a.xlsx", REFERENCE, UNIT_REPORT, "V01", "2025", rows=rows)
    parsed = reader.parse(path.read_bytes(), path.name, REFERENCE)
    assert (parsed.form, parsed.unit_code, parsed.period) == ("BaoCaoDonVi", "V01", "2025")
    assert (parsed.template_version, parsed.prepared_on) == ("1", date(2025, 12, 1))
    assert (parsed.sheets["staff"], parsed.sheets["exemplars"], parsed.sheets["targets"]) == (
        "filled",
        "none",
        "unknown",
    )
    found = {(c["table_name"], c["column_name"]): c for c in parsed.cells.to_pylist()}
    decided = found["awards", "decided_on"]
    assert (decided["sheet"], decided["column_letter"], decided["excel_row"]) == ("Khen thưởng", "Q", 4)
    assert (decided["raw"], decided["value"]) == ("2025-12-20", "2025-12-20")
    assert found["awards", "recipient_code"]["raw"] == "CB001 | Nguyễn Văn An"
    assert found["awards", "recipient_code"]["value"] == "CB001"
    assert found["staff", "rating"]["value"] == "HTTNV"


def test_a_template_nobody_filled_says_what_is_missing_and_reads_no_sheet_as_nothing(tmp_path: Path) -> None:
    path = template.write(tmp_path / "a.xlsx", REFERENCE, UNIT_REPORT, "V01", "2025")
    parsed = reader.parse(path.read_bytes(), path.name, REFERENCE)
    assert set(parsed.sheets.values()) == {"unknown"}
    assert {f.code for f in parsed.findings} == {"value.required", "sheet.empty_unmarked"}


def test_bytes_that_are_no_workbook_are_one_refusal() -> None:
    parsed = reader.parse(b"ma,ten\n1,2\n", "so_lieu.xlsx", REFERENCE)
    assert [f.code.partition(".")[0] for f in parsed.findings] == ["file"] and parsed.form == ""
