"""Layouts of earlier template versions, as data: only what was called otherwise then, or was not there yet.

When the template changes, TEMPLATE_VERSION goes up by one and the version before gets its line here. Then its
workbooks are still accepted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipelines.contract.shape import Sheet, Workbook
from pipelines.contract.workbooks import TEMPLATE_VERSION


@dataclass(frozen=True)
class Layout:
    """How the template of a version differs from the one that followed it."""

    titles: Mapping[str, str] = field(default_factory=dict)  # sheet key -> its title then
    headers: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (sheet key, column) -> its header then
    labels: Mapping[str, str] = field(default_factory=dict)  # field of `Thông tin` -> its label then
    without: frozenset[tuple[str, str]] = frozenset()  # (sheet key, optional column) that came later


_LONGEST = 9  # digits
EARLIER: dict[str, Layout] = {}  # version -> layout; version 1 is the first that was ever handed out


def number(version: str) -> int:
    """The version as a number; today's for a text that is none. Only the first digits: Python refuses thousands."""
    return int(version[:_LONGEST] if version.isdecimal() else TEMPLATE_VERSION)


def is_known(version: str) -> bool:
    """Whether a template of that version was ever handed out."""
    return version.isdecimal() and str(number(version)) in (TEMPLATE_VERSION, *EARLIER)


def as_of(form: Workbook, version: str) -> Workbook:
    """The workbook as the template of that version had it; the form itself for today's version and for one unknown."""
    for one_before in range(int(TEMPLATE_VERSION) - 1, number(version) - 1, -1):
        layout = EARLIER.get(str(one_before))
        if layout:
            info = tuple(replace(one, label=layout.labels.get(one.name, one.label)) for one in form.info)
            form = replace(form, info=info, sheets=tuple(_sheet_of(sheet, layout) for sheet in form.sheets))
    return form


def _sheet_of(sheet: Sheet, layout: Layout) -> Sheet:
    columns = tuple(
        replace(column, header=layout.headers.get((sheet.key, column.name), column.header))
        for column in sheet.columns
        if (sheet.key, column.name) not in layout.without
    )
    return replace(sheet, title=layout.titles.get(sheet.key, sheet.title), columns=columns)
