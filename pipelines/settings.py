"""The few values that come from the environment or the settings file. Nothing else in the project reads `os.environ`.

The settings file is `.env` of the project (`.env.example` lists all settings). What the environment says goes before
it. Relative paths are of the project, whatever folder one stands in: of the checkout, or, where the program is
installed as a package, of its folder among the user's data (`places.project`).
"""

import errno
import os
import re
import shutil
import socket
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from pipelines import confirmations, places, settings_file
from pipelines.platform import close_to_others, is_open_to_others, make_folder
from pipelines.problems import (
    AddressWrong,
    HomeForeign,
    HomeMissing,
    HomeMistyped,
    HostWrong,
    LanguageUnknown,
    ListsLost,
    OwnListsMissing,
    PortTaken,
    PortWrong,
    Problem,
)
from pipelines.records.bodies import DEMO, REAL, ReferenceChange
from pipelines.records.journal import Journal

PROJECT = places.project(os.environ)
OWN_REFERENCE = places.REFERENCE
DEMO_HOME = (PROJECT / "data" / "demo").resolve()
EARLIER_HOME = (PROJECT / "data").resolve()  # where real work was kept before `begin` was there
LANGUAGES = ("vi", "en")
# Every setting of ours, with what holds where nothing is said; `.env.example` lists the same.
NAMES = {
    "THIDUA_HOME": "",
    "THIDUA_LANG": "vi",
    "THIDUA_HOSTS": "",
    "THIDUA_AGENCY": "",
    "STREAMLIT_SERVER_PORT": "8501",
    "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
}
_ALIKE = 0.75  # how much of a name must agree to be a slip of the pen
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")  # as it stands in an address, without a port
_WORDS = re.compile(r"[^\W\d_]+")  # of a folder's name: numbers do not count
_OWN_NAMES = {
    "reference",
    "inbox",
    "submissions",
    "returned",
    "warehouse",
    "reports",
    "demo",
    "person.key",
    "journal.head",
}
_OF_THE_SYSTEM = {"Thumbs.db", "desktop.ini", "lost+found", "System Volume Information", "$RECYCLE.BIN"}


@dataclass(frozen=True)
class Home:
    """The data folder: where everything the organisation owns lies. Paths only; `ready` makes them."""

    root: Path

    @property
    def reference(self) -> Path:
        return self.root / "reference"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def submissions(self) -> Path:
        return self.root / "submissions"

    @property
    def returned(self) -> Path:
        return self.root / "returned"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def journal(self) -> Path:
        return self.root / "journal.sqlite"

    @property
    def person_key_file(self) -> Path:
        """Secret behind `person_key`. Outside every database; lost key = person keys change at the next build."""
        return self.root / "person.key"

    @property
    def unfinished_demo(self) -> Path:
        """There while a demo is being received: its years and seed."""
        return self.root / "demo.unfinished"

    @property
    def work(self) -> str:
        """What it is for, `journal.REAL` or `journal.DEMO`; "" as long as nothing was received."""
        return self.work_by(Journal(self.journal).work())

    def work_by(self, told: str) -> str:
        """The same for who knows what the journal says: the place of the demo takes nothing else."""
        return DEMO if self.root == DEMO_HOME else told

    def ready(self) -> "Home":
        """Make the folders; a home in which nothing has happened yet gets a copy of the project's own lists.

        All is its owner's alone.

        `ListsLost`, `OwnListsMissing`: where lists that were in use cannot be replaced by others, or there are none
        to copy.
        """
        for folder in (self.inbox, self.submissions, self.returned, self.warehouse, self.reports):
            make_folder(folder)
        if is_open_to_others(self.root):
            close_to_others(self.root)
        if not self.reference.exists():
            if used := Journal(self.journal).newest(ReferenceChange):
                raise ListsLost(folder=self.reference, kept=self.submissions / "reference" / used.digest)
            self._give_lists()
        return self

    def _give_lists(self) -> None:
        """All lists or none: a process that is stopped here must not leave a folder that looks complete."""
        if not OWN_REFERENCE.is_dir():
            raise OwnListsMissing(folder=OWN_REFERENCE)
        part = self.root / f"reference.{os.getpid()}-{uuid4().hex[:8]}.part"
        shutil.copytree(OWN_REFERENCE, part)
        confirmations.take_back(part)
        close_to_others(part)
        try:
            part.rename(self.reference)
        except OSError:
            shutil.rmtree(part)
            if not self.reference.exists():  # else another process was quicker
                raise


def place() -> Path:
    """Where the data folder in use lies: THIDUA_HOME; else `data/` if real work was begun there; else the
    demo's own.
    """
    named = os.environ.get("THIDUA_HOME", "").strip()
    if named:
        return (PROJECT / Path(named).expanduser()).resolve()
    return EARLIER_HOME if _has_real_work(EARLIER_HOME) else DEMO_HOME


def home(new: bool = False) -> Home:
    """The data folder in use, made ready. `new`: for what brings data in, a folder that is not there yet is made.

    `HomeMissing`; `HomeMistyped` names the data folder that was probably meant; `HomeForeign`: other things lie there.
    """
    _raise_fault()
    root = place()
    if root.is_dir():
        if not is_home(root):
            raise HomeForeign(home=root)
    elif root.exists():
        raise HomeForeign(home=root)
    elif root != DEMO_HOME:
        if near := _nearest(root):
            raise HomeMistyped(home=root, near=near)
        if not (new and root.parent.is_dir()):
            raise HomeMissing(home=root)
    return Home(root).ready()


