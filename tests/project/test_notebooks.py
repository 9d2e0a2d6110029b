"""The notebooks run on a received demo, come without outputs, read only, and take every figure from where it is
defined.
"""

import ast
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from bundle import wheels
from pipelines.access import sees_all
from pipelines.records.archive import Archive
from pipelines.settings import Home
from pipelines.warehouse.connection import current, frame
from tests import ROOT

if TYPE_CHECKING:
    from nbformat import NotebookNode

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PATIENCE = 120  # seconds a cell may take on a busy machine
MAY_IMPORT = {"sys", "duckdb", "pandas", "plotly", "dashboard.charts", "pipelines.settings", "pipelines.texts", "pipelines.palette"} | {
    f"pipelines.warehouse.{room}" for room in ("connection", "viewer", "door.queries", "door.comparisons", "door.signal_inputs")
} | {"pipelines.signals"}  # fmt: skip
A_FIGURE_OF_ITS_OWN = re.compile(r"/|\bavg\(|\bmedian\(|\bquantile", re.IGNORECASE)
ABSOLUTE = re.compile(r"""["'\s(](/(home|work|tmp|root|usr|Users|mnt)/|[A-Za-z]:\\)""")
RATE = re.compile(r"\d%")

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _read(path: Path) -> "NotebookNode":
    import nbformat  # takes four seconds, and every worker loads every test file

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def _code(path: Path) -> list[ast.Module]:
    return [ast.parse(cell.source) for cell in _read(path).cells if cell.cell_type == "code"]


def test_they_come_in_their_order() -> None:
    assert [path.name[:3] for path in NOTEBOOKS] == ["01_", "02_", "03_", "04_", "05_", "06_"]


@each
def test_a_notebook_comes_without_outputs_and_without_paths_of_somebodys_machine(path: Path) -> None:
    assert not ABSOLUTE.search(path.read_text(encoding="utf-8"))
    for cell in _read(path).cells:
        assert cell.cell_type == "markdown" or (cell.outputs == [] and cell.execution_count is None), cell.id


@each
def test_its_words_come_in_vietnamese_first_and_in_english_too(path: Path) -> None:
    cells = [cell for cell in _read(path).cells if cell.cell_type == "markdown"]
    assert cells[0].source.startswith(f"# {path.name[:2]} · ")
    for cell in cells:
        lines = [line for line in cell.source.splitlines() if line]
        assert re.fullmatch(r"\*[^*].*\*", lines[-1]) or lines[-1].startswith("## "), cell.id
        assert not lines[0].startswith("*"), cell.id


@each
def test_it_works_out_no_figure_of_its_own(path: Path) -> None:
    for code in _code(path):
        for node in ast.walk(code):
            assert not isinstance(node, ast.Div | ast.FloorDiv), ast.unparse(code)
            assert not (
                isinstance(node, ast.Attribute) and node.attr in {"mean", "median", "div", "pct_change", "quantile"}
            )
            if isinstance(node, ast.Constant) and "SELECT" in str(node.value):
                assert not A_FIGURE_OF_ITS_OWN.search(node.value), node.value


@each
def test_it_reads_through_the_door_or_from_a_file_opened_read_only(path: Path) -> None:
    for code in _code(path):
        for node in ast.walk(code):
            asked = {name.name for name in node.names} if isinstance(node, ast.Import) else set()
            if isinstance(node, ast.ImportFrom):
                asked = {f"{node.module}.{name.name}" for name in node.names}
            assert all(any(one == may or one.startswith(f"{may}.") for may in MAY_IMPORT) for one in asked), asked
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "duckdb.connect":
                assert ("read_only", True) in {(k.arg, getattr(k.value, "value", None)) for k in node.keywords}


def test_the_kernel_is_of_the_same_version_in_tests_and_in_jupyterlab() -> None:
    root = FOLDER.parent
    lists = [_pins(root / f"requirements{part}.txt") for part in ("", "-dev", "-notebook")]
    for one in lists:
        for other in lists:
            assert {name: one[name] for name in one.keys() & other.keys()} == {
                n: other[n] for n in one.keys() & other.keys()
            }


def _pins(path: Path) -> dict[str, str]:
    return {one.name: str(one.specifier) for one in wheels.listed(path)}


@pytest.mark.slow
@each
def test_a_notebook_runs_on_the_demo_and_draws_beside_its_tables(path: Path, received: Home) -> None:
    outputs = [out.data for cell in _ran(path, received).cells for out in cell.get("outputs", []) if "data" in out]
    assert any("application/vnd.plotly.v1+json" in data for data in outputs)
    tables = [data["text/html"] for data in outputs if "text/html" in data]
    assert tables
    for table in tables:
        heads = set(re.findall(r"<th[^>]*>([^<]+)</th>", table))
        assert (
            not RATE.search(re.sub(r"<style.*?</style>", "", table, flags=re.S))
            or {"denominator", "low", "high"} <= heads
        )


@pytest.mark.slow
def test_the_cell_the_first_notebook_ends_at_holds_what_it_says(received: Home) -> None:
    notebook = _ran(NOTEBOOKS[0], received)
    printed = [out.text for cell in notebook.cells for out in cell.get("outputs", []) if out.output_type == "stream"]
    (told,) = [text for text in printed if "›" in text]
    place, value = told.strip().split(" = ")
    file_name, sheet, cell = place.split(" › ")
    sql = "SELECT sha256 FROM submissions WHERE file_name = $name AND is_current"
    (sha,) = frame(current(received), sees_all(), sql, {"name": file_name})["sha256"]
    book = openpyxl.load_workbook(Archive(received).path_of(sha), read_only=True, data_only=True)
    assert str(book[sheet][cell].value) == value


@cache
def _ran(path: Path, home: Home) -> "NotebookNode":
    """With its outputs; run once for all that is asked of it."""
    from nbclient import NotebookClient

    notebook = _read(path)
    client = NotebookClient(notebook, timeout=PATIENCE, resources={"metadata": {"path": str(FOLDER)}})
    client.execute(env=os.environ | {"THIDUA_HOME": str(home.root)})
    return notebook
