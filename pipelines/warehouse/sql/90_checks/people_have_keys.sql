-- Everyone on a staff list and everyone awarded has a key.
SELECT submission_id, sheet, excel_row FROM staff WHERE person_key IS NULL
UNION ALL
SELECT submission_id, sheet, excel_row FROM awards WHERE (recipient = 'CA_NHAN') <> (person_key IS NOT NULL)
