-- One row a source record: what every value is summed from.
CREATE VIEW metric_rows AS
SELECT metric, unit_code, period, breakdown, stratum, part, subject, amount, submission_id, sheet, excel_row
FROM metric_records
WHERE part IN ('num', 'den');
