"""Questions an analyst asks first, as they are typed into any DuckDB client. A test runs each of them."""

EXAMPLES = {
    "rate": """
SELECT unit_code, numerator, denominator, round(100 * value, 1) AS percent
FROM metric_values
WHERE metric = 'award_rate' AND breakdown = 'CSTDCS' AND stratum = '' AND period = '2025' AND state = 'reported'
ORDER BY value DESC;
""",
    "rows": """
SELECT r.part, r.subject, r.amount, s.file_name, r.sheet, r.excel_row
FROM metric_rows r JOIN submissions s USING (submission_id)
WHERE r.metric = 'award_rate' AND r.unit_code = 'V01' AND r.period = '2025' AND r.breakdown IN ('', 'CSTDCS')
ORDER BY r.part DESC, s.file_name, r.sheet, r.excel_row;
""",
    "late": """
SELECT unit_code, status, days_late, due_on
FROM submission_status
WHERE period = '2025' AND is_reporter AND days_late > 0
ORDER BY days_late DESC, unit_code;
""",
    "groups": """
SELECT period, sum(numerator) / sum(denominator) AS rate
FROM metric_values
WHERE metric = 'any_award_rate' AND stratum = '' AND state = 'reported'
  AND unit_code IN (SELECT unit_code FROM units WHERE peer_group = 'VU')
GROUP BY period ORDER BY period;
""",
    "signals": """
SELECT signal, unit_code, level, testable, reason, n, round(value, 3) AS value, round(expected, 3) AS expected,
    headline_vi
FROM signals
WHERE period_to = '2025'
ORDER BY testable DESC, CASE level WHEN 'explain' THEN 1 WHEN 'watch' THEN 2 ELSE 3 END, unit_code, signal;
""",
    "rules": """
SELECT r.unit_code, r.period, r.rule_id, r.status, r.value, r.limit_value, r.basis, s.file_name, r.sheet, r.excel_row
FROM rule_results r LEFT JOIN submissions s USING (submission_id)
WHERE r.confirmed AND r.rule_status = 'statutory' AND r.status IN ('breach', 'met')
ORDER BY r.status, r.period DESC, r.unit_code, r.rule_id;
""",
    "stages": """
SELECT breakdown AS stage, numerator AS reached, round(100 * numerator / max(numerator) OVER (), 1) AS percent_of_found
FROM metric_values
WHERE metric = 'exemplar_stage' AND unit_code = 'ALL' AND stratum = '' AND period = '2025' AND state = 'reported'
ORDER BY reached DESC;
""",
    "lineage": """
SELECT coalesce(l.new_code, m.unit_code) AS unit_today, m.period,
    string_agg(m.unit_code, ', ' ORDER BY m.unit_code) AS units_then,
       sum(m.numerator) AS awarded, sum(m.denominator) AS staff, sum(m.numerator) / sum(m.denominator) AS rate
FROM metric_values m LEFT JOIN unit_lineage l ON l.old_code = m.unit_code AND l.share = 1
WHERE m.metric = 'any_award_rate' AND m.stratum = '' AND m.state = 'reported'
    AND m.unit_code IN (SELECT unit_code FROM units)
GROUP BY ALL ORDER BY unit_today, m.period;
""",
    "parquet": """
COPY (SELECT * FROM metric_values WHERE state = 'reported' ORDER BY ALL) TO 'metric_values.parquet' (FORMAT parquet);
""",
    "csv": """
COPY (SELECT unit_code, period, breakdown, numerator, denominator, value FROM metric_values WHERE metric = 'award_rate'
    AND stratum = ''
      ORDER BY ALL) TO 'award_rate.csv' (HEADER);
""",
}
