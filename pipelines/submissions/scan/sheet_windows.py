"""A sheet cut into head, runs of whole rows, and tail, so that a sheet of any size passes through little memory."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from pipelines.submissions.container.refusal import MB, Refused
from pipelines.submissions.container.xml_checks import encoding_of
from pipelines.submissions.scan.tally import NotPlain

_OPEN, _CLOSE, _ROW_END = b"<sheetData", b"</sheetData>", b"</row>"
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<worksheet[\s>]")
_LONGEST_ROW = 32 * MB


class Piece(Enum):
    """Where a piece of a sheet belongs."""

    HEAD = "head"
    ROWS = "rows"
    TAIL = "tail"


def cut(chunks: Iterable[bytes], part: str) -> Iterator[tuple[Piece, bytes]]:
    """The pieces in order; joined they are the part. NotPlain where it is not laid out as every Excel writes it."""
    rest, where = b"", Piece.HEAD
    for chunk in chunks:
        rest += chunk
        if where is Piece.HEAD and (end := _end_of_head(rest)):
            yield Piece.HEAD, rest[:end]
            where = Piece.TAIL if rest[end - 2 : end] == b"/>" else Piece.ROWS
            rest = rest[end:]
        if where is Piece.ROWS:
            end = rest.find(_CLOSE)
            where = Piece.TAIL if end >= 0 else where
            stop = end if end >= 0 else rest.rfind(_ROW_END) + len(_ROW_END)
            if stop >= len(_ROW_END):
                yield Piece.ROWS, rest[:stop]
                rest = rest[stop:]
        if where is not Piece.TAIL and len(rest) > _LONGEST_ROW:
            raise Refused("file.zip_bomb", part)
    if where is not Piece.TAIL or not rest.rstrip().endswith(b"</worksheet>"):
        raise NotPlain
    yield Piece.TAIL, rest


def _end_of_head(text: bytes) -> int:
    """Where the rows begin; 0 when that is still to come."""
    start = text.find(_OPEN)
    end = text.find(b">", start) + 1
    if start < 0 or not end:
        return 0
    head = text[:end]
    plain_open = head.endswith((b"<sheetData>", b"<sheetData/>"))
    if not plain_open or encoding_of(head) != "utf-8" or not _ROOT.match(head) or b":sheetData" in head:
        raise NotPlain
    return end
