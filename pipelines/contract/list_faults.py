"""What is wrong with the reference lists, place by place: all of it is told at once, with what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.problems import ReferenceInvalid
from pipelines.texts import say

# A list with one of these has rows that cannot be made; the others say that rows do not fit, and were let pass before.
UNREADABLE = frozenset(
    (
        "missing",
        "unreadable",
        "utf16",
        "not_utf8",
        "separator",
        "broken",
        "empty",
        "column_missing",
        "date",
        "number",
        "yes_no",
        "misfit",
    )
)


@dataclass(frozen=True)
class Fault:
    """`row` as a spreadsheet numbers it (the header is row 1), 0 for the file as a whole. The sentence is
    `list.<code>`, the remedy
    `list.<code>.fix`; `more`: what else they name."""

    file: str
    code: str
    row: int = 0
    column: str = ""
    value: str = ""
    more: dict[str, object] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """units.csv, row 12, column valid_to, “2025-13-01”: no real date. Write …"""
        told = [self.file]
        told += [say("list.row", lang, row=self.row)] if self.row else []
        told += [say("list.column", lang, column=self.column)] if self.column else []
        told += [f"“{self.value}”"] if self.value else []
        place = ", ".join(told)
        return " ".join([f"{place}:", *(say(f"list.{self.code}{end}", lang, **self.more) for end in ("", ".fix"))])


def refuse(faults: Iterable[Fault]) -> None:
    """`ReferenceInvalid` with every fault, in the order of the lists and their rows, of a cell the first; nothing when
    there is none.
    """
    first: dict[tuple[str, int, str], Fault] = {}
    for fault in faults:
        first.setdefault((fault.file, fault.row, fault.column), fault)
    told = sorted(first.values(), key=lambda one: (one.file, one.row))
    if told:
        texts = {f"faults_{lang}": "\n".join(f"- {one.sentence(lang)}" for one in told) for lang in ("vi", "en")}
        problem = ReferenceInvalid(count=len(told), **texts)
        problem.faults = tuple(told)
        raise problem
