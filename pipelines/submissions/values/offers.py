"""What a wrong value may be replaced by: the one it must have meant, else what there is to choose from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pipelines.submissions.values.cleaning import fold

SHORT = 12  # values that are all named; of a longer list the nearest
_NAMED, _ALIKE = 3, 0.5
_SEARCHED, _LONGEST = 200, 60  # longer lists and longer values are not searched: it would cost more than it is worth


@dataclass(frozen=True)
class Offer:
    """How to find the one value that was meant ("" when nobody can say), and all values, as the reader is
    to see them.
    """

    nearest: Callable[[str], str]
    values: tuple[str, ...] = ()

    def told(self, value: str) -> dict[str, str]:
        """Facts for the sentence of a finding: `nearest`; or `choices`, all of them; or `alike`; or some `choices` of
        `many`.
        """
        if near := self.nearest(value):
            return {"nearest": near}
        if not self.values:
            return {}
        if len(self.values) <= SHORT:
            return {"choices": _quoted(self.values)}
        if found := self._alike(value):
            return {"alike": _quoted(found)}
        return {"choices": _quoted(self.values[:_NAMED]), "many": str(len(self.values))}

    def _alike(self, value: str) -> list[str]:
        if len(self.values) > _SEARCHED or len(value) > _LONGEST:
            return []
        shown = {fold(one): one for one in self.values}
        return [shown[key] for key in get_close_matches(fold(value), shown, _NAMED, _ALIKE)]


def among(values: Iterable[str]) -> Offer:
    """Values none of which is nearer than the others: another kind of thing was written."""
    return Offer(lambda value: "", tuple(values))


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"“{value}”" for value in values)
