"""A version proven: the SHA-256 of its files, recorded beside them once they are finished, as `sha256sum
-c` reads it.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipelines.platform import read_only, sha256_of, sync_file, write_whole
from pipelines.warehouse.connection import FACTS, PEOPLE, Version

SUMS = "SHA256SUMS"


def write(version: Version) -> None:
    """Put the closed files on the disk, record what they hold and let nobody write to them any more."""
    with ThreadPoolExecutor(2) as beside:
        durable = beside.map(sync_file, _files(version))  # waits for the disk while the sums are reckoned
        told = _sums(version)
        list(durable)
    lines = "".join(f"{digest}  {name}\n" for name, digest in told.items())
    write_whole(version.folder / SUMS, lines.encode())
    for path in (*_files(version), version.folder / SUMS):
        read_only(path)


def is_written(version: Version) -> bool:
    """Whether a sum was recorded; an earlier form of the product did not."""
    return (version.folder / SUMS).is_file()


def changed(version: Version) -> list[str]:
    """Names of the files that are not, or cannot be shown to be, what was published; none when the
    version is proven.
    """
    try:
        lines = (version.folder / SUMS).read_bytes().decode(errors="replace").splitlines()
        recorded = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        found = _sums(version)
    except OSError:
        return [path.name for path in _files(version)]
    return [name for name, digest in found.items() if recorded.get(name) != digest]


def _files(version: Version) -> tuple[Path, Path]:
    return version.folder / FACTS, version.folder / PEOPLE


def _sums(version: Version) -> dict[str, str]:
    """Both files at once: hashing leaves the other core to the second."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip((FACTS, PEOPLE), pool.map(sha256_of, _files(version)), strict=True))
