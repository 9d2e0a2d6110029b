-- A source record says one thing to a metric, once.
SELECT metric, unit_code, period, breakdown, stratum, part, submission_id, sheet, excel_row
FROM open_records
WHERE part IN ('num', 'den')
GROUP BY metric, unit_code, period, breakdown, stratum, part, submission_id, sheet, excel_row
HAVING count(*) > 1
