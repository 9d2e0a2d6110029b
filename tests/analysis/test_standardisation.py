"""What a unit would have at the rates of its peers, counted by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analysis.standardisation import expected

COUNTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=6, max_size=6)


def test_expected_awards_are_people_times_the_rate_of_their_stratum() -> None:
    told = expected(["a", "a", "b", "b"], ["g"] * 4, ["senior", "junior"] * 2, [6, 1, 2, 3], [10, 20, 10, 20])
    assert told.index.tolist() == ["a", "b"] and told.loc["a", "group"] == "g"
    assert told["expected"].tolist() == pytest.approx([10 * 8 / 20 + 20 * 4 / 40] * 2)
    assert told[["count", "size"]].to_numpy().tolist() == [[7, 30], [5, 30]]


def test_the_make_up_of_a_unit_moves_what_is_expected_of_it() -> None:
    unit, stratum = ["a", "a", "b", "b"], ["senior", "junior"] * 2
    told = expected(unit, ["g"] * 4, stratum, [9, 1, 1, 9], [10, 10, 2, 90])
    assert told.loc["a", "expected"] / 20 > 3 * told.loc["b", "expected"] / 92
    alike = expected(unit, ["g"] * 4, ["all"] * 4, [9, 1, 1, 9], [10, 10, 2, 90])
    assert alike.loc["a", "expected"] / 20 == pytest.approx(alike.loc["b", "expected"] / 92)


@given(COUNTS)
@settings(deadline=None, max_examples=30)
def test_a_group_expects_together_what_it_counted_and_three_times_the_people_three_times_as_much(
    rows: list[tuple[int, int]],
) -> None:
    count, size = np.array([k for k, _ in rows]), np.array([k + rest for k, rest in rows])
    unit, group, year = ["a", "b", "c", "a", "b", "c"], [1, 1, 2, 1, 1, 2], [1, 1, 1, 2, 2, 2]
    told = expected(unit, group, year, count, size)
    by_group = told.groupby("group")[["count", "expected"]].sum()
    np.testing.assert_allclose(by_group["expected"], by_group["count"], atol=1e-9)
    np.testing.assert_allclose(expected(unit, group, year, 3 * count, 3 * size)["expected"], 3 * told["expected"])


def test_peers_of_another_group_count_for_nothing() -> None:
    alone = expected(["a", "b"], [1, 1], [0, 0], [1, 3], [10, 10])
    beside = expected(["a", "b", "c"], [1, 1, 2], [0, 0, 0], [1, 3, 9], [10, 10, 10])
    assert beside.loc[["a", "b"], "expected"].tolist() == alone["expected"].tolist() == [2, 2]


def test_a_unit_of_two_groups_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="two peer groups"):
        expected(["a", "a"], [1, 2], [0, 0], [1, 1], [2, 2])
