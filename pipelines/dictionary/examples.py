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
}
