"""The dictionary says what the program does: it is current, complete, its links lead somewhere and its examples run."""

import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines import dictionary
from pipelines.cli.entry import app
from pipelines.contract.checks import CHECKS
from pipelines.contract.workbooks import WORKBOOKS
from pipelines.dictionary.examples import EXAMPLES
from pipelines.settings import Home
from pipelines.warehouse.connection import Version, current
from pipelines.warehouse.metrics import metrics
from tests.support.homes.reported import small_year


@pytest.fixture(scope="module")
def text() -> str:
    return dictionary.PATH.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    return current(small_year(tmp_path_factory.mktemp("dictionary")))


def test_the_dictionary_in_docs_is_the_one_the_program_writes(text: str, tmp_path: Path) -> None:
    written = dictionary.write(tmp_path / "new" / "dictionary.md").read_text(encoding="utf-8")
    assert text == written, "make docs"


def test_every_column_check_and_metric_has_its_line(text: str) -> None:
    for book in WORKBOOKS.values():
        for sheet in book.sheets:
            part = text.split(f'<a id="{book.code}-{sheet.key}"></a>')[1].split("<a id=")[0]
            for column in sheet.columns:
                assert f"| {column.header}" in part and f"`{column.name}`" in part, (sheet.title, column.header)
    for name in [*CHECKS, *metrics()]:
        assert f"`{name}`" in text, name


def test_every_link_within_the_dictionary_leads_to_an_anchor(text: str) -> None:
    anchors = re.findall(r'<a id="([^"]+)"></a>', text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) - set(anchors) == set()


def test_the_tables_of_the_document_are_those_of_a_version_with_data(text: str, version: Version) -> None:
    with duckdb.connect(str(version.facts), read_only=True) as db:
        for (name,) in db.execute("SELECT table_name FROM information_schema.tables").fetchall():
            assert f"`{name}`" in text, name


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_run_on_the_facts_file_and_answer(
    received: Home, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where exports go
    with duckdb.connect(str(current(received).facts), read_only=True) as db:
        assert db.execute(EXAMPLES[name]).fetchall(), name
        for written in tmp_path.iterdir():
            assert len(db.execute(f"SELECT * FROM '{written}'").fetchall()) > 3


@pytest.mark.slow
def test_examples_of_what_is_confirmed_show_nothing_else(received: Home) -> None:
    with duckdb.connect(str(current(received).facts), read_only=True) as db:
        shown = db.execute(EXAMPLES["rules"].replace("r.basis", "r.confirmed").strip().rstrip(";")).df()
    assert shown["confirmed"].all()


def test_the_verb_writes_the_file_and_says_where(tmp_path: Path, text: str) -> None:
    told = CliRunner().invoke(app, ["dictionary", "--out", str(tmp_path / "d.md")])
    assert (told.exit_code, Path(told.output.strip())) == (0, tmp_path / "d.md")
    assert (tmp_path / "d.md").read_text(encoding="utf-8") == text
