"""Which rule types a column: one table from the words of the contract to the functions that read cells."""

from collections.abc import Sequence
from functools import partial

from pipelines.contract.reference import Reference
from pipelines.contract.shape import Column, InfoField, Kind
from pipelines.contract.vocabulary import AWARD
from pipelines.records.parsed import as_written
from pipelines.submissions.values.choices import choice_reader, codes_of, nearest_label
from pipelines.submissions.values.cleaning import code_key
from pipelines.submissions.values.codes import code_column, text_column
from pipelines.submissions.values.dates import read_date
from pipelines.submissions.values.numbers import number_reader
from pipelines.submissions.values.offers import Offer
from pipelines.submissions.values.typed import ColumnTyped, Memo, OldFont, Read, Shown, Turned, through

_MOST_RULES = 200
_otherwise: dict[str, dict[str, str]] = {}  # digest of the lists -> key of a code -> code as listed
_remembered: dict[tuple[object, ...], Memo] = {}  # a worker reads many workbooks: what it learned stays


def type_column(item: Column | InfoField, cells: Sequence[object], reference: Reference) -> ColumnTyped:
    """Type the cells of one column (or one field) by its kind."""
    kinds = set(map(type, cells))
    if bool in kinds:  # a truth value equals 1.0: told apart before cells are compared
        cells = [Turned(cell, as_written(cell)) if isinstance(cell, bool) else cell for cell in cells]
        kinds = kinds - {bool} | {Turned}
    if item.kind not in (Kind.TEXT, Kind.CODE) and (Turned in kinds or Shown in kinds):
        cells = [_held(cell, item.kind) for cell in cells]
        kinds = set(map(type, cells))
    if OldFont in kinds and item.kind not in (Kind.TEXT, Kind.CHOICE):  # codes, numbers and dates are never converted
        cells = [cell.text if isinstance(cell, OldFont) else cell for cell in cells]
        kinds = kinds - {OldFont} | {str}
    if item.kind is Kind.TEXT:
        return text_column(cells, kinds)
    if item.kind is Kind.CODE:
        return _as_listed(item, code_column(cells, kinds), reference)
    return through(_memo(item, reference), cells)


def _held(cell: object, kind: Kind) -> object:
    """The value that counts where no text is asked for; a number on another scale stays as it is shown where a number
    is.
    """
    if isinstance(cell, Turned):
        return cell.text if isinstance(cell.held, bool) else cell.held
    if isinstance(cell, Shown):
        is_scaled = kind not in (Kind.CHOICE, Kind.DATE) and (cell.is_percentage or cell.is_divided)
        return cell if is_scaled else cell.number
    return cell


def _as_listed(item: Column | InfoField, typed: ColumnTyped, reference: Reference) -> ColumnTyped:
    """Codes of units and clusters in the spelling of the organisation's lists, should that be another one."""
    listed = _spelled_otherwise(reference) if item.refers or item.name == "cluster_code" else {}
    return typed._replace(values=[listed.get(value or "", value) for value in typed.values]) if listed else typed


def _spelled_otherwise(reference: Reference) -> dict[str, str]:
    if reference.digest not in _otherwise:
        _otherwise.clear()
        codes = [unit.unit_code for unit in reference.units] + [one.cluster_code for one in reference.clusters]
        _otherwise[reference.digest] = {key: code for code in codes if (key := code_key(code)) != code}
    return _otherwise[reference.digest]


def offer_of(item: Column | InfoField, reference: Reference) -> Offer | None:
    """The labels of a choice; None for other kinds."""
    if not item.vocabulary:
        return None
    codes = codes_of(item.vocabulary, reference)
    return Offer(partial(nearest_label, codes), tuple(dict.fromkeys(code.label for code in codes)))


def _memo(item: Column | InfoField, reference: Reference) -> Memo:
    low, high = (item.minimum, item.maximum) if isinstance(item, Column) else (None, None)
    digest = reference.digest if item.vocabulary == AWARD else ""
    key = (item.kind, item.vocabulary, low, high, digest)
    memo = _remembered.get(key)
    if memo is None:
        if len(_remembered) >= _MOST_RULES:
            _remembered.clear()
        memo = _remembered[key] = Memo(_rule(item, low, high, reference))
    return memo


def _rule(item: Column | InfoField, low: float | None, high: float | None, reference: Reference) -> Read:
    if item.vocabulary:
        return choice_reader(codes_of(item.vocabulary, reference))
    return read_date if item.kind is Kind.DATE else number_reader(item.kind is Kind.INTEGER, low, high)
