"""Is a word Vietnamese? Judged by how its syllable is built, so that no list of English words has to be kept."""

import re
from functools import lru_cache

from pipelines.contract import reference
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions.values.cleaning import fold
from pipelines.texts import catalogue

_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x)?"
_CLOSED = "(?:uye|uo|oa|oe|oo|ie|ye|ua|ue|uy|a|e|i|o|u|y)(?:ch|ng|nh|c|m|n|p|t)"
_OPEN = "(?:oai|oay|oao|oeo|uai|uay|uao|uoi|uou|uya|uyu|ieu|yeu|ai|ao|au|ay|eo|eu|ia|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|a|e|i|o|u|y)"
_SYLLABLE = re.compile(f"{_ONSET}(?:{_CLOSED}|{_OPEN})")
_WORD = re.compile(r"[^\W\d_]+")


def foreign(text: str) -> list[str]:
    """Words that are neither built like a Vietnamese syllable nor used in our own Vietnamese texts and lists.

    Abbreviations in capitals and words stuck to digits (codes, file names, versions) are nobody's language.
    """
    plain = [part for part in re.split(r"[\s/|·•()\[\]]+", text) if not re.search(r"\d|\.\w", part)]
    words = [word for part in plain for word in _WORD.findall(part)]
    return [
        word for word in words if not _SYLLABLE.fullmatch(fold(word)) and not word.isupper() and word not in _ours()
    ]


@lru_cache
def _ours() -> frozenset[str]:
    """Words of our texts, but the pieces of codes (few_people)."""
    lists = reference.load(OWN_REFERENCE)
    named = [row.name for rows in (lists.units, lists.clusters, lists.provinces, lists.award_catalogue) for row in rows]
    named += [rule.name for rule in lists.rules]
    texts = " ".join([*catalogue("vi").values(), *named, "Streamlit"])
    return frozenset(word for part in texts.split() if "_" not in part for word in _WORD.findall(part))
