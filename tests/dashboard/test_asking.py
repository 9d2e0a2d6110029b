"""The cache of answers takes only functions that their names lead to: any other would be mixed up with
its namesakes.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.figure import Look
from dashboard.shell import asking
from dashboard.shell.asking import Figures
from pipelines.access import sees_all
from pipelines.warehouse.connection import Version
from pipelines.warehouse.viewer import Viewer

HERE = Figures(Version("a-version", Path("a-version")), sees_all())
NAMELESS = lambda *_: 1  # noqa: E731  (this is what the cache must refuse)
FRAME = pd.DataFrame({"one": [1]})
ASKED: list[int] = []


def doubled(_version: Version, _viewer: Viewer, number: int) -> int:
    ASKED.append(number)
    return number * 2


def drawn(_frame: pd.DataFrame, _look: Look) -> go.Figure:
    return go.Figure()


def _enclosing(number: int) -> Callable[..., int]:
    def within(*_: object) -> int:
        return number

    return within


def _of_a_page() -> Callable[..., int]:
    """A function as the script of a page defines it: pages run as the main module."""
    space: dict[str, Any] = {"__name__": "__main__"}
    exec("def rows(*_): return 1", space)
    return space["rows"]  # type: ignore[no-any-return]


class Holding:
    def method(self, *_: object) -> int:
        return 1


REFUSED: dict[str, Callable[..., Any]] = {
    "a lambda": lambda *_: 1,
    "a lambda with a name": NAMELESS,
    "a function that encloses a value": _enclosing(3),
    "a function with arguments laid in": partial(doubled, number=3),
    "a method of an object": Holding().method,
    "a function of a page": _of_a_page(),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_function_that_its_name_does_not_lead_to_is_refused_and_what_to_pass_is_said(what: str) -> None:
    for call in (
        lambda: asking.ask(HERE, REFUSED[what]),
        lambda: asking.draw(REFUSED[what], FRAME, Look()),
        lambda: asking.draw(REFUSED[what], FRAME.head(0), Look()),
    ):
        with pytest.raises(TypeError, match="pass a function that is defined at the top of a module"):
            call()


def test_a_function_of_a_module_is_asked_once_for_the_same_arguments() -> None:
    assert [asking.ask(HERE, doubled, 2), asking.ask(HERE, doubled, 3), asking.ask(HERE, doubled, 2)] == [4, 6, 4]
    assert ASKED == [2, 3]
    first = asking.draw(drawn, FRAME, Look())
    assert first is not None and asking.draw(drawn, FRAME, Look()) is first
    assert asking.draw(drawn, FRAME.head(0), Look()) is None
