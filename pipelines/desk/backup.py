"""One file that holds everything an office cannot make again, and a data folder made from such a file.

A backup is a plain tar file: archive (bytes, what was read from them, lists by digest), journal, person.key, lists
and the versions that are pinned; `manifest.json` at its end has the SHA-256 of each. What can be built again is not
in it.
"""

import hashlib
import json
import sqlite3
import tarfile
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines import __version__
from pipelines.locks import OnWait, held
from pipelines.platform import OWNER, TEMPORARY, make_folder, replace, sha256_of, sync_file, sync_folder, write_whole
from pipelines.problems import Problem
from pipelines.records.archive import Archive
from pipelines.records.journal import Journal
from pipelines.records.ledger import ACCEPTED, Ledger
from pipelines.settings import Home
from pipelines.warehouse.building.publish import BUILD_LOCK
from pipelines.warehouse.building.trust import trusted
from pipelines.warehouse.connection import version as version_of

MANIFEST = "manifest.json"
_JOURNAL, _HEAD, _KEY = "journal.sqlite", "journal.head", "person.key"
Progress = Callable[[int, int], None] | None  # files written, files in all


class BackupDamaged(Problem):
    """A backup does not hold what it says. Facts: path, name (of what is missing or changed)."""

    code = "backup_damaged"


class BackupImpossible(Problem):
    """A backup cannot lie in the data folder it is of. Facts: path."""

    code = "backup_impossible"


class FolderInUse(Problem):
    """A data folder is made from a backup only where nothing lies yet. Facts: path."""

    code = "folder_in_use"


@dataclass(frozen=True)
class Kept:
    """What a backup holds: the file (or the folder made from it), entries of its journal, receipts, files, bytes."""

    path: Path
    events: int
    receipts: int
    files: int
    size: int


def backup(home: Home, out: Path, progress: Progress = None, on_wait: OnWait = None) -> Kept:
    """Write the backup of a data folder and prove it; a running server may go on meanwhile.

    One that was stopped half way is gone on with: what lies in `out`.part already is not written again. An `out`
    that exists is replaced once the new one is proven. Problems of `trusted`; `ArchiveDamaged`; `BackupImpossible`:
    `out` lies in the data folder.
    """
    if out.resolve().is_relative_to(home.root):
        raise BackupImpossible(path=out)
    trusted(home)
    part = out.with_name(out.name + TEMPORARY)
    with (
        held(home.root / BUILD_LOCK, "lock.build", on_wait=on_wait),
        TemporaryDirectory() as folder,
    ):  # nothing is pruned
        journal = _journal_copy(home, Path(folder))
        sums = _sound_part(part)
        part.touch(OWNER)
        with tarfile.open(part, "a" if sums else "w", format=tarfile.PAX_FORMAT) as tar:
            part.chmod(OWNER)
            files = list(_files(home, journal))
            for done, (name, path) in enumerate(files, start=1):
                if name not in sums and (data := _read(path)) is not None:
                    sums[name] = _add(tar, name, data)
                if progress:
                    progress(done, len(files))
            told = {"made_at": datetime.now(UTC).isoformat(), "product_version": __version__, "files": sums}
            _add(tar, MANIFEST, json.dumps(told, indent=1).encode())
    sync_file(part)
    kept = prove(part)
    replace(part, out)
    return Kept(out, kept.events, kept.receipts, kept.files, kept.size)


def prove(path: Path) -> Kept:
    """Read a backup whole: every file has its hash, the chain of the journal holds, what was accepted has its bytes.

    `BackupDamaged`.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, data in _contents(path):
            if name in (_JOURNAL, _HEAD):
                (root / name).write_bytes(data)
        return _proven_journal(path, root, _manifest(path))


def restore(path: Path, root: Path, progress: Progress = None) -> Kept:
    """Make a data folder from a backup: written aside, proven, then given its name; one that was stopped is gone on
    with.

    `BackupDamaged`; `FolderInUse`: the folder is there and holds something.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise FolderInUse(path=root)
    aside = root.with_name(f"{root.name}.{sha256_of(path)[:12]}{TEMPORARY}")
    aside.mkdir(parents=True, exist_ok=True)
    aside.chmod(0o700)
    sums = _manifest(path)
    for done, (name, data) in enumerate(_contents(path), start=1):
        target = _within(aside, name)
        if not target.exists() or _sha(target.read_bytes()) != sums[name]:
            make_folder(target.parent)
            write_whole(target, data)
        if progress:
            progress(done, len(sums))
    kept = _proven_journal(path, aside, sums)
    Home(aside).ready()
    if root.exists():
        root.rmdir()
    aside.rename(root)
    sync_folder(root.parent)
    return Kept(root, kept.events, kept.receipts, kept.files, kept.size)


