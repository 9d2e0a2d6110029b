"""The checks a sheet declares about its own rows: unique keys, dates in order, counts that must agree."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.fold import ranges
from pipelines.submissions.sheets.page import Page
from pipelines.submissions.values.numbers import canonical

_COUNCIL = {"council_on", "decided_on"}  # out of order these are facts the council wants to see, not errors


def check_page(page: Page) -> None:
    """Every declared check of one sheet. A column that is missing switches its checks off: it has been told already."""
    for names in page.sheet.unique:
        if _has(page, names):
            _unique(page, names)
    for order in page.sheet.date_orders:
        _date_order(page, [name for name in order if name in page.values])
    for small, large in page.sheet.at_most:
        if _has(page, (small, large)):
            _at_most(page, small, large)
    for parts, total in page.sheet.sums:
        if _has(page, (*parts, total)):
            _sums(page, parts, total)


def _has(page: Page, names: Sequence[str]) -> bool:
    return all(name in page.values for name in names)


def _unique(page: Page, names: tuple[str, ...]) -> None:
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
        seen = first.setdefault(cells, place)
        if seen != place:
            key = " · ".join(cell for cell in cells if cell)
            page.tell("key.duplicate", names[0], place, other=page.address(names[0], seen), key=key)


def _date_order(page: Page, names: list[str]) -> None:
    code = "order.council" if set(names) & _COUNCIL else "order.dates"
    wrong: dict[str, dict[int, None]] = {}
    for place, dates in enumerate(zip(*(page.values[name] for name in names), strict=True)):
        days = list(filter(None, dates))
        if days == sorted(days):
            continue
        given = [(name, on) for name, on in zip(names, dates, strict=True) if on]
        for (earlier, before), (later, after) in pairwise(given):
            if after < before:
                other = page.address(earlier, place)
                page.tell(code, later, place, earlier=page.header(earlier), other=other, before=before)
                for one in (earlier, later):
                    wrong.setdefault(one, {})[page.rows[place]] = None
    for name in sorted(wrong):
        _suspect(page, name, list(wrong[name]))


def _suspect(page: Page, name: str, wrong: list[int]) -> None:
    """All days of the column at most 12 while an order fails: a month-first Excel has probably swapped
    day and month.
    """
    dates = [(row, on) for row, on in zip(page.rows, page.values[name], strict=True) if on]
    if all(int(on[8:10]) <= 12 for _, on in dates):
        rows = [row for row, _ in dates]
        other = ranges(wrong, column_letter(page.columns[name]))
        page.sink.problems.add(
            "date.suspect", page.title, page.columns[name], rows, page.header(name), params={"other": other}
        )


def _numbers(page: Page, names: Sequence[str]) -> Iterator[tuple[int, list[float]]]:
    """Place and numbers of the rows where every one of the columns has a usable number."""
    for place, cells in enumerate(zip(*(page.values[name] for name in names), strict=True)):
        if all(cells):
            yield place, [float(cell) for cell in cells]


def _at_most(page: Page, small: str, large: str) -> None:
    for place, (less, more) in _numbers(page, (small, large)):
        if less > more:
            facts = {"limit": canonical(more), "other": page.address(large, place), "larger": page.header(large)}
            page.tell("count.too_large", small, place, **facts)


def _sums(page: Page, parts: tuple[str, ...], total: str) -> None:
    for place, numbers in _numbers(page, (*parts, total)):
        added = sum(numbers[:-1])
        if abs(added - numbers[-1]) > 1e-9:
            cells = f"{page.address(parts[0], place)}–{page.address(parts[-1], place)}"
            named = ", ".join(page.header(part) for part in parts)
            page.tell("count.sum", total, place, sum=canonical(added), parts=named, other=cells)
