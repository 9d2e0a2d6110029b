"""Faults at the desk: what is known, what is accepted, what the next template says, what is decided."""

from tests.faults import Fault, within


def _of(name: str, tests: str, *changes: tuple[str, ...]) -> list[Fault]:
    return within("desk", f"pipelines/desk/{name}.py", tests, changes)  # type: ignore[arg-type]


FAULTS: list[Fault] = [
    *_of(
        "acquainted",
        "known",
        ("            scope = code_scope(reference, *place)", "            scope = reference.units[0].code_scope"),
        (
            "if body and ledger.counts(body) and code_scope(",
            "if body and code_scope(",
            "what was withdrawn or replaced after the version was built is put in order with its place",
        ),
    ),
    *_of(
        "known",
        "known",
        ("row.left_on > on.isoformat()", "row.left_on >= on.isoformat()"),
        ("directory.beside(place, own=True)", "directory.beside(place)"),
        ("for period, one in ledger.issued.get(parsed.unit_code, ()):\n        if period == parsed.period:", "for period, one in ledger.issued.get(parsed.unit_code, ()):\n        if True:"),
    ),
    *_of(
        "reviews",
        "reviews",
        ('if one.period == period]', "]"),
        ("if event.seq <= seq", "if event.seq < seq"),
    ),
]  # fmt: skip
