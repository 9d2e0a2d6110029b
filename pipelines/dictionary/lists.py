"""Code lists: those the law or the forms fix, the catalogue of awards, and the dated lists the organisation keeps."""

from pipelines.contract import reference
from pipelines.contract.rules import Rule
from pipelines.contract.vocabulary import AWARD, RECIPIENT, VOCABULARIES
from pipelines.dictionary.page import both, code, heading, pair, table, titled
from pipelines.settings import OWN_REFERENCE


def lines() -> list[str]:
    """Vocabularies, the award catalogue, and what each reference list is for."""
    told = []
    for name, codes in VOCABULARIES.items():
        told += titled(3, f"`{name}`", both(f"dictionary.vocabulary.{name}"), f"list-{name}")
        told += table(
            ("code", "label", "synonyms"),
            [(code(c.code), pair(c.label, c.english), ", ".join(c.synonyms)) for c in codes],
        )
    told += [*heading(3, "dictionary.catalogue", f"list-{AWARD}"), both("dictionary.catalogue.note"), ""]
    told += table(
        ("code", "label", "recipient", "level", "counts_as_merit", "synonyms", "valid_from"),
        [_award(a) for a in _catalogue()],
    )
    told += [*heading(3, "dictionary.rules", "list-rule_id"), both("dictionary.rules.note"), ""]
    titles = ("code", "rule", "rule_formula", "valid", "basis", "status", "note")
    told += table(titles, [_rule(rule) for rule in _own().rules])
    told += heading(3, "dictionary.reference", "reference")
    lists = [(code(f"data/reference/{name}.csv"), both(f"dictionary.table.{name}")) for name in reference.ROW_OF]
    return [*told, *table(("list", "means"), lists), both("dictionary.reference.status"), ""]


def _own() -> reference.Reference:
    return reference.load(OWN_REFERENCE)


def _catalogue() -> tuple[reference.Award, ...]:
    return tuple(sorted(_own().award_catalogue, key=lambda award: award.sort_order))


def _award(award: reference.Award) -> tuple[str, ...]:
    labels = {one.code: pair(one.label, one.english) for one in RECIPIENT}
    recipients = labels.get(award.recipient) or both("dictionary.catalogue.both")
    synonyms = ", ".join(award.synonyms.split("|")) if award.synonyms else ""
    merit = both("dictionary.yes") if award.counts_as_merit else ""
    name = pair(award.name, award.english)
    return code(award.award), name, recipients, code(award.level), merit, synonyms, _valid(award)


def _rule(rule: Rule) -> tuple[str, ...]:
    status = f"{rule.status}; {both(f'dictionary.rules.scope.{rule.scope}')}"
    name = pair(rule.name, rule.english)
    return code(rule.rule_id), name, _formula(rule), _valid(rule), rule.basis, status, rule.note


def _formula(rule: Rule) -> str:
    """The codes and the number of a rule as signs, alike in both languages."""
    counted, base = rule.counted.replace("|", ", "), rule.base.replace("|", " / ")
    days = both("dictionary.rules.days")
    value = f"{rule.value:g}"
    return {
        "ceiling": f"{counted} ≤ {value} × ({rule.base.replace('|', ' + ')})",
        "prerequisite": f"{rule.condition} {counted} ⇐ {value} × ({base}) [{rule.years}]".strip(),
        "members": f"{counted} ⇐ {'>' if rule.rounding == 'above' else '≥'} {value} {base}",
        "minimum": f"{counted} ⇐ {base} ≥ {value}",
        "barred": f"{counted} ⇐ ({base}) = 0",
        "order": f"{counted}: {base.replace(' / ', ' ≤ ')} ({value} {days})",
        "days": f"{counted}: {base.replace(' / ', ' → ')} ≤ {value} {days}",
        "unique": f"{counted} ≤ {value}",
        "votes": f"{counted}: {'>' if rule.rounding == 'above' else '≥'} {value}",
        "target": f"{counted} < {value}",
        "wait": f"{counted}: + {value} {both('dictionary.rules.years')}",
        "words": counted,
    }[rule.kind]


def _valid(row: reference.Award | Rule) -> str:
    return f"{row.valid_from:%d/%m/%Y}" + (f"–{row.valid_to:%d/%m/%Y}" if row.valid_to else "")
