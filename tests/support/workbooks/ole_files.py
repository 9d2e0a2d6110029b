"""Old Office files (OLE) made in memory: named streams in folders, each in sectors of its own."""

import struct
from collections.abc import Mapping
from typing import cast

_SECTOR, _LEAST = 512, 4_096
_FREE, _END = -1, -2
Tree = Mapping[str, "bytes | Tree"]


def ole(tree: Tree) -> bytes:
    """A container of streams (bytes) and folders (mappings)."""
    entries: list[bytes] = [b""]
    table, sectors = list[int](), list[bytes]()

    def store(data: bytes) -> int:
        data = data.ljust(_LEAST, b"\0")
        count, first = -(-len(data) // _SECTOR), len(table)
        table.extend([*range(first + 1, first + count), _END])
        sectors.append(data.ljust(_SECTOR * count, b"\0"))
        return first

    def add(some: Tree) -> int:
        """The entries of a folder, each the right neighbour of the one before; the number of the first."""
        right = _FREE
        for name, content in reversed(some.items()):  # type: ignore[call-overload]
            if isinstance(content, bytes):
                made = _entry(name, 2, store(content), max(len(content), _LEAST), right)
            else:
                made = _entry(name, 1, _END, 0, right, add(cast(Tree, content)))
            entries.append(made)
            right = len(entries) - 1
        return right

    entries[0] = _entry("Root Entry", 5, _END, 0, _FREE, add(tree))
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    at, count = len(table), len(directory) // _SECTOR
    table += [*range(at + 1, at + count), _END]
    allocation = -(-(len(table) + 8) // 128)
    places = [*range(len(table), len(table) + allocation)]
    table += [-3] * allocation
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<iiiiiiiii", 0, allocation, at, 0, _LEAST, _END, 0, _END, 0)
    header += struct.pack("<109i", *places, *[_FREE] * (109 - allocation))
    table += [_FREE] * (128 * allocation - len(table))
    return header + b"".join(sectors) + directory + struct.pack(f"<{128 * allocation}i", *table)


def _entry(name: str, kind: int, first: int, size: int, right: int, child: int = _FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    neighbours = struct.pack("<HBBiii", len(raw), kind, 1, _FREE, right, child)
    return raw.ljust(64, b"\0") + neighbours + bytes(36) + struct.pack("<iII", first, size, 0)
