-- Awards of the rule for one achievement of one recipient in a year: the same words are the same achievement.
WITH asked AS (
    SELECT a.*, folded(t.achievement) AS words
    FROM applied a
    JOIN people.awards t USING (submission_id, sheet, excel_row)
    WHERE a.kind = 'unique'
)
SELECT rule_no, unit_code, period, subject, proposal_code,
       CASE WHEN trim(words) = '' OR words IS NULL THEN 'unknown'
            WHEN count(*) FILTER (WHERE result = 'DA_KHEN') OVER same > value AND result = 'DA_KHEN' THEN 'breach'
            WHEN count(*) OVER same > value THEN 'unknown' ELSE 'met' END AS status,
       CAST(count(*) OVER same AS DOUBLE) AS value, value AS limit_value, submission_id, sheet, excel_row, 'award' AS column_name
FROM asked
WINDOW same AS (PARTITION BY rule_no, holder, period, words)
