"""A choice: accepted by label, code or synonym, without regard to accents and case, and as "CODE | label"."""

from collections.abc import Iterable, Mapping

from pipelines.contract.reference import Reference
from pipelines.contract.shape import Code
from pipelines.contract.vocabulary import AWARD, VOCABULARIES
from pipelines.records.parsed import as_written
from pipelines.submissions.values import legacy_text
from pipelines.submissions.values.cleaning import clean, fold
from pipelines.submissions.values.nearest import nearest
from pipelines.submissions.values.typed import EMPTY, Read, Typed, wrong


def codes_of(vocabulary: str, reference: Reference) -> tuple[Code, ...]:
    """A code list; the award catalogue comes from the reference lists, whatever its dates."""
    if vocabulary != AWARD:
        return VOCABULARIES[vocabulary]
    return tuple(
        Code(award.award, award.name, award.english, tuple(award.synonyms.split("|")) if award.synonyms else ())
        for award in reference.award_catalogue
    )


def choice_reader(codes: Iterable[Code]) -> Read:
    """The rule of a choice column: the code, or `choice.unknown`."""
    known: dict[str, str] = {}
    for code in codes:  # codes and labels first: a synonym never takes a name from them
        known.setdefault(fold(code.code), code.code)
        known.setdefault(fold(code.label), code.code)
    for code in codes:
        for synonym in code.synonyms:
            known.setdefault(fold(synonym), code.code)

    def read(cell: object) -> Typed:
        raw = as_written(cell)
        text = clean(raw)[0]
        if not text:
            return EMPTY
        code = _known(known, text)
        if code:
            return Typed(raw, code)
        plain = legacy_text.of_cell(cell)
        for old in (plain,) if plain else legacy_text.readings(raw):
            if code := _known(known, old.text):
                return Typed(raw, code, (legacy_text.problem_of(old),))
        return wrong(cell, "choice.unknown")

    return read


def _known(known: Mapping[str, str], text: str) -> str | None:
    before, bar, _ = text.partition("|")
    return known.get(fold(text)) or (known.get(fold(before)) if bar else None)


def nearest_label(codes: Iterable[Code], value: str) -> str:
    """The label that a wrong choice probably meant, "" if none is near."""
    labels = {fold(spelling): code.label for code in codes for spelling in (*code.synonyms, code.code, code.label)}
    return nearest(value, labels)
