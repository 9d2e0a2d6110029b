"""The first sheet of an annotated copy: every problem with a link to its cell, what is there and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from pipelines.contract.checks import Finding, Severity
from pipelines.contract.workbooks import PROBLEMS_SHEET
from pipelines.palette import BLUE, FILL, INK
from pipelines.submissions.container.ooxml import (
    Edit,
    Package,
    SheetPart,
    elements,
    sheet_parts,
    splice,
    tag,
    text,
    workbook_part,
)
from pipelines.submissions.copy.cell_styles import StyleBook
from pipelines.submissions.copy.statements import as_written
from pipelines.texts import number, say

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
WIDTHS = (6, 11, 16, 14, 24, 28, 58, 58)
COLUMNS = ("no", "severity", "sheet", "cell", "column", "value", "what", "fix")
HEADER_ROW = 4
_MOST_LINKS = 60_000
_LINE, _MOST_POINTS = 15.0, 400.0  # height of a line of text; the highest row Excel takes is 409 points
_LETTERS = 1.15  # that fit into one unit of column width


@dataclass(frozen=True)
class Problem:
    """A finding with its two sentences in the reader's language."""

    finding: Finding
    what: str
    fix: str


def headings(lang: str) -> list[str]:
    """The column headers of the list."""
    return [say(f"annotate.column.{name}", lang) for name in COLUMNS]


def title_lines(problems: Sequence[Problem], lang: str) -> tuple[str, str]:
    """How many problems of which weight, and what to do with this file."""
    counted = {s: sum(p.finding.severity is s for p in problems) for s in Severity}
    counts = {str(severity): number(count, lang) for severity, count in counted.items()}
    return say("annotate.title", lang, **counts), say("annotate.how", lang)


def line(place: int, problem: Problem, lang: str) -> list[str]:
    """One problem as the texts of its row."""
    finding = problem.finding
    weight = say(f"annotate.severity.{finding.severity}", lang)
    return [
        str(place),
        weight,
        finding.sheet,
        finding.cell,
        finding.column,
        as_written(finding.value),
        problem.what,
        problem.fix,
    ]


