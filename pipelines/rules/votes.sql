-- The share of all members of the council that agreed.
WITH asked AS (SELECT *, round(value * council_size, 6) AS asked_for FROM applied WHERE kind = 'votes')
SELECT rule_no, unit_code, period, subject, proposal_code,
       CASE WHEN council_size > 0 AND (votes_for > asked_for OR (rounding = 'at least' AND votes_for = asked_for))
           THEN 'met'
            WHEN council_size > 0 AND votes_for IS NOT NULL THEN 'breach'
            WHEN votes_for IS NULL AND result = 'DE_NGHI' THEN 'not_applicable' ELSE 'unknown' END AS status,
       votes_for / nullif(council_size, 0) AS value, value AS limit_value, submission_id, sheet, excel_row,
       CASE WHEN votes_for IS NULL THEN 'award' ELSE 'votes_for' END AS column_name
FROM asked
