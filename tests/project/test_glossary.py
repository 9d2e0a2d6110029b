"""The glossary names what is there: every name in code occurs in the sources as a whole word."""

import re

from tests import ROOT


def test_every_name_of_the_glossary_stands_in_the_sources() -> None:
    rows = re.findall(r"^\| (?!term|Vietnamese|---)(.+) \|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.M)
    names = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert len(rows) > 50 and len(names) > 50
    sources = [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "pipelines").rglob("*.sql")]
    sources += [*(ROOT / "data/reference").glob("*.csv"), ROOT / "tests/project/test_architecture.py"]
    words = {word for path in sources for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    assert names - words == set()


def test_no_term_stands_twice() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.M)
    terms = [row for row in rows if not row.startswith(("-", "Vietnamese", "term"))]
    assert len(terms) == len(set(terms))
