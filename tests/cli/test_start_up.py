"""A verb waits for no package it does not need: what is imported is looked at, not the time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import PROJECT, Home
from tests.support.workbooks.filled_books import book

HEAVY = {"scipy", "pandas", "plotly", "streamlit", "openpyxl", "matplotlib"}
BUILDS = {"pipelines.warehouse.building.build", "pipelines.evaluation", "pipelines.signals.every"}
_RUN = """
import json, sys
from pipelines.cli.entry import main
sys.argv[0] = "pipelines"
try:
    main()
except SystemExit:
    pass
sys.stderr.write("\\nIMPORTED " + json.dumps(sorted(sys.modules)))
"""


def _imported(home: Home, *words: str) -> set[str]:
    environment = os.environ | {"THIDUA_HOME": str(home.root)}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *words], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stderr.rpartition("IMPORTED ")[2]))


@pytest.mark.parametrize(
    "words",
    [["--help"], ["receive", "--help"], ["current"], ["links"], ["nonsense"], ["doctor"], ["template", "--year", "2025", "--unit", "V01"]],
    ids=" ".join,
)  # fmt: skip
def test_a_verb_that_works_nothing_out_imports_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ready()
    words += ["--out", str(tmp_path)] if words[0] == "template" else []
    assert _imported(home, *words) & (HEAVY | BUILDS) == set()


@pytest.mark.parametrize("words", [["check", "a.xlsx"], ["receive", "a.xlsx", "--no-build"]], ids=" ".join)
def test_a_verb_that_reads_workbooks_imports_no_statistics(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book())
    words = [str(tmp_path / word) if word == "a.xlsx" else word for word in words]
    assert _imported(Home(tmp_path / "home").ready(), *words) & (HEAVY | BUILDS) <= {"pandas"}  # pyarrow asks for it


def test_building_imports_what_the_figures_need(tmp_path: Path) -> None:
    imported = _imported(Home(tmp_path / "home").ready(), "build")
    assert {"pandas", "scipy", "pipelines.warehouse.building.build"} <= imported
    assert "scipy.stats" not in imported  # as long as all the rest
