-- Every row of a metric has a cell its header promises.
SELECT r.metric, r.unit_code, r.period, r.part, r.submission_id, r.sheet, r.excel_row
FROM metric_rows r
WHERE r.period NOT IN (SELECT period FROM settled) AND NOT EXISTS (
    SELECT 1
    FROM metric_cells k
    JOIN cells c ON c.table_name = k.table_name AND c.column_name = k.column_name
    WHERE k.metric = r.metric AND k.part = r.part AND c.submission_id = r.submission_id AND c.sheet = r.sheet
      AND c.excel_row = r.excel_row)
