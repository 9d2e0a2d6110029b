"""The page on methods in words: what is asked, how it is answered, what cannot be said, what was measured."""

import pandas as pd

from dashboard.shell.columns import Column, Columns
from pipelines.evaluation import demo_seeds
from pipelines.evaluation import measured as kept
from pipelines.palette import LEVEL_MARKS
from pipelines.signals.shape import ORDER
from pipelines.texts import say

SIGNALS = ORDER
_PARTS = ("asks", "how", "needs", "cannot")


def say_all(key: str, lang: str) -> str:
    """A text with the marks of the levels at hand."""
    return say(key, lang, **LEVEL_MARKS)


def title(name: str, lang: str) -> str:
    """The name of a signal."""
    return say(f"signal.{name}.name", lang)


def facts(name: str, lang: str) -> list[tuple[str, str]]:
    """(part, text) of a signal, in the order they are read."""
    return [(say(f"method.part.{part}", lang), say(f"method.{name}.{part}", lang)) for part in _PARTS]


def measured(lang: str) -> pd.DataFrame:
    """What was planted and found in `make evaluate`: signal, planted, year, found (of 100), wrong (of 1,000), and in
    the demo.
    """
    rows = kept.read().merge(demo_seeds.read(), on=list(demo_seeds.KEYS), how="left")
    return pd.DataFrame(
        {
            "signal": [title(name, lang) for name in rows["signal"]],
            "planted": [
                kept.planted(name, size, lang) for name, size in zip(rows["signal"], rows["size"], strict=True)
            ],
            "year": rows["year"],
            "found": 100 * rows["power"],
            "wrong": rows["false_per_1000"],
            "demo": 1000 * rows["wronged"] / rows["innocent"],
        }
    )


def measured_columns(lang: str) -> Columns:
    """How they are written."""
    kinds = {"signal": "text", "planted": "text", "year": "year", "found": "count", "wrong": "points", "demo": "points"}
    return {name: Column(say(f"method.measured.{name}", lang), kind) for name, kind in kinds.items()}  # type: ignore[arg-type]


def measured_caption(lang: str) -> str:
    """On how much it rests, and what it is not."""
    return say("method.measured.caption", lang, worlds=int(kept.read()["worlds"].max()))
