"""Is this file safe to open? Decided on the bytes, with limits, before any parser sees them."""

from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.contract.checks import CHECKS, Finding
from pipelines.submissions.scan import SheetScan


@dataclass(frozen=True)
class Inspection:
    """What the guard found. One `file.*` finding = refused: nothing else is filled and nothing may open the bytes.

    `data` is what the cell reader opens: the bytes themselves, or a plain rewriting of them where the reader would stop
    or die on an oddity (UTF-16 parts, cells without reference, unknown error codes); addresses are the same in both.
    """

    file_name: str
    container: str  # "xlsx", "xlsm"; "" when refused
    data: bytes
    findings: tuple[Finding, ...] = ()  # one `file.*`, or the warnings `workbook.macro`, `workbook.external_link`
    sheets: tuple[SheetScan, ...] = ()  # worksheets in workbook order
    date_1904: bool = False

    @property
    def refused(self) -> bool:
        return any(finding.code.startswith("file.") for finding in self.findings)


def inspect(data: bytes, file_name: str) -> Inspection:
    """Whether the bytes open as a workbook, and its worksheets."""
    try:
        sheets = CalamineWorkbook.from_filelike(BytesIO(data)).sheets_metadata
    except CalamineError:
        return Inspection(file_name, "", data, (Finding("file.not_excel", CHECKS["file.not_excel"]),))
    scans = tuple(
        SheetScan(sheet.name, "visible" if sheet.visible == SheetVisibleEnum.Visible else "hidden")
        for sheet in sheets
        if sheet.typ == SheetTypeEnum.WorkSheet
    )
    return Inspection(file_name, "xlsx", data, sheets=scans)
