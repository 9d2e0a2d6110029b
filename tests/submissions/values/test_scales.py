"""Percentages beside plain numbers, and entries Excel took for dates, powers of ten or truth values: on one scale, or
told as shown.
"""

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime

import openpyxl
import pytest

from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import CLUSTER_REPORT, UNIT_REPORT
from pipelines.records.parsed import Parsed
from pipelines.submissions import guard, reader
from pipelines.submissions.values.number_formats import is_percent, is_turned, looks, percent, rendered
from pipelines.warehouse.building.build import build
from pipelines.warehouse.door import queries
from tests.support.homes.handed_in import HandedIn, person
from tests.support.homes.judged import ALL, year
from tests.support.workbooks.filled_books import CLUSTER_ROWS, REFERENCE, UNIT_ROWS, Row, book, found, read
from tests.support.workbooks.other_formats import as_xls, as_xlsb, ods

TARGETS, PLEDGES, AWARDS, STAFF = "Chỉ tiêu", "Giao ước", "Khen thưởng", "Cán bộ"
Cells = Mapping[tuple[str, str], tuple[object, str]]  # (sheet, address) -> value and number format
FORMATS: dict[str, Callable[[bytes], bytes]] = {"xlsx": lambda data: data, "xls": as_xls, "xlsb": as_xlsb}


def target(planned: object, achieved: object, unit: str = "%", direction: str = "TANG") -> dict[str, list[Row]]:
    row = {**UNIT_ROWS["targets"][0], "measure_unit": unit, "direction": direction}
    return {"targets": [{**row, "planned": planned, "achieved": achieved}]}


def styled(cells: Cells, form: Workbook = UNIT_REPORT, rows: Mapping[str, list[Row]] | None = None) -> bytes:
    """A workbook with these cells as Excel would leave them."""
    file, saved = openpyxl.load_workbook(io.BytesIO(book(form, rows=rows))), io.BytesIO()
    for (sheet, address), (value, shown) in cells.items():
        file[sheet][address].value = value
        file[sheet][address].number_format = shown
    file.save(saved)
    return saved.getvalue()


def value(parsed: Parsed, column: str, table: str = "targets") -> tuple[str, str | None]:
    [cell] = [c for c in parsed.cells.to_pylist() if (c["table_name"], c["column_name"]) == (table, column)]
    return cell["raw"], cell["value"]


def codes(parsed: Parsed) -> list[tuple[str, str]]:
    return [(f.code, f.cell) for f in parsed.findings if f.code != "number.as_text"]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("shown", ["0%", "0.00%", "0.0%;[Red]-0.0%"])
def test_a_percent_cell_beside_a_plain_number_is_read_in_per_cent(kind: str, shown: str) -> None:
    data = FORMATS[kind](styled({(TARGETS, "F4"): (0.965, shown)}, rows=target(90, 0)))
    parsed = reader.parse(data, f"a.{kind}", REFERENCE)
    assert (
        codes(parsed) == []
        and value(parsed, "achieved") == ("96,5%", "96.5")
        and value(parsed, "planned") == ("90", "90")
    )


@pytest.mark.parametrize(
    ("planned", "achieved", "unit", "values"),
    [
        (90, "96%", "%", ("90", "96")), (90, "96%", "phần trăm", ("90", "96")), ("90%", "96,5 %", "%", ("90", "96.5")),
        (90, "96%", "Tỷ lệ (%)", ("90", "96")), ("90%", "96%", "điểm", ("0.9", "0.96")), (0.9, 0.96, "%", ("0.9", "0.96")),
        (5, 0.5, "%", ("5", "0.5")), (12, 0.96, "cuộc", ("12", "0.96")), ("100%", 100, "%", ("100", "100")),
    ],
)  # fmt: skip
def test_a_pair_stands_on_the_scale_its_unit_tells(
    planned: object, achieved: object, unit: str, values: tuple[str, str]
) -> None:
    parsed = read(book(rows=target(planned, achieved, unit)))
    assert codes(parsed) == []
    assert (value(parsed, "planned")[1], value(parsed, "achieved")[1]) == values


