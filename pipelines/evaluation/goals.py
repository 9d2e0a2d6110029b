"""What the methods are to reach on the invented worlds, and what they did: the rows of the pictures."""

from dataclasses import dataclass, field

import pandas as pd

from pipelines.evaluation import measured
from pipelines.evaluation.office import COUNCIL
from pipelines.evaluation.pictures import Row
from pipelines.signals.shape import COMBINED
from pipelines.texts import catalogue, say

LANGUAGES = ("vi", "en")
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Goal:
    """A row of a section, by the values in its columns, and what it is to reach: power at least, wrong
    names at most.
    """

    section: str
    where: dict[str, object]
    at_least: dict[str, float] = field(default_factory=dict)
    at_most: dict[str, float] = field(default_factory=dict)


def _rates(section: str, units: int, years: int, method: str, planted: float = 0.08, **most: float) -> Goal:
    where = {"units": units, "years": years, "method": method, "planted": planted, "kind": "plain"}
    least = {name: value for name, value in most.items() if name == "power"}
    return Goal(section, where, least, {name: value for name, value in most.items() if name != "power"})


def _people(section: str, where: dict[str, object], power: float | None = None, **most: float) -> Goal:
    return Goal(section, where, {} if power is None else {"power": power}, most)


_MAIN, _RATED = "year", "year_and_rating"
GOALS: tuple[Goal, ...] = (
    _rates("s1", 600, 1, _RATED, power=0.45, fdr=0.13),
    _rates("s1", 600, 5, _RATED, power=0.80, fdr=0.12, false_per_1000=10),
    _rates("s1", 600, 5, _MAIN, power=0.70, fdr=0.10),
    _rates("s1", 600, 10, _RATED, power=0.85, fdr=0.13),
    _rates("s1", 60, 5, _RATED, power=0.72, fdr=0.12),
    _rates("s1", 60, 5, _MAIN, fdr=0.12),
    *(_rates("s1", units, 5, method, 0.0, false_per_1000=10) for units in (600, 60) for method in (_MAIN, _RATED)),
    _rates("s3", 600, 3, "two_groups", power=0.93, fdr=0.12),
    _rates("s3", 600, 5, "two_groups", power=0.97, fdr=0.12),
    *(
        _people("s4", {"world": "full_turns", "years": years, "method": "waiting_time"}, power, fdr=0.05)
        for years, power in ((5, 0.90), (8, 0.98), (10, 0.98))
    ),
    *(
        _people("s4", {"world": "half_turns", "years": years, "method": "waiting_time"}, power)
        for years, power in ((10, 0.68), (15, 0.90))
    ),
    _people("s4", {"world": "waiting_period_1", "years": 10, "method": "waiting_time"}, 0.95, false_per_1000=2),
    _people("s4", {"world": "seniority", "years": 10, "method": "waiting_time"}, fdr=0.10),
    _people("s5", {"years": 10, "method": "three_leaders"}, 0.65, fdr=0.17),
    *(
        _people("s6", {"years": years, "earned": 0.0, "method": "flat_results"}, power, fdr=0.12)
        for years, power in ((12, 0.78), (15, 0.93))
    ),
)


def reached(tables: Tables, figure: str) -> list[Row]:
    """What was reached of a figure (power, fdr, false_per_1000) where there is a goal for it."""
    rows = []
    for goal in GOALS:
        for goals, is_least in ((goal.at_least, True), (goal.at_most, False)):
            if figure in goals:
                found = tables[goal.section]
                for name, value in goal.where.items():
                    found = found[found[name] == value]
                row = found.iloc[0]
                labels = tuple(_label(goal, lang) for lang in LANGUAGES)
                rows.append(Row(labels, row[figure], row[f"{figure}_error"], goals[figure], is_least))
    return rows


def of_office(table: pd.DataFrame) -> list[Row]:
    """What is found in an office of this size, where no goal was set; of the signals that make the council's list."""
    rows = []
    for row in table[table["signal"].isin((*COMBINED, COUNCIL))].to_dict("records"):
        labels = tuple(f"{measured.planted(row['signal'], row['size'], lang)} · {row['year']}" for lang in LANGUAGES)
        rows.append(Row(labels, row["power"], row["power_error"]))
    return rows


def innocent_in_office(table: pd.DataFrame) -> list[Row]:
    """Of 1,000 ordinary units named by mistake there, by signal and year."""
    rows = []
    for row in table.drop_duplicates(["signal", "year"]).to_dict("records"):
        signal = f"signal.{row['signal']}.name"
        labels = tuple(f"{say(signal, lang)} · {row['year']}" for lang in LANGUAGES)
        rows.append(Row(labels, row["false_per_1000"], row["false_per_1000_error"]))
    return rows


def _label(goal: Goal, lang: str) -> str:
    texts = catalogue(lang)
    names = [goal.where[name] for name in ("world", "method") if name in goal.where][:1]
    units = "evaluation.goal.units" if "units" in goal.where else "evaluation.goal.years"
    nobody = [texts["evaluation.goal.nobody"]] if goal.where.get("planted") == 0 else []
    size = say(units, lang, units=goal.where.get("units"), years=goal.where["years"])
    return " · ".join([goal.section.upper(), *(texts[f"evaluation.value.{name}"] for name in names), size, *nobody])
