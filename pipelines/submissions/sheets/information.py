"""The sheet `Thông tin`: which form, whose, for which period, and which sheets are marked as having nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipelines.contract.reference import Reference
from pipelines.contract.shape import InfoField, Workbook
from pipelines.contract.workbooks import EMPTY_LABEL, WORKBOOKS
from pipelines.records.parsed import INFO_TABLE, as_written
from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.fold import Problems
from pipelines.submissions.sheets.cells import Cells
from pipelines.submissions.sheets.headers import header_key, title_key
from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.columns import offer_of, type_column

VALUE_INDEX = 1  # column B
_WIDEST, _FURTHEST = 8, 4  # columns that may hold labels; how far from them the values may stand
_MANY = min(len(form.info) for form in WORKBOOKS.values())  # labels: no other column has more
_HEAD = next(iter(WORKBOOKS.values())).info[0]
_MARK_PREFIX = fold(EMPTY_LABEL.format(sheet=""))
_MARKS = _MARK_PREFIX.rstrip(": ")
_YES, _NO = {"x", "co", "v", "true", "1", "✓", "✔", "✗", "×"}, {"", "khong", "false", "0", "-"}
_NO_CODE_OF_PEOPLE = {"template_version"}  # how it is written is told as a version, not as a code


@dataclass
class Information:
    """What `Thông tin` says.

    `values`: field -> canonical text ("" empty, None unusable); `rows`: field -> Excel row.
    """

    title: str
    form: Workbook
    values: dict[str, str | None] = field(default_factory=dict)
    raws: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    marked: dict[str, int] = field(default_factory=dict)  # sheet key -> row of its "Không phát sinh" line with an x
    index: int = VALUE_INDEX  # column of the values

    def value(self, name: str) -> str:
        return self.values.get(name) or ""

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.value(name)) if self.value(name) else None


@dataclass(frozen=True)
class Labels:
    """Folded label -> Excel row and cell of its value; `index`: the column of the values."""

    places: dict[str, tuple[int, object]] = field(default_factory=dict)
    index: int = VALUE_INDEX
    again: tuple[tuple[str, int, object], ...] = ()  # the same label further down: label, row and value


def labelled(rows: Sequence[Sequence[object]], reference: Reference) -> Labels:
    """The labels and what stands beside them; the first of equal labels counts.

    Labels stand in column A, or in the column that has most of ours (people put one for numbers before it); values
    in the next, or in the one where the kind of workbook stands (people put one between).
    """
    known = {header_key(item.label) for form in WORKBOOKS.values() for item in form.info}
    width = min(max(map(len, rows), default=0), _WIDEST)
    keys: list[list[str]] = []
    counts: list[int] = []
    for index in range(width):
        keys.append([_label_key(row[index], known) if index < len(row) else "" for row in rows])
        counts.append(sum(key in known or key.startswith(_MARKS) for key in keys[-1]))
        if counts[-1] >= _MANY:
            break
    at = max(range(len(counts)), key=counts.__getitem__, default=0)
    found: dict[str, int] = {}
    again: list[tuple[str, int]] = []
    for place, key in enumerate(keys[at] if keys else ()):
        if key and found.setdefault(key, place) != place:
            again.append((key, place))
    index = _value_index(rows, at, found.get(header_key(_HEAD.label)), reference)

    def value(place: int) -> object:
        return rows[place][index] if len(rows[place]) > index else ""

    twice = tuple((key, place + 1, value(place)) for key, place in again if key in known)
    return Labels({key: (place + 1, value(place)) for key, place in found.items()}, index, twice)


def _label_key(cell: object, known: Collection[str]) -> str:
    """The key of a label, without the number before it."""
    key = header_key(cell)
    bare = title_key(key) if key[:1].isdecimal() else key
    return bare if bare in known or bare.startswith(_MARKS) else key


def _value_index(rows: Sequence[Sequence[object]], at: int, head: int | None, reference: Reference) -> int:
    """Beside the labels, unless the kind of workbook stands further to the right."""
    cells = rows[head][at + 1 : at + 1 + _FURTHEST] if head is not None else ()
    kinds = type_column(_HEAD, cells, reference).values
    return at + 1 + next((offset for offset, kind in enumerate(kinds) if kind in WORKBOOKS), 0)


def form_of(labels: Labels, titles: Sequence[str], reference: Reference) -> Workbook | None:
    """The form named, or else the one whose sheets and labels are there; None: not a workbook of ours."""
    if header_key(_HEAD.label) in labels.places:
        named = type_column(_HEAD, [labels.places[header_key(_HEAD.label)][1]], reference).values[0]
        if named in WORKBOOKS:
            return WORKBOOKS[named]
    keys = {title_key(title) for title in titles}

    def alike(form: Workbook) -> int:
        sheets = sum(title_key(sheet.title) in keys for sheet in form.sheets)
        return 2 * sheets + sum(header_key(info.label) in labels.places for info in form.info)

    best = max(WORKBOOKS.values(), key=alike)
    return best if alike(best) > len(best.sheets) else None


def version_of(labels: Labels) -> str:
    """The template version as it stands; "" where none does."""
    label = next(item.label for item in next(iter(WORKBOOKS.values())).info if item.name == "template_version")
    return as_written(labels.places.get(header_key(label), (0, ""))[1]).strip()


def read_information(
    title: str,
    labels: Labels,
    form: Workbook,
    reference: Reference,
    problems: Problems,
    cells: Cells,
) -> Information:
    """Type every field and mark; problems go to the cell of the value."""
    info = Information(title, form, index=labels.index)
    missing = [item for item in form.info if header_key(item.label) not in labels.places]
    if title:
        _say_missing(info, missing, problems)
    present = [item for item in form.info if item not in missing]
    for item in present:
        _read_field(info, item, *labels.places[header_key(item.label)], reference, problems, cells)
    _say_empty(info, [item for item in present if item.required], problems)
    _say_twice(info, present, labels, problems)
    _read_marks(info, labels, problems)
    return info


def _say_empty(info: Information, required: Sequence[InfoField], problems: Problems) -> None:
    """Fields without a value; most of them: the values stand elsewhere, which is one finding."""
    empty = [item for item in required if info.values[item.name] == ""]
    if 2 * len(empty) > len(required):
        rows, names = [info.rows[item.name] for item in empty], ", ".join(item.label for item in empty)
        facts = {"missing": names, "letter": column_letter(info.index)}
        problems.add("info.values_missing", info.title, info.index, rows, params=facts)
        return
    for item in empty:
        problems.add("value.required", info.title, info.index, [info.rows[item.name]], item.label)


def _say_twice(info: Information, present: Sequence[InfoField], labels: Labels, problems: Problems) -> None:
    """A label that stands twice with two values: nobody knows which is meant."""
    items = {header_key(item.label): item for item in present}
    for key, row, cell in labels.again:
        item, raw = items.get(key), as_written(cell).strip()
        if item and raw and raw != as_written(labels.places[key][1]).strip():
            facts = {"other": column_letter(info.index) + str(info.rows[item.name])}
            problems.add("info.label_twice", info.title, info.index, [row], item.label, raw, facts)


def _say_missing(info: Information, missing: Sequence[InfoField], problems: Problems) -> None:
    """Lines that are not there; most of those required: the sheet is laid out otherwise, which is one finding."""
    required = [item for item in info.form.info if item.required]
    if 2 * sum(item in missing for item in required) > len(required):
        names = ", ".join(item.label for item in missing if item.required)
        problems.add("info.labels_missing", info.title, params={"missing": names})
        return
    for item in missing:
        problems.add("column.missing" if item.required else "column.optional_missing", info.title, column=item.label)


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
        if problem.code in ("code.as_number", "code.spelling") and item.name in _NO_CODE_OF_PEOPLE:
            continue
        offer = offer_of(item, reference) if problem.code == "choice.unknown" else None
        problems.add(problem.code, info.title, info.index, [row], item.label, raw, problem.params, offer)
    cells.add(info.title, INFO_TABLE, item.name, info.index, [row], [info.raws[item.name]], [value])


def _read_marks(info: Information, labels: Labels, problems: Problems) -> None:
    sheets = {title_key(sheet.title): sheet for sheet in info.form.sheets}
    for label, (row, cell) in labels.places.items():
        if not label.startswith(_MARKS):
            continue
        sheet = sheets.get(title_key(label[len(_MARK_PREFIX) :]))
        mark = fold("true" if cell is True else str(cell).removesuffix(".0"))
        if sheet is None or mark in _NO:
            continue
        if mark in _YES:
            info.marked[sheet.key] = row
        else:
            label_as_is = EMPTY_LABEL.format(sheet=sheet.title)
            problems.add("choice.unknown", info.title, info.index, [row], label_as_is, str(cell), {"nearest": "x"})


def year_of(info: Information) -> int:
    """The year of the workbook, 0 if unusable."""
    text = info.value("year")
    return int(text) if text.isdecimal() and len(text) == 4 else 0


def period_of(info: Information) -> str:
    """ "2025" (year or history) or "2025H1"; "" if unusable."""
    year, kind = year_of(info), info.value("period_kind")
    return f"{year}H1" if year and kind == "h1" else str(year) if year and kind else ""
