"""Signals that only tell: ceilings filled, points clusters gave, the same people; on a few rows made by hand."""

from dataclasses import replace

import pandas as pd

from pipelines.signals import ceiling_filled, cluster_scores, same_people, wording
from pipelines.signals.shape import CONTEXT, NONE
from tests.support.homes.signal_worlds import world

INPUTS = replace(world(4), until=2025)
UNITS = INPUTS.units["unit_code"].tolist()


def test_a_year_counts_as_filled_when_one_ceiling_that_allows_something_is_full() -> None:
    rows = [
        ("U00", 2024, "a", 3, 3), ("U00", 2024, "b", 1, 5), ("U00", 2025, "a", 2, 3), ("U01", 2025, "a", 4, 3),
        ("U01", 2024, "a", 0, 0), ("U02", 2015, "a", 3, 3), ("U02", 2025, "a", 1, 3),
    ]  # fmt: skip
    ceilings = pd.DataFrame(rows, columns=["unit_code", "year", "rule_id", "used", "allowed"]).assign(award="LDTT")
    told = ceiling_filled.rows(replace(INPUTS, ceilings=ceilings)).set_index("unit_code")
    assert told["value"].to_dict() == {
        "U00": 0.5,
        "U01": 1.0,
        "U02": 0.0,
    }  # 2015 is eleven years ago; 0 of 0 is no year
    assert told["n"].to_dict() == {"U00": 2, "U01": 1, "U02": 1} and set(told["expected"]) == {0.5}


def _scores(*rows: tuple[str, str, int, float | None, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit_code", "cluster_code", "year", "own", "final"])


def test_points_a_unit_gave_itself_are_held_against_its_own_cluster_in_the_same_year() -> None:
    scores = _scores(
        ("U00", "C1", 2025, 95, 90), ("U01", "C1", 2025, 93, 92), ("U02", "C2", 2025, 99, 80), ("U00", "C1", 2024, 90, 90),
        ("U01", "C1", 2024, None, 92),
    )  # fmt: skip
    told = cluster_scores.own_above_final(replace(INPUTS, scores=scores)).set_index("unit_code")
    assert told.loc["U00", ["value", "expected", "n"]].tolist() == [2.5, 1.5, 2]
    assert told.loc["U01", ["value", "expected", "n"]].tolist() == [1, 3, 1]
    assert told.loc["U02", ["value", "expected"]].tolist() == [19, 19]


def test_scores_are_alike_where_they_are_round_or_another_member_has_them_too() -> None:
    scores = _scores(
        ("U00", "C1", 2025, 95, 91), ("U01", "C1", 2025, 95, 91), ("U02", "C1", 2025, 95, 85), ("U03", "C1", 2025, 95, 88),
        ("U04", "C2", 2025, 95, 88), ("U05", "C2", 2024, 95, 90),
    )  # fmt: skip
    told = cluster_scores.alike(replace(INPUTS, scores=scores)).set_index("unit_code")
    assert told["value"].to_dict() == {"C1": 0.75, "C2": 0.0} and set(told["expected"]) == {0.6}


def test_pairs_of_years_are_those_seen_in_the_last_ten_beside_what_chance_gives() -> None:
    people = pd.DataFrame(
        [("U00", year, f"p{n}", n == 0) for year in range(2010, 2026) for n in range(4)],
        columns=["unit_code", "year", "person", "won"],
    )
    told = same_people.rows(replace(INPUTS, people=people)).set_index("unit_code")
    assert told.loc["U00", ["value", "period_from", "n"]].tolist() == [
        45,
        2016,
        4,
    ]  # ten years: 45 pairs, always the same
    assert told.loc["U00", "expected"] == 45 / 4
    assert told["reason"].drop("U00").eq("no_people").all()


def _row(**more: object) -> dict[str, object]:
    return {
        "signal": "rotation", "value": 3.0, "expected": 2.0, "period_from": 2016, "period_to": 2025, "n": 30, "level": NONE,
        "reason": "", "q_value": 0.5, "repeated": 1, "repeated_by_chance": 4, "leaders_share": 0.5, "others_share": 0.2,
    } | more  # fmt: skip


def test_what_only_tells_says_what_was_seen_and_no_verdict() -> None:
    seen, judged = (wording.headline(_row(reason=reason), "vi") for reason in (CONTEXT, ""))
    assert judged.startswith(seen) and len(judged) > len(seen)
    assert "2016–2025" in seen and "2025–2025" not in wording.headline(_row(period_from=2025), "vi")


def test_what_is_rare_and_yet_less_than_clear_is_said_so_and_of_turns_in_words_of_their_own() -> None:
    def said(signal: str, level: str, q: float) -> str:
        return wording._verdict(_row(signal=signal, level=level, q_value=q))

    assert (said("leaders_first", "watch", 0.05), said("leaders_first", "watch", 0.15)) == ("watch_rare", "watch")
    assert said("leaders_first", "explain", 0.01) == "explain"
    assert (said("rotation", "watch", 0.05), said("rotation", "explain", 0.01)) == (
        "watch_rotation",
        "explain_rotation",
    )


def test_the_sentence_of_the_list_tells_what_could_not_be_tested_from_what_found_nothing() -> None:
    def said(level: str, p: float, signals: int) -> str:
        return wording._together({"level": level, "p_combined": p, "signals_count": signals, "facts_count": 0}, "vi")

    nothing, untested = said("none", 0.5, 0), said("none", float("nan"), 0)
    unclear, watched = said("watch", 0.1, 0), said("watch", 0.1, 1)
    assert len({nothing, untested, unclear, watched}) == 4
    assert said("watch", float("nan"), 0) == unclear


def test_where_every_leader_was_awarded_no_odds_are_told() -> None:
    shares = {
        "signal": "leaders_first",
        "value": float("inf"),
        "expected": 1.8,
        "leaders_share": 1.0,
        "others_share": 0.9,
    }
    for lang, counted in (("vi", "cụm báo cáo theo lượt"), ("en", "clusters report awards, not people")):
        said = wording.headline(_row(**shares), lang)
        assert "∞" not in said and "100" in said and counted in said
