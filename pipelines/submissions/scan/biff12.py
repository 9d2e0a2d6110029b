"""The parts of an .xlsb: records of a number, a length and some bytes (MS-XLSB 2.1.4)."""

import struct
from collections.abc import Iterator

from pipelines.submissions.container.refusal import Refused

_LONG = struct.Struct("<I")


def records(data: bytes, part: str) -> Iterator[tuple[int, bytes]]:
    """(record number, its bytes) in order. Refused: a record that reaches beyond the part."""
    at, end = 0, len(data)
    while at < end:
        kind, at = _packed(data, at, 2, part)
        size, at = _packed(data, at, 4, part)
        if at + size > end:
            raise Refused("file.zip_damaged", part)
        yield kind, data[at : at + size]
        at += size


def _packed(data: bytes, at: int, most: int, part: str) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = 0
    for place in range(most):
        if at >= len(data):
            raise Refused("file.zip_damaged", part)
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at


def record(kind: int, body: bytes) -> bytes:
    """A record as it stands in a part."""
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while length > 0x7F:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return number + size + bytes([length]) + body


def long(body: bytes, at: int) -> int:
    """The four-byte number at a place; 0 where the record is too short."""
    return int(_LONG.unpack_from(body, at)[0]) if len(body) >= at + 4 else 0


def text(body: bytes, at: int) -> str:
    """The text at a place: its length, then UTF-16."""
    return body[at + 4 : at + 4 + 2 * long(body, at)].decode("utf-16-le", errors="replace")
