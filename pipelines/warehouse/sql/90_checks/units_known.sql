-- Every row is about a unit of the reference list ('' is a whole cluster).
SELECT submission_id, sheet, excel_row, unit_code
FROM cells
WHERE submission_id IN (SELECT submission_id FROM books) AND unit_code <> ''
    AND unit_code NOT IN (SELECT unit_code FROM units)
