"""`docs/dictionary.md`: every sheet, column, code, check, metric and table in words, Vietnamese first with English
beside it.

Made from the contract, the reference lists, the headers of the metric files and a version built from nothing, so it
cannot say something else than the program does.
"""

from pathlib import Path

from pipelines.dictionary import findings, lists, metrics, tables, workbooks
from pipelines.dictionary.page import heading, paragraphs
from pipelines.platform import write_whole
from pipelines.settings import PROJECT
from pipelines.texts import say

PATH = PROJECT / "docs" / "dictionary.md"
_PARTS = {
    "workbooks": workbooks.lines,
    "codes": lists.lines,
    "checks": findings.lines,
    "metrics": metrics.lines,
    "tables": tables.lines,
}


def document() -> str:
    """The whole dictionary as Markdown."""
    lines = ["# " + say("dictionary.title", "vi") + " · " + say("dictionary.title", "en"), ""]
    lines += paragraphs("dictionary.intro")
    lines += [f"- [{say(f'dictionary.{part}', 'vi')} · {say(f'dictionary.{part}', 'en')}](#{part})" for part in _PARTS]
    for part, told in _PARTS.items():
        lines += ["", *heading(2, f"dictionary.{part}", part), *paragraphs(f"dictionary.{part}.intro"), *told()]
    return "\n".join(lines).rstrip() + "\n"


def write(path: Path = PATH) -> Path:
    """Write the dictionary; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, document().encode(), mode=None)
    return path
