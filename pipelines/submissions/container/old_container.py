"""The container of old Office files (OLE): what stands at its top, and where the bytes of a stream lie."""

from collections.abc import Callable
from io import StringIO

from xlrd.compdoc import CompDoc

_STREAM, _HEADER = 2, 512
Change = Callable[[bytes], bytes | None]


class Container:
    """A container of streams. Its directory must be readable: whatever the bytes lead into is raised."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document = CompDoc(data, logfile=StringIO(), ignore_workbook_corruption=True)
        entries = self._document.dirlist
        self._top = {entries[number].name.lower(): entries[number] for number in entries[0].children}

    @property
    def streams(self) -> set[str]:
        """The streams at the top, in lower case; none of the documents embedded deeper."""
        return {name for name, entry in self._top.items() if entry.etype == _STREAM}

    def stream(self, name: str) -> bytes:
        """A stream at the top; no bytes where there is none."""
        found = self._document.get_named_stream(name)
        return bytes(found) if found else b""

    def with_stream(self, name: str, change: Change) -> bytes | None:
        """The file with a stream of the top changed in its place; None if there is no such stream of usual size, or no
        change.
        """
        entry = self._top.get(name.lower())
        if entry is None or entry.etype != _STREAM or entry.tot_size < self._document.min_size_std_stream:
            return None
        size, places, sector = self._document.sec_size, list[int](), entry.first_SID
        while sector >= 0 and len(places) * size < entry.tot_size:
            places.append(_HEADER + sector * size)
            sector = self._document.SAT[sector]
        changed = change(b"".join(self._data[at : at + size] for at in places)[: entry.tot_size])
        if changed is None:
            return None
        made = bytearray(self._data)
        for number, at in enumerate(places):
            piece = changed[number * size : (number + 1) * size]
            made[at : at + len(piece)] = piece
        return bytes(made)
