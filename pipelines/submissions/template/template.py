"""The workbook a clerk fills in, made from the contract: lists, notes, formats, validation, protection, print set-up.

Data columns are unlocked whole; only titles, headers and the hidden lists are locked, without a password.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import xlsxwriter

from pipelines.contract.reference import Period, Reference, Unit, in_force, members_on, period_of
from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import TEMPLATE_VERSION, history_of
from pipelines.problems import Unknown
from pipelines.submissions import choice_lists, origin
from pipelines.submissions.template.pages import Book, Row, write_info, write_lists, write_sheet
from pipelines.submissions.template.sheet_styles import add_styles

_LARGE = 20_000


def write(
    path: Path,
    reference: Reference,
    form: Workbook,
    code: str,
    period: str,
    people: Iterable[Row] = (),
    teams: Iterable[Row] = (),
    rows: Mapping[str, Iterable[Row]] | None = None,
    made_at: datetime | None = None,
    history: bool = False,
    demo: bool = False,
) -> Path:
    """Write the template of a unit or cluster for a period; `Unknown` when either does not exist then.

    `people` and `teams` are rows of `Cán bộ` and `Tập thể` to start from. `rows` fills sheets by key (and `Thông
    tin` by "info", one row): {"awards": [{"proposal_code": …}]}. Codes of a vocabulary become labels, codes of
    people and units become "code | name", everything else is written as given. A sheet given without a row is marked
    "Không phát sinh". `made_at` stands in the file as its creation time (default: now). `history`: the short form
    that brings a year long past in. `demo`: the workbook says that what is in it is invented (`origin`).
    """
    row = period_of(reference, period)
    if row is None:
        raise Unknown(what="period", name=period)
    if history:
        form, row = history_of(form), replace(row, period_kind="history")
    given = {"staff": people, "collectives": teams} if form.reporter == "unit" else {}
    content: dict[str, Iterable[Row]] = {key: value for key, value in given.items() if value} | dict(rows or {})
    members = _members(reference, code, row) if form.reporter == "cluster" else []
    if members and "cluster_members" not in content:
        content["cluster_members"] = [{"unit_code": unit.unit_code} for unit in members]
    own_name = _own_name(reference, form, code, row)
    with xlsxwriter.Workbook(str(path), _options(content)) as file:
        fixed = choice_lists.fixed_lists(form, reference, period, members)
        if demo:
            file.set_custom_property(origin.MARK, origin.MARKED)
        book = Book(file, form, add_styles(file), fixed, row, code, own_name)
        book.names.update({unit.unit_code: unit.name for unit in members} | {code: own_name})
        _write_all(book, content, made_at)
    return path


def _options(content: Mapping[str, Iterable[Row]]) -> dict[str, object]:
    large = any(not isinstance(rows, Sequence) or len(rows) > _LARGE for rows in content.values())
    return {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": large}


def _members(reference: Reference, cluster_code: str, period: Period) -> list[Unit]:
    codes = members_on(reference, cluster_code, period.due_on)
    return [unit for unit in reference.units if unit.unit_code in codes and in_force(unit, period.due_on)]


def _own_name(reference: Reference, form: Workbook, code: str, period: Period) -> str:
    """The name in force on the due date, or at some time in the period."""
    days = (period.due_on, period.starts_on, period.ends_on)
    if form.reporter == "unit":
        names = [u.name for on in days for u in reference.units if u.unit_code == code and in_force(u, on)]
    else:
        names = [c.name for on in days for c in reference.clusters if c.cluster_code == code and in_force(c, on)]
    if names:
        return names[0]
    raise Unknown(what=form.reporter, name=code)


def _write_all(book: Book, content: dict[str, Iterable[Row]], made_at: datetime | None) -> None:
    file = book.file
    created = {"created": made_at} if made_at else {}
    file.set_properties({"title": book.form.title, "subject": book.period.period} | created)
    file.set_custom_property("template_version", TEMPLATE_VERSION)
    file.set_size(2400, 1400)
    write_info(book, content)
    for sheet in book.form.sheets:
        write_sheet(book, sheet, content.get(sheet.key))
    write_lists(book)
