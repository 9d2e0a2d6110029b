"""A workbook in, Parsed out: guarded, read, typed and checked by itself, every problem with sheet and
cell in one pass.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from pipelines.contract.checks import CHECKS, Finding
from pipelines.contract.earlier import as_of, is_known, number
from pipelines.contract.reference import Reference
from pipelines.contract.shape import Sheet, Workbook
from pipelines.contract.workbooks import HISTORY_SHEETS, INFO_TITLE, NOT_DATA, PROBLEMS_SHEET, TEMPLATE_VERSION
from pipelines.records.parsed import CELLS_SCHEMA, Parsed
from pipelines.submissions import guard
from pipelines.submissions.checks import validate
from pipelines.submissions.choice_lists import column_letter
from pipelines.submissions.fold import Problems
from pipelines.submissions.guard import Inspection
from pipelines.submissions.scan.scan import SheetScan
from pipelines.submissions.sheets.grid import Piece, pieces
from pipelines.submissions.sheets.headers import OWN_LISTS, find_header, title_key
from pipelines.submissions.sheets.information import (
    Information,
    form_of,
    labelled,
    period_of,
    read_information,
    version_of,
)
from pipelines.submissions.sheets.other_sheets import is_marked, rows_left
from pipelines.submissions.sheets.page import Page, Sink, read_page
from pipelines.submissions.sheets.submission import Submission


def parse(data: bytes, file_name: str, reference: Reference) -> Parsed:
    """Everything one workbook says and everything wrong with it. Nothing stored is consulted; nothing is raised."""
    return parse_inspected(guard.inspect(data, file_name), reference)


def parse_inspected(inspection: Inspection, reference: Reference) -> Parsed:
    """`parse` after the guard."""
    if inspection.refused:
        return _nothing(inspection.findings, reference)
    try:
        file = CalamineWorkbook.from_filelike(BytesIO(inspection.data))
        return _Reading(inspection, file, reference).parsed()
    except (CalamineError, OSError):  # OSError: an .xlsb that ends too early
        return _nothing((Finding("file.read_failed", CHECKS["file.read_failed"]),), reference)


@lru_cache
def _no_cells() -> pa.Table:
    return CELLS_SCHEMA.empty_table()


def _nothing(findings: tuple[Finding, ...], reference: Reference) -> Parsed:
    return Parsed("", "", "", "", "", None, {}, _no_cells(), findings, reference.digest)


class _Reading:
    """One workbook while it is read."""

    def __init__(self, inspection: Inspection, file: CalamineWorkbook, reference: Reference) -> None:
        self.inspection, self.file = inspection, file
        self.sink = Sink(reference)
        self.reference, self.problems = reference, self.sink.problems
        self.renamed: set[str] = set()  # sheets named as what a missing one is called now
        self.scans: dict[str, list[SheetScan]] = defaultdict(list)
        for scan in inspection.sheets:
            if not scan.is_wide:
                self.scans[title_key(scan.name)].append(scan)

    def parsed(self) -> Parsed:
        found = self._one(INFO_TITLE)
        rows = self._info_rows(found)
        labels = labelled(rows, self.reference)
        titles = [scan.name for scan in self.inspection.sheets]
        form = form_of(labels, titles, self.reference)
        if form is None:
            theirs = [scan for scan in self.inspection.sheets if title_key(scan.name) not in OWN_LISTS]
            size = {"sheets": str(len(theirs)), "cells": str(sum(scan.cell_count for scan in theirs))}
            is_list = not theirs and title_key(PROBLEMS_SHEET) in self.scans
            only = Problems()  # what else is odd about it is of no use to who sent the wrong file
            only.add("workbook.list_alone" if is_list else "workbook.not_ours", params=size)
            return _nothing(only.findings(), self.reference)
        if found is None and title_key(INFO_TITLE) not in self.scans:
            self.problems.add("sheet.missing", INFO_TITLE, params={"title": INFO_TITLE})
        title = found.name if found else ""
        form = as_of(form, version_of(labels))
        info = read_information(title, labels, form, self.reference, self.problems, self.sink.cells)
        states: dict[str, str] = {}
        codes = ""
        if _is_newer(info):
            self.problems.add("workbook.newer_version", params=_versions(info))
        else:
            pages, states = self._pages(form, info)
            codes = _code_column(pages.get("staff"))
            del self.file  # as large as all that was read from it
            validate.validate(Submission(info, pages, self.reference, self.problems))
        return self._result(info, states, codes)

    def _one(self, title: str) -> SheetScan | None:
        """The sheet of a title; two of them are a problem and neither is read."""
        found = self.scans.get(title_key(title), [])
        if len(found) > 1:
            self.problems.add("sheet.duplicate", found[1].name, params={"other": found[0].name})
        if len(found) != 1:
            return None
        if found[0].visibility != "visible":
            self.problems.add("sheet.hidden", found[0].name)
        return found[0]

    def _info_rows(self, scan: SheetScan | None) -> list[list[object]]:
        if scan is None:
            return []
        parts = self._pieces(scan)
        first = next(parts, None)
        _finish(parts)
        return first.rows if first else []

    def _pieces(self, scan: SheetScan) -> Iterator[Piece]:
        return pieces(self.file.get_sheet_by_name(scan.name), scan, self.problems)

    def _pages(self, form: Workbook, info: Information) -> tuple[dict[str, Page], dict[str, str]]:
        version = info.value("template_version")
        if is_known(version) and number(version) < int(TEMPLATE_VERSION):
            self.problems.add("workbook.old_version", params=_versions(info))
        pages: dict[str, Page] = {}
        states: dict[str, str] = {}
        self.ours = {title_key(INFO_TITLE), *(title_key(sheet.title) for sheet in form.sheets), *OWN_LISTS}
        for sheet in form.sheets:
            page = self._page(sheet, info)
            states[sheet.table] = self._state(sheet, page, info)
            if page is not None:
                pages[sheet.key] = page
        for scan in [one for key, scans in self.scans.items() if key not in self.ours for one in scans]:
            self._other_sheet(form, scan, pages)
        for scan in self.inspection.sheets:
            if scan.is_wide:
                self.problems.add(
                    "sheet.unknown" if is_marked(scan.name) else "sheet.too_wide", scan.name, value=scan.reach
                )
        return pages, states

    def _other_sheet(self, form: Workbook, scan: SheetScan, pages: dict[str, Page]) -> None:
        """A sheet of the sender's own is not read.

        Rows on it that look like ours are an error unless they are said to be none.
        """
        left = None
        if not is_marked(scan.name) and scan.name not in self.renamed:
            try:
                parts = pieces(self.file.get_sheet_by_name(scan.name), scan, Problems())
                left = rows_left(scan, parts, form, pages, self.sink)
            except CalamineError:  # a sheet nobody needs may be damaged
                left = None
        if left is None:
            self.problems.add("sheet.unknown", scan.name)
        else:
            facts = {"title": left.title, "rows": str(left.rows), "new": str(left.new), "mark": NOT_DATA}
            self.problems.add("sheet.rows_unread" if left.new else "sheet.same_rows", scan.name, params=facts)

    def _page(self, sheet: Sheet, info: Information) -> Page | None:
        scan = self._one(sheet.title)
        if scan is None:
            absent = title_key(sheet.title) not in self.scans
            short = info.value("period_kind") == "history" and sheet.key not in HISTORY_SHEETS
            if absent and not short and sheet.key not in info.marked:
                other = self._renamed(sheet)
                self.renamed.add(other)
                facts = {"title": sheet.title} | ({"nearest": other} if other else {})
                self.problems.add("sheet.missing", sheet.title, params=facts)
            return None
        parts = self._pieces(scan)
        page = read_page(sheet, scan, parts, self.sink)
        _finish(parts)
        return page

    def _renamed(self, sheet: Sheet) -> str:
        """The sheet of another title whose headers are those of the missing one; "" if there is none."""
        for scan in [one for key, scans in self.scans.items() if key not in self.ours for one in scans]:
            try:
                part = next(self._pieces(scan), None)
            except CalamineError:  # a sheet nobody needs may be damaged
                continue
            header = find_header(part.rows, sheet) if part else None
            if header and len(header.columns) * 2 > len(sheet.columns):
                return scan.name
        return ""

    def _state(self, sheet: Sheet, page: Page | None, info: Information) -> str:
        row = info.marked.get(sheet.key)
        if page is not None and page.rows:
            if row is not None:
                facts = {"title": page.title, "rows": str(len(page.rows))}
                self.problems.add("sheet.marked_but_filled", info.title, info.index, [row], value="x", params=facts)
            return "filled"
        if row is not None:
            return "none"
        if page is not None:
            self.problems.add("sheet.empty_unmarked", page.title, params={"title": sheet.title})
        return "unknown"

    def _result(self, info: Information, states: dict[str, str], code_column: str) -> Parsed:
        titles = [scan.name for scan in self.inspection.sheets]
        return replace(
            _nothing((*self.inspection.findings, *self.problems.findings(titles)), self.reference),
            form=info.form.code,
            unit_code=info.value("unit_code"),
            cluster_code=info.value("cluster_code"),
            period=period_of(info),
            template_version=info.value("template_version"),
            prepared_on=info.day("prepared_on"),
            sheets=states,
            cells=self.sink.cells.table(),
            code_column=code_column,
        )


def _finish(parts: Iterator[Piece]) -> None:
    """To the end of a sheet, where its cells are reckoned up."""
    for _ in parts:
        continue


def _code_column(staff: Page | None) -> str:
    index = staff.columns.get("person_code") if staff else None
    return "" if index is None else column_letter(index)


def _is_newer(info: Information) -> bool:
    return number(info.value("template_version")) > int(TEMPLATE_VERSION)


def _versions(info: Information) -> dict[str, str]:
    return {"version": info.value("template_version"), "current": TEMPLATE_VERSION}
