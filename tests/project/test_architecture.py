"""The floors hold: imports go down only, names say their job, the environment is read in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import streamlit

from tests import ROOT
from tests.support.pages.opened_pages import pages

# Lower floors first. Neighbours on one floor do not import each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("pipelines.palette", "pipelines.texts", "pipelines.problems", "pipelines.platform", "pipelines.encodings"),
    (
        "pipelines.records.actor",
        "pipelines.records.bodies",
        "pipelines.confirmations",
        "pipelines.settings_file",
        "pipelines.places",
    ),
    ("pipelines.records.journal",),
    ("pipelines.settings", "pipelines.packages"),
    ("pipelines.contract", "pipelines.analysis", "pipelines.locks"),
    (
        "pipelines.signals",
        "pipelines.rules",
        "pipelines.records.parsed",
        "pipelines.records.inbox",
    ),
    ("pipelines.records.ledger", "pipelines.records.archive"),
    *(
        tuple(f"pipelines.submissions.{room}" for room in rooms)
        for rooms in (
            ("choice_lists", "container", "file_names", "origin"),
            ("values", "changes", "copy"),
            ("fold", "scan", "issuing", "template", "workers"),
            ("sheets",),
            ("checks", "guard"),
            ("reader",),
            ("rows",),
        )
    ),
    ("pipelines.warehouse.viewer", "pipelines.warehouse.metrics"),
    ("pipelines.warehouse.connection",),
    ("pipelines.warehouse.door",),
    ("pipelines.warehouse.building",),
    (
        "pipelines.desk",
        "pipelines.reports",
        "pipelines.demo",
        "pipelines.dictionary",
        "pipelines.evaluation",
        "pipelines.cli.console",
    ),
    ("pipelines.cli.arguments", "pipelines.cli.usage", "pipelines.access"),
    tuple(
        f"pipelines.cli.{verbs}"
        for verbs in ("submissions", "versions", "begin", "office", "safekeeping", "demo", "evaluate")
    ),
    ("pipelines.cli.run",),
    ("pipelines.cli.entry",),
    ("pipelines.__main__", "dashboard.charts", "dashboard.streamlit_inside"),
    ("dashboard.shell",),
    tuple(f"dashboard.{page}" for page in ("awards", "exemplars", "rules", "method", "data", "board")),
    ("dashboard.overview", "dashboard.compare", "dashboard.meeting", "dashboard.council"),
    ("dashboard.profile", "dashboard.serving"),
    ("dashboard.submit",),
    ("dashboard.app", "dashboard.__main__"),
)
ANALYSIS_MAY = {"numpy", "scipy", "pandas", "dataclasses", "math", "typing", "functools", "collections"}
CHARTS_MAY = {"plotly", "pandas", "pipelines.palette", "pipelines.texts", "dashboard.charts"} | {
    "dataclasses", "math", "typing", "functools", "collections", "itertools", "datetime", "unicodedata", "html",
}  # fmt: skip
# Of Streamlit's modules those that are documented; the last is for tests alone.
PUBLIC_STREAMLIT, TRYING = {"streamlit", "streamlit.column_config"}, "streamlit.testing.v1"
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 350, 40  # of the product; tests are cut by what they show
BANNED_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "shared"}


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def _place(module: str) -> tuple[int, str] | None:
    for height, floor in enumerate(FLOORS):
        for room in floor:
            if module == room or module.startswith(room + "."):
                return height, room
    return None


def test_every_module_has_a_floor() -> None:
    homeless = {_module(p) for p in _files("pipelines", "dashboard") if _place(_module(p)) is None}
    # the doors of houses, with nothing in them
    assert homeless == {
        "pipelines",
        "pipelines.cli",
        "pipelines.records",
        "pipelines.submissions",
        "pipelines.warehouse",
        "dashboard",
    }


def test_imports_go_down_only() -> None:
    wrong = []
    for path in _files("pipelines", "dashboard"):
        here = _place(_module(path))
        for name in _imports(path) if here else ():
            there = _place(name)
            if here and there and here[1] != there[1] and there[0] >= here[0]:
                wrong.append(f"{_module(path)} -> {name}")
    assert wrong == []


def test_pipelines_never_import_streamlit_and_plotly_stays_in_charts() -> None:
    for path in _files("pipelines"):
        assert not {n.split(".")[0] for n in _imports(path)} & {"streamlit", "plotly", "dashboard"}, path
    for path in pages():
        assert "plotly" not in {n.split(".")[0] for n in _imports(path)}, path


def _of_streamlits_inside(source: str) -> set[str]:
    """What a source names of Streamlit beyond its documented modules and names."""
    found = {*re.findall(r"data-testid|data-test-\w+|__streamlit|_stcore(?!/health)|_streamlit_xsrf", source)}
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found |= {one.name for one in names if one.name.startswith("streamlit")}
            case ast.ImportFrom(module="streamlit", names=names):
                found |= {f"streamlit.{one.name}" for one in names if _is_inside(one.name)}
            case ast.ImportFrom(module=str(module)) if module.startswith("streamlit"):
                found.add(module)
            case ast.Attribute(value=ast.Name(id="st" | "streamlit"), attr=name) if _is_inside(name):
                found.add(f"streamlit.{name}")
            case ast.Attribute(attr="proto"):
                found.add(".proto")
            case ast.Constant(value=str(text)) if re.fullmatch(r"streamlit(\.\w+)+", text):
                found.add(text)
    return found - PUBLIC_STREAMLIT


def _is_inside(name: str) -> bool:
    """Whether a name of Streamlit is its own: a module, or a name that begins as private ones do."""
    return name.startswith("_") or isinstance(getattr(streamlit, name, None), ModuleType)


def test_streamlits_inside_is_reached_from_one_room() -> None:
    room = {*_files("dashboard/streamlit_inside"), ROOT / "tests/dashboard/test_streamlit_inside.py", Path(__file__)}
    for path in _files("pipelines", "dashboard", "bundle", "tests"):
        if path not in room:
            found = _of_streamlits_inside(path.read_text(encoding="utf-8"))
            assert found - ({TRYING} if path.is_relative_to(ROOT / "tests") else set()) == set(), path


@pytest.mark.parametrize(
    "source",
    [
        "import streamlit.web.bootstrap",
        "from streamlit.runtime.pages_manager import PagesManager",
        "from streamlit import runtime",
        "import streamlit as st; st.runtime.get_instance()",
        "import streamlit; streamlit.__file__",
        "monkeypatch.setattr('streamlit.runtime.exists', None)",
        "page.get('html')[0].proto.body",
        """page.locator('[data-testid="stMain"]')""",
        "asked('/_stcore/metrics')",
    ],
)
def test_reaching_inside_streamlit_is_seen(source: str) -> None:
    assert _of_streamlits_inside(source)
    assert not _of_streamlits_inside("import streamlit as st\nfrom streamlit import App\nst.column_config.Column('a')")


def test_analysis_knows_numbers_only_and_charts_draw_only() -> None:
    for folder, allowed in (("pipelines/analysis", ANALYSIS_MAY), ("dashboard/charts", CHARTS_MAY)):
        for path in _files(folder):
            for name in _imports(path):
                own = name.startswith(_module(ROOT / folder / "__init__.py"))
                assert own or any(name == a or name.startswith(a + ".") for a in allowed), f"{path}: {name}"


def test_pages_hold_no_sql_and_no_pandas() -> None:
    for path in pages():
        text = path.read_text(encoding="utf-8")
        assert "SELECT " not in text.upper().replace("ON_SELECT", ""), path
        assert not {n.split(".")[0] for n in _imports(path)} & {"pandas", "numpy", "duckdb"}, path


def test_the_environment_is_read_in_settings_only() -> None:
    for path in _files("pipelines", "dashboard"):
        if path.name != "settings.py":
            text = path.read_text(encoding="utf-8")
            assert "os.environ" not in text and "getenv" not in text, path


def test_who_acts_and_who_looks_is_decided_at_the_entry_only() -> None:
    """The command line and the dashboard ask `access`; everything below is handed an actor and a viewer."""
    for path in _files("pipelines"):
        if not path.is_relative_to(ROOT / "pipelines" / "cli"):
            assert "pipelines.access" not in _imports(path), path
    makers = {path for path in _files("pipelines", "dashboard") if re.search(r"\bViewer\(", path.read_text("utf-8"))}
    assert {_module(path) for path in makers} == {"pipelines.access", "pipelines.warehouse.viewer"}


def test_no_file_or_folder_is_called_utils() -> None:
    for path in _files("pipelines", "dashboard", "tests"):
        assert not {part.lower() for part in path.relative_to(ROOT).with_suffix("").parts} & BANNED_NAMES, path


def test_files_and_functions_can_be_read_at_one_sitting() -> None:
    long = []
    for path in _files("pipelines", "dashboard", "bundle"):
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        long += [(_module(path), lines)] if lines > MOST_LINES else []
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                long += [(f"{_module(path)}.{node.name}", lines)] if lines > MOST_LINES_OF_A_FUNCTION else []
    assert long == []


def test_statements_fit_on_a_screen_of_120_columns() -> None:
    """Lines of Python are the linter's matter."""
    statements = sorted((ROOT / "pipelines").rglob("*.sql"))
    assert len(statements) > 60
    lines = [(path, line) for path in statements for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(path.name, line) for path, line in lines if len(line) > 120] == []


def test_no_cycle_is_hidden_by_a_trick() -> None:
    """Only packages of others may be left for when they are needed; and the questions of `queries`, none of which asks
    back.
    """
    lazy = {"pipelines.warehouse.door.queries"}
    for path in _files("pipelines", "dashboard"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        blocks = [
            node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        ]
        named = {
            one.module for block in blocks for one in ast.walk(block) if isinstance(one, ast.ImportFrom) and one.module
        }
        own = {name for name in named if name.split(".")[0] in ("pipelines", "dashboard")}
        if _module(path) in lazy:
            own = {
                name for name in own if _module(path) in _imports((ROOT / name.replace(".", "/")).with_suffix(".py"))
            }
        assert own == set(), path


def test_every_decision_has_a_number_of_its_own() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:3] for path in notes]
    assert numbers and len(set(numbers)) == len(numbers)
    for path in notes:
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:3]} · "), path.name


def test_every_floor_stands_in_the_page_on_the_architecture() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    built = {_module(path) for path in _files("pipelines", "dashboard")}
    there = [room for floor in FLOORS for room in floor if room in built and "__main__" not in room]
    assert there and [room for room in there if f"`{room.removeprefix('pipelines.')}`" not in told] == []
