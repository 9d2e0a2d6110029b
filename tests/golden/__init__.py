"""Every figure of the demo of 2023–2025 in one file, so that a change of any of them is read as a difference.

Groups are written out; of units and position groups there is one line a metric and year: how many, and a hash over
all of them. `make golden` writes it anew.
"""

from pathlib import Path

from pipelines.warehouse.connection import Version
from tests.support.counted.versions import table

PATH = Path(__file__).parent / "metric_values.csv"
_WRITTEN = "metric, unit_code, period, breakdown, numerator, denominator, round(value, 6) AS value, state"
_TOLD = """
WITH told AS (
    SELECT v.*, stratum = '' AND unit_code IN (SELECT code FROM groups WHERE kind IN ('all', 'peer_group',
        'cluster')) AS is_written
    FROM metric_values v
    WHERE period IN (SELECT period FROM metric_values WHERE state = 'reported')
)
"""
_GROUPS = f"{_TOLD} SELECT {_WRITTEN} FROM told WHERE is_written ORDER BY metric, unit_code, period, breakdown"
_REST = f"""
{_TOLD}
SELECT metric, 'rest' AS unit_code, period, count(*) || ' rows' AS breakdown,
       sha256(string_agg(concat_ws('|', unit_code, breakdown, stratum, numerator, denominator, round(value, 6), state),
           chr(10)
                         ORDER BY unit_code, breakdown, stratum)) AS state
FROM told WHERE NOT is_written
GROUP BY metric, period ORDER BY metric, period
"""


def summary(version: Version) -> str:
    """The text of the file as a version has it."""
    groups, rest = table(version, _GROUPS), table(version, _REST)
    lines = [",".join(groups.columns)]
    for row in groups.itertuples(index=False, name=None):
        lines.append(",".join("" if one != one else f"{one:.10g}" if isinstance(one, float) else one for one in row))
    for metric, unit, period, rows, digest in rest.itertuples(index=False, name=None):
        lines.append(f"{metric},{unit},{period},{rows},,,,{digest}")
    return "\n".join(lines) + "\n"
