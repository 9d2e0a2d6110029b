"""The figures people are shown beside a signal: measured in an office like this one, the same in data, document and
page.
"""

import re
from collections import Counter
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from pipelines import palette
from pipelines.cli.entry import app
from pipelines.demo import patterns
from pipelines.evaluation import demo_seeds, document, goals, measured, office, office_worlds
from pipelines.evaluation.pictures import Row, drawn
from pipelines.evaluation.replicates import Effort
from pipelines.settings import Home
from pipelines.texts import number, say
from tests.seeds import SIGNAL_OF
from tests.support.pages.opened_pages import opened, words

_ROW, _CELL = re.compile(r"<tr.*?</tr>"), re.compile(r"<td[^>]*>(.*?)</td>")


def test_the_data_the_document_and_the_page_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = document.PATH.read_text(encoding="utf-8")
    lines = [line for line in written.splitlines() if line.startswith("| ")]
    page = words(opened(Home(tmp_path), monkeypatch, "method"))
    shown = [[unescape(cell).strip() for cell in _CELL.findall(row)] for row in _ROW.findall(page)]
    seeds = demo_seeds.read()
    for row in measured.read().to_dict("records"):
        name, planted = say(f"signal.{row['signal']}.name", "vi"), measured.planted(row["signal"], row["size"], "vi")
        told = [
            line
            for line in lines
            if name + " ·" in line and planted in line and f"| {row['year']} | {row['worlds']} |" in line
        ]
        power, wrong = number(row["power"], "vi", 3), number(row["false_per_1000"], "vi", 1)
        assert len(told) == 1 and f"| {power} ±" in told[0] and f"| {wrong} ±" in told[0], (
            "python -m pipelines evaluate"
        )
        [seen] = [cells for cells in shown if cells[:3] == [name, planted, str(row["year"])]]
        demo = seeds[(seeds[list(demo_seeds.KEYS)] == [row[key] for key in demo_seeds.KEYS]).all(axis=1)]
        there = [number(1000 * one.wronged / one.innocent, "vi", 1) for one in demo.itertuples()]
        assert seen[3:] == [number(100 * row["power"], "vi"), wrong, *(there or ["–"])]


def test_what_was_planted_is_what_the_demo_plants() -> None:
    """As many, as large, as long: so that what is measured may be held against what the demo shows."""
    committees = [one for one in patterns.PLANTED if one.unit_code.startswith("T") and one.pattern in SIGNAL_OF]
    planted = Counter(
        (SIGNAL_OF[one.pattern], one.size, one.last == 2025) for one in committees if one.pattern != patterns.ROTATION
    )
    assert planted == Counter(
        (one.signal, one.size, unit < office_worlds.STAY) for one in office_worlds.PLANTS for unit in one.units
    )


def test_an_invented_office_has_the_units_there_are() -> None:
    world = office_worlds.drawn(np.random.default_rng(1))
    for year, committees in ((2024, 63), (2025, 34)):
        inputs = world[year]
        assert (inputs.units["peer_group"] == office_worlds.COMMITTEES).sum() == committees
        assert set(inputs.awards["unit_code"]) >= set(inputs.units["unit_code"]) and inputs.awards["year"].max() == year
        assert set(inputs.today.loc[inputs.today["year"] == 2014, "today"]) <= set(inputs.units["unit_code"])
        assert (inputs.leaders["awarded_leaders"] <= inputs.leaders["leaders"]).all()
        rated = inputs.ratings.groupby(["unit_code", "year"])["people"].sum()
        assert rated.equals(inputs.awards.set_index(["unit_code", "year"])["staff"].sort_index().rename("people"))


def test_the_signals_find_what_is_planted_in_an_office_of_this_size() -> None:
    found = office.found(Effort(worlds=8 / 300))
    kept = measured.read()
    assert found[["signal", "size", "year"]].equals(kept[["signal", "size", "year"]]), "python -m pipelines evaluate"
    power = found.set_index(["signal", "size", "year"])["power"]
    assert power["award_rate", 2.2, 2024] >= 0.75 and power["same_ratings", 0.95, 2024] >= 0.9
    assert power["rotation", 1.0, 2025] >= 0.9 and power["leaders_first", 9.0, 2024] >= 0.7
    assert power["award_rate", 2.2, 2025] > power["award_rate", 1.2, 2025]
    wrong = found.set_index("signal")["false_per_1000"]
    assert (wrong["council"] <= 2).all() and (wrong <= 40).all()


