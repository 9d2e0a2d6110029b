-- Awards of the rule for one achievement of one recipient in a year: the same words of the same day for awards of the
-- same kind. The same
-- words alone ("Hoàn thành xuất sắc nhiệm vụ") may be another achievement.
WITH asked AS (
    SELECT a.*, folded(t.achievement) AS words
    FROM applied a
    JOIN people.awards t USING (submission_id, sheet, excel_row)
    WHERE a.kind = 'unique'
)
SELECT rule_no, unit_code, period, subject, proposal_code,
       CASE WHEN trim(words) = '' OR words IS NULL THEN 'unknown'
            WHEN achieved_on IS NOT NULL AND result = 'DA_KHEN' AND count(*) FILTER (WHERE result = 'DA_KHEN')
                OVER same > value
            THEN 'breach'
            WHEN count(*) OVER alike > value THEN 'unknown' ELSE 'met' END AS status,
       CAST(count(*) OVER alike AS DOUBLE) AS value, value AS limit_value, submission_id, sheet, excel_row,
           'award' AS column_name
FROM asked
WINDOW alike AS (PARTITION BY rule_no, holder, period, words),
       same AS (PARTITION BY rule_no, holder, period, words, award_kind, achieved_on)
