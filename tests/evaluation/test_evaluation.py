"""The methods on invented worlds: the short version of docs/evaluation.md, with floors under what they must find."""

import numpy as np
import pandas as pd
import pytest

from pipelines.evaluation import combined, document, outcomes, rates, replicates, worlds
from pipelines.evaluation.document import Section
from pipelines.evaluation.replicates import Effort
from pipelines.texts import catalogue


def _figures(table: pd.DataFrame, **where: object) -> pd.Series:
    for name, value in where.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_figures_are_counted_as_by_hand() -> None:
    planted, small = np.array([1, 1, 0, 0, 0, 0], bool), np.array([1, 0, 1, 0, 0, 0], bool)
    one = outcomes.counted(np.array([1, 0, 1, 0, 0, 0], bool), planted, small)
    nobody = outcomes.counted(np.zeros(6, bool), planted, small)
    told = outcomes.figures([one, nobody])
    assert (told["power"], told["fdr"], told["false_per_1000"]) == (0.25, 0.25, 125)
    assert (told["power_small"], told["wronged_somebody"]) == (0.5, 0.5)
    assert told["fdr_error"] == pytest.approx(np.std([0.5, 0], ddof=1) / np.sqrt(2))
    clean = outcomes.figures([outcomes.counted(np.zeros(6, bool), np.zeros(6, bool), small)] * 2)
    assert np.isnan(clean["power"]) and clean["fdr"] == 0


def test_worlds_are_what_they_say() -> None:
    world = worlds.awarding(np.random.default_rng(1), 400, 3)
    assert world.planted.sum() == 32 and (world.count <= world.size).all()
    assert world.heads.min() >= 5 and world.heads.max() <= 300 and 22 <= np.median(world.heads) <= 32
    assert (world.size.sum(2) == world.heads[:, None]).all()
    rate = world.count.sum((1, 2)) / world.size.sum((1, 2))
    assert np.median(rate[world.planted]) > 1.8 * np.median(rate[~world.planted])
    by_rating = world.count.sum((0, 1)) / world.size.sum((0, 1))
    assert by_rating[0] > by_rating[1] > by_rating[2]
    alike = worlds.rating(np.random.default_rng(1), 400, 3, sizes=worlds.MINISTRY)
    shares = alike.size.sum(1).max(1) / alike.size.sum((1, 2))
    assert (
        shares[alike.planted].mean() == pytest.approx(0.95, abs=0.01)
        and 12 <= alike.heads.min() < alike.heads.max() <= 24
    )


def test_the_same_seed_gives_the_same_figures_in_one_process_or_two() -> None:
    settings = (rates.Setting(60, 1, 3),)
    with replicates.side_by_side(1.0, 2) as effort:
        beside = rates.rating_spread(effort, settings)
    pd.testing.assert_frame_equal(beside, rates.rating_spread(Effort(), settings))
    other = rates.rating_spread(Effort(seed=1), settings)
    assert not other.equals(beside)


def test_units_that_award_too_readily_are_found_and_few_others_named() -> None:
    table = rates.award_rates(Effort(), (rates.Setting(600, 5, 6), rates.Setting(60, 5, 20)))
    main, rated = (_figures(table, units=600, method=version) for version in (rates.BY_YEAR, rates.BY_RATING))
    assert main["power"] >= 0.6 and rated["power"] >= 0.7 and rated["power_small"] >= 0.55
    assert max(main["fdr"], rated["fdr"]) <= 0.17 and max(main["false_per_1000"], rated["false_per_1000"]) <= 15
    few = _figures(table, units=60, method=rates.BY_RATING)
    assert few["power"] >= 0.6 and few["fdr"] <= 0.16
    assert _figures(table, units=600, method=rates.RAW)["fdr"] > 2 * main["fdr"]


def test_where_nobody_is_guilty_hardly_anybody_is_named() -> None:
    table = rates.award_rates(Effort(), (rates.Setting(600, 5, 4, planted=0), rates.Setting(60, 5, 20, planted=0)))
    assert (table[table["method"] != rates.RAW]["false_per_1000"] <= 15).all()
    alike = rates.rating_spread(Effort(), (rates.Setting(600, 5, 4, planted=0),))
    assert _figures(alike, method="two_groups")["false_per_1000"] <= 3


def test_units_that_rate_nearly_all_alike_are_found() -> None:
    table = rates.rating_spread(Effort(), (rates.Setting(600, 3, 4), rates.Setting(600, 5, 4, kind="subtle")))
    plain, subtle = (_figures(table, kind=kind, method="two_groups") for kind in ("plain", "subtle"))
    assert plain["power"] >= 0.88 and plain["fdr"] <= 0.16
    assert subtle["power"] >= 0.5 and subtle["power"] > _figures(table, kind="subtle", method="over_90")["power"]


def test_taking_signals_together_keeps_wrong_names_few_however_alike_they_are() -> None:
    settings = tuple(combined.Setting(600, alike, 12) for alike in (0.0, 0.6))
    table = combined.invented_scores(Effort(), settings)
    assert (table[table["method"] == "acat"]["fdr"] <= 0.14).all() and (
        table[table["method"] == "acat"]["power"] > 0.85
    ).all()
    assert _figures(table, correlation=0.6, method="fisher")["fdr"] > 0.3
    both = combined.measured_signals(Effort(), (combined.Setting(600, np.nan, 3),))
    assert _figures(both, method="acat")["power"] > max(_figures(both, method=one)["power"] for one in ("s1", "s3"))
    assert _figures(both, method="acat")["fdr"] <= 0.2


def test_the_page_tells_every_section_in_both_languages() -> None:
    table = pd.DataFrame(
        {"units": [600], "method": ["two_groups"], "power": [0.8], "power_error": [0.01], "new": ["x"]}
    )
    text = document.document(document.tried(Effort(), (Section("s3", lambda effort: table),)))
    assert "600 | hai nhóm · *two groups* | 0,800 ± 0,010 | x |" in text and "power_error" not in text
    written = document.PATH.read_text(encoding="utf-8")
    for section in document.SECTIONS:
        for lang in ("vi", "en"):
            assert catalogue(lang)[f"evaluation.{section.key}"] in written, "python -m pipelines evaluate"
