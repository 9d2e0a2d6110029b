"""Whatever the contract allows survives template, Excel and reader; whatever it does not is found at its address."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipelines.contract.checks import Severity
from pipelines.contract.shape import Column, Kind, Refers, Sheet, Workbook
from pipelines.contract.vocabulary import VOCABULARIES
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.records.parsed import Parsed, as_written
from pipelines.submissions import reader
from pipelines.submissions.choice_lists import FIRST_ROW, column_letter
from pipelines.submissions.template import template
from pipelines.submissions.values.cleaning import clean, code_key
from pipelines.submissions.values.numbers import canonical
from tests.support.workbooks.filled_books import INFO, REFERENCE, ROWS, book, read

LETTERS = "abcđghxyăâêôơưáàảãạẤỆỮộớựNTBĐ 0123456789,.-()%"
TEXTS = st.text(LETTERS, min_size=1, max_size=30).map(lambda t: clean(t)[0]).filter(bool)
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
MEMBERS = ["T01", "T04", "T11", "M08", "M10"]
PEOPLE = ("headcount", "participant_count", "proposed_count", "awarded_count")  # so few that they may be about anybody
Rows = dict[str, list[dict[str, Any]]]


def cell(column: Column) -> st.SearchStrategy[Any]:
    """Values a column allows by itself."""
    low = int(column.minimum or 0)
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: TEXTS,
        Kind.CODE: st.integers(0, 10**6).map(lambda n: f"Mã-{n}"),
        Kind.INTEGER: st.integers(low, 10**6),
        Kind.NUMBER: st.integers(0, 10**6).map(lambda n: n / 100),
        Kind.DATE: DAYS,
    }
    if column.name in PEOPLE:
        return st.integers(0, 5)
    if column.vocabulary:
        return st.sampled_from([code.code for code in VOCABULARIES.get(column.vocabulary, ())] or ["GK", "BKB"])
    return kinds[column.kind]


@st.composite
def rows_of(draw: st.DrawFn, sheet: Sheet, known: Rows) -> list[dict[str, Any]]:
    """Rows that satisfy what the sheet declares: keys that differ, ordered dates, counts that agree,
    codes that exist.
    """
    rows = []
    for number in range(draw(st.integers(0 if sheet.key != "cluster_members" else 1, 3))):
        row = {c.name: draw(cell(c)) for c in sheet.columns if c.required or draw(st.booleans())}
        for column in sheet.columns:
            if column.name in row:
                row[column.name] = _pointing(draw, column, row[column.name], known, number)
        for name in {part for names in sheet.unique for part in names if part.endswith("_code")} & row.keys():
            if name not in ("unit_code", "recipient_code") and not (
                sheet.key == "initiatives" and name == "person_code"
            ):
                row[name] = f"{row[name]}.{number}"
        for order in sheet.date_orders:
            given_days = [name for name in order if name in row]
            row |= dict(zip(given_days, sorted(row[name] for name in given_days), strict=True))
        for parts, total in sheet.sums:
            row[total] = sum(row[part] for part in parts)
        for small, large in sheet.at_most:
            if small in row and large in row:
                row[small] = min(row[small], row[large])
        if sheet.scales:  # otherwise a fraction beside a larger number may be meant in per cent
            row |= {unit: "việc" for _, unit in sheet.scales if unit}
        _scored(row)
        rows.append(row)
    return rows if _distinct(sheet, rows) else rows[:1]


def _pointing(draw: st.DrawFn, column: Column, value: Any, known: Rows, number: int) -> Any:
    people = [row["person_code"] for row in known.get("staff", []) if "person_code" in row] or ["CB-cũ"]
    if column.refers is Refers.MEMBERS:
        return MEMBERS[number]
    if column.refers is Refers.PEOPLE:
        return draw(st.sampled_from(people))
    if column.refers is Refers.INITIATIVES:
        known_codes = [row["initiative_code"] for row in known.get("initiatives", [])]
        return draw(st.sampled_from(known_codes)) if known_codes else None
    if column.refers is Refers.RECIPIENTS:
        return "V01"  # of either kind: the unit's own code, or somebody nobody stored knows
    return 2025 if column.name == "achievement_year" else value


def _scored(row: dict[str, Any]) -> None:
    for name in ("self_score", "cross_score", "final_score"):
        if name in row:
            score = min(row[name], row["max_score"])
            row[name] = -score if row["score_kind"] == "TRU" else score


def _distinct(sheet: Sheet, rows: list[dict[str, Any]]) -> bool:
    return all(len({tuple(row.get(n) for n in names) for row in rows}) == len(rows) for names in sheet.unique)


@st.composite
def contents(draw: st.DrawFn, form: Workbook) -> Rows:
    known: Rows = {}
    for sheet in form.sheets:
        known[sheet.key] = draw(rows_of(sheet, known))
    info: dict[str, Any] = {"prepared_on": draw(DAYS), "prepared_by": draw(TEXTS)}
    if form is CLUSTER_REPORT:
        info["lead_unit_code"] = draw(st.sampled_from(MEMBERS))
    return {**known, "info": [info]}


def expected(form: Workbook, rows: Rows) -> dict[tuple[str, str, int], str]:
    values = {}
    for sheet in form.sheets:
        for place, row in enumerate(rows[sheet.key]):
            for column in sheet.columns:
                value = row.get(column.name)
                if value is not None:
                    text = canonical(value) if isinstance(value, (int, float)) else as_written(value)
                    if column.kind is Kind.CODE and isinstance(value, str):
                        text = code_key(text)  # codes have one spelling
                    values[sheet.table, column.name, FIRST_ROW + place] = text
    return values


def written(parsed: Parsed) -> dict[tuple[str, str, int], str | None]:
    cells = parsed.cells.to_pylist()
    return {(c["table_name"], c["column_name"], c["excel_row"]): c["value"] for c in cells if c["table_name"] != "info"}


def _through_excel(form: Workbook, code: str, rows: Rows) -> None:
    with TemporaryDirectory() as folder:
        path = template.write(Path(folder) / "a.xlsx", REFERENCE, form, code, "2025", rows=rows)
        file = load_workbook(path)
        file.save(path)
        parsed = reader.parse(path.read_bytes(), path.name, REFERENCE)
    assert [f for f in parsed.findings if f.severity is Severity.ERROR] == []
    assert written(parsed) == expected(form, rows)
    assert parsed.sheets == {s.table: "filled" if rows[s.key] else "none" for s in form.sheets}
    for read_cell in parsed.cells.to_pylist():
        address = f"{read_cell['column_letter']}{read_cell['excel_row']}"
        assert read_cell["raw"] == as_written(file[read_cell["sheet"]][address].value), address


FORMS = [(UNIT_REPORT, "V01"), (CLUSTER_REPORT, "C01")]
_SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)


@settings(_SETTINGS, max_examples=12)
@given(st.data())
def test_any_rows_the_contract_allows_are_read_unchanged(data: st.DataObject) -> None:
    form, _ = data.draw(st.sampled_from(FORMS))
    rows = data.draw(contents(form))
    parsed = read(book(form, rows=rows, info=rows["info"][0]))
    assert [f for f in parsed.findings if f.severity is Severity.ERROR] == []
    assert written(parsed) == expected(form, rows)


@pytest.mark.slow
@pytest.mark.parametrize(("form", "code"), FORMS)
def test_any_rows_survive_template_excel_and_reader(form: Workbook, code: str) -> None:
    @settings(_SETTINGS, max_examples=20)
    @given(contents(form))
    def survives(rows: Rows) -> None:
        _through_excel(form, code, rows)

    survives()


@pytest.mark.parametrize(("form", "code"), FORMS)
def test_a_filled_template_saved_again_shows_every_raw_value_at_its_address(form: Workbook, code: str) -> None:
    info = {key: value for key, value in INFO[form.code].items() if key in ("prepared_on", "lead_unit_code")}
    _through_excel(form, code, {**ROWS[form.code], "info": [info]})  # type: ignore[dict-item]


WRONG: dict[Kind, list[Any]] = {
    Kind.DATE: ["31/2/2025", "12/31/2025", "1/1/25", "hôm qua", 45678, "2025"],
    Kind.INTEGER: ["nhiều", 1.5, "1,5", "12.5", date(2025, 1, 1), -3],
    Kind.NUMBER: ["nhiều", "1,234.5", date(2025, 1, 1), "5 vụ"],
    Kind.CHOICE: ["không rõ là gì", 12, date(2025, 1, 1)],
    Kind.CODE: ["*", "a;b", "x" * 41, date(2025, 1, 1), "079123456789"],
    Kind.TEXT: ["x" * 5001],
}


@settings(_SETTINGS, max_examples=40)
@given(st.data())
def test_any_broken_cell_is_found_at_its_address(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from([UNIT_REPORT, CLUSTER_REPORT]))
    sheet = data.draw(st.sampled_from(form.sheets))
    column = data.draw(st.sampled_from(sheet.columns))
    at = FIRST_ROW + data.draw(st.integers(0, len(ROWS[form.code][sheet.key]) - 1))
    wrong = [None] if column.required and not column.prefilled else []
    value = data.draw(st.sampled_from(wrong + WRONG[column.kind]))
    address = f"{column_letter(sheet.columns.index(column))}{at}"
    parsed = read(book(form, cells={(sheet.title, address): value}))
    told = [f for f in parsed.findings if (f.sheet, f.cell, f.severity) == (sheet.title, address, Severity.ERROR)]
    assert told and told[0].column == column.header
    assert told[0].value == as_written(value)
