"""The sentences of a finding, made late and in the reader's language: the one place for screen, list,
note and --json.
"""

import re
from datetime import datetime

from pipelines.contract.checks import Finding
from pipelines.texts import EMPTY, catalogue, period_name

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?P<time> \d{2}:\d{2}:\d{2})?")
_LONGEST = 120
_INSTEAD = ("nearest", "alike", "many", "choices")  # facts of `offers.Offer`, each with its text


def statement(finding: Finding, lang: str) -> tuple[str, str]:
    """What is there and what to do: the texts `finding.<code>` and `finding.<code>.fix`, with what may stand there
    instead.
    """
    key = f"finding.{finding.code}"
    facts = _Facts((name, _shown(name, text, lang)) for name, text in _facts(finding).items())
    texts = catalogue(lang)
    what, fix = (texts[k].format_map(facts) for k in (key, key + ".fix"))
    instead = next((texts[f"finding.{name}"] for name in _INSTEAD if name in finding.params), "")
    return what, " ".join(filter(None, (fix, instead.format_map(facts))))


class _Facts(dict[str, str]):
    """A finding kept by an earlier version may lack a fact that today's sentence names."""

    def __missing__(self, name: str) -> str:
        return EMPTY


def _facts(finding: Finding) -> dict[str, str]:
    own = {"value": finding.value, "column": finding.column, "sheet": finding.sheet, "cell": finding.cell}
    return own | finding.params


def _shown(name: str, text: str, lang: str) -> str:
    if name in _INSTEAD:  # as long as the list is
        return text
    return period_name(text, lang) if name == "period" and text[:4].isdecimal() else as_written(text)


def as_written(text: str) -> str:
    """Dates as people write them; long texts cut."""
    stamp = _ISO.fullmatch(text)
    if stamp:
        try:
            return f"{datetime.fromisoformat(text):{'%d/%m/%Y %H:%M' if stamp['time'] else '%d/%m/%Y'}}"
        except ValueError:
            return text
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
