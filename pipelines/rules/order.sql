-- Days from the first date to the second: so many at least. A proposal that has not come to its second date is not
-- judged yet; a date
-- that is missing afterwards is unknown, not late.
WITH asked AS (
    SELECT *, [base_codes[1], base_codes[2]] AS dates FROM applied WHERE kind = 'order'
),
spans AS (
    SELECT *, dated(dates[1], achieved_on, council_on, published_on, submitted_on, decided_on) AS first_on,
           dated(dates[2], achieved_on, council_on, published_on, submitted_on, decided_on) AS then_on
    FROM asked
)
SELECT rule_no, unit_code, period, subject, proposal_code,
       CASE WHEN then_on - first_on >= value THEN 'met' WHEN then_on - first_on < value THEN 'breach'
            WHEN then_on IS NULL AND result = 'DE_NGHI' THEN 'not_applicable' ELSE 'unknown' END AS status,
       CAST(then_on - first_on AS DOUBLE) AS value, value AS limit_value, submission_id, sheet, excel_row,
       CASE WHEN first_on IS NOT NULL THEN dates[1] WHEN then_on IS NOT NULL THEN dates[2]
           ELSE 'award' END AS column_name
FROM spans