@pytest.mark.parametrize(
    ("planned", "achieved", "unit", "cell", "other"),
    [
        (90, "96%", "cuộc", "F4", "E4"), ("90%", 96, "cuộc", "E4", "F4"), (90, 0.96, "%", "F4", "E4"),
        (0.9, 96, "%", "E4", "F4"), (90, 1, "%", "F4", "E4"), ("90%", 0.96, "%", "F4", "E4"),
    ],
)  # fmt: skip
def test_where_nothing_tells_the_scale_it_is_told_and_not_used(
    planned: object, achieved: object, unit: str, cell: str, other: str
) -> None:
    parsed = read(book(rows=target(planned, achieved, unit)))
    finding = found(parsed, "number.scale_unclear")
    assert (finding.cell, finding.params["other"]) == (cell, other)
    assert value(parsed, "achieved" if cell == "F4" else "planned")[1] is None


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("held", "shown", "told", "read_as"),
    [
        (96, '0"%"', [], ("96", "96")), (96, "[>=1]0;0%", [], ("96", "96")), (0.96, "[>=1]0;0%", [], ("96%", "96")),
        (2, "[<1]0%;0", [], ("2", "2")), (96, "0%", [("number.scale_unclear", "F4")], ("9600%", None)),
        (96_000, "#,##0,", [("number.divided", "F4")], ("96 × 1000", "96000")), (96, '0.0"k"', [], ("96", "96")),
        (96, "0_%", [], ("96", "96")), (96, "0.0_%;[Red]-0%", [], ("96", "96")), (96, "0*%", [], ("96", "96")),
        (96, "0!%", [], ("96", "96")),
        (1_500_000, '0.0,,"tr"', [("number.divided", "F4")], ("1,5 × 1000000", "1500000")),
    ],
)  # fmt: skip
def test_a_sign_of_per_cent_that_is_only_drawn_changes_no_number_and_thousands_left_out_are_told(
    kind: str, held: float, shown: str, told: list[tuple[str, str]], read_as: tuple[str, str | None]
) -> None:
    data = FORMATS[kind](styled({(TARGETS, "F4"): (held, shown)}, rows=target(90, 0)))
    parsed = reader.parse(data, f"a.{kind}", REFERENCE)
    assert (codes(parsed), value(parsed, "achieved")) == (told, read_as)


@pytest.mark.parametrize(
    ("number", "code", "look"),
    [
        (5, "0%;[Red]-0%;0", "500%"), (-0.05, "0%;[Red]-0%;0", "-5%"), (0, "0%;[Red]-0%;0", ""), (-3, "0;0%", "-300%"),
        (3, '0;0%;"%"0', ""), (7, "#,##0", ""), (7, '0"; 0%"', ""), (0, "0,", ""), (1_500, "0.0,;(0.0,)", "1,5 × 1000"),
    ],
)  # fmt: skip
def test_the_part_of_a_format_that_is_for_the_number_counts(number: float, code: str, look: str) -> None:
    assert looks(number, code) == look


def test_pledges_and_scores_are_held_to_one_scale_too() -> None:
    pledge = {**CLUSTER_ROWS["pledges"][0], "target": 88, "outcome": "97,8%"}
    told = read(book(CLUSTER_REPORT, rows={"pledges": [pledge]}))
    assert codes(told) == [("number.scale_unclear", "E4")]
    told = read(book(CLUSTER_REPORT, rows={"pledges": [{**pledge, "content": "Tỷ lệ cán bộ hoàn thành tốt"}]}))
    assert codes(told) == [] and value(told, "outcome", "pledges")[1] == "97.8"
    score = {**CLUSTER_ROWS["cluster_scores"][0], "self_score": "95%"}
    assert codes(read(book(CLUSTER_REPORT, rows={"cluster_scores": [score]}))) == [("number.scale_unclear", "F4")]


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_counted_in_per_cent(kind: str) -> None:
    data = FORMATS[kind](styled({("Tập thể", "C4"): (1, "0%")}))
    finding = found(reader.parse(data, f"a.{kind}", REFERENCE), "number.invalid")
    assert (finding.cell, finding.value) == ("C4", "100%")
    assert found(read(book(cells={("Tập thể", "C4"): "100%"})), "number.invalid").cell == "C4"


