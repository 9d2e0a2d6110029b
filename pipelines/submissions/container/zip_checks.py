"""The zip directory, read with limits, and its parts, inflated with limits. No declared size is believed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from pipelines.submissions.container.refusal import (
    MAX_INFLATED,
    MAX_PART,
    MAX_PARTS,
    MAX_RATIO,
    MB,
    RATIO_FROM,
    Refused,
)

_LOCAL = struct.Struct("<4s22xHH")  # signature, length of name, length of extra field
_END = b"PK\x05\x06"
_END_LENGTH, _COMMENT_MOST = 22, 65_535
_NOTHING = b"\0\t\n\r \x1a"
_ENCRYPTED = 0x1
_STEP = MB
_SMALL = 16_384


class PackedPart(NamedTuple):
    """A part as it lies in the file: equal ones inflate to the same, or fail alike."""

    packed: bytes
    size: int
    checksum: int
    compression: int


class Archive:
    """The parts of a checked zip file by their names. Reading a part to its end also proves its length and checksum."""

    def __init__(self, data: bytes) -> None:
        self.data = _up_to_its_end(data)
        self.unproven: dict[str, zipfile.ZipInfo] = {}
        self._parts = _directory(self.data)
        self._by_fold = {name.lower(): name for name in self._parts}
        self.unproven.update(self._parts)

    def names(self) -> list[str]:
        return list(self._parts)

    def folded(self) -> set[str]:
        """The names in lower case."""
        return set(self._by_fold)

    def find(self, name: str) -> str | None:
        """The part of that name, whatever its case: part names are compared so in a package."""
        return self._by_fold.get(name.lower())

    def size(self, name: str) -> int:
        """Declared size; reading stops there."""
        return self._parts[name].file_size

    def small_part(self, name: str) -> PackedPart | None:
        """A small part as it is packed; None for a large one."""
        info = self._parts[name]
        if info.compress_size > _SMALL:
            return None
        return PackedPart(bytes(self._packed(info)), info.file_size, info.CRC, info.compress_type)

    def read(self, name: str, most: int = MAX_PART) -> bytes:
        """A whole part of at most so many bytes; a larger one is a bomb where a small part belongs."""
        if self.size(name) > most:
            raise Refused("file.zip_bomb", name)
        chunks = list(self.chunks(name))
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part in pieces of about a megabyte."""
        info = self._parts[name]
        packed = self._packed(info)
        if info.compress_size == info.file_size == info.CRC == 0:  # nothing, called packed: some programs write it so
            self.unproven.pop(name, None)
            yield b""
            return
        if info.compress_type == zipfile.ZIP_DEFLATED and info.file_size < _STEP:
            whole = _inflated_at_once(packed, info)
            self.unproven.pop(name, None)
            yield whole
            return
        pieces = _inflated(packed, name) if info.compress_type == zipfile.ZIP_DEFLATED else _stored(packed)
        length = checksum = 0
        for piece in pieces:
            length += len(piece)
            if length > info.file_size:
                raise Refused("file.zip_bomb", name)
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if length != info.file_size or checksum != info.CRC:
            raise Refused("file.zip_damaged", name)
        self.unproven.pop(name, None)

    def _packed(self, info: zipfile.ZipInfo) -> memoryview:
        start = _content_start(self.data, info)
        packed = memoryview(self.data)[start : start + info.compress_size]
        if len(packed) < info.compress_size:
            raise Refused("file.zip_damaged", info.filename)
        return packed


