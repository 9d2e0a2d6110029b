"""The checks a sheet declares about its own rows: unique keys, dates in order, counts that must agree."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.submissions.fold import Problems
from pipelines.submissions.numbers import canonical
from pipelines.submissions.page import Page

_COUNCIL = {"council_on", "decided_on"}  # out of order these are facts the council wants to see, not errors


def check_page(page: Page, problems: Problems) -> None:
    """Every declared check of one sheet. A column that is missing switches its checks off: it has been told already."""
    for names in page.sheet.unique:
        if _has(page, names):
            _unique(page, names, problems)
    for order in page.sheet.date_orders:
        _date_order(page, [name for name in order if name in page.values], problems)
    for small, large in page.sheet.at_most:
        if _has(page, (small, large)):
            _at_most(page, small, large, problems)
    for parts, total in page.sheet.sums:
        if _has(page, (*parts, total)):
            _sums(page, parts, total, problems)


def _has(page: Page, names: Sequence[str]) -> bool:
    return all(name in page.values for name in names)


def _unique(page: Page, names: tuple[str, ...], problems: Problems) -> None:
    required = {column.name for column in page.sheet.columns if column.required}
    columns = [page.values[name] for name in names]
    keys = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[object, int] = {}
    for place, cells in enumerate(zip(*columns, strict=True)):
        gaps = [name for name, cell in zip(names, cells, strict=True) if cell == "" and name in required]
        if None in cells or gaps or not any(cells):
            continue
        row = page.rows[place]
        seen = first.setdefault(cells, row)
        if seen != row:
            shown, index = " · ".join(cell for cell in cells if cell), page.columns[names[0]]
            params = {"other": page.address(names[0], seen), "key": shown}
            value = page.raws[names[0]][place]
            problems.add("key.duplicate", page.title, index, [row], page.header(names[0]), value, params)


def _date_order(page: Page, names: list[str], problems: Problems) -> None:
    code = "order.council" if set(names) & _COUNCIL else "order.dates"
    wrong: set[str] = set()
    for place, dates in enumerate(zip(*(page.values[name] for name in names), strict=True)):
        given = [(name, on) for name, on in zip(names, dates, strict=True) if on]
        for (earlier, before), (later, after) in pairwise(given):
            if after < before:
                row = page.rows[place]
                params = {"earlier": page.header(earlier), "other": page.address(earlier, row), "before": before}
                value = page.raws[later][place]
                problems.add(code, page.title, page.columns[later], [row], page.header(later), value, params)
                wrong |= {earlier, later}
    for name in sorted(wrong):
        _suspect(page, name, problems)


def _suspect(page: Page, name: str, problems: Problems) -> None:
    """All days of the column at most 12 while an order fails: a month-first Excel has probably swapped day and month."""
    dates = [(row, on) for row, on in zip(page.rows, page.values[name], strict=True) if on]
    if all(int(on[8:10]) <= 12 for _, on in dates):
        rows = [row for row, _ in dates]
        problems.add("date.suspect", page.title, page.columns[name], rows, page.header(name))


def _numbers(page: Page, names: Sequence[str]) -> Iterator[tuple[int, list[float]]]:
    """Place and numbers of the rows where every one of the columns has a usable number."""
    for place, cells in enumerate(zip(*(page.values[name] for name in names), strict=True)):
        if all(cells):
            yield place, [float(cell) for cell in cells]


def _at_most(page: Page, small: str, large: str, problems: Problems) -> None:
    for place, (less, more) in _numbers(page, (small, large)):
        if less > more:
            row, value = page.rows[place], page.raws[small][place]
            params = {"limit": canonical(more), "other": page.address(large, row), "larger": page.header(large)}
            problems.add("count.too_large", page.title, page.columns[small], [row], page.header(small), value, params)


def _sums(page: Page, parts: tuple[str, ...], total: str, problems: Problems) -> None:
    for place, numbers in _numbers(page, (*parts, total)):
        added = sum(numbers[:-1])
        if abs(added - numbers[-1]) > 1e-9:
            row, value = page.rows[place], page.raws[total][place]
            first, last = page.address(parts[0], row), page.address(parts[-1], row)
            params = {
                "sum": canonical(added),
                "parts": ", ".join(page.header(p) for p in parts),
                "other": f"{first}–{last}",
            }
            problems.add("count.sum", page.title, page.columns[total], [row], page.header(total), value, params)