def _files(home: Home, journal: Path) -> Iterator[tuple[str, Path]]:
    """(name in the backup, where it lies); the journal last but its head, so that all its receipts name is there."""
    ledger = Ledger().follow(Journal(journal).events())
    archive = Archive(home)
    for sha, paths in sorted(archive.files().items()):
        for path in sorted(paths):
            if path.suffix != TEMPORARY and sha not in ledger.deleted:
                yield path.relative_to(home.root).as_posix(), path
    folders = [home.submissions / "reference", home.reference]
    folders += [version_of(home, name).folder for name in sorted(ledger.kept_versions)]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != TEMPORARY:
                yield path.relative_to(home.root).as_posix(), path
    if home.person_key_file.exists():
        yield _KEY, home.person_key_file
    yield _JOURNAL, journal
    yield _HEAD, journal.with_suffix(".head")


def _never_changes(name: str) -> bool:
    """Archived bytes lie under their hash, versions are never edited; lists, key and journal are taken
    anew each time.
    """
    return name.startswith(("submissions/", "warehouse/"))


def _journal_copy(home: Home, folder: Path) -> Path:
    """The journal as it is at one moment, with its head, whoever writes meanwhile."""
    copy = folder / _JOURNAL
    if home.journal.exists():
        with closing(sqlite3.connect(home.journal)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    journal = Journal(copy)
    journal.begin()
    journal.prove()
    return copy


def _sound_part(part: Path) -> dict[str, str]:
    """Name -> SHA-256 of what a backup that was stopped holds whole; the file is cut behind the last of it."""
    sums: dict[str, str] = {}
    if not part.exists():
        return sums
    end = 0
    with part.open("rb") as file:
        try:
            with tarfile.open(fileobj=file, mode="r:") as tar:
                for member in tar:
                    taken = tar.extractfile(member)
                    data = taken.read() if taken else b""
                    if len(data) < member.size:
                        break
                    sums[member.name] = _sha(data)
                    end = member.offset_data + -(-member.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
        except tarfile.TarError:
            pass  # what comes after is cut
    if not sums:
        return {}
    with part.open("rb+") as file:
        file.truncate(end)
        file.seek(end)
        file.write(b"\0" * 2 * tarfile.BLOCKSIZE)
    return {name: sha for name, sha in sums.items() if _never_changes(name)}


def _read(path: Path) -> bytes | None:
    """None where bytes never accepted have outlived their time this moment, and were deleted."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> str:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    tar.addfile(entry, BytesIO(data))
    return _sha(data)


def _manifest(path: Path) -> dict[str, str]:
    """Name -> SHA-256 of all that a backup holds. `BackupDamaged`."""
    try:
        with tarfile.open(path, "r:") as tar:
            entry = tar.extractfile(tar.getmember(MANIFEST))  # the last of that name
            sums = dict(json.loads(entry.read() if entry else b"")["files"])
    except (tarfile.TarError, KeyError, ValueError, TypeError) as error:
        raise BackupDamaged(path=path, name=MANIFEST) from error
    if not {_JOURNAL, _HEAD} <= sums.keys():
        raise BackupDamaged(path=path, name=_JOURNAL)
    return sums


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file the manifest names, proven; the newest where a name stands more than once.

    `BackupDamaged`.
    """
    sums = _manifest(path)
    with tarfile.open(path, "r:") as tar:
        newest = {member.name: member for member in tar}
        for name in sums:
            entry = tar.extractfile(newest[name]) if name in newest and newest[name].isreg() else None
            data = entry.read() if entry else b""
            if entry is None or _sha(data) != sums[name]:
                raise BackupDamaged(path=path, name=name)
            yield name, data


def _proven_journal(path: Path, root: Path, names: Collection[str]) -> Kept:
    """The journal in a folder, its chain followed and the bytes of what was accepted looked for among the names of a
    backup.
    """
    journal = Journal(root / _JOURNAL)
    seq, _ = journal.prove()
    ledger = Ledger().follow(journal.events())
    there = {Path(name).name.partition(".")[0] for name in names if name.startswith("submissions/")}
    for number, body in ledger.receipts.items():
        if body.sha256 not in there and body.status in ACCEPTED:
            raise BackupDamaged(path=path, name=f"{number} · {body.file_name}")
    return Kept(path, seq, len(ledger.receipts), len(names), path.stat().st_size)


def _within(root: Path, name: str) -> Path:
    """Where a name of a backup belongs; a backup made by somebody else may name what lies outside."""
    target = (root / name).resolve()
    if not target.is_relative_to(root.resolve()):
        raise BackupDamaged(path=root, name=name)
    return target


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
