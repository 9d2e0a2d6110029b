"""What pages make of rows made by hand: what can be told apart, what comes first, what is divided by what."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

from dashboard.compare import frames as compare_frames
from dashboard.exemplars import frames as exemplar_frames
from dashboard.overview import key_figures, worth_a_look
from dashboard.shell.columns import utc
from dashboard.shell.filters import first_shown
from pipelines.warehouse.door import queries

ASKED: Any = (None, None)  # version and viewer: nobody looks into them here


def test_a_figure_tells_units_apart_where_it_is_neither_nobodys_nor_nearly_everybodys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = pd.DataFrame(
        {
            "metric": ["award_rate"] * 4 + ["exemplar_count"], "breakdown": ["A", "B", "C", "D", ""], "name": "n",
            "english": "e", "kind": ["ratio"] * 4 + ["count"], "value": [0.01, 0.3, 0.9, 0.4, 0.5],
        }
    )  # fmt: skip
    monkeypatch.setattr(queries, "offered", lambda *_: rows)
    figures = compare_frames.offered(*ASKED, "2025", "VU", "vi")
    assert [code for code, figure in figures.items() if figure.told] == ["award_rate.B", "award_rate.D"]
    assert compare_frames.first(figures) == ["award_rate.B"]  # the first of its metric


def _standing(**told: int) -> exemplar_frames.Standing:
    nothing = {"silent": 0, "blank": 0, "divided": 0, "heard": 0, "due": 0, "found": 3, "live": 3, "replicated": 0}
    return exemplar_frames.Standing(**nothing | told, change=None)


def test_units_without_an_exemplar_are_those_that_reported_none() -> None:
    assert _standing(reported=5, with_some=2).without == 3


def test_years_without_end_with_the_last_that_had_one() -> None:
    def need(*values: float | None) -> tuple[int, int]:
        return exemplar_frames._need(pd.DataFrame({"value": pd.Series(values, dtype=float)}))

    assert need(1, 0, 0) == (2, 2) and need(0, 1, None) == (1, 0) and need(0, 0, 1) == (0, 0)
    assert need(2, None, 0) == (2, 1)  # a year nobody told of is none


def test_the_list_of_exemplars_begins_with_what_waits_longest_and_ends_with_what_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    days = {
        "found_on": "2020-01-01",
        "developed_on": "2021-01-01",
        "summarised_on": "2022-01-01",
        "replicated_on": "2019-06-01",
    }
    rows = pd.DataFrame(
        [
            {"exemplar_name": name, "stage": stage, **days}
            for name, stage in (("done", "NHAN_RONG"), ("young", "TONG_KET"), ("old", "PHAT_HIEN"))
        ]
    ).assign(unit_name="V", field="", exemplar_kind="MO_HINH", file_name="f", sheet="s", cell="A1")
    monkeypatch.setattr(queries, "exemplars", lambda *_: rows)
    told = exemplar_frames.listed(*ASKED, "2025", ["V01"], "vi", "")
    assert told["exemplar_name"].tolist() == ["old", "young", "done"]
    assert told["since"].dt.year.tolist() == [2020, 2022, 2019]


def test_of_a_stage_nobody_was_in_before_there_is_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    stages = ["PHAT_HIEN", "BOI_DUONG", "TONG_KET", "NHAN_RONG"]
    rows = pd.DataFrame({"breakdown": stages, "value": [4.0, 0.0, 2.0, 1.0]})
    monkeypatch.setattr(queries, "metric", lambda *_: rows)
    told = exemplar_frames.stages(*ASKED, "2025", "VU", "vi")["from_before"]
    assert told[1] == 0 and told[3] == 0.5 and told[[0, 2]].isna().all()


def test_units_with_an_exemplar_are_shares_of_those_that_told() -> None:
    told = pd.DataFrame(
        [("2025", "A", 1.0), ("2025", "A", 0.0), ("2025", "B", 0.0), ("2025", "C", None), ("2024", "A", None)],
        columns=["period", "unit_code", "value"],
    )
    shares = key_figures._with_exemplar(told).set_index("period")
    assert shares.loc["2025", ["numerator", "denominator", "state"]].tolist() == [1, 2, "reported"]
    assert shares.loc["2024", ["denominator", "state"]].tolist() == [0, "not_submitted"]


def test_three_are_named_and_the_others_counted() -> None:
    assert worth_a_look._listed(["a", "b", "c"], "vi") == "a; b; c"
    assert "1" in worth_a_look._listed(["a", "b", "c", "d"], "vi")


def test_an_instant_without_a_zone_is_utc() -> None:
    assert utc(pd.Timestamp("2025-01-01 10:00")) == datetime(2025, 1, 1, 10, tzinfo=UTC)


def test_a_reader_first_sees_a_period_of_which_exactly_half_is_there() -> None:
    periods = pd.DataFrame({"obliged_count": [4, 4, 4], "received_count": [1, 2, 4]})
    assert first_shown(periods) == 1
    assert first_shown(periods.assign(received_count=[0, 1, 0])) == 1
