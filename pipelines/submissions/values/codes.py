"""Codes and free text.

A text is kept as it is but for invisible characters and outer spaces; of a code there is one spelling.
"""

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import cast

from pipelines.records.parsed import as_written
from pipelines.submissions.values import legacy_text
from pipelines.submissions.values.cleaning import clean, code_key, is_clean
from pipelines.submissions.values.typed import EMPTY, ColumnTyped, Memo, Problem, Shown, Turned, Typed, through, wrong

LONGEST_TEXT, LONGEST_CODE = 5_000, 40
_NOT_A_CODE = re.compile(r"[^\w./\-() \x1f]|(?:^|\x1f)[./\-() ]")
_CODE = re.compile(r"\w[\w./\-() ]*")
_CITIZEN = re.compile(r"0\d{11}")  # a citizen number (căn cước): never a staff code
_CLEANED = Problem("text.cleaned")
_AS_NUMBER = Problem("code.as_number")
_SPELLING = Problem("code.spelling")


def is_turned(cell: object) -> bool:
    """No longer what was typed: a date, a time, a power of ten, a fraction, a truth value."""
    return isinstance(cell, (Turned, date, time, timedelta))


def _as_shown(cell: object) -> str:
    """A full date as people write it; Excel's own way depends on the machine."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else as_written(cell)


def read_text(cell: object) -> Typed:
    """A cell of a text column: cleaned text, in Unicode."""
    if isinstance(cell, Shown):
        return Typed(as_written(cell.number), cell.text)
    if is_turned(cell):
        return Typed(as_written(cell), _as_shown(cell), (Problem("text.turned"),))
    raw = as_written(cell)
    old = legacy_text.of_cell(cell)
    text, changed = clean(old.text if old else raw)
    if not text:
        return EMPTY
    if len(text) > LONGEST_TEXT:
        return wrong(cell, "text.too_long", limit=str(LONGEST_TEXT))
    if old:
        return Typed(raw, text, (legacy_text.problem_of(old),))
    return Typed(raw, text, (_CLEANED,) if changed else ())


def read_code(cell: object) -> Typed:
    """A cell of a code column: what stands before a bar, in the one spelling codes are compared and kept in."""
    if isinstance(cell, Shown):
        return Typed(as_written(cell.number), code_key(cell.text))
    if is_turned(cell):
        return wrong(cell, "code.turned")
    raw = as_written(cell)
    text, changed = clean(raw)
    if not text:
        return EMPTY
    written = text.partition("|")[0].strip()
    code = code_key(written)
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code) or _CITIZEN.fullmatch(code):
        return wrong(cell, "code.invalid", limit=str(LONGEST_CODE))
    if isinstance(cell, str):
        return Typed(raw, code, (_SPELLING,) if code != written else (_CLEANED,) if changed else ())
    return Typed(raw, code, (_AS_NUMBER,))


_CODES = Memo(read_code)  # "CB001 | Nguyễn Văn An" stands in many rows and sheets


def text_column(column: Sequence[object], kinds: set[type]) -> ColumnTyped:
    """A text column; one look at the whole column when all of it is ordinary text."""
    if kinds <= {str}:
        texts = cast(Sequence[str], column)
        if (
            max(map(len, texts), default=0) <= LONGEST_TEXT
            and is_clean(texts)
            and not legacy_text.may_be_legacy("".join(texts))
        ):
            return ColumnTyped(texts, texts)
    return through(Memo(read_text), column)


def code_column(column: Sequence[object], kinds: set[type]) -> ColumnTyped:
    """A code column; one look at the whole column when all of it is ordinary codes."""
    if kinds <= {str}:
        texts = cast(Sequence[str], column)
        joined = "\x1f".join(texts)
        ordinary = max(map(len, texts), default=0) < 12 and is_clean(texts) and not _NOT_A_CODE.search(joined)
        if ordinary and code_key(joined) == joined:
            return ColumnTyped(texts, texts)
    return through(_CODES, column)
