"""The two READMEs say the same: as many headings in the same order, the same commands, links and pictures."""

import re

import pytest

from tests import ROOT

VERBS = r"(?:make|sh|python|pip|thidua|run|\.venv/bin/python|template|check|receive|begin|build|status|close|open|pin|withdraw|accept|link|links|unlink|backup|restore|rekey|demo|doctor|current|dictionary|evaluate|THIDUA_HOME=)"
ASPECTS = {
    "headings": lambda text: re.findall(r"^(#+) ", text, re.M),
    "commands": lambda text: sorted(set(re.findall(rf"`({VERBS}[ \w./=\[\]\\|…-]*)`", text))),
    "blocks": lambda text: [own for kind, own in re.findall(r"^```(\w*)\n(.*?)^```\n", text, re.S | re.M) if not kind],
    "links": lambda text: sorted(set(re.findall(r"\]\(([^)]+)\)", text)) - {"README.md", "README.vi.md"}),
    "rows of tables": lambda text: len(re.findall(r"^\| `", text, re.M)),
}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_what_one_readme_says_the_other_says(aspect: str) -> None:
    english, vietnamese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md"))
    said = ASPECTS[aspect](english)
    assert said and said == ASPECTS[aspect](vietnamese)


def test_every_verb_of_the_command_line_stands_in_them() -> None:
    from typer.main import get_command

    from pipelines.cli.entry import app

    told = (ROOT / "README.md").read_text(encoding="utf-8")
    verbs = get_command(app).commands  # type: ignore[attr-defined]
    assert len(verbs) > 15 and [verb for verb in verbs if not re.search(rf"`{verb}[ `\[]", told)] == []
