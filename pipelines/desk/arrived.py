"""A file on its way in: its bytes are archived, and read from there whenever they are needed."""

from contextlib import suppress

from pipelines.problems import ArchiveDamaged
from pipelines.records.archive import Archive
from pipelines.records.inbox import MAX_FILE, Incoming, read_at_most


class Arrived:
    """A file archived before anything opens it: the one in the inbox may change meanwhile, and a few hundred would fill
    the memory.

    A file too large to be archived is read where it lies.
    """

    def __init__(self, incoming: Incoming, archive: Archive) -> None:
        self.incoming, self._archive = incoming, archive
        self.has_changed = False  # the bytes are no longer those that were read first
        self._sha: str | None = None  # "": too large; None: not taken in yet

    def data(self) -> bytes:
        """The bytes, archived when first asked for: by the thread that has them read, beside others.

        Returned long ago and sent again, they may just have been deleted: then they are taken in once more.
        """
        before = self._sha
        with suppress(ArchiveDamaged, FileNotFoundError):
            if before is not None:
                return read_at_most(self._archive.path_of(before) if before else self.incoming.path)
        data = read_at_most(self.incoming.path)
        self._sha = self._put(data)
        self.has_changed |= before not in (None, self._sha)
        return data

    def _put(self, data: bytes) -> str:
        return self._archive.put(data, self.incoming.path.name) if len(data) <= MAX_FILE else ""
