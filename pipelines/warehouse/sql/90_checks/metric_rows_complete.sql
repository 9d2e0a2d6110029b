-- Every row of a metric knows its unit, what it counts and where it stands. Points may be taken off.
SELECT r.metric, r.unit_code, r.period, r.part, r.submission_id, r.sheet, r.excel_row
FROM open_records r
JOIN metrics m ON m.metric = r.metric
LEFT JOIN reporting o ON o.unit_code = r.unit_code AND o.period = r.period
WHERE r.part IN ('num', 'den')
  AND (r.amount IS NULL OR (r.amount < 0 AND m.kind <> 'points') OR r.breakdown IS NULL OR r.stratum IS NULL
       OR o.unit_code IS NULL)