def is_home(folder: Path) -> bool:
    """Whether a folder is a data folder, or empty and so may become one."""
    there = {path.name for path in folder.iterdir() if path.name[0] != "."} - _OF_THE_SYSTEM
    return (
        "journal.sqlite" in there
        or "reference" in there
        or {"submissions", "warehouse"} <= there
        or there <= _OWN_NAMES
    )


def remember(root: Path) -> Path:
    """Write into the settings file that this is the data folder from now on, one inside the project by its short name;
    the file.
    """
    told = root.relative_to(PROJECT) if root.is_relative_to(PROJECT) else root
    make_folder(_file().parent)
    settings_file.write(_file(), "THIDUA_HOME", told.as_posix())
    if not _said("THIDUA_HOME") or "THIDUA_HOME" in _TAKEN:
        os.environ["THIDUA_HOME"] = str(root)
    return _file()


def language() -> str:
    """THIDUA_LANG; "vi" where it says nothing or something else (`check` tells)."""
    chosen = _said("THIDUA_LANG").lower()
    return chosen if chosen in LANGUAGES else "vi"


def agency() -> str:
    """Whose figures these are, as it stands on files and paper; "" where nobody has said."""
    return _said("THIDUA_AGENCY")


def check() -> None:
    """A Problem where the settings file cannot be read, names a setting there is not, or a language is unknown."""
    _raise_fault()
    if _said("THIDUA_LANG").lower() not in LANGUAGES:
        raise LanguageUnknown(value=_said("THIDUA_LANG"), known=", ".join(LANGUAGES))


def server() -> dict[str, str | int]:
    """Address and port of the dashboard, both free to use; `PortWrong`, `PortTaken`, `AddressWrong`.

    Streamlit reads these two from the environment only for `streamlit run`.
    """
    address, port = _said("STREAMLIT_SERVER_ADDRESS"), _said("STREAMLIT_SERVER_PORT")
    if not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:
        raise PortWrong(value=port)
    try:
        found = socket.getaddrinfo(address, int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise AddressWrong(value=address) from error
    family, kind, protocol, _, where = found[0]
    with socket.socket(family, kind, protocol) as probe:
        if os.name != "nt":  # else a port that was left a moment ago would look taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise AddressWrong(value=address) from error
            raise PortTaken(value=port, reason=error.strerror) from error
    return {"server.address": address, "server.port": int(port)}


def hosts() -> tuple[str, ...]:
    """Under which names the dashboard answers: this machine's own, and those of THIDUA_HOSTS. `HostWrong`."""
    named = _said("THIDUA_HOSTS").lower().replace(",", " ").split()
    for name in named:
        if not _HOST.fullmatch(name):
            raise HostWrong(value=name)
    return (*_LOOPBACK, *named)


def one_thread_each() -> None:
    """Processes started from now on do linear algebra in one thread: side by side, more only stand in
    each other's way.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _file() -> Path:
    """`.env` of the project, or another that the environment names."""
    return PROJECT / Path(os.environ.get("THIDUA_SETTINGS") or ".env").expanduser()


def _said(name: str) -> str:
    return os.environ.get(name, "").strip() or NAMES[name]


@lru_cache
def _has_real_work(root: Path) -> bool:
    """A journal nobody can read counts too: what is wrong with it is told, not hidden behind a demo."""
    try:
        return Journal(root / "journal.sqlite").holds(REAL)
    except (Problem, OSError, ValueError, KeyError):
        return True


def _nearest(root: Path) -> Path | None:
    """The data folder whose name is a slip of the pen away from one that is not there."""
    above = next(folder for folder in root.parents if folder.is_dir())
    first, *rest = root.relative_to(above).parts
    try:
        names = {path.name.casefold(): path.name for path in above.iterdir() if path.is_dir()}
    except OSError:
        return None
    for close in get_close_matches(first.casefold(), names, cutoff=_ALIKE):
        there = above.joinpath(names[close], *rest)
        if _is_slip(first.casefold(), close) and there.is_dir() and any(there.iterdir()) and is_home(there):
            return there
    return None


def _is_slip(one: str, other: str) -> bool:
    """Not where folders were numbered or lettered on purpose: office-2025, office-2026; home, home_b; home_a."""
    these, those = (_WORDS.findall(name) for name in (one, other))
    differing = [word for pair in zip(these, those, strict=False) if pair[0] != pair[1] for word in pair]
    return len(these) == len(those) and bool(differing) and min(map(len, differing)) > 2


def _take_file() -> Problem | None:
    """Settings of the file where the environment says nothing: child processes and Streamlit find them there."""
    try:
        told = settings_file.read(_file(), NAMES) if _file().exists() else {}
    except Problem as problem:
        return problem
    for name, value in told.items():
        if value and not os.environ.get(name):
            os.environ[name] = value
            _TAKEN.add(name)
    return None


def _raise_fault() -> None:
    if _FAULT:
        raise _FAULT


_TAKEN = set[str]()  # settings that are the file's
_FAULT = _take_file()  # told by `check`, when there is somebody to tell
