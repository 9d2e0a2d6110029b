"""Opening a version of the warehouse: by its own name, read-only, names of people only for who may see them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb

from pipelines.platform import write_whole
from pipelines.problems import Machine, NoCurrentBuild, Problem, Unknown, VersionUnusable, of_machine
from pipelines.settings import Home
from pipelines.warehouse.viewer import Viewer

if TYPE_CHECKING:
    import pandas as pd  # a frame brings it along; who asks for none need not wait for it

POINTER = "CURRENT"  # file in the warehouse folder: name of the version that counts
FACTS = "facts.duckdb"
PEOPLE = "people.duckdb"
_BLOCK = 16_384  # bytes, the least: each column of each table takes at least one, and most tables are small
SPILL = "spill"  # folder in the folder of a version that is not whole yet; what does not fit into memory lies there
# Nothing is ever fetched: an offline machine would wait seconds for each try.
OFFLINE: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
_OPEN_VERSIONS = 6  # kept open in a process; older ones are closed when their last cursor goes
_SHOWN = 60  # letters of a name nobody gave
# A file that is damaged, was taken away, or is of another form of the product.
_UNUSABLE = (
    duckdb.IOException, duckdb.SerializationException, duckdb.FatalException, duckdb.InternalException,
    duckdb.CatalogException, duckdb.BinderException,
)  # fmt: skip
_opening = Lock()


@dataclass(frozen=True)
class Version:
    """One immutable build: two files in a folder of its own."""

    name: str
    folder: Path

    @property
    def facts(self) -> Path:
        """The pseudonymous file any client may open."""
        return self.folder / FACTS

    @property
    def people(self) -> Path:
        """The file with names; a client needs the right to see people."""
        return self.folder / PEOPLE


def named(home: Home) -> str:
    """What CURRENT says, whatever that is; "" when it says nothing or cannot be read."""
    pointer = home.warehouse / POINTER
    try:  # an editor may have put a mark before it; a pipe would never end
        return pointer.read_bytes().decode("utf-8-sig", errors="replace").strip()[:_SHOWN] if pointer.is_file() else ""
    except OSError:
        return ""


def current(home: Home) -> Version:
    """The version that counts now.

    `NoCurrentBuild` before the first build; `VersionUnusable` when CURRENT names none that is there.
    """
    name = named(home)
    if not name and not os.path.lexists(home.warehouse / POINTER):
        raise NoCurrentBuild()
    try:
        return version(home, name)
    except Unknown as error:
        raise VersionUnusable(version=name[:_SHOWN], reason="") from error


def make_current(home: Home, version: Version) -> None:
    """Let CURRENT name a version; what else may lie there under that name is put aside, not deleted."""
    pointer = home.warehouse / POINTER
    if pointer.is_dir() and not pointer.is_symlink():
        pointer.rename(pointer.with_name(f"{POINTER}.{uuid4().hex[:8]}"))
    write_whole(pointer, version.name.encode())


def version(home: Home, name: str) -> Version:
    """A version by its name (a pinned one, say); `Unknown` when it is not there."""
    for folder in home.warehouse.iterdir():
        if folder.name == name and (folder / FACTS).exists():
            return Version(name, folder)
    raise Unknown(what="version", name=name)


def attach(db: duckdb.DuckDBPyConnection, version: Version, read_only: bool = False) -> None:
    """Attach both files as `facts` and `people` to a database that is nobody else's."""
    how = "READ_ONLY" if read_only else f"BLOCK_SIZE {_BLOCK}"
    for name, path in (("facts", version.facts), ("people", version.people)):
        db.execute(f"ATTACH '{_quoted(path)}' AS {name} ({how})")


@contextmanager
def cursor(version: Version, viewer: Viewer) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor on the facts; the people file is attached as `people` only if the viewer may see people."""
    try:
        with _opening:
            base = _connection(version.folder, viewer.may_see_people)
        with base.cursor() as one:
            one.execute("USE facts")
            yield one
    except _UNUSABLE as error:
        raise _why(error, version) from error


def _why(error: duckdb.Error, version: Version) -> Problem:
    """What the machine is in the way of (another program holds the file), or that the version cannot be used."""
    known = of_machine(error)
    return VersionUnusable(version=version.name, reason=known.facts["what"]) if type(known) is Machine else known


def frame(version: Version, viewer: Viewer, sql: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
    """The answer to one question as a frame. `params` are the `$named` places of the SQL."""
    with cursor(version, viewer) as one:
        return one.execute(sql, dict(params or {})).df()


@lru_cache(maxsize=_OPEN_VERSIONS)
def _connection(folder: Path, with_people: bool) -> duckdb.DuckDBPyConnection:
    """An empty database in memory that the files are attached to: two viewers of one process never share
    an instance.
    """
    base = duckdb.connect(":memory:", config=OFFLINE)
    base.execute(f"ATTACH '{_quoted(folder / FACTS)}' AS facts (READ_ONLY)")
    if with_people:
        base.execute(f"ATTACH '{_quoted(folder / PEOPLE)}' AS people (READ_ONLY)")
    base.execute("SET enable_external_access = false")  # from here on no statement reaches another file
    return base


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def beside_each_other(db: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> None:
    """Run statements over `facts` that leave each other alone, two at a time: most of one is work for a single core."""
    idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()

    def run(statement: str) -> None:
        cursor = idle.get()
        try:
            cursor.execute(statement)
        finally:
            idle.put(cursor)

    with ExitStack() as cursors, ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            idle.put(cursors.enter_context(db.cursor()).execute("USE facts"))
        for done in [pool.submit(run, statement) for statement in statements]:
            done.result()
