"""What the dashboard takes from inside Streamlit is still there (the list: dashboard/streamlit_inside/__init__.py).

Each reliance has a test with its name. After an upgrade of Streamlit the tests that fail here say which reliance broke.
"""

import re
import sys
from collections.abc import Callable
from importlib.metadata import version
from inspect import getmodule, getsource
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from playwright.sync_api import Page
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

from dashboard import streamlit_inside
from dashboard.streamlit_inside import built, held, kinds, places, trying
from dashboard.streamlit_inside.expressions import CHANGES, Change
from dashboard.streamlit_inside.messages import BackMsg, ForwardMsg
from dashboard.streamlit_inside.parts import APP_CLASS, AT_REST, CHOSEN_SEGMENT, CLASSES, ROLES, STALE, Part
from pipelines.settings import Home
from pipelines.texts import say
from tests import ROOT
from tests.conftest import Readers
from tests.support.pages.browser import Reader, Server, demo_server
from tests.support.pages.sessions import asked, session
from tests.support.workbooks.filled_books import UNIT_ROWS, book

STATIC = sorted((ROOT / "dashboard" / "static").glob("*.[cj]s*"))
SERVED = [*STATIC, streamlit_inside.WORDS, streamlit_inside.HISTORY]
OWN = "Over the years"  # a name that our own changes of the scripts put in (expressions.py)
# Names and words that Streamlit puts together: the pieces that stand in its scripts.
PIECES = {
    Part.ALERT_ERROR.testid: ("`stAlertContent${",),
    Part.ALERT_SUCCESS.testid: ("`stAlertContent${",),
    Part.MAIN_MENU_SCREENCAST.testid: ("`stMainMenuItem-${", "`recordScreencast`"),
    "Press Enter to apply": ("`Press Enter to ${", "`apply`"),
    "Press Enter to submit form": ("`Press Enter to ${", "`submit form`"),
    "bar_chart icon": ("`material`", "} icon`"),
    "table_rows icon": ("`material`", "} icon`"),
    "The page that you have requested does not seem to exist. Running the app's main page.": (
        "The page that you have requested does not seem to exist",
        ". Running the app's main page.",
    ),
}
# Words around numbers and names (PATTERNS of words.js), as they stand in the scripts.
AROUND = (
    " per file`", " files are not allowed.", "} available.", " results", "`over 1000`", " more`", "`Help for ${",
    "`Made with Streamlit v", "`Remove ${", "`Select ${", " matches`", "You can only select up to ${",
    ". Remove an option first.", "`File must be ${", " or smaller.`", "`Request failed with status code ", "`AxiosError`",
)  # fmt: skip


@pytest.fixture(scope="module")
def scripts() -> str:
    """All scripts Streamlit serves, one after the other."""
    return "\n".join(path.read_text(encoding="utf-8") for path in built.scripts("*.js"))


def quoted(words: str, text: str) -> bool:
    return any(f"{mark}{words}{mark}" in text for mark in "`\"'")


def stands(words: str, text: str) -> bool:
    return all(piece in text for piece in PIECES[words]) if words in PIECES else quoted(words, text)


def places_of_words() -> list[str]:
    """What words.js looks into: testids and roles."""
    text = streamlit_inside.WORDS.read_text(encoding="utf-8")
    table = text[text.index("const PLACES = {") : text.index("const NAMES")]
    return re.findall(r'"?([\w-]+)"?: (?:"|ITSELF)', table)


def test_each_reliance_has_a_test_of_its_name_and_the_version_it_was_seen_in() -> None:
    listed = re.findall(r"^- (\w+): (.+?)(?=^- |\Z)", streamlit_inside.__doc__ or "", re.M | re.S)
    assert len(listed) > 10
    for name, told in listed:
        assert f"test_{name}" in globals(), name
        assert " ".join(told.split()).endswith(f". {streamlit_inside.SEEN_IN}"), name


def test_the_version_that_is_used_is_the_one_that_was_looked_at() -> None:
    """After an upgrade: mend what the tests below name, look through the list, then write the new version there."""
    needed = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert f"\nstreamlit=={streamlit_inside.SEEN_IN}" in needed and version("streamlit") == streamlit_inside.SEEN_IN


@pytest.mark.parametrize("part", Part, ids=lambda part: part.name)
def test_parts(part: Part, scripts: str) -> None:
    assert stands(part.testid, scripts)


def test_parts_named_in_files_that_are_served_are_those_of_the_list_and_each_of_the_list_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SERVED]
    named = {name for text in texts for name in re.findall(r'data-testid[~|^$*]?="?([\w-]+)', text)}
    named |= {*places_of_words()} - {*ROLES}
    named |= {name for change in CHANGES for name in re.findall(r'"data-testid":`([\w-]+)`', change.found)}
    assert named <= {part.testid for part in Part}
    python = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)
    )
    assert {part.name for part in Part if part.testid not in named and f"Part.{part.name}" not in python} == set()


def test_classes(scripts: str) -> None:
    used = {name for path in SERVED for name in re.findall(r"\.st[A-Z]\w*", path.read_text(encoding="utf-8"))}
    assert used == {*CLASSES} and all(name.removeprefix(".") in scripts for name in CLASSES)


