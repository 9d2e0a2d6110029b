-- Days from the first date to the second: so many at most (from the achievement to the decision where the rule names
-- none). A second
-- date before the first is a slip of one of them.
WITH spans AS (
    SELECT *, CASE WHEN base = '' THEN 'decided_on' ELSE base_codes[2] END AS last_date,
           dated(CASE WHEN base = '' THEN 'achieved_on' ELSE base_codes[1] END,
                 achieved_on, council_on, published_on, submitted_on, decided_on) AS first_on,
           dated(last_date, achieved_on, council_on, published_on, submitted_on, decided_on) AS then_on
    FROM applied
    WHERE kind = 'days'
)
SELECT rule_no, unit_code, period, subject, proposal_code,
       CASE WHEN then_on < first_on THEN 'unknown' WHEN then_on - first_on <= value THEN 'met'
            WHEN then_on - first_on > value THEN 'breach' WHEN then_on IS NULL AND result = 'DE_NGHI'
                THEN 'not_applicable'
            ELSE 'unknown' END AS status,
       CAST(then_on - first_on AS DOUBLE) AS value, value AS limit_value, submission_id, sheet, excel_row,
       CASE WHEN then_on IS NULL THEN 'award' ELSE last_date END AS column_name
FROM spans
