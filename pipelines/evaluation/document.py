"""`docs/evaluation.md`: how often the methods find what they look for and how often they name innocents, section by
section.

A section is a function that tries one method on invented worlds and returns a table: columns that tell the setting,
then figures, each with a column `<figure>_error` beside it for the standard error of trying only so many worlds.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.evaluation import (
    combined,
    demo_seeds,
    goals,
    leaders,
    measured,
    office,
    pictures,
    rates,
    rises,
    rotation,
)
from pipelines.evaluation.replicates import Effort, side_by_side
from pipelines.places import IS_INSTALLED
from pipelines.platform import write_whole
from pipelines.settings import PROJECT
from pipelines.texts import catalogue, number, say

PATH = PROJECT / "docs" / "evaluation.md"
Tables = dict[str, pd.DataFrame]
Step = Callable[[int, int], None]  # done, of how many
FOLDER = "pictures/evaluation"  # beside the page
_GOALS, _OFFICE = ("found", "wrong", "innocent"), ("office", "office_innocent")
_DEMO = "demo"
_ERROR = "_error"
_DECIMALS = {"false_per_1000": 1, "demo_false": 1, "planted": 2, "correlation": 1}  # 3 otherwise


@dataclass(frozen=True)
class Section:
    """`key` of its texts `evaluation.<key>` and `evaluation.<key>.intro`, and what makes its table."""

    key: str
    table: Callable[[Effort], pd.DataFrame]


SECTIONS: tuple[Section, ...] = (
    Section("office", office.found),
    Section("s1", rates.award_rates),
    Section("s3", rates.rating_spread),
    Section("s4", lambda effort: rotation.evaluated(effort.of(8))),
    Section("s5", lambda effort: leaders.evaluated(repeats=effort.of(20))),
    Section("s6", lambda effort: rises.evaluated(repeats=effort.of(20))),
    Section("signals", combined.measured_signals),
    Section("scores", combined.invented_scores),
)


def tried(effort: Effort, sections: Sequence[Section] = SECTIONS, step: Step = lambda done, total: None) -> Tables:
    """What came of each section, by its key."""
    tables = {}
    for done, section in enumerate(sections, start=1):
        tables[section.key] = section.table(effort)
        step(done, len(sections))
    return tables


def drawings(tables: Tables) -> dict[str, str]:
    """The pictures as SVG, by name: every goal and what was reached, and what is found in an office of this size."""
    rows = {
        "found": (goals.reached(tables, "power"), 1.0, 3),
        "wrong": (goals.reached(tables, "fdr"), 0.2, 3),
        "innocent": (goals.reached(tables, "false_per_1000"), 20.0, 1),
        "office": (goals.of_office(tables["office"]), 1.0, 3),
        "office_innocent": (goals.innocent_in_office(tables["office"]), 20.0, 1),
    }
    return {
        name: pictures.drawn(name, lines, most, decimals) for name, (lines, most, decimals) in rows.items() if lines
    }


def document(tables: Tables, there: Collection[str] = ()) -> str:
    """The whole page as Markdown, Vietnamese with English beside it; `there`: the pictures that are."""
    lines = ["# " + _both("evaluation.title"), "", *_paragraphs("evaluation.intro")]
    lines += ["## " + _both("evaluation.goals"), "", *_paragraphs("evaluation.goals.intro"), *_shown(there, _GOALS)]
    for name, table in tables.items():
        key = f"evaluation.{name}"
        places = demo_seeds.top_tier() if name == _DEMO else {}
        lines += ["## " + _both(key), "", *_paragraphs(f"{key}.intro", **places)]
        lines += [*(_shown(there, _OFFICE) if name == "office" else []), *_table(table)]
    return "\n".join(lines).rstrip() + "\n"


def keep(tables: Tables, path: Path) -> None:
    """Write the page and its pictures; in their own place also the figures people are shown."""
    folder = path.parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    tables = _beside_demo(tables)
    drawn = drawings(tables)
    write_whole(path, document(tables, drawn).encode())
    for name, drawing in drawn.items():
        write_whole(folder / f"{name}.svg", drawing.encode())
    if path == PATH and not IS_INSTALLED:
        measured.write(tables["office"])


def write(path: Path = PATH, worlds: float = 1.0, processes: int = 1, step: Step = lambda done, total: None) -> Path:
    """Try everything on `worlds` times the usual number of worlds and write the page; its path."""
    with side_by_side(worlds, processes) as effort:
        keep(tried(effort, step=step), path)
    return path


def _beside_demo(tables: Tables) -> Tables:
    """The same, with what was seen in the demo after what was measured in an office of its size."""
    first = {"office": tables["office"], _DEMO: demo_seeds.compared(tables["office"])}
    return first | {name: table for name, table in tables.items() if name not in first}


def _shown(there: Collection[str], names: tuple[str, ...]) -> list[str]:
    lines = [f"![{_both(f'evaluation.picture.{name}')}]({FOLDER}/{name}.svg)" for name in names if name in there]
    return [part for line in lines for part in (line, "")]


def _both(key: str) -> str:
    return f"{say(key, 'vi')} · {say(key, 'en')}"


def _paragraphs(key: str, **places: int) -> list[str]:
    """A long text: Vietnamese, then English as a quotation."""
    vietnamese, english = (say(key, lang, **places).splitlines() for lang in ("vi", "en"))
    return [*vietnamese, "", *(f"> {line}".rstrip() for line in english), ""]


def _table(frame: pd.DataFrame) -> list[str]:
    shown = [name for name in frame.columns if not name.endswith(_ERROR)]
    titles = [_word("column", name) for name in shown]
    rows = [[_cell(row, name) for name in shown] for row in frame.to_dict("records")]
    return [_line(titles), "|" + "---|" * len(shown), *map(_line, rows), ""]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _word(kind: str, name: str) -> str:
    """The words for a column or a value in both languages; as it stands where there are none."""
    vietnamese, english = (catalogue(lang).get(f"evaluation.{kind}.{name}", name) for lang in ("vi", "en"))
    return vietnamese if vietnamese == english else f"{vietnamese} · *{english}*"


def _cell(row: dict[str, Any], name: str) -> str:
    """Figures with their error as 0,79 ± 0,01."""
    value = row[name]
    if name == "size":
        return " · ".join(measured.planted(row["signal"], value, lang) for lang in ("vi", "en"))
    if name == "year":
        return str(value)
    if name == "signal":
        return _both(f"signal.{value}.name")
    if isinstance(value, str):
        return _word("value", value)
    if isinstance(value, int):
        return number(value, "vi")
    decimals = _DECIMALS.get(name, 3)
    error = row.get(name + _ERROR, float("nan"))
    told = number(value, "vi", decimals)
    return told if error != error else f"{told} ± {number(error, 'vi', decimals)}"
