"""Every check by its stable code, and the finding it makes.

A finding is data: the sentence is made late, from the texts.

Texts: `finding.<code>` (what is there) and `finding.<code>.fix` (what to do), in vi and en.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """ERROR: not accepted. WARNING: accepted and shown. NOTE: for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One problem with its address.

    `cell` is an address, a folded range list ("G5:G34") or "" for a whole sheet or file.

    `count` is the number of cells folded into it; `params` fill the sentence (expected, nearest, other cell, …).
    """

    code: str
    severity: Severity
    sheet: str = ""
    cell: str = ""
    column: str = ""
    value: str = ""
    count: int = 1
    params: dict[str, str] = field(default_factory=dict)


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

REFUSAL = "file."  # codes of files that are not safe or not possible to open
CHECKS: dict[str, Severity] = {
    # the file itself: any of these means `refused`
    "file.empty": _E,
    "file.too_large": _E,
    "file.not_excel": _E,  # neither a workbook nor a document of another office program
    "file.text": _E,  # CSV or plain text renamed
    "file.web_page": _E,  # HTML or XML saved under an Excel name
    "file.pdf": _E,
    "file.other_office": _E,  # a document of Word, PowerPoint, Visio, Outlook, OpenDocument
    "file.encrypted": _E,  # a password to open, or rights to open
    "file.format_not_supported": _E,  # a workbook of Excel 2 to 5 without a container
    "file.macro_hidden": _E,  # macros in a file that says it has none
    "file.zip_damaged": _E,
    "file.zip_duplicate_part": _E,
    "file.zip_path": _E,  # absolute, "..", or backslash names
    "file.zip_bomb": _E,
    "file.too_many_parts": _E,
    "file.workbook_missing": _E,
    "file.sheet_missing": _E,  # a sheet without its part, or two sheets sharing one
    "file.too_many_sheets": _E,
    "file.xml_damaged": _E,
    "file.xml_doctype": _E,
    "file.cell_reference": _E,  # a cell or merged area beyond XFD1048576
    "file.range_too_wide": _E,  # few cells spread over a huge grid, on a sheet that must be read
    "file.too_many_styles": _E,
    "file.too_many_merges": _E,
    "file.of_a_demo": _E,  # invented, sent where real work is done
    "file.not_of_a_demo": _E,  # real, sent where a demo is shown
    "file.read_failed": _E,  # the parser died or ran out of time or memory
    # the workbook as a whole
    "workbook.not_ours": _E,
    "workbook.list_alone": _E,  # the list of problems that was handed back, sent in place of the report
    "workbook.macro": _W,
    "workbook.external_link": _W,
    "workbook.old_version": _N,
    "workbook.newer_version": _E,
    "sheet.missing": _E,
    "sheet.duplicate": _E,
    "sheet.unknown": _N,
    "sheet.rows_unread": _E,  # rows of one of our sheets on a copy, a second or a renamed sheet
    "sheet.same_rows": _W,  # a copy whose rows all stand on the sheet that is read
    "sheet.too_wide": _W,  # such a grid on a sheet of the sender's own, which nobody could look through
    "sheet.hidden": _W,
    "sheet.cells_differ": _E,  # the reader returned more or fewer values than the file holds
    "sheet.empty_unmarked": _W,
    "sheet.marked_but_filled": _E,
    "header.missing": _E,  # no header row found
    "header.astray": _E,  # a header outside the header row, over a column that has none in it
    "header.rows_above": _E,  # rows of data above the header
    "header.second": _E,  # a second table below the first
    "column.missing": _E,
    "column.optional_missing": _W,
    "column.duplicate": _E,
    "column.unknown": _W,  # also values under no header, or under a number
    "row.total": _N,
    "row.note": _N,  # a note, the title of a section, numbers of columns, the header once more
    "row.signature": _N,
    "row.unclear": _E,  # a note, or the beginning of a row
    "row.hidden": _W,
    "row.struck_out": _W,
    "column.hidden": _W,
    # one cell
    "cell.error": _E,  # #N/A, #REF!, …
    "cell.formula_without_value": _E,
    "cell.unreadable": _E,
    "cell.duplicate_address": _E,
    "cell.merged": _W,
    "cell.struck_out": _W,
    "cell.partly_struck_out": _W,
    "cell.unseen": _W,  # a format that draws nothing, letters in the colour of their ground
    "sheet.struck_by_rule": _W,
    "value.required": _E,
    "text.cleaned": _N,
    "text.too_long": _E,
    "text.legacy_encoding": _W,
    "text.turned": _W,  # Excel took an entry for a date, a power of ten, a truth value
    "date.invalid": _E,
    "date.two_digit_year": _E,
    "date.month_first": _E,
    "date.time_dropped": _N,
    "date.outside_period": _E,
    "date.outside_year": _E,
    "date.suspect": _W,
    "number.invalid": _E,
    "number.not_whole": _E,
    "number.too_small": _E,
    "number.too_large": _E,
    "number.as_text": _N,
    "number.divided": _W,  # a format that shows thousands or millions: the number held counts
    "number.scale_unclear": _W,  # a percentage or a fraction beside a number on another scale: not used
    "choice.unknown": _E,
    "code.invalid": _E,
    "code.as_number": _W,
    "code.turned": _E,  # the same of a code: what was typed is lost
    "code.spelling": _W,  # small or wide letters, a dash of Word: read in the one spelling of codes
    # between cells, sheets and what is stored
    "info.labels_missing": _E,  # most of the required lines of `Thông tin`
    "info.values_missing": _E,  # most of the required values of `Thông tin`
    "info.label_twice": _E,  # with two values
    "info.unit_unknown": _E,
    "info.cluster_unknown": _E,
    "info.unit_not_in_year": _E,
    "info.reports_by_cluster": _E,
    "info.year_invalid": _E,
    "info.name_differs": _W,
    "info.version_unknown": _E,  # neither today's template version nor one that was ever handed out
    "period.not_open": _E,
    "period.closed": _E,
    "key.duplicate": _E,
    "reference.unit_unknown": _E,
    "reference.not_a_member": _E,
    "reference.person_unknown": _E,
    "reference.person_from_earlier_year": _N,
    "reference.team_unknown": _E,
    "reference.recipient_swapped": _E,  # a team's code where a person is proposed, or the reverse
    "reference.initiative_unknown": _E,
    "award.recipient_kind": _E,  # a team proposed for an award only people get, or the reverse
    "award.not_in_force": _E,
    "award.decision_missing": _W,
    "award.year_differs": _W,
    "award.repeated": _W,  # what one person or collective gets once, proposed twice
    "initiative.other_year": _W,  # recognised in another year than the workbook's
    "initiative.used_before": _W,  # for an award of another year
    "staff.name_differs": _W,
    "staff.code_issued": _N,
    "staff.code_listed": _N,  # in the copy only: a code that could not be written into its cell
    "staff.code_taken_over": _W,  # no code, but the unit's earlier lists have one for the name
    "staff.code_new": _W,  # no code, and the name is known in the code scope: perhaps the same person
    "staff.code_alike": _W,  # "12" where the code known is "0012"
    "staff.same_name": _W,
    "staff.not_in_period": _W,
    "staff.discipline_undated": _W,
    "order.dates": _E,
    "order.council": _W,
    "count.too_large": _E,
    "count.sum": _E,
    "count.above_people": _W,  # more than the people it can be about: who left explains one or two
    "count.far_above_people": _E,
    "score.above_maximum": _E,
    "score.sign": _E,
    "score.criterion_differs": _W,  # maximum or kind of a criterion, from one member of a cluster to another
    "member.missing": _W,
    "member.second_head": _W,
    "member.differs_from_own": _W,
    "member.differs_from_cluster": _W,  # the same, when the unit's own workbook comes after its cluster's
}
