"""What is said of a sheet's header: columns missing, twice, astray, and cells that stand under none of ours."""

from collections.abc import Mapping, Sequence

from pipelines.contract.shape import Sheet
from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.fold import Problems
from pipelines.submissions.scan.scan import SheetScan
from pipelines.submissions.sheets.grid import corners
from pipelines.submissions.sheets.headers import Header, header_key
from pipelines.submissions.sheets.unread import Unread
from pipelines.submissions.values.cleaning import clean
from pipelines.submissions.values.nearest import nearest
from pipelines.texts import EMPTY


def say_header(sheet: Sheet, scan: SheetScan, header: Header, unread: Unread, problems: Problems) -> None:
    """Once the sheet has been read: by then it is known how many cells a fault of the header costs."""
    whole = len(header.columns) == len(sheet.columns)
    if whole and not header.titles and not header.repeated and not unread.cells:
        return
    headers = {column.name: column.header for column in sheet.columns}
    for name, (row, index) in header.astray.items():
        unread.cells.get(index, {}).pop(row, None)  # the header itself
        facts, rows = {"row": str(header.row)} | unread.filled(index), [row, *unread.cells.get(index, ())]
        problems.add("header.astray", scan.name, index, rows, headers[name], headers[name], facts)
    for index, name in header.repeated.items():
        other = column_letter(header.columns[name]) + str(header.row)
        problems.add("column.duplicate", scan.name, index, [header.row], headers[name], params={"other": other})
    near, required_missing = _say_missing(sheet, scan.name, header, problems)
    without_title = unread.without_title()
    if len(without_title) <= required_missing:  # the header was erased: that has been told
        without_title = []
    titles = _merged_titles(scan.merged, header, {index: headers[name] for name, index in header.columns.items()})
    for index in sorted({*header.titles, *without_title}):
        text = header.titles.get(index, "")
        shown = clean(text or header.ordinals.get(index, ""))[0] or titles.get(index, "")
        params = {"letter": column_letter(index), "title": shown or EMPTY} | unread.filled(index)
        params |= {"nearest": near[index]} if near.get(index) else {}
        rows = [*([header.row] if text else []), *unread.cells.get(index, ())]
        problems.add("column.unknown", scan.name, index, rows, shown, text, params)


def _say_missing(sheet: Sheet, title: str, header: Header, problems: Problems) -> tuple[dict[int, str], int]:
    """Tells the columns that are not there; what an unknown column was meant to be, and how many required ones are
    missing.
    """
    unknown = {key: text for text in header.titles.values() if (key := header_key(text))}
    lacking = [column for column in sheet.columns if column.name not in {*header.columns, *header.astray}]
    missing = {header_key(column.header): column.header for column in lacking}
    meant = {key: nearest(text, missing) for key, text in unknown.items()}
    for column in lacking:
        code = "column.missing" if column.required else "column.optional_missing"
        near = nearest(column.header, unknown) or next((unknown[k] for k, m in meant.items() if m == column.header), "")
        problems.add(code, title, column=column.header, params={"nearest": near} if near else {})
    near_to = {index: meant.get(header_key(text), "") for index, text in header.titles.items()}
    return near_to, sum(column.required for column in lacking)


def _merged_titles(areas: Sequence[str], header: Header, headers: Mapping[int, str]) -> dict[int, str]:
    """Columns that lie under a merged header whose first cell alone names one: "Họ và tên (B3:C3)"."""
    found: dict[int, str] = {}
    for area in areas:
        (top, left), (bottom, right) = corners(area)
        if left in headers and top <= header.last_row and bottom >= header.row:
            found |= dict.fromkeys(range(left + 1, right + 1), f"{headers[left]} ({area})")
    return found
