"""What was received: bytes under their SHA-256, parsed rows beside them, reference sets by digest.

`submissions/ab/ab12….xlsx` (or .xlsm, .xls, .xlsb, .ods) · `….bin` (no workbook by name) ·
`ab12….<reference>.<sum>.parquet` (a cache, can be remade; what it must hold stands in its name). Bytes are on the
disk before anything opens them. An entry without a receipt is harmless: only the journal decides.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.contract import reference as lists
from pipelines.contract.reference import Reference
from pipelines.platform import TEMPORARY, make_folder, replace, sync_folder, temporary, write_whole
from pipelines.problems import ArchiveDamaged
from pipelines.records.parsed import Parsed, from_table, to_table
from pipelines.settings import Home

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".bin")
PARSED = ".parquet"  # suffix of what was read from bytes: only what was judged has it
_DIGEST_IN_NAME = 16


class Archive:
    """The archive of one data folder."""

    def __init__(self, home: Home) -> None:
        self.folder = home.submissions

    def put(self, data: bytes, file_name: str = "") -> str:
        """Keep bytes; their SHA-256. Bytes already there are left alone (or mended, should they be damaged)."""
        sha = hashlib.sha256(data).hexdigest()
        path = self._find(sha)
        if path is None:
            suffix = Path(file_name).suffix.lower()
            path = self._beside(sha, suffix if suffix in SUFFIXES else ".bin")
        elif _sha_of(path.read_bytes()) == sha:
            return sha
        write_whole(path, data)
        return sha

    def keeps(self, sha: str) -> bool:
        """Whether the bytes are there, whatever state they are in."""
        return self._find(sha) is not None

    def files(self) -> dict[str, list[Path]]:
        """SHA-256 -> the bytes and what was read from them, of everything kept."""
        found: dict[str, list[Path]] = {}
        for path in self.folder.glob("??/*"):
            found.setdefault(path.name.partition(".")[0], []).append(path)
        return found

    def path_of(self, sha: str) -> Path:
        """Where the bytes lie; `ArchiveDamaged` when they are gone."""
        path = self._find(sha)
        if path is None:
            raise ArchiveDamaged(sha256=sha)
        return path

    def bytes_of(self, sha: str) -> bytes:
        """The bytes, proven by their hash; `ArchiveDamaged` when they are gone or changed."""
        data = self.path_of(sha).read_bytes()
        if _sha_of(data) != sha:
            raise ArchiveDamaged(sha256=sha)
        return data

    def put_parsed(self, sha: str, parsed: Parsed) -> None:
        """Keep what the reader made of the bytes under one reference set."""
        if not self.parquet_of(sha, parsed.reference_digest).exists():
            buffer = BytesIO()
            pq.write_table(to_table(parsed), buffer, compression="zstd", write_page_checksum=True)
            data = buffer.getvalue()
            path = self._beside(sha, _cache_suffix(parsed.reference_digest, _sha_of(data)))
            write_whole(path, data, durable=False)  # its name proves it, and the bytes give it again

    def parsed(self, sha: str, reference_digest: str) -> Parsed | None:
        """What the reader made of the bytes under a reference set; None when that is lost or changed: it is only a
        cache.
        """
        data = _proven(self.parquet_of(sha, reference_digest))
        return from_table(pq.read_table(BytesIO(data))) if data else None

    def drop_parsed(self, sha: str, reference_digest: str) -> None:
        """Remove what the reader made of the bytes, so that it can be put anew."""
        self.parquet_of(sha, reference_digest).unlink(missing_ok=True)

    def is_proven(self, sha: str, reference_digest: str) -> bool:
        """Whether the Parquet file is there and unchanged."""
        return bool(_proven(self.parquet_of(sha, reference_digest)))

    def is_whole(self, sha: str) -> bool:
        """Whether the bytes are there and unchanged."""
        try:
            self.bytes_of(sha)
        except (ArchiveDamaged, OSError):
            return False
        return True

    def summary(self, sha: str, reference_digest: str) -> Parsed:
        """`parsed` with an empty `cells`: no more than the end of the file is read. The cache must be there."""
        return from_table(pq.read_schema(self.parquet_of(sha, reference_digest)).empty_table())

    def parquet_of(self, sha: str, reference_digest: str) -> Path:
        """The Parquet file of the cells (CELLS_SCHEMA); it may not be there yet."""
        missing = self._path(sha, _cache_suffix(reference_digest, ""))
        first, last = missing.name.removesuffix(".parquet"), ".parquet"
        if not missing.parent.exists():
            return missing
        with os.scandir(missing.parent) as there:  # a glob would take ten times as long
            found = [one.name for one in there if one.name.startswith(first) and one.name.endswith(last)]
        return missing.with_name(min(found, default=missing.name))

    def put_reference(self, folder: Path) -> str:
        """Keep a reference set; its digest.

        The set is read back from the copy, so a file saved meanwhile cannot mix in.
        """
        known = lists.digest(folder)
        if self.reference_folder(known).exists():
            return known
        self.checked(folder)  # tells what could not even be copied
        part = temporary(self.reference_folder(known))
        make_folder(part)
        for path in lists.files(folder):
            write_whole(part / path.name, path.read_bytes())
        digest = lists.load(part).digest
        target = self.reference_folder(digest)
        if target.exists():
            shutil.rmtree(part)
        else:
            replace(part, target)
        return digest

    def checked(self, folder: Path) -> Reference:
        """The lists of a folder in use; `ReferenceInvalid` also when one is gone that a set kept here has."""
        return lists.load(folder, self.folder / "reference")

    def reference_folder(self, digest: str) -> Path:
        """Folder with the lists of a digest."""
        return self.folder / "reference" / digest

    def reference(self, digest: str) -> Reference:
        """The lists as they were when their digest was journalled; `ReferenceInvalid` when they are gone."""
        return _load_once(self.reference_folder(digest))

    def leftovers(self) -> list[Path]:
        """Files and folders that are being written, or that a crash left half written; nobody reads them."""
        return sorted(self.folder.rglob(f"*{TEMPORARY}"))

    def __iter__(self) -> Iterator[str]:
        """The SHA-256 of everything kept."""
        for path in sorted(self.folder.glob("??/*")):
            if path.suffix in SUFFIXES:
                yield path.stem

    def _find(self, sha: str) -> Path | None:
        return next((path for suffix in SUFFIXES if (path := self._path(sha, suffix)).exists()), None)

    def _path(self, sha: str, suffix: str) -> Path:
        return self.folder / sha[:2] / f"{sha}{suffix}"

    def _beside(self, sha: str, suffix: str) -> Path:
        """A path in the folder of the hash, which is made."""
        path = self._path(sha, suffix)
        if not path.parent.exists():
            make_folder(path.parent)
            sync_folder(self.folder)
        return path


def _sha_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=8)
def _load_once(folder: Path) -> Reference:
    return lists.recorded(folder)


def _cache_suffix(reference_digest: str, held: str) -> str:
    """`held`: SHA-256 of what the file holds."""
    return f".{reference_digest[:_DIGEST_IN_NAME]}.{held[:_DIGEST_IN_NAME]}{PARSED}"


def _proven(path: Path) -> bytes:
    """What the file holds if that is what its name says; nothing otherwise: it is only a cache."""
    try:
        data = path.read_bytes()
    except OSError:
        return b""
    return data if path.name.split(".")[-2] == _sha_of(data)[:_DIGEST_IN_NAME] else b""
