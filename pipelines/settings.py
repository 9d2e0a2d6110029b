"""The few values that come from the environment. Nothing else in the project reads `os.environ`."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

PROJECT = Path(__file__).resolve().parent.parent
OWN_REFERENCE = PROJECT / "data" / "reference"
LANGUAGES = ("vi", "en")


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

    def ready(self) -> "Home":
        """Make the folders; a home without reference data gets a copy of the project's own."""
        for folder in (self.inbox, self.submissions, self.returned, self.warehouse, self.reports):
            folder.mkdir(parents=True, exist_ok=True)
        if not self.reference.exists():
            self._give_lists()
        return self

    def _give_lists(self) -> None:
        """All lists or none: a process that is stopped here must not leave a folder that looks complete."""
        part = self.root / f"reference.{os.getpid()}-{uuid4().hex[:8]}.part"
        shutil.copytree(OWN_REFERENCE, part)
        try:
            part.rename(self.reference)
        except OSError:
            shutil.rmtree(part)
            if not self.reference.exists():  # else another process was quicker
                raise


def home() -> Home:
    """The data folder named by THIDUA_HOME (default: `data/` of the project), made ready for use."""
    return Home(Path(os.environ.get("THIDUA_HOME") or PROJECT / "data").expanduser().resolve()).ready()


def language() -> str:
    """THIDUA_LANG, "vi" unless it says "en"."""
    chosen = os.environ.get("THIDUA_LANG", "vi")
    return chosen if chosen in LANGUAGES else "vi"


def server() -> dict[str, str | int]:
    """Address and port of the dashboard where the environment names them: Streamlit reads these two only for `streamlit run`."""
    named = {
        "server.address": os.environ.get("STREAMLIT_SERVER_ADDRESS"),
        "server.port": os.environ.get("STREAMLIT_SERVER_PORT"),
    }
    return {option: int(value) if value.isdigit() else value for option, value in named.items() if value}


def one_thread_each() -> None:
    """Processes started from now on do linear algebra in one thread: side by side, more only stand in each other's way."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
