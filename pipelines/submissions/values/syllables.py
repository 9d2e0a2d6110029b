"""Is this a word of Vietnamese?

One syllable: a beginning, a rhyme, one tone; told by the orthography, without a dictionary.
"""

import re
import unicodedata
from functools import lru_cache

_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")  # grave, acute, tilde, hook, dot below
_STOPPED = ("c", "ch", "p", "t")  # such rhymes bear only the acute or the dot below
_BEGINNINGS = "b|ch|c|d|đ|gh|gi|g|h|kh|kr|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu "
    "ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y ych yêm yên yêng yêt yêu ynh yt"
)
_SHAPE = re.compile(f"({_BEGINNINGS}|)({_RHYMES.replace(' ', '|')})")
_VOWELS = re.compile("[aăâeêioôơuưy]+")
_MARKED = "ăâêôơư"
_EITHER = {"oa": (0, 1), "oe": (0, 1), "uy": (0, 1)}  # hòa and hoà
_ABBREVIATION = re.compile("(?=.*[A-Z])[BCDĐGHKLMNPQSTVX]*Đ[BCDĐGHKLMNPQSTVX]*")  # QĐ, HĐND, ĐT


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word is a Vietnamese syllable, whatever its case, or an abbreviation with Đ."""
    letters = [unicodedata.normalize("NFD", letter) for letter in unicodedata.normalize("NFC", word.lower())]
    toned = [place for place, letter in enumerate(letters) if _TONE.search(letter)]
    bare = "".join(unicodedata.normalize("NFC", _TONE.sub("", letter)) for letter in letters)
    found = _SHAPE.fullmatch(bare)
    if found is None or len(toned) > 1:
        return bool(_ABBREVIATION.fullmatch(word))
    if not toned:
        return True
    is_stopped = bare.endswith(_STOPPED) and not any(tone in letters[toned[0]] for tone in "\u0301\u0323")
    return not is_stopped and toned[0] - len(found[1]) in _places(found[2])


def _places(rhyme: str) -> tuple[int, ...]:
    """Where in a rhyme its tone may stand."""
    vowels = _VOWELS.match(rhyme)
    length = vowels.end() if vowels else 1
    marked = [place for place in range(length) if rhyme[place] in _MARKED]
    if marked:
        return (marked[-1],)
    if length < len(rhyme):
        return (length - 1,)
    return _EITHER.get(rhyme, (length // 3,))