def test_a_met_target_is_met_and_one_on_two_scales_is_neither(tmp_path: object) -> None:
    desk = HandedIn(tmp_path)  # type: ignore[arg-type]
    rows = [
        {
            "target_code": code,
            "content": "x",
            "measure_unit": "%",
            "direction": "TANG",
            "planned": planned,
            "achieved": done,
        }
        for code, planned, done in (("1", 90, 96), ("2", 90, None), ("3", None, 96), ("4", 90, 80))
    ]
    desk.unit("V01", "2025", year(person("A"), targets=rows))
    told = queries.metric(build(desk.home), ALL, "target_met_share", ["2025"], ["V01"])
    assert (told["numerator"].iloc[0], told["denominator"].iloc[0]) == (1, 2)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("held", "shown", "text"),
    [
        (datetime(2025, 12, 1), "mmm-yy", "Dec-25"), (datetime(2025, 4, 3), "d-mmm", "3-Apr"),
        (datetime(2025, 12, 1), "mm/yyyy", "12/2025"), (100000, "0.00E+00", "1,00E+05"), (0.5, "# ?/?", "1/2"),
        (True, "General", "TRUE"),
    ],
)  # fmt: skip
def test_what_excel_made_of_an_entry_is_told_as_shown(kind: str, held: object, shown: str, text: str) -> None:
    cells: Cells = {(AWARDS, "P4"): (held, shown), (STAFF, "E4"): (held, shown), (STAFF, "A6"): (held, shown)}
    parsed = reader.parse(FORMATS[kind](styled(cells)), f"a.{kind}", REFERENCE)
    told = {(f.code, f.severity.value, f.sheet, f.cell, f.value) for f in parsed.findings}
    assert told == {
        ("text.turned", "warning", AWARDS, "P4", text), ("text.turned", "warning", STAFF, "E4", text),
        ("code.turned", "error", STAFF, "A6", text),
    }  # fmt: skip
    assert value(parsed, "team", "staff") == (text, text)


def test_a_full_date_in_a_text_or_code_is_told_and_in_a_column_of_dates_any_format_is_right() -> None:
    parsed = read(book(cells={(AWARDS, "P4"): date(2025, 12, 1), (STAFF, "A6"): date(2025, 4, 3)}))
    assert found(parsed, "text.turned").cell == "P4" and found(parsed, "code.turned").cell == "A6"
    parsed = read(styled({(AWARDS, "Q4"): (datetime(2025, 12, 20), "mmm-yy"), (TARGETS, "E4"): (5, "0.00E+00")}))
    assert parsed.findings == () and value(parsed, "planned")[1] == "5"


def test_an_ods_says_itself_what_it_shows() -> None:
    def cell(kind: str, held: str, shown: str) -> str:
        name = "date-value" if kind == "date" else "value"
        return f'<table:table-cell office:value-type="{kind}" office:{name}="{held}"><text:p>{shown}</text:p></table:table-cell>'

    cells = [
        cell("percentage", "0.96", "96%"), cell("date", "2025-12-01", "Dec-25"), cell("date", "2025-12-01", "01/12/2025"),
        cell("float", "100000", "1,00E+05"), cell("float", "0.5", "1/2"), cell("float", "12", "12"),
    ]  # fmt: skip
    table = f'<table:table table:name="B"><table:table-row>{"".join(cells)}</table:table-row></table:table>'
    scan = guard.inspect(ods(table), "a").sheets[0]
    assert scan.shown == {"A1": "96%"}
    assert scan.turned == {"B1": '"Dec-25"', "D1": '"1,00E+05"', "E1": '"1/2"'}
    assert rendered(date(2025, 12, 1), scan.turned["B1"]) == "Dec-25"


@pytest.mark.parametrize(
    ("code", "is_one"),
    [("mmm-yy", True), ("d-mmm", True), ("[$-42A]mm/yyyy", True), ("dd/mm/yyyy", False), ("h:mm", False), ("mm:ss", False),
     ("#,##0.##", False), ("General", False), ('0" e+ d"', False), ("0.00E+00", True), ("# ??/??", True), ("@", False)],
)  # fmt: skip
def test_only_formats_excel_gives_by_itself_are_suspected(code: str, is_one: bool) -> None:
    assert is_turned(code) is is_one
    assert not is_percent('0" %"') and is_percent("0.0%") and percent(0.07) == "7%"


@pytest.mark.parametrize(("sheet", "cell"), [(AWARDS, "P4"), ("Sáng kiến", "F4")])
def test_a_decision_number_turned_into_a_day_and_shown_as_a_number_is_told(sheet: str, cell: str) -> None:
    for written in (45992, "45992"):
        assert found(read(book(cells={(sheet, cell): written})), "text.turned").cell == cell
    for written in ("45992/QĐ", 1234, 60000, "045992"):
        assert "text.turned" not in {f.code for f in read(book(cells={(sheet, cell): written})).findings}