def test_pictures_tell_what_the_document_tells() -> None:
    written = document.PATH.read_text(encoding="utf-8")
    pictures = {one.stem: one.read_text(encoding="utf-8") for one in (document.PATH.parent / document.FOLDER).iterdir()}
    assert {name for name in pictures if f"]({document.FOLDER}/{name}.svg)" in written} == set(pictures)
    office_now = drawn("office", goals.of_office(measured.read()), 1.0, 3)
    assert office_now == pictures["office"], "python -m pipelines evaluate"
    for name, figure in (("found", "power"), ("wrong", "fdr"), ("innocent", "false_per_1000")):
        told = [one.text for one in ElementTree.fromstring(pictures[name]).iter() if one.tag.endswith("text")]
        values = [text for text in told if re.fullmatch(r"\d+,\d{3}" if name != "innocent" else r"\d+,[1-9]", text)]
        assert len(values) >= sum(figure in {**goal.at_least, **goal.at_most} for goal in goals.GOALS) > 5
        assert all(f"| {value} ±" in written for value in values)


def test_a_missed_goal_is_a_diamond_and_a_kept_one_a_dot() -> None:
    def row(value: float, is_least: bool) -> Row:
        return Row(("a", "b"), value, 0.01, goal=0.5, is_least=is_least)

    kept, missed = (drawn("found", [row(one, True), row(1 - one, False)], 1.0, 3) for one in (0.6, 0.4))
    assert (kept.count("<circle"), missed.count("<circle")) == (2, 0)
    assert palette.RED in missed and palette.RED not in kept


def test_the_demo_finds_as_much_as_was_measured_at_its_sizes() -> None:
    """Counts of `python -m tests.seeds`: within 0.05, or what so few units may differ by chance; innocents stay out of
    the top tier.
    """
    told = demo_seeds.compared(measured.read())
    assert set(told["signal"]) >= {*SIGNAL_OF.values(), office.COUNCIL}
    assert (told["verdict"] != "apart").all(), told
    top = demo_seeds.top_tier()
    assert top["seeds"] >= 20 and min(top["kept"], top["empty"]) >= 0.9 * top["seeds"]


def test_a_difference_is_near_by_chance_or_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_seeds, "PATH", tmp_path / "demo_seeds.csv")
    keys = [("award_rate", 1.2, 2024), ("award_rate", 2.2, 2024), ("rotation", 1.0, 2025)]
    seen = pd.DataFrame(keys, columns=list(demo_seeds.KEYS)).assign(
        seeds=20, tested=20, found=[7, 10, 2], innocent=100, wronged=1
    )
    demo_seeds.write(seen)
    found = seen[list(demo_seeds.KEYS)].assign(
        worlds=300, power=[0.32, 0.65, 0.65], power_error=0.02, false_per_1000=5.0, false_per_1000_error=1.0
    )
    told = demo_seeds.compared(found)
    assert told["verdict"].tolist() == ["near", "chance", "apart"]
    assert told["difference"].round(2).tolist() == [0.03, -0.15, -0.55] and (told["demo_false"] == 10).all()


def test_a_look_at_a_few_worlds_leaves_the_figures_people_are_shown_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "tried", lambda effort, step: {})
    monkeypatch.setattr(document, "keep", lambda tables, path: path.write_bytes(b"tried"))
    before = document.PATH.read_bytes()
    for out in ([], ["--out", str(tmp_path / "a.md")]):
        told = CliRunner().invoke(app, ["evaluate", "--worlds", "0.05", "--processes", "1", *out])
        assert told.exit_code == 0, told.output
        assert Path(told.output.strip()).exists() and Path(told.output.strip()) != document.PATH
    assert CliRunner().invoke(app, ["evaluate", "--worlds", "0.05", "--out", str(document.PATH)]).exit_code == 2
    assert document.PATH.read_bytes() == before
