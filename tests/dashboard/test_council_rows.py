"""What the council, the meeting and a unit's page show of rows made by hand: what is a fact, what was tested, what is
for reference.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.council import frames as council_frames
from dashboard.meeting import frames as meeting_frames
from dashboard.shell.filters import EVERYONE
from pipelines.warehouse.door import council, queries

ASKED: Any = (None, None)  # version and viewer: nobody looks into them here
Answers = Callable[..., None]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """`answers(rule_results=frame)`: what the reading door says."""

    def answer(**frames: pd.DataFrame) -> None:
        for name, frame in frames.items():
            monkeypatch.setattr(queries, name, lambda *_, answer=frame, **__: answer.copy())

    return answer


def _result(proposal: str, status: str, result: str | None = "DA_KHEN", **more: object) -> dict[str, object]:
    return {
        "unit_code": "V01", "unit_name": "Vụ 1", "proposal_code": proposal, "award": "LDTT", "award_kind": "THUONG_XUYEN", "result": result, "who": "A",
        "status": status, "rule_status": "statutory", "is_fact": False, "rule_name": f"{proposal} {status}",
        "rule_english": "", "kind": "votes", "basis": "", "value": 1.0, "limit_value": 1.0, "sheet": "S", "cell": "A1",
        "counted": "*", "base": "", "rounding": "", "years": "", "confirmed": False, "note": "", "file_name": "f",
        "column_name": "award", "rule_id": "R", "condition": "", "subject": "A", "written": "x",
    } | more  # fmt: skip


def test_facts_of_a_unit_are_of_what_was_granted_or_of_the_unit_itself_and_confirmed_ones_come_first(
    answers: Answers,
) -> None:
    rows = [
        _result("open", "breach", "DE_NGHI"), _result("granted", "breach"), _result("", "breach", None),
        _result("sure", "breach", is_fact=True), _result("refused", "breach", "KHONG_DAT"),
    ]  # fmt: skip
    answers(rule_results=pd.DataFrame(rows))
    told = council_frames.facts_of(*ASKED, "V01", "2025", "vi")
    assert told["proposal_code"].tolist() == ["sure", "granted", ""]


def test_a_breach_of_what_is_no_law_leaves_a_proposal_unknown(answers: Answers) -> None:
    benchmark = {"rule_status": "internal benchmark"}
    rows = [
        _result("1", "breach", "DE_NGHI", **benchmark), _result("1", "met", "DE_NGHI"),
        _result("2", "met", "DE_NGHI"), _result("3", "breach", "DE_NGHI"), _result("3", "breach", "DE_NGHI", **benchmark),
        _result("4", "unknown", "DE_NGHI"), _result("5", "not_applicable", "DE_NGHI"), _result("6", "breach"),
        _result("7", "met", "DE_NGHI", award_kind="NIEN_HAN"), _result("8", "breach", "DE_NGHI", award_kind="NIEN_HAN"),
    ]  # fmt: skip
    answers(rule_results=pd.DataFrame(rows), award_catalogue=pd.DataFrame(columns=["award", "name", "english"]))
    told = meeting_frames.proposals(*ASKED, "2025", EVERYONE, meeting_frames.OPEN, "vi").set_index("proposal_code")
    assert told["worst"].to_dict() == {
        "3": "breach", "8": "breach", "1": "unknown", "4": "unknown", "2": "met", "5": "not_applicable",
        "7": "not_applicable",  # of its own conditions none was examined
    }  # fmt: skip
    assert list(told.index) == ["3", "8", "1", "4", "2", "5", "7"]  # the worst first
    assert told.loc["1", ["breach", "unknown", "reference", "met"]].tolist() == [0, 0, 1, 1]


def _signal(name: str, level: str, testable: bool, reason: str = "", **more: object) -> dict[str, object]:
    return {
        "signal": name, "unit_code": "V01", "level": level, "testable": testable, "reason": reason, "headline_vi": "?",
        "headline_en": "?", "p_value": 0.5, "q_value": 0.9, "times": 1, "years": 1, "n": 1.0,
    } | more  # fmt: skip


def test_a_signal_that_could_not_be_tested_is_unknown_and_one_that_found_nothing_is_not(answers: Answers) -> None:
    rows = [
        _signal("award_rate", "none", True), _signal("rotation", "none", False), _signal("same_ratings", "watch", False),
        _signal("leaders_first", "explain", True), _signal("same_people", "none", False, "context"),
    ]  # fmt: skip
    answers(signals=pd.DataFrame(rows))
    told = council_frames.signals_of(*ASKED, "V01", "2025", "vi").set_index("signal")["standing"].to_dict()
    assert told == {
        "award_rate": "none", "rotation": "unknown", "same_ratings": "watch", "leaders_first": "explain",
        "same_people": "context",
    }  # fmt: skip


def test_a_unit_of_which_nothing_could_be_tested_is_unknown_on_the_list(answers: Answers) -> None:
    listed = pd.DataFrame(
        {
            "unit_code": ["V01", "V02", "V03"], "peer_group": "VU", "level": ["none", "none", "watch"],
            "p_combined": [np.nan, 0.4, np.nan], "excess_awards": [-0.04, 1.26, np.nan], "times": 1, "years": 1,
        }
    )  # fmt: skip
    marked = [
        _signal("award_rate", "watch", True, unit_code="V03", n=40.0),
        _signal("same_levels", "watch", True, unit_code="V03"),
    ]
    answers(council_list=listed, signals=pd.DataFrame(marked))
    told = council_frames.listed(*ASKED, "VU", "2025", "vi").set_index("unit_code")
    assert told["standing"].to_dict() == {"V01": "unknown", "V02": "none", "V03": "watch"}
    assert [str(one) for one in told["excess_awards"]] == ["0.0", "1.3", "nan"]  # never "-0.0"
    assert ";" not in told.loc["V03", "signals"] and told.loc["V03", "signals"]  # levels of awards make no list
    assert told.loc["V03", "n"] == 40


def _series(years: int, awarded: list[int] | None = None) -> pd.DataFrame:
    """Awards of a unit of a hundred by two awards for merit, year by year."""
    counts = awarded or [5 + year % 2 for year in range(years)]
    rows = [
        {"period": str(2010 + year), "breakdown": code, "stratum": "", "numerator": count, "denominator": 100.0, "state": "reported"}
        for year, count in enumerate(counts)
        for code in ("BKB", "CSTDCS")
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("years", "limits"), [(7, False), (8, True)])
def test_a_unit_has_limits_of_its_own_from_eight_years_on(
    years: int, limits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(council, "award_parts", lambda *_: _series(years))
    told = council.award_years(*ASKED, "V01", [])
    assert told["center"].notna().all() == limits == told["center"].notna().any()
    assert set(told["denominator"]) == {100} and told["numerator"].tolist()[:2] == [10, 12]  # both awards, people once
    assert not told["outside"].any() and set(told["breakdown"]) == {"BKB|CSTDCS"}


def test_limits_of_a_share_are_shares_and_a_year_beyond_them_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(council, "award_parts", lambda *_: _series(10, [1, 0, 1, 0, 1, 0, 1, 0, 1, 30]))
    told = council.award_years(*ASKED, "V01", [])
    assert set(told["lower"]) == {0} and told["outside"].tolist() == [False] * 9 + [True]


def test_awards_that_say_nothing_of_merit_are_no_part_of_the_series(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = ["LDTT", "KNC", "BKB", "CSTDCS"]
    monkeypatch.setattr(council.figures, "metric", lambda *_, **__: pd.DataFrame({"breakdown": codes}))
    assert council.award_parts(*ASKED, "V01", [])["breakdown"].tolist() == ["BKB", "CSTDCS"]
