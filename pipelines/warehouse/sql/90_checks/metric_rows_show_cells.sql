-- Every row of a metric has a cell its header promises.
WITH told AS (SELECT * FROM open_records WHERE part IN ('num', 'den')),
shown AS (
    SELECT k.metric, k.part, c.submission_id, c.sheet, c.excel_row
    FROM cells c
    JOIN metric_cells k ON k.table_name = c.table_name AND k.column_name = c.column_name
    WHERE c.submission_id IN (SELECT submission_id FROM told)
)
SELECT r.metric, r.unit_code, r.period, r.part, r.submission_id, r.sheet, r.excel_row
FROM told r
ANTI JOIN shown s ON s.metric = r.metric AND s.part = r.part AND s.submission_id = r.submission_id AND s.sheet = r.sheet
 AND s.excel_row = r.excel_row