def test_roles(scripts: str) -> None:
    assert {*places_of_words()} - {part.testid for part in Part} == {*ROLES}
    assert all(re.search(rf"role[\"']?:\s*[`\"']{role}[`\"']", scripts) for role in ROLES)


def test_states(scripts: str) -> None:
    names = {name for state in (AT_REST, STALE, CHOSEN_SEGMENT) for name in re.findall(r"(data-[\w-]+)", state)}
    assert all(quoted(name, scripts) for name in names)
    assert all(quoted(value, scripts) for value in ("notRunning", "CONNECTED", "segmented_control"))
    style = (ROOT / "dashboard" / "static" / "style.css").read_text(encoding="utf-8")
    assert CHOSEN_SEGMENT in style


def test_words(scripts: str) -> None:
    text = streamlit_inside.WORDS.read_text(encoding="utf-8")
    words = re.findall(r'^    "(.+?)": "', text[: text.index("const PLACES")], re.M)
    assert len(words) > 50
    assert [one for one in words if one != OWN and not stands(one, scripts)] == []
    assert [piece for piece in AROUND if piece not in scripts] == []


def test_history(scripts: str) -> None:
    (main,) = built.scripts("index.[!e]*.js")
    text = main.read_text(encoding="utf-8")
    assert "window.history.pushState({},``," in text and "window.history.replaceState({},``," in text
    assert "history.pushState" in streamlit_inside.HISTORY.read_text(encoding="utf-8")


def test_files() -> None:
    (chart,) = built.scripts(built.CHART_SCRIPT)
    assert chart.stat().st_size > 1_000_000 and quoted(Part.CHART.testid, chart.read_text(encoding="utf-8"))
    assert built.address(chart) == f"./static/js/{chart.name}"


def test_document(scripts: str) -> None:
    page = built.DOCUMENT.read_bytes()
    assert page.count(built.OPENING) == page.count(built.END_OF_HEAD) == 1
    assert b'"./static/js/' in page  # scripts are found from the document, as what is preloaded
    assert "window.__streamlit" in scripts and "BACKEND_BASE_URL" in scripts


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.found[:40])
def test_expressions(change: Change) -> None:
    """Another version may write an expression differently: then tables sort as before, and nobody knows."""
    (script,) = built.scripts(change.script)
    assert script.read_text(encoding="utf-8").count(change.found) == 1


@pytest.mark.slow
def test_places(served: Server) -> None:
    status, headers, _ = asked(served.url, places.HEALTH)
    assert status == 200 and places.COOKIE in headers["set-cookie"]
    with session(served.url) as one:
        one.view("nop-bao-cao")  # by STREAM, in PROTOCOL
        assert one.number and any(places.MEDIA.encode() in told.SerializeToString() for told in one.told)
        assert one.upload(10)[0] == 204  # to UPLOADS, with COOKIE and TOKEN
    assert {
        path.removeprefix(places.CORE).partition("/")[0] for path in (places.HEALTH, places.STREAM, places.UPLOADS)
    } == {*places.NEEDED}


