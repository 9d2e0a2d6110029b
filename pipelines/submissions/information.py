"""The sheet `Thông tin`: which form, whose, for which period, and which sheets are marked as having nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pipelines.contract.reference import Reference
from pipelines.contract.shape import InfoField, Workbook
from pipelines.contract.workbooks import EMPTY_LABEL, WORKBOOKS
from pipelines.submissions.cells import Cells
from pipelines.submissions.cleaning import fold
from pipelines.submissions.columns import offer_of, type_column
from pipelines.submissions.fold import Problems
from pipelines.submissions.headers import header_key, title_key
from pipelines.submissions.parsed import INFO_TABLE, as_written

VALUE_INDEX = 1  # column B
_MARK_PREFIX = fold(EMPTY_LABEL.format(sheet=""))
_YES, _NO = {"x", "co", "v", "true", "1", "✓", "✔", "✗", "×"}, {"", "khong", "false", "0", "-"}
_NO_NUMBER_WARNING = {"template_version"}


@dataclass
class Information:
    """What `Thông tin` says. `values`: field -> canonical text ("" empty, None unusable); `rows`: field -> Excel row."""

    title: str
    form: Workbook
    values: dict[str, str | None] = field(default_factory=dict)
    raws: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    marked: dict[str, int] = field(default_factory=dict)  # sheet key -> row of its "Không phát sinh" line with an x

    def value(self, name: str) -> str:
        return self.values.get(name) or ""

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.value(name)) if self.value(name) else None


def labelled(rows: Sequence[Sequence[object]]) -> dict[str, tuple[int, object]]:
    """Folded label in column A -> Excel row and cell of column B; the first of equal labels counts."""
    found: dict[str, tuple[int, object]] = {}
    for number, row in enumerate(rows, start=1):
        key = header_key(row[0]) if row else ""
        if key:
            found.setdefault(key, (number, row[VALUE_INDEX] if len(row) > VALUE_INDEX else ""))
    return found


def form_of(labels: dict[str, tuple[int, object]], titles: Sequence[str], reference: Reference) -> Workbook | None:
    """The form named, or else the one whose sheets and labels are there; None: not a workbook of ours."""
    head = next(iter(WORKBOOKS.values())).info[0]
    if header_key(head.label) in labels:
        named = type_column(head, [labels[header_key(head.label)][1]], reference).values[0]
        if named in WORKBOOKS:
            return WORKBOOKS[named]
    keys = {title_key(title) for title in titles}

    def alike(form: Workbook) -> int:
        sheets = sum(title_key(sheet.title) in keys for sheet in form.sheets)
        return 2 * sheets + sum(header_key(info.label) in labels for info in form.info)

    best = max(WORKBOOKS.values(), key=alike)
    return best if alike(best) > len(best.sheets) else None


def version_of(labels: dict[str, tuple[int, object]]) -> str:
    """The template version as it stands; "" where none does."""
    label = next(item.label for item in next(iter(WORKBOOKS.values())).info if item.name == "template_version")
    return as_written(labels.get(header_key(label), (0, ""))[1]).strip()


def read_information(
    title: str,
    labels: dict[str, tuple[int, object]],
    form: Workbook,
    reference: Reference,
    problems: Problems,
    cells: Cells,
) -> Information:
    """Type every field and mark; problems go to their cell in column B."""
    info = Information(title, form)
    for item in form.info:
        found = labels.get(header_key(item.label))
        if found is None:
            if title:
                code = "column.missing" if item.required else "column.optional_missing"
                problems.add(code, title, column=item.label)
            continue
        _read_field(info, item, *found, reference, problems, cells)
    _read_marks(info, labels, problems)
    return info


def _read_field(
    info: Information,
    item: InfoField,
    row: int,
    cell: object,
    reference: Reference,
    problems: Problems,
    cells: Cells,
) -> None:
    typed = type_column(item, [cell], reference)
    raw, value = typed.raws[0], typed.values[0]
    info.values[item.name], info.rows[item.name] = value, row
    info.raws[item.name] = raw if value != "" else ""
    for _, problem in typed.problems:
        if problem.code == "code.as_number" and item.name in _NO_NUMBER_WARNING:
            continue
        offer = offer_of(item, reference) if problem.code == "choice.unknown" else None
        problems.add(problem.code, info.title, VALUE_INDEX, [row], item.label, raw, problem.params, offer)
    if value == "" and item.required:
        problems.add("value.required", info.title, VALUE_INDEX, [row], item.label)
    cells.add(info.title, INFO_TABLE, item.name, VALUE_INDEX, [row], [info.raws[item.name]], [value])


def _read_marks(info: Information, labels: dict[str, tuple[int, object]], problems: Problems) -> None:
    sheets = {title_key(sheet.title): sheet for sheet in info.form.sheets}
    for label, (row, cell) in labels.items():
        if not label.startswith(_MARK_PREFIX.rstrip(": ")):
            continue
        sheet = sheets.get(title_key(label[len(_MARK_PREFIX) :]))
        mark = fold("true" if cell is True else str(cell).removesuffix(".0"))
        if sheet is None or mark in _NO:
            continue
        if mark in _YES:
            info.marked[sheet.key] = row
        else:
            label_as_is = EMPTY_LABEL.format(sheet=sheet.title)
            problems.add("choice.unknown", info.title, VALUE_INDEX, [row], label_as_is, str(cell), {"nearest": "x"})


def year_of(info: Information) -> int:
    """The year of the workbook, 0 if unusable."""
    text = info.value("year")
    return int(text) if text.isdecimal() and len(text) == 4 else 0


def period_of(info: Information) -> str:
    """ "2025" (year or history) or "2025H1"; "" if unusable."""
    year, kind = year_of(info), info.value("period_kind")
    return f"{year}H1" if year and kind == "h1" else str(year) if year and kind else ""
