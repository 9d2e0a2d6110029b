"""The page on methods in words: what is asked, how it is answered, what cannot be said, what was measured."""

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