def test_held(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = held.MemoryUploadedFileManager("/upload")
    for name, size in (("a", 3), ("b", 5)):
        manager.add_file("one", UploadedFileRec(name, f"{name}.xlsx", "", bytes(size)))
    monkeypatch.setattr(held.Runtime, "instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    assert held.sizes("one", "") == [3, 5] and held.sizes("one", "a") == [5] and held.sizes("other", "") == []


def test_kinds() -> None:
    page = AppTest.from_function(_page_of_kinds, default_timeout=30).run()
    assert not page.exception and page.text[0].value == "DeltaGenerator None"
    record = UploadedFileRec("one", "a.xlsx", "", b"abc")
    upload = kinds.UploadedFile(record, Any)  # type: ignore[arg-type]
    assert (upload.file_id, upload.name, upload.getvalue()) == ("one", "a.xlsx", b"abc")
    assert kinds.DeletedFile("one").file_id == "one" and not isinstance(upload, kinds.DeletedFile)
    assert "DeletedFile(" in getsource(getmodule(st.file_uploader))  # type: ignore[arg-type]


def _page_of_kinds() -> None:
    import streamlit as st

    from dashboard.streamlit_inside.kinds import DeltaGenerator

    place = st.container()
    st.text(f"{DeltaGenerator.__name__ if isinstance(place, DeltaGenerator) else place} {st.file_uploader('file')}")


def test_messages() -> None:
    asking = BackMsg()
    asking.rerun_script.page_name, asking.rerun_script.query_string = "a", "b=c"
    assert BackMsg.FromString(asking.SerializeToString()) == asking
    begun = ForwardMsg()
    begun.new_session.initialize.session_id = "one"
    assert begun.WhichOneof("type") == "new_session"
    assert "script_finished" in {field.name for field in ForwardMsg.DESCRIPTOR.oneofs_by_name["type"].fields}


def test_trying() -> None:
    page = AppTest.from_string("import streamlit as st\nst.html('<b>x</b>')\nst.html('<i>y</i>')").run()
    assert trying.html(page) == ["<b>x</b>", "<i>y</i>"]


def test_main_module() -> None:
    """Were it put back, `own_main` in tests/conftest.py would have nothing to do."""
    own = sys.modules["__main__"]
    AppTest.from_string("import streamlit as st\nst.text('x')").run()
    assert sys.modules["__main__"] is not own


# Every part on a page: what lies in the document only for a moment is caught when it comes.
_NOTES = """() => {
  const known = new Set();
  const note = (element) => {
    const found = [element, ...element.querySelectorAll('[%(testid)s]')].map((one) => one.dataset?.testid);
    for (const testid of found) if (testid && !known.has(testid)) { known.add(testid); noteTestid(testid); }
  };
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      for (const element of [target, ...addedNodes]) if (element.nodeType === Node.ELEMENT_NODE) note(element);
    }
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['%(testid)s'] });
}"""
NEVER = {
    Part.EXCEPTION
}  # a reader is shown a sentence instead (on_script_error of the server); tests look whether it is


@pytest.fixture(scope="module")
def seen(served: Server, profiles: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The testids met on a walk over the pages."""
    found: set[str] = set()
    folder = tmp_path_factory.mktemp("parts")
    page: Page = profiles().new_page()
    page.expose_function("noteTestid", lambda testid: found.add(testid))
    page.add_init_script(f"({_NOTES % {'testid': 'data-' + 'testid'}})()")
    who = Reader(page, served.url)
    _look_around(who)
    with demo_server(Home(folder / "home").ready()) as empty:
        _send(Reader(page, empty.url), folder)
    _wait_in_vain(Reader(page, served.url))
    page.close()
    return found


def _look_around(who: Reader) -> None:
    """Pages with figures: menus, charts, lists, tables and their tools."""
    page = who.open().page
    page.locator(Part.MAIN_MENU_BUTTON).click()
    page.keyboard.press("Escape")
    page.locator(Part.NAVIGATION_MENU).first.click()
    page.keyboard.press("Escape")
    page.locator(Part.TOOLTIP_ICON).first.hover()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Liên kết").click()
    for place in ("khen-thuong", "so-sanh", "bang-quy-dinh", "can-xem-xet", "du-lieu"):
        who.open(place)
    who.open("ho-so-don-vi").unfold().page.get_by_label(say("review.by", "vi")).press_sequentially("Hội đồng")
    page.locator(Part.INPUT_HINT).first.wait_for()
    table = who.open("tinh-hinh-nop").page.locator(Part.TABLE).first
    page.locator('input[type="search"], input[type="text"]').first.fill("van")
    who.rest()
    for tool in ("Hiện/ẩn cột", "Tìm trong bảng"):
        table.hover()
        page.locator(f'{Part.ELEMENT_TOOLBAR} button[aria-label^="{tool}"]').first.press("Enter")
        page.keyboard.type("van")
        page.wait_for_timeout(500)
        page.keyboard.press("Escape")
    who.rest()
    box = table.bounding_box()
    assert box
    for x in range(60, int(box["width"]), 8):  # the arrow at the right end of a heading opens its menu
        page.mouse.click(box["x"] + x, box["y"] + 17)
        if page.locator(Part.TABLE_COLUMN_MENU).count():
            break
    who.open("khong-co-trang").page.locator(Part.DIALOG).wait_for()


def _send(who: Reader, folder: Path) -> None:
    """A file that is no workbook, one that can be accepted, one that is checked longer than a spinner waits (0.5 s)."""
    many = [UNIT_ROWS["staff"][0] | {"person_code": f"CB{number:05}"} for number in range(30_000)]
    for data, told in (
        (b"no workbook", Part.ALERT_ERROR),
        (book(), Part.ALERT_SUCCESS),
        (book(rows={"staff": many}), Part.SPINNER),
    ):
        (folder / "bao-cao.xlsx").write_bytes(data)
        who.open("nop-bao-cao").page.locator(Part.UPLOADER_INPUT).set_input_files(folder / "bao-cao.xlsx")
        who.page.locator(told).first.wait_for(timeout=60_000)
        who.rest()


def _wait_in_vain(who: Reader) -> None:
    """For the first word of a server that says nothing."""
    who.page.route_web_socket(f"**{places.STREAM}", lambda _: None)
    who.page.goto(who.url)
    who.page.locator(Part.APP_SKELETON).wait_for(state="attached")


@pytest.mark.slow
def test_every_part_is_found_on_a_page(seen: set[str]) -> None:
    assert {part.name for part in Part if part not in NEVER and part.testid not in seen} == set()


@pytest.mark.slow
def test_classes_roles_and_states_are_found_on_a_page(served: Server, readers: Readers) -> None:
    page = readers(served).open().page
    assert all(page.locator(one).count() for one in (*CLASSES, AT_REST, CHOSEN_SEGMENT))
    assert page.locator(APP_CLASS).count() == page.locator(Part.APP).count() == 1
    assert page.locator(f"{Part.ELEMENT}[{STALE[1:].partition('=')[0]}]").count()
