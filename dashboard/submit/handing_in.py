"""One file on its way in: looked at once, entered once, however often the page runs."""

import hashlib
from threading import Lock
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.serving import running
from dashboard.shell import asking, page
from dashboard.streamlit_inside.kinds import UploadedFile
from pipelines.access import acting, sees_all
from pipelines.desk import Checked, Copy, Receipt
from pipelines.problems import NoCurrentBuild, VersionUnusable
from pipelines.texts import say
from pipelines.warehouse.door import queries

_CASE: Final = "submit.case"
_POLL: Final = 2.0  # seconds between looks whether the figures have followed
_NEXT: Final = {
    "overview": ":material/space_dashboard:",
    "awards": ":material/military_tech:",
    "board": ":material/fact_check:",
}
_ENTERED_AT_ONCE: Final = ("returned", "refused")  # nothing received is lost, and the personnel department sees it


class Case:
    """A file sent on the page.

    Its steps change the case itself, never the session: a rerun may come between any two.
    """

    def __init__(self, upload: tuple[str, str], file_name: str, data: bytes) -> None:
        self.upload, self.file_name, self.data = upload, file_name, data
        self.receipt: Receipt | None = None
        self.overtaken = 0  # times that another version came in while this one waited
        self._checked: Checked | None = None
        self._changes: pd.DataFrame | None = None
        self._copies: dict[str, Copy] = {}
        self._busy = Lock()

    @property
    def checked(self) -> Checked:
        """What is said of the file: by its receipt, once it has one."""
        if self._checked is None:
            raise LookupError("look first")
        return self.receipt.checked if self.receipt else self._checked

    def look(self) -> None:
        """Check the file, unless that was done. One that cannot be accepted is entered as returned at once."""
        with self._busy:
            if self._checked is None:
                self._checked = running.desk().check(self.data, self.file_name, sees_all())
            if self._checked.status in _ENTERED_AT_ONCE:
                self._enter(self._checked)

    def hand_in(self) -> None:
        """Enter the file, unless another version came in meanwhile: then its sender looks at the changes again."""
        with self._busy:
            if self.receipt or self._checked is None:
                return
            now = running.desk().check(self.data, self.file_name, sees_all())
            if now.status not in _ENTERED_AT_ONCE and now.version != self._checked.version:
                self._checked, self._changes, self.overtaken = now, None, self.overtaken + 1
                return
            self._enter(now)

    def changes(self) -> pd.DataFrame:
        """What handing it in would change (`submissions.changes.COLUMNS`)."""
        if self._changes is None:
            self._changes = running.desk().changes(self.checked, sees_all())
        return self._changes

    def copy(self, lang: str) -> Copy:
        """The sender's own workbook with its problems marked, or a list of them."""
        if lang not in self._copies:
            self._copies[lang] = running.desk().annotated(self.checked, lang)
        return self._copies[lang]

    def _enter(self, checked: Checked) -> None:
        if self.receipt is None:
            self.receipt = running.desk().accept(checked, acting())
            running.publisher().request()


def current(upload: UploadedFile | None) -> Case | None:
    """The case of the file that lies in the uploader, or of the one handed in last; None when there is none."""
    case: Case | None = st.session_state.get(_CASE)
    if upload is None:
        return case if case and case.receipt else None
    data = upload.getvalue()
    name = (upload.file_id, hashlib.sha256(data).hexdigest())
    if case is None or case.upload != name:
        case = Case(name, upload.name, data)
        st.session_state[_CASE] = case
    return case


def forget() -> None:
    """Make room for the next file."""
    st.session_state.pop(_CASE, None)


def follow(receipt_no: int, period: str, lang: str) -> None:
    """Say when the figures know a receipt; look again every few seconds until they do."""
    st.fragment(_followed, run_every=None if _version_with(receipt_no) else _POLL)(receipt_no, period, lang)


def _followed(receipt_no: int, period: str, lang: str) -> None:
    name, waited_for = _version_with(receipt_no), f"submit.waiting.{receipt_no}"
    if name:
        st.success(say("submit.figures.ready", lang), icon=":material/insights:")
        with st.container(horizontal=True):
            for there, icon in _NEXT.items():
                page.link(lang, period, there, say(f"submit.figures.{there}", lang), icon)
        if st.session_state.pop(waited_for, False):
            st.rerun()  # ends the looking
        return
    st.session_state[waited_for] = True
    if running.publisher().failure:
        st.warning(say("submit.figures.failing", lang), icon=":material/sync_problem:")
    else:
        st.info(say("submit.figures.waiting", lang), icon=":material/hourglass_top:")


def _version_with(receipt_no: int) -> str:
    """Name of the current version if its figures know a receipt; "" as long as they do not."""
    try:
        version = asking.current()
        return version.name if queries.knows(version, sees_all(), receipt_no) else ""
    except (NoCurrentBuild, VersionUnusable):
        return ""
