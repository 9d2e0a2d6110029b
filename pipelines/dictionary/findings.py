"""Every check: its code, how grave it is, what it says and what to do."""

from pipelines.contract.checks import CHECKS, Severity
from pipelines.dictionary.page import both, code, heading, plain, table
from pipelines.texts import catalogue

# Part of the document -> first words of the codes it tells.
_PARTS = {
    "file": ("file",),
    "workbook": ("workbook", "sheet", "header", "column", "row"),
    "cell": ("cell", "value", "text", "date", "number", "choice", "code"),
    "between": (
        *("info", "period", "key", "reference", "award", "initiative", "staff"),
        *("order", "count", "score", "member"),
    ),
}


class _Ellipsis(dict[str, str]):
    """Facts of a problem that has not happened."""

    def __missing__(self, name: str) -> str:
        return "…"


def lines() -> list[str]:
    """One table a part. A check outside every part is a KeyError: the part is missing here."""
    parts = {word: part for part, words in _PARTS.items() for word in words}
    told: dict[str, list[tuple[str, ...]]] = {part: [] for part in _PARTS}
    for check, severity in CHECKS.items():
        told[parts[check.split(".")[0]]].append(_check(check, severity))
    return [
        line
        for part, rows in told.items()
        for line in [
            *heading(3, f"dictionary.checks.{part}", f"checks-{part}"),
            *table(("check", "severity", "sentence", "fix"), rows),
        ]
    ]


def _check(check: str, severity: Severity) -> tuple[str, ...]:
    what, fix = (_sentence(f"finding.{check}{ending}") for ending in ("", ".fix"))
    return code(check), both(f"annotate.severity.{severity}"), what, fix


def _sentence(key: str) -> str:
    vietnamese, english = (plain(catalogue(lang)[key].format_map(_Ellipsis())) for lang in ("vi", "en"))
    return f"{vietnamese} *{english}*"