def _inflated_at_once(packed: memoryview, info: zipfile.ZipInfo) -> bytes:
    """A small part. One byte more than declared is asked for, so that a false size shows."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        whole = inflater.decompress(packed, info.file_size + 1)
    except zlib.error as error:
        raise Refused("file.zip_damaged", info.filename) from error
    if len(whole) > info.file_size:
        raise Refused("file.zip_bomb", info.filename)
    if not inflater.eof or len(whole) != info.file_size or zlib.crc32(whole) != info.CRC:
        raise Refused("file.zip_damaged", info.filename)
    return whole


def _stored(packed: memoryview) -> Iterator[bytes]:
    for at in range(0, len(packed), _STEP):
        yield bytes(packed[at : at + _STEP])


def _inflated(packed: memoryview, name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while not inflater.eof:
            piece = inflater.decompress(rest, _STEP)
            rest = inflater.unconsumed_tail
            if piece:
                yield piece
            elif not rest:
                break
    except zlib.error as error:
        raise Refused("file.zip_damaged", name) from error
    if not inflater.eof:
        raise Refused("file.zip_damaged", name)


def _content_start(data: bytes, info: zipfile.ZipInfo) -> int:
    head = data[info.header_offset : info.header_offset + _LOCAL.size]
    if len(head) < _LOCAL.size:
        raise Refused("file.zip_damaged", info.filename)
    signature, name_length, extra_length = _LOCAL.unpack(head)
    start = info.header_offset + _LOCAL.size
    same = data[start : start + name_length] == _raw_name(info)
    if signature != b"PK\x03\x04" or not same:  # readers differ on which of two names counts
        raise Refused("file.zip_damaged", info.filename)
    result: int = start + name_length + extra_length
    return result


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    name = info.orig_filename
    return name.encode("utf-8" if info.flag_bits & 0x800 or name.isascii() else "cp437")


def _directory(data: bytes) -> dict[str, zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            entries = file.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, IndexError) as error:
        raise Refused("file.zip_damaged") from error
    if len(entries) > MAX_PARTS:
        raise Refused("file.too_many_parts", str(len(entries)), limit=MAX_PARTS)
    parts: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for info in entries:
        _refuse_entry(info)
        if info.orig_filename.lower() in folded:
            raise Refused("file.zip_duplicate_part", info.orig_filename)
        folded.add(info.orig_filename.lower())
        if not info.is_dir():
            parts[info.filename] = info
    _refuse_sizes(entries)
    return parts


def _up_to_its_end(data: bytes) -> bytes:
    """The file up to the end of its directory. With bytes behind it, two readers can see two different files.

    Blank bytes, or too few for another directory, change nothing and are cut off: mail and old programs add them.
    """
    blank = len(data) - len(data.rstrip(_NOTHING))
    end = data.rfind(_END, max(0, len(data) - blank - _END_LENGTH - _COMMENT_MOST))
    if end < 0 or len(data) < end + _END_LENGTH:
        raise Refused("file.zip_damaged")
    end += _END_LENGTH + int.from_bytes(data[end + 20 : end + 22], "little")
    behind = data[end:].strip(_NOTHING)
    if len(data) < end or len(behind) >= _END_LENGTH:
        raise Refused("file.zip_damaged")
    return data if len(data) == end else data[:end]


def _refuse_entry(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    steps = name.split("/")
    if "\\" in name or "\0" in name or ":" in name or name.startswith("/") or ".." in steps or not name:
        raise Refused("file.zip_path", name.replace("\0", ""))
    if info.flag_bits & _ENCRYPTED:
        raise Refused("file.encrypted", name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("file.read_failed", name)
    over_ratio = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1)
    if info.file_size > MAX_PART or over_ratio:
        raise Refused("file.zip_bomb", name)


def _refuse_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if sum(info.file_size for info in entries) > MAX_INFLATED:
        raise Refused("file.zip_bomb")
    end = 0
    for info in sorted(entries, key=lambda entry: entry.header_offset):
        if info.header_offset < end:  # parts that share packed bytes
            raise Refused("file.zip_bomb", info.filename)
        end = info.header_offset + _LOCAL.size + len(_raw_name(info)) + info.compress_size
    if entries and min(info.header_offset for info in entries) != 0:
        raise Refused("file.zip_damaged")
