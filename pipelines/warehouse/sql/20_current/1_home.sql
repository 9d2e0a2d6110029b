-- For a period each person has one home unit: where they are on its last day, or else their last. Only home rows are
-- counted.
UPDATE staff SET is_home = ranked.place = 1
FROM (
    SELECT submission_id, sheet, excel_row,
           row_number() OVER (
               PARTITION BY period, person_key
               ORDER BY coalesce(left_on, DATE '9999-12-31') DESC, coalesce(arrived_on, DATE '0001-01-01') DESC,
                        unit_code, submission_id, sheet, excel_row) AS place
    FROM staff
    WHERE period NOT IN (SELECT period FROM settled)
) ranked
WHERE staff.submission_id = ranked.submission_id AND staff.sheet = ranked.sheet AND staff.excel_row = ranked.excel_row;
