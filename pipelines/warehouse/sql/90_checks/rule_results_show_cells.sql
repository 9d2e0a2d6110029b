-- What a rule says is said once, in one of four words, and rests on a cell that is there.
WITH told AS (SELECT * FROM rule_results WHERE unit_code IN (SELECT unit_code FROM judged)),
shown AS (
    SELECT submission_id, sheet, excel_row, column_name FROM cells
        WHERE submission_id IN (SELECT submission_id FROM told)
)
SELECT t.rule_id, t.unit_code, t.period, t.subject, t.proposal_code, t.submission_id, t.sheet, t.excel_row
FROM told t
ANTI JOIN shown s ON s.submission_id = t.submission_id AND s.sheet = t.sheet AND s.excel_row = t.excel_row
 AND s.column_name = t.column_name
UNION ALL
SELECT rule_id, unit_code, period, subject, proposal_code, submission_id, sheet, excel_row
FROM told
GROUP BY rule_id, valid_from, unit_code, period, subject, proposal_code, submission_id, sheet, excel_row
HAVING count(*) > 1 OR NOT bool_and(coalesce(status IN ('met', 'breach', 'not_applicable', 'unknown'), FALSE))
