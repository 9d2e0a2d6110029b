"""Rules of `rules.csv` held against what counts: one SQL file a kind, numbers and codes from the list alone.

A kind asks the temporary tables of `ground/` and answers with one row a thing judged: [rule_no, unit_code, period,
subject, proposal_code, status, value, limit_value, submission_id, sheet, excel_row, column_name].
"""

from pathlib import Path

import duckdb

from pipelines.platform import digest

_HERE = Path(__file__).parent
_PRIVATE = (
    "-- private:"  # in the header of a kind: its rows are for who may see people; how many there are anybody may know
)


def kinds() -> dict[str, str]:
    """Statement of each kind of rule by its name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.sql"))}


def records() -> str:
    """The question of `ground/` that lists what a ceiling counts: evidence asks the same."""
    statement = (_HERE / "ground" / "4_records.sql").read_text(encoding="utf-8")
    return statement.partition(" AS\n")[2].rstrip(";\n")


def private_kinds() -> tuple[str, ...]:
    """Kinds that rest on what only some may see."""
    return tuple(kind for kind, sql in kinds().items() if _PRIVATE in sql)


def rule_hash() -> str:
    """SHA-256 over every statement that judges: with the hash of the lists it tells under which rules a version was
    judged.
    """
    return digest(_HERE, _HERE.rglob("*.sql"))


def judge(db: duckdb.DuckDBPyConnection) -> None:
    """Fill `rule_results` of facts and people for every unit something may have changed for since the version before.

    Needs the tables of a build: facts, reference lists, `reporting`, and the temporary ones of what was read
    (`books`, `gone`, `met`).
    """
    for path in sorted((_HERE / "ground").glob("*.sql")):
        db.execute(path.read_text(encoding="utf-8"))
    for table in ("rule_results", "people.rule_results"):
        db.execute(f"DELETE FROM {table} WHERE unit_code IN (SELECT unit_code FROM judged)")
    for kind, sql in kinds().items():
        target = "people.rule_results" if kind in private_kinds() else "rule_results"
        db.execute(_TOLD.format(target=target, sql=sql))
    db.execute(_HOW_MANY.format(kinds=", ".join(f"'{kind}'" for kind in private_kinds())))


_TOLD = """
INSERT INTO {target} BY NAME
SELECT b.rule_id, b.kind, b.condition, k.* EXCLUDE (rule_no), b.valid_from, b.basis, b.status AS rule_status,
       b.confirmed_on IS NOT NULL AS confirmed
FROM ({sql}) k
JOIN binding b USING (rule_no)
ORDER BY k.period, k.unit_code, b.rule_no, k.proposal_code, k.subject, k.submission_id, k.sheet, k.excel_row
"""
# One row a unit, year and row of a rule: how many of what was granted are in question, at the row that names the unit.
# What is only proposed is not settled: it leaves unknown.
_HOW_MANY = """
INSERT INTO rule_results BY NAME
SELECT r.rule_id, r.kind, r.condition, r.unit_code, r.period, '' AS subject, '' AS proposal_code,
       CASE WHEN bool_or(r.status = 'breach' AND a.result = 'DA_KHEN') THEN 'breach'
            WHEN bool_or(r.status IN ('breach', 'unknown')) THEN 'unknown' ELSE 'met' END AS status,
       CAST(count(*) FILTER (WHERE r.status = 'breach' AND a.result = 'DA_KHEN') AS DOUBLE) AS value, 0 AS limit_value,
           r.valid_from,
       r.basis, r.rule_status, r.confirmed, s.submission_id, s.sheet, s.excel_row, 'unit_code' AS column_name
FROM people.rule_results r
JOIN spoken s USING (unit_code, period)
JOIN awards a ON a.submission_id = r.submission_id AND a.sheet = r.sheet AND a.excel_row = r.excel_row
WHERE r.kind IN ({kinds})
GROUP BY r.rule_id, r.kind, r.condition, r.unit_code, r.period, r.valid_from, r.basis, r.rule_status, r.confirmed,
    s.submission_id, s.sheet, s.excel_row
ORDER BY r.period, r.unit_code, r.rule_id, r.valid_from
"""