def height(texts: Sequence[str]) -> float:
    """Points a row needs to show its texts whole.

    Said outright: LibreOffice does not fit the rows of a file by itself.
    """
    lines = max(-(-len(value) // int(width * _LETTERS)) for value, width in zip(texts, WIDTHS, strict=True))
    return min(max(lines, 1) * _LINE + 2, _MOST_POINTS)


def alone(problems: Sequence[Problem], lang: str) -> bytes:
    """The list alone, as a workbook, for a file that cannot be copied safely."""
    target = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, plain) as file:
        page = file.add_worksheet(PROBLEMS_SHEET)
        wrap = file.add_format({"font_name": "Times New Roman", "font_size": 11, "text_wrap": True, "valign": "top"})
        bold = file.add_format({"font_name": "Times New Roman", "font_size": 15, "bold": True, "font_color": BLUE})
        head = file.add_format({"bold": True, "bg_color": BLUE, "font_color": "#ffffff", "text_wrap": True})
        title, _ = title_lines(problems, lang)
        page.write_string(0, 0, title, bold)
        page.write_string(1, 0, say("annotate.report", lang))
        at = HEADER_ROW - 1
        for column, (heading, width) in enumerate(zip(headings(lang), WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(at, column, heading, head)
        for place, problem in enumerate(problems, start=1):
            texts = line(place, problem, lang)
            page.set_row(at + place, height(texts))
            for column, value in enumerate(texts):
                page.write_string(at + place, column, value, wrap)
        page.freeze_panes(at + 1, 0)
    return target.getvalue()


def put(package: Package, styles: StyleBook, problems: Sequence[Problem], lang: str) -> None:
    """Place the list as the first sheet and open the workbook on it; a list of an earlier copy is replaced."""
    sheets = sheet_parts(package)
    old = next((sheet for sheet in sheets if sheet.title == PROBLEMS_SHEET), None)
    part = old.part if old else package.free_name("xl/worksheets/sheet{}.xml")
    if not old:
        _unselect(package, sheets)
        relation = package.relate(workbook_part(package), "worksheet", part)
        package.declare(part, _TYPE)
        _list_first(package, sheets, relation)
    titles = {sheet.title for sheet in sheets} | {PROBLEMS_SHEET}
    package.changed[part] = _sheet(styles, problems, titles, lang, selected=old is None)


def _unselect(package: Package, sheets: Sequence[SheetPart]) -> None:
    """Two selected sheets would be edited together without anyone noticing."""
    for sheet in sheets:
        data = package.read(sheet.part)
        if b"tabSelected" not in data[:20_000]:
            continue
        edits: list[Edit] = []
        for view in elements(data, ["sheetView"]):
            if view.attributes.get("tabSelected") in ("1", "true"):
                kept = {key: value for key, value in view.attributes.items() if key != "tabSelected"}
                head = tag(view.prefix + "sheetView", kept, None if view.inside == view.end else b"")
                edits.append(
                    (view.start, view.inside, head if view.inside == view.end else head[: head.index(b">") + 1])
                )
        if edits:
            package.changed[sheet.part] = splice(data, edits)


def _list_first(package: Package, sheets: Sequence[SheetPart], relation: str) -> None:
    """Enter the sheet before all others; numbers that count sheets move on by one."""
    part = workbook_part(package)
    data = package.read(part)
    first = sheets[0].element
    key = next(name for name in first.attributes if name.rpartition(":")[2] == "id")
    fresh = str(max(int(sheet.element.attributes["sheetId"]) for sheet in sheets) + 1)
    entry = tag(first.prefix + "sheet", {"name": PROBLEMS_SHEET, "sheetId": fresh, key: relation})
    edits: list[Edit] = [(first.start, first.start, entry)]
    for item in elements(data, ("workbookView", "definedName")):
        changes: dict[str, str] = {}
        if item.name == "workbookView":
            changes = {"activeTab": "0", "firstSheet": "0"}
        elif "localSheetId" in item.attributes:
            changes = {"localSheetId": str(int(item.attributes["localSheetId"]) + 1)}
        if changes:
            empty = item.inside == item.end
            head = tag(item.prefix + item.name, item.attributes | changes, None if empty else b"")
            edits.append((item.start, item.inside, head if empty else head[: head.index(b">") + 1]))
    package.changed[part] = splice(data, edits)


@dataclass(frozen=True)
class _Look:
    title: int
    how: int
    plain: int
    header: int
    link: int
    weights: dict[Severity, int]


def _look(styles: StyleBook) -> _Look:
    def font(size: int, colour: str, bold: bool = False, under: bool = False) -> bytes:
        marks = (b"<b/>" if bold else b"") + (b"<u/>" if under else b"")
        rest = f'<sz val="{size}"/><color rgb="FF{colour}"/><name val="Times New Roman"/><family val="1"/>'
        return (marks + rest.encode()).replace(b"<", f"<{styles.prefix}".encode())

    blue, ink = (colour.lstrip("#").upper() for colour in (BLUE, INK))
    return _Look(
        title=styles.plain(font(15, blue, bold=True), wrap=False),
        how=styles.plain(font(11, ink), wrap=False),
        plain=styles.plain(font(11, ink)),
        header=styles.plain(font(11, "FFFFFF", bold=True), f"rgb FF{blue}"),
        link=styles.plain(font(11, blue, under=True)),
        weights={s: styles.plain(font(11, ink, bold=True), f"rgb FF{FILL[s]}") for s in Severity},
    )


def _sheet(styles: StyleBook, problems: Sequence[Problem], titles: set[str], lang: str, selected: bool) -> bytes:
    look = _look(styles)
    title, how = title_lines(problems, lang)
    rows = [_row(1, [title], [look.title], 24), _row(2, [how], [look.how], 18)]
    rows.append(_row(HEADER_ROW, headings(lang), [look.header] * len(COLUMNS), 20))
    links: list[bytes] = []
    for place, problem in enumerate(problems, start=1):
        at, finding = HEADER_ROW + place, problem.finding
        worn = [look.plain] * len(COLUMNS)
        worn[1] = look.weights[finding.severity]
        if finding.sheet in titles and len(links) < _MOST_LINKS:
            worn[3] = look.link
            target = "'{}'!{}".format(finding.sheet.replace("'", "''"), finding.cell.split(",")[0] or "A1")
            links.append(tag("hyperlink", {"ref": f"D{at}", "location": target, "display": finding.cell}))
        texts = line(place, problem, lang)
        rows.append(_row(at, texts, worn, height(texts)))
    columns = [
        tag("col", {"min": str(i), "max": str(i), "width": str(width), "customWidth": "1"})
        for i, width in enumerate(WIDTHS, start=1)
    ]
    below = {
        "ySplit": str(HEADER_ROW),
        "topLeftCell": f"A{HEADER_ROW + 1}",
        "activePane": "bottomLeft",
        "state": "frozen",
    }
    view = {"workbookViewId": "0", "showGridLines": "0"} | ({"tabSelected": "1"} if selected else {})
    parts = [
        tag("sheetPr", {}, tag("tabColor", {"rgb": "FFC8102E"}) + tag("pageSetUpPr", {"fitToPage": "1"})),
        tag("sheetViews", {}, tag("sheetView", view, tag("pane", below))),
        tag("cols", {}, b"".join(columns)),
        tag("sheetData", {}, b"".join(rows)),
        tag("hyperlinks", {}, b"".join(links)) if links else b"",
        tag(
            "pageMargins", dict.fromkeys(("left", "right", "top", "bottom"), "0.4") | {"header": "0.2", "footer": "0.2"}
        ),
        tag("pageSetup", {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}),
    ]
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + tag("worksheet", {"xmlns": _MAIN}, b"".join(parts))


def _row(at: int, texts: Sequence[str], styles: Sequence[int], points: float) -> bytes:
    cells = [
        tag("c", {"r": f"{chr(65 + i)}{at}", "s": str(style), "t": "inlineStr"}, _inline(value))
        for i, (value, style) in enumerate(zip(texts, styles, strict=True))
    ]
    return tag("row", {"r": str(at), "ht": f"{points:g}", "customHeight": "1"}, b"".join(cells))


def _inline(value: str) -> bytes:
    return tag("is", {}, tag("t", {"xml:space": "preserve"}, text(value)))
