-- Every row of a metric knows its unit, what it counts and where it stands.
SELECT r.metric, r.unit_code, r.period, r.part, r.submission_id, r.sheet, r.excel_row
FROM metric_rows r
LEFT JOIN reporting o ON o.unit_code = r.unit_code AND o.period = r.period
WHERE r.amount IS NULL OR r.amount < 0 OR r.breakdown IS NULL OR r.stratum IS NULL OR o.unit_code IS NULL
