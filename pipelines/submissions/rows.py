"""What was read from archived bytes: taken from the archive, and read again from the bytes where that was lost or
changed.
"""

from pathlib import Path

from pipelines.records.archive import Archive
from pipelines.records.parsed import Parsed
from pipelines.submissions.reader import parse


def parsed_of(archive: Archive, sha: str, reference_digest: str) -> Parsed:
    """What the reader makes of the bytes under a reference set. `ArchiveDamaged`: the bytes are gone or changed too."""
    if (stored := archive.parsed(sha, reference_digest)) is not None:
        return stored
    again = parse(archive.bytes_of(sha), archive.path_of(sha).name, archive.reference(reference_digest))
    archive.drop_parsed(sha, reference_digest)
    archive.put_parsed(sha, again)
    return again


def proven_parquet(archive: Archive, sha: str, reference_digest: str) -> Path:
    """The Parquet file of the cells, proven to hold what was written. Errors of `parsed_of`."""
    if not archive.is_proven(sha, reference_digest):
        parsed_of(archive, sha, reference_digest)
    return archive.parquet_of(sha, reference_digest)
