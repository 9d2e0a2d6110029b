"""What the signals say, worked out from the figures of a version being built and stored with them."""

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from pipelines.signals.shape import Inputs
from pipelines.warehouse.door import signal_inputs

Found = tuple[Inputs, pd.DataFrame]

# A signal at the end of a year reads that year and those before it: what was kept holds while all of them are settled.
_STALE = """
DELETE FROM {table} WHERE {year} NOT IN (SELECT unnest($years::VARCHAR[]))
   OR EXISTS (SELECT 1 FROM periods p WHERE p.period NOT IN (SELECT period FROM settled)
                 AND p.year <= CAST({table}.{year} AS INTEGER))
"""

# Only of what was granted: a proposal that was turned down is the council at work. Rules about discipline proposal by
# proposal, too.
_FACTS = """
SELECT r.unit_code, count(DISTINCT (r.rule_id, r.subject, r.proposal_code)) AS facts
FROM (
    SELECT * FROM rule_results WHERE kind NOT IN (SELECT DISTINCT kind FROM people.rule_results)
    UNION ALL BY NAME
    SELECT * FROM people.rule_results
) r
LEFT JOIN awards a ON r.proposal_code <> '' AND a.submission_id = r.submission_id AND a.sheet = r.sheet
    AND a.excel_row = r.excel_row
WHERE r.period = $year AND r.status = 'breach' AND r.confirmed AND r.rule_status = 'statutory'
  AND (r.proposal_code = '' OR a.result = 'DA_KHEN')
GROUP BY r.unit_code
"""


def missing_years(db: duckdb.DuckDBPyConnection) -> list[int]:
    """Years that are to be worked out, newest first: of those that can be judged, whatever the version before does not
    tell.
    """
    years = signal_inputs.years(db)
    for table, column in (("signal_rows", "period_to"), ("council_rows", "period")):
        db.execute(_STALE.format(table=table, year=column), {"years": [str(one) for one in years]})
    kept = {int(told) for (told,) in db.execute("SELECT DISTINCT period_to FROM signal_rows").fetchall()}
    return [one for one in years if one not in kept]


def found(db: duckdb.DuckDBPyConnection, years: Sequence[int]) -> list[Found]:
    """What the signals say at the end of each of the years; reads values only, so it may run beside whatever leaves
    those alone.
    """
    if not years:
        return []
    # Half a second to import, which whoever only checks a workbook need not wait for.
    from pipelines.signals import every

    return [(given, every.rows(given)) for given in (signal_inputs.inputs(db, year) for year in years)]


def store(db: duckdb.DuckDBPyConnection, told: Sequence[Found]) -> None:
    """Fill `signal_rows` and `council_rows`; needs what the rules say, for the facts beside the signals."""
    for inputs, rows in told:
        from pipelines.signals import council, wording

        listed = council.listed(inputs, rows, facts(db, inputs.until)).assign(period=str(inputs.until))
        _insert(db, "signal_rows", rows.astype({"period_from": "Int64", "period_to": "Int64"}))
        _insert(db, "council_rows", wording.with_council_headlines(listed))


def facts(db: duckdb.DuckDBPyConnection, year: int) -> pd.Series:
    """Breaches of rules that are statutory and confirmed, by unit: whatever else is said of a rule stays
    for reference.
    """
    told = db.execute(_FACTS, {"year": str(year)}).df()
    return told.set_index("unit_code")["facts"]


def _insert(db: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    names = ", ".join(name for name, *_ in db.execute(f"DESCRIBE {table}").fetchall())
    db.register("given", rows.replace({np.inf: None}))
    db.execute(f"INSERT INTO {table} BY NAME SELECT {names} FROM given")
    db.unregister("given")
