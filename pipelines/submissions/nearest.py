"""The accepted value that a wrong one probably meant."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pipelines.submissions.cleaning import fold

_MOST, _LONGEST, _ALIKE = 5_000, 120, 0.7


def nearest(value: str, accepted: Mapping[str, str] | Iterable[str]) -> str:
    """The accepted value most like `value` (folded key -> what to show, or plain values); "" if none is alike.

    Very long values and very long lists are not searched: the search costs more than the hint is worth.
    """
    shown = accepted if isinstance(accepted, Mapping) else {fold(text): text for text in accepted}
    key = fold(value.partition("|")[0]) if len(value) <= _LONGEST else ""
    if not key or len(shown) > _MOST:
        return ""
    if key in shown:
        return shown[key]
    found = get_close_matches(key, shown, n=1, cutoff=_ALIKE)
    return shown[found[0]] if found else ""
