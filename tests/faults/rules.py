"""Faults in what the dated rules say of proposals and units."""

from tests.faults import Fault, within


def _of(file: str, tests: str, *changes: tuple[str, ...]) -> list[Fault]:
    return within("rules", f"pipelines/rules/{file}", tests, changes)  # type: ignore[arg-type]


FAULTS: list[Fault] = [
    *_of(
        "ground/2_proposals.sql",
        "rules",
        ("coalesce(a.submitted_on, a.council_on, a.decided_on, s.ends_on)", "coalesce(a.council_on, a.submitted_on, a.decided_on, s.ends_on)"),
        ("coalesce(a.submitted_on, a.council_on, a.decided_on, s.ends_on)", "coalesce(a.submitted_on, a.decided_on, a.council_on, s.ends_on)"),
        ("WHERE b.valid_from <= p.judged_on", "WHERE b.valid_from < p.judged_on"),
        ("CASE WHEN there.period IS NULL THEN a.home_unit_code ELSE a.unit_code END", "a.unit_code"),
        ("b.kind NOT IN ('prerequisite', 'members', 'minimum')", "b.kind NOT IN ('members', 'minimum')"),
    ),
    *_of(
        "ground/2_proposals.sql",
        "allowed",
        ("WHEN 'down' THEN floor(round(share * people, 6))", "WHEN 'down' THEN floor(share * people)"),
        ("CASE WHEN min_one AND people >= 1 THEN 1", "CASE WHEN min_one THEN 1"),
        ("WHEN 'up' THEN ceil(round(share * people, 6))", "WHEN 'up' THEN floor(round(share * people, 6)) + 1"),
    ),
    *_of(
        "ground/3_merits.sql",
        "rules_unsure",
        ("coalesce(s.left_on > o.ends_on, TRUE) AS stays", "coalesce(s.left_on >= o.ends_on, TRUE) AS stays"),
        ("HAVING bool_and(has_awards)", "HAVING bool_or(has_awards)"),
    ),
    *_of(
        "members.sql",
        "rules_unsure",
        ("count(*) = 2 AND count(DISTINCT verdict) = 1", "count(DISTINCT verdict) = 1"),
    ),
    *_of(
        "prerequisite.sql",
        "rules_unsure",
        ("WHEN a.initiatives THEN a.value", ""),
        ("CASE a.result WHEN 'DE_NGHI' THEN k.has_awards ELSE k.has_all_awards END", "k.has_awards"),
    ),
    *_of(
        "prerequisite.sql",
        "rules",
        ('ORDER BY together, left(condition, 1), verdict DESC,\n    condition', "ORDER BY together DESC, left(condition, 1), verdict DESC, condition"),
    ),
    *_of(
        "votes.sql",
        "rules_unsure",
        ("round(value * council_size, 6) AS asked_for", "value * council_size AS asked_for"),
    ),
    *_of(
        "target.sql",
        "rules_of_units",
        ("CASE WHEN c.raw LIKE '%\\%%' ESCAPE '\\'\n", "CASE WHEN FALSE\n"),
    ),
    *_of(
        "ceiling.sql",
        "rules_of_units",
        ("OVER (PARTITION BY unit_code, period, rule) > 1", "OVER (PARTITION BY unit_code, period, rule_no) > 1"),
        ("count(DISTINCT subject) FILTER (WHERE NOT is_pending)", "count(subject) FILTER (WHERE NOT is_pending)"),
    ),
    *_of(
        "barred.sql",
        "rules_of_units",
        ('coalesce(a.decided_on, a.judged_on),\n               TRUE)', "coalesce(a.judged_on, a.decided_on), TRUE)"),
    ),
]  # fmt: skip
